"""The sample that the demonstration runs on: facts, a rejection, and a workspace with a clock of its own.

The clock stands still between the scenes, so that the demonstration says the same on every machine on every day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from followup_mail.outbox.entry import State
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

CHICAGO = ZoneInfo("America/Chicago")
AFTER_THE_INTERVIEW = datetime(2026, 11, 18, 15, 30, tzinfo=CHICAGO)
NEXT_MORNING = datetime(2026, 11, 19, 9, 0, tzinfo=CHICAGO)
REJECTION_CAME = datetime(2026, 11, 23, 11, 0, tzinfo=CHICAGO)
DAY_AFTER = datetime(2026, 11, 24, 9, 0, tzinfo=CHICAGO)

SLUG = "lumen-freight"
FACTS = """\
company = "Lumen Freight"
role = "Data Engineer"
applied = 2026-11-02
country = "US"
time_zone = "America/Chicago"
fit = [
  "at Harbor Logistics I moved a nightly batch system to streaming without a day of downtime",
  "I have been on call for five years and like alerts that mean something",
  "I enjoy bringing new colleagues up to speed",
]
not_mentioned = ["I maintain the on-call handbook that my present team of twelve works by"]

[said]
quote = "It may take us a couple of weeks; a mail is always fine."
channel = "email"

[[interviews]]
round = 1
start = 2026-11-18 14:00:00
duration = "45 min"
format = "video"

[[interviews.people]]
name = "Dr. Priya Raman"
title = "Head of Data"
role = "hiring manager"
email = "priya.raman@lumenfreight.example"
discussed = ["the move from nightly batches to streaming"]
convinced = "how openly you spoke about the outage in March"

[[interviews.people]]
name = "Tom Okafor"
title = "Site Reliability Engineer"
email = "tom.okafor@lumenfreight.example"
discussed = ["the on-call rota and its quiet hours"]

[[interviews.people]]
name = "Elena Petrova"
title = "Staff Engineer"
email = "elena.petrova@lumenfreight.example"
discussed = ["the first ninety days in the team"]
convinced = "the time that you give newcomers to read before they write"
"""

REJECTION = """\
From: Priya Raman <priya.raman@lumenfreight.example>
To: Jordan Example <jordan@example.com>
Subject: Your application as Data Engineer
Message-ID: <20261123-7f3a@lumenfreight.example>
Date: Mon, 23 Nov 2026 10:52:00 -0600

Dear Jordan,

thank you for your time last week. We have decided to go on with another candidate.

Priya
"""


@dataclass
class Clock:
    """A clock that shows what it was set to."""

    shows: datetime = AFTER_THE_INTERVIEW

    def __call__(self) -> datetime:
        return self.shows


def approve_answer(workspace: Workspace) -> None:
    """Approve the answer to the rejection, which waits as a draft."""
    for entry in workspace.store.entries(application=SLUG, states={State.DRAFT}):
        workspace.store.approve(entry.id, workspace.now())


def make_demo_workspace(home: Path, clock: Clock) -> Workspace:
    """Return a workspace in ``home`` with settings of its own, and write the sample into it."""
    settings = Settings(
        home=home,
        name="Jordan Example",
        email="jordan@example.com",
        phone="+1 312 555 0142",
        time_zone="America/Chicago",
    )
    workspace = Workspace(Loaded(settings, home, {}), clock)
    workspace.facts.create(SLUG, FACTS)
    (home / "their-answer.eml").write_text(REJECTION, "utf-8", newline="\r\n")
    return workspace
