"""Every part of the program says *a* and *an* by the same rule."""

from __future__ import annotations

import pytest

from followup_mail.drafts.filters import article
from followup_mail.language.a_or_an import a_or_an
from followup_mail.language.indefinite_articles import correct_a_and_an
from followup_mail.language.notes import read_note

AN = """
MSc MEng LLM
X-ray x-ray S-bend L-plate SUV SOP MOT LED NHS EU FAQ RAF SQL HGV F1 A5 e-mail iOS MLOps hour hourly honour honest
honorary heir heirloom engineer uninterrupted unintended unimportant unidentified unironed unanswered unannounced urgent
urban usher unusual utmost utter onerous 8-week 8th 80-page 11-page 18-month 11,000
"""
A = """
BSc PhD BEng
U-turn URL UK UPS UX T-shirt unit unique unison unilateral unanimous usability user usual urology uranium urine Ugandan
ukulele Ukrainian utility utopia ubiquitous European eulogy euro-wide ewe one-off once-over one unicorn NATO HACCP SAP
RAM LAN SEND honey honed Honda Hong-Kong house herb 110-page 180-day 1-page 100 year
"""


@pytest.mark.parametrize("word", AN.split())
def test_a_vowel_that_is_heard_has_an(word: str) -> None:
    """It is what is said first that counts, letter by letter or as a word."""
    assert (a_or_an(word), article(word)) == ("an", f"an {word}")


@pytest.mark.parametrize("word", A.split())
def test_no_vowel_heard_has_a(word: str) -> None:
    """A vowel that is only written does not count."""
    assert (a_or_an(word), article(word)) == ("a", f"a {word}")


@pytest.mark.parametrize("word", [*AN.split(), *A.split()])
def test_right_english_is_not_corrected(word: str) -> None:
    """The proof-reader leaves alone what the program would write itself."""
    assert not list(correct_a_and_an(f"I saw {a_or_an(word)} {word} there."))


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("an unanimous vote", "a"),
        ("a X-ray", "an"),
        ("a uninterrupted run", "an"),
        ("an UK firm", "a"),
        ("a HR team", "an"),
    ],
)
def test_the_wrong_article_is_corrected(typed: str, right: str) -> None:
    """What only one article goes with is corrected with one key."""
    assert [found.right for found in correct_a_and_an(f"I saw {typed} there.")] == [right]


@pytest.mark.parametrize("abbreviation", ["FAQ", "RAF", "SQL", "LED", "SAP", "SUV"])
def test_an_abbreviation_that_is_said_either_way_is_left_alone(abbreviation: str) -> None:
    """Some say *an F A Q*, some *a fack*: neither is a mistake."""
    for typed in ("a", "an"):
        assert not list(correct_a_and_an(f"I wrote {typed} {abbreviation} there."))


def test_a_doubled_article_is_no_letter() -> None:
    """*A a meeting* has one *a* too many; *an a meeting* would be worse."""
    assert not list(correct_a_and_an("I had a a meeting."))


def test_notes_get_the_article_of_their_first_sound() -> None:
    """A sentence built of a note has the same rule."""
    assert "a HACCP" in read_note("wrote HACCP plan, 12 pages -> 4", is_own=True).mine
