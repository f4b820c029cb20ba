"""Where tokens are kept: in the system's keyring if it works, else in a file that only the user can read.

The file ``tokens/ADDRESS.json`` in the home folder is there either way. It says whose the tokens are, who gave them and
where they are kept, so that a refresh token goes only to the server that it came from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from msgspec import Struct

from followup_mail.errors import FactsError, SignInError
from followup_mail.facts.atomic_files import alone_in, make_folder, said_plainly, write_over
from followup_mail.sign_in.client import Client
from followup_mail.sign_in.token_endpoint import SIGN_IN_AGAIN
from followup_mail.sign_in.tokens import Tokens

SERVICE: Final = "followup-mail oauth"
"""What the keyring calls our entries."""


class TokenStore(Struct, frozen=True):
    """The tokens of one address in one home folder."""

    home: Path
    client: Client

    @property
    def path(self) -> Path:
        return self.home / "tokens" / f"{quote(self.client.address.lower(), safe='@+')}.json"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes from changing the tokens until this is done. Raises ``SignInError``."""
        with _as_sign_in_error():
            make_folder(self.home, self.path.parent)
        with alone_in(self.path.parent):
            yield

    def read(self) -> Tokens:
        """Return what is kept. Raises ``SignInError`` when nobody is signed in, or the keyring does not open."""
        record = self._record()
        if record is None:
            raise SignInError(f"Nobody is signed in as {self.client.address}.", fix=SIGN_IN_AGAIN)
        if (record.get("token_url"), record.get("client_id")) != (self.client.provider.token_url, self.client.id):
            raise SignInError(
                f"{self.client.address} is signed in at another provider or client than the settings name.",
                fix=SIGN_IN_AGAIN,
            )
        kept = _ask_keyring(self._key) if record.get("kept_in") == "keyring" else record.get("tokens")
        try:
            return Tokens(**(kept or {}))
        except TypeError:
            raise SignInError(f"The tokens of {self.client.address} cannot be read.", fix=SIGN_IN_AGAIN) from None

    def write(self, tokens: Tokens, *, use_keyring: bool | None = None) -> str:
        """Keep tokens, where they were unless ``use_keyring`` says another place; return ``keyring`` or ``file``."""
        record = self._record() or {}
        wanted = record.get("kept_in") == "keyring" if use_keyring is None else use_keyring
        in_keyring = wanted and _give_keyring(self._key, json.dumps(asdict(tokens)))
        place = "keyring" if in_keyring else "file"
        written: dict[str, Any] = {
            "address": self.client.address,
            "provider": self.client.provider.name,
            "token_url": self.client.provider.token_url,
            "client_id": self.client.id,
            "kept_in": place,
            **({} if in_keyring else {"tokens": asdict(tokens)}),
        }
        with _as_sign_in_error(), said_plainly(self.path, "written"):
            write_over(self.path, json.dumps(written, indent=2) + "\n")
        if not in_keyring and record.get("kept_in") == "keyring":
            _empty_keyring(self._key)
        return place

    def delete(self) -> None:
        """Forget the tokens, wherever they are."""
        if (self._record() or {}).get("kept_in") == "keyring":
            _empty_keyring(self._key)
        with _as_sign_in_error(), said_plainly(self.path, "deleted"):
            self.path.unlink(missing_ok=True)

    @property
    def _key(self) -> str:
        # Two home folders may sign in with the same address.
        return str(self.path)

    def _record(self) -> dict[str, Any] | None:
        try:
            record = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            raise SignInError(f"{self.path} cannot be read.", fix=SIGN_IN_AGAIN) from None
        return record if isinstance(record, dict) else {}


@contextmanager
def _as_sign_in_error() -> Iterator[None]:
    try:
        yield
    except FactsError as error:
        raise SignInError(error.sentence, fix=error.fix) from None


def _give_keyring(key: str, text: str) -> bool:
    """Put a text into the keyring; tell whether it can be had from there again."""
    try:
        import keyring

        keyring.set_password(SERVICE, key, text)
        return bool(keyring.get_password(SERVICE, key) == text)
    except Exception:  # not installed, no back end, locked, or the text is too long for Windows
        return False


def _ask_keyring(key: str) -> Any:
    try:
        import keyring

        return json.loads(keyring.get_password(SERVICE, key) or "null")
    except Exception as error:  # every back end raises its own
        raise SignInError(
            f"The keyring, which has the tokens, could not be read: {type(error).__name__}.",
            fix="Unlock it. For a service without a keyring: followup-mail account login --in-file",
        ) from None


def _empty_keyring(key: str) -> None:
    with suppress(Exception):  # it may be gone already, or locked
        import keyring

        keyring.delete_password(SERVICE, key)
