# ruff: noqa: E501 - mails have long lines
"""A rejection as somebody has it at hand: pasted into the terminal, piped, in a file, forwarded; for one of several."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from desk import Desk
from test_asking import FACTS, open_terminal  # noqa: F401 - the fixture

MAIL = """Your application
Tom Okafor <tom@lumen.example>
10:14 AM (2 hours ago)
to me

Hi Jordan,

we have decided to go with another candidate.

Best,
Tom
"""
ORBITAL = 'company = "Orbital"\nrole = "Data Engineer"\ntime_zone = "Europe/London"\n[[contacts]]\nname = "Mia Hall"\nemail = "mia@orbital.example"\n'
OF_ORBITAL = MAIL.replace("Tom Okafor <tom@lumen.example>", "Mia Hall <mia@orbital.example>").replace("Tom", "Mia")


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Somebody with two applications."""
    folder = desk.home / "applications"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lumen.toml").write_text(FACTS, "utf-8")
    (folder / "orbital.toml").write_text(ORBITAL, "utf-8")
    return desk


def _outcome(desk: Desk, slug: str) -> dict[str, Any]:
    facts = tomllib.loads((desk.home / "applications" / f"{slug}.toml").read_text("utf-8"))
    outcome: dict[str, Any] = facts.get("outcome", {})
    return outcome


def _paste(terminal: Any, text: str) -> None:
    terminal.wait_for("then Enter")
    terminal.wait_for(">")
    terminal.type("\x1b[200~" + text.replace("\n", "\r") + "\x1b[201~")
    terminal.wait_for(text.rsplit(maxsplit=1)[-1])
    terminal.type("\r")


def test_a_pasted_mail_finds_its_application(open_terminal: Any, two: Desk) -> None:  # noqa: F811
    """Without naming anything: pasted, Enter, and the answer goes to whoever wrote, with their subject."""
    terminal = open_terminal("rejected")
    _paste(terminal, MAIL)
    terminal.wait_for("ask now? [Y/n]")
    terminal.type("n\n")
    assert terminal.end() == 0
    assert b"The letter is for lumen" in terminal.received
    assert b"Hi Tom," in terminal.received
    outcome = _outcome(two, "lumen")
    assert (outcome["status"], outcome["by"], outcome["subject"]) == (
        "rejected",
        "tom@lumen.example",
        "Your application",
    )
    assert "message_id" not in outcome


def test_a_letter_of_another_is_asked_about_before_anything_is_recorded(open_terminal: Any, two: Desk) -> None:  # noqa: F811
    """It says what differs, offers the other application, and by default records nothing for the named one."""
    terminal = open_terminal("rejected", "lumen")
    _paste(terminal, OF_ORBITAL)
    terminal.wait_for("Record it for orbital instead? [Y/n]")
    assert "comes from orbital.example" in terminal.shown
    terminal.type("n\n")
    terminal.wait_for("Record it for lumen all the same? [y/N]")
    terminal.type("\n")
    assert terminal.end() == 8
    assert (_outcome(two, "lumen"), _outcome(two, "orbital")) == ({}, {})
    again = open_terminal("rejected", "lumen")
    _paste(again, OF_ORBITAL)
    again.wait_for("Record it for orbital instead? [Y/n]")
    again.type("\n")
    again.wait_for("ask now? [Y/n]")
    again.type("n\n")
    assert again.end() == 0
    assert (_outcome(two, "lumen"), _outcome(two, "orbital")["status"]) == ({}, "rejected")


def test_which_application_is_asked_where_several_fit(open_terminal: Any, two: Desk) -> None:  # noqa: F811
    """A list with reasons, the likeliest first; Enter records nothing."""
    terminal = open_terminal("rejected")
    _paste(terminal, "Hi Jordan,\nwe are not moving forward with the Data Engineer role.\nHR")
    terminal.wait_for("Number, or short name (Enter: none of them):")
    assert "1 lumen: Data Engineer at Lumen Freight (it names the position" in terminal.shown
    terminal.type("\n")
    assert terminal.end() == 8
    assert _outcome(two, "lumen") == {}


def test_a_single_candidate_is_a_plain_question(open_terminal: Any, two: Desk) -> None:  # noqa: F811
    """Only one is likely: yes or no."""
    terminal = open_terminal("rejected")
    _paste(terminal, "Hi Jordan,\nwe are not moving forward with you.\n\nBest,\nMia")
    terminal.wait_for("Record it for orbital? [Y/n]")
    assert "it is signed Mia" in terminal.shown
    terminal.type("n\n")
    assert terminal.end() == 8
    assert _outcome(two, "orbital") == {}


def test_more_applications_than_are_listed_are_counted(open_terminal: Any, two: Desk) -> None:  # noqa: F811
    """On the terminal as well as without one."""
    for number in range(5):
        text = ORBITAL.replace("Orbital", f"Quay {number}").replace("mia@orbital", f"mia@quay{number}")
        (two.home / "applications" / f"quay-{number}.toml").write_text(text, "utf-8")
    terminal = open_terminal("rejected")
    _paste(terminal, "Hi Jordan,\nwe are not moving forward with you.\nHR")
    terminal.wait_for("Number, or short name (Enter: none of them):")
    assert "and 2 more: followup-mail list" in terminal.shown
    terminal.type("\n")
    assert terminal.end() == 8


def test_a_plain_terminal_takes_lines(open_terminal: Any, two: Desk) -> None:  # noqa: F811
    """Where a paste cannot be told from typing, a full stop alone ends it."""
    terminal = open_terminal("rejected", TERM="dumb")
    terminal.wait_for("End with Ctrl-D")
    terminal.type(f"{MAIL}.\n")
    terminal.wait_for("ask now? [Y/n]")
    terminal.type("n\n")
    assert terminal.end() == 0
    assert _outcome(two, "lumen")["by"] == "tom@lumen.example"


def test_enter_alone_records_without_a_letter(open_terminal: Any, two: Desk) -> None:  # noqa: F811
    """Who was told on the phone has none."""
    terminal = open_terminal("rejected", "lumen")
    terminal.wait_for("Enter alone: you have none")
    terminal.wait_for(">")
    terminal.type("\r")
    terminal.wait_for("ask now? [Y/n]")
    terminal.type("n\n")
    assert terminal.end() == 0
    assert _outcome(two, "lumen")["status"] == "rejected"
    assert "by" not in _outcome(two, "lumen")


def test_a_pipe_and_a_text_file_are_read(two: Desk) -> None:
    """Through standard input, with a dash or without, and from a file that is no .eml."""
    assert two.run("rejected", "--json", typed=MAIL).returncode == 0
    assert _outcome(two, "lumen")["by"] == "tom@lumen.example"
    (two.folder / "their.txt").write_text(OF_ORBITAL, "utf-8")
    assert two.json("rejected", "--message", "their.txt")["application"] == "orbital"
    assert two.run("outcome", "orbital", "replied", "--message", "-", typed=OF_ORBITAL).returncode == 0


def test_without_a_terminal_a_mismatch_is_refused_until_yes(two: Desk) -> None:
    """The sentence, the command for the other, and the option that says yes; also for an offer."""
    refused = two.run("rejected", "lumen", "--message", "-", typed=OF_ORBITAL)
    assert refused.returncode == 8
    assert (
        "The letter comes from orbital.example, which belongs to orbital (Orbital); lumen is Lumen Freight."
        in refused.stderr
    )
    assert "followup-mail rejected orbital --message -" in refused.stderr
    assert "--yes" in refused.stderr
    offered = two.run("outcome", "lumen", "offer", "--message", "-", typed=OF_ORBITAL)
    assert offered.returncode == 8
    assert _outcome(two, "lumen") == {}
    assert two.run("rejected", "lumen", "--yes", typed=OF_ORBITAL).returncode == 0
    assert _outcome(two, "lumen")["status"] == "rejected"


def test_without_a_terminal_the_candidates_are_listed(two: Desk) -> None:
    """Where it is not plain: one line each, and the command, which names none that nothing speaks for."""
    refused = two.run("rejected", typed="Dear applicant,\n\nwe are not moving forward with your application.\n")
    assert refused.returncode == 8
    assert "orbital: Data Engineer at Orbital" in refused.stderr
    assert "followup-mail rejected APP --message -" in refused.stderr
    likelier = two.run("rejected", typed="Hi,\n\nwe are not moving forward with your application.\n\nBest,\nMia\n")
    assert "Likeliest first:\n  orbital: Data Engineer at Orbital (it is signed Mia)" in likelier.stderr
    assert "followup-mail rejected orbital --message -" in likelier.stderr
    nothing = two.run("rejected", typed="")
    assert (nothing.returncode, "no application is named" in nothing.stderr) == (8, True)


def test_what_is_no_rejection_is_refused_with_its_sentence(two: Desk) -> None:
    """An invitation given to ``rejected``."""
    invitation = MAIL.replace(
        "we have decided to go with another candidate", "we would like to invite you to a second interview"
    )
    refused = two.run("rejected", typed=invitation)
    assert refused.returncode == 8
    assert "reads like an invitation" in refused.stderr
    assert "second interview" in refused.stderr
    assert _outcome(two, "lumen") == {}


def test_news_of_a_delay_says_how_to_record_it(two: Desk) -> None:
    """The command for an answer, and the one for the new day; the first of them takes the same letter."""
    later = MAIL.replace("we have decided to go with another candidate", "unfortunately we need another week to decide")
    refused = two.run("rejected", typed=later)
    assert refused.returncode == 8
    assert "nothing is decided yet" in refused.stderr
    assert "followup-mail outcome lumen replied --message -" in refused.stderr
    assert "followup-mail resume lumen --decision-by DAY" in refused.stderr
    assert two.run("outcome", "lumen", "replied", "--message", "-", typed=later).returncode == 0
    assert _outcome(two, "lumen")["status"] == "replied"


@pytest.mark.parametrize("typed", ["Hi Jordan,\n", "\n \n"])
def test_nothing_is_recorded_of_nothing(two: Desk, typed: str) -> None:
    """A greeting alone, or blank lines, where a letter was promised."""
    assert two.run("rejected", "lumen", "--message", "-", typed=typed).returncode == 3
    assert _outcome(two, "lumen") == {}


def test_a_file_in_place_of_the_application_is_explained(two: Desk) -> None:
    """Somebody types the file first."""
    (two.folder / "their.eml").write_text(MAIL, "utf-8")
    refused = two.run("rejected", "their.eml")
    assert "followup-mail rejected --message their.eml" in refused.stderr


def test_whoever_gets_the_answer_instead_of_the_writer_is_named(two: Desk) -> None:
    """In the sentence that says why the writer does not."""
    machine = MAIL.replace("Tom Okafor <tom@lumen.example>", "Lumen Freight <no-reply@greenhouse.io>")
    done = two.run("rejected", "lumen", "--message", "-", typed=machine.replace("Best,\nTom", "Lumen Freight"))
    assert done.returncode == 0
    assert "Nobody reads no-reply@greenhouse.io: the answer goes to Priya Raman." in done.stderr
    other = two.run("rejected", "orbital", typed="Hi,\n\nwe are not moving forward with you.\n\nBest,\nZoe Quill\n")
    assert "Zoe Quill wrote it, but no address of theirs is known: the answer goes to Mia Hall." in other.stderr


def test_where_nobody_has_an_address_it_says_how_to_give_one(two: Desk) -> None:
    """No promise that somebody is answered, and the command in full."""
    path = two.home / "applications" / "orbital.toml"
    path.write_text(ORBITAL.replace('email = "mia@orbital.example"\n', ""), "utf-8")
    machine = OF_ORBITAL.replace("Mia Hall <mia@orbital.example>", "Orbital <no-reply@greenhouse.io>")
    done = two.run("rejected", "orbital", "--message", "-", typed=machine.replace("Best,\nMia", "Orbital"))
    assert done.returncode == 0
    assert "nobody of Orbital has an address" in done.stderr
    assert 'followup-mail change orbital --address "Mia Hall: ADDRESS"' in done.stderr
    assert "an answer goes to" not in done.stderr
    assert two.run("change", "orbital", "--address", "Mia Hall: mia@orbital.example").returncode == 0
    assert two.run("queue", "orbital", "rejection_thanks").returncode == 0


def test_the_commands_it_names_work_as_they_are(two: Desk) -> None:
    """A file with a space in its name is quoted; of a letter through a pipe it says to send it again."""
    (two.folder / "their mail.txt").write_text(OF_ORBITAL, "utf-8")
    named = two.run("rejected", "lumen", "--message", "their mail.txt")
    assert "followup-mail rejected orbital --message 'their mail.txt'" in named.stderr
    assert "through the pipe" not in named.stderr
    piped = two.run("rejected", "lumen", typed=OF_ORBITAL)
    assert "followup-mail rejected orbital --message -" in piped.stderr
    assert "Send the letter through the pipe again" in piped.stderr
