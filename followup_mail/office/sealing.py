"""Bytes that only somebody with a key outside the database can read: AES-256-GCM (NIST SP 800-38D).

What is sealed is bound to whose it is and to its name, so sealed bytes moved to another candidate cannot be opened.
"""

from __future__ import annotations

import base64
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from followup_mail.errors import SettingsError

_BYTES: Final = 32
_NONCE: Final = 12
_VERSION: Final = b"\x01"
_HOW: Final = "Make one with: followup-mail office new-key"


class Seal:
    """Seals with the first of its keys, and opens what any of them sealed: so keys can be changed."""

    def __init__(self, keys: str) -> None:
        """Read keys as ``new_key`` makes them, separated by commas. Raises ``SettingsError`` without a key."""
        self._keys = read_keys(keys)

    def seal(self, content: bytes, place: str) -> bytes:
        """Return sealed bytes; ``place`` says whose they are and what they are called, e.g. ``12:.env``."""
        nonce = os.urandom(_NONCE)
        return _VERSION + nonce + AESGCM(self._keys[0]).encrypt(nonce, content, place.encode())

    def is_newest(self, sealed: bytes, place: str) -> bool:
        """Return whether the first key, which seals, opens these bytes too."""
        try:
            AESGCM(self._keys[0]).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], place.encode())
        except (InvalidTag, ValueError):  # too short to be sealed bytes
            return False
        return True

    def open(self, sealed: bytes, place: str) -> bytes:
        """Return the bytes that were sealed for ``place``. Raises ``SettingsError`` when no key opens them."""
        nonce, rest = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        for key in self._keys if sealed[:1] == _VERSION else ():
            try:
                return AESGCM(key).decrypt(nonce, rest, place.encode())
            except InvalidTag:
                continue
        raise SettingsError(
            f"None of the keys in FOLLOWUP_OFFICE_KEY opens {place.partition(':')[2]}.",
            fix="Give the key that it was sealed with too, behind the first and a comma.",
        )


def read_keys(keys: str) -> list[bytes]:
    """Return the keys in a text, in its order. Raises ``SettingsError`` when there are none, or one is invalid."""
    given = [key.strip() for key in keys.split(",") if key.strip()]
    if not given:
        raise SettingsError("FOLLOWUP_OFFICE_KEY is not set: passwords and tokens are kept sealed.", fix=_HOW)
    return [_read(key, n) for n, key in enumerate(given, 1)]


def new_key() -> str:
    """Return a new key as text."""
    return base64.urlsafe_b64encode(os.urandom(_BYTES)).decode("ascii")


def _read(key: str, n: int) -> bytes:
    try:
        found = base64.urlsafe_b64decode(key.encode("ascii"))
    except ValueError:  # UnicodeEncodeError and binascii.Error are of that kind
        found = b""
    if len(found) != _BYTES:
        raise SettingsError(f"Key {n} in FOLLOWUP_OFFICE_KEY is not a key of 32 bytes.", fix=_HOW)
    return found
