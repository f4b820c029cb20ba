"""Wherever the output goes, and wherever it cannot go: nothing breaks, and nothing looks broken."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from desk import COMMAND, Desk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a shell as on POSIX")


def _in_shell(desk: Desk, line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"'{COMMAND}' {line}"],
        cwd=desk.folder,
        env=desk.environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("line", ["demo 2>&1 | head -1", "show nothing 2>&1 | true"])
def test_a_reader_that_goes_away_is_no_error(stranger: Desk, line: str) -> None:
    """Neither in the middle of a long output nor before an error message is there a trace on the screen."""
    done = _in_shell(stranger, line)
    assert done.returncode == (0 if "demo" in line else 9)
    assert done.stderr == ""


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&- <&-"])
def test_closed_streams_do_not_matter(interviewed: Desk, closed: str) -> None:
    """A mail is queued, and its outbox sound, when standard output is closed, as a careless scheduler leaves it."""
    done = _in_shell(interviewed, f"queue lumen thank_you {closed}")
    assert (done.returncode, done.stderr if ">&- 2" in closed else "") == (0, "")
    assert interviewed.json("outbox", "verify")["problems"] == []
    assert len(interviewed.json("outbox", "list")) == 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("command", ["--version", "settings"])
def test_a_full_disk_under_the_output_is_told(stranger: Desk, command: str) -> None:
    """When the output cannot be written, one sentence says so, without a traceback, and the exit code is not 0."""
    done = _in_shell(stranger, f"{command} > /dev/full")
    assert done.returncode == 6
    assert done.stderr.startswith("Something could not be read or written: No space left on device.")
    assert "Traceback" not in done.stderr
