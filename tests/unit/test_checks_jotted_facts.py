"""Facts are jotted, mails are not: what a fact has in a short form passes, and its wrong twin is found."""

from __future__ import annotations

from datetime import date

import pytest
from changing import replace

from followup_mail.checks import Finding, check_mail, choose_rules
from followup_mail.checks.context import Briefing
from followup_mail.checks.samples import Sample


def found(core: str, *facts: str) -> list[Finding]:
    """Return what FM901 finds in a mail that was written from some facts."""
    context = replace(Sample(core, subject="Our talk").context(), briefing=Briefing(("Sam Rivera", *facts)))
    return list(check_mail(context, choose_rules(["FM901"])))


def errors(core: str, *facts: str) -> list[str]:
    return [finding.words for finding in found(core, *facts) if finding.is_error]


def test_a_day_is_not_read_across_two_facts() -> None:
    """A note that ends with a weekday does not give its weekday to the date of the next fact."""
    facts = ("names I send on Monday", "10 December")
    assert not found("You hoped to decide by Thursday 10 December.", *facts)
    assert errors("You hoped to decide by Thursday 11 December.", *facts) == ["Thursday 11 December"]
    assert errors("You hoped to decide by Thursday 10 December.", "Friday 10 December") == ["Thursday 10 December"]


def test_the_weekday_of_the_decision_is_that_of_the_calendar() -> None:
    """A date of the facts with a wrong weekday is found where the facts file knows the year."""
    told = {"said": {"decision_by": date(2026, 12, 10)}}
    for day, is_wrong in (("Friday", True), ("Thursday", False)):
        sample = Sample(f"You hoped to decide by {day} 10 December.", subject="Our talk", facts=told).context()
        findings = check_mail(replace(sample, briefing=Briefing(("10 December",))), choose_rules(["FM901"]))
        assert [finding.words for finding in findings] == ["Friday 10 December"] * is_wrong


@pytest.mark.parametrize(
    ("day", "fact"),
    [
        ("on Saturday", "she sat with the night team"),
        ("on Saturday", "sat with the night team"),
        ("on Saturday", "I sat 2 exams"),
        ("on Sunday", "sun came out over the bay"),
        ("on Sunday", "lunch out in the sun"),
        ("on Wednesday", "the newly wed manager"),
        ("in May", "may need help with the ovens"),
        ("in March", "we use a data mart"),
        ("in March", "lunch with Mary"),
    ],
)
def test_a_verb_or_a_name_is_no_day(day: str, fact: str) -> None:
    """ "She sat", "the sun", "may need" and "Mary" in a note give a mail no day and no month."""
    assert errors(f"You move the night ovens {day}.", fact) == [day.rsplit(maxsplit=1)[-1]]


@pytest.mark.parametrize(
    ("day", "facts"),
    [
        (
            "on Saturday",
            ("back on sat", "back sat", "fri, sat", "thu/sat", "sat 21 nov", "Sat: the ovens", "by sat ok"),
        ),
        ("on Sunday", ("sat and sun off", "until sun", "sun 9am", "open suns", "Sunday best")),
        ("on Wednesday", ("decide by wed", "not before wed, he said", "weds at the latest")),
        ("in May", ("12 may", "in may", "start may", "from may to july")),
        ("in March", ("starts mar 3", "early mar", "march")),
        ("in September", ("sept", "from sep on")),
        ("in February", ("febuary or later", "feb")),
    ],
)
def test_a_short_day_in_a_note_is_known(day: str, facts: tuple[str, ...]) -> None:
    """The short form of a day counts behind a word of time, before a figure and at the end of what is said."""
    assert [fact for fact in facts if found(f"You move the night ovens {day}.", fact)] == []


NOTICE = ("4 wks notice, told him", "work at height runs out 11 feb", "could start 4 Jan if they say by the 4th")
LATE = ("late trains 9 per cent to 3", "40 per week in the yard", "delay 6.8 s on the news")


@pytest.mark.parametrize(
    ("core", "facts"),
    [
        ("My certificate runs out on 11 February. Four weeks' notice, as I told you.", NOTICE),
        ("Four weeks' notice, as I said, so I could start on 4 January if they say by the 4th.", NOTICE),
        ("The late trains went from 9 per cent to 3.", LATE),
        ("The late trains went from 9% to 3%.", LATE),
        ("The late trains went from nine percent to three.", LATE),
        ("You see 40 a week in the yard. The delay is 6.8 seconds on the news.", LATE),
        ("Two people short in the kitchen is a lot.", ("kitchen 2 ppl short",)),
        ("The test took ninety minutes.", ("test took 1.5 hrs",)),
        ("The test took an hour and a half.", ("test took 90 mins",)),
        ("I drove the snow plough for two and a half years.", ("drove snow plough 2.5 yrs",)),
        ("I drove the snow plough for thirty months.", ("drove snow plough 2\u00bd yrs",)),
        ("I drove the snow plough for twelve months.", ("drove snow plough 1 yr",)),
        ("The deaf panel sits every two months.", ("deaf panel every 2 mths",)),
    ],
)
def test_a_figure_in_another_unit_or_spelling_passes(core: str, facts: tuple[str, ...]) -> None:
    """Weeks for wks, percent for per cent, ninety minutes for an hour and a half."""
    assert not found(core, *facts)


@pytest.mark.parametrize(
    ("core", "words", "facts"),
    [
        ("Six weeks' notice, as I told you.", "Six", NOTICE),
        ("Four days' notice, as I told you.", "Four", NOTICE),
        ("The late trains went from 9 days to 3.", "9", LATE),
        ("The late trains went from 9 per cent to 5.", "5", LATE),
        ("The delay is 6.8 minutes on the news.", "6.8", LATE),
        ("Three people short in the kitchen is a lot.", "Three", ("kitchen 2 ppl short",)),
        ("The test took eighty minutes.", "eighty", ("test took 1.5 hrs",)),
        ("I drove the snow plough for three and a half years.", "three", ("drove snow plough 2.5 yrs, 3 winters",)),
        (
            "Late trains went from 9 per cent to 3, and stops from 40 to 4.",
            "4",
            ("late trains 9 pc to 3", "stops 40 to 6"),
        ),
        ("I drove the snow plough for twelve years.", "twelve", ("drove snow plough 1 yr",)),
    ],
)
def test_its_wrong_twin_is_found(core: str, words: str, facts: tuple[str, ...]) -> None:
    """Another figure, or the same one in a unit that makes it another, is an error."""
    assert words in errors(core, *facts), found(core, *facts)


@pytest.mark.parametrize(
    "core",
    [
        "Thanks a million for the talk.",
        "A thousand thanks for the talk.",
        "I agree with you a hundred per cent.",
        "I am one hundred per cent sure, and 100% behind you.",
        "Nine times out of ten it is the plug. That was one of a kind.",
        "The yard was a hundred per cent worth it. Two of your questions stayed with me. I was at the gate by 9.",
        "I thought twice about it, and asking is half the battle.",
    ],
)
def test_a_number_in_a_way_of_speaking_is_no_figure(core: str) -> None:
    """Idioms count nothing."""
    assert not found(core)


@pytest.mark.parametrize(
    ("core", "words"),
    [
        ("I saved a million for the yard.", "a million"),
        ("Trains of the yard are late, one in five of them.", "five"),
        ("Three of your trains are late.", "Three"),
        ("Your waste is down, from 28.", "28"),
        ("A hundred per cent of the trains were on time.", "A hundred"),
        ("I agreed a hundred per cent of the claims.", "a hundred"),
        ("Nine out of ten trains were late.", "Nine"),
        ("I came twice, and half of the trains were late.", "half"),
    ],
)
def test_a_number_that_counts_something_is_a_figure(core: str, words: str) -> None:
    """The same numbers outside of an idiom are found."""
    assert words in [finding.words for finding in found(core)], found(core)


RANG = ("he rang when he said he would. he didn't waste my time", "ring dont text")


@pytest.mark.parametrize(
    "after", [".", ", and kept it short.", ", and you didn't waste my time.", " and that was good."]
)
def test_a_thing_said_before_the_phrase_counts_whatever_follows(after: str) -> None:
    """A fact that is told before "when you said you would" is not looked for in the words after it."""
    assert not found(f"You rang when you said you would{after}", *RANG)


@pytest.mark.parametrize(
    "core",
    [
        "You apologised when you said you would, and kept it short.",
        "You mentioned, and kept it short, that the yard closes.",
        "You rang, and you mentioned that the yard closes in spring.",
        "You paid me when you said you would, and kept it short.",
    ],
)
def test_another_deed_before_the_phrase_is_still_a_doubt(core: str) -> None:
    """What the facts do not have of the reader is shown."""
    assert found(core, *RANG)


TOLD = (
    "I will send you the copy of my work at height certificate tonight.",
    "she sends the contract fri, I said tues is fine",
    "both references know. Names I send on Monday", "I'll ring the yard on Thurs", "I'll email the vet's letter Weds",
)  # fmt: skip


def promised(core: str, *noted: str) -> list[bool]:
    """Return for each promise that is found whether it is an error, where the candidate said what is in TOLD."""
    briefing = Briefing((*TOLD, *noted), own=TOLD)
    context = replace(Sample(core, subject="Our talk").context(), briefing=briefing)
    findings = check_mail(context, choose_rules(["FM901"]))
    return [finding.is_error for finding in findings if "this promise" in finding.message]


@pytest.mark.parametrize(
    "core",
    [
        "I'll send you the copy of my work at height certificate tonight.",
        "I will send you the copy of my height cert tonight.",
        "I will send you their names on Monday.",
        "I'll email you the names of both references on Monday.",
        "I will call the yard on Thursday.",
        "I'll email you the vet's letter on Wednesday.",
    ],
)
def test_a_promise_of_the_candidate_with_its_day_passes(core: str) -> None:
    """What stands in the candidate's own sentence may be promised in the mail, contracted or not."""
    assert promised(core) == []


@pytest.mark.parametrize(
    "core",
    [
        "I'll send you the copy of my work at height certificate on Monday.",
        "I will send you the copy of my degree tonight.",
        "I will send you their names on Thursday.",
        "I will send you their addresses on Monday.",
        "I will call you on Monday.",
        "I'll send you the contract on Friday.",
        "I'll send you the contract on Tuesday.",
    ],
)
def test_a_promise_with_another_day_thing_or_doer_is_an_error(core: str) -> None:
    """Another day, another thing, another deed, and what the others promised."""
    assert promised(core) == [True]


@pytest.mark.parametrize(
    ("noted", "found"),
    [
        ("certs by Wed., 2", [False]),
        ("I'll bring the certs on Wednesday", [False]),
        ("I'll send you the certs on Wednesday", [False]),
        ('"I\'ll send you the certs on Wednesday"', [True]),
        ("he sends certs on Wed", [True]),
        ("can't send the certs on Wed", [True]),
    ],
)
def test_a_note_of_who_knows_whose_doing_is_a_doubt(noted: str, found: list[bool]) -> None:
    """In a note of the conversation "I" may be the other, and a thing with a day may be theirs."""
    assert promised("I will send you two certs by Wednesday.", noted) == found


CARD = "The copy of my Working with Children card comes in a separate mail."


@pytest.mark.parametrize(
    "fact",
    ["copy of my Working with Children card", "working with children check", "WWC check", "wwc card", "WWCC till 2027"],
)
def test_the_name_of_a_paper_in_ordinary_words_is_known(fact: str) -> None:
    """A name that the facts have, in small letters or initials too, is not warned of word by word."""
    assert not found(CARD if "WWCC" not in fact else "My Working with Children Check is valid until 2027.", fact)


def test_the_name_of_a_paper_that_a_promise_has_is_known() -> None:
    """A promised paper may be named though the promise itself was not among the facts that were given."""
    told = {"promised": [{"what": "copy of my Working with Children card"}]}
    context = replace(Sample(CARD, subject="Our talk", facts=told).context(), briefing=Briefing(("Sam Rivera",)))
    assert not check_mail(context, choose_rules(["FM901"]))


def test_a_paper_of_which_no_fact_speaks_is_one_doubt() -> None:
    """Ordinary words with capitals that no fact has are one name, and one warning."""
    assert [(one.words, one.is_error) for one in found(CARD, "first aid cert")] == [("Working with Children", False)]
    assert [one.words for one in found("I hold the Safe Pass and a Grafana badge.", "first aid cert")] == [
        "Safe Pass",
        "Grafana",
    ]


RATES = ("cut flour waste from 40 kg to 15 kg a wk", "falls from 9 a mth to 4", "300 users in 3 wks", "pots, 6 min")


@pytest.mark.parametrize(
    "core",
    [
        "I cut flour waste from 40 kg to 15 kg a week.",
        "Falls went from nine per month to four.",
        "There were 300 users in a week or three.",
        "I turned the pots twice a day, six minutes each.",
        "Falls went from nine a month to four a month.",
    ],
)
def test_a_rate_that_a_fact_has_passes(core: str) -> None:
    """A week for a wk, a month for a mth; what is done in a week is no rate."""
    assert errors(core, *RATES) == []


@pytest.mark.parametrize(
    ("core", "words"),
    [
        ("I cut flour waste from 40 kg to 15 kg a day.", "15"),
        ("Falls went from nine a week to four.", "nine"),
        ("Falls went from nine to four per week.", "four"),
    ],
)
def test_a_rate_of_another_time_is_an_error(core: str, words: str) -> None:
    """Fifteen a day is not fifteen a week."""
    assert words in errors(core, *RATES)


@pytest.mark.parametrize(
    ("core", "found_hours"),
    [
        ("The ovens go on at a quarter past three.", []),
        ("The ovens go on at quarter past four.", ["quarter past four"]),
        ("The first van leaves at twenty to six.", []),
        ("The first van leaves at ten to six.", ["ten to six"]),
        ("I came at half past eight with five to ten friends.", ["half past eight"]),
    ],
)
def test_an_hour_in_words_is_compared_with_the_facts(core: str, found_hours: list[str]) -> None:
    """3.15 in a note is a quarter past three, and no quarter past four."""
    hours = [one.words for one in found(core, "ovens on at 3.15, first van out 5.40") if "hour" in one.message]
    assert hours == found_hours


def test_a_movement_ends_where_its_own_fact_says() -> None:
    """The second figure of a movement that only another fact has is a doubt."""
    spots = found("Mastitis went from fourteen per cent to four.", "mastitis 14 pc to 6", "milking 4.30 + 3.30")
    assert [(spot.words, spot.is_error) for spot in spots] == [("four", False)]
