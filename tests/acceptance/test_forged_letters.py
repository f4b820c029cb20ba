"""A no that somebody forged: it is recorded, and nobody's address changes and no stranger is answered unasked."""

from __future__ import annotations

from typing import Any

import pytest
from desk import Desk
from test_asking import FACTS, open_terminal  # noqa: F401 - the fixture

NO = "Hi Jordan,\n\nUnfortunately we have decided to go with another candidate.\n"
HEAD = "Subject: News\nMessage-ID: <no@theirs.example>\nMIME-Version: 1.0\n"
REPLY_TO = "From: Priya Raman <priya@lumen.example>\nReply-To: Priya Raman <priya@evil.example>\n"
FROM = "From: Priya Raman <priya@lumen-freight.example>\n"
STRANGER = "From: Eve Adler <eve@evil.example>\n"
TEAM = "From: Lumen Freight Careers <careers@evil.example>\n"


@pytest.fixture
def lumen(desk: Desk) -> Desk:
    """Somebody with one application."""
    (desk.home / "applications").mkdir(parents=True, exist_ok=True)
    (desk.home / "applications" / "lumen.toml").write_text(FACTS, "utf-8")
    return desk


def _facts(desk: Desk) -> str:
    return (desk.home / "applications" / "lumen.toml").read_text("utf-8")


def _letter(desk: Desk, head: str) -> str:
    (desk.folder / "no.eml").write_text(f"{head}{HEAD}\n{NO}", "utf-8")
    return "no.eml"


@pytest.mark.parametrize("more", [(), ("--yes",), ("--json",)])
@pytest.mark.parametrize(
    ("head", "address", "known"),
    [
        (REPLY_TO, "priya@evil.example", "priya@lumen.example"),
        (FROM, "priya@lumen-freight.example", "priya@lumen.example"),
        (STRANGER, "eve@evil.example", "priya@lumen.example"),
        (TEAM, "careers@evil.example", "priya@lumen.example"),
    ],
)
def test_without_a_terminal_the_answer_goes_to_whom_the_facts_know(
    lumen: Desk, head: str, address: str, known: str, more: tuple[str, ...]
) -> None:
    """By Reply-To, From, a stranger or a team: the no is recorded, one sentence has both addresses, no fact moves."""
    done = lumen.run("rejected", "lumen", "--message", _letter(lumen, head), *more)
    assert done.returncode == 0, done.stderr
    [draft] = lumen.json("outbox", "list", "--all")
    assert (draft["state"], draft["to"]["email"]) == ("draft", known)
    facts = _facts(lumen)
    assert 'status = "rejected"' in facts
    assert address not in facts
    if "--json" not in more:
        said = next(line for line in " ".join(done.stderr.split()).split(". ") if address in line)
        assert known in said
        assert "wrote from" not in said


def test_a_strangers_thread_is_not_answered_by_writing_to_somebody_else(lumen: Desk) -> None:
    """Whoever did not get their mail has neither its subject nor its thread."""
    assert lumen.run("rejected", "lumen", "--message", _letter(lumen, STRANGER)).returncode == 0
    assert "no@theirs.example" not in _facts(lumen)
    assert "Re: News" not in lumen.say("outbox", "show", "1")


@pytest.mark.parametrize(
    ("head", "typed", "to"),
    [
        (REPLY_TO, "\n", "priya@lumen.example"),
        (REPLY_TO, "2\n", "priya@evil.example"),
        (STRANGER, "\n", "priya@lumen.example"),
        (STRANGER, "2\n", "eve@evil.example"),
    ],
)
def test_on_a_terminal_it_is_asked(
    open_terminal: Any,  # noqa: F811
    lumen: Desk,
    head: str,
    typed: str,
    to: str,
) -> None:
    """Enter keeps to the facts; another address is a choice of the user's, who sees both."""
    terminal = open_terminal("rejected", "lumen", "--message", _letter(lumen, head))
    terminal.wait_for("Number (Enter takes 1):")
    assert "evil.example" in terminal.shown
    assert "priya@lumen.example" in terminal.shown
    assert "status" not in _facts(lumen)
    terminal.type(typed)
    terminal.wait_for("ask now? [Y/n]")
    terminal.type("n\n")
    assert terminal.end() == 0
    [draft] = lumen.json("outbox", "list", "--all")
    assert draft["to"]["email"] == to
    assert (to in _facts(lumen)) is True


def test_somebody_new_at_their_domain_is_still_answered(lumen: Desk) -> None:
    """A colleague whom the facts do not have writes from the company's own domain."""
    head = "From: Noor Amin <noor@mail.lumen.example>\n"
    assert lumen.run("rejected", "lumen", "--message", _letter(lumen, head)).returncode == 0
    [draft] = lumen.json("outbox", "list", "--all")
    assert draft["to"]["email"] == "noor@mail.lumen.example"
