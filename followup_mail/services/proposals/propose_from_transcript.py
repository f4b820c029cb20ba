"""Proposed facts that say where they come from: each sentence stands in the kept transcript, or nothing is kept.

Others speak in a transcript, and whoever proposes may have been talked into anything. So a sentence is found again,
word by word, and kept as the transcript has it; and what a note says beside its sentence is pointed out to whoever
decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from followup_mail.errors import OptionsError
from followup_mail.facts.application import Application
from followup_mail.facts.unfit_values import quoted
from followup_mail.incoming.transcript_passage import Passage, find_passage, words_of_speech
from followup_mail.language.confidences import is_aside
from followup_mail.language.fit_to_tell import is_fit_to_tell
from followup_mail.language.hidden_orders import is_order
from followup_mail.proposals.proposal import ProposedChange
from followup_mail.services.proposals.doubts_about_notes import NOTES, doubts_about
from followup_mail.services.typed.kept_text import find_private, kept_lines
from followup_mail.workspace import Workspace

_SHORT: Final = 3


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
    return tuple(doubt for change, passage in found if passage for doubt in doubts_about(application, change, passage))


def is_fit_to_note(label: str, said: str) -> bool:
    """Return whether a note may come from a sentence: it is not private and gives no orders, as "SYSTEM: ..."."""
    return is_fit_to_tell(said) and not is_aside(said) and not is_order(f"{label}: {said}")


def _holds(text: str, private: Sequence[str]) -> bool:
    """Return whether a passage has a private sentence in it; "Okay." is private in one place and not in another."""
    return any(said == text or (len(said.split()) > _SHORT and said in text) for said in private)


def _why_not(change: ProposedChange, passage: Passage | None, is_private: bool) -> Iterator[str]:
    if change.sentence and passage is None:
        yield f"{quoted(change.sentence)} does not stand in the transcript that is kept"
    if change.option == "quote" and passage and not _has_words(passage.text, change.value):
        yield f"{quoted(change.value)} is not word for word in its sentence, {quoted(passage.text)}"
    if change.option in NOTES and is_order(change.value):
        yield f"{quoted(change.value)} speaks to a machine, and is no note"
    elif passage and is_order(f"{passage.label}: {passage.text}"):
        yield "that sentence speaks to a machine, and no note comes from it"
    elif is_private or (passage and not (is_fit_to_note(passage.label, passage.text) and is_fit_to_tell(change.value))):
        yield "that is private, or nothing that anybody would like to see written down"


def _has_words(text: str, quotation: str) -> bool:
    return f" {' '.join(words_of_speech(quotation))} " in f" {' '.join(words_of_speech(text))} "
