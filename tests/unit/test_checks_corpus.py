"""The rules hold on the collection of notes: good ones pass, bad ones trip what they are labelled with."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from bench.corpus_totals import count
from followup_mail.cadence.step import Kind
from followup_mail.checks import Finding, Severity, all_rules, check_mail, choose_rules, has_errors
from followup_mail.checks.samples import Sample
from tests.corpus_loader import Note, load_collection, load_notes

SENTENCES = tomllib.loads((Path(__file__).parents[1] / "corpus_sentences.toml").read_text("utf-8"))
LEAST_PRECISION = 0.95
# What a note of one or two sentences cannot help, and what its made-up circumstances bring along.
_BESIDE_THE_POINT = {"too-short", "generic", "no-question", "too-early"}


@cache
def notes(folder: str) -> tuple[Note, ...]:
    return tuple(load_notes(folder))


def findings(note: Note) -> set[str]:
    return {one.name for one in found_in()[note.name]}


@cache
def found_in() -> dict[str, tuple[Finding, ...]]:
    return {note.name: check_mail(note.context) for note in (*notes("good"), *notes("bad"))}


def test_collection_is_large_enough() -> None:
    """There are at least 60 good notes and 120 bad ones, and every rule has a bad one or is known to have none.

    The rules that only a writing model's mails must pass have a collection of their own.
    """
    assert len(notes("good")) >= 60
    assert len(notes("bad")) >= 120
    labelled = {name for note in notes("bad") for name in note.expect}
    known = {rule.name for rule in all_rules()}
    assert labelled <= known
    assert known - labelled - {rule.name for rule in choose_rules(["FM9"])} == {"impersonal-greeting"}


@pytest.mark.parametrize(("collection", "found"), [("development", 0.85), ("measuring", 0.7)])
def test_the_other_collections_come_out_as_they_did(collection: str, found: float) -> None:
    """At most 5 of 100 good mails are stopped, 9 of 10 errors are labelled, and so much of the labels is found.

    Nobody reads the mails for measuring, so nothing but counts is shown here.
    """
    totals = count(load_collection(collection))
    assert totals.good_stopped <= 0.05 * totals.good
    assert totals.precision(Severity.ERROR) >= 0.9
    assert totals.recall(Severity.ERROR) >= found


def test_good_notes_pass_without_an_error() -> None:
    """No good note is stopped."""
    stopped = {note.name: found for note in notes("good") if has_errors(found := found_in()[note.name])}
    assert stopped == {}


def test_bad_notes_trip_their_labels() -> None:
    """Every bad note trips each rule that it is labelled with."""
    missed = {note.name: lacking for note in notes("bad") if (lacking := note.expect - findings(note))}
    assert missed == {}


def test_precision_of_every_rule() -> None:
    """At least 95 of 100 notes that a rule finds something in are labelled with it; unlabelled bad notes count too."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for note in (*notes("good"), *notes("bad")):
        found = findings(note)
        right.update(found & note.expect)
        wrong.update(found - note.expect - note.arguable)
    poor = {
        name: (right[name], count)
        for name, count in wrong.items()
        if right[name] < LEAST_PRECISION * (right[name] + count)
    }
    assert poor == {}


@pytest.mark.parametrize("kind", [Kind.THANK_YOU, Kind.STATUS_INQUIRY, Kind.REJECTION_THANKS])
def test_innocent_sentences_are_left_alone(kind: Kind) -> None:
    """Sentences that come close to a phrase and mean something else have no finding, in any kind of mail."""
    blamed = {}
    for sentence in SENTENCES["innocent"]:
        context = Sample(f"Thank you for the talk about the nightly jobs. {sentence}", kind=kind).context()
        if found := {one.name for one in check_mail(context)} - _BESIDE_THE_POINT:
            blamed[sentence] = found
    assert blamed == {}


@pytest.mark.parametrize("name", SENTENCES["guilty"])
def test_guilty_sentences_are_found(name: str) -> None:
    """Sentences that a rule is there for are found by it."""
    rejection = {"reproach", "reconsider"}
    kind = (
        Kind.REJECTION_THANKS if name in rejection else Kind.THANK_YOU if name == "negotiating" else Kind.STATUS_INQUIRY
    )
    missed = []
    for sentence in SENTENCES["guilty"][name]:
        context = Sample(f"The nightly jobs are on my mind. {sentence}", kind=kind).context()
        if name not in {one.name for one in check_mail(context)}:
            missed.append(sentence)
    assert missed == []
