"""What this program writes itself passes its own checks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from followup_mail.cadence.step import History, Kind, Step, StepId, StepState, Touch
from followup_mail.checks import CheckContext, Companion, check_mail
from followup_mail.checks.samples import sample_facts, sample_moment
from followup_mail.drafts.template_engine import render
from followup_mail.drafts.template_folders import TemplateFolders
from followup_mail.drafts.write_draft import Assignment, Writer, write_draft
from followup_mail.facts.application import Application, Channel, Person
from followup_mail.message.draft import Draft, Mailbox, Sender

NO_OWN_TEMPLATES = TemplateFolders(Path("no-such-folder"))
WRITER = Writer(Sender(Mailbox("Sam Rivera", "sam@rivera.example"), phone="+1 312 555 0142"), NO_OWN_TEMPLATES, render)
NOTHING_YET = History()
DAYS_AFTER = {
    Kind.THANK_YOU: 1,
    Kind.ADDITIONAL_DETAIL: 7,
    Kind.STATUS_INQUIRY: 21,
    Kind.REJECTION_THANKS: 23,
    Kind.APPLICATION_CHECK: 1,
}
WORDINGS = [
    (kind, wording.name) for kind in Kind if kind is not Kind.THANK_YOU for wording in NO_OWN_TEMPLATES.wordings(kind)
]


def write(facts: Application, person: Person, kind: Kind, history: History = NOTHING_YET, wording: str = "") -> Draft:
    step = Step(
        id=StepId(facts.slug, kind, 1, person.key),
        kind=kind,
        channel=Channel.EMAIL,
        person=person,
        via=None,
        state=StepState.DUE,
        due_at=None,
        last_at=None,
        reason="",
    )
    at = sample_moment(17, 9) + timedelta(days=DAYS_AFTER.get(kind, 14))
    return write_draft(WRITER, Assignment(facts, step, history, at, wording))


def errors(facts: Application, draft: Draft, person: Person, **around: object) -> list[str]:
    context = CheckContext(
        draft.subject,
        draft.text,
        kind=draft.step.kind,
        sender=draft.sender.mailbox,
        recipient=draft.to,
        person=person,
        facts=facts,
        sends_at=sample_moment(17, 9) + timedelta(days=DAYS_AFTER.get(draft.step.kind, 14)),
        **around,  # type: ignore[arg-type]
    )
    return [f"{one.code} {one.message}" for one in check_mail(context) if one.is_error]


@pytest.mark.parametrize("slug", ["a", "b", "c", "d"])
def test_thank_yous_of_a_panel_pass(slug: str) -> None:
    """The notes to the people of one panel differ enough, and each is personal, whichever wording begins."""
    facts = sample_facts({"slug": slug})
    people = facts.interviews[0].people
    drafts = [write(facts, person, Kind.THANK_YOU) for person in people]
    for person, draft in zip(people, drafts, strict=True):
        others = tuple(Companion("", other.text) for other in drafts if other is not draft)
        assert errors(facts, draft, person, companions=others) == []


@pytest.mark.parametrize(("kind", "wording"), WORDINGS)
def test_later_mails_pass(kind: Kind, wording: str) -> None:
    """Every wording of every later mail passes, after a thank-you to the same person."""
    outcome = {"status": "rejected"} if kind is Kind.REJECTION_THANKS else {}
    facts = sample_facts({"outcome": outcome, "applied": "2026-11-02"})
    person = facts.interviews[0].people[0]
    thanks = write(sample_facts(), person, Kind.THANK_YOU)
    touch = Touch(thanks.step, Channel.EMAIL, sample_moment(18, 9), text=thanks.text, subject=thanks.subject)
    draft = write(facts, person, kind, History((touch,)), wording)
    assert errors(facts, draft, person, said_before=(thanks.text,)) == []
