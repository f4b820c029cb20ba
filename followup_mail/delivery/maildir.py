"""The embedded default: a maildir of ``.eml`` files, for when no SMTP server is configured.

Nothing leaves the machine, and the whole road can be walked all the same: what would have been sent lies there byte
for byte, to be opened by any mail program. A file is complete or absent, never half written (https://cr.yp.to/proto/maildir.html).
Its name comes from the Message-ID, so the same message delivered again after a crash is the same file, and no attempt
here is ever unclear.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from followup_mail.delivery.envelope import check_message
from followup_mail.delivery.interrupted import InterruptedDelivery
from followup_mail.delivery.replies import one_line
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict

_SUFFIX: Final = ".followup.eml"


class FolderTransport:
    """A ``Transport`` into a folder. The folder is made at the first message, for its owner's eyes only."""

    leaves_machine: bool = False

    def __init__(self, path: Path) -> None:
        self.path = path

    def deliver(self, message: Message, before_data: Callable[[], None]) -> AttemptResult:
        """Put the message into ``new/``. See ``Transport``; what the SMTP transport would refuse is refused here."""
        if unfit := check_message(message):
            return unfit
        try:
            self._make()
        except OSError as error:
            return _not_written(self.path, error)
        before_data()
        try:
            return _filed(self._file(message.content))
        except OSError as error:
            return _not_written(self.path, error)
        except KeyboardInterrupt:
            # Even when the file is there already: the next attempt finds it and makes no second one.
            stopped = AttemptResult(Verdict.DEFERRED, Phase.BODY, said="Interrupted", fix="It is tried again later.")
            raise InterruptedDelivery(stopped) from None

    def close(self) -> None:
        """Do nothing: there is no connection."""

    def _make(self) -> None:
        # mkdir's mode counts for the last folder only, hence one by one.
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in ("tmp", "new", "cur"):
            (self.path / name).mkdir(mode=0o700, exist_ok=True)

    def _file(self, content: bytes) -> Path:
        name = _name_of(_message_id(content) or content)
        if there := _find(self.path, name):
            _sync_folder(there.parent)  # the crash may have come between the renaming and this
            return there
        draft = self.path / "tmp" / f"{secrets.token_hex(8)}.{name}"
        target = self.path / "new" / name
        try:
            _write(draft, content)
            draft.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
        return target


def forget_messages(path: Path, message_ids: Iterable[str]) -> int:
    """Delete the copies of these messages from the folder; return how many there were. Raises ``OSError``."""
    names = (_name_of(message_id.strip().encode("utf-8")) for message_id in message_ids)
    found = [there for name in names if (there := _find(path, name))]
    for there in found:
        there.unlink(missing_ok=True)
    return len(found)


def _find(path: Path, name: str) -> Path | None:
    fresh = path / "new" / name
    if fresh.exists():
        return fresh
    # A mail program that has seen a message moves it to cur/ and appends its flags: name:2,S
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


def _write(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    """Make a new name last through a power cut, where the system can do that to a folder."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some network file systems
            raise
    finally:
        os.close(handle)


def _filed(path: Path) -> AttemptResult:
    said = "Put into a folder on this machine; nothing was sent."
    return AttemptResult(Verdict.ACCEPTED, Phase.DONE, said=said, queue_id=str(path), in_folder=True)


def _not_written(folder: Path, error: OSError) -> AttemptResult:
    said = one_line(f"The mail could not be written into {folder}: {error.strerror or error}")
    fix = "Make room on the disk, or make the folder writable for yourself; it is tried again later."
    return AttemptResult(Verdict.DEFERRED, Phase.BODY, said=said, fix=fix)
