"""The icon that opens the page, on each system."""

from __future__ import annotations

import configparser
import shlex
from pathlib import Path

import pytest

from followup_mail.background.changes import Command, Write
from followup_mail.background.launcher import MARK, launcher_path, make_launcher
from followup_mail.background.service_definition import Machine
from followup_mail.errors import ServiceError

FOLDER = '/home/jo/my $jobs `x` "q" 100%\\n'
WORDS = ("/opt/py thon/bin/python", "-P", "-m", "followup_mail", "--home", FOLDER, "open")


def _machine(platform: str) -> Machine:
    return Machine.of_user(platform, Path("/home/jo"), {}, 1000)


def _file(platform: str, words: tuple[str, ...] = WORDS) -> Write:
    change = make_launcher(_machine(platform), words, Path("/opt/mark.svg")).changes[0]
    assert isinstance(change, Write)
    assert MARK in change.shown
    assert change.path == launcher_path(_machine(platform))
    return change


def _read_exec(value: str) -> list[str]:
    """Read an Exec line as the specification says: the string first, then each quoted word, then the field codes."""
    text = value.replace("\\\\", "\\")
    words, at = [], 0
    while at < len(text):
        assert text[at] == '"'
        word, at = "", at + 1
        while text[at] != '"':
            at += text[at] == "\\"
            word, at = word + text[at], at + 1
        words.append(word.replace("%%", "%"))
        at += 2
    return words


def test_a_desktop_entry_runs_what_was_meant() -> None:
    """Whatever a folder is called, the menu of a Linux desktop runs our command with it."""
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string(_file("linux").shown)
    assert _read_exec(entry["Desktop Entry"]["Exec"]) == list(WORDS)
    assert entry["Desktop Entry"]["Terminal"] == "false"


def test_a_script_of_macos_runs_what_was_meant() -> None:
    """The script on the desktop of macOS is a program, and its last line is our command."""
    change = make_launcher(_machine("darwin"), WORDS, Path("/opt/mark.svg")).changes[1]
    assert isinstance(change, Command)
    assert change.words[:2] == ("chmod", "+x")
    assert shlex.split(_file("darwin").shown.splitlines()[-1]) == ["exec", *WORDS]


def test_a_batch_file_holds_no_word_that_it_would_change() -> None:
    """On Windows a path that a batch file cannot hold is refused, and any other stands there as it is."""
    with pytest.raises(ServiceError, match="batch file"):
        _file("win32")
    plain = ("C:\\Program Files\\Python\\python.exe", "-m", "followup_mail", "open")
    assert '"C:\\Program Files\\Python\\python.exe" "-m"' in _file("win32", plain).shown


def test_no_launcher_holds_a_line_break() -> None:
    """A folder whose name would end the line is refused on every system."""
    for platform in ("linux", "darwin", "win32"):
        with pytest.raises(ServiceError):
            make_launcher(_machine(platform), ("/bin/python", "a\nb"), Path("/opt/mark.svg"))
