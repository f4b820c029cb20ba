"""Names of people and companies: how to shorten them for a greeting, and how to make a handle of them."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from typing import Final

SLUG_LIMIT: Final = 80

_TITLES: Final = frozenset(
    ["dr", "prof", "professor", "mr", "mrs", "ms", "mx", "sir", "dame", "herr", "frau", "mme", "rev"]
)
_SUFFIXES: Final = frozenset(
    """
    jr sr ii iii iv phd md mba cpa cfa pmp esq msc bsc ma ba bs dphil rn llm llb jd pe mph mpa msw lcsw dds dvm edd
    meng beng mphil psyd frcp frcs mrcp frs obe cbe ret junior senior
    """.split()  # noqa: SIM905
)
_ALSO_GIVEN: Final = frozenset(["ma", "ba", "md", "pe"])
"""Suffixes that are given names where a name begins: "Ma Long", "Md. Rahman"."""
# What stands before the last word of a surname and belongs to it: "van der Berg", "de la Cruz".
_PARTICLES: Final = frozenset(
    """
    van von der den de het ten ter te del della dell di da das dos do du des la las le los lo el al bin ibn bint ben ap
    af av zu zur zum und y e i st vom von't 't op in
    """.split()  # noqa: SIM905
)
# Behind a comma these say what somebody does, not who they are.
_JOBS: Final = frozenset(
    """
    of for at and head director manager lead engineer officer chief president vp svp evp ceo cto cfo coo cio chro hr
    recruiter recruiting recruitment talent partner founder co-founder owner consultant analyst developer designer
    architect scientist researcher editor nurse teacher coordinator specialist supervisor assistant secretary inc ltd
    llc gmbh
    """.split()  # noqa: SIM905
)
# Common Chinese and Korean surnames, as they are written in Hong Kong, Singapore and Malaysia too.
_FAMILIES_OF_THREE_WORDS: Final = frozenset(
    """
    ahn bae baek chan chang chen cheng cheong cheung chew chia chiu cho choi chong chow chua chung fong fung gao goh guo
    han ho hong huang hwang jang jeon jeong jung kang kim koh kwok kwon lai lam lau law lee leong leung li liang lim lin
    liu low luo moon ng ngai oh ong pang park seo shin sim sin siu song suh tam tan tang tay teo toh tsai tsang tse wang
    wong woo wu xie xu yang yap yeo yeung yip yoo yoon yuen zhang zhao zheng zhou zhu
    """.split()  # noqa: SIM905
)
# One syllable of a Chinese or Korean name in Latin letters: "Wei", "Ming", "Soo", "Hyun", "Xiao".
_SYLLABLE: Final = re.compile(
    r"(?i)(?:[bcdfghjklmnpqrstwxyz]|[hkg]w|[cszt]h|ts|tz|hs|k[yh]|[hgmnrp]y)?[aeiou]{1,4}(?:ng?|[hklmptw])?"
)
# Letters that decomposition (NFKD) leaves as they are.
_PLAIN_LETTERS: Final = str.maketrans(dict(zip("øłđæœþðı", ("o", "l", "d", "ae", "oe", "th", "d", "i"), strict=True)))
# Windows opens a device instead of a file of these names, whatever the extension.
_DEVICES: Final = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]|conin|conout")


def short_name(name: str) -> str:
    """Return what follows "Dear": "Dr. Raman" for a name with a title, else the first name.

    Understands "van der Berg, Anna", and drops "PhD" and "Jr." wherever they stand; initials are no name, so
    "J. R. Smith" stays whole, and so does a surname alone ("van der Berg").
    """
    given, family = _split_name(name)
    titles = [word for word in (*given, *family) if _is_in(word, _TITLES)]
    given, family = ([word for word in part if not _is_in(word, _TITLES)] for part in (given, family))
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
    """Tell "Wei Ming" Ng and "Soo Jin" Park, whom half the name does not name, from "John Andrew" Lee.

    Where the first word may be the surname ("Lee Min Ho"), nobody can tell.
    """
    if len(given) != 2 or len(family) != 1 or not _is_in(family[0], _FAMILIES_OF_THREE_WORDS):
        return False
    return not _is_in(given[0], _FAMILIES_OF_THREE_WORDS) and all(_SYLLABLE.fullmatch(one) for one in given)


def _split_name(name: str) -> tuple[list[str], list[str]]:
    """Return given names and surname, with the titles before them, without degrees, suffixes and positions."""
    parts = [words for part in re.split("[,\uff0c]", name) if (words := _without_suffixes(part))]
    if not parts:
        return name.split(), []
    head, *others = parts
    tail = next((one for one in others if not _is_position(one, head)), [])
    if tail:  # "van der Berg, Anna", and "Berg, Anna van der"
        given = [word for word in tail if word not in _PARTICLES]
        return given, [*(word for word in tail if word in _PARTICLES), *head]
    start = next((at for at, word in enumerate(head) if not _is_in(word, _TITLES)), len(head))
    if start == len(head) or (head[start] in _PARTICLES and not head[-1].islower()):
        return head[:start], head[start:]
    last = len(head) - 1
    while last > start + 1 and head[last - 1] in _PARTICLES:
        last -= 1
    return (head[:last], head[last:]) if last > start else (head, [])


def _without_suffixes(part: str) -> list[str]:
    """Return the words of a part of a name: no "PhD" or "Ph. D.", and no remark such as "(Design)" or "(she/her)"."""
    words = re.sub(r"\([^()]*\)", " ", part).split() or part.split()
    if "".join(words).replace(".", "").casefold() in {"phd", "msc", "bsc"}:
        return []
    # "J.R. Smith" has initials, which are no "Jr.".
    begins_as_name = len(words) > 1 and (_is_in(words[0], _ALSO_GIVEN) or re.fullmatch(r"(?:\w\.){2}", words[0]))
    kept = words[:1] if begins_as_name else []
    kept += [word for word in words[len(kept) :] if not _is_in(word, _SUFFIXES)]
    # "Ms. Ma" has a surname.
    return words if kept and all(_is_in(word, _TITLES) for word in kept) else kept


def _is_position(words: list[str], head: list[str]) -> bool:
    """Tell "Head of Data", "she/her", "SHRM-CP" behind a comma from a first name."""
    if any(_is_in(word, _JOBS) or "/" in word or "&" in word for word in words):
        return True
    text = "".join(words)
    if len(head) > 1 and text.replace(".", "").casefold() == "ms":
        return True
    is_shouted = text.isupper() and len(text.replace(".", "")) > 1 and not "".join(head).isupper()
    return is_shouted and (len(head) > 1 or "-" in text) and not re.fullmatch(r"(?:\w\.\s?)+", text)


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
