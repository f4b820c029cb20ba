"""Read the files of templates: regular files of a sensible size, in UTF-8, and nothing else.

A folder that a user fills may hold anything: a folder named ``warm.txt``, a link to nowhere, a device, a video. Each
is refused with a sentence, and none is waited for.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from jinja2 import BaseLoader, Environment, TemplateNotFound
from jinja2.loaders import split_template_path

from followup_mail.errors import TemplateError

BYTES_LIMIT: Final = 100_000


def read_template(path: Path) -> str:
    """Return the text of a template file, line ends as LF. Raises ``TemplateError`` for anything else than a file."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise TemplateError(f"{path} is not a file.", fix="Move it away; a template is a text file.")
        if found.st_size > BYTES_LIMIT:
            raise TemplateError(f"{path} has {found.st_size:,} bytes.", fix="A template has a page of text at most.")
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise TemplateError(f"{path} is not UTF-8 text.", fix="Save it as UTF-8 in your editor.") from None
    except OSError as error:
        raise TemplateError(
            f"{path} cannot be read: {error.strerror or error}.", fix="Fix its permissions, or move it away."
        ) from None


class FolderLoader(BaseLoader):
    """Find templates in folders, the first one that has a file of the name. A name never leads out of a folder."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return text, file name, and a function that tells whether the file is unchanged (a jinja2 loader's duty)."""
        parts = split_template_path(template)
        # A broken link must be reported, not passed over for the built-in file of the same name.
        paths = (folder.joinpath(*parts) for folder in self._folders)
        path = next((path for path in paths if os.path.lexists(path)), None)
        if path is None:
            raise TemplateNotFound(template)
        text, state = read_template(path), _state(path)
        return text, str(path), lambda: _state(path) == state


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
