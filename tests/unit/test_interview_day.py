"""On the day of an interview: when, with whom, what to ask before it is over, whose address is missing."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from followup_mail.facts.application import Application
from followup_mail.services.overview.interview_day import find_interviews_today

TOKYO, CHICAGO = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Chicago")


def _application(**more: Any) -> Application:
    interview = {
        "start": "2026-11-18 10:00",
        "duration": "1 h",
        "format": "onsite",
        "people": [{"name": "Aiko Mori", "email": "aiko@sakura.example"}, {"name": "Ren Sato"}],
        **more.pop("interview", {}),
    }
    top = {"slug": "sakura", "company": "Sakura", "role": "Nurse", "time_zone": "Asia/Tokyo"}
    return Application.read({**top, "interviews": [interview], **more})


@pytest.mark.parametrize(
    ("now", "count"),
    [
        (datetime(2026, 11, 17, 23, 59, tzinfo=TOKYO), 0),
        (datetime(2026, 11, 18, 0, 0, tzinfo=TOKYO), 1),
        (datetime(2026, 11, 16, 23, 59, tzinfo=CHICAGO), 0),
        (datetime(2026, 11, 17, 7, 0, tzinfo=CHICAGO), 1),  # still the evening of the 17th in Tokyo
        (datetime(2026, 11, 17, 12, 0, tzinfo=CHICAGO), 1),  # three in the morning of the 18th in Tokyo
        (datetime(2026, 11, 18, 10, 59, tzinfo=TOKYO), 1),
        (datetime(2026, 11, 18, 11, 0, tzinfo=TOKYO), 0),
    ],
)
def test_its_day_is_that_of_either_clock_until_it_ends(now: datetime, count: int) -> None:
    """Its day has come where it is held or where the user is, whichever is first; what is over is told no more."""
    assert len(find_interviews_today(_application(), now)) == count


def test_it_says_when_whom_and_what_to_ask() -> None:
    """The hour on both clocks, everybody who will be met, three questions, and whose address is missing."""
    (found,) = find_interviews_today(_application(), datetime(2026, 11, 17, 12, 0, tzinfo=CHICAGO))
    assert found.headline == (
        "Interview today, 10:00 to 11:00 in Tokyo (19:00 by your clock), on site with Aiko Mori and Ren Sato: "
        "Nurse, Sakura"
    )
    assert found.advice == (
        "Before you leave, ask what the next steps are, when they decide and how they like to be reached.",
        "Take a card of everyone, so that you have each name as it is spelt, and the address.",
        "No address is on record yet for Ren Sato.",
    )


def test_an_hour_that_is_tomorrow_for_the_user_is_said_so() -> None:
    """In the evening before, by the user's clock, the hour is not taken for one that has passed."""
    interview = {"start": "2026-11-18 15:00"}
    (found,) = find_interviews_today(_application(interview=interview), datetime(2026, 11, 17, 12, 0, tzinfo=CHICAGO))
    assert found.when == "15:00 to 16:00 in Tokyo (00:00 tomorrow by your clock)"


def test_it_does_not_ask_what_they_have_said() -> None:
    """A date still ahead and a channel they named need no question; in a call there is no card."""
    said = {"decision_by": "2026-11-27", "channel": "email"}
    application = _application(said=said, interview={"format": "video"})
    (found,) = find_interviews_today(application, datetime(2026, 11, 18, 9, 0, tzinfo=TOKYO))
    assert found.advice[:2] == (
        "Before it ends, ask what the next steps are.",
        "Ask everyone how their name is spelt, and for their address.",
    )


def test_nobody_on_record_is_said() -> None:
    """Whoever does not know whom they will meet is told to write them down."""
    (found,) = find_interviews_today(_application(interview={"people": []}), datetime(2026, 11, 18, 9, 0, tzinfo=TOKYO))
    assert found.advice[-1] == "Nobody is on record for it yet: write down everyone you meet."


def test_an_application_that_is_over_has_no_interview() -> None:
    """After a withdrawal the appointment is off."""
    application = _application(outcome={"status": "withdrawn"})
    assert find_interviews_today(application, datetime(2026, 11, 18, 9, 0, tzinfo=TOKYO)) == ()
