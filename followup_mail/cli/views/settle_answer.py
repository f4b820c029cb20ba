"""What becomes of a finished answer in which something does not fit: only its writer knows whether it is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from followup_mail.cli.terminal.prompting import ListPrompt, Move, Prompter
from followup_mail.language.sentence_faults import find_faults
from followup_mail.services.asking.open_question import OpenQuestion

StandBy = Callable[[str], object]
_AGAIN: Final = "change it"
_LATER: Final = "keep it for now: the mail waits until it is mended"
_RIGHT: Final = "it is right as it is"


def has_faults(question: OpenQuestion, sentence: str) -> bool:
    """Return whether something does not fit in a sentence, so that it would hold its mail."""
    return bool(find_faults(question.key, sentence, question.known).words)


def settle(
    question: OpenQuestion, sentence: str, prompter: Prompter, heading: Sequence[str], stand_by: StandBy
) -> str | Move:
    """Return the sentence as it is kept, and for one that would hold its mail, ask: ``BACK`` to change it.

    ``stand_by`` is told when somebody says that it is right.
    """
    faults = find_faults(question.key, sentence, question.known)
    if not faults.words:
        return sentence
    corrected = [faults.corrected] if faults.corrected else []
    options = [*corrected, _AGAIN, _LATER, _RIGHT]
    marked = 0 if corrected else options.index(_LATER)
    remarks = (f"! {words}" for words in faults.words)
    chosen = prompter.choose(ListPrompt([*heading, sentence, *remarks], options, marked))
    if chosen is Move.BACK or (isinstance(chosen, int) and options[chosen] == _AGAIN):
        return Move.BACK
    if isinstance(chosen, int) and options[chosen] == _RIGHT:
        stand_by(sentence)
    is_corrected = corrected and chosen == 0
    return faults.corrected if is_corrected else sentence
