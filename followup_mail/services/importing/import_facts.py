"""Take facts from an invitation, a mail or cards: what would be written, shown first, then written in one piece.

``start_case`` reads the files; ``services.importing.import_points`` says what is open; ``propose`` makes the new text
of the facts file; ``write_proposed`` writes it, unless the file was changed meanwhile.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from followup_mail.errors import OptionsError, RefusedError
from followup_mail.facts.application import Application
from followup_mail.facts.clean import clean_name
from followup_mail.facts.said_places import read_zone_said
from followup_mail.facts.said_spans import read_length_said
from followup_mail.incoming.found import Found, FoundEvent
from followup_mail.services.adding.add_application import free_name, suggest_name
from followup_mail.services.adding.debrief_options import OPTION_NAMES, OTHER_QUESTIONS, read_people
from followup_mail.services.changing.fact_differences import find_differences, say_difference
from followup_mail.services.importing.import_case import (
    NEW,
    Case,
    Target,
    find_target,
    is_all_cancelled,
    read_beginning,
)
from followup_mail.services.importing.import_decision import keep_decision, say_decision
from followup_mail.services.importing.import_draft import ImportDraft
from followup_mail.services.importing.import_existing import apply_to_existing
from followup_mail.services.importing.import_files import read_files
from followup_mail.services.importing.import_new import write_new_facts
from followup_mail.services.importing.import_people import say_named
from followup_mail.services.importing.import_points import OpenPoint, open_points
from followup_mail.services.typed.change_table import say_option
from followup_mail.services.typed.home_country import home_country
from followup_mail.workspace import Workspace

_ALSO_FOR_OLD: Final = frozenset({"time_zone", "start", "duration", "format"})


class ProposedFacts(Struct, frozen=True):
    """What would be written."""

    application: str
    file: Path
    before: str | None
    """The text of the file now; None while there is none."""
    text: str
    told: tuple[str, ...]
    """What was found, guessed, left out or ignored, as sentences for the user."""
    has_met: bool = False
    """Whether an interview has begun, so that there is something to tell about it."""

    @property
    def is_change(self) -> bool:
        return self.text != self.before

    @property
    def changes(self) -> tuple[str, ...]:
        """What comes and goes, as people read it: a line for each fact."""
        before = _read_told(self.before) if self.before is not None else {}
        return tuple(say_difference(line) for line in find_differences(before, _read_told(self.text)))

    @property
    def difference(self) -> tuple[str, ...]:
        """The lines that come and go, each after "+ " or "- "; of a new file those that are no remarks."""
        if self.before is None:
            lines = (line.partition("  #")[0].rstrip() for line in self.text.split("\n"))
            return tuple(f"+ {line}" for line in lines if line and not line.startswith("#"))
        lines_now, lines_then = self.before.splitlines(), self.text.splitlines()
        found = difflib.unified_diff(lines_now, lines_then, n=3, lineterm="")
        return tuple(f"{line[0]} {line[1:]}" for line in list(found)[2:] if not line.startswith("@@"))


_OF_THE_RECORD: Final = frozenset({"invitation", "invitation_sequence", "outcome"})
"""What nobody needs to read of new facts: which invitation it was, and that an answer is waited for."""


def _read_told(text: str) -> dict[str, Any]:
    """Return the facts of a text that somebody reads."""
    document = tomllib.loads(text)
    interviews = [
        {key: value for key, value in one.items() if key not in _OF_THE_RECORD}
        for one in document.get("interviews", ())
    ]
    told = {key: value for key, value in document.items() if key not in _OF_THE_RECORD}
    return told | ({"interviews": interviews} if interviews else {})


class Imported(Struct, frozen=True):
    """What came of it."""

    application: str
    file: Path
    written: bool
    is_new: bool
    difference: tuple[str, ...]
    told: tuple[str, ...]
    has_met: bool = False
    """Whether an interview has begun, so that there is something to tell about it."""


def start_case(
    workspace: Workspace, files: tuple[Path | None, Sequence[Path]], slug: str, given: Mapping[str, Any]
) -> Case:
    """Read the files and what options decide. ``files``: that of ``--from``, and the cards.

    Raises ``FactsError`` for a file that cannot be used, ``OptionsError`` for an option.
    """
    found = read_files(workspace, *files, named=slug)
    return Case(found, slug, _answers(workspace, found, given), given)


def find_missing(workspace: Workspace, case: Case) -> list[OpenPoint]:
    """Return the points that a script has to decide by options."""
    return [point for point in open_points(workspace, case) if point.required]


def refuse_missing(missing: Sequence[OpenPoint]) -> OptionsError:
    """Return the error that names every option that is missing, with the proposal for it."""
    lines = []
    for point in missing:
        perhaps = f" Perhaps {point.proposal}." if point.proposal else ""
        lines.append(f"{point.option.partition(' ')[0]} is missing. {point.ask}{perhaps}")
    options = ", ".join(dict.fromkeys(point.option for point in missing))
    return OptionsError("\n".join(lines), fix=f"Nothing was written. Add {options}.")


def propose(workspace: Workspace, case: Case) -> ProposedFacts:
    """Return what would be written. Raises ``FactsError`` or ``RefusedError`` when nothing can be."""
    target = find_target(workspace, case) or Target(None)
    missed = [f"Whether it belongs to {name} cannot be told: that file has mistakes." for name in target.unread]
    if case.found.clocks and "zone" not in case.answers:
        said = f"The mail gives hours by the clocks of {case.found.clocks}, which is not plain"
        missed.append(f"{said}: --zone says whose they are.")
    if target.application is None:
        return _propose_new(workspace, case, missed)
    application = target.application
    _refuse_options(application, case.options)
    before = workspace.facts.text(application.slug)
    draft = ImportDraft(workspace, application.slug, before)
    for note in (*case.found.notes, *say_named(case, application), *missed):
        draft.tell(note)
    if target.why:
        draft.tell(f"It belongs to {application.slug}, which {target.why}.")
    apply_to_existing(workspace, case, draft)
    _keep_decision(workspace, case, draft, application)
    return ProposedFacts(draft.slug, draft.path, before, draft.text, tuple(draft.told), _has_met(workspace, draft))


def write_proposed(workspace: Workspace, proposal: ProposedFacts) -> Imported:
    """Write it in one piece. Raises ``RefusedError`` when the file was changed or made meanwhile."""
    if proposal.before is None:
        workspace.facts.create(proposal.application, proposal.text)
    elif proposal.is_change:
        workspace.facts.replace(proposal.application, proposal.text, instead_of=proposal.before)
    return imported(proposal, written=proposal.is_change)


def imported(proposal: ProposedFacts, *, written: bool) -> Imported:
    """Return what came of a proposal."""
    is_new = proposal.before is None
    return Imported(
        proposal.application, proposal.file, written, is_new, proposal.difference, proposal.told, proposal.has_met
    )


def _propose_new(workspace: Workspace, case: Case, missed: Sequence[str]) -> ProposedFacts:
    if is_all_cancelled(case):
        raise RefusedError(
            "The invitation is cancelled, and no application has it: there is nothing to take out.",
            fix="If you typed that interview yourself, name the application: followup-mail add APP --from FILE",
        )
    named = case.slug if case.slug != NEW else ""
    is_chosen = NEW in {case.slug, case.answers.get("application")}
    name = free_name if is_chosen else suggest_name
    slug = named or name(workspace, case.answers["company"], case.answers["role"])
    if slug in workspace.facts.slugs():
        raise RefusedError(f"there is an application {slug} already", fix="Choose another name.")
    draft = write_new_facts(workspace, case, slug)
    _keep_decision(workspace, case, draft, None)
    told = (*case.found.notes, *say_named(case, None), *missed, *draft.told)
    return ProposedFacts(slug, draft.path, None, draft.text, told, _has_met(workspace, draft))


def _keep_decision(workspace: Workspace, case: Case, draft: ImportDraft, application: Application | None) -> None:
    today = workspace.now().date()
    keep_decision(case, draft, today)
    for sentence in say_decision(case, application, today):
        draft.tell(sentence)


def _has_met(workspace: Workspace, draft: ImportDraft) -> bool:
    return any(interview.start <= workspace.now() for interview in draft.application.interviews)


def _refuse_options(application: Application, given: Mapping[str, Any]) -> None:
    fields = (question.field for question in OTHER_QUESTIONS if question.field not in _ALSO_FOR_OLD)
    used = [name for field in fields if given.get(name := OPTION_NAMES.get(field, field))]
    used += ["cadence"] if given.get("cadence") else []
    if used:
        options = ", ".join(f"--{say_option(name)}" for name in used)
        raise OptionsError(
            f"{options}: only for a new application, and {application.slug} is there already.",
            fix=f"Nothing was written. Change it with: followup-mail edit {application.slug}",
        )


def _answers(workspace: Workspace, found: Found, given: Mapping[str, Any]) -> dict[str, str]:
    """Return what options decide. Raises ``OptionsError`` with every one that cannot be read."""
    today, home = workspace.now().date(), home_country(workspace)

    def read_zone(text: str) -> str:
        return read_zone_said(text, home)

    of_mail = FoundEvent(uid="", zone="" if given.get("zone") else found.zone)
    unplaced = [event for event in found.events if event.start is None] or [of_mail][: not found.events]
    answers = {name: str(given[name]) for name in ("company", "role", "zone") if given.get(name)}
    answers |= {"round": str(given["round_"])} if given.get("round_") else {}
    problems = [*_unreadable(answers, {"company": clean_name, "role": clean_name, "zone": read_zone})]
    if start := str(given.get("start") or ""):
        if len(unplaced) == 1:
            answers[f"start:{unplaced[0].uid}"] = start
            problems += _unreadable({"start": start}, {"start": lambda text: read_beginning(text, unplaced[0], today)})
        else:
            problems.append("--start: the file says itself when it begins")
    if length := str(given.get("duration") or ""):
        answers |= {f"duration:{event.uid}": length for event in (*found.events, *unplaced)}
        problems += _unreadable({"duration": length}, {"duration": read_length_said})
    try:
        told = read_people(workspace, {"person": given.get("person")}, lambda _: None)
        answers |= {f"name:{person.email}": person.name for person in told if person.email}
    except ValueError as error:
        problems.append(str(error))
    if problems:
        raise OptionsError("\n".join(problems), fix="Nothing was written. See `followup-mail add --help`.")
    return answers | ({"zone": read_zone(answers["zone"])} if "zone" in answers else {})


def _unreadable(texts: Mapping[str, str], readers: Mapping[str, Callable[[str], object]]) -> Iterator[str]:
    """Yield what is wrong with options, a sentence each."""
    for name, text in texts.items():
        try:
            if name in readers:
                readers[name](text)
        except ValueError as error:
            yield f"--{name}: {error}"
