"""The letters of ``tests/corpus/letters``: which are plainly a no, and which must never be taken for one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from followup_mail.incoming.letter import read_letter
from followup_mail.incoming.tenor import read_tenor
from followup_mail.incoming.tenors import Tenor

LETTERS = Path(__file__).parents[1] / "corpus" / "letters"


def load(name: str) -> Iterator[tuple[str, str]]:
    """Yield subject and text of each letter of a file."""
    for block in (LETTERS / name).read_text("utf-8").split("=====\n"):
        subject, _, text = block.strip().partition("\n")
        yield subject.removeprefix("Subject: "), text


def tenor_of(subject: str, text: str) -> Tenor:
    """Read a letter as it is copied from a mail page, and tell what it says."""
    copied = f"From: Pat Lee <pat@x.example>\nDate: 23 Nov 2026\nSubject: {subject}\n\n{text}\n"
    letter = read_letter(copied.encode(), "The input", date(2026, 11, 28))
    return read_tenor(letter.received.subject, letter.text).tenor


@pytest.mark.parametrize(("subject", "text"), [*load("rejections.txt")])
def test_a_rejection_is_plainly_a_no(subject: str, text: str) -> None:
    """Forms of applicant systems, personal letters, recruiters, frozen posts, in three languages: each is recorded."""
    assert tenor_of(subject, text) is Tenor.NO


@pytest.mark.parametrize(("subject", "text"), [*load("no_rejections.txt")])
def test_what_is_no_rejection_is_no_no(subject: str, text: str) -> None:
    """Delays, offers, dates that do not suit, receipts, what became of others: none of them stops what is queued."""
    assert tenor_of(subject, text) is not Tenor.NO
