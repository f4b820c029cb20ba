"""The notation for phrases means what its page says, and nothing that takes for ever."""

from __future__ import annotations

import pytest

from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.prose import read_prose


def finds(phrase: str, text: str) -> list[str]:
    prose = read_prose(text)
    return [prose.plain[start:end] for start, end in sorted(phrases(phrase).find(prose))]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("touch base/bases", "We touch  base.", ["touch  base"]),
        ("touch base/bases", "We touch, base", []),
        ("touch base", "retouch bases, touch basement", []),
        ("just (quickly) checking in", "Just quickly\nchecking in", ["just quickly\nchecking in"]),
        ("just (quickly) checking in", "Just checking in", ["just checking in"]),
        ("an offer* from", "An offering from, an offer from", ["an offering from", "an offer from"]),
        ("withdraw .. application", "withdraw my sad, old application", ["withdraw my sad, old application"]),
        ("withdraw .. application", "withdraw one two three four application", []),
        ("answer by {day}", "Answer by next Friday, answer by the end of the week, answer by the 5th, answer by 5 pm",
         ["answer by next friday", "answer by the end of the week", "answer by the 5th", "answer by 5"]),
        ("another offer !of/to", "another offer of help, another offer", ["another offer"]),
        ("don't wait", "Don’t wait", ["don't wait"]),
        ("your email", "your e-mail, your emails", ["your e-mail", "your emails"]),
    ],
)  # fmt: skip
def test_notation(phrase: str, text: str, found: list[str]) -> None:
    """Alternatives, words that may be missing, endings, gaps, sets and exclusions."""
    assert finds(phrase, text) == found


@pytest.mark.parametrize("phrase", ["(just) checking", ".. in", "off* from"])
def test_phrase_begins_with_a_plain_word(phrase: str) -> None:
    """A phrase that could begin anywhere is refused: it would have to be tried everywhere."""
    with pytest.raises(ValueError, match="plain word"):
        phrases(phrase)


@pytest.mark.parametrize("phrase", ["was (very) (rude)", "was .. (rude)", "was !rude"])
def test_phrase_is_more_than_its_first_word(phrase: str) -> None:
    """A phrase of which only the first word must be there is refused: it would find every "was"."""
    with pytest.raises(ValueError, match="may be missing"):
        phrases(phrase)


def test_a_set_of_words_is_one_that_there_is() -> None:
    """A phrase that names an unknown set is refused when it is read, not when some mail has its first word."""
    with pytest.raises(ValueError, match="no such set"):
        phrases("by {dya}")
