"""Proposed facts that say where they come from: each sentence stands in the kept transcript, or nothing is kept.

Others speak in a transcript, and whoever proposes may have been talked into anything. So a sentence is found again,
word by word, and kept as the transcript has it; and what a note says beside its sentence is pointed out to whoever
decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from followup_mail.errors import OptionsError
from followup_mail.facts.addressees import is_meant
from followup_mail.facts.application import Application
from followup_mail.facts.unfit_values import quoted
from followup_mail.incoming.transcript_passage import Passage, find_passage
from followup_mail.incoming.transcript_search import is_label_of
from followup_mail.language.fit_to_tell import is_fit_to_tell
from followup_mail.language.hidden_orders import is_order
from followup_mail.language.spoken_asides import is_aside
from followup_mail.proposals.proposal import ProposedChange
from followup_mail.services.debrief_options import TOPICS
from followup_mail.services.kept_text import find_private, kept_lines
from followup_mail.workspace import Workspace
from followup_mail.writing_model.note_gate import find_added

_OF_THEM: Final = frozenset({"quote", "decision-by", "not-before", "channel", "interval", "calls"})
"""Options for what they said; it is nothing that the candidate said."""
_OF_CANDIDATE: Final = frozenset({"fit", "not-mentioned", "promised", "promise-says"})
_SHORT: Final = 3
_NOTES: Final = frozenset({*TOPICS, *_OF_CANDIDATE, "quote", "note"})
"""Options whose value is a text; the others hold a day, a name, a word of a list."""


def take_sentences(workspace: Workspace, application: str, changes: Sequence[ProposedChange]) -> list[ProposedChange]:
    """Return changes with each sentence as the transcript has it, also where its number was given.

    Raises ``OptionsError`` with every sentence that does not stand there, is private, or gives orders to a machine.
    """
    lines = kept_lines(workspace, application) if any(change.sentence for change in changes) else ()
    private = [lines[at].text for at in find_private(lines)]
    problems: list[str] = []
    taken: list[ProposedChange] = []
    for change in changes:
        passage = find_passage(lines, change.sentence) if change.sentence else None
        is_private = passage is not None and _holds(passage.text, private)
        problems += [f"--{change.option}: {why_not}" for why_not in _why_not(change, passage, is_private)]
        taken.append(ProposedChange(change.option, change.value, passage.text if passage else ""))
    if problems:
        fix = "Nothing was kept. Quote a sentence letter for letter, or give its number in the transcript."
        raise OptionsError("\n".join(problems), fix=fix)
    return taken


def doubts_about_sentences(
    workspace: Workspace, application: Application, changes: Sequence[ProposedChange]
) -> tuple[str, ...]:
    """Return what a person should know of proposed notes and their sentences: who said it, and what is not in it."""
    lines = kept_lines(workspace, application.slug) if any(change.sentence for change in changes) else ()
    found = ((change, find_passage(lines, change.sentence)) for change in changes if change.sentence)
    return tuple(doubt for change, passage in found if passage for doubt in _doubts(application, change, passage))


def is_fit_to_note(label: str, said: str) -> bool:
    """Tell whether a note may come from a sentence: it is not private, and gives no orders, "SYSTEM: ..." included."""
    return is_fit_to_tell(said) and not is_aside(said) and not is_order(f"{label}: {said}")


def _holds(text: str, private: Sequence[str]) -> bool:
    """Tell whether a passage has a private sentence in it; "Okay." is private in one place and not in another."""
    return any(said == text or (len(said.split()) > _SHORT and said in text) for said in private)


def _why_not(change: ProposedChange, passage: Passage | None, is_private: bool) -> Iterator[str]:
    if change.sentence and passage is None:
        yield f"{quoted(change.sentence)} does not stand in the transcript that is kept"
    if change.option in _NOTES and is_order(change.value):
        yield f"{quoted(change.value)} speaks to a machine, and is no note"
    elif passage and is_order(f"{passage.label}: {passage.text}"):
        yield "that sentence speaks to a machine, and no note comes from it"
    elif is_private or (passage and not (is_fit_to_note(passage.label, passage.text) and is_fit_to_tell(change.value))):
        yield "that is private, or nothing that anybody would like to see written down"


def _doubts(application: Application, change: ProposedChange, passage: Passage) -> Iterator[str]:
    who, said = _about(application, change)
    by = "you" if passage.is_own else passage.label
    is_theirs = bool(who) and bool(passage.label) and is_label_of(passage.label, who)
    if who and by and not (passage.is_own or is_theirs):
        yield f"The note on {who} comes from a sentence of {quoted(by)}: {quoted(said)}."
    if change.option in _OF_THEM and passage.is_own:
        yield f"What they are to have said is a sentence of your own: {quoted(said)}."
    if change.option in _OF_CANDIDATE and passage.label and not passage.is_own:
        yield f"The note on you comes from a sentence of {quoted(passage.label)}: {quoted(said)}."
    known = (who, passage.label, application.company, application.role)
    if change.option in _NOTES and (added := find_added(said, passage.text, known)):
        yield f"The note {quoted(said)} says more than its sentence: {added}."


def _about(application: Application, change: ProposedChange) -> tuple[str, str]:
    """Return the name of whom a note is about, empty for nobody, and the note itself."""
    if change.option not in TOPICS:
        return "", change.value
    names = [person.name for person in application.everyone()]
    who, colon, said = change.value.partition(":")
    meant = [name for name in names if colon and is_meant(who, name)]
    if len(meant) == 1:
        return meant[0], said.strip()
    return (names[0], change.value) if len(names) == 1 else ("", change.value)
