"""Sentences of notes that somebody has at hand who writes an application down: which fit a question of ``add``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.incoming.transcript import TranscriptLine
from followup_mail.incoming.transcript_search import SearchFor, find_sentences, is_label_of
from followup_mail.services.adding.add_draft import AddDraft
from followup_mail.services.adding.add_steps import LISTS, AddStep

_OF_THEM: Final = ("decision_by", "quote")


def find_fitting(lines: Sequence[TranscriptLine], draft: AddDraft, step: AddStep) -> tuple[TranscriptLine, ...]:
    """Return the sentences that may hold the answer to a question; none for one that is not about the conversation."""
    if step.part == "notes":
        wanted = SearchFor("discussed", draft.people[step.person].name, is_only=len(draft.people) == 1)
        return find_sentences(lines, wanted)
    if step.key in _OF_THEM:
        return find_sentences([line for line in lines if not line.is_own], SearchFor(step.key))
    if step.key in LISTS:
        own = [line for line in lines if not any(_is_of(line, person.name) for person in draft.people)]
        return find_sentences(own, SearchFor(step.key))
    return ()


def as_answer(step: AddStep, line: TranscriptLine) -> str:
    """Return a sentence as it is typed at a question: one note, where a semicolon would make two of it."""
    text = line.as_note if step.part == "notes" else line.as_promise if step.key == "promised" else line.text
    return text.replace(";", ",")


def _is_of(line: TranscriptLine, name: str) -> bool:
    return bool(line.label) and is_label_of(line.label, name)
