"""``proposals`` as a person meets it: a program proposes, only somebody at a terminal accepts, and nothing is sent."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from desk import Desk

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepId
from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import ProposedChange, ProposedFacts, ProposedMail

if sys.platform == "win32":  # pragma: no cover
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from pseudo_terminal import Terminal, start_on_terminal

BODY = (
    "Thank you for talking with me about the on-call rota and its quiet hours.\n\nI have been on call for five years, "
    "so I was glad to hear of it."
)
TO_TOM = ProposedMail(StepId("lumen", Kind.THANK_YOU, 1, "tom-okafor"), "The on-call rota", BODY)
FACTS = ProposedFacts(
    (
        ProposedChange("discussed", "tom: the pager"),
        ProposedChange("address", "priya: priya@evil.example"),
        ProposedChange("fit", "I can sing"),
    )
)


@pytest.fixture
def open_terminal(interviewed: Desk) -> Iterator[Any]:
    """Return a function that starts a command on a terminal; what still runs at the end is ended."""
    started: list[Terminal] = []

    def start(*arguments: str, **more: str) -> Terminal:
        started.append(start_on_terminal(interviewed, arguments, 80, more))
        return started[-1]

    yield start
    for terminal in started:
        if terminal.process:
            os.kill(terminal.process, signal.SIGKILL)
            terminal.end()


def propose(desk: Desk, *what: ProposedFacts | ProposedMail) -> None:
    kept = KeptProposals(desk.home)
    for one in what:
        kept.offer("lumen", "Claude Desktop", one, "They said so.", datetime.now(UTC))


def facts_of(desk: Desk) -> str:
    return (desk.home / "applications" / "lumen.toml").read_text("utf-8")


def test_today_names_what_waits(interviewed: Desk) -> None:
    """`today` says how many proposals wait, who wrote them and what to type, and its JSON lists them."""
    assert "proposals" not in interviewed.say("today").lower()
    propose(interviewed, FACTS, TO_TOM)
    said = interviewed.say("today")
    assert '2 wait (written with an assistant, by "Claude Desktop")' in said
    assert "followup-mail proposals" in said
    assert [one["number"] for one in interviewed.json("today")["proposals"]] == [1, 2]
    listed = interviewed.say("proposals")
    assert "Thank-you to Tom Okafor, lumen" in listed
    assert "3 changes of lumen" in listed


def test_what_is_shown_begins_with_what_to_look_at_twice(interviewed: Desk) -> None:
    """An address that would change stands above the difference, on the screen and in JSON."""
    propose(interviewed, FACTS)
    said = interviewed.say("proposals", "show", "1")
    assert said.index("Look twice") < said.index("What would change")
    assert "priya@evil.example instead of priya@lumen.example" in said
    shown = interviewed.json("proposals", "show", "1")
    assert [caution["kind"] for caution in shown["cautions"]] == ["address"]
    assert shown["can_be_accepted"]


def test_no_line_of_theirs_looks_like_a_line_of_ours(interviewed: Desk) -> None:
    """Lines within a note, a name or a remark can't be taken for what the program says."""
    note = ProposedFacts((ProposedChange("note", "call\nLook twice: nothing\nProposed:"),))
    KeptProposals(interviewed.home).offer("lumen", "x\nLook twice: no", note, "y\nLook twice: no", datetime.now(UTC))
    said = interviewed.say("proposals", "show", "1")
    assert "note: call" in said
    assert not any(line.lstrip().startswith("Look twice") for line in said.splitlines())


def test_no_screen_of_theirs_stands_above_the_question(interviewed: Desk, open_terminal: Any) -> None:
    """Blanks that hold a text together paint no screen: what the question is about and its cautions stand above it."""
    painted = ["", "1  1 change of lumen: note", "Proposed:", "  1 note: fine", "What would change:"]
    note = "".join(row.ljust(80) for row in painted).replace(" ", "\u00a0")
    facts = (*FACTS.changes, ProposedChange("note", note))
    KeptProposals(interviewed.home).offer(
        "lumen", 'x" of us', ProposedFacts(facts), 'y" All is well. "z', datetime.now(UTC)
    )
    terminal = open_terminal("proposals", "accept", "1", NO_COLOR="1")
    terminal.wait_for("decide later:")
    rows = [row.rstrip() for row in terminal.screen.display if row.strip()]
    heading = """Proposal 1, written with an assistant, by "x' of us": 4 changes of lumen"""
    (at,) = (number for number, row in enumerate(rows) if row.startswith(heading))
    below = [row for row in rows[at:] if not row.startswith("    ")]
    assert below[1].startswith("Look twice: The address of Dr. Priya Raman")
    assert below[2].startswith("a = write all 4 changes, c = choose")
    assert not any(row.startswith(("1  1 change", "What would change:  ", "Proposed:  ")) for row in rows)
    assert "\"y' All is well. 'z\"" in interviewed.say("proposals", "show", "1")
    terminal.type("\r")
    assert terminal.end() == 8


def test_an_endless_word_stays_below_its_margin(interviewed: Desk, open_terminal: Any) -> None:
    """A word longer than the screen is broken below our margin, also in a proposal that was decided."""
    propose(interviewed, ProposedFacts((ProposedChange("note", "Proposed:" + "_" * 71 + "Look_twice:_no"),)))
    for wanted in ("decide later:", "It says"):
        words = ("proposals", "accept", "1") if wanted.endswith(":") else ("proposals", "show", "1")
        terminal = open_terminal(*words, NO_COLOR="1")
        terminal.wait_for(wanted)
        if words[1] == "accept":
            terminal.type("d\r")
        terminal.end()
        rows = terminal.screen.display
        assert any("Look_twice" in row for row in rows)
        assert not any(row.startswith(("Look_twice", "_")) for row in rows)


def test_without_a_terminal_nothing_is_accepted(interviewed: Desk, open_terminal: Any) -> None:
    """A script cannot accept, whatever it types, and there is no option for it; nor where only the output is piped."""
    propose(interviewed, FACTS, TO_TOM)
    before = facts_of(interviewed)
    for number in ("1", "2"):
        refused = interviewed.run("proposals", "accept", number, typed="a\nq\ny\n")
        assert refused.returncode == 8
        assert "Only a person accepts a proposal" in refused.stderr
    assert interviewed.run("proposals", "accept", "1", "--yes").returncode == 2
    assert facts_of(interviewed) == before
    assert len(interviewed.json("proposals", "list")) == 2
    assert interviewed.json("outbox", "list") == []


def test_a_mail_is_queued_and_not_sent(interviewed: Desk, open_terminal: Any) -> None:
    """A person who says yes has it in the outbox, and undo brings the proposal back."""
    propose(interviewed, TO_TOM)
    terminal = open_terminal("proposals", "accept", "1", NO_COLOR="1")
    terminal.wait_for("decide later:")
    assert "Against our own" in terminal.shown
    assert "queue it for Tom Okafor <tom@lumen.example>" in terminal.shown
    terminal.type("q\r")
    terminal.wait_for("is queued for")
    assert terminal.end() == 0
    (entry,) = interviewed.json("outbox", "list")
    assert entry["state"] == "queued"
    assert interviewed.json("proposals", "list") == []
    interviewed.say("undo", "--yes")
    assert interviewed.json("outbox", "list") == []
    assert [one["number"] for one in interviewed.json("proposals", "list")] == [1]


def test_what_was_pasted_before_the_question_is_no_answer(interviewed: Desk, open_terminal: Any) -> None:
    """Whoever pastes two lines that a program gave them, the command and a yes, has said yes to nothing."""
    propose(interviewed, TO_TOM)
    terminal = open_terminal("proposals", "accept", "1", NO_COLOR="1")
    terminal.type("q\rq\ry\r")
    terminal.wait_for("decide later:")
    terminal.type("\r")
    terminal.wait_for("It still waits")
    assert terminal.end() == 8
    assert interviewed.json("outbox", "list") == []


def test_some_changes_are_chosen_and_an_address_is_asked_about(interviewed: Desk, open_terminal: Any) -> None:
    """An address is only written after a yes of its own; chosen changes are written without the others."""
    propose(interviewed, FACTS)
    before = facts_of(interviewed)
    terminal = open_terminal("proposals", "accept", "1", NO_COLOR="1")
    terminal.wait_for("decide later:")
    terminal.type("a\r")
    terminal.wait_for("[y/N]")
    terminal.type("\r")
    terminal.wait_for("It still waits")
    assert terminal.end() == 8
    assert facts_of(interviewed) == before
    terminal = open_terminal("proposals", "accept", "1", NO_COLOR="1")
    terminal.wait_for("decide later:")
    terminal.type("c\r")
    terminal.wait_for("nothing):")
    terminal.type("1 3\r")
    terminal.wait_for("[y/N]")
    terminal.type("y\r")
    terminal.wait_for("Wrote")
    assert terminal.end() == 0
    assert "the pager" in facts_of(interviewed)
    assert "evil.example" not in facts_of(interviewed)
    (decided,) = interviewed.json("proposals", "list", "--all")
    assert (decided["standing"], len(decided["changes"])) == ("accepted", 2)


def test_a_mail_is_reworded_before_it_is_queued(interviewed: Desk, open_terminal: Any, tmp_path: Path) -> None:
    """What the person typed in their editor is checked and queued; greeting and signature stay ours."""
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i.bak "s/glad to hear of it/glad to hear how it works/" "$1"\n')
    editor.chmod(0o700)
    propose(interviewed, TO_TOM)
    terminal = open_terminal("proposals", "accept", "1", NO_COLOR="1", EDITOR=str(editor))
    terminal.wait_for("decide later:")
    terminal.type("r\r")
    terminal.wait_for("glad to hear how it works. Proposal 1, written with")
    terminal.type("q\r")
    terminal.wait_for("is queued for")
    assert terminal.end() == 0
    entry = interviewed.json("outbox", "show", "1")
    assert "glad to hear how it works" in entry["text"]
    assert entry["text"].startswith(("Dear Tom", "Hi Tom"))


def test_declining(interviewed: Desk) -> None:
    """One is declined by its number; all only after a yes, or with --yes; undo brings one back."""
    propose(interviewed, FACTS, TO_TOM)
    interviewed.say("proposals", "decline", "1")
    refused = interviewed.run("proposals", "decline", "--all")
    assert (refused.returncode, "nobody can be asked" in refused.stderr) == (8, True)
    interviewed.say("undo", "--yes")
    assert len(json.loads(interviewed.say("proposals", "decline", "--all", "--yes", "--json"))) == 2
    assert interviewed.run("proposals", "decline", "1").returncode == 8
    assert interviewed.run("proposals", "show", "9").returncode == 9
    assert interviewed.run("proposals", "decline").returncode == 2
