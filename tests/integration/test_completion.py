"""Pressing Tab: what a shell is told about applications, people, kinds, methods, rules and entries."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("followup-mail")
FACTS = """
company = "Lumen"
role = "Engineer"
[[interviews]]
start = "2026-11-18 10:00"
[[interviews.people]]
name = "Priya Raman"
email = "priya@lumen.example"
[[interviews.people]]
name = "Priya Shah"
[[contacts]]
name = "Kim Kim"
email = "k@lumen.example"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one sound application, one that is no TOML, and two entries."""
    (tmp_path / "applications").mkdir()
    (tmp_path / "applications" / "lumen-freight.toml").write_text(FACTS)
    (tmp_path / "applications" / "lumbago.toml").write_text("no facts")
    (tmp_path / "cadences").mkdir()
    (tmp_path / "cadences" / "my-own.toml").write_text("")
    with closing(sqlite3.connect(tmp_path / "outbox.sqlite3")) as outbox:
        outbox.execute("CREATE TABLE entries (id INTEGER, state TEXT)")
        outbox.execute("INSERT INTO entries VALUES (4, 'queued'), (12, 'sent')")
        outbox.commit()
    return tmp_path


def _tab(home: Path, line: str) -> list[str]:
    """Return what bash would offer at the end of a line."""
    environment = {**os.environ, "FOLLOWUP_HOME": str(home), "_FOLLOWUP_MAIL_COMPLETE": "complete_bash"}
    environment |= {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    done = subprocess.run([COMMAND], capture_output=True, text=True, env=environment, check=False)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("followup-mail preview lumen", ["lumen-freight"]),
        ("followup-mail preview lumen-freight thank", ["thank_you"]),
        ("followup-mail preview lumen-freight thank_you --to ", ["Raman", "Shah", "Kim"]),
        ("followup-mail outbox show ", ["12", "4"]),
        ("followup-mail check --ignore fm70", ["fm701", "fm702", "fm703", "fm704", "fm705", "fm706"]),
        ("followup-mail cadence show m", ["my-own"]),
        ("followup-mail templates show thank_you/short", ["thank_you/short_note"]),
    ],
)
def test_tab_offers_what_there_is(home: Path, line: str, offered: list[str]) -> None:
    """The words come from the user's own files and from the program's."""
    assert _tab(home, line) == offered


@pytest.mark.parametrize(
    "line",
    [
        "followup-mail preview lumbago thank_you --to ",
        "followup-mail preview nobody thank_you --to ",
        "followup-mail --home /nowhere/at/all preview ",
        "followup-mail --home /nowhere/at/all outbox show ",
        "followup-mail --home /dev/null preview ",
    ],
)
def test_tab_is_silent_about_what_is_wrong(home: Path, line: str) -> None:
    """A broken file, a home that is not there: nothing is offered, nothing is printed."""
    assert _tab(home, line) == []


def test_tab_makes_no_file(tmp_path: Path) -> None:
    """Asking for entries where there is no outbox does not make one."""
    assert _tab(tmp_path, "followup-mail outbox show ") == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_bash_itself_completes(home: Path) -> None:
    """The function that is installed for bash fills in the words."""
    script = (
        f'export PATH="{COMMAND.parent}:$PATH"; eval "$(_FOLLOWUP_MAIL_COMPLETE=source_bash followup-mail)"; '
        "COMP_WORDS=(followup-mail preview lumen); COMP_CWORD=2; "
        '_followup_mail_completion followup-mail; echo "${COMPREPLY[@]}"'
    )
    environment = {**os.environ, "FOLLOWUP_HOME": str(home)}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert (done.stdout.strip(), done.stderr) == ("lumen-freight", "")
