"""The transport that needs no server: a maildir of ``.eml`` files on this machine.

Nothing leaves the machine. Each file holds, byte for byte, what would have been sent; any mail program opens it. A file
is complete or absent, never half written (https://cr.yp.to/proto/maildir.html). Its name comes from the Message-ID, so
the same message delivered again after a crash is the same file, and no attempt here is ever unclear.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from followup_mail.delivery.envelope import check_message
from followup_mail.delivery.redaction import one_line
from followup_mail.facts.atomic_files import flush_folder, write_private
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, InterruptedDelivery, Phase, Verdict

_TRY_AGAIN: Final = "followup-mail tries again later."
_SUFFIX: Final = ".followup.eml"


class FolderTransport:
    """A ``Transport`` into a folder, which is made at the first message and which only its owner may read."""

    leaves_machine: bool = False

    def __init__(self, path: Path) -> None:
        self.path = path

    def deliver(self, message: Message, before_data: Callable[[], None]) -> AttemptResult:
        """Put the message into ``new/``. Refuses what ``SmtpTransport`` would refuse."""
        if unfit := check_message(message):
            return unfit
        try:
            self._make_folders()
        except OSError as error:
            return _not_written(self.path, error)
        before_data()
        try:
            return _filed(self._write_message(message.content))
        except OSError as error:
            return _not_written(self.path, error)
        except KeyboardInterrupt:
            # The file may be there already: then the next attempt finds it and makes no second one.
            stopped = AttemptResult(Verdict.DEFERRED, Phase.BODY, said="Interrupted", fix=_TRY_AGAIN)
            raise InterruptedDelivery(stopped) from None

    def close(self) -> None:
        """Do nothing: there is no connection."""

    def _make_folders(self) -> None:
        # mkdir's mode applies to the last folder only, so each is made by itself.
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in ("tmp", "new", "cur"):
            (self.path / name).mkdir(mode=0o700, exist_ok=True)

    def _write_message(self, content: bytes) -> Path:
        name = _name_of(_message_id(content) or content)
        if existing := _find(self.path, name):
            flush_folder(existing.parent)  # a crash may have come between the renaming and this
            return existing
        draft = self.path / "tmp" / f"{os.urandom(8).hex()}.{name}"
        target = self.path / "new" / name
        try:
            write_private(draft, content)
            draft.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise
        flush_folder(target.parent)
        return target


def forget_messages(path: Path, message_ids: Iterable[str]) -> int:
    """Delete the copies of these messages from the folder; return how many there were. Raises ``OSError``."""
    found = find_messages(path, message_ids)
    for copy in found:
        copy.unlink(missing_ok=True)
    return len(found)


def find_messages(path: Path, message_ids: Iterable[str]) -> tuple[Path, ...]:
    """Return the copies of these messages in the folder."""
    names = (_name_of(message_id.strip().encode("utf-8")) for message_id in message_ids)
    return tuple(copy for name in names if (copy := _find(path, name)))


def _find(path: Path, name: str) -> Path | None:
    unseen = path / "new" / name
    if unseen.exists():
        return unseen
    # A mail program that has shown a message moves it to cur/ and appends its flags: name:2,S
    return next((path / "cur").glob(f"{name}*"), None)


def _name_of(identity: bytes) -> str:
    return hashlib.sha256(identity).hexdigest()[:32] + _SUFFIX


def _message_id(content: bytes) -> bytes:
    head = content.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ")
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"message-id":
            return value.strip()
    return b""


def _filed(path: Path) -> AttemptResult:
    said = "Put into a folder on this machine; nothing was sent."
    return AttemptResult(Verdict.ACCEPTED, Phase.DONE, said=said, queue_id=str(path), in_folder=True)


def _not_written(folder: Path, error: OSError) -> AttemptResult:
    said = one_line(f"The mail could not be written into {folder}: {error.strerror or error}")
    fix = f"Free some space on the disk, or make the folder writable for yourself; {_TRY_AGAIN}"
    return AttemptResult(Verdict.DEFERRED, Phase.BODY, said=said, fix=fix)
