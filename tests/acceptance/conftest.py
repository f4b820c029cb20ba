"""The people of these tests: a stranger, somebody with settings, somebody after an interview."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from desk import Desk, bare_environment, warm_process


@pytest.fixture(scope="session", autouse=True)
def _warm_process() -> Iterator[None]:
    """End the process that commands are copies of."""
    yield
    if warm_process.cache_info().currsize and (ready := warm_process()):
        ready.end()


@pytest.fixture
def stranger(tmp_path: Path) -> Desk:
    """Somebody who has just installed it and set nothing."""
    return Desk(tmp_path, dict(bare_environment(tmp_path)))


def somebody() -> dict[str, str]:
    """Return that person's settings. The zone is an input like the moment: if ``TZ`` is set, the machine's counts."""
    zone = {} if os.environ.get("TZ") else {"FOLLOWUP_TIME_ZONE": "America/Chicago"}
    return {
        "FOLLOWUP_NAME": "Jordan Example",
        "FOLLOWUP_EMAIL": "jordan@example.com",
        "FOLLOWUP_PHONE": "+1 312 555 0142",
        **zone,
    }


@pytest.fixture
def desk(stranger: Desk) -> Desk:
    """Somebody with a name and an address, in Chicago, or in the zone where these tests are run."""
    stranger.environment |= somebody()
    return stranger


def yesterday_in_chicago() -> date:
    """Return the day before today where the interview was. Somebody in Apia may have the day after already."""
    return datetime.now(ZoneInfo("America/Chicago")).date() - timedelta(days=1)


@pytest.fixture(scope="session")
def after_interview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of somebody who had an interview with three people, whose time has passed: made once, to be copied."""
    folder = tmp_path_factory.mktemp("interviewed")
    desk = Desk(folder, {**bare_environment(folder), **somebody()})
    desk.say(
        "add",
        "lumen",
        *("--company", "Lumen Freight", "--role", "Data Engineer", "--zone", "America/Chicago", "--country", "US"),
        *("--start", f"{yesterday_in_chicago()} 14:00", "--duration", "45 min"),
        *("--person", "Dr. Priya Raman <priya@lumen.example>; Head of Data; hiring manager"),
        *("--person", "Tom Okafor <tom@lumen.example>"),
        *("--person", "Elena Petrova <elena@lumen.example>"),
        *("--discussed", "priya: the move from nightly batches to streaming"),
        *("--discussed", "tom: the on-call rota and its quiet hours"),
        *("--discussed", "elena: the first ninety days in the team"),
        *("--fit", "I moved a nightly batch system to streaming without a day of downtime"),
        *("--fit", "I have been on call for five years"),
        *("--fit", "I enjoy bringing new colleagues up to speed"),
        *("--not-mentioned", "I maintain the on-call handbook of a team of twelve"),
    )
    return desk.home


@pytest.fixture
def interviewed(desk: Desk, after_interview: Path) -> Desk:
    """That person, at a desk of their own."""
    shutil.copytree(after_interview, desk.home)
    return desk
