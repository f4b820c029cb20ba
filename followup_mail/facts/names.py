"""Names of people and companies: shortened for a greeting, and turned into handles for commands and files."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from pathlib import Path
from typing import Final

from followup_mail.facts.word_lists import read_words

SLUG_LIMIT: Final = 80

_WORDS: Final = read_words(Path(__file__).with_name("name_words.toml"))
# A syllable of a Chinese or Korean name in Latin letters: "Wei", "Ming", "Soo", "Hyun", "Xiao".
_SYLLABLE: Final = re.compile(
    r"(?i)(?:[bcdfghjklmnpqrstwxyz]|[hkg]w|[cszt]h|ts|tz|hs|k[yh]|[hgmnrp]y)?[aeiou]{1,4}(?:ng?|[hklmptw])?"
)
# Letters that decomposition (NFKD) leaves as they are.
_PLAIN_LETTERS: Final = str.maketrans(dict(zip("øłđæœþðı", ("o", "l", "d", "ae", "oe", "th", "d", "i"), strict=True)))
# Windows opens a device instead of a file of these names, whatever the extension.
_DEVICES: Final = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]|conin|conout")


def short_name(name: str) -> str:
    """Return what follows "Dear": "Dr. Raman" for a name with a title, else the first name.

    Understands "van der Berg, Anna", and drops "PhD" and "Jr." anywhere. Initials are not a first name, so
    "J. R. Smith" stays whole, and so does a surname alone ("van der Berg").
    """
    given, family = _split_name(name)
    titles = [word for word in (*given, *family) if _is_in(word, "titles")]
    given, family = ([word for word in part if not _is_in(word, "titles")] for part in (given, family))
    surname = " ".join(family)
    if not given and not surname:
        return titles[0] if titles else name
    if titles:
        return f"{titles[0]} {surname or given[0]}"
    if not given:
        return surname
    initials = list(takewhile(_is_initial, given))
    if surname and initials:
        return " ".join((*initials, surname))
    return " ".join(given) if _is_one_name_of_two(given, family) else given[0]


def _is_initial(word: str) -> bool:
    return word.isascii() and re.fullmatch(r"(?:\w\.)+|\w", word) is not None


def _is_one_name_of_two(given: list[str], family: list[str]) -> bool:
    """Tell whether both given names make one name, as in "Wei Ming" Ng, unlike in "John Andrew" Lee.

    False where the first word may be the surname ("Lee Min Ho").
    """
    if len(given) != 2 or len(family) != 1 or not _is_in(family[0], "chinese_and_korean_surnames"):
        return False
    return not _is_in(given[0], "chinese_and_korean_surnames") and all(_SYLLABLE.fullmatch(word) for word in given)


def _split_name(name: str) -> tuple[list[str], list[str]]:
    """Return given names and surname, each with titles before it, without degrees, suffixes and job titles."""
    parts = [words for part in re.split("[,\uff0c]", name) if (words := _without_suffixes(part))]
    if not parts:
        return name.split(), []
    head, *others = parts
    tail = next((words for words in others if not _is_position(words, head)), [])
    if tail:  # "van der Berg, Anna", and "Berg, Anna van der"
        given = [word for word in tail if word not in _WORDS["particles"]]
        return given, [*(word for word in tail if word in _WORDS["particles"]), *head]
    start = next((at for at, word in enumerate(head) if not _is_in(word, "titles")), len(head))
    if start == len(head) or (head[start] in _WORDS["particles"] and not head[-1].islower()):
        return head[:start], head[start:]
    last = len(head) - 1
    while last > start + 1 and head[last - 1] in _WORDS["particles"]:
        last -= 1
    return (head[:last], head[last:]) if last > start else (head, [])


def _without_suffixes(part: str) -> list[str]:
    """Return the words of a part of a name, without "PhD" or "Ph. D.", and without "(Design)" or "(she/her)"."""
    words = re.sub(r"\([^()]*\)", " ", part).split() or part.split()
    if "".join(words).replace(".", "").casefold() in {"phd", "msc", "bsc"}:
        return []
    # "J.R. Smith" begins with initials, not with "Jr.".
    begins_as_name = len(words) > 1 and (_is_in(words[0], "also_given") or re.fullmatch(r"(?:\w\.){2}", words[0]))
    kept = words[:1] if begins_as_name else []
    kept += [word for word in words[len(kept) :] if not _is_in(word, "suffixes")]
    # In "Ms. Ma", "Ma" is a surname.
    return words if kept and all(_is_in(word, "titles") for word in kept) else kept


def _is_position(words: list[str], head: list[str]) -> bool:
    """Tell whether words after a comma are not a first name: "Head of Data", "she/her", "SHRM-CP"."""
    if any(_is_in(word, "jobs") or "/" in word or "&" in word for word in words):
        return True
    text = "".join(words)
    if len(head) > 1 and text.replace(".", "").casefold() == "ms":
        return True
    is_in_capitals = text.isupper() and len(text.replace(".", "")) > 1 and not "".join(head).isupper()
    return is_in_capitals and (len(head) > 1 or "-" in text) and not re.fullmatch(r"(?:\w\.\s?)+", text)


def slugify(text: str) -> str:
    """Return ``text`` as a lower-case handle for commands and file names, its words joined by ``-``.

    ASCII where letters have a plain form. Other scripts stay as they are, with the marks that distinguish their
    letters: two people must not get the same handle.
    """
    kept: list[str] = []
    # Some letters fold to small letters only when decomposed, some can be decomposed only when small.
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
    """Tell whether Windows reserves this name for a device."""
    return bool(_DEVICES.fullmatch(text))


def _is_in(word: str, words: str) -> bool:
    return word.replace(".", "").strip().casefold() in _WORDS[words]
