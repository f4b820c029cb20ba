"""``add`` on a real terminal: short, with a way back; a paste is one answer, and Ctrl-C loses nothing."""

from __future__ import annotations

import os
import signal
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from desk import Desk

if sys.platform == "win32":  # pragma: no cover
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from pseudo_terminal import Terminal, start_on_terminal

JOB = {"Company?": "Acme", "Position": "Engineer", "Where are they?": "Denver", "When was": "2026-11-18 14:00"}
MET = {**JOB, "How long?": "an hour", "How was it held?": "in person"}
SIGNATURE = "Priya Raman\nHead of Data\n+1 312 555 0142\npriya@acme.example"


@pytest.fixture
def open_terminal(desk: Desk) -> Iterator[Any]:
    """Return a function that starts a command on a terminal; what still runs at the end is ended."""
    started: list[Terminal] = []

    def start(*arguments: str, **more: str) -> Terminal:
        started.append(start_on_terminal(desk, arguments, 80, more))
        return started[-1]

    yield start
    for terminal in started:
        if terminal.process:
            os.kill(terminal.process, signal.SIGKILL)
            terminal.end()


def _answer(terminal: Terminal, answers: dict[str, str]) -> None:
    for question, answer in answers.items():
        terminal.wait_for(question)
        terminal.type(f"{answer}\r")


def _facts(desk: Desk) -> dict[str, Any]:
    return tomllib.loads((desk.home / "applications" / "acme.toml").read_text("utf-8"))


@pytest.mark.parametrize("more", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_pasted_signature_is_one_answer(desk: Desk, open_terminal: Any, more: dict[str, str]) -> None:
    """Its lines do not answer the next questions, whatever the terminal can do, and what is understood is shown."""
    terminal = open_terminal("add", **more)
    _answer(terminal, MET)
    terminal.wait_for("Whom did you meet?")
    if more.get("TERM") == "dumb":
        terminal.type(f"{SIGNATURE}\n")
        terminal.wait_for("Enter when that was all")
        terminal.type("\n")
    else:
        terminal.type(f"\x1b[200~{SIGNATURE}\x1b[201~")
        terminal.wait_for("Priya Raman · Head of Data")
        terminal.type("\r")
    terminal.wait_for("Is Priya Raman the hiring manager?")
    terminal.type("y\r")
    terminal.wait_for("Notes on Priya Raman?")
    terminal.type("\x04")
    terminal.wait_for("Go on? [Y/n]")
    terminal.type("n\n")
    terminal.wait_for("Wrote")
    assert terminal.end() == 0
    [interview] = _facts(desk)["interviews"]
    [priya] = interview["people"]
    assert (interview["format"], interview["duration"]) == ("onsite", "1 h")
    assert (priya["title"], priya["phone"], priya["email"], priya["role"]) == (
        *("Head of Data", "+1 312 555 0142", "priya@acme.example", "hiring manager"),
    )
    assert "discussed" not in priya


def test_a_name_that_is_taken_is_refused_before_the_first_question(desk: Desk, open_terminal: Any) -> None:
    """So is one that cannot be a name; a transcript for an application that is there goes beside its facts."""
    desk.say("add", "--company", "Acme", "--role", "Engineer")
    (desk.folder / "talk.txt").write_text("Ada: the move to streaming starts in May.\n", "utf-8")
    for name, said in (("acme", "There is an application acme already."), ("St Brigid", 'Try "st-brigid".')):
        terminal = open_terminal("add", name)
        terminal.wait_for(said)
        assert terminal.end() != 0
    done = desk.run("add", "acme", "--notes", "talk.txt")
    assert done.returncode == 0
    assert "Kept your notes in" in done.stderr


def test_ctrl_c_and_on_again(desk: Desk, open_terminal: Any) -> None:
    """Ctrl-C says where the answers are; the next ``add`` goes on behind them, and then the draft is gone."""
    first = open_terminal("add")
    _answer(first, JOB)
    first.wait_for("How long?")
    first.type("\x03")
    first.wait_for("Your answers are kept in")
    assert first.end() == 130
    assert not (desk.home / "applications").exists()
    again = open_terminal("add")
    again.wait_for("Go on with what you began: Engineer at Acme? [Y/n]")
    again.type("\n")
    again.wait_for("How long?")
    again.type("\x1b[A")
    again.wait_for("2026-11-18 14:00")
    again.type("\r")
    _answer(again, {"How long?": "45"})
    again.wait_for("How was it held?")
    again.type("\x04")
    again.wait_for("Go on? [Y/n]")
    again.type("n\n")
    assert again.end() == 0
    assert _facts(desk)["interviews"][0]["start"] == "2026-11-18 14:00"
    assert sorted(path.name for path in desk.home.iterdir()) == ["applications", "undo"]


def test_an_ambiguous_option_is_asked_about(desk: Desk, open_terminal: Any) -> None:
    """On a terminal the readings are listed, and the command goes on with the one that is chosen."""
    desk.environment["FOLLOWUP_COUNTRY"] = "CA"  # where both orders are written
    terminal = open_terminal(
        "add", "--company", "Acme", "--role", "Engineer", "--applied", "5/6/2026", "--zone", "Portland"
    )
    terminal.wait_for("2 Friday 5 June 2026")
    terminal.type("2\n")
    terminal.wait_for("2 Portland, Maine")
    terminal.type("2\n")
    terminal.wait_for("Wrote")
    assert terminal.end() == 0
    assert (_facts(desk)["time_zone"], str(_facts(desk)["applied"])) == ("America/New_York", "2026-06-05")


def test_an_ambiguous_option_is_refused_in_a_script(desk: Desk) -> None:
    """Without a terminal both readings are named, and how to write each."""
    desk.environment["FOLLOWUP_COUNTRY"] = "CA"  # where both orders are written
    refused = desk.run("add", "--company", "Acme", "--role", "Engineer", "--applied", "5/6/2026")
    assert refused.returncode == 2
    assert "Wednesday 6 May 2026" not in refused.stdout
    assert 'could mean Wednesday 6 May 2026 or Friday 5 June 2026; write "2026-05-06" or "2026-06-05"' in refused.stderr


def test_a_title_behind_the_address_is_taken(desk: Desk) -> None:
    """It is no part of the name, wherever the address stands."""
    facts = ("--company", "Holt Clinic", "--role", "Nurse", "--zone", "America/Denver")
    added = desk.run("add", "holt", *facts, "--person", "Odin Lund <odin@holt.example>, Charge Nurse")
    assert "Took the name" not in added.stdout + added.stderr
    [person] = tomllib.loads((desk.home / "applications" / "holt.toml").read_text("utf-8"))["contacts"]
    assert (person["name"], person["title"], person["email"]) == ("Odin Lund", "Charge Nurse", "odin@holt.example")
