"""Where templates are found: the user's folder first, then what the office shares, then the ones that ship.

In a wheel the built-in ones lie inside the package; in a checkout or an editable install they are the repository's
``templates/`` folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.errors import NotFoundError, TemplateError

GUIDE: Final = "guide"
"""The name of a file that tells a writing model how to write."""
FACT_CHECK: Final = "fact_check"
"""The folder of the guide for a look at a mail beside its facts."""
QUESTION: Final = "question"
"""The folder of the guide for the question in a debrief."""
PROOFREADING: Final = "proofreading"
"""The folder of the guide for corrections."""
VOICE: Final = "voice"
"""The folder of the guide to the user's own voice, where one is known."""
TRANSCRIPT: Final = "transcript"
"""The folder of the guide for notes from a transcript."""
LAYOUT: Final = "layout"
"""The folder of what is no wording: the page that a mail's HTML is made with."""


class Wording(Struct, frozen=True):
    """One file of one kind."""

    kind: str
    name: str
    path: Path
    own: bool
    """True when it is the user's."""
    shared: bool = False
    """True when it is the office's, for all its candidates."""

    @property
    def full_name(self) -> str:
        return f"{self.kind}/{self.name}" if self.kind else self.name

    @property
    def template(self) -> str:
        """The name under which the template engine finds it."""
        return f"{self.kind}/{self.path.name}"


@cache
def built_in_templates() -> Path:
    """Return the folder of the templates that ship. Raises ``TemplateError`` for a broken installation."""
    package = Path(__file__).parents[1]
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / LAYOUT).is_dir():
            return folder
    raise TemplateError("The built-in templates are not where they were installed.", fix="Install followup-mail again.")


class TemplateFolders(Struct, frozen=True):
    """The folders to look in, the user's first. ``own`` need not exist."""

    own: Path
    shared: Path | None = None
    """What the office shares with its candidates; None where there is no office."""

    def search_path(self) -> tuple[Path, ...]:
        return (*self._not_built_in(), built_in_templates())

    def _not_built_in(self) -> tuple[Path, ...]:
        return (self.own, self.shared) if self.shared else (self.own,)

    def is_own(self, template: str) -> bool:
        """Return whether the user's folder, or the office's, has a file of that name, which hides a built-in one."""
        return any(os.path.lexists(folder / template) for folder in self._not_built_in())

    def _found(self, kind: str, name: str, path: Path, folder: Path) -> Wording:
        return Wording(kind, name, path, own=folder == self.own, shared=folder == self.shared)

    def kinds(self) -> tuple[str, ...]:
        """Return every kind that has at least one wording, built-in or own, and ``layout``."""
        found = {name for folder in self.search_path() for name in _list(folder)}
        return tuple(sorted(kind for kind in found if self.wordings(kind)))

    def wordings(self, kind: str) -> tuple[Wording, ...]:
        """Return the wordings of a kind by name; an own file hides the office's and the built-in one of its name."""
        suffix = ".html" if kind == LAYOUT else ".txt"
        found: dict[str, Wording] = {}
        for folder in self.search_path():
            for name in _list(folder / kind):
                if name.endswith(suffix) and name != suffix:
                    wording = self._found(kind, name.removesuffix(suffix), folder / kind / name, folder)
                    found.setdefault(wording.name, wording)
        return tuple(found[name] for name in sorted(found))

    def guides(self, kind: str) -> tuple[Wording, ...]:
        """Return what tells a writing model how to write: the guide for every mail, then that for this kind.

        Nothing for a kind without a guide of its own: no model writes it.
        """
        found = [guide for of in ("", kind) if (guide := self.guide(of))]
        return tuple(found) if len(found) == 2 else ()

    def guide(self, kind: str) -> Wording | None:
        """Return the guide of a kind, that for every mail with "", or None."""
        paths = ((folder / kind / f"{GUIDE}.md", folder) for folder in self.search_path())
        return next((self._found(kind, GUIDE, path, folder) for path, folder in paths if path.is_file()), None)

    def wording(self, kind: str, name: str) -> Wording:
        """Return one wording, named ``warm`` or ``thank_you/warm``. Raises ``NotFoundError`` with those there are.

        The name is looked up among them; it never becomes part of a path.
        """
        wanted = name.removeprefix(f"{kind}/").removesuffix(".txt").removesuffix(".html")
        known = {wording.name: wording for wording in self.wordings(kind)}
        if wanted not in known:
            raise NotFoundError(
                f"There is no wording '{name}' for {kind}.", fix=f"There are: {', '.join(known) or 'none'}."
            )
        return known[wanted]


def _list(folder: Path) -> Iterator[str]:
    """Yield the names in a folder that can be templates or kinds; none when there is no such folder.

    Hidden files are an editor's or a system's. A name that cannot be printed was not chosen on purpose.
    """
    try:
        names = sorted(path.name for path in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise TemplateError(
            f"{folder} cannot be read: {error.strerror or error}.", fix="Fix its permissions, or move it away."
        ) from None
    yield from (name for name in names if not name.startswith(".") and name.isprintable())
