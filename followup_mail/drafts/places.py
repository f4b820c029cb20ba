"""Where templates are found: the user's folder first, then the ones that ship.

In a wheel the built-in ones lie inside the package; in a checkout or an editable install they are the repository's
``templates/`` folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from followup_mail.cadence.step import Kind
from followup_mail.errors import NotFoundError, TemplateError

# Folders with parts of other things, not wordings of a follow-up.
_PARTS: Final = frozenset({"layout", "pass_on"})


@dataclass(frozen=True, slots=True)
class Wording:
    """One file of one kind."""

    kind: str
    name: str
    path: Path
    own: bool
    """True when it is the user's."""

    @property
    def full_name(self) -> str:
        return f"{self.kind}/{self.name}"

    @property
    def template(self) -> str:
        """The name under which the template engine finds it."""
        return f"{self.kind}/{self.path.name}"


@cache
def built_in_templates() -> Path:
    """Return the folder of the templates that ship. Raises ``TemplateError`` for a broken installation."""
    package = Path(__file__).parents[1]
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / Kind.THANK_YOU).is_dir():
            return folder
    raise TemplateError("The built-in templates are not where they were installed.", fix="Install followup-mail again.")


@dataclass(frozen=True, slots=True)
class TemplateFolders:
    """The folders to look in, the user's first. ``own`` need not exist."""

    own: Path

    def search_path(self) -> tuple[Path, ...]:
        return (self.own, built_in_templates())

    def kinds(self) -> tuple[str, ...]:
        """Return every kind that has at least one wording, built-in or own."""
        found = {
            sub.name for folder in self.search_path() if folder.is_dir() for sub in folder.iterdir() if sub.is_dir()
        }
        return tuple(sorted(kind for kind in found - _PARTS if self.wordings(kind)))

    def wordings(self, kind: str) -> tuple[Wording, ...]:
        """Return the wordings of a kind by name; an own file hides the built-in one of the same name."""
        found: dict[str, Wording] = {}
        for folder in self.search_path():
            if (folder / kind).is_dir():
                for path in sorted((folder / kind).glob("*.txt")):
                    found.setdefault(path.stem, Wording(kind, path.stem, path, own=folder == self.own))
        return tuple(found[name] for name in sorted(found))

    def wording(self, kind: str, name: str) -> Wording:
        """Return one wording, named ``warm`` or ``thank_you/warm``. Raises ``NotFoundError`` with those there are."""
        wanted = name.removeprefix(f"{kind}/").removesuffix(".txt")
        known = {wording.name: wording for wording in self.wordings(kind)}
        if wanted not in known:
            raise NotFoundError(
                f"There is no wording '{name}' for {kind}.", fix=f"There are: {', '.join(known) or 'none'}."
            )
        return known[wanted]
