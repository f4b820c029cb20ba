"""What a value from the outside must look like before it becomes a fact.

Facts travel into headers, templates, pages and calls, so the gate is here, once: one line stays one line, nothing
invisible passes, an address is an address. Each function returns the cleaned value or raises ``UnfitError``, a
``ValueError`` whose text is a sentence for the user. Whatever a sentence quotes is shortened and made printable.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from followup_mail.facts.unfit_values import BLANKS, TAGS, UnfitError, is_invisible, name_of, quoted
from followup_mail.facts.zone_and_country import clean_country, clean_zone
from followup_mail.regex import regex

__all__ = [
    "UnfitError",
    "clean_country",
    "clean_email",
    "clean_line",
    "clean_link",
    "clean_message_id",
    "clean_name",
    "clean_notes",
    "clean_passage",
    "clean_person",
    "clean_phone",
    "clean_title",
    "clean_zone",
    "is_invisible",
]

LINE_LIMIT: Final = 200
PASSAGE_LIMIT: Final = 2_000
NOTES_LIMIT: Final = 20_000
# RFC 5322 section 2.1.1 ends a line at 998; real ids stay far below.
MESSAGE_ID_LIMIT: Final = 500

# Names that RFC 2606, 6761 and 6762 set apart. People run their own mail server under them, so they are allowed
# although email-validator, rightly for a sign-up form, refuses them.
_LOCAL_DOMAIN: Final = regex(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*(?:localhost|local|test|internal|lan|home\.arpa)", re.IGNORECASE
)
PLAIN_ADDRESS: Final = regex(
    r"[a-z0-9]{1,20}(?:[._+-][a-z0-9]{1,20}){0,2}@(?:[a-z0-9]{1,20}(?:-[a-z0-9]{1,20}){0,2}\.){1,3}"
    r"(?!(?:arpa|invalid|local|localhost|onion|test)\Z)[a-z]{2,20}"
)
"""The plainest addresses, which is most. email-validator takes each of them as it is (a test holds that), so it need
not be imported for them, which takes as long as all the rest of reading the settings."""
_ADDRESS_WITHIN: Final = regex(r"[^\s@]@[^\s@]+\.[^\s@]")
_AT_SIGN: Final = regex(r"[@\uff20\ufe6b]|(?i:mailto:|[(\[]at[)\]])")
_WITH_ADDRESS: Final = frozenset("@\uff20\ufe6b:([")
"""One of these is in every name that has an address in it: most need no search, and the pattern is not compiled."""
# What comes along unseen when text is copied from a web page: soft hyphen, zero-width space, word joiner, BOM, tags.
_COPIED_ALONG: Final = dict.fromkeys([0x00AD, 0x180E, 0x200B, 0x2060, 0xFEFF, *TAGS])


def _composed(text: str) -> str:
    """Return a text in NFC, without what came along unseen."""
    if text.isascii():
        return text
    # Whatever comes along unseen is nothing that Python would print.
    return unicodedata.normalize("NFC", text if text.isprintable() else text.translate(_COPIED_ALONG))


def _doubtful(text: str) -> str:
    """Return what may have something invisible in it: all of a text, or nothing, as what can be printed is seen."""
    return "" if (text.isascii() and text.isprintable()) or (text.isprintable() and BLANKS.isdisjoint(text)) else text


def clean_line(text: str, limit: int = LINE_LIMIT) -> str:
    """Return one trimmed line in NFC; refuse line breaks, invisible characters and more than ``limit`` characters."""
    line = _composed(text).strip()
    if len(line) > limit:
        raise UnfitError(f"is {len(line):,} characters long", f"{limit:,} is the limit")
    for position, character in enumerate(_doubtful(line), start=1):
        if is_invisible(character):
            raise UnfitError(f"contains {name_of(character)} at character {position}", "write it as one plain line")
    return line


def clean_name(text: str) -> str:
    """Return a line that names something: as ``clean_line``, with at least one letter or digit."""
    name = clean_line(text)
    if not name:
        raise UnfitError("is empty")
    if not any(character.isalnum() for character in name):
        raise UnfitError(f"{quoted(name)} contains no letter")
    return name


def clean_person(text: str) -> str:
    """Return the name of somebody: as ``clean_name``, and no address. "Dear priya@x.example" greets nobody."""
    name = clean_name(text)
    if not _WITH_ADDRESS.isdisjoint(name) and _AT_SIGN.search(name):
        raise UnfitError(f"{quoted(name)} contains an address", "write the name alone, and the address in `email`")
    return name


def clean_title(text: str) -> str:
    """Return a job title: as ``clean_line``, and no address, which belongs in a field of its own."""
    title = clean_line(text)
    # "Head of Data @ Lumen" is a title.
    if "@" in title and _ADDRESS_WITHIN.search(title):
        raise UnfitError(f"{quoted(title)} contains an address", "write the title alone, and the address in `email`")
    return title


def clean_passage(text: str) -> str:
    """Return a passage with its line breaks and tabs folded into spaces; otherwise as ``clean_line``."""
    passage = " ".join(_composed(text).split())
    if len(passage) > PASSAGE_LIMIT:
        raise UnfitError(f"is {len(passage):,} characters long", f"{PASSAGE_LIMIT:,} is the limit")
    for character in _doubtful(passage):
        if is_invisible(character):
            raise UnfitError(f"contains {name_of(character)}", "leave it out: it cannot stand in a mail")
    return passage


def clean_notes(text: str) -> str:
    """Return private notes with their line breaks; nothing else invisible, since they are shown in a terminal."""
    notes = _composed(text.replace("\r\n", "\n"))
    if len(notes) > NOTES_LIMIT:
        raise UnfitError(f"is {len(notes):,} characters long", f"{NOTES_LIMIT:,} is the limit")
    for character in notes:
        if character not in "\n\t" and is_invisible(character):
            raise UnfitError(f"contains {name_of(character)}", "leave it out")
    return notes


def clean_email(text: str) -> str:
    """Return a bare address (RFC 5321 mailbox, internationalised allowed), its domain lower-cased."""
    address = clean_line(text)
    if PLAIN_ADDRESS.fullmatch(address):
        return address
    from email_validator import EmailNotValidError, validate_email

    local, at, domain = address.rpartition("@")
    is_local = bool(at and _LOCAL_DOMAIN.fullmatch(domain))
    try:
        checked = validate_email(f"{local}@example.com" if is_local else address, check_deliverability=False)
    except EmailNotValidError as error:
        is_more = "@" in address and re.search(r"[\s<>()\",;:]", address)
        reason = "something else stands beside it" if is_more else str(error).rstrip(".")
        raise UnfitError(
            f"{quoted(address)} is not an e-mail address: {reason[:1].lower()}{reason[1:]}",
            "write the bare address, like priya@example.com",
        ) from None
    return f"{checked.local_part}@{domain.lower()}" if is_local else checked.normalized


def clean_phone(text: str) -> str:
    """Return a telephone number as written: digits and the usual separators, at least five digits."""
    phone = clean_line(text)
    number = re.sub(r"(?i)\s*(ext\.?|x|extension)\s*\d+$", "", phone)
    if re.search(r"[^\d\s+()./-]", number) or len(re.findall(r"\d", number)) < 5:
        raise UnfitError(f"{quoted(phone)} is not a telephone number", 'write it like "+1 312 555 0142"')
    return phone


def clean_link(text: str) -> str:
    """Return a web address, with or without ``https://``; no other scheme, since it becomes a link."""
    link = clean_line(text)
    scheme, found, _ = link.partition(":")
    if link and (
        re.search(r"[\s<>\"'`{}|\\^]", link)
        or "." not in link
        or link.startswith("/")
        or (found and scheme.lower() not in {"http", "https"})
        or re.match(r"(?i)https?:(?!//[^/])", link)
    ):
        raise UnfitError(f"{quoted(link)} is not a web address", 'write it like "https://www.linkedin.com/in/..."')
    return link


def clean_message_id(text: str) -> str:
    """Return a Message-ID with its angle brackets (RFC 5322 section 3.6.4).

    Some programs write one without a domain. It is kept: mail programs compare ids letter by letter to find a thread.
    """
    bare = clean_line(text, MESSAGE_ID_LIMIT).removeprefix("<").removesuffix(">")
    # An encoded word would be decoded by some parser, whatever field it stands in.
    if not bare.isascii() or "=?" in bare or not re.fullmatch(r"[^\s<>]+", bare):
        raise UnfitError(f"{quoted(text)} is not a Message-ID", 'it looks like "<CAF1x@mail.example.com>"')
    return f"<{bare}>"
