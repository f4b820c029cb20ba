"""Files that the user names: a preview, a letter, a calendar."""

from __future__ import annotations

import os
from pathlib import Path

from followup_mail.errors import RefusedError


def write_user_file(path: Path, content: bytes) -> None:
    """Write a file that the user named, over what is there. Raises ``RefusedError`` when that cannot be done."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # it holds names and addresses
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
    except OSError as error:
        raise RefusedError(f"{path} cannot be written: {error.strerror}.", fix="Name another file.") from None
