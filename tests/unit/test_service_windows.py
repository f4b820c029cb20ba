"""The task for Windows: XML that says what was meant, and a command line that programs there split as we do."""

from __future__ import annotations

import subprocess
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from service_samples import PATHS, SERVICE, WINDOWS

from followup_mail.background import windows
from followup_mail.background.changes import Command, Write
from followup_mail.background.service_definition import MARK, Service
from followup_mail.errors import ServiceError

SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
WINDOWS_PATHS = PATHS.filter(lambda path: "%" not in path and "$(" not in path)


def _task(service: Service) -> ElementTree.Element:
    return ElementTree.fromstring(windows.write_task(service, WINDOWS.user).encode("utf-16"))


def test_what_is_run_and_how_often() -> None:
    """The task runs this installation on this home, every so many minutes, as the user, also on battery."""
    task = _task(Service("C:\\Program Files\\Py & Co\\pythonw.exe", "C:\\Users\\jo\\it's <mine>", 15))
    said = {element.tag.removeprefix(SPACE): element.text for element in task.iter()}
    assert said["Command"] == "C:\\Program Files\\Py & Co\\pythonw.exe"
    assert said["Arguments"] == '-P -m followup_mail --home "C:\\Users\\jo\\it\'s <mine>" run --background'
    assert said["WorkingDirectory"] == "C:\\Users\\jo\\it's <mine>"
    assert (said["Interval"], said["UserId"], said["RunLevel"]) == ("PT15M", "PC\\jo & co", "LeastPrivilege")
    assert (said["StartWhenAvailable"], said["DisallowStartIfOnBatteries"]) == ("true", "false")


def test_the_file_is_utf_16_and_ours() -> None:
    """The file has the encoding that schtasks wants, begins with a byte order mark, and says who wrote it."""
    (write, create) = windows.plan_install(SERVICE, WINDOWS, was_there=False).changes
    assert isinstance(write, Write)
    assert write.content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    assert MARK in write.content.decode("utf-16")
    assert isinstance(create, Command)
    assert create.words == ("schtasks", "/Create", "/TN", "followup-mail", "/XML", str(write.path), "/F")


@given(st.builds(Service, WINDOWS_PATHS, WINDOWS_PATHS, st.integers(1, 60)))
def test_any_service_is_read_back(service: Service) -> None:
    """What was written is read back as it was, whatever the paths hold."""
    content = windows.write_task(service, WINDOWS.user).encode("utf-16")
    assert windows.read_files({"followup-mail-task.xml": content}) == service


@given(st.lists(st.text(st.sampled_from('\\" ab\t'), min_size=1, max_size=6), min_size=1, max_size=4))
def test_the_command_line_is_split_as_it_was_joined(words: list[str]) -> None:
    """Splitting undoes the standard library's joining, backslashes before quotes included."""
    assert windows.split_line(subprocess.list2cmdline(words)) == words


@pytest.mark.parametrize("home", ["C:\\Users\\jo\\%TEMP%", "C:\\100%", "C:\\$(Arg0)"])
def test_what_the_scheduler_would_change_is_refused(home: str) -> None:
    """A path in which the task scheduler would put something else is refused, since it knows no escape for it."""
    with pytest.raises(ServiceError, match="would change this path"):
        windows.write_task(Service("C:\\python.exe", home), "")


@pytest.mark.parametrize("content", [b"", b"<Task/>", b"\xff\xfe<", b'<?xml version="1.0"?><Task>'])
def test_a_spoilt_file_is_not_read(content: bytes) -> None:
    """A file that was changed so that it says nothing is no service, and no error."""
    assert windows.read_files({"followup-mail-task.xml": content}) is None
