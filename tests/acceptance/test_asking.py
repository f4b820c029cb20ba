"""Asked on a real terminal: the sentence grows while it is typed, and every answer is in the file at once."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk import Desk
from model_server import ModelServer, well

if sys.platform == "win32":  # pragma: no cover
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from pseudo_terminal import Terminal, start_on_terminal

FACTS = """\
company = "Lumen Freight"
role = "Data Engineer"     # as in the advert
time_zone = "America/Chicago"
country = "US"
fit = ["cut deploy time from 40 to 6 min"]

[[interviews]]
start = "2026-11-18 14:00"
duration = "45 min"

[[interviews.people]]
name = "Priya Raman"
email = "priya@lumen.example"
discussed = ["open abt the outage"]   # jotted

[[interviews.people]]
name = "Tom Okafor"
email = "tom@lumen.example"
"""


@pytest.fixture
def open_terminal(desk: Desk) -> Iterator[Any]:
    """Return a function that starts a command on a terminal; what still runs at the end is ended."""
    (desk.home / "applications").mkdir(parents=True)
    _file(desk).write_text(FACTS, "utf-8")
    started: list[Terminal] = []

    def start(*arguments: str, columns: int = 80, **more: str) -> Terminal:
        started.append(start_on_terminal(desk, arguments, columns, more))
        return started[-1]

    yield start
    for terminal in started:
        if terminal.process:
            os.kill(terminal.process, signal.SIGKILL)
            terminal.end()


def _file(desk: Desk) -> Path:
    return desk.home / "applications" / "lumen.toml"


def _people(desk: Desk) -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = tomllib.loads(_file(desk).read_text("utf-8"))["interviews"][0]["people"]
    return people


def test_the_sentence_grows_and_is_corrected(desk: Desk, open_terminal: Any) -> None:
    """A verb with -s is noticed while it is typed, Tab corrects it, and only the sentence is new in the file."""
    terminal = open_terminal("ask", "lumen", "--to", "priya")
    terminal.wait_for("a number takes it")
    terminal.type("1")
    terminal.wait_for("I liked that you")
    terminal.type("talks about the outage")
    terminal.wait_for("write *talk*")
    terminal.type("\t\r")
    terminal.wait_for("5 That is …")
    terminal.type("5")
    terminal.wait_for("Enter twice leaves it out")
    terminal.type("how I like to work\r")
    terminal.wait_for("(2 of 3)")
    terminal.wait_for("I liked that you talk about the outage. That is how I like to work.")
    terminal.type("\x03")
    terminal.wait_for("Kept 1 answer")
    assert terminal.end() == 0
    sentence = "I liked that you talk about the outage. That is how I like to work."
    assert _people(desk)[0]["moment"] == sentence
    lines = _file(desk).read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("moment")] == FACTS.splitlines()


def test_back_and_skip(desk: Desk, open_terminal: Any) -> None:
    """A skipped question stays open; going back leads to the list, and to the question before."""
    terminal = open_terminal("ask", "lumen", "--to", "tom")
    terminal.wait_for("(1 of 3)")
    terminal.type("1")
    terminal.wait_for("like: still serve")
    terminal.type("back\r")
    terminal.wait_for("7 in my own words")
    terminal.type("\x1b")
    terminal.wait_for("(2 of 3)")
    terminal.wait_for("a number takes it")
    terminal.type("\x1b[D")
    terminal.wait_for("(1 of 3)")
    terminal.wait_for("a number takes it")
    terminal.type("6")
    terminal.wait_for("Thank you for")
    terminal.type("your naïve question about Łódź — 東京\r\r")
    terminal.wait_for("It told me that")
    terminal.type("\r")
    terminal.wait_for("Enter again leaves it out")
    terminal.type("\r")
    terminal.wait_for("it is right as it is")
    terminal.type("3")
    terminal.wait_for("(2 of 3)")
    terminal.type("\x04")
    assert terminal.end() == 0
    assert "Łódź" in _people(desk)[1]["moment"]
    assert "link" not in _people(desk)[1]
    assert tomllib.loads(_file(desk).read_text("utf-8"))["as_they_are"] == [_people(desk)[1]["moment"]]


def test_enter_after_a_number_skips_nothing(desk: Desk, open_terminal: Any) -> None:
    """A number takes a beginning alone; Enter behind it says first that another one skips the question."""
    terminal = open_terminal("ask", "lumen", "--to", "tom")
    terminal.wait_for("a number takes it · or ↑↓ and Enter")
    terminal.type("1\r")
    terminal.wait_for("Enter again skips this question")
    terminal.type("wait")
    terminal.wait_for("It has stayed with me that you wait.")
    terminal.type("\x7f" * 4)
    terminal.wait_for("like: still serve")
    terminal.type("\r")
    terminal.wait_for("Enter again skips this question")
    terminal.type("\r")
    terminal.wait_for("(2 of 3)")
    terminal.type("\x03")
    assert terminal.end() == 0
    assert "moment" not in _people(desk)[1]


def test_the_joint_is_a_gap_and_escape_leaves_out_half(desk: Desk, open_terminal: Any) -> None:
    """A typed *so* is taken without a word, and Escape in an optional half keeps the rest of the answer."""
    terminal = open_terminal("ask", "lumen", "--to", "tom")
    terminal.wait_for("2 You …, …")
    terminal.type("2")
    terminal.wait_for("You >")
    terminal.type("showed me the yard\r")
    terminal.wait_for("You showed me the yard, >")
    terminal.type("so I know the way")
    terminal.wait_for("You showed me the yard, so I know the way.")
    assert "!" not in terminal.shown
    terminal.type("\r")
    terminal.wait_for("1 You would like …. I …, …")
    terminal.type("1")
    terminal.wait_for("You would like >")
    terminal.type("shorter queues\r")
    terminal.wait_for("I >")
    terminal.type("took ours from nine days to five\r")
    terminal.wait_for("Esc leaves this out")
    terminal.type("\x1b")
    terminal.wait_for("(3 of 3)")
    terminal.type("\x03")
    assert terminal.end() == 0
    assert _people(desk)[1]["moment"] == "You showed me the yard, so I know the way."
    assert _people(desk)[1]["link"].endswith("shorter queues. I took ours from nine days to five.")


def test_no_reason_asks_for_no_reason(desk: Desk, open_terminal: Any) -> None:
    """Told that they gave none, the questions go on without asking which it was, and back the same way."""
    _file(desk).write_text(FACTS + '[outcome]\nstatus = "rejected"\ntold = "called"\n', "utf-8")
    terminal = open_terminal("ask", "lumen")
    terminal.wait_for("Which reason did they give?")
    terminal.type("None.\r")
    terminal.wait_for("What is next")
    terminal.type("\x1b[D")
    terminal.wait_for("Which reason did they give?")
    terminal.type("\r")
    terminal.wait_for("What is next")
    terminal.type("\x03")
    assert terminal.end() == 0
    assert b"How would you grant" not in terminal.received
    assert terminal.received.count(b"Which reason did they give? None.") >= 1
    assert tomllib.loads(_file(desk).read_text("utf-8"))["outcome"]["reason"] == "None."


def test_forty_columns_without_colour(desk: Desk, open_terminal: Any) -> None:
    """On a narrow screen lines are broken between words; with NO_COLOR nothing is coloured."""
    terminal = open_terminal("ask", "lumen", "--to", "tom", columns=40, NO_COLOR="1")
    terminal.wait_for("Tom Okafor (1 of 3)")
    terminal.wait_for("goes back")
    assert not re.search(rb"\x1b\[[0-9;]*3[0-9]m", terminal.received)
    terminal.type("1")
    terminal.wait_for("It has stayed with me that you")
    terminal.type("wait\r")
    terminal.wait_for("7 nothing more")
    terminal.wait_for("goes back")
    terminal.type("7")
    terminal.wait_for("(2 of 3)")
    terminal.type("\x03")
    assert terminal.end() == 0
    assert _people(desk)[1]["moment"] == "It has stayed with me that you wait."


def test_whom_a_promise_is_for_is_picked_by_number(desk: Desk, open_terminal: Any) -> None:
    """A promise that names nobody is asked about with the people in a list; a number picks one."""
    typed = 'moment = "I liked that you wait."\nlink = "You wait. I wait."\noffer = "Could you wait?"\n'
    priya, tom = FACTS.split("[[interviews.people]]\n")[1:]
    people = f"[[interviews.people]]\n{priya}{typed}[[interviews.people]]\n{tom}{typed}"
    promised = '[[promised]]\nwhat = "case study"\nfile = "study.pdf"\n'
    _file(desk).write_text(f"{FACTS.split('[[interviews.people]]', maxsplit=1)[0]}{people}{promised}", "utf-8")
    terminal = open_terminal("ask", "lumen", "--for", "thank_you")
    terminal.wait_for("Whom did you promise it to?")
    terminal.wait_for("all of them")
    terminal.type("2")
    terminal.wait_for("Kept 1 answer")
    assert terminal.end() == 0
    assert b"Whom did you promise it to? Tom" in terminal.received
    assert tomllib.loads(_file(desk).read_text("utf-8"))["promised"][0]["to"] == "Tom Okafor"


def test_enter_behind_a_number_chooses_nobody(desk: Desk, open_terminal: Any) -> None:
    """An Enter typed with the number of one promise does not choose a person for the next."""
    promised = "".join(f'[[promised]]\nwhat = "the case study {at}"\nfile = "study{at}.pdf"\n' for at in (1, 2))
    _file(desk).write_text(FACTS + promised, "utf-8")
    terminal = open_terminal("ask", "lumen", "--for", "thank_you")
    for at in range(6):
        terminal.wait_for(f"({at + 1} of 8)")
        terminal.type("\x1b")
    terminal.wait_for("Your promise: the case study 1")
    terminal.type("2\r")
    terminal.wait_for("Your promise: the case study 2")
    terminal.type("3")
    terminal.wait_for("Kept 2 answers")
    terminal.end()
    kept = tomllib.loads(_file(desk).read_text("utf-8"))["promised"]
    assert [promise["to"] for promise in kept] == ["Tom Okafor", "everybody"]


def test_a_sentence_of_ours_can_be_taken_out(desk: Desk, open_terminal: Any) -> None:
    """Under the finished mail stands what we say for the user; a number leaves it out, Enter keeps the rest."""
    terminal = open_terminal("ask", "lumen", "--for", "status_inquiry")
    terminal.wait_for("Whom did they tell you to ask?")
    terminal.wait_for("a number takes it")
    terminal.type("1")
    terminal.wait_for("anything that you would not say?")
    terminal.wait_for("keep all of it")
    terminal.type("2")
    terminal.wait_for("Left out from now on")
    terminal.wait_for("keep all of it")
    terminal.type("\r")
    terminal.wait_for("See a mail with")
    assert terminal.end() == 0
    assert tomllib.loads(_file(desk).read_text("utf-8"))["leave_out"] == ["interest"]
    mail = desk.run("preview", "lumen", "status_inquiry", "--text").stdout
    assert "Priya" in mail or "Tom" in mail
    assert not re.search("keen|interested|very much", mail)


def test_an_answer_is_shown_again_to_keep_or_change(desk: Desk, open_terminal: Any) -> None:
    """With --again the sentence is marked in the list, below the others: Enter keeps it."""
    _file(desk).write_text(FACTS + 'moment = "I liked that you wait."\n', "utf-8")
    terminal = open_terminal("ask", "lumen", "--to", "tom", "--again")
    terminal.wait_for("› 8 keep: I liked that you wait.")
    terminal.wait_for("a number takes it")
    terminal.type("\r")
    terminal.wait_for("(2 of 3)")
    terminal.type("\x03")
    terminal.wait_for("Kept 0 answers")
    assert terminal.end() == 0
    assert _people(desk)[1]["moment"] == "I liked that you wait."


def test_a_dumb_terminal_is_asked_in_lines(desk: Desk, open_terminal: Any) -> None:
    """Where the terminal can do no more, numbers and lines do: the sentence and the remark are printed."""
    terminal = open_terminal("ask", "lumen", "--to", "tom", TERM="dumb")
    terminal.wait_for("Number (Enter skips")
    terminal.type("1\n")
    terminal.wait_for("It has stayed with me that you >")
    terminal.type("listens\n")
    terminal.wait_for("write *listen*")
    terminal.wait_for("Enter takes it")
    terminal.type("\n")
    terminal.wait_for("7 nothing more")
    terminal.wait_for("Number (Enter skips, back goes back):")
    terminal.type("7\n")
    terminal.wait_for("(2 of 3)")
    terminal.type("\x03")
    assert terminal.end() == 0
    assert _people(desk)[1]["moment"] == "It has stayed with me that you listen."


def test_a_preview_offers_to_ask_once(desk: Desk, open_terminal: Any) -> None:
    """A mail from notes alone is not shown before asking was offered; refused once, it is not offered again."""
    terminal = open_terminal("preview", "lumen", "thank_you", "--to", "priya")
    terminal.wait_for("Two questions make it yours: ask now? [Y/n]")
    terminal.type("n\n")
    terminal.end()
    assert b"Thank-you to Priya Raman" in terminal.received
    again = open_terminal("preview", "lumen", "thank_you", "--to", "priya")
    again.end()
    assert b"Thank-you to Priya Raman" in again.received
    assert b"ask now" not in again.received


def test_after_a_no_the_answer_is_asked_for(desk: Desk, open_terminal: Any) -> None:
    """``outcome APP rejected`` asks how it was told and what to answer, before the answer is drafted."""
    terminal = open_terminal("outcome", "lumen", "rejected", "--reason", "took s.o. w/ flink")
    terminal.wait_for("ask now? [Y/n]")
    terminal.type("\n")
    terminal.wait_for("How did they tell you? › 1")
    terminal.type("1")
    terminal.wait_for("your note: took s.o. w/ flink")
    terminal.type("3")
    terminal.wait_for("What is next")
    terminal.type("6")
    terminal.end()
    outcome = tomllib.loads(_file(desk).read_text("utf-8"))["outcome"]
    assert (outcome["told"], outcome["reason"]) == ("called", "took s.o. w/ flink")
    assert outcome["understood"] == "It makes sense to promote somebody from your own team."
    assert outcome["onward"] == "If another position opens, I would be glad to hear from you."


def test_without_a_terminal_nothing_is_asked(desk: Desk, open_terminal: Any) -> None:
    """A script is told how to go on; with --plain it types the answers itself."""
    assert desk.run("preview", "lumen", "thank_you", "--to", "priya").stdout
    refused = desk.run("ask", "lumen")
    assert refused.returncode == 8
    assert "--plain" in refused.stderr
    typed = "1\nlisten\n5\nhow I work, too\n\n\n"
    assert "Kept 1 answer" in desk.run("ask", "lumen", "--to", "priya", "--plain", typed=typed).stdout
    assert _people(desk)[0]["moment"] == "I liked that you listen. That is how I work, too."


def test_add_goes_on_with_the_sentences(desk: Desk, open_terminal: Any) -> None:
    """After the facts ``add`` asks for the sentences; ended with Ctrl-C there, facts and answers are kept."""
    terminal = open_terminal("add")
    answers = {
        "Company?": "Acme",
        "Position": "Engineer",
        "Where are they?": "",
        "When was the interview?": "2026-11-18 14:00",
        "How long?": "45",
        "How was it held?": "",
        "Whom did you meet?": "Ada Byron <ada@x.example>",
    }
    for question, answer in answers.items():
        terminal.wait_for(question)
        terminal.type(f"{answer}\r")
    terminal.wait_for("hiring manager?")
    terminal.type("\x04")
    terminal.wait_for("Go on? [Y/n]")
    terminal.type("\n")
    terminal.wait_for("a number takes it")
    terminal.type("2")
    terminal.wait_for("You >")
    terminal.type("listen\r")
    terminal.wait_for("You listen, >")
    terminal.type("so I know the way\r")
    terminal.wait_for("(2 of")
    terminal.type("\x03")
    terminal.wait_for("Wrote")
    assert terminal.end() == 0
    text = (desk.home / "applications" / "acme.toml").read_text("utf-8")
    assert tomllib.loads(text)["interviews"][0]["people"][0]["moment"] == "You listen, so I know the way."


def test_sentences_by_options(desk: Desk) -> None:
    """``add`` takes the sentences as options, for the person named before the colon."""
    desk.say(
        "add",
        *("--company", "Acme", "--role", "Engineer", "--start", "2026-11-18 14:00", "--duration", "45 min"),
        *("--person", "Ada Lovelace <ada@x.example>", "--person", "Tom Berg <tom@x.example>"),
        *("--moment", "ada: I liked that you wait.", "--link", "tom: You want fewer gaps. I closed ours."),
        *("--offer", "tom: Could you send me the list?"),
    )
    people = tomllib.loads((desk.home / "applications" / "acme.toml").read_text("utf-8"))["interviews"][0]["people"]
    assert people[0]["moment"] == "I liked that you wait."
    assert (people[1]["link"], people[1]["offer"]) == (
        "You want fewer gaps. I closed ours.",
        "Could you send me the list?",
    )


def test_a_writing_model_asks_behind_our_questions(desk: Desk, open_terminal: Any) -> None:
    """On the screen its question says who asks, the answer is in the file at once, and `--ours` leaves it out."""
    asked = "What did their openness about the outage tell you?"
    with ModelServer((well(json.dumps({"question": asked})),)).running() as server:
        model = {"FOLLOWUP_WRITER_URL": server.url, "FOLLOWUP_WRITER_MODEL": "tiny-writer"}
        without = open_terminal("ask", "lumen", "--to", "priya", "--for", "thank_you", "--ours", **model)
        _skip_ours(without)
        assert without.end() == 0
        assert not server.asked
        terminal = open_terminal("ask", "lumen", "--to", "priya", "--for", "thank_you", **model)
        _skip_ours(terminal)
        terminal.wait_for(asked)
        terminal.wait_for("asked by tiny-writer")
        terminal.type("mistakes are safe\r")
        terminal.wait_for("Kept 1 answer")
        terminal.end()
    person = tomllib.loads(_file(desk).read_text("utf-8"))["interviews"][0]["people"][0]
    assert person["discussed"] == ["open abt the outage", f"{asked} mistakes are safe"]
    assert "# jotted" in _file(desk).read_text("utf-8")


def _skip_ours(terminal: Any) -> None:
    for number in (1, 2, 3):
        terminal.wait_for(f"({number} of 3)")
        terminal.type("\x1b")
