"""A queued mail in the user's editor: it waits meanwhile, and is not held for ever, whatever becomes of the editor.

The editor here is a script that reports through one pipe that it has begun, and waits at another until it is told what
to do.
"""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from desk import COMMAND, Desk

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")

RESCHEDULE = ("outbox", "reschedule", "1", "--at", "+1h", "--ignore", "FM")
_EDITOR = """#!{python} -SE
import os, sys
with open(sys.argv[1]) as file:
    text = file.read()
if not os.environ.get("TYPE_NOTHING"):
    with open(sys.argv[1], "w") as file:
        file.write(text + "P.S. Typed by hand.\\n")
os.write(os.open("began", os.O_WRONLY), b"!")
sys.exit(int(os.read(os.open("go", os.O_RDONLY), 1)))
"""


@dataclass
class Editor:
    """Somebody at a desk with one thank-you queued, whose editor does what it is told."""

    desk: Desk
    began: int
    go: int

    def open(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        """Start ``outbox edit 1``, and return when the editor is open."""
        gone, held_open = os.pipe()  # at its end when the process is
        process = subprocess.Popen(
            [COMMAND, *(arguments or ("outbox", "edit", "1"))],
            cwd=self.desk.folder,
            env={**self.desk.environment, **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            pass_fds=[held_open],
        )
        os.close(held_open)
        ready, _, _ = select.select([self.began, gone], [], [], 60)
        os.close(gone)
        assert self.began in ready, process.communicate()
        os.read(self.began, 1)
        return process

    def close(self, code: int = 0) -> None:
        """Let an editor that is open end with a code."""
        os.write(self.go, str(code).encode())

    def end(self, process: subprocess.Popen[str], code: int = 0) -> tuple[int, str]:
        """Let the editor that is open end with a code; return the exit code of the command, and what it said."""
        self.close(code)
        _, said = process.communicate()
        return process.returncode, said

    def kill(self, process: subprocess.Popen[str]) -> None:
        """End ``outbox edit`` where it stands; its editor is an orphan then, and is closed."""
        process.kill()
        process.wait()
        self.close()
        process.communicate()  # until the editor has ended too


@pytest.fixture
def editor(interviewed: Desk) -> Iterator[Editor]:
    desk = interviewed
    desk.say("queue", "lumen", "thank_you", "--to", "priya", "--at", "now")
    program = desk.folder / "editor"
    program.write_text(_EDITOR.format(python=sys.executable))
    program.chmod(0o700)
    for name in ("began", "go"):
        os.mkfifo(desk.folder / name)
    desk.environment["EDITOR"] = str(program)
    # Open for both, so that nothing waits for the other end.
    pipes = [os.open(desk.folder / name, os.O_RDWR) for name in ("began", "go")]
    yield Editor(desk, *pipes)
    for one in pipes:
        os.close(one)


def _held(desk: Desk) -> str:
    return str(desk.json("outbox", "show", "1")["held"])


def _left(desk: Desk) -> list[Path]:
    return sorted(desk.folder.glob("followup-*"))


def _text(desk: Desk) -> str:
    return str(desk.json("outbox", "show", "1")["text"])


def test_an_editor_that_ends_well(editor: Editor) -> None:
    """While it is open the mail waits and is held; when it is closed, the new words count and nothing is left over."""
    process = editor.open()
    assert _held(editor.desk) == "open in an editor"
    assert f"(process {process.pid})" in editor.desk.say("outbox", "list")
    assert editor.desk.json("run") == []
    assert editor.end(process)[0] == 0
    assert "Typed by hand" in _text(editor.desk)
    assert _held(editor.desk) == ""
    assert _left(editor.desk) == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_lifts_the_hold_and_keeps_what_was_typed(editor: Editor, number: int, code: int) -> None:
    """Ended by a signal, it closes the editor, lets the mail go on as it was, and names the file with the text."""
    process = editor.open()
    process.send_signal(number)
    _, said = process.communicate()
    assert process.returncode == code
    assert "Stopped; nothing was changed." in said
    kept = re.search(r"What you typed is in (\S+)", said)
    assert kept
    assert "Typed by hand" in Path(kept[1]).read_text()
    assert _held(editor.desk) == ""
    assert "Typed by hand" not in _text(editor.desk)
    # Who closed the terminal could not read that.
    again, said = editor.end(editor.open(TYPE_NOTHING="1"))
    assert again == 0
    assert f"What was typed there: {kept[1]}" in said


def test_a_signal_leaves_nothing_when_nothing_was_typed(editor: Editor) -> None:
    """Nothing typed, nothing kept: no file stays behind."""
    process = editor.open(TYPE_NOTHING="1")
    process.terminate()
    _, said = process.communicate()
    assert (process.returncode, _held(editor.desk), _left(editor.desk)) == (143, "", [])
    assert "typed" not in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_facts_in_the_editor_are_kept_too(editor: Editor, number: int) -> None:
    """``edit`` of the facts keeps what was typed in a file that is named, and leaves the facts as they were."""
    before = editor.desk.json("show", "lumen")
    process = editor.open("edit", "lumen")
    process.send_signal(number)
    _, said = process.communicate()
    assert process.returncode == 128 + number
    assert "Typed by hand" in Path(re.search(r"What you typed is in (\S+)", said)[1]).read_text()
    assert editor.desk.json("show", "lumen") == before


def test_a_second_editor_is_refused(editor: Editor) -> None:
    """While one has it open, another edit is refused and names the process; what is said does not depend on it."""
    process = editor.open()
    done = editor.desk.run("outbox", "edit", "1")
    assert done.returncode == 8
    assert f"#1 is open in another editor (process {process.pid})." in done.stderr
    assert editor.end(process)[0] == 0
    assert "Typed by hand" in _text(editor.desk)


def test_a_killed_editor_is_told_and_nothing_leaves(editor: Editor) -> None:
    """After SIGKILL the mail stays held and no run sends it; ``today`` says that the editor is gone, what to type."""
    editor.kill(editor.open())
    assert editor.desk.json("run") == []
    told = editor.desk.say("today")
    assert "is held: open in an editor that is gone" in told
    assert "followup-mail outbox edit 1, or followup-mail resume lumen" in told
    kept = re.search(r"What was typed there: (\S+)", told)
    assert kept
    assert "Typed by hand" in Path(kept[1]).read_text()


def test_the_next_edit_takes_over(editor: Editor) -> None:
    """Another edit takes over from one that was killed, says where the text of that is, and the mail goes on."""
    editor.kill(editor.open())
    process = editor.open(TYPE_NOTHING="1")
    code, said = editor.end(process)
    assert code == 0
    assert "An editor had #1 open and is gone." in said
    assert "What was typed there: " in said
    assert _held(editor.desk) == ""


@pytest.mark.parametrize(
    "command", [("outbox", "reschedule", "1", "--at", "+1h", "--ignore", "FM"), ("resume", "lumen")]
)
def test_the_users_word_lets_it_go_on(editor: Editor, command: tuple[str, ...]) -> None:
    """``reschedule`` and ``resume`` let a mail go on that a killed editor left held; the first says so."""
    editor.kill(editor.open())
    done = editor.desk.run(*command)
    assert done.returncode == 0, done.stderr
    assert _held(editor.desk) == ""
    assert command[0] == "resume" or "#1 was held by an editor that is gone; it is not held any more." in done.stderr


def test_a_living_editor_keeps_its_hold(editor: Editor) -> None:
    """``reschedule`` and ``resume`` do not lift the hold of an editor that is open; the first says what will."""
    process = editor.open(TYPE_NOTHING="1")
    done = editor.desk.run(*RESCHEDULE)
    assert done.returncode == 0
    assert f"#1 stays held: open in an editor (process {process.pid})." in done.stderr
    assert "It goes on when that editor is closed." in done.stderr
    assert f"#1 stays held: open in an editor (process {process.pid})." in editor.desk.run("resume", "lumen").stderr
    assert _held(editor.desk) == "open in an editor"
    assert editor.end(process)[0] == 0
    assert _held(editor.desk) == ""


def test_a_reply_outlives_the_editor(editor: Editor) -> None:
    """A reply that comes while the editor is open holds the mail when it is closed; so it does before and after."""
    process = editor.open(TYPE_NOTHING="1")
    editor.desk.say("outcome", "lumen", "replied")
    assert editor.end(process)[0] == 0
    assert _held(editor.desk) == "they replied"
    again = editor.open(TYPE_NOTHING="1")
    assert editor.end(again)[0] == 0
    done = editor.desk.run(*RESCHEDULE)
    assert "#1 stays held: they replied." in done.stderr
    assert "followup-mail resume lumen" in done.stderr
    assert _held(editor.desk) == "they replied"


@pytest.mark.parametrize("nothing", ["1", ""])
def test_an_editor_that_fails_is_an_error(editor: Editor, nothing: str) -> None:
    """A code other than 0 is exit code 8, typed or not; what was typed is in a file that is named; no hold is left."""
    process = editor.open(TYPE_NOTHING=nothing)
    code, said = editor.end(process, 3)
    assert code == 8
    assert "The editor ended with code 3, so nothing was changed." in said
    assert bool(_left(editor.desk)) is ("What you typed is in" in said) is not bool(nothing)
    assert _held(editor.desk) == ""


@pytest.mark.parametrize("command", [("edit", "lumen"), ("outbox", "edit", "1")])
def test_without_a_terminal(editor: Editor, command: tuple[str, ...]) -> None:
    """Without a terminal no editor of the terminal is started: an error in a sentence, exit code 8, nothing left."""
    program = editor.desk.folder / "vi"
    program.write_text("#!/bin/sh\ntouch started\n")
    program.chmod(0o700)
    for named in ("", str(program)):
        done = editor.desk.run(*command, EDITOR=named)
        assert done.returncode == 8
        assert "terminal" in done.stderr
    assert (_held(editor.desk), _left(editor.desk)) == ("", [])
    assert not (editor.desk.folder / "started").exists()
