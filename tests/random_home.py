"""A home to which random things happen: facts are edited, mails queued and sent, time passes, settings change.

Nothing here is like a user's day on purpose: changes come in any order, and clocks are set back too.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from changing import replace
from outbox_samples import make_mail

from followup_mail.cadence.cadence_files import PRESETS as PRESET_FILES
from followup_mail.cadence.cadence_files import name_cadences
from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepId, Touch
from followup_mail.errors import FollowupError
from followup_mail.facts.channels import Channel
from followup_mail.message.draft import Mailbox
from followup_mail.outbox.entry import NewEntry, Place, State, Timing
from followup_mail.outbox.moments import to_text
from followup_mail.services.context.application_context import open_application
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

PRESETS = name_cadences()
SLUGS = tuple(f"acme-{n}" for n in range(7))
NAMES = ("Dana Lee", "Sam Roe", "Ana Bo", "Rita Recruit", "Kim Yo")
AGENTS = ("rita@agency.example", "Ron@Agency.example")
ZONES = ("America/Chicago", "Europe/Berlin", "Asia/Tokyo", "Pacific/Apia")
COUNTRIES = ("US", "DE", "JP", "WS")


@dataclass
class RandomHome:
    """A home, and a clock that only this test moves."""

    home: Path
    cache: Path
    random: Random
    now: datetime = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
    settings: Settings = field(default_factory=lambda: Settings(time_zone="America/Chicago", email="jo@home.example"))

    def open(self, *, keeps: bool) -> Workspace:
        """Open it as the next command would, with or without what was kept before."""
        return Workspace(Loaded(self.settings, self.home, {}, cache=self.cache if keeps else None), lambda: self.now)

    def happen(self) -> None:
        """Let one thing happen."""
        with closing(self.open(keeps=False)) as workspace, suppress(FollowupError):
            self.random.choice(_EVENTS)(self, workspace)

    def slug(self) -> str:
        return self.random.choice(SLUGS)

    def day(self, back: int = 40, ahead: int = 25) -> str:
        return str((self.now + timedelta(days=self.random.randint(-back, ahead))).date())

    def path(self, slug: str) -> Path:
        return self.home / "applications" / f"{slug}.toml"


def write_facts(home: RandomHome, _: Workspace) -> None:
    """Write the facts of an application anew."""
    home.path("x").parent.mkdir(parents=True, exist_ok=True)
    home.path(home.slug()).write_text(_draw_facts(home), "utf-8")


def _draw_facts(home: RandomHome) -> str:
    random = home.random
    zone, number = random.choice(ZONES), random.randrange(3)
    lines = [f'company = "Acme {number}"', 'role = "Engineer"', f'time_zone = "{zone}"']
    lines += random.choice(([], [f"applied = {home.day()}"]))
    lines += random.choice(([], [f'country = "{random.choice(COUNTRIES)}"']))
    lines += random.choice(([], [f'cadence = "{random.choice(PRESETS)}"'], ['cadence = "mine"']))
    lines += random.choice(([], ['not_mentioned = ["the handbook"]']))
    aside = ("paused = true", f"paused_until = {home.day()}", f"snoozed_until = {home.day()}", "archived = true")
    lines += [random.choice(aside)] if random.random() < 0.15 else []
    lines += random.choice(([], ["[said]", f"decision_by = {home.day()}"], ["[said]", f"not_before = {home.day()}"]))
    status = random.choice(("rejected", "rejected", "offer", "replied", "withdrawn", ""))
    if status and random.random() < 0.6:
        lines += ["[outcome]", f'status = "{status}"', f"on = {home.day(90, 0)}"]
    lines += _draw_person(home, "contacts", random.choice(AGENTS), "recruiter") if random.random() < 0.6 else []
    for round_ in range(1, random.randint(1, 3)):
        start = f"{home.day(60, 6)} {random.randint(8, 17):02}:30"
        lines += ["[[interviews]]", f'start = "{start}"', 'duration = "1 h"', f"round = {round_}"]
        for _ in range(random.randrange(3)):
            name = f"p{random.randrange(3)}@acme{number}.example"
            lines += _draw_person(home, "interviews.people", random.choice((name, "")), "")
    return "\n".join(lines) + "\n"


def _draw_person(home: RandomHome, table: str, email: str, role: str) -> list[str]:
    found = [f"[[{table}]]", f'name = "{home.random.choice(NAMES)}"', 'discussed = ["streams"]']
    return found + ([f'email = "{email}"'] if email else []) + ([f'role = "{role}"'] if role else [])


def _add_line(home: RandomHome, _: Workspace) -> None:
    path = home.path(home.slug())
    if path.is_file():
        lines = ("# seen", "paused = true", "archived = true", f"snoozed_until = {home.day()}", "company = 7", "[[[")
        path.write_text(home.random.choice(lines) + "\n" + path.read_text("utf-8"), "utf-8")


def _remove_facts(home: RandomHome, _: Workspace) -> None:
    home.path(home.slug()).unlink(missing_ok=True)


def _rename_facts(home: RandomHome, _: Workspace) -> None:
    path = home.path(home.slug())
    if path.is_file():
        path.replace(home.path(home.slug()))


def _queue(home: RandomHome, workspace: Workspace) -> None:
    random, slug = home.random, home.slug()
    steps = open_application(workspace, slug).plan.steps
    step = random.choice(steps).id if steps else StepId(slug, random.choice(list(Kind)), 1, "dana-lee")
    email = random.choice((*AGENTS, "p0@acme0.example"))
    ids = random.randrange(10**9)
    mail = make_mail(ids, to=Mailbox("Dana Lee", email), rcpt_to=(email,), content=b"Subject: x\r\n\r\ny")
    due_at = home.now + timedelta(hours=random.randint(-50, 90))
    timing = Timing(due_at, None, place=Place(random.choice(ZONES), "US"))
    state = random.choice((State.QUEUED, State.QUEUED, State.DRAFT))
    workspace.store.add([NewEntry(step, mail, timing, (), state)], home.now)


def _send(home: RandomHome, workspace: Workspace) -> None:
    queued = workspace.store.entries(states={State.QUEUED})
    if queued:
        entry, at = home.random.choice(queued), to_text(home.now - timedelta(hours=home.random.randrange(60)))
        with workspace.store.writing():
            change = "UPDATE entries SET state = 'sent', sent_at = ?, handed_at = ? WHERE id = ?"
            workspace.store._write(change, (at, at, entry.id))  # type: ignore[attr-defined]


def _decide(home: RandomHome, workspace: Workspace) -> None:
    store, slug, now = workspace.store, home.slug(), home.now
    entries = store.entries(states={State.QUEUED, State.DRAFT})
    entry = home.random.choice(entries).id if entries else 0
    home.random.choice(
        (
            lambda: store.cancel(entry, now),
            lambda: store.hold(slug, now, "paused"),
            lambda: store.resume(slug, now),
            lambda: store.cancel_all(slug, now, "rejected"),
            lambda: store.forget(slug),
        )
    )()


def _log(home: RandomHome, workspace: Workspace) -> None:
    steps = open_application(workspace, home.slug()).plan.steps
    if steps:
        at = home.now - timedelta(hours=home.random.randrange(100))
        workspace.store.log_touch(Touch(home.random.choice(steps).id, home.random.choice(list(Channel)), at))


def _pass_time(home: RandomHome, _: Workspace) -> None:
    spans = (1, 40, 300, 1_440, 1_440, 4_000, 10_000, 60_000, -1, -2_000)
    home.now += timedelta(minutes=home.random.choice(spans), microseconds=home.random.randrange(2))


def _set(home: RandomHome, _: Workspace) -> None:
    random = home.random
    changes = (
        {"time_zone": random.choice(ZONES)},
        {"country": random.choice(COUNTRIES)},
        {"cadence": random.choice((*PRESETS, "mine"))},
    )
    home.settings = replace(home.settings, **random.choice(changes))


def _write_beside(home: RandomHome, _: Workspace) -> None:
    """Write a method of the user's own, or proof points; both may be wrong."""
    preset = (PRESET_FILES / f"{home.random.choice(PRESETS)}.toml").read_text("utf-8")
    (home.home / "cadences").mkdir(exist_ok=True)
    name = home.random.choice(("cadences/mine.toml", "cadences/balanced.toml", "proof-points.txt"))
    texts = ("I ran streams\n", "The handbook is mine\n", "<b>\n") if name.endswith("txt") else (preset, preset, "oops")
    (home.home / name).write_text(home.random.choice(texts), "utf-8")


def _put_back_outbox(home: RandomHome, workspace: Workspace) -> None:
    """Copy the outbox aside, or bring an older copy back."""
    aside, path = home.home / "aside.sqlite3", workspace.store_path
    workspace.close()
    if aside.is_file() and home.random.random() < 0.5:
        for end in ("-wal", "-shm"):
            Path(f"{path}{end}").unlink(missing_ok=True)
        shutil.copyfile(aside, path)
    elif path.is_file():
        shutil.copyfile(path, aside)


def _spoil_outlines(home: RandomHome, _: Workspace) -> None:
    """Damage what is kept, remove it, or bring an older copy of it back."""
    for path in home.cache.rglob("*.json"):
        older = path.with_suffix(".older")
        if older.is_file() and home.random.random() < 0.6:
            shutil.copyfile(older, path)
        elif home.random.random() < 0.6:
            shutil.copyfile(path, older)
        else:
            path.write_text(home.random.choice(("", "{}", json.dumps([1]), path.read_text("utf-8")[:-9])), "utf-8")


Event = Callable[[RandomHome, Workspace], None]
_EVENTS: tuple[Event, ...] = (
    *(write_facts, write_facts, write_facts, _add_line, _remove_facts, _rename_facts),
    *(_queue, _queue, _send, _decide, _log),
    *(_pass_time, _pass_time, _pass_time, _set, _write_beside, _put_back_outbox, _spoil_outlines),
)
