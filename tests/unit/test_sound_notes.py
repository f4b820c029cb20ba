"""What may go from a note into a mail when nobody was asked, and what a note says of the other side."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.drafts.material import told_by
from followup_mail.facts.application import Person
from followup_mail.language.known_words import Known
from followup_mail.language.notes import read_note
from followup_mail.language.sound_notes import is_telling, is_topic, reads_well, sound_note

TOPICS = (
    "the bench memo",
    "bedside handover",
    "the load audit form",
    "panel swaps at the school district",
    "the three field campaigns on the island",
    "moving the nightly jobs to streaming",
    "how openly you spoke about the outage in March",
    "the time that you give newcomers to read",
    "the voicing room",
    "your debrief",
    "Kafka",
)
NICKNAMES = (
    "the big headache",
    "the black book",
    "the whole house",
    "twelve beds",
    "the room",
    "the discussion about twelve beds",
    "the last year",
    "the two weeks",
    "the elderly riders",
    "the thing",
    "the golden rule",
    "how they do the handover",
)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_system_a_plan_or_an_activity_is_a_topic(topic: str) -> None:
    """What two people talk about as such may follow "Thank you for telling me about"."""
    assert is_topic(topic)


@pytest.mark.parametrize("topic", NICKNAMES)
def test_a_nickname_a_number_a_time_or_people_are_no_topic(topic: str) -> None:
    """What only somebody who was there understands stays out, and so do beds, weeks, riders and a bare room."""
    assert not is_topic(topic)


THIN = (
    "I ran a summer bridge.",
    "I started a box for families at the home.",
    "I built a React dashboard for operations.",
    "I have only ever worked nights and I like them.",
    "I cut the food cost from 34 to 28 in a season.",
)
FULL = (
    "I trained two apprentices at my old shop.",
    "I have held a boat licence (SBF See) since 2023.",
    "I speak Urdu and Punjabi.",
    "I sold lab equipment in Poland and Czechia.",
    "I ran the breastfeeding drop-in, and feeding at six weeks went from 31% to 48%.",
    "I wrote a linter, and orphans went from 41 to 0 in one quarter.",
)


@pytest.mark.parametrize("sentence", THIN)
def test_a_point_without_figure_or_result_is_left_out(sentence: str) -> None:
    """A deed that leads nowhere, an excuse, and a change whose unit nobody knows are not told."""
    assert not is_telling(sentence)


@pytest.mark.parametrize("sentence", FULL)
def test_a_point_with_figure_result_or_names_is_told(sentence: str) -> None:
    """A number, a span, a licence, a language, two names or a result carry a sentence."""
    assert is_telling(sentence)


def test_a_note_that_says_no_more_is_theirs_to_judge() -> None:
    """What is said whole stays, though the same is too thin where the rest of the note was lost."""
    note = read_note("wrote the on-call handbook")
    assert sound_note(note, Known(), is_whole=True).mine == "I wrote the on-call handbook."
    assert sound_note(note, Known()).mine == ""
    excuse = read_note("I have only ever worked nights and I like them")
    assert sound_note(excuse, Known(), is_whole=True).mine == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "I liked that you sit with owners after a bad one.",
        "I liked that you were the only one who spoke.",
        "I liked that you wrote alone the protocol.",
        "I liked that you knows every cow.",
        "I have a experience in finance.",
    ],
)
def test_what_a_reader_would_stumble_over_does_not_pass(sentence: str) -> None:
    """Pointing to nothing, praise at the cost of colleagues, a wrong verb form or article: it stays out."""
    assert not reads_well(sentence, Known())


RESULTS = {
    "closed 31 files last yr, none reopened": "I closed 31 files last year, and none of them was reopened.",
    "redid refund flow for ferry company, 6 screens -> 2, complaints -38%": (
        "I redid the refund flow for a ferry company, from six screens to two, and complaints fell by 38%."
    ),
    "redid the transfer bag list, 61 items down to 34": "I redid the transfer bag list, from 61 items to 34.",
    "wrote dag-owner linter in CI, orphans 41 -> 0 in 1 qtr": (
        "I wrote a DAG-owner linter in CI, and orphans went from 41 to zero in one quarter."
    ),
    "court report template i wrote, 5 h -> 2 h": (
        "I wrote a court report template that cut the time from five hours to two."
    ),
    "wrote the on-call handbook, 12 ppl use it": "I wrote the on-call handbook, and 12 people use it.",
    "wrote the on-call handbook, team of 12 works by it": "I wrote the on-call handbook, and a team of 12 works by it.",
    "sat w/ finance every month end for 2 yrs, wrote the recon": (
        "I sat with finance every month-end for two years and wrote the reconciliation."
    ),
    "trained 9 new nurses, 8 still there": "I trained nine new nurses, and eight are still there.",
    "weekly cycle counts in cold store, differences 2.1% -> 0.3%": (
        "I have worked with weekly cycle counts in a cold store, and the differences went from 2.1% to 0.3%."
    ),
    "ran the kitchen for a 120 seat bistro": "I ran the kitchen for a 120-seat bistro.",
    "no accident in 600,000 km": "I have had no accident in 600,000 km.",
    "FlowCam + ZooScan since 2019": "I have worked with FlowCam and ZooScan since 2019.",
    "peer mentor for 2 yrs": "I have two years of experience as a peer mentor.",
    "speak urdu and punjabi": "I speak Urdu and Punjabi.",
    "boat licence (SBF See) since 2023": "I have held a boat licence (SBF See) since 2023.",
}


@pytest.mark.parametrize("note", RESULTS)
def test_a_deed_is_told_with_what_came_of_it(note: str) -> None:
    """Later parts of a note become results, joined by "and", as a comma in a note gives no cause."""
    assert sound_note(read_note(note), Known()).mine == RESULTS[note]


CLAUSES = {
    "court reports eat her fridays": "the court reports eat your Fridays",
    "nobody gets sent home for asking twice": "nobody gets sent home for asking twice",
    "they bill by phase, not by the hour": "you bill by phase, not by the hour",
    "she still does one night on call a month": "you still do one night on call a month",
    "he knows every cow by number": "you know every cow by number",
    "they lose 2 days a job waiting on the fabrication shop": (
        "you lose two days a job waiting on the fabrication shop"
    ),
    "returns pile up after black friday": "the returns pile up after Black Friday",
    "half of the seed plan still open": "half of the seed plan is still open",
    "hold times 11 min on mondays": "the hold times are 11 minutes on Mondays",
    "ops must approve each wording": "the operations must approve each wording",
    "on the rota himself": "you are on the rota yourself",
    "head nurse has no patients of her own": "",
    "exit interviews nobody reads": "",
    "bridge deck pours only at night": "",
    "we talked about the rota": "",
    "my talk ran over": "",
}


@pytest.mark.parametrize("note", CLAUSES)
def test_a_note_on_the_other_side_becomes_a_clause(note: str) -> None:
    """He, she and they become "you", things get their article and "is"; what may be a noun is no verb."""
    assert read_note(note).clause == CLAUSES[note]


def test_what_convinced_follows_is_only_where_it_is_single() -> None:
    """A reason that is many does not follow "What I liked best is"; what the reader did does follow "that"."""
    told = told_by(Person(name="Ann Low", convinced="they keep a list of every manual journal"))
    assert "you keep a list of every manual journal" in str(told["you_did"])
    assert told_by(Person(name="Ann Low", convinced="paper prototypes"))["convinced"] == ""


_WORDS = st.sampled_from(
    """
    he she they his her the a 3 40 -> 6 min yrs w/ @ & + own wrote cut knows knew eats report reports form crew nobody
    no half of still open at on in from to down up 5% -38% 61 items , ; : - ( ) himself since 2019 both none reopened
    licensed budget rota for every friday one ones not only time times must approve took redid speak french
    """.split()
)


@given(st.one_of(st.lists(_WORDS, max_size=12).map(" ".join), st.text(max_size=100)))
@examples(times=4)
def test_nothing_of_the_note_is_left_in_what_passes(text: str) -> None:
    """Any text: no arrow, no "she" and no sign of the note is left; a sentence has its capital and its full stop."""
    note = sound_note(read_note(text), Known())
    for sentence in filter(None, (note.mine, note.yours)):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert not sentence.endswith("..")
    for output in filter(None, (note.mine, note.yours, note.clause, note.topic, note.thanks_for)):
        assert not re.search(r"->|[\[\](){}<>@=&\"+]|\b(?:he|she|him|himself|herself|hers)\b", output, re.IGNORECASE)
        assert output == " ".join(output.split())
    assert not re.search(r"\bI\b", note.clause)
