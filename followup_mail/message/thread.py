"""An answer belongs into its thread: one ``Re:``, and the ids that mail readers sort by (RFC 5322 section 3.6.4)."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.message.draft import Thread
from followup_mail.regex import regex

REFERENCES_LIMIT: Final = 20
"""How many ids References may hold; what is dropped is the middle, as RFC 5537 section 3.4.4 does it."""

# "Re:" in the languages whose mail programs translate it; "Re[2]:" and "Re (3):" count answers; full-width colon.
_REPLY_MARKS: Final = regex(
    r"\s*(?:(?:re|aw|antw|sv|vs|rif|odp|ynt)\s*(?:[\[(]\d{1,4}[\])])?\s*[:：]\s*)*", re.IGNORECASE
)


def reply_subject(subject: str) -> str:
    """Return the subject of an answer: exactly one ``Re:`` before what is left without any mark of a reply."""
    return f"Re: {_REPLY_MARKS.sub('', subject, count=1)}".rstrip()


def list_references(thread: Thread) -> tuple[str, ...]:
    """Return the ids for References, oldest first, ending with the answered message; each once, at most 20.

    The first one stays, for it names the thread; of the rest the latest stay.
    """
    older = dict.fromkeys(one for one in thread.references if one != thread.message_id)
    ids = (*older, thread.message_id)
    return ids if len(ids) <= REFERENCES_LIMIT else (ids[0], *ids[1 - REFERENCES_LIMIT :])
