"""The fresh look before each send."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from changing import replace
from msgspec.structs import force_setattr
from outbox_samples import NOW, FakeContext, go, make_entry, make_mail, make_timing

from followup_mail.cadence.worktime import Place
from followup_mail.message.message import Attached, fingerprint
from followup_mail.outbox.entry import Timing
from followup_mail.outbox.pre_send_check import (
    GO,
    Action,
    Ruling,
    SendContext,
    SendingLimits,
    check_in_turn,
    check_limits,
    check_time,
    rule_on_attachments,
)

MORNING = timedelta(hours=16)


def around(handed: tuple[datetime, ...] = (), domain_at: datetime | None = None) -> SendContext:
    return FakeContext(handed=handed, domain_at=domain_at)


def now_is_fine(_: Timing, now: datetime) -> datetime:
    return now


def not_before_morning(_: Timing, now: datetime) -> datetime:
    return now + MORNING


def test_in_time_and_in_working_time_it_goes() -> None:
    """Nothing in the way: it goes."""
    entry = make_entry(timing=make_timing(last_after=timedelta(hours=1)))
    assert check_time(now_is_fine)(entry, around(), NOW) == GO


def test_past_the_last_moment_it_is_missed_even_when_insisted() -> None:
    """A laptop that slept past the deadline does not send in the middle of next week."""
    entry = make_entry(timing=make_timing(last_after=timedelta(hours=-1), insisted=True))
    ruling = check_time(now_is_fine)(entry, around(), NOW)
    assert ruling.action is Action.MISS
    assert "Wed 18 Nov 2026 08:00 (America/Chicago)" in ruling.reason
    assert "reschedule 12" in ruling.fix
    assert "`followup-mail send lumen thank_you --to person-1`" in ruling.fix


def test_outside_working_time_it_waits_for_the_next_working_moment() -> None:
    """Due at night after a retry, it goes next morning."""
    assert check_time(not_before_morning)(make_entry(), around(), NOW) == Ruling(
        Action.POSTPONE, "outside working time at the recipient's place", NOW + MORNING
    )


def test_a_moment_the_user_named_is_not_moved() -> None:
    """Who says Sunday means Sunday."""
    entry = make_entry(timing=make_timing(insisted=True))
    assert check_time(not_before_morning)(entry, around(), NOW) == GO


def test_when_the_next_working_moment_is_too_late_it_is_missed_now() -> None:
    """The user hears it at once, not after the night."""
    entry = make_entry(timing=make_timing(last_after=timedelta(hours=2)))
    assert check_time(not_before_morning)(entry, around(), NOW).action is Action.MISS


@pytest.mark.parametrize("change", ["written", "removed", "folder", "pipe", "grown"])
def test_a_changed_attachment_blocks(tmp_path: Path, change: str) -> None:
    """A file that changed, went, grew past any size, or became a folder or a pipe is not sent unseen; nobody waits."""
    path = tmp_path / "cv.pdf"
    path.write_bytes(b"as shown")
    mail = make_mail(attached=(Attached(path, fingerprint(b"as shown")),))
    entry = make_entry()
    force_setattr(entry, "message", mail)
    assert rule_on_attachments(entry) == GO
    path.unlink()
    if change == "written":
        path.write_bytes(b"another")
    elif change == "folder":
        path.mkdir()
    elif change == "grown":
        with path.open("wb") as file:
            file.truncate(1 << 40)
    elif change == "pipe" and hasattr(os, "mkfifo"):
        os.mkfifo(path)
    ruling = rule_on_attachments(entry)
    assert ruling.action is Action.BLOCK
    assert "cv.pdf" in ruling.reason


def test_the_first_look_that_says_no_wins() -> None:
    """Looks are asked in order, and none after the first no."""
    cancel = Ruling(Action.CANCEL, "rejected")
    assert check_in_turn([go, lambda *_: cancel, lambda *_: 1 / 0])(make_entry(), around(), NOW) == cancel
    assert check_in_turn([go, go])(make_entry(), around(), NOW) == GO


def test_the_limit_of_a_minute_rests_the_account_until_the_oldest_is_a_minute_old() -> None:
    """The account rests just as long as its limit asks for."""
    handed = (NOW - timedelta(seconds=50), NOW - timedelta(seconds=20), NOW - timedelta(seconds=1))
    ruling = check_limits(SendingLimits(per_minute=2))(make_entry(), around(handed), NOW)
    assert ruling.action is Action.PAUSE
    assert ruling.until == NOW + timedelta(seconds=40)
    assert check_limits(SendingLimits(per_minute=4))(make_entry(), around(handed), NOW) == GO


def test_the_limit_of_a_day_counts_the_last_24_hours() -> None:
    """What was sent the evening before still counts in the morning."""
    handed = (NOW - timedelta(hours=25), NOW - timedelta(hours=23))
    ruling = check_limits(SendingLimits(per_day=1))(make_entry(), around(handed), NOW)
    assert ruling.until == NOW + timedelta(hours=1)


def test_a_limit_of_nothing_sends_nothing() -> None:
    """Zero mails a day are zero mails."""
    assert check_limits(SendingLimits(per_day=0))(make_entry(), around(), NOW).action is Action.PAUSE


def test_two_mails_to_one_domain_keep_their_distance() -> None:
    """The second mail to an employer waits out the gap, and no longer."""
    look = check_limits(SendingLimits(domain_gap=timedelta(minutes=3)))
    ruling = look(make_entry(), around(domain_at=NOW - timedelta(minutes=1)), NOW)
    assert (ruling.action, ruling.until) == (Action.POSTPONE, NOW + timedelta(minutes=2))
    assert look(make_entry(), around(domain_at=NOW - timedelta(minutes=3)), NOW) == GO


def test_a_clock_that_was_ahead_blocks_nothing() -> None:
    """Moments from a year ahead, written by a wrong clock, neither fill a limit nor stretch a gap."""
    ahead = NOW + timedelta(days=365)
    limits = SendingLimits(per_minute=1, per_day=1, domain_gap=timedelta(minutes=3))
    assert check_limits(limits)(make_entry(), around((ahead,), ahead), NOW) == GO


def test_deadline_is_compared_in_utc_where_the_clocks_go_back() -> None:
    """Half past one comes twice; the deadline of the second one has not passed at the first."""
    from zoneinfo import ZoneInfo

    chicago = ZoneInfo("America/Chicago")
    last_at = datetime(2026, 11, 1, 1, 20, tzinfo=chicago, fold=1)
    first = datetime(2026, 11, 1, 1, 30, tzinfo=chicago, fold=0)
    entry = make_entry(timing=Timing(NOW - timedelta(days=30), last_at))
    assert first.astimezone(UTC) < last_at.astimezone(UTC)
    assert check_time(now_is_fine)(entry, around(), first) == GO


def test_the_last_sensible_moment_is_still_one() -> None:
    """At the very moment it goes; a moment later it is missed."""
    entry = make_entry(timing=make_timing(last_after=timedelta(hours=1)))
    assert check_time(now_is_fine)(entry, around(), NOW + timedelta(hours=1)) == GO
    late = NOW + timedelta(hours=1, microseconds=1)
    assert check_time(now_is_fine)(entry, around(), late).action is Action.MISS


def test_a_deadline_after_the_next_working_moment_is_no_reason_to_miss_it() -> None:
    """Outside working time, with days left, it waits for the morning."""
    entry = make_entry(timing=make_timing(last_after=timedelta(days=2)))
    assert check_time(not_before_morning)(entry, around(), NOW).action is Action.POSTPONE


def test_without_a_gap_nothing_is_asked_about_domains() -> None:
    """No gap is set: two mails to one employer may leave in the same second."""
    assert check_limits(SendingLimits())(make_entry(), around(domain_at=NOW), NOW) == GO


def test_a_zone_that_this_machine_does_not_know_keeps_a_mail_back() -> None:
    """No working time can be told there, so it does not leave by another clock; a moment the user named still holds."""
    lost = replace(make_timing(), place=Place("America/Atlantis", "US"))
    ruling = check_time(now_is_fine)(make_entry(timing=lost), around(), NOW)
    assert ruling.action is Action.BLOCK
    assert "America/Atlantis" in ruling.reason
    assert "tzdata" in ruling.fix
    assert check_time(now_is_fine)(make_entry(timing=replace(lost, insisted=True)), around(), NOW) == GO


def test_times_in_an_unknown_zone_are_told_in_utc_and_say_so() -> None:
    """A reason never gives the hour of one zone under the name of another."""
    late = replace(make_timing(last_after=timedelta(hours=-1)), place=Place("America/Atlantis", "US"))
    assert "14:00 (UTC)" in check_time(now_is_fine)(make_entry(timing=late), around(), NOW).reason
