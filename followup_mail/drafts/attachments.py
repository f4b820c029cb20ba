"""The files that were promised, read once when a draft is written, with the hash by which a later change shows."""

from __future__ import annotations

import mimetypes
from hashlib import sha256
from pathlib import Path
from typing import Final

from followup_mail.drafts.draft import Attachment
from followup_mail.errors import FactsError
from followup_mail.facts.clean import clean_line

# Gmail refuses more than 25 MB after encoding; base64 adds a third.
_BYTES_LIMIT: Final = 18 * 1024 * 1024


def read_attachment(path: Path) -> Attachment:
    """Read a file to attach. Raises ``FactsError`` when it is not there, too large, or unreadable."""
    try:
        if path.stat().st_size > _BYTES_LIMIT:
            raise FactsError(
                f"{path} is larger than 18 MB, more than most mail servers take.", fix="Send a link instead."
            )
        content = path.read_bytes()
        filename = clean_line(path.name)
    except OSError as error:
        raise FactsError(
            f"{path}, which you promised to send, cannot be read: {error.strerror}.",
            fix="Put it there, or mend `file` under [[promised]] in the facts file.",
        ) from None
    except ValueError as error:
        raise FactsError(f"The file name of {path!r} {error}.", fix="Rename the file.") from None
    media_type = mimetypes.guess_type(path.name, strict=True)[0] or "application/octet-stream"
    return Attachment(path, filename, media_type, sha256(content).hexdigest(), content)
