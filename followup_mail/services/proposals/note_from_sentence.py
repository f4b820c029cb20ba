"""A note of a writing model's as a change of facts: it keeps to its sentence, or the sentence itself is the note.

A figure, a name or a turned sense that nobody said ends it. Where only words are new, the sentence takes its place:
what a model finds worth noting is of use, even where its own words are not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from followup_mail.facts.application import Application, Person
from followup_mail.incoming.transcript import TranscriptLine
from followup_mail.incoming.transcript_passage import Passage
from followup_mail.incoming.transcript_search import is_label_of
from followup_mail.language.addresses import find_addresses
from followup_mail.language.fit_to_tell import is_fit_to_tell
from followup_mail.proposals.proposal import ProposedChange
from followup_mail.services.proposals.propose_from_transcript import is_fit_to_note
from followup_mail.writing_model.model_notes import ModelNote
from followup_mail.writing_model.note_gate import (
    find_added,
    find_strange,
    speaks_as_them,
    takes_over_deeds,
    tells_of_oneself,
)

_LONGEST: Final = 300
"""Characters of a note: a sentence that takes its place may be long."""
_ABOUT_PEOPLE: Final = frozenset({"discussed", "convinced"})


def as_change(
    application: Application, note: ModelNote, passage: Passage, person: Person | None, show: Callable[[str], str]
) -> ProposedChange | None:
    """Return the change that a note comes to; None for one that may not be proposed.

    ``person`` is whom it is about, None for the candidate. ``show`` puts the names back.
    """
    if not is_fit_to_note(passage.label, passage.text) or not _may_come_from(application, note.what, passage, person):
        return None
    line = TranscriptLine(passage.label, passage.text, passage.is_own)
    if note.what == "quote":
        return ProposedChange("quote", passage.text, passage.text) if len(passage.text) <= _LONGEST else None
    said, known = show(note.text), _known(application, passage, person)
    if not is_fit_to_tell(said) or find_added(said, passage.text, known):
        return None
    if find_strange(said, passage.text, known) or _is_misleading(said, passage):
        said = line.as_promise if note.what == "promised" else line.as_note
    if len(said) > _LONGEST or find_addresses(said):
        return None
    return ProposedChange(note.what, f"{person.name}: {said}" if person else said, passage.text)


def _may_come_from(application: Application, what: str, passage: Passage, person: Person | None) -> bool:
    """Return whether a note can come from whoever said its sentence: nobody speaks for another one."""
    if what in _ABOUT_PEOPLE:
        return person is not None and (passage.is_own or not passage.label or is_label_of(passage.label, person.name))
    if what == "quote":
        names = (one.name for one in application.everyone())
        return not passage.is_own and (not passage.label or any(is_label_of(passage.label, name) for name in names))
    # What the candidate has done is known of a sentence only where the candidate is known to have said it.
    return passage.is_own or (what == "promised" and not passage.label)


def _known(application: Application, passage: Passage, person: Person | None) -> tuple[str, ...]:
    """Return the names that a note may have, although its sentence has not."""
    return (person.name if person else "", passage.label, application.company, application.role)


def _is_misleading(said: str, passage: Passage) -> bool:
    """Return whether a note would be taken for a deed or an opinion of somebody else's."""
    if passage.is_own:
        return not tells_of_oneself(said, passage.text)
    return speaks_as_them(said) or takes_over_deeds(said, passage.text)
