"""Run the system's own programs: without a shell, with a timeout, and in English so that their answer can be read."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from typing import Final

from followup_mail.background.changes import Command, CommandResult
from followup_mail.errors import ServiceError

TIMEOUT: Final = 30.0
"""Seconds."""
_READABLE: Final = {"LC_ALL": "C", "TZ": "UTC"}
# On Windows, open no console window.
_FLAGS: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_OTHER_WAYS: Final = "Choose another scheduler with --kind, or leave `followup-mail run --watch` running."


def run_program(
    command: Command, *, timeout: float = TIMEOUT, environment: Mapping[str, str] | None = None
) -> CommandResult:
    """Run a program once and return its result, whatever its exit code.

    ``environment`` replaces the current one. Raises ``ServiceError`` when the program is missing, cannot be run, or
    takes longer than ``timeout`` seconds.
    """
    name = command.words[0]
    variables = {**(os.environ if environment is None else environment), **_READABLE, **dict(command.environment)}
    try:
        done = subprocess.run(  # noqa: S603  # fixed programs of the system, each argument by itself
            command.words,
            input=command.stdin,
            capture_output=True,
            env=variables,
            timeout=timeout,
            check=False,
            creationflags=_FLAGS,
        )
    except FileNotFoundError:
        raise ServiceError(f"There is no {name} on this machine.", fix=_OTHER_WAYS) from None
    except subprocess.TimeoutExpired:
        raise ServiceError(f"{name} did not answer within {timeout:g} seconds.", fix="Try again later.") from None
    except OSError as error:
        raise ServiceError(f"{name} cannot be run: {error.strerror}.", fix=_OTHER_WAYS) from None
    return CommandResult(done.returncode, done.stdout, (_last_line(done.stderr) or _last_line(done.stdout)).rstrip("."))


def _last_line(output: bytes) -> str:
    lines = [line.strip() for line in output.decode("utf-8", "replace").splitlines() if line.strip()]
    return "".join(letter if letter.isprintable() else " " for letter in lines[-1])[:300] if lines else ""
