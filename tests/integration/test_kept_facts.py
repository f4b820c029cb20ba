"""What the page keeps between two questions: nothing that a command, an editor or the clock has changed since."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest
from changing import replace
from page_client import NOON, SETTINGS

from followup_mail.cadence.kept import Kept
from followup_mail.cadence.step import Kind, StepId, Touch
from followup_mail.facts import application_file, facts_folder
from followup_mail.facts.channels import Channel
from followup_mail.facts.facts_folder import FactsFolder
from followup_mail.facts.kept_facts import KeptFacts
from followup_mail.services.overview.application_list import list_applications
from followup_mail.services.overview.today import look_at_today
from followup_mail.web.frame.desk import Desk

FACTS = 'company = "{company}"\nrole = "Engineer"\n'
SETTLED = timedelta(hours=1)


def later() -> datetime:
    """A clock for which every file has been as it is for an hour."""
    return datetime.now(UTC) + SETTLED


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The short name of each file that is parsed."""
    found: list[str] = []

    def note(text: str, path: Path, slug: str) -> object:
        found.append(slug)
        return application_file.parse_application(text, path, slug)

    monkeypatch.setattr(facts_folder, "parse_application", note)
    return found


def _folder(tmp_path: Path, kept: KeptFacts | None) -> FactsFolder:
    folder = FactsFolder(tmp_path, kept=kept)
    folder.folder.mkdir(exist_ok=True)
    return folder


def test_an_unchanged_file_is_parsed_once(tmp_path: Path, parsed: list[str]) -> None:
    """However often it is asked for, alone or among all, and whoever else asks."""
    kept = KeptFacts(later)
    folder = _folder(tmp_path, kept)
    folder.create("acme", FACTS.format(company="Acme"))
    parsed.clear()
    first = folder.load("acme")
    assert folder.load("acme") is first
    assert _folder(tmp_path, kept).load_all() == ([first], [])
    assert parsed == ["acme"]


def test_a_file_changed_a_moment_ago_is_not_kept(tmp_path: Path) -> None:
    """An editor may save twice within one tick of the file system's clock: the second time is seen as well."""
    folder = _folder(tmp_path, KeptFacts(lambda: datetime.now(UTC)))
    path = folder.create("acme", FACTS.format(company="Acme"))
    for name in ("Bcme", "Ccme", "Dcme") * 5:
        path.write_text(FACTS.format(company=name), "utf-8")
        assert folder.load("acme").company == name


@pytest.mark.parametrize("way", ["in place", "another file", "older", "proof points", "gone", "not to be read"])
def test_every_change_is_seen_by_the_next_question(tmp_path: Path, way: str) -> None:
    """Whether it was written in place, put in its place, put back with its old time, or is no facts file any more."""
    kept = KeptFacts(later)
    folder = _folder(tmp_path, kept)
    path = folder.create("acme", FACTS.format(company="Acme"))
    assert folder.load("acme").company == "Acme"
    if way == "in place":
        path.write_text(FACTS.format(company="Bcme"), "utf-8")
        os.utime(path, ns=(1, path.stat().st_mtime_ns + 1))
    elif way in {"another file", "older"}:
        new = tmp_path / "new"
        new.write_text(FACTS.format(company="Bcme"), "utf-8")
        os.utime(new, ns=(1, path.stat().st_mtime_ns if way == "another file" else 1))
        new.replace(path)
    elif way == "proof points":
        (tmp_path / "proof-points.txt").write_text("I cut the delay to four minutes.\n", "utf-8")
        assert folder.load("acme").fit == ("I cut the delay to four minutes.",)
        return
    elif way == "gone":
        path.unlink()
    else:
        path.write_text("company =", "utf-8")
    anew = _folder(tmp_path, None)
    assert _read(folder) == _read(anew)


def _read(folder: FactsFolder) -> object:
    found, broken = folder.load_all()
    return found, [error.sentence for error in broken]


def test_what_changes_while_it_is_read_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that was read before a change never stands for the file after it."""
    folder = _folder(tmp_path, KeptFacts(later))
    path = folder.create("acme", FACTS.format(company="Acme"))

    def parse(text: str, where: Path, slug: str) -> object:
        monkeypatch.setattr(facts_folder, "parse_application", application_file.parse_application)
        path.write_text(FACTS.format(company="Something else"), "utf-8")
        return application_file.parse_application(text, where, slug)

    monkeypatch.setattr(facts_folder, "parse_application", parse)
    assert folder.load("acme").company == "Acme"
    assert folder.load("acme").company == "Something else"


@dataclass
class Days:
    """A home that somebody works in, by the page and by other programs."""

    home: Path
    random: Random
    now: datetime = NOON
    ticks: Iterator[int] = field(default_factory=lambda: count(1_700_000_000_000_000_000, 1_000_000))

    def write(self) -> None:
        """Write a facts file anew, in place or as another file."""
        folder = self.home / "applications"
        folder.mkdir(exist_ok=True)
        path = folder / f"co-{self.random.randrange(4)}.toml"
        place = path if self.random.random() < 0.5 else folder / ".new"
        place.write_text(self._draw(), "utf-8")
        os.utime(place, ns=(1, next(self.ticks)))
        place.replace(path)

    def _draw(self) -> str:
        day = (NOON - timedelta(days=self.random.randrange(15))).date()
        lines = ['company = "Acme"', 'role = "Engineer"', 'time_zone = "America/Chicago"']
        if self.random.random() < 0.1:
            lines.append("nonsense = 1")
        if self.random.random() < 0.2:
            lines += [self.random.choice(["paused = true", "archived = true", f"snoozed_until = {NOON.date()}"])]
        if self.random.random() < 0.3:
            status = self.random.choice(["replied", "rejected", "offer"])
            lines += ["[outcome]", f'status = "{status}"', self.random.choice(["", f"on = {day}"])]
        lines += ["[[contacts]]", 'name = "Rita"', 'email = "rita@agency.example"', 'role = "recruiter"']
        lines += ["[[interviews]]", f"start = {day}T10:00:00", 'duration = "45 min"', "[[interviews.people]]"]
        return "\n".join([*lines, 'name = "Tom Berg"', 'email = "tom@acme.example"', 'discussed = "streams"\n'])

    def remove(self) -> None:
        """Remove a facts file, as ``forget`` or a file manager does."""
        (self.home / "applications" / f"co-{self.random.randrange(4)}.toml").unlink(missing_ok=True)

    def log(self) -> None:
        """Log a call, as another process does."""
        step = StepId(f"co-{self.random.randrange(4)}", self.random.choice([*Kind][:3]), 1, "tom-berg")
        with Desk(self.home, clock=lambda: self.now).open() as workspace:
            workspace.store.log_touch(Touch(step, self.random.choice([*Channel]), self.now))

    def set(self) -> None:
        """Change the settings."""
        zone = self.random.choice(["America/Chicago", "Europe/Berlin"])
        text = SETTINGS.replace("America/Chicago", zone)
        method = self.random.choice(["balanced", "next-day"])
        (self.home / ".env").write_text(f"{text}FOLLOWUP_CADENCE={method}\n", "utf-8")

    def prove(self) -> None:
        """Change the proof points."""
        path = self.home / "proof-points.txt"
        path.write_text(self.random.choice(["", "I write streams.\n", "I moved teams to streams.\n"]), "utf-8")

    def wait(self) -> None:
        """Let time pass: an instant, an hour, days."""
        minutes = self.random.choice((0, 1, 30, 60, 60 * 14, 60 * 24 * 3))
        self.now += timedelta(minutes=minutes, seconds=self.random.randrange(2))


def _ask(desk: Desk) -> object:
    """Return what Today and the list of applications show."""
    with desk.open() as workspace:
        today, listed = look_at_today(workspace), list_applications(workspace, every=True)
    broken = [error.sentence for error in (*today.broken, *listed.broken)]
    return replace(today, broken=()), listed.lines, broken


@pytest.mark.parametrize("seed", range(3))
def test_today_is_the_same_with_and_without_what_is_kept(seed: int, tmp_path: Path, bare_surroundings: None) -> None:
    """Whatever is written, logged, set or removed by whomever, and however time passes."""
    days = Days(tmp_path, Random(seed))
    (tmp_path / ".env").write_text(SETTINGS, "utf-8")
    work: list[Callable[[], None]] = [days.write, days.write, days.remove, days.log, days.set, days.prove]
    with ExitStack() as stack:
        lasting = Desk(tmp_path, clock=lambda: days.now, kept=Kept(later))
        stack.callback(lasting.renderer.close)
        for _ in range(16):
            days.random.choice(work)()
            for _ in range(days.random.randrange(3)):
                days.wait()
                fresh = Desk(tmp_path, clock=lambda: days.now)
                assert _ask(lasting) == _ask(fresh)
                fresh.renderer.close()
