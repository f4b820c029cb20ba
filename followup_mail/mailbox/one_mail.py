"""Reads one mail of the mailbox again: by its place, else, where it was moved, by its Message-ID."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from followup_mail.mailbox.careful_fetch import fetch_carefully, search_or_none, section
from followup_mail.mailbox.folders import folders_to_read, list_folders
from followup_mail.mailbox.mail_look import LookLimits
from followup_mail.mailbox.new_uids import open_folder
from followup_mail.outbox.seen_mail import MailPlace
from followup_mail.regex import regex

if TYPE_CHECKING:
    from followup_mail.mailbox.imap_client import BoundedClient

_FOLD: Final = regex(rb"\r?\n(?=[ \t])")
_ID_LINE: Final = regex(rb"^message-id[ \t]*:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_IN_BRACKETS: Final = regex(r"<[^<>\s]+>")
_SEARCHABLE: Final = regex(r"[!-~]{3,990}")
_MOST_ALIKE: Final = 5
"""Mails with the same Message-ID that are looked at in one folder."""


def fetch_one(client: BoundedClient, place: MailPlace, message_id: str, also: Iterable[str] = ()) -> bytes | None:
    """Return the mail with exactly this Message-ID, at most as much as a look reads; None when it is not there.

    It is looked for at its place, then in the folders that a look reads, those that the user names (``also``) too. A
    mail without a Message-ID (``message_id`` is empty) is only found at its place. Raises what ends a connection.
    """
    opened = open_folder(client, place.folder)
    if opened and opened.uid_validity == place.uid_validity != 0:
        content = _fetch(client, place.uid)
        if content is not None and _message_id(content) == message_id:
            return content
    return next(_elsewhere(client, message_id, also), None) if _SEARCHABLE.fullmatch(message_id) else None


def _elsewhere(client: BoundedClient, message_id: str, also: Iterable[str]) -> Iterator[bytes]:
    for folder in folders_to_read(list_folders(client), also):
        if open_folder(client, folder.name):
            found = search_or_none(client, ["HEADER", "Message-ID", message_id]) or []
            for uid in found[-_MOST_ALIKE:]:
                # A search by header also matches parts of words.
                content = _fetch(client, uid)
                if content is not None and _message_id(content) == message_id:
                    yield content


def _fetch(client: BoundedClient, uid: int) -> bytes | None:
    size = LookLimits().mail_bytes
    items = fetch_carefully(client, [uid], [f"BODY.PEEK[]<0.{size}>"]).items.get(uid, {})
    content = section(items, b"BODY[]")
    return None if content is None else content[:size]


def _message_id(content: bytes) -> str:
    head = re.split(rb"\r?\n\r?\n", content, maxsplit=1)[0]
    found = _ID_LINE.search(_FOLD.sub(b"", head))
    value = found[1].decode("ascii", errors="replace").strip() if found else ""
    # Servers that add the header put a remark behind it.
    in_brackets = _IN_BRACKETS.match(value)
    return in_brackets[0] if in_brackets else value
