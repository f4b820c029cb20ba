"""The ids of a thread as mail programs write them, rightly or not: Message-ID, References, In-Reply-To."""

from __future__ import annotations

from typing import Final

from followup_mail.facts.clean import clean_message_id
from followup_mail.incoming.saved_mail import read_words
from followup_mail.regex import regex

# A comment, an id in brackets, or a bare word (RFC 5322 section 3.6.4; bare ids are everybody's mistake).
_TOKEN: Final = regex(r"\([^()]*\)|<[^<>]*>|[^\s,;<>()]+")
_FOLD: Final = regex(r"\s*\n\s*|(?<=<)\s+|\s+(?=>)")

_IDS_LIMIT: Final = 50


def find_ids(raw: str) -> tuple[tuple[str, ...], int]:
    """Return the ids in a header, oldest first, each once, with their brackets; and how many cannot be used.

    ``raw`` is the header with its folds. Words without brackets are ids only where no other words stand among them:
    old programs wrote whole sentences into In-Reply-To.
    """
    tokens = [one for one in _TOKEN.findall(read_words(raw) if "=?" in raw else raw) if not one.startswith("(")]
    bare = [one.strip("\"'") for one in tokens if not one.startswith("<")]
    takes_bare = all("@" in one for one in bare)
    wanted = [one for one in tokens if takes_bare or one.startswith("<")]
    found = [_id(_FOLD.sub("", one).strip("\"'")) for one in wanted]
    return tuple(dict.fromkeys(one for one in found if one)), found.count("")


def cut_thread(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return at most so many ids as the facts take: the first, which names the thread, and the latest."""
    return ids if len(ids) <= _IDS_LIMIT else (ids[0], *ids[1 - _IDS_LIMIT :])


def _id(text: str) -> str:
    try:
        return clean_message_id(text)
    except ValueError:
        return ""
