"""Finds a mail in the selected folder by its whole Message-ID, also where a server's search by header finds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from imapclient import IMAPClient

MOST_COMPARED: Final = 200
"""Mails to one address that are compared when a search by Message-ID finds nothing."""


def find_by_message_id(
    client: IMAPClient, message_id: str, to: str, since: date, also: tuple[str, ...] = ()
) -> tuple[int, ...]:
    """Return the UIDs of the mails with exactly this Message-ID in the selected folder, the oldest first.

    A search by header also matches parts of words, and some servers have no index of it: then mails to the address
    ``to`` that were filed on ``since`` or later are compared. ``also`` are more words of the search, as UNDELETED.
    """
    found = _with_id(client, client.search([*also, "HEADER", "Message-ID", message_id]), message_id)
    return found or _with_id(client, client.search([*also, "SINCE", since, "TO", to]), message_id)


def _with_id(client: IMAPClient, uids: Sequence[int], message_id: str) -> tuple[int, ...]:
    latest = sorted(uids)[-MOST_COMPARED:]
    fetched = client.fetch(latest, ["ENVELOPE"]) if latest else {}
    return tuple(sorted(uid for uid, parts in fetched.items() if _id_of(parts.get(b"ENVELOPE")) == message_id))


def _id_of(envelope: Any) -> str:
    """Return the Message-ID; "" for what a server reports of other mails without being asked (RFC 3501, 7.4.2)."""
    raw = envelope.message_id if envelope is not None else None
    return raw.decode("utf-8", errors="replace").strip() if isinstance(raw, bytes) else ""
