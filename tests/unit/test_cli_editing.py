"""Which editor can be used here, and what counts as a mail in one."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from followup_mail.cli.terminal.editor import choose_editor, needs_terminal, say_how_to_leave
from followup_mail.cli.views.edit_text import edit_until
from followup_mail.errors import RefusedError
from followup_mail.services.queueing.edit_session import split_mail


@pytest.mark.parametrize(
    "typed",
    [
        "Subject: Tea\nBcc: e@x.example\n\nThank you.\n",
        "Subject: Tea\nThank you.\n",
        "Subject: Tea\r\nBcc: e@x.example\r\n\r\nThank you.\r\n",
        "Subject: Tea\n and more\n\nThank you.\n",
        "Subject: Tea\n\n \n",
        "Thank you.\n",
    ],
)
def test_a_mail_without_an_empty_second_line_is_refused(typed: str) -> None:
    """Another header, or the text itself, right below the subject is a slip: it would stand in the mail."""
    with pytest.raises(RefusedError, match="then an empty line"):
        split_mail(typed)


@pytest.mark.parametrize("typed", ["Subject: Tea\n\nHi,\n\nyes.\n", "subject : Tea\r\n \r\n\r\nHi,\r\n\r\nyes."])
def test_a_mail_is_a_subject_an_empty_line_and_a_text(typed: str) -> None:
    """Line ends of any system, and blanks that nobody sees, are no slips."""
    assert split_mail(typed) == ("Tea", "Hi,\n\nyes.\n")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("no-such-editor-here --wait", "'no-such-editor-here' is not installed"),
        ("/dev/null", "is not installed"),
        ("'unfinished", "cannot be read"),
        ("nano-here -w", "'nano-here -w' needs a terminal"),
        (" \t", "neither VISUAL nor EDITOR is set"),
    ],
)
def test_an_editor_that_cannot_work(named: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The editor is named, and what to set; no file is made for it."""
    (tmp_path / "nano").write_text("#!/bin/sh\n")
    (tmp_path / "nano").chmod(0o700)
    (tmp_path / "nano-here").symlink_to(tmp_path / "nano")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("VISUAL", named)
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(RefusedError, match=said) as told:
        edit_until("old", ".toml", str)
    assert "EDITOR" in told.value.fix
    assert not list(tmp_path.glob("followup-*"))


@pytest.mark.parametrize(
    ("machine", "chosen", "said"),
    [
        ("linux vi nano", "nano", "Ctrl-X"),
        ("linux vi micro", "micro", "Ctrl-Q"),
        ("linux vi", "vi", ":q!"),
        ("darwin vi nano open", "nano", "Ctrl-X"),
        ("darwin vi open", "open", "Cmd-Q"),
    ],
)
def test_the_editor_that_nobody_chose(
    machine: str, chosen: str, said: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without VISUAL and EDITOR it is one that says how to leave it, and vi only where there is no other."""
    platform, *installed = machine.split()
    for name in installed:
        (here / name).write_text("#!/bin/sh\n")
        (here / name).chmod(0o700)
    monkeypatch.setattr("sys.platform", platform)
    command = choose_editor()
    assert command[0] == str(here / chosen)
    assert said in say_how_to_leave(command)
    monkeypatch.setenv("EDITOR", str(here / chosen))
    assert say_how_to_leave(choose_editor()) == ""


@pytest.mark.usefixtures("here")
def test_no_editor_at_all() -> None:
    """Where nothing is installed, what to install and what to set is said."""
    with pytest.raises(RefusedError, match="neither nano, pico, micro nor vi is installed") as told:
        choose_editor()
    assert "Install nano" in told.value.fix


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A terminal, no editor named, and a folder that holds all programs there are."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setattr("followup_mail.cli.terminal.editor._has_terminal", lambda: True)
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        "vi",
        "/usr/bin/vim.basic -u NONE",
        "nvim",
        "C:\\\\tools\\\\HX.EXE",
        "nano",
        "ed",
        "emacs -nw",
        "emacs-29.1 -nw",
        "emacs",
        "emacsclient -t",
        "env LANG=C vim",
        "sudo -E nano",
        "sh -c 'vim \"$1\"' --",
    ],
)
def test_editors_that_need_a_terminal(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are known by their names, with path, version or ending, and behind a program that starts them."""
    monkeypatch.setattr("followup_mail.cli.terminal.editor._has_display", lambda _: False)
    assert needs_terminal(shlex.split(command))


@pytest.mark.parametrize(
    "command",
    [
        "gvim -f",
        "vim -g",
        "vim -es",
        "ed -s",
        "code --wait",
        "subl -w",
        "gedit",
        "kate",
        "emacs",
        "emacsclient -c",
        "notepad.exe",
        "./my-editor.sh",
        "sed -i s/a/b/",
        "env FOO=1 code -w",
        "env",
    ],
)
def test_editors_that_need_none(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Editors with a window, scripts, and editors that are told to work by a script are left alone."""
    monkeypatch.setattr("followup_mail.cli.terminal.editor._has_display", lambda _: True)
    assert not needs_terminal(shlex.split(command))
