"""Entries, claims and outcomes to test the outbox with. One fixed morning; every moment is reckoned from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from followup_mail.cadence.step import History, Kind, StepId
from followup_mail.message.draft import Mailbox
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.entry import Entry, NewEntry, Place, State, Timing
from followup_mail.outbox.lease import Worker
from followup_mail.outbox.pre_send_check import GO, Action, PreSendCheck, Ruling, SendContext
from followup_mail.outbox.retry import Settlement, decide
from followup_mail.outbox.seen_changes import still_holds
from followup_mail.outbox.seen_mail import LastLook, SeenMail
from followup_mail.outbox.seen_storage import is_absence_of
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Cause

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
"""A Wednesday, nine in the morning in Chicago."""

WORKER = Worker("here:1:aa")
OTHER = Worker("there:2:bb")

ACCEPTED = AttemptResult(Verdict.ACCEPTED, Phase.DONE, "250 2.0.0 queued as 4XyZ", 250, "2.0.0", "4XyZ")
FILED = AttemptResult(
    Verdict.ACCEPTED, Phase.DONE, "Put into a folder.", queue_id="/home/delivered/1.eml", in_folder=True
)
GREYLISTED = AttemptResult(Verdict.DEFERRED, Phase.RCPT, "450 4.2.0 greylisted", 450, "4.2.0")
OFFLINE = AttemptResult(Verdict.DEFERRED, Phase.CONNECT, "no network")
NO_SUCH_USER = AttemptResult(
    Verdict.REFUSED, Phase.RCPT, "550 5.1.1 no such user", 550, "5.1.1", fix="Correct the address."
)
BAD_PASSWORD = AttemptResult(
    Verdict.REFUSED, Phase.LOGIN, "535 5.7.8 refused", 535, "5.7.8", fix="Make an app password.", pauses_account=True
)
REFUSED_TOKEN = AttemptResult(
    Verdict.DEFERRED, Phase.LOGIN, "535 5.7.8 refused", 535, "5.7.8", fix="Sign in again.", pauses_account=True
)
LINK_LOST = AttemptResult(Verdict.UNCLEAR, Phase.ANSWER, "the link was lost after the dot")


def make_step(n: int = 1, application: str = "lumen") -> StepId:
    return StepId(application, Kind.THANK_YOU, 1, f"person-{n}")


def make_mail(n: int = 1, **changes: Any) -> Message:
    given: dict[str, Any] = {
        "to": Mailbox(f"Person {n}", f"person{n}@employer.example"),
        "subject": "Thank you for Tuesday",
        "text": f"Dear Person {n},\n\nthank you.\n",
        "message_id": f"<id-{n}@home.example>",
        "mail_from": "jordan@home.example",
        "rcpt_to": (f"person{n}@employer.example",),
    }
    return Message(**(given | changes))


def make_handed(mail_from: str, rcpt_to: tuple[str, ...], content: bytes, smtputf8: bool = False) -> Message:
    """Return a mail as a transport is handed it: what matters then is the envelope and the bytes."""
    to = Mailbox("", rcpt_to[0] if rcpt_to else "")
    return Message(to, "", "", "<id@home.example>", mail_from, rcpt_to, smtputf8=smtputf8, content=content)


def make_content(n: int = 1) -> bytes:
    head = f"Subject: Thank you for Tuesday\r\nMessage-ID: <id-{n}@home.example>\r\n"
    return f"{head}From: jordan@home.example\r\nTo: person{n}@employer.example\r\n\r\nThank you, {n}.\r\n".encode()


def make_timing(due_after: timedelta = timedelta(), last_after: timedelta | None = None, **changes: Any) -> Timing:
    last_at = None if last_after is None else NOW + last_after
    return Timing(NOW + due_after, last_at, **({"place": Place("America/Chicago", "US")} | changes))


def make_new(n: int = 1, application: str = "lumen", state: State = State.QUEUED, **timing: Any) -> NewEntry:
    message = make_mail(n, content=make_content(n))
    return NewEntry(make_step(n, application), message, make_timing(**timing), (), state)


def make_entry(state: State = State.QUEUED, **changes: Any) -> Entry:
    timing = changes.pop("timing", None) or make_timing()
    mail = make_mail()
    return Entry(12, make_step(), mail, "0" * 64, timing, state, NOW, mail.mail_from, **changes)


def go(_: Entry, __: SendContext, ___: datetime) -> Ruling:
    """A check that lets everything pass."""
    return GO


def make_go(_: Entry) -> PreSendCheck:
    """Make that check for any entry."""
    return go


@dataclass(frozen=True)
class FakeContext:
    """What a check may ask the outbox, made up."""

    of_application: History = field(default_factory=History)
    handed: tuple[datetime, ...] = ()
    domain_at: datetime | None = None
    seen: tuple[SeenMail, ...] = ()
    look: LastLook = field(default_factory=lambda: LastLook("jordan@home.example"))

    def history(self, _: str) -> History:
        return self.of_application

    def written_to(self, _: object, __: object) -> frozenset[str]:
        return frozenset()

    def handed_over_to(self, _: str, __: datetime) -> tuple[Entry, ...]:
        return ()

    def entries(self, **_: object) -> tuple[Entry, ...]:
        return ()

    def handed_over_since(self, _: str, since: datetime) -> tuple[datetime, ...]:
        return tuple(at for at in self.handed if at > since)

    def last_handed_over_to(self, _: str) -> datetime | None:
        return self.domain_at

    def open_answers(self, application: str) -> tuple[SeenMail, ...]:
        return tuple(one for one in self.seen if application in one.mail.applications and still_holds(one))

    def absences(self, address: str) -> tuple[SeenMail, ...]:
        return tuple(one for one in self.seen if is_absence_of(one, address))

    def last_look(self, _: str) -> LastLook:
        return self.look


def claim_one(store: Store, worker: Worker = WORKER, now: datetime = NOW) -> Claim:
    claim = store.claim(worker, go, now)
    assert isinstance(claim, Claim), claim
    return claim


def attempt(store: Store, outcome: AttemptResult, now: datetime = NOW, worker: Worker = WORKER) -> Entry:
    """Claim the first due entry and settle it as if ``outcome`` had come of it."""
    claim = claim_one(store, worker, now)
    if outcome.phase in {Phase.DATA, Phase.BODY, Phase.ANSWER, Phase.DONE}:
        store.record_intent(claim, now)
    return store.settle(claim, decide(claim.entry, outcome, now, 0.5), now)


def bring_into(store: Store, state: State, n: int = 1) -> Entry:  # noqa: PLR0911
    """Add an entry and lead it into ``state`` by the road."""
    entry = store.add([make_new(n, state=State.DRAFT if state is State.DRAFT else State.QUEUED)], NOW)[0]
    match state:
        case State.DRAFT | State.QUEUED:
            return entry
        case State.SENDING:
            return claim_one(store).entry
        case State.SENT:
            return attempt(store, ACCEPTED)
        case State.IN_FOLDER:
            return attempt(store, FILED)
        case State.FAILED:
            return attempt(store, NO_SUCH_USER)
        case State.UNCLEAR:
            return attempt(store, LINK_LOST)
        case State.MISSED:
            turned = store.claim(WORKER, lambda *_: Ruling(Action.MISS, "too late"), NOW)
            assert turned is not None
            return store.get(entry.id)
        case State.CANCELLED:
            return store.cancel(entry.id, NOW, "changed my mind")


RELEASED = Settlement(Cause.RELEASED, "the worker ended", counts=False)


@dataclass
class Script:
    """A transport that plays a part per recipient; everybody else's mail is accepted."""

    parts: dict[str, AttemptResult | BaseException] = field(default_factory=dict)
    before: Callable[[Message], None] = lambda _: None
    handed: list[Message] = field(default_factory=list)
    leaves_machine: bool = True
    closed: int = 0

    def deliver(self, message: Message, before_data: Callable[[], None]) -> AttemptResult:
        part = self.parts.get(message.rcpt_to[0], ACCEPTED)
        if isinstance(part, AttemptResult) and part in {OFFLINE, BAD_PASSWORD}:
            return part
        self.before(message)
        before_data()
        self.handed.append(message)
        if isinstance(part, BaseException):
            raise part
        return part

    def close(self) -> None:
        self.closed += 1
