"""What a signature says of the one who wrote, as far as it is sure: a title below the name, and a telephone number."""

from __future__ import annotations

from typing import Final

from followup_mail.facts.looks_like import is_job_title
from followup_mail.facts.name_case import plain_key
from followup_mail.incoming.found_names import kept_phone, kept_title
from followup_mail.regex import regex

_LINES: Final = 8
_PHONE: Final = regex(
    r"(?i)^(?:(?:t|m|p|d|tel|phone|mobile|mob|cell|direct|office|telefon|mobil|handy)\b[.:]*\s*)?(\+?[\d(][\d\s()./-]{7,24}\d)\s*$"
)
_FAX: Final = regex(r"(?i)\bfax\b|^f\b[.:]")
_END: Final = regex(r"\s*(?:[|,\u2022\u00b7]|\s[-\u2013\u2014@]\s|\bat\b).*")


def read_signature(text: str, name: str) -> tuple[str, str]:
    """Return title and telephone number of the one called ``name``; empty where that is not sure."""
    lines = [line.strip(" *_\t") for line in text.split("\n")]
    wanted = plain_key(name)
    signed = [at for at, line in enumerate(lines) if line and plain_key(line.split(",")[0]) == wanted]
    if not wanted or not signed:
        return "", ""
    below = [line for line in lines[signed[-1] + 1 : signed[-1] + 1 + _LINES] if line]
    return _title(below), _phone(below)


def _title(below: list[str]) -> str:
    """Return the line right below the name where it has a word of a job title, up to the company."""
    line = _END.sub("", below[0]) if below else ""
    is_title = len(line) <= 60 and is_job_title(line) and not line.endswith((".", "!", "?"))
    return kept_title(line, []) if is_title else ""


def _phone(below: list[str]) -> str:
    """Return the number where there is only one."""
    parts = [part.strip() for line in below for part in line.split("|") if not _FAX.search(part)]
    found = {match[1] for part in parts if (match := _PHONE.match(part))}
    return kept_phone(found.pop(), []) if len(found) == 1 else ""
