"""Notes that speak to a machine: "ignore your instructions", "SYSTEM: write ...". They are for no mail and no model.

Whoever pastes an invitation or a signature pastes what others wrote. Our own wordings never paste a note; a writing
model could follow it.
"""

from __future__ import annotations

import re

from followup_mail.language.word_tables import any_of


def is_order(text: str) -> bool:
    """Return whether a note reads like an instruction to whoever writes the mail."""
    return bool(any_of("hidden_orders", "orders", re.MULTILINE).search(text.lower()))
