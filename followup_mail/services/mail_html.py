"""The HTML part of a mail in the outbox, to be looked at."""

from __future__ import annotations

from email import message_from_bytes, policy

from followup_mail.services.outbox_list import read_message
from followup_mail.workspace import Workspace


def read_html(workspace: Workspace, entry_id: int) -> str:
    """Return the HTML of an entry as it would be sent; empty where it has none. Raises ``NotFoundError``."""
    part = message_from_bytes(read_message(workspace, entry_id), policy=policy.default).get_body(("html",))
    content = part.get_content() if part else ""
    return content if isinstance(content, str) else ""
