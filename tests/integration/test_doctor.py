"""``doctor`` looks at what keeps mails from leaving beside the mail server: the service, and a password left open."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import trustme
from servers import FaultyServer, Sink, serve, server_context
from service_samples import Tools

from followup_mail.background.heartbeat import Heartbeat, write_heartbeat
from followup_mail.background.service_definition import SchedulerKind
from followup_mail.cli.commands.setup_commands import doctor, settings
from followup_mail.errors import SettingsError
from followup_mail.services.accounts.manage_service import install, propose_install
from followup_mail.services.accounts.setup_look import SetupCheck, Severity
from followup_mail.services.context.application_context import open_all
from followup_mail.services.health.doctor import LOOKS, check_setup
from followup_mail.settings.load_settings import defaults_for, load_settings
from followup_mail.workspace import Workspace

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the pretending tools are shell scripts")

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
SETTINGS = "FOLLOWUP_NAME=Jo\nFOLLOWUP_EMAIL=jo@example.com\nFOLLOWUP_TIME_ZONE=America/Chicago\n"
# Nothing listens there: the look at the server ends at once.
SERVER = "FOLLOWUP_SMTP_HOST=127.0.0.1\nFOLLOWUP_SMTP_PORT=1\nFOLLOWUP_SMTP_AUTH=none\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a cron that only pretends, and a home with settings."""
    for key in [key for key in os.environ if key.startswith(("FOLLOWUP_", "XDG_", "DBUS_"))]:
        monkeypatch.delenv(key)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.chdir(tmp_path)
    Tools(tmp_path / "bin").provide("crontab")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / ".env").write_text(SETTINGS + SERVER)
    for module in ("service_status", "manage_service"):  # starting Python to see whether it finds us takes its time
        monkeypatch.setattr(f"followup_mail.services.accounts.{module}.find_fault", lambda _: "")
    return tmp_path / "home"


def _workspace(home: Path) -> Workspace:
    return Workspace(load_settings({}, home), lambda: NOW)


def _install(home: Path, *, force: bool = False) -> None:
    workspace = _workspace(home)
    install(workspace, propose_install(workspace, SchedulerKind.CRON, 5, force))


def _look(home: Path, what: str = "service") -> SetupCheck:
    """Do this one look, and what it needs: all of them try every wording."""
    looks = [look for look in LOOKS if look.what == what]
    looks = [look for look in LOOKS if look.what in {look.needs for look in looks}] + looks
    (found,) = [check for check in check_setup(_workspace(home), looks=looks) if check.what == what]
    return found


def test_without_a_service_it_says_that_mails_wait_for_a_run_by_hand(home: Path) -> None:
    """Not installed is no fault; it is said plainly what that means, and what to type."""
    found = _look(home)
    assert found.ok
    assert "mails leave only when you start `followup-mail run` by hand" in found.said
    assert "followup-mail service install" in found.fix


def test_without_a_server_no_service_is_advised(home: Path) -> None:
    """Where no mail server is set, installing would be refused, so nobody is sent there."""
    (home / ".env").write_text(SETTINGS)
    found = _look(home)
    assert found.ok
    assert "service install" not in found.fix


def test_a_service_at_work_is_told_with_its_last_run(home: Path) -> None:
    """Installed and at work: with which scheduler, how often, and when it last ran with what result."""
    _install(home)
    write_heartbeat(home / "log", Heartbeat(NOW - timedelta(minutes=4), NOW - timedelta(minutes=4), "1 sent"))
    found = _look(home)
    assert (found.ok, found.doubtful, found.fix) == (True, False, "")
    assert found.said == "installed with cron, every 5 min; last run Wed 18 Nov 2026, 08:56: 1 sent"


def test_a_service_that_has_gone_quiet_is_doubtful(home: Path) -> None:
    """A last run that was too long ago is pointed out, with where to look on; the machine may have been off."""
    _install(home)
    write_heartbeat(home / "log", Heartbeat(NOW - timedelta(days=2), NOW - timedelta(days=2), "nothing due"))
    found = _look(home)
    assert (found.ok, found.doubtful) == (True, True)
    assert "longer ago than it should be" in found.said
    assert "followup-mail service status" in found.fix


def test_a_last_run_that_broke_off_is_a_fault(home: Path) -> None:
    """When the last run of the service failed, ``doctor`` fails with what it said, and names the log."""
    _install(home)
    broken = Heartbeat(NOW - timedelta(minutes=4), NOW - timedelta(minutes=4), "the outbox is damaged", is_well=False)
    write_heartbeat(home / "log", broken)
    found = _look(home)
    assert not found.ok
    assert "the outbox is damaged" in found.said
    assert str(home / "log") in found.fix


def test_a_service_that_would_deliver_nothing_is_a_fault(home: Path) -> None:
    """A service whose settings lack the mail server is no service."""
    _install(home)
    (home / ".env").write_text(SETTINGS)
    found = _look(home)
    assert not found.ok
    assert "nothing would be delivered" in found.said


def test_a_service_for_another_home_does_nothing_for_this_one(home: Path) -> None:
    """A service of another home folder does not let this one believe that its mails leave."""
    _install(home)
    other = home.parent / "other"
    other.mkdir()
    (other / ".env").write_text(SETTINGS + SERVER)
    found = _look(other)
    assert (found.ok, found.doubtful) == (True, True)
    assert str(home) in found.said
    assert "only when you start `followup-mail run` by hand" in found.said


def test_what_is_doubtful_is_marked_and_fails_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``doctor`` prints a doubtful finding with a mark of its own, with its next step, and exit code 0."""
    shown = SetupCheck("service", ok=True, said="asleep", fix="Wake it.", doubtful=True)
    monkeypatch.setattr("followup_mail.services.health.doctor.check_setup", lambda *_: iter([shown]))
    monkeypatch.setenv("FOLLOWUP_HOME", str(home))
    doctor()
    assert capsys.readouterr().out == "!!  service: asleep\n    Wake it.\n"


def test_a_password_that_others_can_read_is_pointed_out(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``doctor`` and ``settings`` name the file and the chmod to type; neither says more about the password."""
    (home / ".env").write_text(f"{SETTINGS}FOLLOWUP_SMTP_PASSWORD=hunter2\n")
    monkeypatch.setattr("followup_mail.settings.exposure.is_open", lambda *_: True)
    monkeypatch.setattr("followup_mail.cli.commands.setup_commands.open_workspace", lambda: _workspace(home))
    found = _look(home, "settings")
    settings()
    shown = capsys.readouterr()
    assert (found.ok, found.doubtful) == (True, True)
    assert f"{home / '.env'} contains your password" in found.said
    assert f"chmod 600 {home / '.env'}" in found.fix
    assert f"chmod 600 {home / '.env'}" in shown.err
    assert "hunter2" not in found.said + shown.out + shown.err


def test_an_unknown_zone_is_told_once_and_is_no_fault_of_the_facts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the machine has no zone and none is set, the settings are at fault; no list of what is due is made."""
    (home / ".env").write_text((SETTINGS + SERVER).replace("FOLLOWUP_TIME_ZONE=America/Chicago\n", ""))
    monkeypatch.setenv("TZ", "Middle Earth Time")
    found = {one.what: one for one in check_setup(_workspace(home))}
    assert "TZ" in found["settings"].said
    assert "FOLLOWUP_TIME_ZONE" in found["settings"].fix
    assert "TZ" not in found["facts"].said
    with pytest.raises(SettingsError, match="TZ"):
        open_all(_workspace(home))


def test_a_region_that_is_missing_is_named(home: Path) -> None:
    """A country whose holidays are kept by regions, and no region given: worth a look, with the file that is meant."""
    (home / "applications").mkdir()
    (home / "applications" / "thames.toml").write_text(
        'company = "Thames"\nrole = "Engineer"\ncountry = "GB"\ntime_zone = "Europe/London"\n'
        '[[interviews]]\nstart = "2026-11-18 10:00"\nduration = "1 h"\n'
        '[[interviews.people]]\nname = "Ada Moss"\nemail = "ada@thames.example"\n'
    )
    found = _look(home, "facts")
    assert found.ok
    assert found.doubtful
    assert "The UK has holidays by region" in found.fix
    assert "`followup-mail change thames --region ENG`" in found.fix


def _found(workspace: Workspace, unreadable: SettingsError | None = None) -> dict[str, SetupCheck]:
    return {one.what: one for one in check_setup(workspace, unreadable)}


def test_everything_broken_at_once_is_told_look_by_look(home: Path) -> None:
    """Settings that cannot be read and a damaged outbox: every look answers by itself, and none breaks."""
    (home / ".env").write_text("FOLLOWUP_NAM=Jo\n")
    (home / "outbox.sqlite3").write_bytes(b"no database at all, and longer than a header" * 9)
    (home / "cadences").mkdir()
    (home / "cadences" / "own.toml").write_text("nonsense")
    with pytest.raises(SettingsError) as raised:
        load_settings({}, home)
    found = _found(Workspace(defaults_for({}, home), lambda: NOW), raised.value)
    assert list(found) == [look.what for look in LOOKS]
    assert "FOLLOWUP_NAME" in found["settings"].said
    assert "is not a database" in found["database"].said
    assert "own.toml" in found["cadences"].said
    assert found["mail server"].said == "cannot be checked before that: settings"
    assert found["disk space"].ok
    assert not [one for one in found.values() if "the look itself broke" in one.said]


def test_a_newer_database_is_a_fault_of_its_own(home: Path) -> None:
    """A database of a newer version is named with both versions, and the outbox is not blamed for it."""
    with closing(sqlite3.connect(home / "outbox.sqlite3")) as outbox:
        outbox.execute("PRAGMA user_version = 999")
    found = _found(_workspace(home))
    assert "version 999" in found["database"].said
    assert "pip install --upgrade followup-mail" in found["database"].fix
    assert found["outbox"].said == "cannot be checked before that: database"


def test_a_full_disk_is_a_fault_and_a_nearly_full_one_a_warning(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How much is left decides."""
    severities = []
    for free in (1, 100, 10_000):
        usage = SimpleNamespace(free=free * 1024 * 1024)
        monkeypatch.setattr(
            "followup_mail.services.health.look_at_home.shutil.disk_usage", lambda _, usage=usage: usage
        )
        severities.append(_look(home, "disk space").severity)
    assert severities == ["fault", "warning", "ok"]


def test_what_is_set_twice_is_named_with_the_place_that_counts(home: Path) -> None:
    """The environment overrides the home's file, and ``doctor`` says so."""
    workspace = Workspace(load_settings({"FOLLOWUP_NAME": "Anna"}, home), lambda: NOW)
    said = _found(workspace)["settings"].said
    assert f"FOLLOWUP_NAME in {home / '.env'}:1 is not used, because the environment sets it too" in said


def test_a_name_without_address_keeps_the_login_from_being_blamed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the server's name is not found, that is the fault, and the login is not tried."""

    def lost(*_: object, **__: object) -> None:
        raise OSError("no such host")

    monkeypatch.setattr("followup_mail.delivery.server_look.socket.getaddrinfo", lost)
    found = _found(_workspace(home))
    assert "can't be found" in found["server name"].said
    assert found["mail server"].said == found["certificate"].said == "cannot be checked before that: server name"


def test_a_zone_that_is_not_this_machines_is_a_warning(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set for Chicago on a machine in Tokyo: said, with what to change."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    found = _look(home, "time zone")
    assert found.severity is Severity.WARNING
    assert "Asia/Tokyo" in found.said
    monkeypatch.setenv("TZ", "America/Chicago")
    assert _look(home, "time zone").severity is Severity.OK


def test_a_clock_that_was_put_back_is_noticed(home: Path) -> None:
    """A file that was written in the future of this clock tells that one of the two is wrong."""
    os.utime(home / ".env", (NOW.timestamp() + 86_400,) * 2)
    assert "later than this clock" in _look(home, "clock").said
    os.utime(home / ".env", (NOW.timestamp() - 86_400,) * 2)
    assert "can't be compared" in _look(home, "clock").said


@pytest.mark.parametrize(("minutes", "severity"), [(0, "ok"), (10, "warning"), (300, "fault")])
def test_the_clock_is_measured_by_a_greeting_with_a_date(home: Path, minutes: int, severity: str) -> None:
    """A server that writes the time into its greeting tells how wrong this clock is."""
    at = (NOW + timedelta(minutes=minutes)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    with FaultyServer({"greeting": f"220 mail.test ready at {at}"}).running() as port:
        (home / ".env").write_text(
            SETTINGS + SERVER.replace("PORT=1\n", f"PORT={port}\nFOLLOWUP_SMTP_SECURITY=plain\n")
        )
        os.utime(home / ".env", (NOW.timestamp(),) * 2)
        found = _look(home, "clock")
    assert found.severity == severity, found.said


@pytest.mark.parametrize(("days", "severity"), [(30, "ok"), (13, "warning")])
def test_a_certificate_that_ends_soon_is_a_warning(home: Path, days: int, severity: str) -> None:
    """The certificate is checked as for sending; one with less than fourteen days left is pointed out."""
    authority = trustme.CA()
    leaf = authority.issue_cert("127.0.0.1", not_after=datetime.now(UTC) + timedelta(days=days, hours=1))
    (home / "ca.pem").write_bytes(authority.cert_pem.bytes())
    with serve(Sink(), tls=server_context(leaf)) as port:
        lines = SERVER.replace("PORT=1\n", f"PORT={port}\nFOLLOWUP_SMTP_SECURITY=tls\n")
        (home / ".env").write_text(f"{SETTINGS}{lines}FOLLOWUP_SMTP_CA_FILE={home / 'ca.pem'}\n")
        found = _found(Workspace(load_settings({}, home)))
    assert found["certificate"].severity == severity, found["certificate"].said
    assert f"({days} days left)" in found["certificate"].said
    assert "logged in" in found["mail server"].said


def test_a_certificate_of_a_stranger_is_a_fault(home: Path) -> None:
    """A certificate that the program would not send under is a fault, however long it is valid."""
    with serve(Sink(), tls=server_context(trustme.CA().issue_cert("127.0.0.1"))) as port:
        lines = SERVER.replace("PORT=1\n", f"PORT={port}\nFOLLOWUP_SMTP_SECURITY=tls\n")
        (home / ".env").write_text(SETTINGS + lines)
        found = _look(home, "certificate")
    assert found.severity is Severity.FAULT
    assert "not trusted" in found.said
