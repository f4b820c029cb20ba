"""Names of people and companies: shortened for a greeting, and turned into handles for commands and files."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import takewhile
from typing import Final

from followup_mail.facts.name_case import PLAIN_LETTERS, is_initial, is_listed
from followup_mail.facts.name_order import first_given_name, is_one_given_name
from followup_mail.facts.name_parts import NameParts, split_name
from followup_mail.regex import regex

SLUG_LIMIT: Final = 80

# Windows opens a device instead of a file of these names, whatever the extension.
_DEVICES: Final = regex(r"con|prn|aux|nul|com[0-9]|lpt[0-9]|conin|conout")

_PLAIN_SLUG: Final = regex(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What ``slugify`` leaves as it is without a look at each letter; a test holds that."""


def short_name(name: str, country: str | None = None) -> str:
    """Return what follows "Dear": "Dr. Raman" for a name with a title, else the first name.

    The full name where the first name is unknown: "Nguyễn Văn An", "J. R. Smith". ``country`` helps with the order.
    """
    parts = split_name(name, country)
    if parts.titles:
        return _with_title(parts)
    if parts.nickname:
        return parts.nickname
    given = parts.given
    if not parts.is_clear or not given or is_initial(given[0]):
        return parts.full
    return first_given_name(given, parts.family)


def formal_name(name: str, country: str | None = None) -> str:
    """Return what follows a formal "Dear": the title with the family name, else the full name ("Jochen Brandis")."""
    parts = split_name(name, country)
    return _with_title(parts) if parts.titles else parts.full


def full_name(name: str, country: str | None = None) -> str:
    """Return the name alone: without title, suffix, remark and comma."""
    return split_name(name, country).full


def has_title(name: str, country: str | None = None) -> bool:
    """Return whether a name has a title that goes before it: "Dr.", "Judge", "Mrs"."""
    return bool(split_name(name, country).titles)


def _with_title(parts: NameParts) -> str:
    title = _said(parts.titles)
    kind = title.split()[-1]
    first = parts.given[0] if parts.given else parts.full
    if not parts.is_clear or not parts.family:
        return f"{title} {parts.full}"
    if is_listed(kind, "first_name_titles"):
        return f"{title} {first}"
    if is_listed(kind, "order_titles"):
        return f"{title} {_name_in_order(parts)}"
    return f"{title} {first if is_initial(parts.family[-1]) else ' '.join(parts.family)}"


def _said(titles: tuple[str, ...]) -> str:
    """Return the title that is said: "Professor" for "Prof. Dr. Dr. h.c.", "Dr." for "Frau Dr."."""
    if any(is_listed(title, "professor_titles") for title in titles):
        return "Professor"
    strong = [title for title in titles if not is_listed(title, "civil_titles")] or list(titles)
    ranks = list(takewhile(lambda title: is_listed(title, "title_starts"), strong[:-1]))
    return " ".join(strong[: len(ranks) + 1])


def _name_in_order(parts: NameParts) -> str:
    """Return the name of a member of an order: the given name, or all where a family name is not sure to be there."""
    if is_one_given_name(parts.given, parts.family):
        return " ".join(parts.given[:2])
    return parts.full


@lru_cache(maxsize=4096)
def slugify(text: str) -> str:
    """Return ``text`` as a lower-case handle for commands and file names, its words joined by ``-``.

    ASCII where letters have a plain form. Other scripts stay as they are, with the marks that distinguish their
    letters: two people must not get the same handle.
    """
    kept: list[str] = []
    # Some letters fold to small letters only when decomposed, some can be decomposed only when small.
    folded = unicodedata.normalize("NFKD", text).casefold().translate(PLAIN_LETTERS)
    for character in unicodedata.normalize("NFKD", folded):
        is_mark = unicodedata.category(character).startswith("M")
        if is_mark and (not kept or kept[-1].isascii()):
            continue
        kept.append(character if is_mark or character.isalnum() else "-")
    return re.sub("-+", "-", unicodedata.normalize("NFC", "".join(kept))).strip("-")


def is_slug(text: str) -> bool:
    """Return whether ``text`` can name an application: a handle as ``slugify`` makes it, safe as a file name."""
    if not 0 < len(text.encode(errors="replace")) <= SLUG_LIMIT or is_device(text):
        return False
    return _PLAIN_SLUG.fullmatch(text) is not None or slugify(text) == text


def is_device(text: str) -> bool:
    """Return whether Windows reserves a name, as ``slugify`` leaves it, for a device."""
    return bool(_DEVICES.fullmatch(text))
