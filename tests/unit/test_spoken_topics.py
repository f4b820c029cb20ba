"""What two people talked about is named even where nothing is known of its words, and never as half a sentence."""

from __future__ import annotations

import pytest

from followup_mail.language.spoken_topics import first_together, spoken_topic, spoken_topics


@pytest.mark.parametrize(
    ("note", "topic"),
    [
        ("float pool across 3 units", "the float pool across 3 units"),
        ("the recall drill in spring", "the recall drill in spring"),
        ("nap room", "the nap room"),
        ("keys", "keys"),
        ("SQL", "SQL"),
        ("C#", "C#"),
        ("Go", "Go"),
        ("dbt", "dbt"),
        ("CI/CD", "CI/CD"),
        ("your new ward", "your new ward"),
        ("sensor clocks drift", "sensor clocks"),
        ("savings plan", "the savings plan"),
        ("controlled drug log", "the controlled drug log"),
        ("Two periods of library duty also, every week", "the two periods of library duty"),
        ("she said the ferry from Oban is always late and nobody knows why", "the ferry from Oban"),
        ("the 7:40 slot", "the 7:40 slot"),
        ("hire fees, and who pays", "hire fees"),
        ("dead air at Hogmanay, 11 s", "dead air at Hogmanay"),
        ("two settlement offers in the bath-tap case", "the two settlement offers in the bath-tap case"),
        ("six-day week in December", "the six-day week in December"),
        ("orders in plain language", "orders in plain language"),
        ("void flats in Mill Lane", "void flats in Mill Lane"),
        ("cat on keyboard", "the cat on the keyboard"),
        ("who may close the dome", "who may close the dome"),
        ("handpumps that break in the second year", "handpumps that break in the second year"),
        ("the gala nobody likes", "the gala nobody likes"),
        ("waking at four", "waking at four"),
        ("heat in compartment 4", "heat in compartment 4"),
        ("glue-ups in the cold", "glue-ups in the cold"),
        ("booking system loses Fridays", "the booking system"),
        ("food waste 11 percent", "food waste"),
        ("DG papers come 20 min before cutoff", "DG papers"),
        ("bedside handover since Nov", "bedside handover"),
        ("stem counts", "stem counts"),
        ("Myrtle Rust plan", "the Myrtle Rust plan"),
        ("White Friday offers", "White Friday offers"),
        ("closing of the patio", "the closing of the patio"),
        ("spring catalogue in print", "the spring catalogue in print"),
        ("harvest at 3 a.m.", "the harvest at 3am"),
        ("inspection on tues", "the inspection on Tuesday"),
        ("re: turno of seven nights", "the turno of seven nights"),
        ("ISO 15189 audit in November", "the ISO 15189 audit in November"),
    ],
)
def test_a_thing_is_named_with_its_article(note: str, topic: str) -> None:
    """It can follow "talking with me about", with *the* for what both know."""
    assert spoken_topic(note) == topic


@pytest.mark.parametrize(
    "note",
    [
        "milestones slip by a day",
        "oh dear, the stairs",
        "Python not R",
        "blokes mostly",
        "okay so the permit",
        "grain load 3x, no lorry",
        "lab assistant retired in October",
        "water loss stands at 44%",
        "moved the clinic",
        "phone-ins scare new producers",
        "third shift ends 11 pm",
        "night audit done by 3",
        "first floor restless about 4",
        "the case",
        "orientation of new",
        "a beagle",
        "drivers who phone instead",
        "Ofsted due any time",
        "eelgrass heatwave experiment summer",
        "travel Mon-Thu",
        "slug pulling sta 4, wrecked 2 punches",
        "four guys",
        "312 keys",
        "NICU 22 beds",
        "too much aftershave for flower hall",
        "layover @ Ferry Term.: 4 min on paper",
        "docket software down 2 days in November",
        "lunchtime worst in last 10 mins",
        "he cooked an omelette",
        "her talk on dead letters",
        "wants it warmer",
        "{player_name} shipped in the demo",
        "[Lot 47]",
        "two on at night since October",
        "seven weddings in one June wkend",
        "joint use w/ the Guard ramp",
        "crane??",
        "saute fri/sat",
        "two BiPAP failures in Sept",
        "no weekend calls",
        "settling-in takes six weeks",
        "cook's logbook vs. batch record",
        "fired two people last year",
        "wifi password is hunter2",
        "private: his divorce",
        "-",
        "",
        "A" * 5_000,
        "a " * 3_000,
    ],
)
def test_what_is_a_sentence_a_state_or_a_sore_point_is_not_named(note: str) -> None:
    """A mail says nothing rather than half a sentence, or what would hurt."""
    assert spoken_topic(note) == ""


@pytest.mark.parametrize(
    ("notes", "topics"),
    [
        (["nap room", "forest days on Thursdays", "snacks"], ["the nap room", "forest days on Thursdays"]),
        (["deposits", "keys"], ["deposits", "keys"]),
        (["keys", "the roof appeal"], ["the roof appeal"]),
        (["mussel rafts and red tides", "ship time in February"], ["mussel rafts and red tides"]),
        (["he cooked an omelette"], []),
        ([], []),
    ],
)
def test_two_things_at_most_are_named(notes: list[str], topics: list[str]) -> None:
    """Those that say most, in the order of the notes; an "and" is never inside another."""
    assert first_together(spoken_topics(notes)) == topics
