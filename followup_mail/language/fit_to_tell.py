"""Which notes may be told to a language model at all, the user's own or that of an assistant."""

from __future__ import annotations

from followup_mail.language.hidden_orders import is_order
from followup_mail.language.private_notes import is_private, is_secret, is_tactless


def is_fit_to_tell(note: str) -> bool:
    """Tell whether a note may leave this machine: not what is private, secret or tactless, nor what gives orders."""
    return not any(is_kept(note) for is_kept in (is_private, is_secret, is_tactless, is_order))
