"""A file that somebody was sent: its bytes, and whether it is a calendar, a card or a mail. Told by what is in it."""

from __future__ import annotations

import re
import stat
from enum import Enum, auto
from pathlib import Path
from typing import Final

from followup_mail.errors import FactsError
from followup_mail.incoming.copied_mail import is_copied_mail
from followup_mail.incoming.saved_mail import BYTES_LIMIT
from followup_mail.regex import regex

FILE_LIMIT: Final = 5 * 1024 * 1024
"""A calendar or a card with a picture in it stays far below."""
_GIVE: Final = "Save the invitation, the mail or the card from your mail program, and name that file."
_BEGINS: Final = regex(rb"(?i)\A\s*BEGIN\s*:\s*(VCALENDAR|VCARD)")
_HEADER: Final = regex(rb"(?im)^(?:From|Subject|Message-ID|Received|Date|Return-Path)[ \t]*:")
_QUOTED: Final = regex(rb"(?i)[;=]QUOTED-PRINTABLE[;:]")
_HEAD: Final = 16 * 1024


class FileKind(Enum):
    """What a file is."""

    CALENDAR = auto()
    CARD = auto()
    MAIL = auto()


def read_given(path: Path) -> bytes:
    """Return the bytes of a file. Raises ``FactsError`` with a sentence when it is none, cannot be read or is huge."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise FactsError(f"{path} is a folder.", fix="Name a file in it.")
        if not stat.S_ISREG(found.st_mode):
            raise FactsError(f"{path} is not a file.", fix=_GIVE)
        if found.st_size > BYTES_LIMIT:
            raise FactsError(f"{path} has {found.st_size // 1024**2} MB, more than any mail server takes.", fix=_GIVE)
        with path.open("rb") as file:
            return file.read(BYTES_LIMIT)
    except FileNotFoundError:
        raise FactsError(f"{path} is not there.", fix="Check the name of the file.") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL
        raise FactsError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.", fix=_GIVE) from None


def tell_kind(content: bytes, name: str) -> FileKind:
    """Return what a file is. Raises ``FactsError`` for anything but a calendar, a card or a mail."""
    head = as_octets(content[:_HEAD])
    if not head.strip():
        raise FactsError(f"{name} is empty.", fix=_GIVE)
    if begins := _BEGINS.match(head):
        return FileKind.CALENDAR if begins[1].upper() == b"VCALENDAR" else FileKind.CARD
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FactsError(f"{name} is an Outlook .msg file.", fix='Save it as .eml: in Outlook, "Save as", type EML.')
    if b"\0" in head:
        raise FactsError(f"{name} is neither a calendar, a card nor a mail, but some binary file.", fix=_GIVE)
    if _HEADER.search(head) or is_copied_mail(head):
        return FileKind.MAIL
    raise FactsError(f"{name} is neither a calendar (.ics), a card (.vcf) nor a mail (.eml).", fix=_GIVE)


def as_octets(content: bytes) -> bytes:
    """Return a text in UTF-16 as UTF-8, and any text without its byte order mark."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        content = content.decode("utf-16", errors="replace").encode(errors="replace")
    return content.removeprefix(b"\xef\xbb\xbf")


def unfolded_text(content: bytes, name: str) -> str:
    """Return the lines of a calendar or a card, those that were folded whole again, ended by LF.

    They are joined before they are decoded: RFC 5545 section 3.1 lets a fold cut a character in two. A line of
    quoted-printable, which ends with "=", goes on with any character, and is left. Raises ``FactsError`` for a text in
    no known set of characters.
    """
    if len(content) > FILE_LIMIT:
        raise FactsError(f"{name} has {len(content) // 1024**2} MB; an invitation or a card has a few KB.", fix=_GIVE)
    content = as_octets(content)
    for line_end in (b"\r\r\n", b"\r\n", b"\r"):
        content = content.replace(line_end, b"\n")
    soft = rb"(?<!=)" if _QUOTED.search(content) else b""
    content = re.sub(soft + rb"\n[ \t]", b"", content)
    if b"\0" in content:
        raise FactsError(f"{name} is damaged: there are zero bytes in it.", fix=_GIVE)
    for charset in ("utf-8", "cp1252"):  # the second is what old programs on Windows write
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    raise FactsError(f"{name} is in a set of characters that cannot be told.", fix="Save it again as UTF-8.")
