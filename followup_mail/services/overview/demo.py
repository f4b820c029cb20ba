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
fit = ["moved nightly batch -> streaming @ Harbor, 0 days down", "5 yrs on call", "trained 4 juniors"]
not_mentioned = ["wrote our on-call handbook, team of 12 works by it"]
why_them = "I would like to join you because mistakes are talked about so openly there."

[unsaid]
problem = "You told me about the first night on call that new colleagues dread."
point = "I wrote the on-call handbook that my team of twelve works by, and three of its pages are for that first night."
use = "I could send you those three pages."

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
discussed = ["move from nightly batches to streaming", "reports at 9, wants 6", "first night on call, new ppl dread it"]
convinced = "spoke openly abt the outage in March"
moment = "I liked how openly you spoke about the outage in March, because it told me how you treat mistakes."
link = "You want the reports at six instead of nine. At Harbor I moved ours to streaming, so I know where the hours go."
offer = "I would be glad to go through the first month of that move with you."

[[interviews.people]]
name = "Tom Okafor"
title = "Site Reliability Engineer"
email = "tom.okafor@lumenfreight.example"
discussed = ["on-call rota, quiet hrs", "wants ppl who fix the alert, not just mute it"]
moment = "Thank you for showing me the on-call rota. It told me that quiet hours are meant seriously."
link = "You want people who fix an alert instead of muting it. In five years on call I removed more than I wrote."

[[interviews.people]]
name = "Elena Petrova"
title = "Staff Engineer"
email = "elena.petrova@lumenfreight.example"
discussed = ["the first ninety days in the team"]
convinced = "reads the first design of every newcomer herself"
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
