"""Names of people and companies: how to shorten them for a greeting, and how to make a handle of them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

SLUG_LIMIT: Final = 80

_TITLES: Final = frozenset(
    ["dr", "prof", "professor", "mr", "mrs", "ms", "mx", "sir", "dame", "herr", "frau", "mme", "rev"]
)
_SUFFIXES: Final = frozenset(
    ["jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "cpa", "cfa", "pmp", "esq", "msc", "bsc", "ma", "dphil", "rn"]
)
# Letters that decomposition (NFKD) leaves as they are.
_PLAIN_LETTERS: Final = str.maketrans(dict(zip("øłđæœþðı", ("o", "l", "d", "ae", "oe", "th", "d", "i"), strict=True)))
# Windows opens a device instead of a file of these names, whatever the extension.
_DEVICES: Final = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]|conin|conout")


def short_name(name: str) -> str:
    """Return what follows "Dear": "Dr. Raman" for a name with a title, else the first name.

    Understands "Raman, Priya" and drops "PhD" and "Jr."; a lone initial is no name, so "J. Smith" stays whole.
    """
    head, comma, tail = (part.strip() for part in name.partition(","))
    if comma and head and tail and " " not in head and not _is_in(tail.split(",")[0], _SUFFIXES):
        head = f"{tail} {head}"
    first, *rest = [word for word in head.split() if not _is_in(word, _SUFFIXES)] or [name]
    if rest and _is_in(first, _TITLES):
        return f"{first} {rest[-1]}"
    return f"{first} {rest[-1]}" if rest and re.fullmatch(r"\w\.?", first) and first.isascii() else first


def slugify(text: str) -> str:
    """Return ``text`` as a lower-case handle for commands and file names, its words joined by ``-``.

    ASCII where letters have a plain form. Other scripts stay as they are, with the marks that tell their letters
    apart: two people must not get one handle.
    """
    kept: list[str] = []
    # Some letters become capitals only when decomposed, some can be decomposed only when small.
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN_LETTERS)
    for character in unicodedata.normalize("NFKD", folded):
        is_mark = unicodedata.category(character).startswith("M")
        if is_mark and (not kept or kept[-1].isascii()):
            continue
        kept.append(character if is_mark or character.isalnum() else "-")
    return re.sub("-+", "-", unicodedata.normalize("NFC", "".join(kept))).strip("-")


def is_slug(text: str) -> bool:
    """Tell whether ``text`` can name an application: a handle as ``slugify`` makes it, safe as a file name anywhere."""
    return 0 < len(text.encode(errors="replace")) <= SLUG_LIMIT and slugify(text) == text and not is_device(text)


def is_device(text: str) -> bool:
    """Tell whether Windows keeps this name for a device."""
    return bool(_DEVICES.fullmatch(text))


def _is_in(word: str, words: frozenset[str]) -> bool:
    return word.replace(".", "").strip().casefold() in words
