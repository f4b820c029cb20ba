"""A mail is taken apart where people would: greeting, core, closing, sentences, quotations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.checks import check_mail, choose_rules
from followup_mail.checks.context import CheckContext
from followup_mail.checks.parsed_mail import ParsedMail, parse_mail
from followup_mail.checks.prose import read_prose
from followup_mail.checks.samples import Sample
from followup_mail.message.draft import Mailbox


def read(text: str, sender: str = "Sam Rivera") -> ParsedMail:
    return parse_mail(CheckContext("", text, sender=Mailbox(sender, "sam@rivera.example")))


@pytest.mark.parametrize(
    ("text", "greeted", "core"),
    [
        ("Dear Ada,\n\nOne. Two.\n\nBest regards,\nSam Rivera", "ada", "One. Two."),
        ("Hi Ada - one. Two.\n\nCheers\nSam", "ada", "one. Two."),
        ("Ada,\n\nOne.\n\nSam", "ada", "One."),
        ("Dear Dr. J. Ada, one.\n\nThanks again, Sam", "dr. j. ada", "one."),
        ("One.\n\nKind regards from Brno,\nSam Rivera\n+1 312 555 0142", "", "One."),
        ("Dear Ada,\n\nOne.\n\nWith best wishes and many thanks,\n\nSam", "ada", "One."),
        ("Dear Ada,\n\nBest of all was the lamp.\n\n-- \nSam", "ada", "Best of all was the lamp."),
        ("Dear Ada,\n\nOne.", "ada", "One."),
        ("Dear Ada,\n\nOne.\n\nWishing you all the best,\nSam Rivera\n+1 312 555 0142", "ada", "One."),
        ("Dear Ada,\n\nOne.\n\nMit freundlichen Grüßen\nSam Rivera\n+1 312 555 0142", "ada", "One."),
        ("Dear Ada,\n\nOne.\n\nKR\n\nSam Rivera\n+1 312 555 0142", "ada", "One."),
    ],
)
def test_parts(text: str, greeted: str, core: str) -> None:
    """Greeting and closing are told from what is said, in many forms."""
    reading = read(text)
    assert reading.plain(reading.greeted).strip() == greeted
    assert reading.written(reading.core).strip() == core


def test_sentences_know_abbreviations() -> None:
    """A full stop after "Dr.", an initial or "e.g." ends no sentence; an empty line and a list item do."""
    reading = read("Dear Ada,\n\nDr. A. Meyer showed me, e.g. this. Was it new? Yes\n\n- one\n- two\n\nBest,\nSam")
    said = [reading.written(one) for one in reading.sentences]
    assert said == ["Dr. A. Meyer showed me, e.g. this.", "Was it new?", "Yes", "one", "two"]


@pytest.mark.parametrize(
    "quotation",
    [
        "> I really need this job",
        "On Tue, 17 Nov 2026 at 09:00, Ada <ada@example.org> wrote:\nI really need this job",
        "On Tue, 17 Nov 2026 at 09:00, Ada\n<ada@example.org> wrote:\n> I really need this job",
        "-----Original Message-----\nI really need this job",
        "From: Ada\nSent: Tuesday\nI really need this job",
    ],
)
def test_quotations_are_not_read(quotation: str) -> None:
    """Nobody is blamed for what the mail quotes from an earlier one."""
    reading = read(f"Dear Ada,\n\nOne.\n\nBest,\nSam\n\n{quotation}")
    assert "need" not in reading.body.plain
    assert reading.written(reading.core).strip() == "One."


@given(st.text(max_size=300))
def test_normal_form_keeps_every_offset(text: str) -> None:
    """The normal form is as long as the text, and each word stands where it says, whatever the text."""
    prose = read_prose(text)
    assert len(prose.plain) == len(text)
    for word in prose.words:
        assert prose.plain[word.start : word.end] == word.plain
        line, column = prose.place_of(word.start)
        assert text.split("\n")[line - 1][column - 1 :].startswith(text[word.start : word.end])


def test_an_apology_for_writing_is_read_in_other_words() -> None:
    """Who excuses a second mail, or poor English, without the word "sorry", is told that nobody minds."""
    said = (
        "I would hate to be in your way.",
        "Please do not think me pushy for writing a second time.",
        "Have patience with my long-winded lines.",
    )
    for sentence in said:
        assert [one.code for one in check_mail(Sample(sentence).context(), choose_rules(["FM814"]))] == ["FM814"]
    own_fault = "I am sorry that I missed your call on Monday; I was on the ward."
    assert check_mail(Sample(own_fault).context(), choose_rules(["FM814"])) == ()
