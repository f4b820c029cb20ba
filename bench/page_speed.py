"""How long the page takes with a thousand applications: Today and the list, the first time and again.

Run it with ``python bench/page_speed.py [how many]``. It makes a home in a temporary folder: of ten applications
four are open, four have ended (two of these archived), one waits for an answer and one for an interview; of three, one
has had a contact. Questions are asked inside one process, as the page's server gets them, without the network. The peer
reads and parses the same files with ``tomllib``, and checks and plans nothing.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from followup_mail.cadence.step import Kind, StepId, Touch
from followup_mail.facts.application import Channel
from followup_mail.services.overview.application_list import list_applications
from followup_mail.services.overview.today import look_at_today
from followup_mail.services.overview.urgent_first import list_headlines
from followup_mail.web.frame.desk import Desk

NOW = datetime(2026, 12, 3, 15, 0, tzinfo=UTC)
SETTINGS = """\
FOLLOWUP_NAME="Jordan Example"
FOLLOWUP_EMAIL=jordan@example.com
FOLLOWUP_TIME_ZONE=America/Chicago
FOLLOWUP_COUNTRY=US
"""
PLACES = (
    ("US", "America/Chicago"),
    ("DE", "Europe/Berlin"),
    ("GB", "Europe/London"),
    ("JP", "Asia/Tokyo"),
    ("US", "America/New_York"),
)
ROUNDS = 5


def write_facts(folder: Path, number: int) -> None:
    """Write one application as ``add`` writes it."""
    country, zone = PLACES[number % len(PLACES)]
    day = (NOW - timedelta(days=1 + number % 40)).date()
    lines = [
        f'company = "Company {number}"',
        'role = "Data Engineer"',
        f'time_zone = "{zone}"',
        f'country = "{country}"',
        f"applied = {day - timedelta(days=20)}",
        'fit = ["I moved our nightly jobs to streaming last year and cut the delay to four minutes."]',
        'not_mentioned = ["I wrote the tool that replays late events."]',
    ]
    turn = number % 10
    if turn in {4, 5, 6, 7}:
        lines += [f"archived = {'true' if turn in {4, 5} else 'false'}", "[outcome]"]
        lines += [f'status = "{("rejected", "offer", "withdrawn")[number % 3]}"', f"on = {day + timedelta(days=1)}"]
    elif turn == 8:
        lines += ["[outcome]", 'status = "replied"', f"on = {day + timedelta(days=1)}"]
    if number % 2:
        lines += ["[said]", f"decision_by = {day + timedelta(days=14)}"]
    lines += ["[[contacts]]", 'name = "Rita Recruit"', f'email = "rita@company-{number}.example"', 'role = "recruiter"']
    if turn != 9:
        lines += ["[[interviews]]", f"start = {day}T10:30:00", 'duration = "45 min"']
        for name in ("Priya Raman", "Tom Okafor", "Mei Lin Zhao")[: 1 + number % 3]:
            email = f"{name.split()[0].lower()}@company-{number}.example"
            lines += ["[[interviews.people]]", f'name = "{name}"', f'email = "{email}"']
            lines += ['discussed = "the move to streaming"', 'convinced = "the calm way you told me about the outage"']
    (folder / f"company-{number}.toml").write_text("\n".join(lines) + "\n", "utf-8")


def make_home(home: Path, count: int) -> None:
    """Write all facts, the settings, and a contact with every third."""
    folder = home / "applications"
    folder.mkdir(parents=True)
    (home / ".env").write_text(SETTINGS, "utf-8")
    for number in range(count):
        write_facts(folder, number)
        os.utime(folder / f"company-{number}.toml", (1_780_000_000, 1_780_000_000))
    with Desk(home, clock=lambda: NOW).open() as workspace:
        for number in range(0, count, 3):
            step = StepId(f"company-{number}", Kind.THANK_YOU, 1, "priya-raman")
            workspace.store.log_touch(Touch(step, Channel.PHONE, NOW - timedelta(days=number % 40, hours=3)))


def show_today(desk: Desk) -> None:
    """Gather what the first page shows."""
    with desk.open() as workspace:
        list_headlines(workspace, look_at_today(workspace))


def show_list(desk: Desk) -> None:
    """Gather what the list of applications shows."""
    with desk.open() as workspace:
        list_applications(workspace)


def parse_only(folder: Path) -> None:
    """Read and parse the files, and nothing else."""
    for path in sorted(folder.iterdir()):
        tomllib.loads(path.read_text("utf-8"))


def time_once(work: Callable[[], object]) -> float:
    """Return the seconds of processor time that something takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Print times and ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        make_home(home, count)
        now = NOW
        time.sleep(2.5)  # a file that was changed a moment ago is not kept
        desk = Desk(home, clock=lambda: now)
        folder = home / "applications"
        peer = statistics.median(time_once(lambda: parse_only(folder)) for _ in range(ROUNDS))
        print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}; {count} applications")
        _say("tomllib: reads and parses the files", peer, peer)
        _say("Today, the first question of a process", time_once(lambda: show_today(desk)), peer)
        _say("Today again", statistics.median(time_once(lambda: show_today(desk)) for _ in range(ROUNDS)), peer)
        _say("Applications", statistics.median(time_once(lambda: show_list(desk)) for _ in range(ROUNDS)), peer)
        now += timedelta(minutes=1)
        _say("Today, a minute later", time_once(lambda: show_today(desk)), peer)
        changed = folder / "company-3.toml"
        changed.write_text(changed.read_text("utf-8") + "# changed\n", "utf-8")
        _say("Today, after one file was changed", time_once(lambda: show_today(desk)), peer)
        desk.renderer.close()


def _say(what: str, took: float, peer: float) -> None:
    print(f"{what:45} {took * 1e3:8.0f} ms {took / peer:8.2f} times tomllib")


if __name__ == "__main__":
    main()
