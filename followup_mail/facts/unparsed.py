"""What stands in a facts file, looked at without parsing it, which takes twenty times as long as reading.

A look never misses anything: where it cannot be sure it says so, and whoever asks parses the file.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from followup_mail.facts.clean import UnfitError, clean_name
from followup_mail.regex import regex

_ESCAPE: Final = b"\\"
_ENCODED_DOMAIN: Final = b"xn--"
_AROUND_AT: Final = re.compile(rb"[^\s\"'<>]*@[^\s\"'<>]*")
_COMPANY: Final = regex(r"^[ \t]*company[ \t]*=[ \t]*(?:\"([^\"\\\n]*)\"|'([^'\n]*)')[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_SEVERAL_LINES: Final = regex(r"\"\"\"|'''")


def may_have_address(content: bytes, emails: Collection[str]) -> bool:
    """Return whether one of the addresses (casefolded) can stand in a file; false only when none of them does.

    An address is the same however it is written: with escapes, with letters that become others when it is read, or with
    its domain encoded (RFC 5890). Where that is possible, this says yes.
    """
    lowered = content.lower()
    if any(email.encode(errors="replace") in lowered for email in emails):
        return True
    if _ESCAPE in content or _ENCODED_DOMAIN in lowered:
        return True
    return not content.isascii() and any(not found.isascii() for found in _AROUND_AT.findall(content))


def find_company(content: bytes) -> str | None:
    """Return the company of a file, as ``Application.company`` would have it if the file can be read; None: unsure."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    found = _COMPANY.search(text)
    # A line within a longer text is no fact, and a key can be written in other ways before it.
    if found is None or _SEVERAL_LINES.search(text, 0, found.start()):
        return None
    try:
        return clean_name((found[1] if found[1] is not None else found[2]).strip())
    except UnfitError:
        return None
