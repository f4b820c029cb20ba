"""The methods there are: one broken file of the user's hides no other."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.method import Cadence
from followup_mail.errors import CadenceError
from followup_mail.workspace import Workspace


class BrokenMethod(Struct, frozen=True):
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


def method_names(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """Return name and title of each method that can be used."""
    usable, _ = find_methods(workspace)
    return tuple((method.name, method.title) for method in usable)


def say_whose(workspace: Workspace, name: str) -> str:
    """Return whose a method is: "your own", "the office's", or nothing for one that ships."""
    for folder, whose in (
        (workspace.home / "cadences", "your own"),
        (workspace.shared_folder("cadences"), "the office's"),
    ):
        if folder and (folder / f"{name}.toml").exists():
            return whose
    return ""


def methods_json(methods: Iterable[Cadence], broken: Iterable[BrokenMethod]) -> list[dict[str, str]]:
    """Return the methods with their sources; then those whose file cannot be used, with what is wrong there."""
    usable = [{"name": m.name, "title": m.title, "source": m.source, "about": m.about} for m in methods]
    return [*usable, *({"name": method.name, "error": method.sentence} for method in broken)]


def _say_first(name: str, error: CadenceError) -> str:
    first = min(error.problems, key=lambda problem: (not problem.line, problem.line))
    said = str(replace(first, right="")).rstrip(".")
    return f"The method {name} cannot be used: {said} (`followup-mail cadence show {name}` says what to do)."
