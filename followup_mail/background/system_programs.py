"""Run the system's own programs: without a shell, with a time-out, and with an answer that can be read."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from typing import Final

from followup_mail.background.changes import Command, CommandResult
from followup_mail.errors import ServiceError

LONGEST: Final = 30.0
"""Seconds."""
_READABLE: Final = {"LC_ALL": "C", "TZ": "UTC"}
# No console window flashes up for the tools of Windows.
_UNSEEN: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def run_tool(command: Command, *, longest: float = LONGEST, alone: Mapping[str, str] | None = None) -> CommandResult:
    """Run a program of the system once and return what it answered, whatever its exit code.

    ``alone`` replaces the whole environment. Raises ``ServiceError`` when the program is not there, cannot be run, or
    takes longer than so many seconds.
    """
    name = command.words[0]
    environment = {**(os.environ if alone is None else alone), **_READABLE, **dict(command.environment)}
    try:
        done = subprocess.run(  # noqa: S603  # fixed programs of the system, each argument by itself
            command.words,
            input=command.given,
            capture_output=True,
            env=environment,
            timeout=longest,
            check=False,
            creationflags=_UNSEEN,
        )
    except FileNotFoundError:
        raise ServiceError(f"There is no {name} on this machine.", fix=_other_ways()) from None
    except subprocess.TimeoutExpired:
        raise ServiceError(f"{name} did not answer within {longest:g} seconds.", fix="Try again later.") from None
    except OSError as error:
        raise ServiceError(f"{name} cannot be run: {error.strerror}.", fix=_other_ways()) from None
    return CommandResult(done.returncode, done.stdout, (_last_line(done.stderr) or _last_line(done.stdout)).rstrip("."))


def _last_line(said: bytes) -> str:
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    return "".join(one if one.isprintable() else " " for one in lines[-1])[:300] if lines else ""


def _other_ways() -> str:
    return "Choose another scheduler with --kind, or leave `followup-mail run --watch` running."
