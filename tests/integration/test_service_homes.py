"""A service for each home folder, side by side: one is never replaced or removed by another."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from service_samples import Tools

from followup_mail.background import cron, launchd, systemd, windows
from followup_mail.background.heartbeat import Heartbeat, write_heartbeat
from followup_mail.background.service_definition import NAME, Machine, Service, name_service
from followup_mail.cli import program
from followup_mail.cli.app import run
from followup_mail.cli.commands import service_commands

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the pretending tools are shell scripts")

KINDS = ["systemd", "launchd", "cron", "windows"]
TOOLS = ["systemctl", "launchctl", "crontab", "schtasks"]
OTHERS = b"# mine\n0 5 * * 1 echo \xff\n"
ACCOUNT = "FOLLOWUP_SMTP_HOST=mail.example\nFOLLOWUP_EMAIL=jo@example.com\n"

Homes = Callable[..., int]


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    """A machine with only pretending tools, and one user with the homes of two people and the default one."""
    for key in [key for key in os.environ if key.startswith(("FOLLOWUP_", "XDG_", "DBUS_"))]:
        monkeypatch.delenv(key)
    for key, value in {"HOME": tmp_path, "LOCALAPPDATA": tmp_path / "Local", "XDG_DATA_HOME": tmp_path}.items():
        monkeypatch.setenv(key, str(value))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr("time.sleep", lambda _: None)
    for module in ("service_status", "manage_service"):
        monkeypatch.setattr(f"followup_mail.services.accounts.{module}.find_fault", lambda _: "")
    for home in ("anna", "bo", NAME):
        (tmp_path / home).mkdir()
        (tmp_path / home / ".env").write_text(ACCOUNT)
    few = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    few.callback()(program.whole)
    service_commands.register(few)
    monkeypatch.setattr(program, "make_program", lambda *_: few)
    made = Tools(tmp_path / "bin")
    made.provide(*TOOLS)
    made.set_table(OTHERS)
    return made


@pytest.fixture
def at(tools: Tools, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Homes:
    """Run a command of the service for one home."""
    del tools

    def run_at(home: str, *words: str) -> int:
        capsys.readouterr()
        return run(["--home", str(tmp_path / home), "service", *words])

    return run_at


def _install(at: Homes, home: str, kind: str, *more: str) -> int:
    return at(home, "install", "--kind", kind, "--yes", *more)


def _homes(at: Homes, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    at("anna", "status", "--all", "--json")
    return {Path(one["home"]).name: one for one in json.loads(capsys.readouterr().out)}


def _install_as_before(kind: str, home: Path, tools: Tools, tmp_path: Path) -> None:
    """Install for a home as the version before did, when there was one name for all."""
    old, machine = Service("/opt/py", str(home)), Machine.of_user("linux", tmp_path, os.environ, os.getuid())
    if kind == "cron":
        tools.set_table(cron.with_block(OTHERS, old))
        return
    files = {
        "systemd": dict(
            zip(systemd.file_paths(machine), (systemd.write_service(old), systemd.write_timer(old)), strict=True)
        ),
        "launchd": {launchd.file_path(machine): launchd.write_agent(old)},
        "windows": {windows.file_path(machine): windows.write_task(old, "")},
    }[kind]
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-16" if kind == "windows" else "utf-8"))
    (tools.folder / f"active-{NAME}{'.timer' if kind == 'systemd' else ''}").touch()


@pytest.mark.parametrize("kind", KINDS)
def test_two_homes_side_by_side(at: Homes, kind: str, tools: Tools, capsys: pytest.CaptureFixture[str]) -> None:
    """The second home's service leaves the first one's as it is, and removing one leaves the other."""
    assert _install(at, "anna", kind) == 0
    assert _install(at, "bo", kind, "--every", "9") == 0
    assert {home: one["every_minutes"] for home, one in _homes(at, capsys).items()} == {"anna": 5, "bo": 9}
    assert at("anna", "remove", "--yes") == 0
    assert list(_homes(at, capsys)) == ["bo"]
    assert at("anna", "remove", "--yes") == 9
    assert at("bo", "remove", "--yes") == 0
    assert (tools.table, tools.active) == (OTHERS, set())


@pytest.mark.parametrize("kind", KINDS)
def test_an_old_one_for_this_home_is_replaced_in_place(
    at: Homes, kind: str, tools: Tools, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the version before installed for this home is replaced, not doubled, and can be removed."""
    _install_as_before(kind, tmp_path / "anna", tools, tmp_path)
    assert list(_homes(at, capsys)) == ["anna"]
    assert _install(at, "anna", kind, "--every", "9") == 0
    assert {home: one["every_minutes"] for home, one in _homes(at, capsys).items()} == {"anna": 9}
    at("anna", "status", "--all", "--json")
    assert len(json.loads(capsys.readouterr().out)) == 1
    assert at("anna", "remove", "--yes") == 0
    assert (tools.table, tools.active) == (OTHERS, set())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("home", ["bo", NAME])
def test_an_old_one_for_another_home_is_left_alone(
    at: Homes, kind: str, home: str, tools: Tools, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the version before installed for another home stays, even where the default home would have its name."""
    tmp_path = tools.folder.parent
    _install_as_before(kind, tmp_path / "anna", tools, tmp_path)
    assert _install(at, home, kind) == 0
    assert set(_homes(at, capsys)) == {"anna", home}
    assert at(home, "remove", "--yes") == 0
    assert list(_homes(at, capsys)) == ["anna"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_default_home_keeps_the_short_name(
    at: Homes, kind: str, tools: Tools, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has one home sees the same names as ever."""
    assert _install(at, NAME, kind) == 0
    assert _homes(at, capsys)[NAME]["name"] == NAME
    if kind == "cron":
        assert tools.table
        assert cron.begin_mark().encode() in tools.table


@pytest.mark.parametrize("kind", KINDS)
def test_all_are_removed_or_none(
    at: Homes, kind: str, tools: Tools, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`remove --all` asks first; when the second one cannot be removed, the first is there again."""
    for home in ("anna", "bo", NAME):
        _install(at, home, kind)
    before, active = tools.table, tools.active
    assert at("anna", "remove", "--all") == 8
    assert tools.table == before
    last = sorted([NAME, *(name_service(tmp_path / home) for home in ("anna", "bo"))])[-1]
    words = {
        "systemd": f"disable --now {last}",
        "launchd": f"bootout .*{last}",
        "cron": "^-$",
        "windows": f"/D.*{last}",
    }
    tools.refuse(TOOLS[KINDS.index(kind)], words[kind])
    assert at("anna", "remove", "--all", "--yes") == 1
    assert set(_homes(at, capsys)) == {"anna", "bo", NAME}
    assert (tools.table, tools.active) == (before, active)
    tools.relent(TOOLS[KINDS.index(kind)])
    assert at("anna", "remove", "--all", "--yes") == 0
    assert (tools.table, tools.active) == (OTHERS, set())


def test_status_names_the_others(at: Homes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`status` is about this home, and names the others; `--all` says of each when it last ran."""
    _install(at, "bo", "cron")
    now = datetime.now(UTC)
    write_heartbeat(tmp_path / "bo" / "log", Heartbeat(now, now, "2 sent"))
    assert at("anna", "status") == 1
    said = capsys.readouterr()
    assert f"not installed for {tmp_path / 'anna'}" in " ".join(said.out.split())
    assert f"for {tmp_path / 'bo'}" in " ".join(said.err.split())
    assert at("anna", "status", "--all") == 0
    assert "2 sent" in capsys.readouterr().out


def test_spoilt_lines_of_one_home_stop_only_that_home(
    at: Homes, tools: Tools, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lines in the crontab that somebody changed are refused for their home, and do not hinder another."""
    _install(at, "anna", "cron")
    assert tools.table
    tools.set_table(tools.table.replace(cron.end_mark(name_service(tmp_path / "anna")).encode(), b"# gone"))
    before = tools.table
    assert _install(at, "bo", "cron") == 0
    assert tools.table.startswith(before)
    assert _install(at, "anna", "cron") == 1
    assert "were changed" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["Anna Müller", "", "日本", "a" * 300, "50% $x", "../..", "-", "UPPER"])
def test_names_fit_every_scheduler(name: str) -> None:
    """A name is short, plain, readable where it can be, and another one for another folder."""
    one, other = name_service(Path("/homes") / name), name_service(Path("/elsewhere") / name)
    assert one != other
    assert len(one) < 50
    assert set(one) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
