"""Facts that are changed for somebody who may not read all of them: an assistant that proposes.

What is told to no assistant (``tell_application``) is told by no error either, and is found by no guess: neither whose
address it is, nor which private note has a word in it. So people are known by their names alone, and notes are
looked for among those that may be told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from followup_mail.facts.unfit_values import quoted
from followup_mail.language.fit_to_tell import is_fit_to_tell, keep_fit
from followup_mail.services.changing.facts_draft import FactsDraft

_UNTOLD: Final = frozenset(
    {"notes", "email", "phone", "postal_address", "linkedin", "account", "cadence", "file", "called_off", "skipped"}
)
"""Keys of which an assistant is told nothing."""
_AS_TOLD: Final = "write it as read_application tells it"


class DiscreetDraft(FactsDraft):
    """A facts file as tables that can be changed, whose errors say nothing that stands in it."""

    knows_addresses = False

    def choose(self, words: str, meant: Sequence[str], known: Sequence[str]) -> str:
        """Return the one that is meant, if it may be told. Raises ``ValueError`` without any contents."""
        told = set(keep_fit(list(known)))
        several = [each for each in dict.fromkeys(meant) if each in told]
        if len(several) == 1:
            return several[0]
        if several:
            raise ValueError(f"{quoted(words)} could be several: {_AS_TOLD}")
        raise ValueError(f"nothing that you may read is {quoted(words)}: {_AS_TOLD}")

    def choose_note(self, words: str, notes: Sequence[str]) -> str:
        """Return the note that has these words, or some of them, among those that may be told."""
        return super().choose_note(words, keep_fit(list(notes)))


def leave_told(value: Any) -> Any:
    """Return tables of a facts file with only that in them which an assistant may read."""
    if isinstance(value, Mapping):
        told = ((key, leave_told(inner)) for key, inner in value.items() if key not in _UNTOLD)
        return {key: inner for key, inner in told if inner not in ("", [], {})}
    if isinstance(value, list):
        if all(isinstance(each, str) for each in value):
            return keep_fit(value)
        return [leave_told(each) for each in value]
    return value if not isinstance(value, str) or is_fit_to_tell(value) else ""
