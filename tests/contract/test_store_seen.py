"""What every store promises about mail that was seen in a mailbox: kept once, with all that follows from it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from changing import replace
from msgspec.structs import fields
from outbox_samples import ACCEPTED, NOW, WORKER, bring_into, claim_one, go, make_mail, make_new
from seen_samples import ACCOUNT, make_absence, make_mark, make_report, make_seen, make_understood

from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.incoming.tenor import Tenor
from followup_mail.incoming.understood import Understanding, Understood
from followup_mail.outbox.claim import StoppedError
from followup_mail.outbox.entry import Rewording, State
from followup_mail.outbox.moving import Moving
from followup_mail.outbox.retry import decide
from followup_mail.outbox.seen_mail import LastLook, SeenMail, SeenState
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Cause

LATER = NOW + timedelta(hours=1)
FULL = make_understood(
    references=("<id-1@home.example>", "<x@y.example>"),
    tenor=Tenor.NO,
    sentence="We went with somebody else.",
    has_invitation=True,
    back_on=date(2026, 12, 1),
    returned=("<a@home.example>",),
    returned_to=("a@employer.example",),
    applications=("lumen", "acme"),
)


def keep(store: Store, *mails: object) -> tuple[SeenMail, ...]:
    return store.keep_seen(mails, None, NOW)  # type: ignore[arg-type]


# kept once


def test_everything_that_was_understood_is_kept(store: Store, second: Store) -> None:
    """Each field comes back as it was, also of what was understood first: a new field is not lost in silence."""
    assert all(getattr(FULL, field.name) for field in fields(Understood))
    (seen,) = keep(store, replace(make_seen(), mail=FULL))
    assert second.get_seen(seen.id) == seen == second.seen()[0]
    assert (seen.mail, seen.state, seen.was, seen.seen_at) == (FULL, SeenState.NEW, None, NOW)
    store.correct_seen(seen.id, replace(FULL, understanding=Understanding.AUTOMATIC), NOW)
    assert second.get_seen(seen.id).was == FULL


def test_a_mail_is_kept_once(store: Store, second: Store) -> None:
    """The same mail in the same look, in another folder, or in a second look changes nothing."""
    first, again = make_seen(1), replace(make_seen(1), place=replace(make_seen(1).place, folder="Archive", uid=9))
    assert len(keep(store, first, first)) == 1
    before = second.seen()
    assert keep(store, again) == keep(second, first) == ()
    assert second.seen() == before


def test_a_mail_without_a_message_id_is_known_by_its_place(store: Store) -> None:
    """The same number in the folder is the same mail; after the server has numbered anew it is another."""
    nameless = make_seen(1, message_id="")
    assert len(keep(store, nameless)) == 1
    assert keep(store, nameless) == ()
    renumbered = replace(nameless, place=replace(nameless.place, uid_validity=8))
    assert len(keep(store, renumbered, make_seen(2, message_id=""))) == 2


def test_the_latest_stand_first(store: Store) -> None:
    """Newest first, of one application, and in some states."""
    keep(store, make_seen(1), make_seen(2, sent_at=NOW, applications=("acme", "lumen")), make_seen(3, sent_at=None))
    assert [seen.id for seen in store.seen()] == [3, 2, 1]
    assert [seen.id for seen in store.seen("acme")] == [2]
    store.settle_seen(3, SeenState.RECORDED, NOW)
    assert [seen.id for seen in store.seen("lumen", {SeenState.NEW})] == [2, 1]


def test_a_mark_never_goes_back(store: Store, second: Store) -> None:
    """How far a folder was looked through only grows, until the server numbers its mails anew."""
    assert store.folder_mark(ACCOUNT, "INBOX") is None
    for mark, kept in [(10, 10), (4, 10), (12, 12)]:
        store.keep_seen([], make_mark(mark), NOW)
        assert second.folder_mark(ACCOUNT, "INBOX") == make_mark(kept)
    store.keep_seen([], make_mark(2, uid_validity=8), NOW)
    assert second.folder_mark(ACCOUNT, "INBOX") == make_mark(2, uid_validity=8)
    assert second.folder_mark(ACCOUNT, "Archive") is None


def test_numbers_are_never_given_out_twice(store: Store) -> None:
    """A number that somebody remembers never means another mail."""
    keep(store, make_seen(1), make_seen(2))
    assert [seen.id for seen in store.forget_seen([2, 2])] == [2]
    assert [seen.id for seen in keep(store, make_seen(3))] == [3]


def test_what_is_not_there_is_said(store: Store) -> None:
    """An unknown number is refused, and with it the whole wish."""
    keep(store, make_seen(1))
    for wish in (
        lambda: store.get_seen(9),
        lambda: store.settle_seen(9, SeenState.DISMISSED, NOW),
        lambda: store.correct_seen(9, FULL, NOW),
        lambda: store.forget_seen([1, 9]),
    ):
        with pytest.raises(NotFoundError, match="m9") as said:
            wish()
        assert "followup-mail inbox" in said.value.fix
    assert len(store.seen()) == 1


def test_a_look_is_noted(store: Store, second: Store) -> None:
    """When it was looked at, and what kept us from it since; success ends the trouble."""
    assert second.last_look(ACCOUNT) == LastLook(ACCOUNT)
    store.note_look(ACCOUNT.upper(), NOW)
    store.note_look(ACCOUNT, LATER, "no network")
    assert second.last_look(ACCOUNT) == LastLook(ACCOUNT, NOW, LATER, "no network")
    store.note_look(ACCOUNT, LATER)
    assert second.last_look(ACCOUNT) == LastLook(ACCOUNT, LATER)


# an answer


def test_an_answer_holds_what_is_open(store: Store) -> None:
    """Every open mail of its applications waits, of no other, and the history names the mail."""
    store.add([make_new(1), make_new(2, state=State.DRAFT), make_new(3, "acme"), make_new(4, "other")], NOW)
    keep(store, make_seen(1, applications=("lumen", "acme")))
    assert {entry.id: entry.held for entry in store.entries()} == {
        1: "they replied",
        2: "they replied",
        3: "they replied",
        4: "",
    }
    last = store.transitions(1)[-1]
    assert (last.cause, last.detail) == (Cause.HELD, "they replied: m1")


def test_another_hold_stays(store: Store) -> None:
    """What the user holds is held for the user's reason."""
    store.add([make_new(1)], NOW)
    store.hold_entry(1, NOW, "wait for Monday")
    keep(store, make_seen(1))
    assert store.get(1).held == "wait for Monday"


def test_what_was_resumed_is_not_held_by_the_same_answer(store: Store) -> None:
    """The user lets go on: the same mail, seen again, changes nothing; a new one holds again."""
    store.add([make_new(1)], NOW)
    keep(store, make_seen(1))
    store.resume("lumen", NOW)
    keep(store, make_seen(1))
    assert store.get(1).held == ""
    keep(store, make_seen(2))
    assert store.get(1).held == "they replied"


@pytest.mark.parametrize("settled", [SeenState.DISMISSED, SeenState.RECORDED])
def test_the_same_mail_in_another_account_is_settled_as_there(store: Store, settled: SeenState) -> None:
    """What the user has settled holds nothing a second time because another mailbox has a copy."""
    store.add([make_new(1)], NOW)
    keep(store, make_seen(1))
    store.settle_seen(1, settled, NOW)
    store.resume("lumen", NOW)
    copy = replace(make_seen(1), place=replace(make_seen(1).place, account="other@home.example"))
    (seen,) = keep(store, copy)
    assert (seen.id, seen.state, store.get(1).held) == (2, settled, "")
    forged = replace(make_seen(1, sender="else@employer.example"), place=replace(copy.place, account="third@x.example"))
    keep(store, forged)
    assert store.get(1).held == "they replied"


def test_an_answer_between_claim_and_intent_stops_the_mail(store: Store, second: Store) -> None:
    """Seen while a worker already has the mail: not a byte of it leaves."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    keep(second, make_seen(1))
    assert store.get(1).state is State.SENDING
    with pytest.raises(StoppedError, match="they replied"):
        store.record_intent(claim, NOW)


def test_an_answer_shows_that_a_mail_was_sent(store: Store) -> None:
    """Who answers it has it: an unclear mail is unclear no longer."""
    bring_into(store, State.UNCLEAR)
    keep(store, make_seen(1, references=("<id-1@home.example>",)))
    entry = store.get(1)
    assert (entry.state, entry.held) == (State.SENT, "")
    assert "there is an answer to it" in entry.reason


@pytest.mark.parametrize("state", [State.UNCLEAR, State.IN_FOLDER])
def test_a_copy_shows_that_a_mail_was_sent(store: Store, state: State) -> None:
    """A copy with its Message-ID in the mailbox: it left, by whatever program."""
    bring_into(store, state)
    keep(store, make_seen(1, Understanding.BY_HAND, message_id="<id-1@home.example>"))
    assert store.get(1).state is State.SENT


@pytest.mark.parametrize("understanding", [Understanding.AUTOMATIC, Understanding.BY_HAND])
def test_other_mail_changes_no_entry(store: Store, understanding: Understanding) -> None:
    """An automatic reply and a mail by hand are kept, no more."""
    before = bring_into(store, State.QUEUED)
    keep(store, make_seen(1, understanding))
    assert store.get(1) == before


# what came back


def test_a_mail_that_came_back_failed(store: Store, second: Store) -> None:
    """It says why and what to do, is no contact any more, and its step is free."""
    sent = bring_into(store, State.SENT)
    keep(store, make_report())
    entry = second.get(1)
    assert (entry.state, entry.sent_at, entry.was_sent_at) == (State.FAILED, None, sent.sent_at)
    assert entry.reason == "it came back: 550 5.1.1 no such user"
    assert "followup-mail change lumen --address" in entry.fix
    assert "followup-mail send lumen thank_you --to person-1" in entry.fix
    assert second.history("lumen").touches == ()
    assert second.sent_since(NOW - timedelta(days=1)) == ()
    assert second.find_taken(entry.step) is None
    assert store.handed_over_since(ACCOUNT, NOW - timedelta(days=1)) == (NOW,)
    assert store.verify() == ()


def test_what_came_back_is_not_sent_again_as_it_is(store: Store) -> None:
    """Neither by the user's wish nor by a worker's late answer; a new mail takes its step."""
    bring_into(store, State.SENT)
    keep(store, make_report())
    for wish in (
        lambda: store.retry(1, NOW, ACCOUNT),
        lambda: store.reschedule(1, store.get(1).timing, NOW),
    ):
        with pytest.raises(RefusedError, match=r"came back from person1@employer\.example") as said:
            wish()
        assert "followup-mail change lumen" in said.value.fix
    assert store.resume_account(ACCOUNT, NOW) == ()
    assert store.claim(WORKER, go, LATER) is None
    (new,) = store.add([make_new(1)], LATER)
    assert (new.state, store.get(1).state) == (State.QUEUED, State.CANCELLED)


@pytest.mark.parametrize("state", sorted(set(State) - {State.SENT, State.UNCLEAR}))
def test_a_late_report_changes_nothing(store: Store, state: State) -> None:
    """A report about an earlier try leaves alone what waits, is being sent, or is over."""
    bring_into(store, state)
    before = store.get(1)
    keep(store, make_report())
    assert store.get(1) == before


def test_a_report_is_about_the_one_it_names(store: Store) -> None:
    """A mail whose copy to somebody else came back did get there."""
    bring_into(store, State.SENT)
    keep(store, make_report(returned_to=("somebody@else.example",)))
    assert store.get(1).state is State.SENT
    keep(store, make_report(message_id="<other@x.example>", returned_to=()))
    assert store.get(1).state is State.FAILED


def test_an_unclear_mail_that_came_back_was_sent(store: Store) -> None:
    """There is no doubt about it any more: it failed."""
    bring_into(store, State.UNCLEAR)
    keep(store, make_report())
    assert (store.get(1).state, store.get(1).was_sent_at) == (State.FAILED, NOW)


def test_a_workers_late_answer_does_not_hide_what_came_back(store: Store) -> None:
    """Given up, reported as undeliverable, and only then called accepted: it failed, and nothing is sent again."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    store.record_intent(claim, NOW)
    store.recover(NOW + timedelta(days=1))
    keep(store, make_report())
    entry = store.settle(claim, decide(claim.entry, ACCEPTED, LATER, 0.5), LATER)
    assert (entry.state, store.transitions(1)[-1].cause) == (State.FAILED, Cause.LATE)


def test_other_words_are_another_mail(store: Store) -> None:
    """Edited, it has another Message-ID, and may go by the user's wish; a report about the first one is too late."""
    bring_into(store, State.SENT)
    keep(store, make_report())
    words = make_mail(1, message_id="<new@home.example>", content=b"new")
    store.edit(1, Rewording(words, store.get(1).content_sha256), NOW)
    assert store.retry(1, NOW, ACCOUNT).state is State.QUEUED
    keep(store, make_report(message_id="<again@x.example>"))
    assert store.get(1).state is State.QUEUED


# corrected, settled


def test_a_wrong_answer_lets_go_on(store: Store) -> None:
    """Corrected to nothing, it holds no longer, unless another answer does or the user."""
    store.add([make_new(1), make_new(2)], NOW)
    store.hold_entry(2, NOW, "they replied")
    keep(store, make_seen(1), make_seen(2))
    nothing = make_understood(Understanding.NOTHING, applications=())
    first = store.correct_seen(1, nothing, LATER)
    assert (first.state, first.was, first.mail.message_id) == (
        SeenState.DISMISSED,
        make_seen(1).mail,
        "<answer-1@employer.example>",
    )
    assert store.get(1).held == "they replied"
    store.correct_seen(2, nothing, LATER)
    assert (store.get(1).held, store.get(2).held) == ("", "they replied")


def test_a_corrected_application_is_the_one_that_waits(store: Store) -> None:
    """The mail belongs to another application: that one waits, and the first goes on."""
    store.add([make_new(1), make_new(2, "acme")], NOW)
    (seen,) = keep(store, make_seen(1))
    store.correct_seen(seen.id, replace(seen.mail, applications=("acme",)), NOW)
    assert [entry.held for entry in store.entries()] == ["", "they replied"]
    back = store.correct_seen(seen.id, seen.mail, NOW)
    assert (back.was, back.state) == (None, SeenState.NEW)
    assert [entry.held for entry in store.entries()] == ["they replied", ""]


@pytest.mark.parametrize("state", [State.SENT, State.UNCLEAR])
def test_a_report_that_was_none_is_taken_back(store: Store, state: State) -> None:
    """The mail is again as it was, with its moment; another report that says the same keeps it failed."""
    before = bring_into(store, state)
    keep(store, make_report(), make_report(message_id="<twice@x.example>"))
    nothing = make_understood(Understanding.NOTHING)
    store.correct_seen(1, nothing, LATER)
    assert store.get(1).state is State.FAILED
    store.correct_seen(2, nothing, LATER)
    after = store.get(1)
    assert (after.state, after.sent_at, after.was_sent_at) == (state, before.sent_at, None)
    assert store.verify() == ()


def test_what_was_written_anew_stays(store: Store) -> None:
    """A mail that was replaced since stays cancelled when its report turns out to be none."""
    bring_into(store, State.SENT)
    keep(store, make_report())
    store.add([make_new(1)], NOW)
    store.correct_seen(1, make_understood(Understanding.NOTHING), LATER)
    assert [entry.state for entry in store.entries()] == [State.CANCELLED, State.QUEUED]


def test_a_missed_answer_holds(store: Store) -> None:
    """What was taken for an absence and is an answer does what an answer does."""
    store.add([make_new(1)], NOW)
    keep(store, make_absence(date(2026, 12, 1)))
    store.correct_seen(1, make_understood(), NOW)
    assert store.get(1).held == "they replied"


def test_a_dismissed_answer_lets_go_on(store: Store) -> None:
    """Nothing follows from it, says the user: the mails go on; taken up again, they wait."""
    store.add([make_new(1)], NOW)
    keep(store, make_seen(1))
    store.settle_seen(1, SeenState.RECORDED, NOW)
    assert store.get(1).held == "they replied"
    store.settle_seen(1, SeenState.DISMISSED, NOW)
    assert store.get(1).held == ""
    assert store.settle_seen(1, SeenState.RECORDED, NOW).state is SeenState.DISMISSED
    store.settle_seen(1, SeenState.NEW, NOW)
    assert store.get(1).held == "they replied"


def test_a_deadline_that_passed_meanwhile_is_missed(store: Store) -> None:
    """What a wrong answer held past its last sensible moment does not go late."""
    store.add([make_new(1, last_after=timedelta(minutes=5))], NOW)
    keep(store, make_seen(1))
    store.settle_seen(1, SeenState.DISMISSED, LATER)
    assert store.get(1).state is State.MISSED


# with its application


def test_it_follows_its_application(store: Store) -> None:
    """Under another short name, and into the application that it is merged with."""
    store.add([make_new(1), make_new(2, "acme")], NOW)
    (seen,) = keep(store, make_seen(1, applications=("acme", "lumen")))
    store.correct_seen(seen.id, replace(seen.mail, understanding=Understanding.AUTOMATIC), NOW)
    store.move(Moving("acme", ("acme", "lumen")), NOW)
    moved = store.get_seen(seen.id)
    assert moved.was
    assert moved.mail.applications == moved.was.applications == ("acme",)
    store.move(Moving("new-name", ("acme",)), NOW)
    assert len(store.seen("new-name")) == 1


def test_it_is_forgotten_with_its_application(store: Store) -> None:
    """Deleted with it, unless it belongs to another as well: that one keeps it. What was corrected is no exception."""
    store.add([make_new(1)], NOW)
    keep(store, make_seen(1), make_seen(2, applications=("lumen", "acme")))
    keep(store, make_seen(3), make_seen(4))
    store.correct_seen(3, make_understood(Understanding.NOTHING, applications=()), NOW)
    store.correct_seen(4, make_understood(applications=("acme",)), NOW)
    store.forget("lumen")
    assert [(seen.id, seen.mail.applications) for seen in store.seen()] == [(4, ("acme",)), (2, ("acme",))]
    assert store.get_seen(4).was == replace(make_seen(4).mail, applications=())
