"""Names of people and companies: how to shorten them for a greeting, and how to make a handle of them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_TITLES: Final = frozenset(
    ["dr", "prof", "professor", "mr", "mrs", "ms", "mx", "sir", "dame", "herr", "frau", "mme", "rev"]
)
# Letters that decomposition (NFKD) leaves as they are.
_PLAIN_LETTERS: Final = str.maketrans(dict(zip("øłđæœþð", ("o", "l", "d", "ae", "oe", "th", "d"), strict=True)))


def short_name(name: str) -> str:
    """Return what follows "Dear": "Dr. Raman" for a name with a title, else the first name."""
    first, *rest = name.split()
    return f"{first} {rest[-1]}" if rest and first.rstrip(".").casefold() in _TITLES else first


def slugify(text: str) -> str:
    """Return ``text`` as a lower-case handle for commands and file names, its words joined by ``-``.

    ASCII where letters have a plain form; other scripts stay as they are.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN_LETTERS))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", kept)).strip("-")
