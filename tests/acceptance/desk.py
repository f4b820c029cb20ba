"""Run the installed command as a person would: a new home, an environment of its own, nothing shared."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

COMMAND = Path(sys.executable).with_name("followup-mail")


@dataclass
class Desk:
    """Somebody's machine: a home, an environment, and the command."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    command: tuple[str | Path, ...] = (COMMAND,)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def run(self, *arguments: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """Run one command without a terminal; ``typed`` is its standard input."""
        return subprocess.run(
            [*self.command, *arguments],
            cwd=self.folder,
            env={**self.environment, **more},
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

    def json(self, *arguments: str) -> Any:
        """Run a command that must succeed with ``--json``; return what it printed."""
        return json.loads(self.say(*arguments, "--json"))


def bare_environment(folder: Path) -> Mapping[str, str]:
    """Return an environment without anything of the person who runs the tests, whose desktop is to stay quiet."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "LANG", "LC_ALL") if key in os.environ}
    own = {"HOME": str(folder), "FOLLOWUP_HOME": str(folder / "home"), "FOLLOWUP_NOTIFY": "no", "TMPDIR": str(folder)}
    return {**kept, **own}
