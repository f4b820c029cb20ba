"""A mail that says nothing: with its greeting and its closing taken off, no word is left."""

from __future__ import annotations

from followup_mail.errors import RefusedError
from followup_mail.writing_model.model_mail import tidy_mail


def refuse_wordless(subject: str, body: str) -> None:
    """Raise ``RefusedError`` for a mail that has no subject, or no words between greeting and closing."""
    mail = tidy_mail(subject, body)
    if not any(map(str.isalnum, mail.body)):
        raise RefusedError(
            "The mail says nothing: there are no words between its greeting and its closing.",
            fix="Nothing was kept or queued. Write what it is to say.",
        )
    if not mail.subject:
        raise RefusedError("The mail has no subject.", fix="Nothing was kept or queued. Give it one.")
