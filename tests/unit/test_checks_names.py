"""Names: the same, a short form, nearly right, or somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from followup_mail.checks import check_mail, choose_rules
from followup_mail.checks.name_match import Likeness, compare
from followup_mail.checks.samples import Sample, sample_facts
from followup_mail.facts.names import formal_name, full_name, short_name
from followup_mail.message.draft import Mailbox

RULES = choose_rules(["wrong-recipient", "name-misspelt", "title-dropped", "empty-greeting", "name-spelling"])


@pytest.mark.parametrize(
    ("word", "name", "like"),
    [
        ("catherine", "catherine", Likeness.SAME),
        ("katherine", "catherine", Likeness.NEAR),
        ("cathrine", "catherine", Likeness.NEAR),
        ("catehrine", "catherine", Likeness.NEAR),
        ("kate", "catherine", Likeness.SHORT),
        ("will", "william", Likeness.SHORT),
        ("max", "maximilian", Likeness.SHORT),
        ("jenny", "jennifer", Likeness.SHORT),
        ("robbie", "robert", Likeness.SHORT),
        ("bill", "will", Likeness.NEAR),
        ("jon", "john", Likeness.NEAR),
        ("jose", "josé", Likeness.ACCENT),
        ("mueller", "müller", Likeness.ACCENT),
        ("oneill", "o'neill", Likeness.SAME),
        ("ana", "ana-lucía", Likeness.SAME),
        ("tanaka-san", "tanaka", Likeness.SAME),
        ("prochková", "procházková", Likeness.NEAR),
        ("marcus", "catherine", Likeness.OTHER),
        ("mark", "maria", Likeness.OTHER),
        ("anna", "hannah", Likeness.OTHER),
        ("", "catherine", Likeness.OTHER),
    ],
)
def test_likeness(word: str, name: str, like: Likeness) -> None:
    """A word of a greeting is told apart from a name as people would."""
    assert compare(word, name) is like


def greeted(
    greeting: str,
    name: str = "Dr. Catherine Okafor",
    address_as: str = "",
    other: str = "Marcus Lindqvist",
    said: str = "The nightly jobs are on my mind.",
) -> set[str]:
    person = {"name": name, "email": "c@northwind.example", "address_as": address_as}
    marcus = {"name": other, "email": "m@northwind.example"}
    facts = sample_facts({"interviews": [], "contacts": [person, marcus]})
    sample = Sample(text=f"{greeting}\n\n{said}\n\nBest regards,\nSam Rivera")
    context = sample.context()
    changed = {"facts": facts, "person": facts.contacts[0], "recipient": Mailbox(name, "c@northwind.example")}
    return {one.name for one in check_mail(type(context)(**{**_fields(context), **changed}), RULES)}


def _fields(context: object) -> dict[str, object]:
    return {name: getattr(context, name) for name in context.__slots__}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "greeting",
    [
        "Dear Dr. Okafor,",
        "Dear Dr. Catherine Okafor,",
        "Hello Dr Okafor -",
        "Good morning Dr. Okafor!",
        "Dear Professor Okafor, dear Dr. Okafor,",
        "DEAR DR. OKAFOR,",
        "Dear\u00a0Dr.\u00a0Okafor,",
        "Dr. Okafor,",
        "Good morning,",
        "The nightly jobs,",
        "",
    ],
)
def test_right_greetings_pass(greeting: str) -> None:
    """Every usual way to greet the right person passes."""
    assert greeted(greeting) == set()


@pytest.mark.parametrize(
    ("greeting", "rule"),
    [
        ("Dear Marcus,", "wrong-recipient"),
        ("Dear Dr. Lindqvist,", "wrong-recipient"),
        ("Hi Jennifer - thank you for your time.", "wrong-recipient"),
        ("Dear Dr. Catherine Lindqvist,", "wrong-recipient"),
        ("Dear Dr. Okafer,", "name-misspelt"),
        ("Dear Dr. Katherine Okafor,", "name-misspelt"),
        ("Dear Catherine,", "title-dropped"),
        ("Dear Ms. Okafor,", "title-dropped"),
        ("Dear ,", "empty-greeting"),
        ("Dear Dr.,", "empty-greeting"),
        ("Hi ,", "empty-greeting"),
    ],
)
def test_wrong_greetings_are_found(greeting: str, rule: str) -> None:
    """A wrong greeting trips its rule, and no other rule about names."""
    assert greeted(greeting) == {rule}


@pytest.mark.parametrize(
    ("greeting", "name", "rule"),
    [
        ("Dear Mr. Haisley,", "Per Haslie", "name-misspelt"),
        ("Dear Ms. Meier,", "Ann Mayer", "name-misspelt"),
        ("Dear Mr. Li,", "Al Lee", "name-misspelt"),
        ("Dear Ms. Lowell,", "Ann Lea", "wrong-recipient"),
    ],
)
def test_a_name_that_sounds_alike_is_misspelt(greeting: str, name: str, rule: str) -> None:
    """A greeting with the same consonants means the recipient, unless it is a colleague's name."""
    assert greeted(greeting, name) == {rule}
    assert greeted(greeting, name, other=f"Jo {greeting.rsplit(maxsplit=1)[-1].strip(',')}") == {"wrong-recipient"}


@pytest.mark.parametrize("has_facts", [True, False])
@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Dear Zoe,", "Zoë Müller", ["Zoe"]),
        ("Dear Ms. Muller,", "Zoë Müller", ["Muller"]),
        ("Dear José,\n\nMs. Garcia is right, and Jose's tea is good.", "José García", ["Garcia", "Jose's"]),
        ("Dear Zoë,\n\nMs. Müller is right.", "Zoë Müller", []),
        ("Dear Thế,\n\nThe tea is good. Do tell.", "Thế Đỗ", []),
        ("Dear Sâm,\n\nthis is Sam again.", "Sâm Lê", []),
        ("Dear Zoe,", "Zoe Muller", []),
        ("Dear Kate,", "Zoë Müller", []),
    ],
)
def test_a_name_without_its_accents_is_found(text: str, name: str, words: list[str], has_facts: bool) -> None:
    """The recipient's name, as the facts or the mail itself have it, is missed by its accents, and by them alone."""
    context = Sample(text=f"{text}\n\nThe nightly jobs are on my mind.\n\nBest regards,\nSam Rivera").context()
    facts = sample_facts({"interviews": [], "contacts": [{"name": name, "email": "z@x.example"}]})
    person = facts.contacts[0] if has_facts else None
    known = {"facts": facts if has_facts else None, "person": person, "recipient": Mailbox(name, "z@x.example")}
    found = check_mail(type(context)(**{**_fields(context), **known}), choose_rules(["name-spelling"]))
    assert [one.words for one in found] == words


@pytest.mark.parametrize(
    ("greeting", "name", "address_as"),
    [
        ("Dear Catherine,", "Dr. Catherine Okafor", "Catherine"),
        ("Hi Will,", "Will Max", ""),
        ("Dear Max,", "Max Brenner", ""),
        ("Dear Prof. Schmidt,", "Prof. Dr. Anna Schmidt", ""),
        ("Dear Tanaka-san,", "Yuki Tanaka", ""),
        ("Dear Ms. Nguyễn,", "Nguyễn Thị Minh Khai", "Ms. Nguyễn"),
        ("Dear Hope,", "Hope Will", ""),
        ("Dear Bob,", "Robert Fitz", ""),
        ("Kia ora Tevita,", "Dr. Tevita Fonua", "Tevita"),
    ],
)
def test_greetings_of_many_cultures_pass(greeting: str, name: str, address_as: str) -> None:
    """Names that are words, short forms, and forms of address from many places are right."""
    assert greeted(greeting, name, address_as) == set()


NAMES = Path(__file__).with_name("names_of_many_cultures.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_every_form_of_a_name_passes(name: str) -> None:
    """First name, title with family name and full name are right after "Hi" and after "Dear"."""
    titled = {short_name(name), formal_name(name)}
    for form in {*titled, full_name(name)}:
        for hello in ("Hi", "Dear"):
            # A doctor's name without the title has a rule of its own.
            found = greeted(f"{hello} {form},", name) - ({"title-dropped"} if form not in titled else set())
            assert found == set(), form


@pytest.mark.parametrize(
    ("greeting", "name", "address_as"),
    [
        ("Dear Judge Okonkwo,", "Ada Okonkwo", ""),
        ("Dear Judge,", "Ada Okonkwo", "Judge"),
        ("Hi Chef,", "Ines Castellow", "Chef"),
        ("Hi Coach,", "Ines Castellow", ""),
        ("Dear Engr. Tanko,", "Halima Tanko", ""),
        ("Dear Lt. Col. Adams,", "Ruth Adams", ""),
        ("Dear Dean Deane,", "Ruth Deane", ""),
        ("Dear Sister Mary Agnes,", "Mary Agnes Byrne", ""),
        ("Dear Professor Okafor,", "Prof. Dr. Catherine Okafor", ""),
        ("Hi Van,", "Van Morrison", ""),
        ("Hi Jim,", 'James "Jim" Raman', ""),
    ],
)
def test_titles_of_many_trades_pass(greeting: str, name: str, address_as: str) -> None:
    """A title before the name, or alone where people use it so, is no stranger's name."""
    assert greeted(greeting, name, address_as) == set()


@pytest.mark.parametrize(
    ("greeting", "name"),
    [
        ("Dear van,", "Anna van der Berg"),
        ("Dear van der,", "Anna van der Berg"),
        ("Dear de la,", "Marta de la Cruz"),
        ("Dear Jr.,", "John Smith Jr."),
        ("Dear PhD,", "Anna Berg, PhD"),
    ],
)
def test_a_fragment_of_a_name_is_no_name(greeting: str, name: str) -> None:
    """A particle or a suffix alone greets nobody."""
    assert "empty-greeting" in greeted(greeting, name)


def test_the_title_of_a_colleague_is_nobody_else() -> None:
    """Two judges in one facts file: the title of one does not make a greeting to the other wrong."""
    assert greeted("Dear Judge Raman,", "Priya Raman", other="Judge Ada Okonkwo") == set()
    assert greeted("Dear Dean,", "Priya Raman", other="Dean Okonkwo") == {"wrong-recipient"}


def test_a_colleague_named_like_a_title_is_still_a_colleague() -> None:
    """ "Dear Judge Marcus" to somebody else is a mix-up, whatever stands before the name."""
    assert greeted("Dear Judge Marcus,", "Judge Ada Okonkwo") == {"wrong-recipient"}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("It was good to meet you, Marcus and Ola.", False),
        ("It was good to meet you, Marcus, Sister Ng and Ola.", False),
        ("It was good to meet you, Bernard, Sister Ng and Ola.", True),
        ("It was good to meet you, Marcus, and to see the press.", True),
    ],
)
def test_a_list_that_begins_with_you_names_colleagues(said: str, found: bool) -> None:
    """Between you and the last of a list stand those who are known; anybody else there is somebody's mistake."""
    assert ("wrong-recipient" in greeted("Dear Dr. Okafor,", said=said)) == found


@pytest.mark.parametrize("written", ["St Brigid's", "St Brigid\u2019s"])
def test_a_company_whose_name_says_whose_it_is(written: str) -> None:
    """The ending is part of the name, and what stands there as in the facts is no slip."""
    facts = sample_facts({"company": "St Brigid's High School, Stockport", "interviews": []})
    text = f"Dear Catherine,\n\nI would like to work at {written} High School.\n\nBest regards,\nSam Rivera"
    context = replace(Sample(text=text).context(), facts=facts)
    assert not check_mail(context, choose_rules(["FM819"]))


@pytest.mark.parametrize(
    "sentence",
    [
        "Please give Gudrun my thanks for the tour of the nightly jobs.",
        "Gudrun's question about the nightly jobs made me think on the way home.",
        "I also enjoyed what Mr. Thorvald said about the nightly jobs.",
        "Do let Gudrun know how much I liked the nightly jobs.",
        "It was kind of Ms. Thorvald to stay past six for the nightly jobs.",
        "Both you and Gudrun pointed at the nightly jobs.",
    ],
)
def test_a_name_that_speaks_in_the_house_and_is_in_no_fact_is_doubted(sentence: str) -> None:
    """Who speaks or is greeted as one of theirs, and is in no fact, is a warning: both may know them."""
    assert [one.severity.value for one in check_mail(Sample(sentence).context(), RULES)] == ["warning"]


@pytest.mark.parametrize(
    "sentence",
    [
        "My old master Henrike asked me about the nightly jobs every morning.",
        "In my class, Tobias told me that the nightly jobs are only batches.",
        "A customer, Mrs. Hall, told us that the nightly jobs were late.",
        "As Tufte says, the nightly jobs want a picture.",
        "Marcus asked me about the nightly jobs, and so did you.",
    ],
)
def test_people_of_one_s_own_pass(sentence: str) -> None:
    """Teachers, customers, authors, and people of the facts may be named."""
    assert check_mail(Sample(sentence).context(), RULES) == ()
