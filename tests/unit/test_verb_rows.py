"""The rows of verbs: each verb once, with the forms that people write."""

from __future__ import annotations

from collections import Counter

import pytest

from followup_mail.language.known_words import Known
from followup_mail.language.lexicon import WordClass, classes_of, verb_of
from followup_mail.language.proofread import slips_in
from followup_mail.language.verb_forms import as_base
from followup_mail.language.word_tables import read_lines


@pytest.mark.parametrize("table", ["verbs", "verb_forms"])
def test_a_verb_has_one_row(table: str) -> None:
    """A second row would give the verb a second past, or shadow the first."""
    rows = Counter(line.split()[0].rstrip("+") for line in read_lines(table))
    assert [verb for verb, count in rows.items() if count > 1] == []


@pytest.mark.parametrize("verb", ["forbid", "spit", "upset", "cut", "run", "overrun", "begin"])
def test_a_short_verb_doubles_its_last_letter(verb: str) -> None:
    """*Forbidding* has two of them, although its past is no *-ed*."""
    known = as_base(verb)
    assert known is not None
    assert known.ing == f"{verb}{verb[-1]}ing"


def test_a_correction_doubles_the_last_letter() -> None:
    """What is offered for "enjoy to forbid" is a word."""
    assert [slip.right for slip in slips_in("I enjoy to forbid it.", Known())] == ["forbidding"]


def test_woke_is_the_past_of_wake() -> None:
    """An irregular verb is one verb, and its past is no verb of its own."""
    verb = verb_of("woke")
    assert verb is not None
    assert (verb.base, verb.past, verb.participle) == ("wake", "woke", "woken")
    assert classes_of("woke") == {WordClass.PAST}
    assert not classes_of("hanged")


def test_require_is_a_verb() -> None:
    """A clause with it lacks no verb: at most an -s."""
    slips = slips_in("You told me that the ward require two nurses.", Known())
    assert [slip.right for slip in slips] == ["requires"]
