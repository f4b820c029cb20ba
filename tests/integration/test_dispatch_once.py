"""A run over what is due: what it sends, what it leaves alone, and what it says when something breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from changing import replace
from outbox_samples import (
    ACCEPTED,
    BAD_PASSWORD,
    GREYLISTED,
    LINK_LOST,
    NO_SUCH_USER,
    NOW,
    OFFLINE,
    OTHER,
    WORKER,
    Script,
    claim_one,
    make_content,
    make_go,
    make_mail,
    make_new,
)
from servers import Sink, serve

from followup_mail.delivery.dispatch import Dispatch, Result, deliver_due, sleep_after
from followup_mail.delivery.smtp_account import Account, Auth, Security
from followup_mail.delivery.transport import SmtpTransport
from followup_mail.errors import OutboxError, RefusedError
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, InterruptedDelivery
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.pre_send_check import Action, Ruling, SendContext, SendingLimits, check_limits
from followup_mail.outbox.sqlite import SqliteStore
from followup_mail.outbox.transitions import Cause

LATER = NOW + timedelta(hours=1)


def to(n: int) -> str:
    return f"person{n}@employer.example"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "outbox.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(path)
    yield opened
    opened.close()


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def dispatch(store: SqliteStore, script: Script) -> Dispatch:
    return Dispatch(store, script, make_go, WORKER, lambda: NOW, spread=lambda: 0.5, sleep=lambda _: None)


def run(dispatch: Dispatch, **options: object) -> list[Result]:
    return list(deliver_due(dispatch, **options))  # type: ignore[arg-type]


def states(results: list[Result]) -> list[tuple[int, str]]:
    return [(result.entry.id, str(result.entry.state)) for result in results]


def test_what_is_due_is_sent_and_nothing_else(dispatch: Dispatch, store: SqliteStore, script: Script) -> None:
    """Due entries leave in order; what is due later, held, cancelled or a draft stays."""
    store.add([make_new(n) for n in (1, 2, 3, 4)], NOW)
    store.add([make_new(5, due_after=timedelta(hours=1)), make_new(6, state=State.DRAFT)], NOW)
    store.cancel(2, NOW)
    store.hold_entry(3, NOW, "wait")
    assert states(run(dispatch)) == [(1, "sent"), (4, "sent")]
    assert [message.rcpt_to for message in script.handed] == [(to(1),), (to(4),)]
    assert run(dispatch) == []


def test_the_bytes_are_those_that_were_queued_and_a_date(
    dispatch: Dispatch, store: SqliteStore, script: Script
) -> None:
    """What was previewed is what leaves, Date aside; that is the moment of sending."""
    store.add([make_new(1)], NOW)
    run(dispatch)
    head, _, rest = script.handed[0].content.partition(b"\r\n")
    assert rest == make_content(1)
    assert parsedate_to_datetime(head.removeprefix(b"Date: ").decode()) == NOW


def test_the_intent_is_on_disk_before_the_first_byte(dispatch: Dispatch, store: SqliteStore, path: Path) -> None:
    """Another process sees the intent when the transport hands over the first byte."""
    seen = []

    class Peeking(Script):
        def deliver(self, message: Message, before_data: Callable[[], None]) -> AttemptResult:
            before_data()
            other = SqliteStore(path)
            seen.append(other.get(1).intent_at)
            other.close()
            return ACCEPTED

    store.add([make_new(1)], NOW)
    run(replace(dispatch, transport=Peeking()))
    assert seen == [NOW]


def test_one_bad_recipient_never_stops_the_others(dispatch: Dispatch, store: SqliteStore, script: Script) -> None:
    """Refused, put off, unclear, even a transport that breaks: each for itself."""
    script.parts = {to(1): NO_SUCH_USER, to(2): GREYLISTED, to(3): LINK_LOST, to(4): RuntimeError("a bug")}
    store.add([make_new(n) for n in range(1, 6)], NOW)
    assert states(run(dispatch)) == [(1, "failed"), (2, "queued"), (3, "unclear"), (4, "unclear"), (5, "sent")]
    assert store.get(4).reason == "Sending broke off (RuntimeError)"


def test_a_transport_that_breaks_before_data_has_sent_nothing(
    dispatch: Dispatch, store: SqliteStore, script: Script
) -> None:
    """Without a recorded intent nothing left, so it is tried again."""

    def burst(_: Message) -> None:
        raise RuntimeError("a bug")

    script.before = burst
    store.add([make_new(1)], NOW)
    assert states(run(dispatch)) == [(1, "queued")]
    assert store.next_due_at(NOW) == NOW + timedelta(minutes=2, seconds=15)


def test_a_refused_login_stops_the_account_after_one(dispatch: Dispatch, store: SqliteStore, script: Script) -> None:
    """A wrong password costs one entry, not the queue; resumed, all go."""
    script.parts = {to(n): BAD_PASSWORD for n in range(1, 9)}
    store.add([make_new(n) for n in range(1, 9)], NOW)
    results = run(dispatch)
    assert states(results) == [(1, "failed")]
    assert results[0].pause is not None
    assert results[0].entry.fix == "Make an app password."
    assert run(dispatch) == []
    script.parts = {}
    store.resume_account("jordan@home.example", NOW)
    assert len(run(dispatch)) == len(store.entries(states=[State.SENT])) == 8


def test_no_network_costs_one_attempt(dispatch: Dispatch, store: SqliteStore, script: Script) -> None:
    """Offline the run ends after one try; back online everything goes."""
    script.parts = {to(n): OFFLINE for n in range(1, 9)}
    store.add([make_new(n) for n in range(1, 9)], NOW)
    assert states(run(dispatch)) == [(1, "queued")]
    script.parts = {}
    assert len(run(replace(dispatch, clock=lambda: LATER))) == 8


def test_a_limit_ends_the_run(dispatch: Dispatch, store: SqliteStore) -> None:
    """--limit 2 sends two."""
    store.add([make_new(n) for n in range(1, 6)], NOW)
    assert states(run(dispatch, limit=2)) == [(1, "sent"), (2, "sent")]


def test_only_named_entries_go(dispatch: Dispatch, store: SqliteStore) -> None:
    """Sending one mail now leaves the others that are due where they are."""
    store.add([make_new(n) for n in range(1, 4)], NOW)
    assert states(run(dispatch, only=[2])) == [(2, "sent")]


def test_an_accounts_limit_is_kept_over_runs(dispatch: Dispatch, store: SqliteStore) -> None:
    """Three a minute are three a minute, however often it is run."""
    limited = replace(dispatch, make_check=lambda _: check_limits(SendingLimits(per_minute=3)))
    store.add([make_new(n) for n in range(1, 8)], NOW)
    sent = [len(run(replace(limited, clock=lambda at=NOW + timedelta(seconds=s): at))) for s in range(0, 121, 10)]
    assert sent == [3, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 1]


def test_what_the_look_turns_away_is_reported(dispatch: Dispatch, store: SqliteStore, script: Script) -> None:
    """A missed mail is not sent, and the run says so."""
    store.add([make_new(1)], NOW)
    results = run(replace(dispatch, make_check=lambda _: lambda *_: Ruling(Action.MISS, "its time has passed")))
    assert states(results) == [(1, "missed")]
    assert (results[0].attempt, script.handed) == (None, [])


def test_a_cancel_between_claim_and_data_is_in_time(
    dispatch: Dispatch, store: SqliteStore, script: Script, path: Path
) -> None:
    """Cancelled while the connection is being made, the mail does not leave."""

    def cancel(_: Message) -> None:
        other = SqliteStore(path)
        with pytest.raises(RefusedError, match="being sent right now"):
            other.cancel(1, NOW, "they called")
        other.close()

    script.before = cancel
    store.add([make_new(1), make_new(2, "other")], NOW)
    script.before = lambda message: cancel(message) if message.rcpt_to[0] == to(1) else None
    assert states(run(dispatch)) == [(1, "cancelled"), (2, "sent")]
    assert store.get(1).attempts == 0
    assert [message.rcpt_to[0] for message in script.handed] == [to(2)]


def test_a_worker_that_lost_its_claim_sends_nothing(
    dispatch: Dispatch, store: SqliteStore, script: Script, path: Path
) -> None:
    """Taken for dead while connecting, overtaken by another: the mail leaves once, from the other."""

    def overtake(_: Message) -> None:
        script.before = lambda _: None
        other = SqliteStore(path)
        other.recover(NOW, lambda _: True)
        run(replace(dispatch, store=other, worker=OTHER))
        other.close()

    script.before = overtake
    store.add([make_new(1)], NOW)
    assert states(run(dispatch)) == [(1, "sent")]
    assert len(script.handed) == 1


@pytest.mark.parametrize(
    ("stopped", "state"),
    [
        (InterruptedDelivery(GREYLISTED), State.QUEUED),
        (InterruptedDelivery(ACCEPTED), State.SENT),
        (InterruptedDelivery(LINK_LOST), State.UNCLEAR),
        (KeyboardInterrupt(), State.UNCLEAR),
    ],
)
def test_ctrl_c_settles_the_mail_in_hand(
    dispatch: Dispatch, store: SqliteStore, script: Script, stopped: BaseException, state: State
) -> None:
    """Stopped in the middle, the entry is left in no doubt that could be avoided, and the stop is passed on."""
    script.parts = {to(1): stopped}
    store.add([make_new(1), make_new(2)], NOW)
    with pytest.raises(KeyboardInterrupt):
        run(dispatch)
    assert [store.get(n).state for n in (1, 2)] == [state, State.QUEUED]


def test_what_a_dead_run_left_behind_is_found_first(dispatch: Dispatch, store: SqliteStore, path: Path) -> None:
    """The next run says what became unclear, and sends what had not left."""
    store.add([make_new(1), make_new(2)], NOW)
    store.record_intent(claim_one(store, OTHER), NOW)
    claim_one(store, OTHER)
    results = run(replace(dispatch, is_dead=lambda _: True))
    assert states(results) == [(1, "unclear"), (2, "queued"), (2, "sent")]


def test_what_the_worker_itself_left_behind_is_found_as_well(
    dispatch: Dispatch, store: SqliteStore, script: Script
) -> None:
    """A claim of which it never heard, since the answer was lost, does not keep a mail for as long as it lives; what it
    has in hands for another account stays there."""
    store.add([make_new(1), make_new(2)], NOW)
    store.record_intent(claim_one(store), NOW)
    claim_one(store)
    store.heartbeat(WORKER, NOW)
    other_job = replace(dispatch, worker=replace(WORKER, account="other@home.example"))
    assert run(other_job) == []
    assert states(run(dispatch)) == [(1, "unclear"), (2, "queued"), (2, "sent")]
    assert len(script.handed) == 1


class FullDisk(SqliteStore):
    """A store whose disk is full at one kind of write."""

    full_at = ""
    times = 99

    def record_intent(self, *given: object) -> None:
        self._fail("record_intent")
        super().record_intent(*given)  # type: ignore[arg-type]

    def settle(self, *given: object) -> Entry:
        self._fail("settle")
        return super().settle(*given)  # type: ignore[arg-type]

    def _fail(self, name: str) -> None:
        if self.full_at == name and self.times:
            self.times -= 1
            raise OutboxError("The outbox can't be written: the disk is full.", fix="Free some space.")


@pytest.fixture
def full(path: Path) -> Iterator[FullDisk]:
    opened = FullDisk(path)
    opened.add([make_new(1)], NOW)
    yield opened
    opened.close()


def test_no_sending_without_a_recorded_intent(dispatch: Dispatch, full: FullDisk, script: Script) -> None:
    """When the intent cannot be written, nothing is sent, the run stops, and the entry is not lost."""
    full.full_at = "record_intent"
    with pytest.raises(OutboxError, match="disk is full"):
        run(replace(dispatch, store=full))
    assert script.handed == []
    assert full.get(1).state is State.QUEUED


def test_a_failure_that_cannot_be_written_is_not_called_sent(
    dispatch: Dispatch, full: FullDisk, script: Script
) -> None:
    """The server refused it and the disk is full: the user hears that it was tried, and may have it sent again."""
    full.full_at = "settle"
    script.parts["person1@employer.example"] = GREYLISTED
    with pytest.raises(OutboxError, match=r"#1 was tried \(deferred\), but that could not be written down") as said:
        run(replace(dispatch, store=full))
    assert "outbox resolve 1 --resend" in said.value.fix


def test_an_unclear_result_that_cannot_be_written_is_not_called_unsent(
    dispatch: Dispatch, full: FullDisk, script: Script
) -> None:
    """Nobody knows and the disk is full: the user is told to look first, never just to send it again."""
    full.full_at = "settle"
    script.parts["person1@employer.example"] = LINK_LOST
    with pytest.raises(OutboxError, match="Nobody knows whether #1 was sent, and that could not be written") as said:
        run(replace(dispatch, store=full))
    assert (
        "Look into your Sent folder, then run `followup-mail outbox resolve 1 --sent` or `--resend`" in said.value.fix
    )


def test_a_result_that_cannot_be_written_is_said(dispatch: Dispatch, full: FullDisk, script: Script) -> None:
    """The server took it and the disk is full: the user hears both, and the entry will never be sent by itself."""
    full.full_at = "settle"
    with pytest.raises(OutboxError, match="#1 was sent, but that could not be written down") as said:
        run(replace(dispatch, store=full))
    assert "outbox resolve 1 --sent" in said.value.fix
    full.full_at = ""
    assert states(run(replace(dispatch, store=full, is_dead=lambda _: True))) == [(1, "unclear")]
    assert len(script.handed) == 1


def test_a_result_is_written_with_some_patience(dispatch: Dispatch, full: FullDisk) -> None:
    """A lock that passes does not make a sent mail unclear."""
    full.full_at, full.times = "settle", 2
    waits: list[float] = []
    assert states(run(replace(dispatch, store=full, sleep=waits.append))) == [(1, "sent")]
    assert waits == [1.0, 5.0]


def test_sleep_is_bounded_on_both_sides() -> None:
    """However far or past the next moment: at least a second, at most a minute."""
    assert sleep_after(None, NOW) == timedelta(minutes=1)
    assert sleep_after(NOW - timedelta(days=1), NOW) == timedelta(seconds=1)
    assert sleep_after(NOW + timedelta(seconds=20), NOW) == timedelta(seconds=20)
    assert sleep_after(NOW + timedelta(days=9), NOW) == timedelta(minutes=1)


# Over a real server


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def smtp(sink: Sink) -> Iterator[SmtpTransport]:
    with serve(sink, enable_SMTPUTF8=True) as port:
        transport = SmtpTransport(Account("127.0.0.1", port, Security.PLAIN, auth=Auth.NONE, timeout=5))
        yield transport
        transport.close()


def test_a_real_server_takes_each_mail_once_over_one_connection(
    dispatch: Dispatch, store: SqliteStore, sink: Sink, smtp: SmtpTransport
) -> None:
    """Fifty mails, one connection, each once, with the server's id kept."""
    store.add([make_new(n) for n in range(50)], NOW)
    results = run(replace(dispatch, transport=smtp))
    assert {result.entry.state for result in results} == {State.SENT}
    assert sorted(one.rcpt_to[0] for one in sink.received) == sorted(to(n) for n in range(50))
    assert sink.connections == 1
    outcome = store.get(1).outcome
    assert outcome is not None
    assert outcome.queue_id == "4XyZ01"
    assert message_from_bytes(sink.received[0].content)["Date"]


def test_a_real_server_refuses_one_and_takes_the_rest(
    dispatch: Dispatch, store: SqliteStore, sink: Sink, smtp: SmtpTransport
) -> None:
    """5xx fails with its words, 4xx comes back, the rest arrives; a refused copy to oneself does not matter."""
    sink.refused = {
        to(1): "550 5.1.1 no such user",
        to(2): "450 4.2.0 come back",
        "jordan@home.example": "550 5.2.2 full",
    }
    with_copy = replace(
        make_new(4), message=make_mail(4, rcpt_to=(to(4), "jordan@home.example"), content=make_content(4))
    )
    store.add([make_new(1), make_new(2), make_new(3), with_copy], NOW)
    assert states(run(replace(dispatch, transport=smtp))) == [(1, "failed"), (2, "queued"), (3, "sent"), (4, "sent")]
    assert "no such user" in store.get(1).reason
    assert [one.rcpt_to[0] for one in sink.received] == [to(3), to(4)]
    assert [move.cause for move in store.transitions(3)][-2:] == [Cause.INTENDED, Cause.ACCEPTED]


def test_no_server_at_all(dispatch: Dispatch, store: SqliteStore) -> None:
    """A port where nobody listens: everything stays queued, nothing is counted as an attempt."""
    gone = SmtpTransport(Account("127.0.0.1", 1, Security.PLAIN, auth=Auth.NONE, timeout=2))
    store.add([make_new(1), make_new(2)], NOW)
    assert states(run(replace(dispatch, transport=gone))) == [(1, "queued")]
    assert store.get(1).attempts == 0
    assert store.get(2).state is State.QUEUED


def test_surroundings_are_those_of_the_moment(dispatch: Dispatch, store: SqliteStore) -> None:
    """A mail sent a moment ago in the same run is part of what the next look sees."""
    seen: list[int] = []

    def check(entry: Entry, context: SendContext, _: object) -> Ruling:
        seen.append(len(context.history(entry.step.application).touches))
        return Ruling(Action.GO)

    store.add([make_new(n) for n in range(3)], NOW)
    run(replace(dispatch, make_check=lambda _: check))
    assert seen == [0, 1, 2]
