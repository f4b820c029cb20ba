"""The files that were promised, read once when a draft is written, with the hash by which a later change shows."""

from __future__ import annotations

import mimetypes
import stat
from hashlib import sha256
from pathlib import Path
from typing import Final

from followup_mail.drafts.draft import Attachment
from followup_mail.errors import FactsError
from followup_mail.facts.clean import clean_line

# Gmail refuses more than 25 MB after encoding; base64 adds a third.
_BYTES_LIMIT: Final = 18 * 1024 * 1024


def read_attachment(path: Path) -> Attachment:
    """Read a file to attach. Raises ``FactsError`` when it is not there, no file, empty, too large, or unreadable."""
    content = _read(path)
    try:
        filename = clean_line(path.name)
    except ValueError as error:
        raise FactsError(f"The file name of {path.as_posix()!r} {error}.", fix="Rename the file.") from None
    return Attachment(path, filename, _media_type(path.name), sha256(content).hexdigest(), content)


def is_unchanged(path: Path, hash_: str) -> bool:
    """Tell whether a file that was attached is still what it was, at the cost of reading a file of the usual size.

    A pipe or a device in its place would keep us waiting, and what grew past the limit would fill the memory.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _BYTES_LIMIT:
            return False
        with path.open("rb") as file:
            return sha256(file.read(_BYTES_LIMIT + 1)).hexdigest() == hash_
    except (OSError, ValueError):
        return False


def _read(path: Path) -> bytes:
    mend = "Put it there, or mend `file` under [[promised]] in the facts file."
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise FactsError(f"{path}, which you promised to send, is not a file.", fix=mend)
        if found.st_size > _BYTES_LIMIT:
            raise FactsError(
                f"{path} is larger than 18 MB, more than most mail servers take.", fix="Send a link instead."
            )
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise FactsError(f"{path}, which you promised to send, cannot be read: {reason}.", fix=mend) from None
    if not content:
        raise FactsError(f"{path}, which you promised to send, is empty.", fix=mend)
    return content


def _media_type(name: str) -> str:
    """Return the media type by the name's ending; what is compressed is sent as it is, not as what is inside."""
    media_type, compressed = mimetypes.guess_type(name)
    return "application/octet-stream" if compressed or not media_type else media_type
