"""A day at an office: its database set up, a home taken into it, commands for a candidate, the way back."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from desk import Desk
from office_server import OWNER, OfficeServer

FACTS = """company = "Lumen Freight"
role = "Data Engineer"
time_zone = "America/Chicago"

[[interviews]]
start = 2026-11-17T14:00:00-06:00
duration = "45 min"

[[interviews.people]]
name = "Zoë Raman"
email = "zoe.raman@lumen.example"
discussed = "the move to streaming"
moment = "I liked how openly you spoke about the outage in March, because it told me how you treat mistakes."
"""
SETTINGS = (
    'FOLLOWUP_NAME="Jo Example"\nFOLLOWUP_EMAIL=jo@example.com\nFOLLOWUP_TIME_ZONE=America/Chicago\n'
    "FOLLOWUP_SMTP_HOST=127.0.0.1\nFOLLOWUP_SMTP_PORT=9\nFOLLOWUP_SMTP_SECURITY=plain\nFOLLOWUP_SMTP_AUTH=none\n"
)


@pytest.fixture
def desk(office_server: OfficeServer, tmp_path: Path) -> Desk:
    """Somebody's machine, in an office whose database nobody has set up yet."""
    database = f"day_{os.getpid()}"
    office_server.sql(f"DROP DATABASE IF EXISTS {database}")
    office_server.sql(f"CREATE DATABASE {database} OWNER {OWNER}")
    for folder in ("run", "config", "user"):
        (tmp_path / folder).mkdir(mode=0o700)
    return Desk(
        tmp_path,
        {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path / "user"),
            "XDG_RUNTIME_DIR": str(tmp_path / "run"),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "FOLLOWUP_DATABASE_URL": office_server.url(database),
            "FOLLOWUP_DATABASE_OWNER_URL": office_server.url(database, OWNER),
            "FOLLOWUP_ACTOR": "bo@desk",
            "TZ": "UTC",
        },
    )


def make_home(folder: Path) -> Path:
    (folder / "applications").mkdir(mode=0o700, parents=True)
    (folder / "applications" / "lumen-freight.toml").write_text(FACTS, "utf-8")
    (folder / ".env").write_text(SETTINGS, "utf-8")
    (folder / ".env").chmod(0o600)
    folder.chmod(0o700)
    return folder


def test_a_day_at_an_office(desk: Desk) -> None:
    """From an empty database to a candidate's mails queued, taken back, and out of the office again."""
    desk.environment["FOLLOWUP_OFFICE_KEY"] = desk.say("office", "new-key").strip()
    assert "0001_office" in desk.say("office", "migrate")
    assert "say whose" in desk.run("today").stderr
    home = make_home(desk.folder / "Zoë")
    assert "1 application, 0 mails, 2 files" in desk.say("office", "import", str(home))
    assert json.loads(desk.say("office", "candidates", "--json")) == [{"number": 1, "name": "Zoë"}]

    def say(*words: str) -> str:
        return desk.say("--candidate", "zoë", *words)

    say("queue", "lumen-freight", "thank_you", "--at", "in 3 days 9:00", "--early", "they asked for it")
    assert "Zoë Raman" in say("outbox", "list")
    say("change", "lumen-freight", "--role", "Engineer")
    assert 'role = "Engineer"' in desk.say("office", "get", "zoë", "applications/lumen-freight.toml")
    say("undo", "--yes")
    assert 'role = "Data Engineer"' in desk.say("office", "get", "zoë", "applications/lumen-freight.toml")
    say("undo", "--yes")
    assert [entry["state"] for entry in json.loads(say("outbox", "list", "--all", "--json"))] == ["cancelled"]
    assert list((desk.folder / "run").iterdir()) == []
    desk.say("office", "export", "zoë", str(desk.folder / "out"), "--move")
    assert (desk.folder / "out" / "applications" / "lumen-freight.toml").read_text("utf-8") == FACTS
    assert desk.run("--candidate", "zoë", "today").returncode == 8


def test_what_is_for_one_machine_says_so(desk: Desk) -> None:
    """The page, the service and a watching run name the workers instead, and no sentence holds a password."""
    desk.environment["FOLLOWUP_OFFICE_KEY"] = "not a key: sesame"
    for words in (["open"], ["service", "status"], ["run", "--watch"]):
        done = desk.run(*words)
        assert (done.returncode, "followup-mail worker" in done.stderr) == (8, True), words
    assert "sesame" not in desk.run("--candidate", "ann", "today").stderr
    wrong = desk.run("office", "migrate", FOLLOWUP_DATABASE_URL="postgresql://u:sesame@/x y=")
    assert "sesame" not in wrong.stdout + wrong.stderr
