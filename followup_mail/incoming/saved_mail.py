"""A mail that somebody saved as a file: its bytes made plain, its headers as text. Every reader of one starts here.

Mail programs save in many forms: with a mark in front, in UTF-16, with the lines that Apple Mail or a mailbox file
put around a message. The file may come from anywhere; nothing here takes long, and a header never fails to be read.
"""

from __future__ import annotations

import binascii
import re
import stat
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import Message
from itertools import groupby
from pathlib import Path
from typing import Final

from followup_mail.errors import FactsError
from followup_mail.facts.clean import LINE_LIMIT, clean_line
from followup_mail.facts.moments import FIRST_YEAR, LAST_YEAR
from followup_mail.regex import regex

SAVE: Final = "Save the message itself from your mail program, as an .eml file."
BYTES_LIMIT: Final = 40 * 1024 * 1024
"""More than any mail server takes."""
WORDS_LIMIT: Final = 4_000
"""Characters of one header that are read for people; longer ones are cut."""
_DATE_LIMIT: Final = 20_000
_OUTLOOK: Final = b"\xd0\xcf\x11\xe0"
# Empty lines, Apple Mail's count of bytes, and the line that parts the messages of a mailbox file (RFC 4155).
_BEFORE: Final = regex(rb"\A(?:[ \t]*\n)*(?:\d{1,12}[ \t]*\n)?(?:[ \t]*\n)*(?:>?From [^\n]*\n)?")
_ENCODED: Final = regex(r"=\?([^?\s]{1,60})\?([bqBQ])\?(.*?)\?=")
# Codecs of Python that are no charsets of mail; some take quadratic time.
NO_CHARSETS: Final = frozenset({"idna", "punycode", "unicode-escape", "unicode_escape", "raw-unicode-escape"})
# Names that mail programs write and Python does not know, and sets whose name stands for a larger one.
_CHARSETS: Final = {
    **dict.fromkeys(("gb2312", "gbk", "x-gbk"), "gb18030"),
    **dict.fromkeys(("iso-8859-8-i", "iso-8859-8-e"), "iso-8859-8"),
    **dict.fromkeys(("x-sjis", "x-ms-cp932"), "cp932"),
    "ansi": "cp1252",
    "cp-850": "cp850",
}


class _Unicode(policy.Compat32):
    """Headers as text where they hold raw bytes: UTF-8 where it is (RFC 6532), else the old set of the West."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        if value.isascii():
            return name, value
        raw = value.encode(errors="surrogateescape")
        try:
            return name, raw.decode()
        except UnicodeDecodeError:
            return name, raw.decode("cp1252", errors="replace")


POLICY: Final = _Unicode()


def read_saved(path: Path, limit: int = BYTES_LIMIT) -> bytes:
    """Return the first ``limit`` bytes of a saved mail. Raises ``FactsError`` when it is no file, or too large."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise FactsError(f"{path} is not a file.", fix=SAVE)
        if found.st_size > BYTES_LIMIT:
            raise FactsError(f"{path} is too large for a saved message.", fix="Save the message without attachments.")
        with path.open("rb") as file:
            return file.read(limit)
    except OSError as error:
        raise FactsError(f"{path} cannot be read: {error.strerror}.", fix=SAVE) from None


def plain_bytes(content: bytes, name: str) -> bytes:
    """Return a message as RFC 5322 has it, its lines ended by LF. Raises ``FactsError`` for Outlook's own format."""
    if content.startswith(_OUTLOOK):
        raise FactsError(f"{name} is an Outlook .msg file.", fix='Save it as .eml: in Outlook, "Save as", type EML.')
    if order := _byte_order(content[:2]):
        content = content.decode(order, errors="replace").encode(errors="replace")
    content = content.removeprefix(b"\xef\xbb\xbf")
    for line_end in (b"\r\r\n", b"\r\n", b"\r"):
        content = content.replace(line_end, b"\n")
    begins = _BEFORE.match(content)
    before = begins[0] if begins else b""
    content = content[len(before) :]
    return _without_plist(content) if before.strip()[:1].isdigit() else content


def field(message: Message, name: str, limit: int) -> str:
    """Return a header as it stands there, folds kept, at most ``limit`` characters; of several the first."""
    return str(message.get(name) or "")[:limit]


def read_words(raw: str) -> str:
    """Return a header as people read it, on one line: folds and encoded words (RFC 2047) undone, once.

    An encoded word that is broken, or in an unknown charset, is read as far as it goes; the rest always stays.
    """
    raw = " ".join(raw[:WORDS_LIMIT].split())
    said: list[str] = []
    position = 0
    # Section 6.2 there: space between two encoded words is dropped. A character may be cut in two by their border.
    for _, group in groupby(_encoded_words(raw), key=lambda word: word[:2]):
        words = list(group)
        start, end = words[0][2].start(), words[-1][2].end()
        if (between := raw[position:start]).strip() or not said:
            said.append(between)
        said.append(_decode(b"".join(_octets(word) for _, _, word in words), words[0][1]))
        position = end
    said.append(raw[position:])
    return " ".join("".join(said).split())


def fit_subject(subject: str) -> str:
    """Return a subject without the words that a line of the facts may not hold: an answer repeats it."""
    words = []
    for word in subject.split():
        with suppress(ValueError):
            words.append(clean_line(word[:LINE_LIMIT]))
    return " ".join(words)[:LINE_LIMIT].rstrip()


def sent_at(message: Message) -> datetime | None:
    """Return when a mail was sent, with the zone of its sender; None where it does not say so, or cannot be meant."""
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(" ".join(field(message, "Date", _DATE_LIMIT).split()))
        found = found if found.tzinfo else found.replace(tzinfo=UTC)  # "-0000" (RFC 5322 section 3.3)
        offset = found.utcoffset() or timedelta()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    # A year within those of the facts stays so on the clocks of any zone.
    return found if FIRST_YEAR < found.year < LAST_YEAR and abs(offset) <= timedelta(hours=15) else None


def _byte_order(first: bytes) -> str:
    """Return in which UTF-16 a file is, with its mark or without; nothing for any other file."""
    if first in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    return "utf-16-le" if first[1:] == b"\0" else "utf-16-be" if first[:1] == b"\0" else ""


def _encoded_words(raw: str) -> list[tuple[int, str, re.Match[str]]]:
    """Return the encoded words with a number for each row of them, and with their charset."""
    found: list[tuple[int, str, re.Match[str]]] = []
    row, end = 0, 0
    for word in _ENCODED.finditer(raw):
        row += bool(raw[end : word.start()].strip())
        end = word.end()
        found.append((row, word[1].partition("*")[0].lower(), word))
    return found


def _octets(word: re.Match[str]) -> bytes:
    text = word[3].encode("ascii", errors="ignore")
    if word[2] in "qQ":
        return binascii.a2b_qp(text, header=True)
    digits = re.sub(rb"[^A-Za-z0-9+/]", b"", text)
    whole = digits[:-1] if len(digits) % 4 == 1 else digits
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def _decode(octets: bytes, charset: str) -> str:
    """Return the text; what does not decode becomes a replacement character, or nothing in an unknown charset."""
    try:
        if charset not in NO_CHARSETS:
            return octets.decode(_CHARSETS.get(charset, charset), errors="replace")
    except (LookupError, ValueError):
        pass
    return octets.decode(errors="ignore")


def _without_plist(content: bytes) -> bytes:
    """Return a message without what Apple Mail notes about it at the end."""
    end = content.rfind(b"<?xml")
    return content[:end] if end >= 0 and b"<plist" in content[end:] else content
