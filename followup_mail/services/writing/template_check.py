"""Try every wording on sample facts: whether it can be written at all, and whether it can when optional facts lack."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from msgspec import Struct

from followup_mail.cadence.kinds import SampleCase
from followup_mail.cadence.roster import list_members
from followup_mail.cadence.step import History, Kind, Step, StepId, StepState
from followup_mail.drafts.assignment import Assignment, Writer
from followup_mail.drafts.html_layout import lay_out
from followup_mail.drafts.render_process import BoundedRenderer
from followup_mail.drafts.template_folders import LAYOUT, TemplateFolders, Wording
from followup_mail.drafts.wording_choice import PANEL
from followup_mail.drafts.write_draft import COVER, gather_facts, write_words
from followup_mail.drafts.write_script import SCRIPT_PARTS, write_part
from followup_mail.errors import FollowupError
from followup_mail.facts.application import Application, Channel
from followup_mail.message.draft import Mailbox, Sender

_SENDER: Final = Sender(Mailbox("Jordan Example", "jordan@example.com"), phone="+1 312 555 0142")
_SENDING_AT: Final = datetime(2026, 11, 19, 15, tzinfo=UTC)
_MET, _NOT_MET = "Sam Sample", "Robin Recruit"
_PASS_ON: Final = COVER.partition("/")[0]
_SHARED_PARTS: Final = {part.folder: part.only for part in SCRIPT_PARTS.values() if part.only}
_ONLY: Final = {_PASS_ON: "cover", PANEL: "thanks", LAYOUT: "mail", **_SHARED_PARTS}
"""The folders whose one template serves every kind, and its name."""
_ANY_KIND: Final = next(iter(Kind))


_SENTENCES_TO_SAM: Final = {
    "moment": "I liked that newcomers fix a bug in their first week, because I learn a system best that way.",
    "link": "You want fewer alerts at night. I cut those of my team from 40 a week to 6.",
    "offer": "I would like to hear which of them wake people most often.",
}
_NOTES_ON_SAM: Final = {
    "discussed": [
        "nightly batches",
        "walked me through the outage in March",
        '"an alert that nobody acts on is noise"',
    ],
    "convinced": "spoke openly about the outage in March",
}
_SENTENCES: Final[dict[str, Any]] = {
    "why_them": "I want to work where the people who build a service also run it.",
    "unsaid": {
        "problem": "You said that newcomers are on call too early.",
        "point": "I wrote a handbook that lets somebody new take a shift after two weeks.",
        "use": "I could write one for your team.",
        "also": "I also kept the list of what broke at night, which might save you some calls.",
    },
    "promised": [{"what": "my start date", "to": "everybody", "says": "I can start on February 1."}],
    "outcome": {
        "status": "rejected",
        "understood": "I can see why you chose somebody who has run a larger system.",
        "onward": "If another role opens up next year, I would like to apply again.",
        "parting": "I hope that the move to the new hall goes well.",
    },
}
_NOTES: Final[dict[str, Any]] = {
    "fit": ["7 yrs warehouse, 3 as shift lead"],
    "promised": [{"what": "the case study", "to": "everybody"}],
    "outcome": {"status": "rejected", "reason": "went to an internal candidate"},
}


class _Case(Struct, frozen=True):
    """One occasion to try a wording on."""

    words: str
    """What is special about it, before the sentence that says what went wrong."""
    facts: str
    person: str
    round: int = 1


_CASES: Final = {
    SampleCase.RICH: _Case("", "rich", _MET),
    SampleCase.NOTES: _Case("with notes only: ", "notes", _MET),
    SampleCase.BARE: _Case("without optional facts: ", "bare", _MET),
    SampleCase.UNMET: _Case("to somebody you did not meet: ", "bare", _NOT_MET),
    SampleCase.BEFORE: _Case("before any interview: ", "before", _NOT_MET, round=0),
    SampleCase.APPLIED: _Case("", "applied", _NOT_MET, round=0),
}


def try_wordings(folders: TemplateFolders) -> list[tuple[Wording, list[str]]]:
    """Write every wording on every occasion it is meant for, and return what went wrong with each."""
    with BoundedRenderer() as renderer:
        writer = Writer(_SENDER, folders, renderer.render)
        found = [one for kind in folders.kinds() for one in folders.wordings(kind)]
        return [(one, list(_try(writer, one))) for one in found]


def try_wording(folders: TemplateFolders, wording: Wording, renderer: BoundedRenderer) -> list[str]:
    """Return what goes wrong with one wording; nothing for one that works."""
    return list(_try(Writer(_SENDER, folders, renderer.render), wording))


def _try(writer: Writer, wording: Wording) -> Iterator[str]:
    """Yield the first thing that goes wrong, if any: what follows from it would only say it again."""
    kind = _kind_of(wording)
    if kind is None:
        yield f"is never used: {_say_used(wording.kind)}"
        return
    for case in _cases_for(wording, kind):
        try:
            _write(writer, wording, _assign(kind, wording, case))
        except FollowupError as error:
            yield f"{case.words}{error.sentence}"
            return


def _write(writer: Writer, wording: Wording, assignment: Assignment) -> None:
    person = assignment.step.person
    assert person is not None
    if wording.kind in {*Kind, PANEL}:
        write_words(writer, assignment, person, wording)
        return
    facts = gather_facts(writer, assignment, person)
    if wording.kind == LAYOUT:
        lay_out(writer.render, "A subject", "Dear Sam,\n\nA line,\nhttps://example.com\n\n- one\n- two\n")
    elif wording.kind == _PASS_ON:
        writer.render(wording.template, {**facts, "about": "a short note", "note": "Dear Sam,"})
    else:
        write_part(writer, SCRIPT_PARTS[wording.kind], wording.name, facts)


def _kind_of(wording: Wording) -> Kind | None:
    """Return the kind of follow-up that a wording serves; None when nothing ever asks for it."""
    kinds = set(Kind)
    if wording.kind in kinds:
        return Kind(wording.kind)
    if wording.kind in _ONLY:
        return _ANY_KIND if wording.name == _ONLY[wording.kind] else None
    if wording.kind not in SCRIPT_PARTS:
        return None
    return next((kind for kind in Kind if wording.name == kind or wording.name.startswith(f"{kind}_")), None)


def _cases_for(wording: Wording, kind: Kind) -> Iterator[_Case]:
    """Yield the occasions on which a wording must work. What says something to anybody must do so at any time."""
    samples = kind.traits.samples
    if wording.kind in _SHARED_PARTS:
        samples = (SampleCase.RICH, SampleCase.NOTES, SampleCase.BARE, SampleCase.UNMET, SampleCase.BEFORE)
    elif wording.kind in _ONLY:
        samples = (SampleCase.RICH, SampleCase.NOTES, SampleCase.BARE)
    yield from (_CASES[sample] for sample in samples)


def _say_used(folder: str) -> str:
    if folder in _ONLY:
        return f"only {folder}/{_ONLY[folder]} is."
    if folder in SCRIPT_PARTS:
        return f"in {folder}/, files are named after a kind, or KIND_FORM: {', '.join(Kind)}."
    return f"no folder of that name is; the kinds of mail are {', '.join(Kind)}."


def _assign(kind: Kind, wording: Wording, case: _Case) -> Assignment:
    application = _samples()[case.facts]
    member = next(one for one in list_members(application) if one.person.name == case.person)
    step_id = StepId(application.slug, kind, case.round, member.handle)
    step = Step(step_id, kind, Channel.EMAIL, member.person, None, StepState.DUE, None, None, "a sample")
    return Assignment(application, step, History(), _SENDING_AT, wording.name if wording.kind == kind else "")


@cache
def _samples() -> dict[str, Application]:
    sam = {"name": _MET, "email": "sam@sample.example"}
    robin = {"name": _NOT_MET, "role": "recruiter", "email": "robin@sample.example"}
    before: dict[str, Any] = {
        "company": "Sample Works",
        "role": "Engineer",
        "time_zone": "America/Chicago",
        "contacts": [robin],
        # A second note without a point is none, so this is not optional.
        "not_mentioned": ["wrote the on-call handbook, still in use"],
    }
    told = {"applied": "2026-11-02", "said": {"decision_by": "2026-12-04", "quote": "We will be in touch."}}
    notes = {**before, **told, **_NOTES, "interviews": [_meet({**sam, **_NOTES_ON_SAM})]}
    given: dict[str, dict[str, Any]] = {
        "rich": {**notes, **_SENTENCES, "interviews": [_meet({**sam, **_NOTES_ON_SAM, **_SENTENCES_TO_SAM})]},
        "notes": notes,
        "bare": {**before, "interviews": [_meet(sam)]},
        "before": before,
        "applied": {**before, **told},
    }
    return {slug: Application.read({"slug": slug, **facts}) for slug, facts in given.items()}


def _meet(person: dict[str, Any]) -> dict[str, Any]:
    return {"start": "2026-11-18 14:00", "duration": "45 min", "people": [person]}
