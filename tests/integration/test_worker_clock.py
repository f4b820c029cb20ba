"""Workers go by the database's clock, and one whose own is far off sends nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from followup_mail.errors import SettingsError
from followup_mail.office.database import connect
from followup_mail.worker.clock import DatabaseClock


def _clock_off_by(url: str, off: timedelta) -> DatabaseClock:
    clock = DatabaseClock(lambda: datetime.now(UTC) + off)
    link = connect(url)
    clock.measure(link)
    link.close()
    return clock


@pytest.mark.parametrize("off", [timedelta(seconds=40), timedelta(seconds=-40)])
def test_a_clock_that_is_a_little_off_is_corrected(office_url: str, off: timedelta) -> None:
    """What a worker takes for now is what the database does, within the time that asking took."""
    clock = _clock_off_by(office_url, off)
    assert abs(clock() - datetime.now(UTC)) < timedelta(seconds=20)
    assert clock.is_off
    clock.refuse_far_off()


@pytest.mark.parametrize(("off", "word"), [(timedelta(hours=1), "ahead of"), (timedelta(hours=-1), "behind")])
def test_a_clock_that_is_an_hour_off_sends_nothing(office_url: str, off: timedelta, word: str) -> None:
    """It is told which way it is wrong, by how much, and what to do; no mail leaves an hour early."""
    clock = _clock_off_by(office_url, off)
    with pytest.raises(SettingsError, match=rf"3,[56]\d\d seconds {word} the database's") as refused:
        clock.refuse_far_off()
    assert "NTP" in refused.value.fix


def test_a_right_clock_is_not_told(office_url: str) -> None:
    """On one machine nothing is off."""
    assert not _clock_off_by(office_url, timedelta()).is_off
