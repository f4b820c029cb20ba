"""The agent for launchd: a property list that says what was meant, whatever stands in the paths."""

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest
from hypothesis import given
from service_samples import MAC, ODD, SERVICE, SERVICES

from followup_mail.background import launchd
from followup_mail.background.changes import Command, Write
from followup_mail.background.service_definition import MARK, Service


def test_what_is_run_and_how_often() -> None:
    """The agent runs this installation on this home, at login and every so many seconds."""
    said = plistlib.loads(launchd.write_agent(SERVICE).encode())
    assert said["ProgramArguments"] == list(SERVICE.words)
    assert (said["WorkingDirectory"], said["StartInterval"], said["RunAtLoad"]) == (SERVICE.home, 300, True)
    assert "EnvironmentVariables" not in said


def test_path_is_handed_on_for_a_password_command() -> None:
    """The short PATH of launchd is replaced when a command gives the password."""
    assert plistlib.loads(launchd.write_agent(ODD).encode())["EnvironmentVariables"] == {"PATH": ODD.search_path}


def test_it_is_marked_as_ours() -> None:
    """The file says who wrote it."""
    assert MARK in launchd.write_agent(SERVICE)


@given(SERVICES)
def test_any_service_is_read_back(service: Service) -> None:
    """What was written is read back as it was, by Apple's format as the standard library knows it."""
    assert launchd.read_files({"followup-mail.plist": launchd.write_agent(service).encode()}) == service


@pytest.mark.parametrize("content", [b"", b"<plist", b"<plist><array/></plist>", b"\xff\xfe", b"bplist00"])
def test_a_spoilt_file_is_not_read(content: bytes) -> None:
    """A file that was changed so that it says nothing is no service, and no error."""
    assert launchd.read_files({"followup-mail.plist": content}) is None


def test_an_earlier_one_is_ended_first() -> None:
    """launchd takes no second agent of the name, so one that is loaded is ended before the new one starts."""
    place = Path("/Users/jo/Library/LaunchAgents/followup-mail.plist")
    fresh, again = (launchd.plan_install(SERVICE, MAC, was_loaded=loaded) for loaded in (False, True))
    start = ("launchctl", "bootstrap", "gui/501", str(place))
    stop = ("launchctl", "bootout", "gui/501/followup-mail")
    assert [change.words for change in fresh.changes if isinstance(change, Command)] == [start]
    assert [change.words for change in again.changes if isinstance(change, Command)] == [stop, start]
    assert isinstance(fresh.changes[0], Write)
    assert fresh.changes[0].path == place
