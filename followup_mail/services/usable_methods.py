"""The methods there are: one broken file of the user's hides no other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from followup_mail.cadence.method import Cadence
from followup_mail.errors import CadenceError
from followup_mail.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BrokenMethod:
    """A file of a method that cannot be used."""

    name: str
    sentence: str
    """What is wrong first, with file and line."""


def find_methods(workspace: Workspace) -> tuple[tuple[Cadence, ...], tuple[BrokenMethod, ...]]:
    """Return the methods that can be used, and those that cannot."""
    usable: list[Cadence] = []
    broken: list[BrokenMethod] = []
    for name in workspace.cadence_names():
        try:
            usable.append(workspace.cadence(name))
        except CadenceError as error:
            broken.append(BrokenMethod(name, _say_first(name, error)))
    return tuple(usable), tuple(broken)


def _say_first(name: str, error: CadenceError) -> str:
    first = min(error.problems, key=lambda problem: (not problem.line, problem.line))
    said = str(replace(first, right="")).rstrip(".")
    return f"The method {name} cannot be used: {said} (`followup-mail cadence show {name}` says what to do)."
