"""Facts changed by options: one change of all of them, shown as a difference, written at once or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from followup_mail.errors import FactsError, FactsFileError, OptionsError
from followup_mail.facts.application import Application
from followup_mail.facts.application_file import parse_application
from followup_mail.facts.rewrite_whole import rewrite_to
from followup_mail.services.changing.change_options import ChangeReader
from followup_mail.services.changing.fact_differences import find_differences
from followup_mail.services.changing.facts_draft import FactsDraft, Pick, pick_nobody
from followup_mail.workspace import Workspace


class FactsChange(Struct, frozen=True):
    """A change of a facts file that has been thought through, and not written yet."""

    application: str
    file: Path
    text: str
    """As the file is."""
    changed: str
    """As it will be."""
    differences: tuple[str, ...]


def plan_change(
    workspace: Workspace,
    application: str,
    given: Mapping[str, Any],
    tell: Callable[[str], object],
    pick: Pick = pick_nobody,
) -> FactsChange:
    """Return what the options come to. ``tell`` is called with what was guessed, ``pick`` where a name fits several.

    Raises ``OptionsError`` with every option that cannot be carried out, or with what would be wrong in the facts then,
    and ``FactsFileError`` when the facts are wrong before.
    """
    workspace.facts.load(application)
    text = workspace.facts.text(application)
    return plan_change_of(workspace, application, FactsDraft(text, pick), given, tell)


def plan_change_of(
    workspace: Workspace, application: str, draft: FactsDraft, given: Mapping[str, Any], tell: Callable[[str], object]
) -> FactsChange:
    """Return what the options come to in a draft of the facts. Raises as ``plan_change`` does."""
    text = workspace.facts.text(application)
    reader = ChangeReader(workspace, draft, given, tell)
    reader.read()
    if reader.problems:
        raise OptionsError("\n".join(reader.problems), fix="Nothing was changed. See `followup-mail change --help`.")
    return plan_rewrite(workspace, application, text, reader.draft.finished())


def plan_rewrite(workspace: Workspace, application: str, text: str, wanted: Mapping[str, Any]) -> FactsChange:
    """Return the change that makes a facts file say what is ``wanted``. Raises as ``plan_change`` does."""
    path = workspace.facts.path(application)
    before = FactsDraft(text).before
    try:
        changed = rewrite_to(text, wanted)
    except ValueError as error:
        fix = f"Make this change in an editor: followup-mail edit {application}"
        raise FactsError(f"{path}: {error}; it was not touched", fix=fix) from None
    read_unwritten(path, application, changed)
    return FactsChange(application, path, text, changed, tuple(find_differences(before, wanted)))


def read_unwritten(path: Path, application: str, text: str) -> Application:
    """Return what a text says that is not in the file yet. Raises ``OptionsError`` with what would be wrong then."""
    try:
        return parse_application(text, path, application)
    except FactsFileError as error:
        # The lines are those of a file that is never written.
        told = (f"{problem.field}: {problem.wrong}. {problem.right}".rstrip() for problem in error.problems)
        raise OptionsError("\n".join(told), fix="Nothing was changed.") from None


def apply_change(workspace: Workspace, change: FactsChange) -> None:
    """Write the change. Raises ``RefusedError`` when the file was changed by something else meanwhile."""
    if change.changed != change.text:
        workspace.facts.replace(change.application, change.changed, instead_of=change.text)
