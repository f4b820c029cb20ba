"""How long each command takes from the shell, in a home with twenty applications; ratios against ``python -c pass``.

    python bench/cold_start.py            # the middle one of nine runs each
    python bench/cold_start.py --runs 3

CPU time of the whole process (user and system), since the wall clock of a busy machine says little.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

COMMAND = str(Path(sys.executable).with_name("followup-mail"))
COMMANDS = (
    ["--version"],
    ["--help"],
    ["queue", "--help"],
    ["settings"],
    ["list"],
    ["today"],
    ["show", "company-1"],
    ["plan", "company-1"],
    ["preview", "company-1", "thank_you", "--to", "ada", "--at", "now"],
    ["check", "company-1"],
    ["templates", "list"],
    ["outbox", "list"],
    ["run"],
)


def main() -> None:
    """Make a home, time every command, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        environment = make_home(Path(name))
        for arguments in COMMANDS:
            seconds, times = measure([COMMAND, *arguments], environment, runs)
            print(f"{'followup-mail ' + ' '.join(arguments):58} {seconds * 1000:6.0f} ms {times:6.1f} times")


def make_home(folder: Path) -> dict[str, str]:
    """Write twenty applications down; return the environment to work in."""
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("FOLLOWUP_")},
        "XDG_CACHE_HOME": str(folder / "cache"),
        "FOLLOWUP_HOME": str(folder / "home"),
        "FOLLOWUP_NAME": "Jordan Example",
        "FOLLOWUP_EMAIL": "jordan@example.com",
        "FOLLOWUP_PHONE": "+1 312 555 0142",
    }
    for number in range(1, 21):
        arguments = [
            "--company",
            f"Company {number}",
            "--role",
            "Engineer",
            "--zone",
            "Europe/Berlin",
            "--country",
            "DE",
        ]
        arguments += ["--start", "yesterday 14:00", "--duration", "45 min", "--discussed", "the way to streaming"]
        arguments += ["--person", f"Ada Lovelace <ada@company-{number}.example>; Head of Data; hiring manager"]
        subprocess.run([COMMAND, "add", *arguments], env=environment, check=True, capture_output=True)
    return environment


def measure(command: list[str], environment: dict[str, str], runs: int) -> tuple[float, float]:
    """Return the middle CPU time of a command, in seconds, and the middle ratio to ``python -c pass``.

    The two take turns, since a machine with other work on it changes its pace; the first turn does not count.
    """
    taken = []
    for _ in range(runs + 1):
        base = take([sys.executable, "-c", "pass"], environment)
        seconds = take(command, environment)
        taken.append((seconds, seconds / base))
    return median(seconds for seconds, _ in taken[1:]), median(times for _, times in taken[1:])


def take(command: list[str], environment: dict[str, str]) -> float:
    """Run a command; return its CPU time in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, check=False, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
