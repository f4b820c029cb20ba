"""A command that should print a password may do anything else: it is bounded, and what it prints stays unseen."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import pytest

from followup_mail.errors import SettingsError
from followup_mail.settings.load_settings import load_settings
from followup_mail.settings.password import find_password
from followup_mail.settings.password_command import Bounds, ask_command

NAME = "FOLLOWUP_SMTP_PASSWORD_COMMAND"
SHORT = Bounds(output=2_000, errors=2_000, seconds=30, after_end=0.05)


def ask(command: str, bounds: Bounds = SHORT) -> str:
    return ask_command(command, NAME, bounds)


def sh(script: str) -> str:
    return f"sh -c {shlex.quote(script)}"


def python(program: str) -> str:
    return f"{shlex.quote(sys.executable)} -c {shlex.quote(program)}"


@pytest.mark.parametrize(
    ("script", "password"),
    [
        ("echo 'pass word'; echo 'user: anna'", "pass word"),
        ("printf 'no line end'", "no line end"),
        ("printf 'dos line\\r\\nmore'", "dos line"),
        ("echo 'pässwörd ✓'; echo noise >&2", "pässwörd ✓"),
        ("printf '  spaces kept  \\n'", "  spaces kept  "),
    ],
)
def test_the_first_line_is_the_password(script: str, password: str) -> None:
    """The first line counts, without its end; standard error does not."""
    assert ask(sh(script)) == password


@pytest.mark.parametrize(
    "script",
    [
        "while :; do echo secret-words; done",
        "exec cat /dev/zero",
        "while :; do echo secret-words; done >&2",
        "while :; do echo secret-words; done | cat >&2",
        "echo pw; while :; do echo secret-words; done",
    ],
)
def test_output_without_end_is_cut_off(script: str) -> None:
    """A command that goes on printing, on either stream, is stopped, and nothing that it printed is shown."""
    with pytest.raises(SettingsError, match="far more than a password") as caught:
        ask(sh(script))
    assert NAME in caught.value.sentence
    assert "secret-words" not in caught.value.sentence + caught.value.fix


def test_a_child_left_behind_keeps_nobody_waiting(tmp_path: Path) -> None:
    """What a command leaves running holds its pipe open; the password is there all the same."""
    pipe = tmp_path / "until the test ends"
    os.mkfifo(pipe)
    child = f"cat {shlex.quote(str(pipe))} & "
    try:
        assert ask(sh(f"{child} echo pw")) == "pw"
        assert ask(sh(f"{child} printf pw")) == "pw"
    finally:
        with os.fdopen(os.open(pipe, os.O_RDWR | os.O_NONBLOCK)):
            pass


def test_a_command_that_never_ends_is_stopped() -> None:
    """After the time that it may take the command is killed, whether it printed something or not."""
    for program in ("import time; time.sleep(1000)", "import time; print('pw', flush=True); time.sleep(1000)"):
        with pytest.raises(SettingsError, match=r"longer than 0\.2 seconds"):
            ask(python(program), Bounds(seconds=0.2))


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("false", "exit code 1"),
        (sh("echo wrong-but-secret; exit 3"), "exit code 3"),
        ("true", "first line is empty"),
        (sh("echo; echo second-secret"), "first line is empty"),
        (sh(r"printf '\377\376 secret\n'"), "is not text"),
        (sh(r"printf 'se\000cret\n'"), "is not text"),
        ('pass "show secret', "never closed"),
        ("''", "names no program"),
        ("   ", "names no program"),
        ("no-such-program-here --token secret", "was not found"),
        ("/ secret", "permission denied"),
        ("a\0b secret", "NUL"),
    ],
)
def test_no_password_is_told_in_a_sentence(command: str, says: str) -> None:
    """Whatever goes wrong is one sentence that names the setting, with a next step, and shows no secret."""
    with pytest.raises(SettingsError, match=says) as caught:
        ask(command)
    assert NAME in caught.value.sentence
    assert caught.value.fix
    assert "secret" not in caught.value.sentence + caught.value.fix


def test_the_command_keeps_the_terminal() -> None:
    """It shares our standard input, session and process group, so that it can ask for a passphrase."""
    program = "import os; a = os.fstat(0); print(a.st_dev, a.st_ino, os.getsid(0), os.getpgid(0))"
    ours = os.fstat(0)
    assert ask(python(program)) == f"{ours.st_dev} {ours.st_ino} {os.getsid(0)} {os.getpgid(0)}"


def test_the_setting_is_asked_at_each_login(tmp_path: Path) -> None:
    """The command of the settings runs when the password is wanted, not before."""
    said = tmp_path / "said"
    environment = {"FOLLOWUP_SMTP_HOST": "smtp.example.com", NAME: f"cat {shlex.quote(str(said))}"}
    secret = find_password(load_settings(environment, tmp_path).settings, "anna")
    said.write_text("first\n")
    assert secret() == "first"
    said.write_text("second\n")
    assert secret() == "second"
