"""Every command, in a folder that somebody else filled: nothing in it is run, imported or taken for one's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from desk import Desk
from servers import FaultyServer

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the traps are scripts of POSIX")

MODULES = """
    sitecustomize usercustomize typing json jinja2 yagmail typer click rich pydantic holidays icalendar imapclient
    dotenv tzlocal tzdata platformdirs tomlkit email_validator keyring sqlite3 zoneinfo smtplib ssl pathlib
    logging subprocess tempfile webbrowser shlex shutil conftest
"""
PROGRAMS = """
    vi vim nano notepad.exe editor xdg-open www-browser firefox crontab systemctl loginctl notify-send
    powershell.exe schtasks.exe launchctl osascript pass python python3 sh locale uname
"""
OTHERS = {
    ".env": "FOLLOWUP_NAME=Trap\nFOLLOWUP_EMAIL=trap@example.com\nFOLLOWUP_SMTP_HOST=127.0.0.1\nFOLLOWUP_SMTP_PORT=9\n"
    "FOLLOWUP_SMTP_PASSWORD_COMMAND=./pass\n",
    "lumen": "Subject: Not yours\n\nHello",
    "pyproject.toml": "[tool.followup-mail]\nhome = '.'\n",
    "keyringrc.cfg": "[backend]\ndefault-keyring=trap.Trap\nkeyring-path=.\n",
    "outbox.sqlite3": "not a database",
    "applications/trap.toml": 'company = "Trap"\nrole = "Trap"\n',
    "applications/lumen.toml": "not = [toml",
    "templates/thank_you/trap.txt": "{{ trap }}",
    "cadences/default.toml": "not = [toml",
    "America/Chicago": "not a time zone",
    "calendar.json": "{",
}
COMMANDS = (
    ("list",),
    ("today",),
    ("show", "lumen"),
    ("plan", "lumen", "--compare"),
    ("preview", "lumen", "thank_you", "--wording", "mine"),
    ("preview", "lumen", "thank_you", "--open"),
    ("check", "lumen"),
    ("templates", "list"),
    ("cadence", "list"),
    ("script", "lumen", "--channel", "call"),
    ("calendar", "lumen", "plan.ics"),
    ("queue", "lumen", "thank_you", "--at", "now"),
    ("outbox", "list"),
    ("edit", "lumen"),
    ("outbox", "edit", "1"),
    ("run",),
    ("doctor",),
    ("service", "status"),
    ("rejected", "lumen"),
    ("outbox", "export", "exported"),
    ("outbox", "verify"),
    ("forget", "lumen", "--yes"),
    ("demo",),
)


def _fill(folder: Path, marks: Path) -> None:
    """Fill a folder with traps: each leaves a mark when it is run or imported."""
    marks.mkdir()
    for name in MODULES.split():
        text = f"open({str(marks / name)!r}, 'w')\nraise SystemExit('trapped')\n"
        (folder / f"{name}.py").write_text(text)
    for name in PROGRAMS.split():
        (folder / name).write_text(f"#!/bin/sh\n: > '{marks}/{name}'\n")
        (folder / name).chmod(0o755)
    for name, text in OTHERS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.fixture
def trapped(interviewed: Desk) -> Desk:
    """Somebody who works in such a folder, with PATH and PYTHONPATH that have a colon too many."""
    home = interviewed.folder / "user" / "home"
    home.parent.mkdir()
    shutil.move(interviewed.home, home)
    desk = Desk(interviewed.folder / "there", dict(interviewed.environment), installed=True)
    desk.folder.mkdir()
    mine = home / "templates" / "thank_you"
    mine.mkdir(parents=True)
    source = desk.say("templates", "show", "thank_you/short_note", FOLLOWUP_HOME=str(home))
    (mine / "mine.txt").write_text(source)
    _fill(desk.folder, interviewed.folder / "marks")
    desk.environment |= {
        "HOME": str(home.parent),
        "FOLLOWUP_HOME": str(home),
        "PATH": f":{os.environ['PATH']}",
        "XDG_CONFIG_HOME": ".",
        "XDG_DATA_HOME": ".",
    }
    return desk


def test_no_command_falls_into_a_trap(trapped: Desk) -> None:
    """All of them do their work as elsewhere, and nothing that lies there is run, imported or read as one's own."""
    for command in COMMANDS:
        done = trapped.run(*command)
        assert [one.name for one in (trapped.folder.parent / "marks").iterdir()] == [], command
        for word in ("rap", "Not yours", "Traceback", "mistake of its own"):
            assert word not in done.stdout + done.stderr, (command, done.stdout, done.stderr)
    assert not (trapped.folder / "log").exists()


def test_a_relative_command_for_the_password_is_not_looked_for_there(trapped: Desk) -> None:
    """The command in one's own settings runs in the home folder, so ``./pass`` is the one that lies there."""
    own = Path(trapped.environment["FOLLOWUP_HOME"]) / "pass"
    own.write_text("#!/bin/sh\necho my-password\n")
    own.chmod(0o700)
    account = {"FOLLOWUP_SMTP_HOST": "127.0.0.1", "FOLLOWUP_SMTP_SECURITY": "plain"}
    with FaultyServer({}).running() as port:
        account |= {"FOLLOWUP_SMTP_PORT": str(port), "FOLLOWUP_SMTP_PASSWORD_COMMAND": "./pass"}
        assert "logged in" in trapped.run("doctor", **account).stdout
    assert list((trapped.folder.parent / "marks").iterdir()) == []


def test_a_python_path_with_a_colon_too_many(trapped: Desk) -> None:
    """The process that renders one's own templates, and the command itself, do not look there for modules."""
    (trapped.folder / "sitecustomize.py").unlink()  # Python itself runs these before anything of ours
    (trapped.folder / "usercustomize.py").unlink()
    done = trapped.run("preview", "lumen", "thank_you", "--wording", "mine", PYTHONPATH=":/nowhere")
    assert list((trapped.folder.parent / "marks").iterdir()) == []
    assert done.returncode == 0, done.stderr


def test_the_module_looks_there_for_itself_alone(trapped: Desk) -> None:
    """``python -m followup_mail`` imports nothing from there once it runs; with -P Python does not before it either."""
    for name in ("sitecustomize", "usercustomize"):
        (trapped.folder / f"{name}.py").unlink()
    for options in (["-m"], ["-P", "-m"]):
        done = subprocess.run(
            [sys.executable, *options, "followup_mail", "preview", "lumen", "thank_you"],
            cwd=trapped.folder,
            env=trapped.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert list((trapped.folder.parent / "marks").iterdir()) == [], done.stderr
        assert done.returncode == 0, done.stderr
