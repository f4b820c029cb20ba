"""The file that an editor is given: in a private folder of its own, with whatever the editor puts beside it.

Editors leave copies: vim a swap file, Emacs the text as it was, nano what was not saved when its terminal was closed.
All of that goes when the editing is over, or is named when something in it may be wanted.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_PREFIX: Final = "followup-edit-"


class Worksheet:
    """A text as a file, to be changed. ``mark`` (letters and digits) is part of its path, to find it again by."""

    def __init__(self, text: str, suffix: str, mark: str = "") -> None:
        import tempfile

        self.text = text
        self.folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{mark}{'-' if mark else ''}"))
        self.path = self.folder / f"followup{suffix}"
        self.path.write_text(text, "utf-8", newline="\n")
        self.path.chmod(0o600)

    def read(self) -> str:
        """Return what the file holds now. Raises ``OSError`` when it is gone, or no file any more."""
        return self.path.read_bytes().decode("utf-8-sig", errors="replace")  # as bytes, so that line ends stay

    def discard(self) -> None:
        """Remove it, with everything beside it."""
        import shutil

        shutil.rmtree(self.folder, ignore_errors=True)

    def leave(self) -> str:
        """Remove it unless something is in it that was not there at first; return a sentence that names that."""
        try:
            if self.read() != self.text:
                return f"What you typed is in {self.path}"
        except FileNotFoundError:
            pass  # the editor took it away
        except OSError:
            return f"What your editor left behind is in {self.folder}"
        if any(one != self.path for one in self.folder.iterdir()):
            return f"What your editor left behind is in {self.folder}"
        self.discard()
        return ""


def find_worksheet(mark: str) -> Path | None:
    """Return the file of that mark that was left behind; its folder when the editor put something beside it."""
    if not re.fullmatch("[0-9a-zA-Z]+", mark):
        return None
    import tempfile

    path = next(Path(tempfile.gettempdir()).glob(f"{_PREFIX}{mark}-*/followup.*"), None)
    return path.parent if path and len(list(path.parent.iterdir())) > 1 else path
