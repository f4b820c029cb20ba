"""Notes that are already written out stand as they are, and a jotted note never passes for one of them."""

from __future__ import annotations

import pytest

from followup_mail.language.notes import read_note

SENTENCES = {
    "I have run such a pipeline for three years.": "I have run such a pipeline for three years.",
    "at Harbor Logistics I moved a nightly batch system to streaming without a day of downtime": (
        "At Harbor Logistics I moved a nightly batch system to streaming without a day of downtime."
    ),
    "I maintain the on-call handbook that my present team works by": (
        "I maintain the on-call handbook that my present team works by."
    ),
    "At Harbor Logistics I also ran the apprenticeship.": "At Harbor Logistics I also ran the apprenticeship.",
    "I wrote the runbook that new colleagues still start from": (
        "I wrote the runbook that new colleagues still start from."
    ),
    "I run payroll for 40 people in two countries": "I run payroll for 40 people in two countries.",
    "I speak Polish, the language of your second office": "I speak Polish, the language of your second office.",
    "I built the alert dashboard, which cut pages by half": "I built the alert dashboard, which cut pages by half.",
    "I drive a tractor.": "I drive a tractor.",
    "I can drive a tractor.": "I can drive a tractor.",
    "I also train the new nurses": "I also train the new nurses.",
    "I often cook for 200 people a day": "I often cook for 200 people a day.",
    "I've run two such moves": "I have run two such moves.",
}
TOPICS = {
    "the move from nightly batches to streaming": "the move from nightly batches to streaming",
    "how openly you spoke about the outage in March": "how openly you spoke about the outage in March",
    "How you spoke.": "how you spoke",
    "the time that you give newcomers to read": "the time that you give newcomers to read",
    "your team's rota": "your team's rota",
    "moving the nightly jobs to streaming": "moving the nightly jobs to streaming",
    "Closing the month in three working days.": "closing the month in three working days",
    "what Florence Nightingale got wrong about cholera?": "what Florence Nightingale got wrong about cholera",
    "what matters to your team": "what matters to your team",
    "the way you lead": "the way you lead",
    "Kafka": "Kafka",
    "the ICU": "the ICU",
}
JOTTED = (
    "I moved nightly jobs w/ Tom",
    "I run payroll & rota for 40",
    "i keep the handbook that we work by",
    "I cut deploys (nightly) for the team",
    "I did it mgmt wanted the report",
    "I told him the plan for the ward",
    "I wrote report for the board",
    "I drive van for the bakery",
    "I kept the rota, the handbook, the keys",
    "I wrote the handbook for the",
    "Kubernetes has been my daily work since 2017",
)
NO_TOPICS = (
    "the supplier never pays",
    "the team grew fast",
    "your team is great",
    "the line stops twice a shift",
    "what he said about the rota",
    "how many temps",
    "how i lead",
    "the move -> streaming",
    "the move to",
    "moving jobs 40 -> 6",
    "the position and the company",
    "training new midwives",
    "Monday",
    "stuff",
)
KEPT_OUT = (
    "the salary range",
    "how tired you looked after the shift",
    "the parking at the depot",
    "not for the mail: the move to streaming",
)


@pytest.mark.parametrize("note", SENTENCES)
def test_a_sentence_stands_as_it_is(note: str) -> None:
    """A full sentence that begins with "I", or with where it was, gets a capital and a full stop and nothing else."""
    assert read_note(note).mine == SENTENCES[note]


@pytest.mark.parametrize("note", TOPICS)
def test_a_phrase_stands_as_it_is(note: str) -> None:
    """A thing, an activity, an indirect question or a tool can be what a conversation was about."""
    assert read_note(note).topic == TOPICS[note]


@pytest.mark.parametrize("note", JOTTED)
def test_a_jotted_note_is_no_finished_sentence(note: str) -> None:
    """An arrow, a short form, a missing article, a list, a third person: the note never stands as it is."""
    assert read_note(note).mine.rstrip(".") != note


@pytest.mark.parametrize("note", NO_TOPICS)
def test_what_has_a_verb_of_its_own_is_no_topic(note: str) -> None:
    """A sentence about something, half a phrase and what says nothing are no topics as they stand."""
    assert read_note(note).topic != note


@pytest.mark.parametrize("note", KEPT_OUT)
def test_a_note_that_stays_out_stays_out_however_well_it_is_written(note: str) -> None:
    """Private, tactless and trivial notes give nothing, also as a finished phrase."""
    read = read_note(note)
    assert (read.topic, read.mine, read.yours) == ("", "", "")
