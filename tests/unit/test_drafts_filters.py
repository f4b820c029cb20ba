"""The filters of prose: a fact, as a person wrote it, becomes part of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.drafts.filters import article, deed, in_words, inline, or_else, sentence, shorten
from followup_mail.drafts.own_words import mark

TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=80)


@pytest.mark.parametrize(
    ("written", "inside"),
    [
        ("The move to streaming.", "the move to streaming"),
        ("How you hand over the night shift", "how you hand over the night shift"),
        ("what would you do first?", "what would you do first"),
        ("Moving the nightly jobs", "moving the nightly jobs"),
        ("Five years on call;", "five years on call"),
        ("It's the way you argue", "it's the way you argue"),
        (" That newcomers read first ... ", "that newcomers read first ..."),
        ("A/B tests", "A/B tests"),
        ("I have run two moves.", "I have run two moves"),
        ("at Harbor Logistics I led it", "at Harbor Logistics I led it"),
    ],
)
def test_a_fact_joins_a_sentence(written: str, inside: str) -> None:
    """The capital and the full stop that a fact has from its line in the file go."""
    assert inline(written) == inside


@pytest.mark.parametrize(
    "name",
    [
        "Kubernetes upgrades",
        "Two Sigma",
        "New York",
        "Running Room shops",
        "Reading town hall",
        "IT security",
        "WHO rules",
    ],
)
def test_a_name_keeps_its_capital(name: str) -> None:
    """What may be a name is never written small, although its first word may be an ordinary one."""
    assert inline(name) == name


@given(TEXTS)
def test_joining_twice_is_joining_once(text: str) -> None:
    """A template may say ``| inline`` for a fact that is inline already."""
    assert inline(inline(text)) == inline(text)


@given(TEXTS)
def test_joining_loses_no_word(text: str) -> None:
    """Case and marks at the end aside, nothing of a fact is lost."""
    assert text.casefold().strip(" .;,:?").startswith(inline(text).casefold().strip(" .;,:?"))
    assert len(inline(text).split()) >= len(text.strip(" .;,:?").split()) - text.count("?")


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("at X I did it", "At X I did it."),
        ("did it work?", "Did it work?"),
        ('they call it "the box."', 'They call it "the box."'),
        ("the box (big)", "The box (big)."),
        ("iOS is my home", "iOS is my home."),
        ("éclairs", "Éclairs."),
        ("", ""),
        ("and so on...", "And so on..."),
    ],
)
def test_a_fact_becomes_a_sentence(fact: str, said: str) -> None:
    """It begins with a capital and ends with one mark."""
    assert sentence(fact) == said


@pytest.mark.parametrize(
    ("noun", "with_article"),
    [
        ("Data Engineer", "a Data Engineer"),
        ("Engineer", "an Engineer"),
        ("SRE", "an SRE"),
        ("MLOps Engineer", "an MLOps Engineer"),
        ("UX Designer", "a UX Designer"),
        ("user researcher", "a user researcher"),
        ("HR Manager", "an HR Manager"),
        ("NASA engineer", "a NASA engineer"),
        ("hourly worker", "an hourly worker"),
        ("honey farmer", "a honey farmer"),
        ("uninsured clerk", "an uninsured clerk"),
        ("unicorn keeper", "a unicorn keeper"),
        ("European lead", "a European lead"),
        ("X-ray technician", "an X-ray technician"),
        ("iOS Developer", "an iOS Developer"),
        ("8-bit artist", "an 8-bit artist"),
        ("", ""),
    ],
)
def test_the_article_goes_by_the_sound(noun: str, with_article: str) -> None:
    """An initialism goes by its first letter's name, a word by how it is said."""
    assert article(noun) == with_article


@given(TEXTS, st.integers(1, 60))
def test_a_shortened_text_fits_and_is_a_beginning(text: str, limit: int) -> None:
    """At most so many characters, all from the beginning of the text; what fits stays as it is."""
    short = shorten(text, limit)
    assert len(short) <= limit
    assert text.startswith(short)
    if len(text) <= limit:
        assert short == text


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Senior Staff Software Engineer, Developer Infrastructure", 30, "Senior Staff Software Engineer"),
        ("Head of Data and Analytics", 17, "Head of Data"),
        ("Head of the Department", 11, "Head"),
        ("Crane Technician (m/w/d)", 18, "Crane Technician"),
        ("Zookeeper, Primates", 12, "Zookeeper"),
        ("Donaudampfschiff", 5, "Donau"),
    ],
)
def test_a_text_is_cut_between_words(text: str, limit: int, short: str) -> None:
    """It ends at a word, and not at one that leads on."""
    assert shorten(text, limit) == short


def test_a_list_reads_as_english() -> None:
    """One, two and three things, and none."""
    assert [in_words(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_other_words_stand_in_for_a_missing_fact() -> None:
    """An empty fact counts as missing."""
    assert or_else("", "you") == "you"
    assert or_else("Tom", "you") == "Tom"


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("In my own work, the stock loss went from 2.4% to 1.3%.", "the stock loss went from 2.4% to 1.3%."),
        (mark("In my own work, 14 of 14 inspections passed."), mark("14 of 14 inspections passed.")),
        ("I cut deploy time from 40 to 6 minutes.", "I cut deploy time from 40 to 6 minutes."),
    ],
)
def test_a_deed_behind_a_lead_about_my_work_does_not_say_so_again(fact: str, said: str) -> None:
    """Of "what I'd bring, in one line: in my own work, ..." the second half goes without its beginning."""
    assert deed(fact) == said
