"""What was seen in the mailbox as dictionaries, for ``--json`` and for a page; docs/json.md lists them."""

from __future__ import annotations

from typing import Any

from followup_mail.incoming.tenors import Tenor
from followup_mail.outbox.seen_mail import LastLook, SeenMail
from followup_mail.services.mailbox.inbox_list import Inbox, wish_of


def seen_json(seen: SeenMail) -> dict[str, Any]:
    """Return one mail: what is kept of it, how it is understood, and what it asks for."""
    mail = seen.mail
    return {
        "mail": seen.label,
        "applications": list(mail.applications),
        "understood": str(mail.understanding),
        "corrected_from": str(seen.was.understanding) if seen.was else None,
        "why": mail.why,
        "asks": str(wish_of(seen)) or None,
        "state": str(seen.state),
        "sender": mail.sender,
        "name": mail.name,
        "subject": mail.subject,
        "sent_at": mail.sent_at,
        "seen_at": seen.seen_at,
        "message_id": mail.message_id,
        "first_line": mail.first_line,
        "says": None if mail.tenor is Tenor.UNKNOWN else str(mail.tenor),
        "sentence": mail.sentence,
        "has_invitation": mail.has_invitation,
        "back_on": mail.back_on,
        "returned": list(mail.returned),
        "returned_to": list(mail.returned_to),
        "account": seen.place.account,
        "folder": seen.place.folder,
    }


def inbox_json(inbox: Inbox, shown: tuple[SeenMail, ...]) -> dict[str, Any]:
    """Return the mails that are shown, and when each mailbox was last looked at."""
    return {"mails": [seen_json(seen) for seen in shown], "looks": [look_json(look) for look in inbox.looks]}


def look_json(look: LastLook) -> dict[str, Any]:
    """Return when a mailbox was last looked at; ``error`` where it could not be read since."""
    return {"account": look.account, "looked_at": look.looked_at, "failed_at": look.failed_at, "error": look.error}
