"""Puts a mail into a folder of the mailbox (APPEND, RFC 3501 section 6.3.11), and takes back one that is ours.

Nothing else in this room writes to a mailbox.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from followup_mail.regex import regex

if TYPE_CHECKING:
    from imapclient import IMAPClient

SEEN: Final = rb"\Seen"
DRAFT: Final = rb"\Draft"
DELETED: Final = rb"\Deleted"
_APPENDED: Final = regex(rb"\[APPENDUID ([0-9]{1,10}) ([0-9]{1,10})\]", re.IGNORECASE)


def append_mail(client: IMAPClient, folder: str, content: bytes, at: datetime, flags: Sequence[bytes]) -> int | None:
    """Put a mail into the folder, filed at ``at`` (aware). Return its UID where the server says it (RFC 4315)."""
    answer = client.append(folder, content, flags=flags, msg_time=at)
    said = _APPENDED.search(answer if isinstance(answer, bytes) else str(answer).encode())
    return int(said[2]) if said else None


def take_out(client: IMAPClient, folder: str, uid: int) -> bool:
    """Delete one mail, and no other. Return False where the server cannot delete a single one: nothing is done then.

    Without UIDPLUS (RFC 4315) EXPUNGE would also delete whatever else the user has marked as deleted.
    """
    if not client.has_capability("UIDPLUS"):
        return False
    client.select_folder(folder)
    client.add_flags([uid], [DELETED])
    client.uid_expunge([uid])
    return True
