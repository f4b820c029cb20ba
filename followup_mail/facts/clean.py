"""What a value from the outside must look like before it becomes a fact.

Facts travel into headers, templates, pages and calls, so the gate is here, once: one line stays one line, nothing
invisible passes, an address is an address. Each function returns the cleaned value or raises ``ValueError`` with a
sentence for the user.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

LINE_LIMIT: Final = 200
PASSAGE_LIMIT: Final = 2_000

# Names that RFC 2606, 6761 and 6762 set apart. People run their own mail server under them, so they are allowed
# although email-validator, rightly for a sign-up form, refuses them.
_LOCAL_DOMAIN: Final = re.compile(r"(^|\.)(localhost|local|test|internal|lan|home\.arpa)$", re.IGNORECASE)

_SPAN_PART: Final = re.compile(
    r"(\d+)\s*(weeks?|wks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|min|m)\b\s*(?:and\b|,)?\s*", re.IGNORECASE
)
_SPAN_UNITS: Final = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
}


def is_invisible(character: str) -> bool:
    """Tell whether a character may not stand in a fact: controls, line separators, bidi overrides, surrogates.

    Zero-width joiners stay: names in several scripts need them.
    """
    category = unicodedata.category(character)
    if category == "Cf":
        return character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    return category in {"Cc", "Cs", "Zl", "Zp", "Cn"}


def clean_line(text: str) -> str:
    """Return one trimmed line in NFC; refuse line breaks, invisible characters and more than 200 characters."""
    line = unicodedata.normalize("NFC", text.strip())
    for position, character in enumerate(line, start=1):
        if is_invisible(character):
            raise ValueError(f"holds {_describe(character)} at character {position}, but must be a single plain line")
    if len(line) > LINE_LIMIT:
        raise ValueError(f"is {len(line)} characters long; {LINE_LIMIT} is the limit")
    return line


def clean_passage(text: str) -> str:
    """Return a passage with its line breaks and tabs folded into spaces; otherwise as ``clean_line``."""
    passage = " ".join(unicodedata.normalize("NFC", text).split())
    for character in passage:
        if is_invisible(character):
            raise ValueError(f"holds {_describe(character)}, which cannot stand in a mail")
    if len(passage) > PASSAGE_LIMIT:
        raise ValueError(f"is {len(passage)} characters long; {PASSAGE_LIMIT} is the limit")
    return passage


def clean_email(text: str) -> str:
    """Return a bare address (RFC 5321 mailbox, internationalised allowed), its domain lower-cased."""
    from email_validator import EmailNotValidError, validate_email

    address = clean_line(text)
    local, at, domain = address.rpartition("@")
    stands_for = f"{local}@example.com" if at and _LOCAL_DOMAIN.search(domain) else address
    try:
        checked = validate_email(stands_for, check_deliverability=False)
    except EmailNotValidError as error:
        raise ValueError(f"'{address}' is not an e-mail address: {str(error).rstrip('.')}") from None
    return checked.normalized if stands_for == address else f"{checked.local_part}@{domain.lower()}"


def clean_phone(text: str) -> str:
    """Return a telephone number as written: digits and the usual separators, at least five digits."""
    phone = clean_line(text)
    number = re.sub(r"(?i)\s*(ext\.?|x|extension)\s*\d+$", "", phone)
    if re.search(r"[^\d\s+()./-]", number) or len(re.findall(r"\d", number)) < 5:
        raise ValueError(f"'{phone}' is not a telephone number; write it like \"+1 312 555 0142\"")
    return phone


def clean_zone(text: str) -> str:
    """Return the name of a time zone of the IANA database."""
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):
        known = available_timezones()
        near = difflib.get_close_matches(text.replace(" ", "_"), known, n=1, cutoff=0.6)
        by_city = [
            name for name in sorted(known) if name.rsplit("/", 1)[-1].lower() == text.strip().lower().replace(" ", "_")
        ]
        guess = (by_city or near or [""])[0]
        hint = f'; did you mean "{guess}"?' if guess else '; write it like "Europe/Berlin"'
        raise ValueError(f"'{text}' is not a time zone{hint}") from None
    return text


def clean_country(text: str) -> str:
    """Return a two-letter country code (ISO 3166-1), upper-cased."""
    code = text.strip().upper()
    if code == "UK":
        raise ValueError('the code of the United Kingdom is "GB"')
    if not re.fullmatch(r"[A-Z]{2}", code):
        raise ValueError(f'\'{text}\' is not a two-letter country code; write "US", "DE", "GB"')
    return code


def clean_message_id(text: str) -> str:
    """Return a Message-ID with its angle brackets (RFC 5322 section 3.6.4)."""
    bare = clean_line(text).removeprefix("<").removesuffix(">")
    if not re.fullmatch(r"[^\s<>@]+@[^\s<>@]+", bare):
        raise ValueError(f"'{text}' is not a Message-ID; it looks like \"<CAF1x@mail.example.com>\"")
    return f"<{bare}>"


def read_span(given: object) -> timedelta:
    """Read a span such as ``45 min``, ``1 h 30 min`` or ``2 weeks``. Never zero; a bare number is refused."""
    if isinstance(given, timedelta):
        return given
    text = given if isinstance(given, str) else str(given)
    rest, span = text.strip(), timedelta()
    while match := _SPAN_PART.match(rest):
        span += int(match[1][:6]) * _SPAN_UNITS[match[2][0].lower()]
        rest = rest[match.end() :]
    if rest or not span:
        raise ValueError(f'\'{text}\' is not a span of time; write "45 min", "1 h 30 min", "10 days" or "2 weeks"')
    return span


def _describe(character: str) -> str:
    names = {"\n": "a line break", "\r": "a carriage return", "\t": "a tab", "\x00": "a NUL"}
    return names.get(character, f"an invisible character (U+{ord(character):04X})")
