"""A home with a clock of its own, in which random but sensible things happen, one after the other.

Two accounts' limits, mailboxes that are read and offices are left out: what others do there cannot be foreseen.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from outbox_samples import Script

from followup_mail.cadence.kinds import Kind
from followup_mail.errors import FollowupError
from followup_mail.facts.terms import Status
from followup_mail.outbox.entry import OPEN, Entry, State
from followup_mail.services.carried_through import find_outdated, rewrite
from followup_mail.services.change_entry import approve, cancel, reschedule, retry
from followup_mail.services.deliver import deliver_once
from followup_mail.services.demo import Clock
from followup_mail.services.enqueue import QueueTerms, enqueue, enqueue_planned, enqueue_prepared, refuse_unfit
from followup_mail.services.log_contact import Done, log_touch
from followup_mail.services.pause_application import pause_application
from followup_mail.services.prepare import prepare
from followup_mail.services.record_outcome import record_outcome, resume_application
from followup_mail.services.request import Request
from followup_mail.services.undo_step import look_back, take_step_back
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
    _texts: dict[str, str] = field(default_factory=dict)

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
            if self._texts.get(path.name) != text:
                self._texts[path.name] = text
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
    made = ShownHome(home, Clock(at + timedelta(minutes=random.randrange(6 * 60, 22 * 60), seconds=random.randrange(60))))
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
        found += f'\n[[interviews]]\nround = {round_}\nstart = {day} {random.randint(8, 16):02}:30:00\nduration = "1 h"\n'
        for n in random.sample(range(3), random.randint(1, 3)):
            role = random.choice(("", "", 'role = "hiring manager"\n'))
            email = f"{NAMES[n].split()[0].lower()}@acme{number}.example"
            found += PERSON.format(name=NAMES[n], email=email, role=role, topic=TOPICS[n])
    return found


def _slug(workspace: Workspace, random: Random) -> str:
    slugs = sorted(workspace.facts.slugs())
    if not slugs:
        raise FollowupError("There is none.")
    return random.choice(slugs)


def _day(home: ShownHome, random: Random, least: int, most: int) -> date:
    return home.clock.shows.date() + timedelta(days=random.randint(least, most))


def _pick(workspace: Workspace, random: Random, *states: State) -> Entry:
    found = workspace.store.entries(states=states or OPEN) if workspace.has_store else ()
    if not found:
        raise FollowupError("There is none.")
    return random.choice(found)


def _wait(home: ShownHome, random: Random) -> None:
    """Let time pass while a service runs every few minutes."""
    until = home.clock.shows + timedelta(minutes=random.choice((1, 7, 50, 300, 1_440, 2_880, 7_200)))
    step = timedelta(minutes=random.choice((1, 5, 10)))
    while home.clock.shows < until:
        home.run()
        with home.open() as workspace:
            due = workspace.store.next_due_at(workspace.now())
        ahead = (due - home.clock.shows) // step if due and due > home.clock.shows else 0
        left = -((home.clock.shows - until) // step)
        home.clock.shows += step * max(1, min(ahead, left) if due else min(left, 12 * 24))


def _be_off(home: ShownHome, random: Random) -> None:
    """Let time pass with the computer off."""
    home.clock.shows += timedelta(minutes=random.choice((3, 60, 600, 1_440, 4_320, 12_000)))


def _run(home: ShownHome, random: Random) -> None:
    home.run()


def _queue_all(home: ShownHome, random: Random) -> None:
    with home.open("queue --planned") as workspace:
        enqueue_planned(workspace, Request(_slug(workspace, random), None, ignore=NO_QUARREL))


def _queue(home: ShownHome, random: Random) -> None:
    with home.open("queue") as workspace:
        kind = random.choice((Kind.THANK_YOU, Kind.STATUS_INQUIRY, Kind.ADDITIONAL_DETAIL))
        to = random.choice(((), (random.choice(NAMES),)))
        at = random.choice(("", "", "", "tomorrow 9:00", "in 3 days"))
        early = random.choice(("", "", "they asked"))
        enqueue(workspace, Request(_slug(workspace, random), kind, to, at=at, early=early, ignore=NO_QUARREL))


def _draft(home: ShownHome, random: Random) -> None:
    with home.open("queue --draft") as workspace:
        kind = random.choice((Kind.THANK_YOU, Kind.STATUS_INQUIRY, Kind.ADDITIONAL_DETAIL))
        batch = prepare(workspace, Request(_slug(workspace, random), kind, ignore=NO_QUARREL))
        refuse_unfit(batch.prepared)
        enqueue_prepared(workspace, batch.prepared, QueueTerms(NO_QUARREL, state=State.DRAFT))


def _approve(home: ShownHome, random: Random) -> None:
    with home.open("outbox approve") as workspace:
        approve(workspace, _pick(workspace, random, State.DRAFT).id)


def _cancel(home: ShownHome, random: Random) -> None:
    with home.open("outbox cancel") as workspace:
        cancel(workspace, _pick(workspace, random).id)


def _retry(home: ShownHome, random: Random) -> None:
    with home.open("outbox retry") as workspace:
        retry(workspace, _pick(workspace, random, State.FAILED, State.MISSED).id)


def _reschedule(home: ShownHome, random: Random) -> None:
    with home.open("outbox reschedule") as workspace:
        entry = _pick(workspace, random, State.QUEUED)
        at = random.choice(("now", "tomorrow 9:00", "in 3 days", "monday 10:15", "in 2 weeks"))
        reschedule(workspace, entry.id, at, early=random.choice(("", "they asked")))


def _rewrite(home: ShownHome, random: Random) -> None:
    with home.open("outbox rewrite") as workspace:
        rewrite(workspace, find_outdated(workspace, _slug(workspace, random)))


def _log(home: ShownHome, random: Random) -> None:
    with home.open("log") as workspace:
        kind = random.choice(("", "", "status_inquiry", "additional_detail", "thank_you"))
        at = home.clock.shows - timedelta(minutes=random.choice((0, 0, 90, 1_600)))
        done = Done(
            _slug(workspace, random),
            random.choice(("call", "email", "linkedin")),
            random.choice((*NAMES, "")),
            kind,
            f"{at:%Y-%m-%d %H:%M}",
            reached=random.random() < 0.8,
        )
        log_touch(workspace, done)


def _outcome(home: ShownHome, random: Random) -> None:
    with home.open("outcome") as workspace:
        status = random.choice((Status.REPLIED, Status.REPLIED, Status.REPLIED, Status.REJECTED))
        record_outcome(workspace, _slug(workspace, random), status, None, None)


def _resume(home: ShownHome, random: Random) -> None:
    with home.open("resume") as workspace:
        name = random.choice(("decision_by", "not_before", ""))
        said = {name: _day(home, random, 1, 20)} if name else {}
        resume_application(workspace, _slug(workspace, random), said)


def _pause(home: ShownHome, random: Random) -> None:
    with home.open("pause") as workspace:
        until = random.choice((None, _day(home, random, 1, 12)))
        pause_application(workspace, _slug(workspace, random), until)


def _say(home: ShownHome, random: Random) -> None:
    with home.open("change") as workspace:
        name = random.choice(("decision_by", "not_before"))
        value = random.choice((None, _day(home, random, -3, 25), _day(home, random, -3, 25)))
        workspace.facts.change(_slug(workspace, random), {"said": {name: value}})


def _move(home: ShownHome, random: Random) -> None:
    with home.open("change") as workspace:
        zone, country = random.choice(PLACES)
        workspace.facts.change(_slug(workspace, random), {"time_zone": zone, "country": country})


def _choose_method(home: ShownHome, random: Random) -> None:
    with home.open("change") as workspace:
        workspace.facts.change(_slug(workspace, random), {"cadence": random.choice(CADENCES)})


def _remove_person(home: ShownHome, random: Random) -> None:
    """Take somebody out of the file, as an editor does."""
    with home.open() as workspace:
        path = workspace.facts.path(_slug(workspace, random))
        head, *people = path.read_text("utf-8").split("\n[[interviews.people]]\n")
        if people:
            gone = random.randrange(len(people))
            _, mark, rest = people[gone].partition("\n[[interviews]]\n")
            kept = [*people[:gone], *people[gone + 1 :]]
            if mark and gone:
                kept[gone - 1] += mark + rest
            elif mark:
                head += mark + rest
            path.write_text("\n[[interviews.people]]\n".join((head, *kept)), "utf-8")


def _undo(home: ShownHome, random: Random) -> None:
    with home.open() as workspace:
        take_step_back(workspace, look_back(workspace))


Event = Callable[[ShownHome, Random], None]
EVENTS: dict[str, tuple[Event, int]] = {
    "wait": (_wait, 6),
    "off": (_be_off, 3),
    "run": (_run, 2),
    "queue all": (_queue_all, 4),
    "queue": (_queue, 2),
    "draft": (_draft, 1),
    "approve": (_approve, 1),
    "cancel": (_cancel, 2),
    "retry": (_retry, 2),
    "reschedule": (_reschedule, 2),
    "rewrite": (_rewrite, 2),
    "log": (_log, 3),
    "outcome": (_outcome, 1),
    "resume": (_resume, 2),
    "pause": (_pause, 1),
    "say": (_say, 3),
    "move": (_move, 1),
    "method": (_choose_method, 1),
    "remove": (_remove_person, 1),
    "undo": (_undo, 1),
}


def happen(home: ShownHome, name: str, seed: int) -> str:
    """Let one thing happen; returns why it was refused, if it was."""
    try:
        EVENTS[name][0](home, Random(seed))
    except FollowupError as error:
        return error.sentence
    return ""


def draw_walk(random: Random, steps: int) -> list[tuple[str, int]]:
    """Return names and seeds of things to happen."""
    names = [name for name, (_, weight) in EVENTS.items() for _ in range(weight)]
    return [("queue all", random.randrange(10**6)), *((random.choice(names), random.randrange(10**6)) for _ in range(steps))]
