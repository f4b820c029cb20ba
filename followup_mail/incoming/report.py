"""What a report about a mail says: that it came back for good, that it is late, that somebody opened it.

Reports have parts of their own (RFC 3464, RFC 8098), or are text: of qmail, Exim, Postfix, Exchange, and of providers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from email.message import Message
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.incoming.first_line import kept_words, shortened
from followup_mail.incoming.opened_mail import OpenedMail
from followup_mail.incoming.saved_ids import find_ids
from followup_mail.incoming.saved_mail import field, read_words
from followup_mail.incoming.saved_senders import good_address
from followup_mail.regex import regex

_WORDS: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _pattern(name: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return regex("|".join(_WORDS[name].strip().split("\n")), flags)


_DELAYED: Final = _pattern("delayed")
_ARRIVED: Final = _pattern("arrived")
_SAID: Final = _pattern("said")
_OPENS: Final = _pattern("opens")
_COPY: Final = _pattern("copy", re.IGNORECASE | re.MULTILINE)
_ADDRESS: Final = regex(r"(?<![\w.+-])[\w.+'=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_CODE: Final = regex(r"(?<![\d.])(?:5\d\d[ -]+#?5\.\d{1,3}\.\d{1,3}|5\.\d{1,3}\.\d{1,3}|5[0-7]\d(?=[ :-]))[^\n]*")
_MESSAGE_ID: Final = regex(
    r"(?im)^[ \t>]*(?:Message-ID|References|In-Reply-To)[ \t]*:[ \t]*(?:\n[ \t]+)?([^\n]{1,900})"
)
_OWN_ID: Final = regex(r"(?im)^[ \t>]*Message-ID[ \t]*:[ \t]*(?:\n[ \t]+)?([^\n]{1,900})")
_ID: Final = regex(r"<[^<>\s]{3,300}@[^<>\s]{1,200}>")
_STATUS_TYPES: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_MESSAGES: Final = frozenset(
    {"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers", "message/rfc822-headers"}
)
_OPENED_TYPES: Final = frozenset({"message/disposition-notification", "message/global-disposition-notification"})
_OPENED_SUBJECT: Final = regex(r"(?i)(?:not )?(?:read|gelesen|ungelesen|lue?|non lue?|leído|gelezen|letto) ?:")
_OPENED_WITHIN: Final = 2_000
_PARTS_LIMIT: Final = 20
_BLOCKS_LIMIT: Final = 200
_COPY_LIMIT: Final = 64 * 1024
_FIELD_LIMIT: Final = 4_000
_MANY: Final = 20


class Report(Struct, frozen=True):
    """What a server or a mail program reports."""

    is_final: bool
    """Whether a mail could not be delivered, for good."""
    addresses: tuple[str, ...]
    """Whom it is about, in lower case: of a failure, those that failed."""
    ids: tuple[str, ...]
    """The Message-IDs of the mail that it is about, and of those that this one answers, the likeliest first."""
    said: str = ""
    """What the server said, on one line."""


def read_report(mail: OpenedMail) -> Report:
    """Read a report. Never fails: what cannot be read is left out."""
    text = _COPY.split(mail.text, maxsplit=1)[0]
    ids = _ids_of(mail)
    blocks = list(_blocks(mail.parts))
    if blocks:
        return _from_blocks(blocks, ids, text)
    header = [
        good_address(one[0]) for one in _ADDRESS.finditer(field(mail.headers, "X-Failed-Recipients", _FIELD_LIMIT))
    ]
    if not _OPENED_TYPES.isdisjoint(mail.kinds):
        return Report(False, (), ids, _first_said(text))
    is_final = not any(one.search(mail.subject) or one.search(text) for one in (_DELAYED, _ARRIVED))
    addresses = [one for one in header if one] or [good_address(one[0]) for one in _ADDRESS.finditer(text)]
    return Report(is_final, _lower(addresses), ids, _code_in(text) or _first_said(text))


def is_read_receipt(mail: OpenedMail) -> bool:
    """Return whether a mail program says, in text alone, that a mail was opened: "Read: Thank you"."""
    return bool(_OPENED_SUBJECT.match(mail.subject) and _ARRIVED.search(mail.text[:_OPENED_WITHIN]))


def _from_blocks(blocks: list[Message], ids: tuple[str, ...], text: str) -> Report:
    """Read the blocks of RFC 3464 section 2.3, one for each recipient."""
    failed = [one for one in blocks if field(one, "Action", 100).split("(")[0].strip().lower() == "failed"]
    told = failed or blocks
    addresses = [address for one in told for address in _recipients(one)]
    said = next((line for one in told if (line := _diagnosis(one))), "") or _code_in(text) or _first_said(text)
    return Report(bool(failed), _lower(addresses), ids, said)


def _recipients(block: Message) -> Iterator[str]:
    """Yield the addresses of a block: the one that was written to first, then where it was passed on to."""
    for name in ("Original-Recipient", "Final-Recipient"):
        found = _ADDRESS.search(field(block, name, _FIELD_LIMIT))
        if found:
            yield good_address(found[0])


def _diagnosis(block: Message) -> str:
    said = read_words(field(block, "Diagnostic-Code", _FIELD_LIMIT))
    said = re.sub(r"\A\s*[\w-]{1,20}\s*;\s*", "", said)
    status = field(block, "Status", 100).strip()
    return shortened(kept_words(said or (f"Status {status}" if status else ""), 400))


def _blocks(parts: Iterable[Message]) -> Iterator[Message]:
    """Yield the blocks of the status of a delivery that name a recipient."""
    for part in list(parts)[:_PARTS_LIMIT]:
        if part.get_content_type() not in _STATUS_TYPES:
            continue
        inner = part.get_payload()
        found = inner if isinstance(inner, list) else _as_blocks(part)
        for one in found[:_BLOCKS_LIMIT]:
            if isinstance(one, Message) and (one.get("Final-Recipient") or one.get("Original-Recipient")):
                yield one


def _as_blocks(part: Message) -> list[Message]:
    """Return the blocks of a status that was encoded, which the parser leaves alone."""
    from email.parser import HeaderParser

    return [HeaderParser().parsestr(block) for block in _decoded(part).split("\n\n")[:_BLOCKS_LIMIT]]


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    text = content[:_COPY_LIMIT].decode("utf-8", errors="replace") if isinstance(content, bytes) else ""
    return text.replace("\r\n", "\n")


def _ids_of(mail: OpenedMail) -> tuple[str, ...]:
    """Return the ids of the mail that a report is about: in the copy that it holds, in its headers, in its text."""
    found: list[str] = []
    for part in list(mail.parts)[:_PARTS_LIMIT]:
        if part.get_content_type() in _OPENED_TYPES | _STATUS_TYPES:
            found += _ID.findall(_whole(part))
        elif part.get_content_type() in _MESSAGES:
            found += _ids_in_copy(part)
    found += [
        *reversed(mail.references),
        *_ids_in(mail.text),
    ]
    return tuple(dict.fromkeys(found))[:_MANY]


def _ids_in_copy(part: Message) -> list[str]:
    inner = part.get_payload()
    if isinstance(inner, list) and inner and isinstance(inner[0], Message):
        copied = inner[0]
        return [
            id_ for name in ("Message-ID", "References") for id_ in reversed(find_ids(field(copied, name, 20_000))[0])
        ]
    return _ids_in(_decoded(part))


def _ids_in(text: str) -> list[str]:
    """Return the ids in the headers of a copied mail, its own first."""
    lines = (*_OWN_ID.findall(text), *_MESSAGE_ID.findall(text))
    return [id_ for line in lines for id_ in find_ids(line)[0]]


def _whole(part: Message) -> str:
    """Return the lines of a part that holds nothing but fields."""
    inner = part.get_payload()
    if isinstance(inner, list):
        blocks = [one for one in inner[:_BLOCKS_LIMIT] if isinstance(one, Message)]
        return "\n".join(str(value)[:_FIELD_LIMIT] for one in blocks for value in one.values()[:_BLOCKS_LIMIT])
    return _decoded(part)


def _code_in(text: str) -> str:
    """Return what a server answered, from its code on."""
    found = _CODE.search(text)
    return shortened(kept_words(found[0], 400)) if found else ""


def _first_said(text: str) -> str:
    """Return the first line that says what is wrong, where there is no code."""
    lines = [kept_words(line.strip(" *"), 400) for line in text.split("\n")[:200]]
    said = next((line for line in lines if _SAID.search(line) and not _OPENS.search(line)), "")
    return shortened(said or next((line for line in lines if len(line.split()) > 3 and not _OPENS.search(line)), ""))


def _lower(addresses: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.lower() for one in addresses if one))[:_MANY]
