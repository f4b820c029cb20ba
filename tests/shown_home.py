"""A home with a clock of its own and one or two random applications, for promises about what is displayed.

One account with usual limits, and no mailbox that is read: what others do there cannot be foreseen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from outbox_samples import Script

from followup_mail.outbox.entry import Entry
from followup_mail.services.overview.demo import Clock
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

CADENCES = ("balanced", "next-day", "polite-persistence", "rule-of-three", "timeline", "weekly-calls")
PLACES = (("America/Chicago", "US"), ("Europe/Berlin", "DE"), ("Asia/Tokyo", "JP"), ("America/Los_Angeles", "US"))
STARTS = (date(2026, 11, 18), date(2026, 12, 17), date(2027, 3, 10), date(2026, 4, 30), date(2026, 10, 21))
"""A usual week, and weeks before holidays or a change of the clocks."""
NAMES = ("Dana Lee", "Sam Roe", "Ana Bo")
TOPICS = ("night shift", "paper rota", "new depot")
NO_QUARREL = ("FM106", "FM302", "FM303")
HEAD = """\
company = "{company}"
role = "Engineer"
applied = {applied}
country = "{country}"
time_zone = "{zone}"
cadence = "{cadence}"
fit = ["moved nightly batch -> streaming @ Harbor, 0 days down", "5 yrs on call", "trained 4 juniors"]
not_mentioned = ["wrote our on-call handbook, team of 12 works by it"]
why_them = "I would like to join you because mistakes are talked about so openly there."

[unsaid]
problem = "You told me about the first night on call that new colleagues dread."
point = "I wrote the on-call handbook that my team of twelve works by, and three of its pages are for that first night."
use = "I could send you those three pages."

[said]
quote = "It may take us a couple of weeks; a mail is always fine."
{said}
"""
PERSON = """
[[interviews.people]]
name = "{name}"
email = "{email}"
{role}discussed = ["the {topic}"]
moment = "I liked how openly you spoke about the {topic}."
link = "You want the {topic} to run itself. At Harbor I built one that did."
"""


@dataclass
class ShownHome:
    """A home, its clock, and the mail server that stands in for a real one."""

    home: Path
    clock: Clock
    script: Script = field(default_factory=Script)
    texts: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def open(self, command: str = "") -> Iterator[Workspace]:
        """Open it as the next command does."""
        account = {"smtp_host": "mail.example", "smtp_password": Secret("of a test")}
        settings = Settings(
            home=self.home, name="Jo Home", email="jo@home.example", time_zone="America/Chicago", **account
        )
        workspace = Workspace(Loaded(settings, self.home, {}), self.clock, command=command)
        workspace.__dict__["transport"] = self.script
        try:
            yield workspace
        finally:
            workspace.close()
            self._date_files()

    def _date_files(self) -> None:
        """Let files that were written be of the moment that the clock shows."""
        at = self.clock.shows.timestamp()
        for path in (self.home / "applications").glob("*.toml"):
            text = path.read_text("utf-8")
            if self.texts.get(path.name) != text:
                self.texts[path.name] = text
                os.utime(path, (at, at))

    def run(self) -> list[Entry]:
        """Do what ``run`` does; return what became of the mails."""
        with self.open() as workspace:
            return [result.entry for result in deliver_once(workspace)]


def make_home(home: Path, seed: int) -> ShownHome:
    """Make a home with one or two applications, and queue nothing yet."""
    random = Random(seed)
    start = random.choice(STARTS)
    at = datetime.combine(start, datetime.min.time(), ZoneInfo("America/Chicago"))
    made = ShownHome(
        home, Clock(at + timedelta(minutes=random.randrange(6 * 60, 22 * 60), seconds=random.randrange(60)))
    )
    with made.open("new") as workspace:
        for number in range(random.randint(1, 2)):
            workspace.facts.create(f"acme{number}", _draw_facts(random, number, start))
    return made


def _draw_facts(random: Random, number: int, start: date) -> str:
    zone, country = random.choice(PLACES)
    said = random.choice(("", "", f"decision_by = {start + timedelta(days=random.randint(3, 25))}"))
    found = HEAD.format(
        company=f"Acme {'North' if number else 'South'}",
        applied=start - timedelta(days=20),
        country=country,
        zone=zone,
        cadence=random.choice(CADENCES),
        said=said,
    )
    if random.random() < 0.3:
        found += '\n[[contacts]]\nname = "Rita Recruit"\nrole = "recruiter"\nemail = "rita@agency.example"\n'
    for round_ in range(1, random.choice((2, 2, 3))):
        day = start + timedelta(days=random.randint(-9, 2) if round_ == 1 else random.randint(4, 12))
        found += (
            f'\n[[interviews]]\nround = {round_}\nstart = {day} {random.randint(8, 16):02}:30:00\nduration = "1 h"\n'
        )
        for n in random.sample(range(3), random.randint(1, 3)):
            role = random.choice(("", "", 'role = "hiring manager"\n'))
            email = f"{NAMES[n].split()[0].lower()}@acme{number}.example"
            found += PERSON.format(name=NAMES[n], email=email, role=role, topic=TOPICS[n])
    return found
