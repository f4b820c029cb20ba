"""More values as dictionaries, as in ``json_views``: mails that read differently now, and tests to oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from followup_mail.services.as_json.json_views import entry_json

if TYPE_CHECKING:
    from followup_mail.services.queueing.carried_through import Outdated
    from followup_mail.services.sending.send_to_me import Trial


def trial_json(test: Trial) -> dict[str, Any]:
    """Return what became of a test to the user's own address."""
    return {
        "to": test.message.to.email,
        "meant_for": test.meant_for,
        "subject": test.message.subject,
        "message_id": test.message.message_id,
        "outcome": test.result,
    }


def outdated_json(found: Outdated) -> dict[str, Any]:
    """Return a mail that does not read any more as it would be written now, and what differs."""
    return {
        "entry": entry_json(found.entry),
        "differences": found.differences(),
        "rewritable": found.message is not None,
        "told_only": found.told_only or None,
        "lost": found.lost or None,
    }
