"""What every mail has that was understood, with its words passed through the gate of the facts."""

from __future__ import annotations

from followup_mail.incoming.first_line import first_line, kept_words
from followup_mail.incoming.opened_mail import OpenedMail
from followup_mail.incoming.understood import Understanding, Understood
from followup_mail.incoming.whose_mail import Match


def understood_as(mail: OpenedMail, understanding: Understanding, match: Match) -> Understood:
    """Return what every mail has, whatever it was understood as."""
    return Understood(
        understanding,
        match.slugs,
        kept_words(match.why),
        mail.sender.address,
        name=mail.sender.name,
        subject=mail.subject,
        sent_at=mail.sent_at,
        message_id=mail.message_id,
        references=mail.references,
        first_line=first_line(mail.own_words),
    )
