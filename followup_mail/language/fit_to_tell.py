"""Which notes may be told to a language model at all, the user's own or that of an assistant."""

from __future__ import annotations

from collections.abc import Sequence

from followup_mail.language.confidences import asks_for_silence, is_bare_request, is_of_family
from followup_mail.language.hidden_orders import is_order
from followup_mail.language.private_notes import is_private, is_secret, is_tactless


def is_fit_to_tell(note: str) -> bool:
    """Return whether a note may leave this machine: not what is private, secret or tactless, nor what gives orders."""
    return not why_not_to_tell(note)


def keep_fit(notes: Sequence[str]) -> list[str]:
    """Return those of several notes that are fit to tell; none that the next one asks to tell nobody."""
    before_a_request = {at - 1 for at, note in enumerate(notes) if is_bare_request(note)}
    return [note for at, note in enumerate(notes) if at not in before_a_request and is_fit_to_tell(note)]


def why_not_to_tell(note: str) -> str:
    """Return in two or three words why a note is told to no model; empty where it may be."""
    if is_secret(note):
        return "like a password"
    if is_private(note) or asks_for_silence(note):
        return "private"
    if is_of_family(note):
        return "somebody's health"
    if is_order(note):
        return "like an order"
    return "tactless in a mail" if is_tactless(note) else ""
