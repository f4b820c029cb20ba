"""What the user does to a store's entries."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from changing import replace
from outbox_samples import (
    ACCEPTED,
    BAD_PASSWORD,
    GREYLISTED,
    LINK_LOST,
    NO_SUCH_USER,
    NOW,
    REFUSED_TOKEN,
    WORKER,
    attempt,
    bring_into,
    claim_one,
    go,
    make_content,
    make_mail,
    make_new,
    make_step,
    make_timing,
)

from followup_mail.cadence.step import Kind, Touch
from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.facts.application import Channel
from followup_mail.message.message import Attached, fingerprint
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.entry import OPEN, NewEntry, Rewording, Rewriting, State
from followup_mail.outbox.retry import decide
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Cause

LATER = NOW + timedelta(hours=1)


def states(store: Store) -> list[State]:
    return [entry.state for entry in sorted(store.entries(), key=lambda entry: entry.id)]


def test_what_is_added_comes_back_as_it_was(store: Store, second: Store) -> None:
    """Every field of a mail and its timing survives, for another process too."""
    mail = make_mail(
        references=("<a@x>", "<b@x>"), smtputf8=True, wording="thank_you/warm", rcpt_to=("p@x.example", "me@y.example")
    )
    timing = make_timing(timedelta(days=2), timedelta(days=3), insisted=True)
    entry = store.add([NewEntry(make_step(), replace(mail, content=b"bytes\r\n"), timing, ("FM301",))], NOW)[0]
    again = second.get(entry.id)
    assert again == entry
    assert (again.message, again.timing, again.ignored_rules) == (mail, timing, ("FM301",))
    assert (again.state, again.created_at) == (State.QUEUED, NOW)
    assert second.content(entry.id) == b"bytes\r\n"
    assert again.timing.due_at.tzinfo is not UTC


def test_several_are_added_all_or_none(store: Store) -> None:
    """When one of a panel's mails cannot be queued, none is."""
    store.add([make_new(2)], NOW)
    with pytest.raises(RefusedError, match="#1"):
        store.add([make_new(1), make_new(2), make_new(3)], NOW)
    assert len(store.entries()) == 1


def test_one_step_twice_in_one_request_is_refused(store: Store) -> None:
    """Two mails for one step in one go are one too many."""
    with pytest.raises(RefusedError, match="already there"):
        store.add([make_new(1), make_new(1)], NOW)
    assert store.entries() == ()


@pytest.mark.parametrize("state", [State.DRAFT, State.QUEUED, State.SENDING, State.UNCLEAR, State.SENT])
def test_a_taken_step_is_refused_naming_the_entry(store: Store, state: State) -> None:
    """The same step for the same person can't be queued twice, whatever became of the first."""
    bring_into(store, state)
    with pytest.raises(RefusedError, match=rf"#1, {state}") as refused:
        store.add([make_new(1)], NOW)
    assert refused.value.fix


@pytest.mark.parametrize("state", [State.FAILED, State.MISSED])
def test_a_new_entry_replaces_a_failed_or_missed_one(store: Store, state: State) -> None:
    """Written anew, the old entry no longer asks for attention, and says what became of it."""
    bring_into(store, state)
    store.add([make_new(1)], NOW)
    old = store.get(1)
    assert (old.state, old.reason) == (State.CANCELLED, "replaced by #2")


def test_a_cancelled_step_may_be_queued_again(store: Store) -> None:
    """Cancelling frees the step."""
    bring_into(store, State.CANCELLED)
    assert store.add([make_new(1)], NOW)[0].state is State.QUEUED


def test_ids_are_never_given_out_twice(store: Store) -> None:
    """#1 stays the name of one mail, also after it is forgotten."""
    store.add([make_new(1)], NOW)
    store.forget("lumen")
    assert store.add([make_new(1)], NOW)[0].id == 2


def test_entries_are_listed_by_due_time_and_filtered(store: Store) -> None:
    """A list comes in the order in which mails are due, and can be narrowed."""
    store.add([make_new(1, due_after=timedelta(days=2)), make_new(2), make_new(3, "other")], NOW)
    store.cancel(3, NOW)
    store.hold_entry(2, NOW, "look at it")
    assert [entry.id for entry in store.entries()] == [2, 3, 1]
    assert [entry.id for entry in store.entries(application="lumen")] == [2, 1]
    assert [entry.id for entry in store.entries(states=[State.CANCELLED])] == [3]
    assert [entry.id for entry in store.entries(held=True)] == [2]
    assert [entry.id for entry in store.entries(states=OPEN, held=False)] == [1]


@pytest.mark.parametrize("entry_id", [0, -1, 99, 2**63, 10**40])
def test_an_unknown_id_is_not_found(store: Store, entry_id: int) -> None:
    """A mistyped number is told as such."""
    for look in (store.get, store.content, store.transitions, lambda one: store.cancel(one, NOW)):
        with pytest.raises(NotFoundError, match="There is no entry"):
            look(entry_id)


@pytest.mark.parametrize("state", [State.DRAFT, State.QUEUED, State.FAILED, State.MISSED])
def test_cancelling_stops_what_has_not_left(store: Store, state: State) -> None:
    """What is cancelled is never claimed."""
    bring_into(store, state)
    entry = store.cancel(1, LATER, "they called")
    assert (entry.state, entry.reason) == (State.CANCELLED, "they called")
    assert store.claim(WORKER, go, LATER) is None


@pytest.mark.parametrize("state", [State.SENT, State.SENDING, State.UNCLEAR, State.CANCELLED])
def test_cancelling_too_late_says_so(store: Store, state: State) -> None:
    """Who comes too late is told what won."""
    bring_into(store, state)
    with pytest.raises(RefusedError, match="#1"):
        store.cancel(1, LATER)
    assert store.get(1).state is state


def test_a_cancel_during_an_attempt_stops_the_next_one(store: Store, second: Store) -> None:
    """Too late for this attempt; but should it fail, there is no other."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    store.record_intent(claim, NOW)
    with pytest.raises(RefusedError, match="being sent right now"):
        second.cancel(1, NOW, "they called")
    entry = attempt_result(store, claim)
    assert (entry.state, entry.reason) == (State.CANCELLED, "they called")
    assert store.next_due_at(LATER) is None


def attempt_result(store: Store, claim: object) -> object:
    from followup_mail.outbox.claim import Claim
    from followup_mail.outbox.retry import decide

    assert isinstance(claim, Claim)
    return store.settle(claim, decide(claim.entry, GREYLISTED, NOW, 0.5), NOW)


def test_cancel_all_says_what_it_could_not_stop(store: Store) -> None:
    """A rejection cancels what is queued, and names what is on its way or unclear."""
    bring_into(store, State.UNCLEAR, 1)
    bring_into(store, State.FAILED, 2)
    bring_into(store, State.SENT, 3)
    bring_into(store, State.SENDING, 4)
    store.add([make_new(5), make_new(6, state=State.DRAFT), make_new(7, "other")], NOW)
    done = store.cancel_all("lumen", LATER, "outcome: rejected")
    assert [entry.id for entry in done.cancelled] == [2, 5, 6]
    assert [entry.id for entry in done.under_way] == [4]
    assert [entry.id for entry in done.unclear] == [1]
    assert states(store)[2:] == ["sent", "sending", "cancelled", "cancelled", "queued"]


def test_held_entries_wait_and_go_on(store: Store) -> None:
    """A reply holds what is open for that application alone, until it is resumed."""
    store.add([make_new(1), make_new(2), make_new(1, "other")], NOW)
    assert [entry.id for entry in store.hold("lumen", NOW, "they replied")] == [1, 2]
    assert store.get(1).held == "they replied"
    assert claim_one(store).entry.step.application == "other"
    assert store.claim(WORKER, go, LATER) is None
    assert [entry.id for entry in store.resume("lumen", LATER)] == [1, 2]
    assert claim_one(store, now=LATER).entry.id == 1


def test_holding_twice_keeps_the_first_reason(store: Store) -> None:
    """A second reply does not hold again what is held."""
    store.add([make_new(1)], NOW)
    store.hold("lumen", NOW, "they replied")
    assert store.hold("lumen", LATER, "again") == ()
    assert store.get(1).held == "they replied"


def test_a_hold_during_an_attempt_outlives_it(store: Store) -> None:
    """Held while it is being sent, it is not tried again until resumed."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    store.record_intent(claim, NOW)
    store.hold("lumen", NOW, "they replied")
    attempt_result(store, claim)
    assert store.get(1).state is State.QUEUED
    assert store.claim(WORKER, go, NOW + timedelta(days=1)) is None


def test_resuming_what_is_not_held_is_refused(store: Store) -> None:
    """Nothing is resumed that was not held."""
    store.add([make_new(1)], NOW)
    with pytest.raises(RefusedError, match="#1 is not held"):
        store.resume_entry(1, NOW)


def test_a_draft_waits_for_approval(store: Store) -> None:
    """A draft is not sent; approved, it is."""
    store.add([make_new(1, state=State.DRAFT)], NOW)
    assert store.claim(WORKER, go, NOW) is None
    assert store.approve(1, NOW).state is State.QUEUED
    assert claim_one(store).entry.id == 1
    with pytest.raises(RefusedError):
        store.approve(1, NOW)


def test_rescheduling_moves_the_due_time(store: Store) -> None:
    """The new moment counts, and nothing is left of a wait from before."""
    store.add([make_new(1)], NOW)
    attempt(store, GREYLISTED)
    entry = store.reschedule(1, make_timing(timedelta(seconds=30)), NOW)
    assert entry.ready_at == NOW + timedelta(seconds=30)
    assert store.next_due_at(NOW) == entry.ready_at


@pytest.mark.parametrize("state", [State.FAILED, State.MISSED])
def test_rescheduling_revives_what_failed_or_was_missed(store: Store, state: State) -> None:
    """A new moment puts it back into the queue."""
    bring_into(store, state)
    entry = store.reschedule(1, make_timing(timedelta(hours=3)), LATER)
    assert (entry.state, entry.reason, entry.fix) == (State.QUEUED, "", "")


def test_reviving_is_refused_when_the_step_was_taken_meanwhile(store: Store) -> None:
    """A failed entry does not come back beside the one that replaced it."""
    bring_into(store, State.FAILED)
    store.add([make_new(1)], NOW)
    with pytest.raises(RefusedError, match="#1 was cancelled"):
        store.retry(1, NOW)


def test_editing_replaces_words_and_bytes_together(store: Store, second: Store) -> None:
    """Mail, bytes and fingerprint change in one step, and the entry keeps its place in the queue."""
    entry = store.add([make_new(1)], NOW)[0]
    edited = store.edit(
        1, Rewording(make_mail(subject="Better", content=b"new bytes"), entry.content_sha256, ("FM801",)), LATER
    )
    assert edited.ignored_rules == ("FM801",)
    assert (edited.message.subject, edited.content_sha256) == ("Better", fingerprint(b"new bytes"))
    assert (edited.state, edited.timing) == (State.QUEUED, entry.timing)
    assert second.content(1) == b"new bytes"


def test_editing_on_top_of_somebody_elses_change_is_refused(store: Store) -> None:
    """Of two editors open at once, the second to save is told so."""
    entry = store.add([make_new(1)], NOW)[0]
    store.edit(1, Rewording(make_mail(subject="One", content=b"one"), entry.content_sha256), NOW)
    with pytest.raises(RefusedError, match="changed by somebody else"):
        store.edit(1, Rewording(make_mail(subject="Two", content=b"two"), entry.content_sha256), NOW)
    assert store.content(1) == b"one"


def test_other_words_under_an_id_that_may_have_been_seen_are_refused(store: Store) -> None:
    """Once an intent was recorded, a server may know the Message-ID with the old words: new words need a new one."""
    entry = store.add([make_new(1)], NOW)[0]
    edited = store.edit(1, Rewording(make_mail(subject="Better", content=b"better"), entry.content_sha256), NOW)
    claim = claim_one(store)
    store.record_intent(claim, NOW)
    store.settle(claim, decide(claim.entry, GREYLISTED, NOW, 0.5), NOW)
    with pytest.raises(RefusedError, match="may have been sent out"):
        store.edit(1, Rewording(make_mail(subject="Best", content=b"best"), edited.content_sha256), NOW)
    assert (store.content(1), store.get(1).message.subject) == (b"better", "Better")
    renamed = make_mail(subject="Best", message_id="<other@home.example>", content=b"best")
    assert store.edit(1, Rewording(renamed, edited.content_sha256), NOW).message == replace(renamed, content=b"")


@pytest.mark.parametrize("state", [State.SENDING, State.SENT, State.UNCLEAR, State.CANCELLED])
def test_editing_too_late_is_refused(store: Store, state: State) -> None:
    """What may have left is not rewritten."""
    entry = bring_into(store, state)
    with pytest.raises(RefusedError, match="can't be edited"):
        store.edit(1, Rewording(make_mail(subject="Late", content=b"late"), entry.content_sha256), LATER)
    assert store.content(1) == make_content(1)


def _rewriting(number: int, was: str) -> Rewriting:
    message = make_mail(number, subject="Anew", content=f"anew {number}".encode())
    return Rewriting(number, Rewording(message, was), make_timing(timedelta(days=1)))


def test_facts_are_carried_through_in_one_step(store: Store, second: Store) -> None:
    """One mail is written again and moved, another cancelled with its reason; a hold stays; the history says which."""
    first, _ = store.add([make_new(1), make_new(2)], NOW)
    store.hold_entry(1, NOW, "they replied")
    again = store.carry_through([_rewriting(1, first.content_sha256)], {2: "they said no"}, LATER)
    assert {(entry.id, entry.state) for entry in again} == {(1, State.QUEUED), (2, State.CANCELLED)}
    rewritten = second.get(1)
    assert (rewritten.held, rewritten.message.subject) == ("they replied", "Anew")
    assert rewritten.timing.due_at == NOW + timedelta(days=1)
    assert second.content(1) == b"anew 1"
    assert second.transitions(1)[-1].cause is Cause.REWRITTEN
    assert second.get(2).reason == "they said no"


@pytest.mark.parametrize("state", [State.SENDING, State.SENT, State.UNCLEAR, State.CANCELLED, State.FAILED])
def test_facts_are_carried_through_whole_or_not_at_all(store: Store, state: State) -> None:
    """When one of the mails has left the queue meanwhile, the others stay as they are."""
    bring_into(store, state, 1)
    other = store.add([make_new(2)], NOW)[0]
    before = store.get(1)
    with pytest.raises(RefusedError):
        store.carry_through([_rewriting(2, other.content_sha256)], {1: "lost"}, LATER)
    with pytest.raises(RefusedError):
        store.carry_through([_rewriting(2, other.content_sha256), _rewriting(1, before.content_sha256)], {}, LATER)
    assert (store.get(2), store.get(1)) == (other, before)
    assert store.content(2) == make_content(2)


def test_retrying_puts_a_failed_entry_back_with_the_bytes_of_its_preview(store: Store) -> None:
    """The user overrides a deadline that has passed and a file that has changed."""
    timing = make_timing(last_after=timedelta(minutes=1))
    mail = make_mail(attached=(Attached(store.path, "0" * 64),)) if hasattr(store, "path") else make_mail()
    store.add([replace(make_new(1), timing=timing, message=replace(mail, content=make_content(1)))], NOW)
    attempt(store, NO_SUCH_USER)
    entry = store.retry(1, LATER)
    assert (entry.state, entry.timing.last_at, entry.message.attached, entry.attempts) == (State.QUEUED, None, (), 0)
    assert claim_one(store, now=LATER).entry.message.content == make_content(1)


def test_resolving_as_sent_ends_it(store: Store) -> None:
    """It counts as a touch from the moment at which it left."""
    bring_into(store, State.UNCLEAR)
    entry = store.resolve(1, was_sent=True, now=LATER)
    assert (entry.state, entry.sent_at) == (State.SENT, NOW)
    assert [touch.step for touch in store.history("lumen").touches] == [make_step(1)]


def test_resolving_as_not_sent_queues_it_again(store: Store) -> None:
    """By the user's word alone an unclear entry is sent again, with the same Message-ID."""
    bring_into(store, State.UNCLEAR)
    entry = store.resolve(1, was_sent=False, now=LATER)
    assert (entry.state, entry.intent_at) == (State.QUEUED, None)
    assert claim_one(store, now=LATER).entry.message.content == make_content(1)


@pytest.mark.parametrize("state", sorted(set(State) - {State.UNCLEAR}))
def test_only_what_is_unclear_can_be_resolved(store: Store, state: State) -> None:
    """Nobody declares a queued mail sent, nor a sent one unsent."""
    bring_into(store, state)
    with pytest.raises(RefusedError):
        store.resolve(1, was_sent=False, now=LATER)
    assert store.get(1).state is state


def test_history_joins_mails_and_logged_touches(store: Store) -> None:
    """Calls and mails stand in one line by time; what is open waits beside it."""
    call = Touch(make_step(2), Channel.PHONE, NOW - timedelta(days=1), reached=False, text="voicemail")
    other = Touch(make_step(3, "other"), Channel.PHONE, NOW)
    store.log_touch(call)
    store.log_touch(other)
    bring_into(store, State.SENT, 1)
    bring_into(store, State.FAILED, 4)
    bring_into(store, State.CANCELLED, 5)
    history = store.history("lumen")
    assert [touch.channel for touch in history.touches] == [Channel.PHONE, Channel.EMAIL]
    assert history.touches[0] == call
    assert (history.touches[1].message_id, history.touches[1].at) == ("<id-1@home.example>", NOW)
    assert [(one.step, one.entry, one.state) for one in history.waiting] == [(make_step(4), "#2", "failed")]
    assert store.touches() == (call, other)


def test_every_move_is_written_down(store: Store) -> None:
    """The history of an entry tells each move with its moment, cause and detail."""
    store.add([make_new(1)], NOW)
    attempt(store, GREYLISTED)
    store.cancel(1, LATER, "they called")
    moves = store.transitions(1)
    assert [(move.cause, move.before, move.after) for move in moves] == [
        (Cause.ADDED, None, State.QUEUED),
        (Cause.CLAIMED, State.QUEUED, State.SENDING),
        (Cause.DEFERRED, State.SENDING, State.QUEUED),
        (Cause.CANCELLED, State.QUEUED, State.CANCELLED),
    ]
    assert [move.at for move in moves] == [NOW, NOW, NOW, LATER]
    assert [move.detail for move in moves[2:]] == ["450 4.2.0 greylisted", "they called"]


def test_what_was_done_keeps_its_reason(store: Store) -> None:
    """The reason that a step had when it was queued or logged stays with it, whatever a later plan says."""
    store.log_touch(Touch(make_step(2), Channel.PHONE, NOW - timedelta(days=1), why="two weeks after the second note"))
    store.add([replace(make_new(1), why="they decide by Fri 4 Dec")], NOW)
    attempt(store, ACCEPTED)
    assert [touch.why for touch in store.history("lumen").touches] == [
        "two weeks after the second note",
        "they decide by Fri 4 Dec",
    ]


def test_forgetting_leaves_nothing_of_an_application(store: Store) -> None:
    """Entries, bytes, history and touches go; other applications stay."""
    bring_into(store, State.SENT, 1)
    store.log_touch(Touch(make_step(1), Channel.PHONE, NOW))
    store.add([make_new(1, "other")], NOW)
    assert store.forget("lumen") == 1
    assert store.history("lumen").touches == ()
    assert [entry.step.application for entry in store.entries()] == ["other"]
    with pytest.raises(NotFoundError):
        store.transitions(1)
    assert store.verify() == ()


def test_forgetting_waits_for_what_is_being_sent(store: Store) -> None:
    """A mail on its way is not forgotten before its outcome is known."""
    bring_into(store, State.SENDING)
    with pytest.raises(RefusedError, match="being sent right now"):
        store.forget("lumen")
    assert store.get(1).state is State.SENDING


def test_a_mended_account_takes_up_what_failed_by_it(store: Store) -> None:
    """After a wrong password, resuming the account brings back that mail, and no other failure."""
    bring_into(store, State.FAILED, 1)
    store.add([make_new(2), make_new(3)], NOW)
    assert attempt(store, BAD_PASSWORD).state is State.FAILED
    assert store.claim(WORKER, go, LATER) is None
    assert [(pause.account, pause.until) for pause in store.pauses(LATER)] == [("jordan@home.example", None)]
    assert store.next_due_at(LATER) is None
    assert [entry.id for entry in store.resume_account("Jordan@home.example", LATER)] == [2]
    assert store.pauses(LATER) == ()
    assert states(store) == ["failed", "queued", "queued"]


def test_after_signing_in_again_nothing_waits_on(store: Store) -> None:
    """A mail that waits for a refused token is due again once the account works; one that the server put off is not."""
    store.add([make_new(1), make_new(2)], NOW)
    assert attempt(store, GREYLISTED).next_attempt_at is not None
    assert attempt(store, REFUSED_TOKEN).next_attempt_at is not None
    assert store.claim(WORKER, go, NOW) is None
    assert [entry.id for entry in store.resume_account("jordan@home.example", NOW)] == [2]
    assert [entry.next_attempt_at is None for entry in store.entries()] == [False, True]
    claim = store.claim(WORKER, go, NOW)
    assert isinstance(claim, Claim)
    assert claim.entry.id == 2


def test_applications_are_named_once(store: Store) -> None:
    """Every application with entries is named, in order, however many it has."""
    assert store.applications() == ()
    store.add([make_new(1, "b"), make_new(2, "b"), make_new(1, "a")], NOW)
    assert store.applications() == ("a", "b")


def test_everything_can_be_exported(store: Store) -> None:
    """An export holds each entry, its moves and its bytes."""
    bring_into(store, State.SENT, 1)
    store.add([make_new(2)], NOW)
    exported = list(store.export())
    assert [one.entry for one in exported] == [store.get(1), store.get(2)]
    assert [one.content for one in exported] == [make_content(1), make_content(2)]
    assert exported[0].transitions[-1].after is State.SENT


def test_steps_differ_in_every_part(store: Store) -> None:
    """Another person, round, kind, application or turn is another step."""
    step = make_step(1)
    others = [
        replace(step, person="x"),
        replace(step, round=2),
        replace(step, nth=2),
        replace(step, application="y"),
        replace(step, kind=Kind.STATUS_INQUIRY),
    ]
    assert len(store.add([replace(make_new(1), step=one) for one in (step, *others)], NOW)) == 6


@pytest.mark.parametrize("outcome", [ACCEPTED, LINK_LOST])
def test_what_was_handed_over_is_kept_with_its_outcome(store: Store, outcome: object) -> None:
    """The server's words and queue id can be looked up later."""
    store.add([make_new(1)], NOW)
    attempt(store, outcome)  # type: ignore[arg-type]
    assert store.get(1).outcome == outcome
