"""Searching applications: by names, notes and states, whatever the case and the accents, with what matched."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.cadence.step import StepState
from followup_mail.facts.application import Application
from followup_mail.services.overview.find_applications import STATE_WORDS, match, read_words, stands

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
LONG = "they are moving from nightly batches to streaming, and the consumer lag of their Kafka cluster worries them"
FACTS: dict[str, Any] = {
    "slug": "zazolc",
    "company": "Zażółć GmbH",
    "role": "Data Engineer",
    "time_zone": "Europe/Berlin",
    "notes": "2026-11-18: ask about the office move\nparking is behind the house",
    "interviews": [
        {
            "start": "2026-11-18 10:00",
            "duration": "1 h",
            "people": [
                {"name": "Søren Åberg", "email": "soren@zazolc.example", "discussed": ["kafka migration", LONG]},
                {"name": "佐藤 健", "discussed": ["オンコール"]},
            ],
        }
    ],
    "promised": [{"what": "the case study", "to": "Søren Åberg"}],
}


def _context(*states: StepState, **more: Any) -> Any:
    steps = tuple(SimpleNamespace(state=state, entry_state="", due_at=NOW) for state in states)
    application = Application.read({**FACTS, **more})
    return SimpleNamespace(application=application, plan=SimpleNamespace(steps=steps), now=NOW)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["kafka"], ("discussed with Søren Åberg: kafka migration",)),
        (["KAFKA MIGRATION"], ("discussed with Søren Åberg: kafka migration",)),
        (["soren"], ("Søren Åberg",)),
        (["åberg", "kafka"], ("Søren Åberg", "discussed with Søren Åberg: kafka migration")),
        (["soren@zazolc"], ("address of Søren Åberg: soren@zazolc.example",)),
        (["zazolc"], ()),
        (["engineer"], ("role: Data Engineer",)),
        (["berlin"], ("where they are: Berlin",)),
        (["germany"], ("their country: Germany",)),
        (["オンコール"], ("discussed with 佐藤 健: オンコール",)),
        (["office"], ("your notes: 2026-11-18: ask about the office move",)),
        (["case", "study"], ("promised: the case study",)),
        (["kafka", "rust"], None),
        (["lag"], ("discussed with Søren Åberg: ...streaming, and the consumer lag of their Kafka cluster...",)),
        ([], ()),
    ],
)
def test_all_words_must_fit_and_what_matched_is_said(asked: list[str], found: tuple[str, ...] | None) -> None:
    """Names first, then notes; what stands in the line of the list anyway is not said again."""
    assert match(_context(), read_words(asked)) == found


@pytest.mark.parametrize(
    ("word", "states", "facts"),
    [
        ("due", (StepState.DONE, StepState.DUE), {}),
        ("queued", (StepState.QUEUED,), {}),
        ("upcoming", (StepState.UPCOMING,), {}),
        ("blocked", (StepState.BLOCKED,), {}),
        ("missed", (StepState.MISSED,), {}),
        ("soon", (StepState.UPCOMING,), {}),
        ("waiting", (), {}),
        ("rejected", (), {"outcome": {"status": "rejected"}}),
        ("ended", (), {"outcome": {"status": "offer"}}),
        ("paused", (), {"paused_until": "2026-11-19"}),
        ("snoozed", (), {"snoozed_until": "2026-11-19"}),
        ("archived", (), {"archived": True}),
    ],
)
def test_a_word_can_say_where_an_application_stands(
    word: str, states: tuple[StepState, ...], facts: dict[str, Any]
) -> None:
    """Each of these words finds what stands so, and nothing that does not."""
    if "paused_until" in facts or "snoozed_until" in facts:
        facts = {key: datetime.fromisoformat(day).date() for key, day in facts.items()}
    assert stands(_context(*states, **facts), word)
    other = _context(outcome={"status": "replied"})
    assert not stands(other, word)


def test_blocked_is_what_comes_next() -> None:
    """Something that can be done today is not blocked, whatever else lacks a fact."""
    assert not stands(_context(StepState.BLOCKED, StepState.DUE), "blocked")


def test_words_for_states_are_not_looked_for_in_notes() -> None:
    """`list due` must not find an application because of a note on due diligence; a company of that name it does."""
    assert match(_context(notes="due diligence"), ["due"]) is None
    assert match(_context(company="Due Diligence Ltd"), ["due"]) == ()


def test_nothing_is_due_while_an_application_is_paused() -> None:
    """A pause proposes nothing."""
    assert not stands(_context(StepState.DUE, paused=True), "due")


@given(words=st.lists(st.text(max_size=20), max_size=4))
def test_any_words_are_searched_for(words: list[str]) -> None:
    """Whatever is typed finds or does not find, and more words never find more."""
    context = _context(StepState.DUE)
    wanted = read_words(words)
    if match(context, wanted) is not None:
        assert all(match(context, [word]) is not None for word in wanted)


def test_every_state_word_is_known_by_its_plain_form() -> None:
    """Words are folded before they are compared, so the list of states has to be folded too."""
    assert read_words(STATE_WORDS) == tuple(STATE_WORDS)
