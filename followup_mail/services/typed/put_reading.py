"""Put the reading that was meant in place of what had several."""

from __future__ import annotations

from followup_mail.facts.said_readings import AmbiguousError


def put_reading(text: str, error: AmbiguousError, written: str) -> str:
    """Return the answer with what was ambiguous replaced: all of it, or the place behind a moment."""
    at = text.casefold().find(error.text.casefold())
    return written if at < 0 else f"{text[:at]}{written}{text[at + len(error.text) :]}"
