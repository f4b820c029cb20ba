"""The plan of an application that is paused until a day: it shows what will happen after it."""

from __future__ import annotations

from plan_samples import apply, at, of_kind, only, past, plan, touch, waits, when

from followup_mail.cadence.step import Kind, StepState
from followup_mail.cadence.worktime import Place

NOW = at("2026-11-19 18:00")


def test_follow_ups_wait_for_the_end_of_a_pause() -> None:
    """None is shown for a day of the pause; what comes after a moved one counts from its new day."""
    usual = plan(apply(), now=NOW)
    found = plan(apply(paused_until="2026-12-03"), now=NOW)
    assert when(only(usual, Kind.ADDITIONAL_DETAIL)) == "Wed 25 Nov 15:00"
    note = only(found, Kind.ADDITIONAL_DETAIL)
    assert (when(note), note.state) == ("Thu 03 Dec 08:30", StepState.UPCOMING)
    assert note.reason.endswith(", past your pause until Thu 3 Dec")
    inquiries = of_kind(found, Kind.STATUS_INQUIRY)
    assert [when(step) for step in inquiries] == ["Thu 17 Dec 08:30"]


def test_what_makes_no_sense_after_the_pause_says_so() -> None:
    """A thank-you whose time passes meanwhile is skipped with the reason; what was done or is queued stays."""
    found = plan(apply(paused_until="2026-12-03"), now=NOW)
    thanks = only(found, Kind.THANK_YOU)
    assert (thanks.state, thanks.note) == (StepState.SKIPPED, "its time passes during your pause until Thu 3 Dec")
    history = past(
        touch(Kind.THANK_YOU, "2026-11-19 09:00", "dana-lee"),
        waiting=(waits(Kind.ADDITIONAL_DETAIL, "2026-11-25 15:00"),),
    )
    done = plan(apply(paused_until="2026-12-03"), now=NOW, history=history)
    assert only(done, Kind.THANK_YOU).state is StepState.DONE
    assert only(done, Kind.ADDITIONAL_DETAIL).state is StepState.QUEUED


def test_a_pause_ends_by_the_users_own_calendar() -> None:
    """From the first minute of its last day on nothing is moved any more, whatever day it is where they are."""
    tokyo = Place("Asia/Tokyo")
    found = plan(apply(paused_until="2026-11-26"), now=at("2026-11-26 00:01", "Asia/Tokyo"), defaults=tokyo)
    assert when(only(found, Kind.ADDITIONAL_DETAIL)) == "Wed 25 Nov 15:00"
    before = plan(apply(paused_until="2026-11-26"), now=at("2026-11-25 23:59", "Asia/Tokyo"), defaults=tokyo)
    assert when(only(before, Kind.ADDITIONAL_DETAIL)) == "Wed 25 Nov 15:00"
    longer = plan(apply(paused_until="2026-11-27"), now=at("2026-11-25 23:59", "Asia/Tokyo"), defaults=tokyo)
    assert when(only(longer, Kind.ADDITIONAL_DETAIL)) == "Fri 27 Nov 08:30"
