"""The course of each application, for counting: when they were met, contacted, and when they answered.

Days are those of the user's own zone. What nobody wrote down is left unknown, not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from msgspec import Struct

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import History
from followup_mail.errors import FollowupError
from followup_mail.facts.application import Application
from followup_mail.facts.channels import Channel
from followup_mail.facts.terms import Status
from followup_mail.incoming.understood import Understanding
from followup_mail.outbox.seen_mail import SeenMail
from followup_mail.services.context.history_matching import find_former_names, recall
from followup_mail.workspace import Workspace


class Contact(Struct, frozen=True):
    """A mail that was sent, or a call, letter or message that reached somebody."""

    kind: Kind
    channel: Channel
    at: datetime

    @property
    def can_bring_answer(self) -> bool:
        """False for what answers them, such as thanks for a rejection."""
        return Status.WAITING in self.kind.traits.outcomes


class Answer(Struct, frozen=True):
    """They answered: by mail, or however the user wrote it down."""

    day: date | None
    """None where the user wrote down no day."""
    at: datetime | None = None
    """The moment, of a mail that was seen in the mailbox."""

    def is_after(self, at: datetime) -> bool:
        """Return whether it came after a moment; where only its day is known, what was that day counts as before."""
        return self.at > at if self.at else self.day is not None and self.day >= at.date()


class Course(Struct, frozen=True):
    """One application, as far as it is counted."""

    slug: str
    company: str
    role: str
    status: Status
    archived: bool
    met: tuple[datetime, ...] = ()
    """The end of each interview that is over, in order."""
    contacts: tuple[Contact, ...] = ()
    """In order of time."""
    unreached: int = 0
    """Calls that reached nobody."""
    answers: tuple[Answer, ...] = ()
    """In order of time; those without a day last."""

    def contact_before(self, answer: Answer) -> Contact | None:
        """Return the last contact before an answer."""
        before = [one for one in self.contacts if one.can_bring_answer and answer.is_after(one.at)]
        return before[-1] if before else None

    def met_before(self, answer: Answer) -> datetime | None:
        """Return the end of the last interview before an answer."""
        return next((at for at in reversed(self.met) if answer.is_after(at)), None)


def gather_courses(workspace: Workspace) -> tuple[list[Course], list[FollowupError], int]:
    """Return the course of every application, archived or not; what cannot be read; and how many answers may belong to
    several applications. Raises ``OutboxError``, and ``SettingsError`` when the user's zone is not known."""
    applications, broken = workspace.facts.load_all()
    now = workspace.now()
    former = find_former_names(workspace)
    answers = [one for one in workspace.store.seen() if one.mail.understanding is Understanding.ANSWER]
    of_one: dict[str, list[SeenMail]] = {}
    for seen in answers:
        if len(seen.mail.applications) == 1:
            of_one.setdefault(seen.mail.applications[0], []).append(seen)
    courses = [
        make_course(one, recall(workspace.store, one, former), of_one.get(one.slug, ()), now) for one in applications
    ]
    return courses, [*broken], sum(len(seen.mail.applications) > 1 for seen in answers)


def make_course(application: Application, history: History, seen: Sequence[SeenMail], now: datetime) -> Course:
    """Return the course of an application at ``now``, in whose zone everything is told."""
    zone = now.tzinfo
    touches = sorted(history.touches, key=lambda touch: touch.at)
    ends = (one.end.astimezone(zone) for one in application.interviews)
    return Course(
        slug=application.slug,
        company=application.company,
        role=application.role,
        status=application.outcome.status,
        archived=application.archived,
        met=tuple(sorted(end for end in ends if end <= now)),
        contacts=tuple(
            Contact(touch.step.kind, touch.channel, touch.at.astimezone(zone)) for touch in touches if touch.reached
        ),
        unreached=sum(not touch.reached for touch in touches),
        answers=_find_answers(application, seen, zone),
    )


def _find_answers(application: Application, seen: Sequence[SeenMail], zone: tzinfo | None) -> tuple[Answer, ...]:
    """Return their answers: those seen in the mailbox, and what the facts say unless it is one of them."""
    mails = [(one.mail.message_id, one.came_at.astimezone(zone)) for one in seen]
    answers = {Answer(at.date(), at) for _, at in mails}
    outcome = application.outcome
    told = outcome.status in {Status.REPLIED, Status.REJECTED, Status.OFFER}
    known = outcome.message_id in {name for name, _ in mails if name} or outcome.on in {at.date() for _, at in mails}
    if told and not known:
        answers.add(Answer(outcome.on))
    return tuple(sorted(answers, key=lambda one: (one.day or date.max, one.at.timestamp() if one.at else 0.0)))
