"""Small mails that show a rule at work: run by the tests, printed by ``--explain`` and on the reference page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from followup_mail.cadence.step import Kind, Objection, Step, StepId, StepState
from followup_mail.checks.context import CheckContext, find_person
from followup_mail.facts.application import Application, Channel
from followup_mail.message.draft import Mailbox

_CATHERINE: Final = Mailbox("Dr. Catherine Okafor", "catherine.okafor@northwind.example")
_FACTS: Final[dict[str, Any]] = {
    "slug": "northwind",
    "company": "Northwind Labs",
    "role": "Data Engineer",
    "time_zone": "America/Chicago",
    "country": "US",
    "contacts": [{"name": "Priya Raman", "role": "recruiter", "email": "priya.raman@northwind.example"}],
    "interviews": [
        {
            "start": "2026-11-17 14:00",
            "duration": "1 h",
            "people": [
                {
                    "name": "Dr. Catherine Okafor",
                    "title": "Head of Data",
                    "email": "catherine.okafor@northwind.example",
                    "discussed": ["moving the nightly jobs to streaming"],
                    "convinced": "how you let each team own its pipelines",
                },
                {
                    "name": "Marcus Lindqvist",
                    "title": "Staff Engineer",
                    "email": "marcus@northwind.example",
                    "discussed": ["the on-call rota"],
                },
            ],
        }
    ],
    "fit": ["I ran a similar move from nightly batches to streaming at a freight company"],
    "not_mentioned": ["I wrote the runbook that new colleagues still start from"],
}


class Sample(Struct, frozen=True):
    """A mail from Sam Rivera to Dr. Catherine Okafor, whom he met at Northwind Labs on Tuesday, 17 November 2026.

    ``core`` is put between greeting and signature; ``text`` replaces all three. ``given`` says in words what else
    matters, for the reader of the page; ``changes`` and ``facts`` say it as fields of ``CheckContext`` and of facts. A
    step or a moment among ``changes`` is a function that makes it: whoever checks a mail looks at no sample.
    """

    core: str = ""
    text: str = ""
    subject: str = "Thank you for Tuesday: Data Engineer at Northwind Labs"
    kind: str = ""
    """By its name: ``thank_you``."""
    given: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The text of the mail."""
        return self.text or f"Dear Dr. Okafor,\n\n{self.core}\n\nBest regards,\nSam Rivera"

    def context(self) -> CheckContext:
        """Return the mail with the facts around it."""
        kind = Kind(self.kind) if self.kind else None
        # An answer to a no has one to answer.
        no = {"outcome": {"status": "rejected"}} if kind and kind.traits.answers_rejection else {}
        facts = sample_facts({**no, **self.facts})
        changes = {name: value() if callable(value) else value for name, value in self.changes.items()}
        context = CheckContext(
            subject=self.subject,
            text=self.words,
            kind=kind,
            sender=Mailbox("Sam Rivera", "sam@rivera.example"),
            recipient=_CATHERINE,
            person=find_person(facts, changes.get("recipient", _CATHERINE)),
            facts=facts,
            sends_at=sample_moment(18, 9),
        )
        return replace(context, **changes)


def sample_facts(changes: Mapping[str, Any] | None = None) -> Application:
    """Return the facts that all samples stand upon."""
    return _unchanged_facts() if not changes else Application.read({**_FACTS, **changes})


def sample_moment(day: int, hour: int) -> datetime:
    """Return a moment of November 2026 at the recipient's place. The 17th, a Tuesday, is the day of the interview."""
    return datetime(2026, 11, day, hour, tzinfo=ZoneInfo("America/Chicago"))


def sample_step(state: StepState, note: str = "", against: Objection | None = None) -> Step:
    """Return a step for Dr. Okafor that stands as ``state`` says."""
    return Step(
        id=StepId("northwind", Kind.STATUS_INQUIRY, 1, "dr-catherine-okafor"),
        kind=Kind.STATUS_INQUIRY,
        channel=Channel.EMAIL,
        person=find_person(sample_facts(), _CATHERINE),
        via=None,
        state=state,
        due_at=sample_moment(24, 9),
        last_at=None,
        reason="one week after the interview",
        note=note,
        objections=(against,) if against else (),
    )


@cache
def _unchanged_facts() -> Application:
    return Application.read(_FACTS)
