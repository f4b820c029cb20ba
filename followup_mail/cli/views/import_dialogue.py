"""Take facts from files: ask what is open, show what would be written, ask, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from followup_mail.cli.terminal import screen
from followup_mail.cli.views.show_outdated import carry_through
from followup_mail.cli.views.which_reading import choose_reading
from followup_mail.errors import RefusedError
from followup_mail.facts.said_readings import AmbiguousError
from followup_mail.services.importing.import_case import Case, describe
from followup_mail.services.importing.import_facts import (
    Imported,
    ProposedFacts,
    find_missing,
    imported,
    propose,
    refuse_missing,
    start_case,
    write_proposed,
)
from followup_mail.services.importing.import_points import OpenPoint, open_points
from followup_mail.services.queueing.carried_through import read_before
from followup_mail.services.typed.put_reading import put_reading
from followup_mail.workspace import Workspace


def import_and_show(
    workspace: Workspace, files: tuple[Path | None, Sequence[Path]], slug: str, given: Mapping[str, Any]
) -> None:
    """Do what ``add --from`` and ``add --card`` ask for. ``given``: the options of the command, by their names."""
    agreed, as_json = bool(given.get("yes")), bool(given.get("json"))
    asks = screen.is_interactive() and not agreed
    case = start_case(workspace, files, slug, given)
    if asks:
        case = _ask_all(workspace, case)
    if missing := find_missing(workspace, case):
        raise refuse_missing(missing)
    proposal = propose(workspace, case)
    if not as_json:
        _show(proposal)
    if not proposal.is_change:
        _finish(imported(proposal, written=False), as_json)
        return
    if not agreed:
        _agree(proposal, asks)
    before = read_before(workspace, [proposal.application])
    done = write_proposed(workspace, proposal)
    _finish(done, as_json)
    if not as_json and not done.is_new:
        carry_through(workspace, done.application, before.get(done.application))


def _ask_all(workspace: Workspace, case: Case) -> Case:
    """Ask for each open point. Ended early (Ctrl-D, Ctrl-C), nothing is written."""
    for line in describe(case, workspace.own_zone):
        screen.note(line)
    try:
        while points := open_points(workspace, case):
            case = case.answered(points[0].key, _ask(points[0]))
    except EOFError:
        raise RefusedError("Ended; nothing was written.") from None
    return case


def _ask(point: OpenPoint) -> str:
    text = ""
    while True:
        if not text:
            screen.note(f"{point.ask} (Enter: {point.proposal})" if point.proposal else point.ask)
            text = screen.ask("> ").strip() or point.proposal
        try:
            if not text:
                raise ValueError("This answer is needed")
            meant = point.read(text)
        except AmbiguousError as error:
            written = choose_reading(error)
            text = put_reading(text, error, written) if written else ""
            continue
        except ValueError as error:
            text = ""
            said = str(error)
            screen.note(f"  {said[:1].upper()}{said[1:]}.")
            continue
        return meant if isinstance(meant, str) else text


def _show(proposal: ProposedFacts) -> None:
    for sentence in proposal.told:
        screen.note(sentence)
    if not proposal.is_change:
        return
    screen.note()
    screen.note(f"{'To be written into' if proposal.before is not None else 'A new file,'} {proposal.file}:")
    for line in proposal.difference:
        styled = screen.good if line.startswith("+") else screen.bad if line.startswith("-") else screen.dim
        screen.out(styled(line), hang="    ")
    screen.note()


def _agree(proposal: ProposedFacts, asks: bool) -> None:
    """Ask whether to write. Raises ``RefusedError`` for a no, and where nobody can be asked."""
    if not asks:
        raise RefusedError("Nothing was written: there is no terminal to ask on.", fix="Add --yes to have it written.")
    if not screen.agree("Write this?"):
        raise RefusedError("Nothing was written.")


def _finish(done: Imported, as_json: bool) -> None:
    if as_json:
        screen.emit_json(done)
        return
    if not done.written:
        screen.note(f"Nothing to change in {done.file}.")
        return
    screen.note(f"{'Wrote' if done.is_new else 'Changed'} {done.file}")
    screen.note(f"Look at it with `followup-mail show {done.application}`.")
    if done.has_met:
        screen.note(f"What was said is still to be told: `followup-mail ask {done.application}`.")
