"""What a signature says of the one who wrote, as far as it is sure: a title below the name, a number, an address."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.facts.credentials import split_credentials
from followup_mail.facts.looks_like import is_job_title, strip_label
from followup_mail.facts.name_case import plain_key
from followup_mail.incoming.found_names import kept_phone, kept_title
from followup_mail.incoming.saved_senders import good_address
from followup_mail.regex import regex

_LINES: Final = 8
_PHONE: Final = regex(r"\+?[\d(][\d\s()./-]{7,24}\d(?:\s*(?:ext\.?|x)\s*\d{1,6})?", re.IGNORECASE)
_BETWEEN: Final = regex(
    r"\s*[|;,\u2022\u00b7]\s*|\s/\s|\s{3,}|\s+(?=(?:t|m|d|o|c|w|tel|mob(?:ile)?|cell|office|direct|fax)\b[.:]+\s)",
    re.IGNORECASE,
)
_ADDRESS: Final = regex(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_IN_PLACE_OF: Final = regex(r"(?:i\. ?[av]\.|p\. ?p\.|ppa\.?|pp|im auftrag|for|pour)\s+", re.IGNORECASE)
_REMARK: Final = regex(r"\s*[(\[][^()\[\]]*[)\]]")
_FAX: Final = regex(r"(?i)\bfax\b|^f\b[.:]")
_END: Final = regex(r"\s*(?:[|,\u2022\u00b7]|\s[-\u2013\u2014@]\s|\bat\b).*")


def read_signature(text: str, name: str) -> tuple[str, str]:
    """Return title and telephone number of the one called ``name``; empty where that is not sure."""
    below = _below_name(text, name)
    return _title(below), _phone(below)


def read_signed_address(text: str, name: str) -> str:
    """Return the only address below the name of the one who signed; empty where there are several."""
    found = dict.fromkeys(address for line in _below_name(text, name) for address in _ADDRESS.findall(line))
    return good_address(next(iter(found))) if len(found) == 1 else ""


def _below_name(text: str, name: str) -> list[str]:
    """Return the lines below the last one that has this name alone."""
    lines = [line.strip(" *_\t") for line in text.split("\n")]
    wanted = plain_key(name)
    signed = [at for at, line in enumerate(lines) if line and plain_key(_name_in(line)) == wanted]
    if not wanted or not signed:
        return []
    return [line for line in lines[signed[-1] + 1 : signed[-1] + 1 + _LINES] if line]


def _title(below: list[str]) -> str:
    """Return the line right below the name where it has a word of a job title, up to the company."""
    line = _END.sub("", below[0]) if below else ""
    is_title = len(line) <= 60 and is_job_title(line) and not line.endswith((".", "!", "?"))
    return kept_title(line, []) if is_title else ""


def _name_in(line: str) -> str:
    """Return the name alone of "i. A. Sabine M\u00fcller", "\u00c9lodie Charpentier (RH)", "Ana Cruz, RN"."""
    return split_credentials(_REMARK.sub("", _IN_PLACE_OF.sub("", line, count=1)).split(",")[0])[0]


def _phone(below: list[str]) -> str:
    """Return the number where there is only one, or the first of several that each say what they are."""
    parts = [part.strip() for line in below for part in _BETWEEN.split(line) if part and not _FAX.search(part)]
    bare = {part: strip_label(part, "phones") for part in parts}
    found = {number: number != part for part, number in bare.items() if _PHONE.fullmatch(number)}
    is_plain = len(found) == 1 or (found and all(found.values()))
    return kept_phone(next(iter(found)), []) if is_plain else ""
