"""Installing, looking at and removing the service, with tools that only pretend: all of it or nothing, nothing else."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from service_samples import Tools

from followup_mail.background.heartbeat import Heartbeat, write_heartbeat
from followup_mail.background.service_definition import MARK, name_service
from followup_mail.cli import program
from followup_mail.cli.app import run
from followup_mail.cli.commands import service_commands
from followup_mail.workspace import Workspace

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the pretending tools are shell scripts")

KINDS = ["systemd", "launchd", "cron", "windows"]
TOOL = {"systemd": "systemctl", "launchd": "launchctl", "cron": "crontab", "windows": "schtasks"}
UNDOES = {"systemd": "[disable] [--now]", "launchd": "[bootout]", "cron": "", "windows": "[/Delete]"}
STARTS = {"systemd": "restart", "launchd": "bootstrap", "cron": "^-$", "windows": "/Create"}
SECRET = "hunter2-very-secret"
OTHERS = b"# mine\n0 5 * * 1 echo \xff\n"


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    """A machine of its own: a user's home with a space and a percent-free name, and only pretending tools."""
    user = tmp_path / "jo's machine"
    user.mkdir()
    for key in [key for key in os.environ if key.startswith(("FOLLOWUP_", "XDG_", "DBUS_"))]:
        monkeypatch.delenv(key)
    for key, value in {"HOME": user, "LOCALAPPDATA": user / "Local", "FOLLOWUP_HOME": user / "home"}.items():
        monkeypatch.setenv(key, str(value))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.chdir(tmp_path)
    made = Tools(tmp_path / "bin")
    made.provide(*TOOL.values())
    return made


@pytest.fixture(autouse=True)
def few_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the other commands: to make them anew for each test takes longer than the test."""
    few = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    few.callback()(program.whole)
    service_commands.register(few)
    monkeypatch.setattr(program, "make_program", lambda *_: few)


@pytest.fixture(autouse=True)
def believed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """To start Python in order to see whether it finds us takes its time; the tests named ``proven`` do it."""
    if "proven" not in request.fixturenames:
        for module in ("service_status", "manage_service"):
            monkeypatch.setattr(f"followup_mail.services.accounts.{module}.find_fault", lambda _: "")


@pytest.fixture
def proven() -> None:
    """Python is started to see whether it finds us."""


@pytest.fixture
def user(tmp_path: Path) -> Path:
    return tmp_path / "jo's machine"


@pytest.fixture
def ready(user: Path, tools: Tools) -> None:
    """Everything that sending needs stands in the home's ``.env``, a secret too."""
    del tools
    (user / "home").mkdir()
    settings = f"FOLLOWUP_SMTP_HOST=mail.example\nFOLLOWUP_EMAIL=jo@example.com\nFOLLOWUP_SMTP_PASSWORD={SECRET}\n"
    (user / "home" / ".env").write_text(settings)


def _snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file with its content, the home folder of ours aside."""
    files = (path for path in folder.rglob("*") if path.is_file() and "home" not in path.relative_to(folder).parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def _unit(user: Path, ending: str) -> Path:
    """Return where the unit of the usual home belongs."""
    return user / ".config" / "systemd" / "user" / f"{name_service(user / 'home')}.{ending}"


def _folders(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_dir() and path.name not in {"home", "log"}}


def _status(capsys: pytest.CaptureFixture[str]) -> Any:
    capsys.readouterr()
    run(["service", "status", "--json"])
    return json.loads(capsys.readouterr().out)


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("kind", KINDS)
def test_there_and_back(kind: str, tools: Tools, user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is installed is shown before, found by ``status``, and gone without a trace after ``remove``."""
    tools.set_table(OTHERS)
    assert run(["service", "install", "--kind", kind, "--every", "7", "--yes"]) == 0
    shown = capsys.readouterr().out
    for path, content in _snapshot(user).items():
        assert path in shown
        text = content.decode("utf-16" if kind == "windows" else "utf-8")
        assert all(line.strip() in shown for line in text.splitlines())
    standing = _status(capsys)
    (found,) = standing["services"]
    assert (found["kind"], found["every_minutes"], found["home"]) == (kind, 7, str(user / "home"))
    assert (standing["installed"], standing["well"], standing["wrong"]) == (True, True, [])
    assert run(["service", "remove", "--yes"]) == 0
    assert _snapshot(user) == {}
    assert tools.table == OTHERS
    assert tools.active == set()
    assert _status(capsys)["installed"] is False


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("kind", KINDS)
def test_installing_again_replaces(kind: str, tools: Tools, user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Installed twice, it is there once, as it was said the second time."""
    run(["service", "install", "--kind", kind, "--yes"])
    before = len(_snapshot(user))
    assert run(["service", "install", "--kind", kind, "--every", "30", "--yes"]) == 0
    assert len(_snapshot(user)) == before
    assert [one["every_minutes"] for one in _status(capsys)["services"]] == [30]
    assert (tools.table or b"").count(b"followup_mail") <= 1


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("kind", KINDS)
def test_no_secret_is_written(kind: str, tools: Tools, user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the files, nor the calls, nor what is shown hold the password."""
    run(["service", "install", "--kind", kind, "--yes"])
    said = "".join(capsys.readouterr()) + "".join(tools.calls) + repr(tools.table) + repr(_snapshot(user))
    said += repr([content.decode("utf-16") for content in _snapshot(user).values() if content[:2] == b"\xff\xfe"])
    assert "--background" in said
    assert SECRET not in said


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("kind", KINDS)
def test_a_tool_that_fails_leaves_nothing(
    kind: str, tools: Tools, user: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """When the scheduler refuses, one sentence says so, and no file, folder, line or registration is left."""
    tools.set_table(OTHERS)
    tools.refuse(TOOL[kind], STARTS[kind])
    folders = _folders(user)
    assert run(["service", "install", "--kind", kind, "--yes"]) == 1
    said = capsys.readouterr().err
    assert "no such luck" in said
    assert "Nothing was changed" in said
    assert _snapshot(user) == {}
    assert _folders(user) == folders
    assert tools.table == OTHERS
    assert any(UNDOES[kind] in call for call in tools.calls)


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("kind", ["systemd", "windows", "cron"])
def test_a_failed_change_leaves_the_old_one(
    kind: str, tools: Tools, user: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """When replacing fails, what was installed before is still installed, byte for byte."""
    run(["service", "install", "--kind", kind, "--yes"])
    before, table = _snapshot(user), tools.table
    tools.refuse(TOOL[kind], STARTS[kind])
    assert run(["service", "install", "--kind", kind, "--every", "30", "--yes"]) == 1
    assert (_snapshot(user), tools.table) == (before, table)
    # Once with the new text, once more with the old one.
    starts = [call for call in tools.calls if f"[{STARTS[kind].strip('^$')}]" in call]
    assert len(starts) == (2 if kind == "cron" else 3)
    tools.relent(TOOL[kind])
    assert _status(capsys)["services"][0]["every_minutes"] == 5


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("kind", KINDS)
def test_a_failed_removal_leaves_it(kind: str, tools: Tools, user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """When the scheduler does not let go, nothing is deleted, so that it can be tried again."""
    run(["service", "install", "--kind", kind, "--yes"])
    before, table = _snapshot(user), tools.table
    tools.refuse(TOOL[kind], {"systemd": "disable", "launchd": "bootout", "cron": "^-r$", "windows": "/Delete"}[kind])
    assert run(["service", "remove", "--yes"]) == 1
    assert (_snapshot(user), tools.table) == (before, table)
    assert "no such luck" in capsys.readouterr().err


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_tool_is_one_sentence(
    kind: str, tools: Tools, user: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A scheduler that is not on the machine is named, nothing is written, and another way is offered."""
    (tools.folder / TOOL[kind]).unlink()
    assert run(["service", "install", "--kind", kind, "--yes"]) == 1
    said = capsys.readouterr().err
    assert f"There is no {TOOL[kind]} on this machine." in said
    assert "run --watch" in said
    assert _snapshot(user) == {}


@pytest.mark.usefixtures("ready")
def test_without_a_terminal_nothing_is_done(tools: Tools, user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --yes and without somebody to ask, it is shown and not done."""
    assert run(["service", "install", "--kind", "systemd"]) == 8
    printed = capsys.readouterr()
    assert "ExecStart=" in printed.out
    assert "--yes" in printed.err
    assert _snapshot(user) == {}
    assert not any("enable" in call for call in tools.calls)


@pytest.mark.usefixtures("tools")
@pytest.mark.parametrize("setting", ["FOLLOWUP_SMTP_HOST", "FOLLOWUP_SMTP_PASSWORD", "FOLLOWUP_EMAIL"])
def test_settings_of_the_shell_alone_are_refused(
    setting: str, user: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What only the environment sets would be missing in the background: named, refused, and no value shown."""
    (user / "home").mkdir()
    needed = {"FOLLOWUP_SMTP_HOST": "mail.example", "FOLLOWUP_EMAIL": "jo@example.com"}
    needed["FOLLOWUP_SMTP_PASSWORD"] = SECRET
    for key, value in needed.items():
        monkeypatch.setenv(key, value)
    (user / "home" / ".env").write_text("FOLLOWUP_NAME=Jo\n")
    assert run(["service", "install", "--kind", "cron", "--yes"]) == 8
    said = capsys.readouterr().err
    assert setting in said
    assert SECRET not in said
    assert run(["service", "install", "--kind", "cron", "--yes", "--force"]) == 0
    assert run(["service", "status"]) == 1
    assert setting in capsys.readouterr().out


@pytest.mark.usefixtures("ready")
def test_settings_of_a_named_file_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An account named with --env-file would not be there in the background, and that is told."""
    named = tmp_path / "other.env"
    named.write_text("FOLLOWUP_EMAIL=other@example.com\nFOLLOWUP_SMTP_HOST=other.example\n")
    assert run(["--env-file", str(named), "service", "install", "--kind", "cron", "--yes"]) == 8
    assert "FOLLOWUP_SMTP_HOST" in capsys.readouterr().err


@pytest.mark.usefixtures("tools")
def test_without_a_mail_server_it_is_refused(user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A service without a mail server would look like one that sends; so it is refused."""
    assert run(["service", "install", "--kind", "cron", "--yes"]) == 8
    assert "FOLLOWUP_SMTP_HOST" in capsys.readouterr().err
    assert not (user / "home").exists()


@pytest.mark.usefixtures("ready")
def test_a_second_scheduler_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """One scheduler is enough: with another one the first is to be removed before."""
    run(["service", "install", "--kind", "cron", "--yes"])
    assert run(["service", "install", "--kind", "systemd", "--yes"]) == 8
    assert "installed already for this home folder, with cron" in capsys.readouterr().err


@pytest.mark.usefixtures("ready")
def test_a_file_of_the_user_is_not_touched(user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A unit of the same name that we did not write is neither overwritten nor removed."""
    place = _unit(user, "timer")
    place.parent.mkdir(parents=True)
    place.write_text("[Timer]\nOnBootSec=1\n")
    assert run(["service", "install", "--kind", "systemd", "--yes"]) == 1
    assert run(["service", "remove", "--yes"]) == 9
    assert "did not write it" in capsys.readouterr().err
    assert place.read_text() == "[Timer]\nOnBootSec=1\n"


@pytest.mark.usefixtures("ready", "tools")
@pytest.mark.parametrize("content", ["", f"# {MARK}\n"])
def test_a_link_is_not_followed(user: Path, tmp_path: Path, content: str) -> None:
    """A unit that is a link, as masked ones are, is left alone, and so is what it leads to."""
    target = tmp_path / "target"
    target.write_text(content)
    place = _unit(user, "service")
    place.parent.mkdir(parents=True)
    place.symlink_to(target)
    assert run(["service", "install", "--kind", "systemd", "--yes"]) == 1
    assert place.is_symlink()
    assert target.read_text() == content
    assert not place.with_suffix(".timer").exists()


@pytest.mark.usefixtures("ready", "tools")
def test_files_can_be_read_by_the_scheduler(user: Path) -> None:
    """The units are plain files for everybody to read, whatever was secret beside them."""
    run(["service", "install", "--kind", "systemd", "--yes"])
    for path in (user / ".config" / "systemd" / "user").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) & 0o777 == 0o644 & ~_umask()


@pytest.mark.usefixtures("ready", "proven")
def test_this_installation_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The Python that would be started finds this very followup-mail; what the shell adds is not there, nor counts."""
    (tmp_path / "elsewhere" / "followup_mail").mkdir(parents=True)
    (tmp_path / "elsewhere" / "followup_mail" / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "elsewhere"))
    assert run(["service", "install", "--kind", "cron", "--yes"]) == 0
    assert _status(capsys)["wrong"] == []


@pytest.mark.usefixtures("ready", "proven")
def test_an_installation_that_would_not_start_is_refused(
    tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Python that finds no followup-mail, or another one, is refused before anything is installed."""
    other = tmp_path / "python"
    for answer, said in (("exit 3", "does not find"), ("printf /elsewhere/followup_mail/__init__.py", "finds another")):
        other.write_text(f"#!/bin/sh\n{answer}\n")
        other.chmod(0o755)
        monkeypatch.setattr("sys.executable", str(other))
        assert run(["service", "install", "--kind", "cron", "--yes"]) == 1
        assert said in capsys.readouterr().err
    assert tools.table is None


@pytest.mark.usefixtures("ready", "proven")
def test_what_went_missing_is_told(user: Path, tools: Tools, capsys: pytest.CaptureFixture[str]) -> None:
    """A Python, a home or a registration that is gone is named by ``status``, with exit code 1."""
    del tools
    run(["service", "install", "--kind", "systemd", "--yes"])
    place = _unit(user, "service")
    (user / "home").rename(user / "moved")
    text = place.read_text()
    place.write_text(text.replace('ExecStart="/', 'ExecStart="/gone/').replace('ExecStart=:"/', 'ExecStart=:"/gone/'))
    next((user.parent / "bin").glob("active-*")).unlink()
    capsys.readouterr()
    assert run(["service", "status"]) == 1
    said = capsys.readouterr().out
    assert "The Python that it is to run is gone: /gone/" in said
    assert f"The home folder that it is for is gone: {user / 'home'}" in said
    assert "systemd does not start it" in said


@pytest.mark.usefixtures("ready", "tools")
def test_what_was_changed_by_hand_is_told(user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A unit that was changed so that it runs something else is told, and can be removed."""
    run(["service", "install", "--kind", "systemd", "--yes"])
    place = _unit(user, "service")
    place.write_text(place.read_text().replace('"run" "--background"', '"run"'))
    assert "was changed since" in _status(capsys)["wrong"][0]
    assert run(["service", "remove", "--yes"]) == 0
    assert not place.exists()


@pytest.mark.usefixtures("ready", "tools")
def test_last_and_next_run(user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``status`` says when it ran last and what came of it, and when it runs next."""
    run(["service", "install", "--kind", "systemd", "--yes"])
    assert _status(capsys)["last_run"] is None
    now = datetime.now(UTC)
    write_heartbeat(user / "home" / "log", Heartbeat(now, now, "2 sent"))
    standing = _status(capsys)
    assert standing["last_run"] == {"started_at": now.isoformat(), "ended_at": now.isoformat(), "said": "2 sent"}
    assert standing["next_run_at"] == "2026-11-18T15:05:00+00:00"
    write_heartbeat(user / "home" / "log", Heartbeat(now, now, "No mail server is set", is_well=False))
    assert "broke off: No mail server is set" in _status(capsys)["wrong"][0]


@pytest.mark.usefixtures("ready", "tools")
def test_a_service_that_never_ran_is_told(user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Installed for an hour and not run once is not well: cron itself may be missing."""
    run(["service", "install", "--kind", "cron", "--yes"])
    assert _status(capsys)["wrong"] == []
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    write_heartbeat(user / "home" / "log", Heartbeat(hour_ago, hour_ago, is_run=False))
    assert "has not run once" in _status(capsys)["wrong"][0]


@pytest.mark.usefixtures("tools")
def test_a_password_command_gets_the_path(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a command gives the password, today's PATH is written down for it, and for nothing else."""
    (user / "home").mkdir()
    settings = "FOLLOWUP_SMTP_HOST=mail.example\nFOLLOWUP_SMTP_PASSWORD_COMMAND=pass show mail\n"
    (user / "home" / ".env").write_text(settings)
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}:/opt/pass 100%")
    run(["service", "install", "--kind", "systemd", "--yes"])
    text = _unit(user, "service").read_text()
    assert f'Environment="PATH={os.environ["PATH"].replace("%", "%%")}"' in text


@pytest.mark.usefixtures("ready")
def test_the_log_says_so(user: Path) -> None:
    """Installing and removing leaves a line each in the log."""
    run(["service", "install", "--kind", "cron", "--yes"])
    run(["service", "remove", "--yes"])
    log = (Workspace.from_surroundings().log_folder / "followup-mail.log").read_text()
    assert "service installed with cron" in log
    assert "service removed from cron" in log


def test_odd_kinds_are_refused(tools: Tools, capsys: pytest.CaptureFixture[str]) -> None:
    """A scheduler that nobody knows is a wrong command line; the known ones are named."""
    assert run(["service", "install", "--kind", "anacron"]) == 2
    assert "systemd, launchd, cron, windows" in capsys.readouterr().err
    assert run(["service", "install", "--every", "90"]) == 2
    assert tools.calls == []


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
