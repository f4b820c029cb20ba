"""Proof of who asks: what PostgreSQL believes only from somebody with the office's key.

A setting such as ``followup.candidate`` can be set by anybody who runs SQL as the role of the program. So the second
wall asks for a proof beside it: HMAC-SHA256 (RFC 2104) over the connection, the candidate and the actor. The database
checks it with a key of its own (``claim_keys``, which that role cannot read); the key of the seals cannot be
derived from it.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from followup_mail.office.sealing import read_keys

THE_OFFICE: Final = 0
"""Stands for the candidate where the office itself asks: no row of anybody is its own."""
_PURPOSE: Final = b"followup-mail: who asks, 1"
_BLOCK: Final = 64  # bytes of a block of SHA-256


class Claims:
    """Proves who asks, with the first of the office's keys."""

    def __init__(self, keys: str) -> None:
        """Read keys as ``Seal`` does. Raises ``SettingsError`` without a key."""
        self._key = _derive(read_keys(keys)[0])

    def prove(self, connection: int, candidate: int, actor: str) -> str:
        """Return the proof for a connection, by the number of its process in the database: nobody else can use it."""
        return hmac.new(self._key, f"{connection}:{candidate}:{actor}".encode(), hashlib.sha256).hexdigest()


def make_claims(keys: str) -> Claims | None:
    """Return what proves who asks; None where there is no key, and the database asks for no proof."""
    return Claims(keys) if keys.strip() else None


def padded_keys(keys: str) -> tuple[tuple[bytes, bytes], ...]:
    """Return what the database needs to check proofs made with any of the keys: its inner and its outer pad."""
    derived = (_derive(key).ljust(_BLOCK, b"\0") for key in read_keys(keys))
    return tuple((bytes(b ^ 0x36 for b in key), bytes(b ^ 0x5C for b in key)) for key in derived)


def _derive(key: bytes) -> bytes:
    return hmac.new(key, _PURPOSE, hashlib.sha256).digest()
