"""The checks before sending that go by the mailbox: answers, absences, and looks that failed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from changing import replace
from outbox_samples import NOW, FakeContext, make_entry, make_step, make_timing
from seen_samples import make_absence, make_seen

from followup_mail.cadence.step import Kind
from followup_mail.cadence.worktime import Place
from followup_mail.outbox.entry import FOLDER, Entry, Timing
from followup_mail.outbox.mailbox_checks import LOOK_AGAIN_AFTER, check_absence, check_answered, check_looked
from followup_mail.outbox.pre_send_check import GO, Action
from followup_mail.outbox.seen_mail import LastLook, NewSeen, SeenMail, SeenState
from followup_mail.services.context.sending_rules import check_away

INQUIRY = replace(make_step(), kind=Kind.STATUS_INQUIRY)
MONDAY = date(2026, 11, 23)
OPENS = datetime(2026, 11, 23, 8, 30, tzinfo=ZoneInfo("America/Chicago"))
CHECK = check_away(lambda entry: entry.timing.place)


def seen(*mails: NewSeen, state: SeenState = SeenState.NEW) -> FakeContext:
    """Return an outbox that has seen these mails, the latest first."""
    return FakeContext(seen=tuple(SeenMail(n, one.place, one.mail, NOW, state) for n, one in enumerate(mails, 1)))


def inquiry(**timing: object) -> Entry:
    return replace(make_entry(timing=make_timing(**timing)), step=INQUIRY)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [Kind.THANK_YOU, Kind.STATUS_INQUIRY])
def test_an_answer_holds_whatever_waits(kind: Kind) -> None:
    """A thank-you too: who has answered would get a mail that does not know it."""
    entry = replace(make_entry(), step=replace(make_step(), kind=kind))
    ruling = check_answered(entry, seen(make_seen(4)), NOW)
    assert (ruling.action, ruling.reason, ruling.detail) == (Action.HOLD, "they replied", "they replied: m1")
    assert check_answered(entry, seen(make_seen(4, applications=("acme",))), NOW) == GO
    assert check_answered(entry, seen(make_seen(4), state=SeenState.DISMISSED), NOW) == GO


def test_a_follow_up_waits_until_they_are_back() -> None:
    """At the first working moment of the day that the absence names, by the reader's clock."""
    ruling = CHECK(inquiry(), seen(make_absence(MONDAY)), NOW)
    assert (ruling.action, ruling.until) == (Action.POSTPONE, OPENS)
    assert ruling.reason == "they are away until 23 Nov 2026"
    assert CHECK(inquiry(), seen(make_absence(date(2026, 11, 22))), NOW).until == OPENS


def test_the_place_is_the_one_of_the_facts() -> None:
    """Corrected to Berlin since the mail was queued, it is Berlin's morning."""
    check = check_away(lambda _: Place("Europe/Berlin", "DE"))
    until = check(inquiry(), seen(make_absence(MONDAY)), NOW).until
    assert until == datetime(2026, 11, 23, 8, 30, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    "back_on",
    [None, NOW.date(), date(2026, 11, 1)],
    ids=["names no day", "back today", "long over"],
)
def test_an_absence_that_is_over_means_nothing(back_on: date | None) -> None:
    """Nor does one that names no day: nobody could say until when to wait."""
    assert CHECK(inquiry(), seen(make_absence(back_on)), NOW) == GO


def test_the_day_is_theirs() -> None:
    """It is Monday at the reader's place already, or not yet, whatever day it is in UTC."""
    context, late_sunday = seen(make_absence(MONDAY)), datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert CHECK(inquiry(), context, late_sunday).until == OPENS
    assert CHECK(inquiry(), context, late_sunday + timedelta(hours=3)) == GO


def test_what_they_said_last_counts() -> None:
    """Back earlier than they first said: the later mail is the one to go by."""
    context = seen(make_absence(date(2026, 11, 20)), make_absence(date(2026, 12, 20)))
    until = CHECK(inquiry(), context, NOW).until
    assert until == datetime(2026, 11, 20, 8, 30, tzinfo=ZoneInfo("America/Chicago"))


def test_only_what_presses_waits() -> None:
    """A thank-you goes, and so does what the user gave a moment, or what goes to somebody else."""
    context = seen(make_absence(MONDAY))
    assert CHECK(make_entry(), context, NOW) == GO
    assert CHECK(inquiry(insisted=True), context, NOW) == GO
    assert CHECK(inquiry(), seen(make_absence(MONDAY, sender="other@employer.example")), NOW) == GO
    assert CHECK(inquiry(), seen(make_absence(MONDAY), state=SeenState.DISMISSED), NOW) == GO


def test_nobody_waits_past_the_last_sensible_moment() -> None:
    """A mail that would miss it by waiting goes at its own time."""
    context = seen(make_absence(MONDAY))
    assert CHECK(inquiry(last_after=timedelta(days=2)), context, NOW) == GO
    assert CHECK(inquiry(last_after=timedelta(days=6)), context, NOW).action is Action.POSTPONE


def test_an_unknown_zone_is_left_to_the_check_of_working_time() -> None:
    """That one says what to do about it."""
    check = check_absence(lambda _: replace(Place(), zone="Mars/Olympus"), lambda timing, _: timing.due_at)
    assert check(inquiry(), seen(make_absence(MONDAY)), NOW) == GO


def test_a_follow_up_waits_while_nobody_could_look() -> None:
    """Never looked, too long ago, or in the future: it waits, and says what stands in the way."""
    check = check_looked(timedelta(hours=1), waits=True)
    for looked_at in (None, NOW - timedelta(hours=2), NOW + timedelta(hours=2)):
        look = LastLook("jordan@home.example", looked_at, NOW, "no network.")
        ruling = check(inquiry(), FakeContext(look=look), NOW)
        assert (ruling.action, ruling.until) == (Action.POSTPONE, NOW + LOOK_AGAIN_AFTER)
        assert ruling.reason == "nobody could look into the mailbox whether they have answered: no network"
    assert check(inquiry(insisted=True), FakeContext(), NOW).action is Action.POSTPONE


def test_what_may_go_without_a_look_goes() -> None:
    """After a look in time, by the user's setting, for a thank-you, and into the folder."""
    recent = FakeContext(look=LastLook("jordan@home.example", NOW - timedelta(minutes=59)))
    check = check_looked(timedelta(hours=1), waits=True)
    assert check(inquiry(), recent, NOW) == GO
    assert check_looked(timedelta(hours=1), waits=False)(inquiry(), FakeContext(), NOW) == GO
    assert check(make_entry(), FakeContext(), NOW) == GO
    assert check(replace(inquiry(), account=FOLDER), FakeContext(), NOW) == GO


def test_the_timing_is_asked_at_the_given_place() -> None:
    """Whoever computes working time is told where the reader works now."""
    asked: list[Timing] = []

    def next_permitted(timing: Timing, moment: datetime) -> datetime:
        asked.append(timing)
        return moment

    check_absence(lambda _: Place("Asia/Tokyo", "JP"), next_permitted)(inquiry(), seen(make_absence(MONDAY)), NOW)
    assert asked[0].place.zone == "Asia/Tokyo"
