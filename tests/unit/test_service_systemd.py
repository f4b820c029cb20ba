"""The units for systemd: read back as systemd reads them, whatever stands in the paths."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from service_samples import LINUX, ODD, SERVICE, SERVICES, heard

from followup_mail.background import systemd
from followup_mail.background.changes import Command, Delete, Write
from followup_mail.background.service_definition import Service
from followup_mail.errors import ServiceError


def _files(service: Service) -> dict[str, bytes]:
    return {
        "followup-mail.service": systemd.write_service(service).encode(),
        "followup-mail.timer": systemd.write_timer(service).encode(),
    }


def _line(text: str, key: str) -> str:
    (found,) = re.findall(rf"^{key}=(.*)$", text, re.MULTILINE)
    return str(found)


def test_what_is_run_and_where() -> None:
    """The service runs this installation's Python on this home, and a failed delivery is no failure of the service."""
    text = systemd.write_service(SERVICE)
    assert _line(text, "ExecStart") == (
        '"/opt/venv/bin/python" "-P" "-m" "followup_mail" "--home" "/home/jo/.local/share/followup-mail"'
        ' "run" "--background"'
    )
    assert _line(text, "WorkingDirectory") == "/home/jo/.local/share/followup-mail"
    assert _line(text, "SuccessExitStatus") == "7"
    assert "Environment" not in text


def test_a_run_missed_in_sleep_is_made_up_for() -> None:
    """The timer is persistent and goes by the calendar, since only then systemd makes up for missed runs."""
    text = systemd.write_timer(SERVICE)
    assert (_line(text, "OnCalendar"), _line(text, "Persistent")) == ("*:0/5", "true")


@pytest.mark.parametrize(("every", "when"), [(1, "*:0/1"), (7, "*:0/7"), (60, "*:00")])
def test_how_often(every: int, when: str) -> None:
    """The calendar says how often; systemd takes no step of 60 minutes, so that is the full hour."""
    assert _line(systemd.write_timer(Service("/p", "/h", every)), "OnCalendar") == when


def test_odd_paths_are_quoted() -> None:
    """Quotes and backslashes are escaped, percent signs doubled, and a dollar sign begins no variable."""
    text = systemd.write_service(ODD)
    command = _line(text, "ExecStart")
    assert command.startswith(':"/opt/My Apps/50%% $HOME é&<ü>/bin/python" ')
    assert '"/home/jo/it\'s \\"my\\" home\\\\100%% ${x} `id` ;&& -- ☃"' in command
    assert _line(text, "WorkingDirectory") == '/home/jo/it\'s "my" home\\100%% ${x} `id` ;&& -- ☃'
    assert _line(text, "Environment") == '"PATH=/a b:/c%%d"'


@pytest.mark.parametrize("home", ["/home/jo/ends in space ", "/home/jo/ends\\"])
def test_the_end_of_a_folder_is_kept(home: str) -> None:
    """A space at the end of the working folder is not trimmed, and a backslash does not go on in the next line."""
    assert _line(systemd.write_service(Service("/p", home)), "WorkingDirectory") == f"{home}/"


@given(SERVICES)
def test_any_service_is_read_back(service: Service) -> None:
    """What was written is read back as it was, one key a line, whatever the paths hold."""
    files = _files(service)
    assert systemd.read_files(files) == service
    assert all(re.match(r"[#\[]|[A-Z]\w+=|$", line) for text in files.values() for line in text.decode().split("\n"))


@pytest.mark.parametrize("executable", ['/opt/"q"/python', "/opt/o'clock/python", "/opt/back\\slash/python"])
def test_a_program_that_systemd_refuses_is_refused_before(executable: str) -> None:
    """systemd starts no program with quotes or backslashes in its path, so nothing is installed that cannot start."""
    with pytest.raises(ServiceError, match="quotes or backslashes"):
        systemd.plan_install(Service(executable, "/home/jo/x"), LINUX, was_there=False)


def test_the_order_of_installing_and_removing() -> None:
    """Files come before the commands that read them, and are deleted after the timer was stopped."""
    installing = systemd.plan_install(SERVICE, LINUX, was_there=False).changes
    assert [type(change) for change in installing] == [Write, Write, Command, Command, Command]
    words = [change.words[2] for change in installing if isinstance(change, Command)]
    assert words == ["daemon-reload", "enable", "restart"]
    removing = systemd.plan_removal(LINUX).changes
    assert [type(change) for change in removing] == [Command, Command, Delete, Delete, Command]


@pytest.mark.parametrize("gone", ["followup-mail.service", "followup-mail.timer"])
def test_half_of_it_is_not_read(gone: str) -> None:
    """Of a service without its timer, or the other way round, nothing is made up."""
    files = _files(SERVICE)
    del files[gone]
    assert systemd.read_files(files) is None


def test_times_are_read() -> None:
    """What systemd says about the timer becomes moments; what it does not say is left open."""
    said = b"ActiveState=active\nLastTriggerUSec=n/a\nNextElapseUSecRealtime=Wed 2026-11-18 15:05:00 UTC\n"
    assert systemd.read_times(heard(said)) == (True, None, datetime(2026, 11, 18, 15, 5, tzinfo=UTC))
    assert systemd.read_times(heard(b"garbage\xff")) == (False, None, None)
