"""Run the command as a person would: a new home, an environment of its own, nothing shared."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from warm_process import WarmProcess

COMMAND = Path(sys.executable).with_name("followup-mail")
KEPT = re.compile(r"PATH|SYSTEMROOT|LANG|LC_ALL|TZ|LD_PRELOAD|FAKETIME\w*")
"""What a command gets of the surroundings of the tests: where programs are, the language, and the moment and zone that
somebody pretends (with the library faketime, see CONTRIBUTING.md)."""


@dataclass
class Desk:
    """Somebody's machine: a home, an environment, and the command."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    command: tuple[str | Path, ...] = (COMMAND,)
    installed: bool = False
    """Whether the installed command is started for each command, and not a copy of a process that is ready."""

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def run(self, *arguments: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """Run one command without a terminal; ``typed`` is its standard input."""
        environment = {**self.environment, **more}
        if not self.installed and self.command == (COMMAND,) and (ready := warm_process()):
            return ready.run(arguments, self.folder, environment, typed)
        return subprocess.run(
            [*self.command, *arguments],
            cwd=self.folder,
            env=environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def say(self, *arguments: str, **more: str) -> str:
        """Run a command that must succeed; return what it printed on stdout."""
        done = self.run(*arguments, **more)
        assert done.returncode == 0, f"{arguments}: exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def queue_for_now(self, *arguments: str) -> None:
        """Queue a mail for now, and let the minute pass in which it could be taken back: no test waits for that."""
        self.say("queue", *arguments, "--at", "now")
        self.let_the_minute_pass()

    def let_the_minute_pass(self) -> None:
        """Let whatever is queued be due."""
        passed = f"{datetime.now(UTC) - timedelta(seconds=1):%Y-%m-%dT%H:%M:%S.%fZ}"
        with closing(sqlite3.connect(self.home / "outbox.sqlite3")) as outbox:
            columns = "due_at = :at, ready_at = :at, next_attempt_at = NULL"
            outbox.execute(f"UPDATE entries SET {columns} WHERE state = 'queued'", {"at": passed})
            outbox.commit()

    def json(self, *arguments: str) -> Any:
        """Run a command that must succeed with ``--json``; return what it printed."""
        return json.loads(self.say(*arguments, "--json"))


@cache
def warm_process() -> WarmProcess | None:
    """Return the process that copies itself into commands; none where copies of a process are not to be had."""
    return WarmProcess(_kept()) if sys.platform == "linux" else None


def bare_environment(folder: Path) -> Mapping[str, str]:
    """Return an environment without anything of the person who runs the tests, whose desktop is to stay quiet."""
    own = {"HOME": str(folder), "FOLLOWUP_HOME": str(folder / "home"), "FOLLOWUP_NOTIFY": "no", "TMPDIR": str(folder)}
    return {**_kept(), **own}


def _kept() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if KEPT.fullmatch(key)}
