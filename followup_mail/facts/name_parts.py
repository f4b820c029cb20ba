"""A name taken apart: titles, given names, family name; without degrees, remarks and job titles."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from msgspec import Struct

from followup_mail.facts.name_case import (
    in_name_case,
    is_initial,
    is_listed,
    is_shouted,
    key_of,
    plain_key,
    surnames_in_front,
)
from followup_mail.facts.name_order import Order, is_particle, is_spanish, is_vietnamese, order_words
from followup_mail.regex import regex

_REMARK: Final = regex(r"\([^()]*\)|\[[^\[\]]*\]")
_TAIL: Final = regex(r"\s(?:[-\u2013\u2014|/]+|via|@)\s")
_NICKNAME: Final = regex(r"(?:^|\s)[\"\u201c\u201e](?P<name>\w[\w' .-]*)[\"\u201d\u201c](?=\s|$)")
_SPLIT_DEGREE: Final = regex(r"\b(?:(Ph)\. (D)|([MB])\. (Sc)|([hH])\. ?(c))\b\.?")
_FRENCH: Final = frozenset({"FR", "BE", "CH", "LU", "MC", "SN", "CI", "CM", "TN", "MA"})
_KINDS: Final = ("titles", "civil_titles", "professor_titles", "first_name_titles", "order_titles")


class NameParts(Struct, frozen=True):
    """The parts of a name, ready to be written."""

    titles: tuple[str, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    is_clear: bool
    """False where given and family name cannot be told apart: all words are in ``given`` then."""
    nickname: str = ""
    """What stands in quotation marks: James "Jim" Raman."""

    @property
    def full(self) -> str:
        """The name alone, without titles."""
        return " ".join((*self.given, *self.family))


def is_group(name: str) -> bool:
    """Return whether a name is that of a team or an office: "Talent Acquisition Team"."""
    return _holds_group(name.split())


def _holds_group(words: list[str]) -> bool:
    return any(is_listed(word, "groups") for word in words)


@lru_cache(maxsize=1024)
def split_name(name: str, country: str | None = None) -> NameParts:
    """Take a name apart, in any form that people and mail programs write it."""
    match = _NICKNAME.search(name)
    # Mail programs put a whole name in quotation marks.
    nickname = match["name"].strip() if match and match.group().strip() != name.strip() else ""
    text = _SPLIT_DEGREE.sub(lambda found: "".join(filter(None, found.groups())), _without_remarks(name))
    head, *others = [part.split() for part in re.split("[,\uff0c;]", text) if part.strip()] or [name.split()]
    if _holds_group(head):
        return NameParts((), tuple(head), (), is_clear=False)
    titles, words = _without_titles(head, country)
    if not words and others:  # "Dean, James"
        titles, words = [], head
    tail = _read_tail(others, words, country)
    words = _without_suffixes(words, is_head=True)
    if not words and not tail.words:
        return NameParts((), tuple(titles or name.split()), (), is_clear=False)
    is_turned = tail.has_title or _is_family_name(words) or all(map(is_initial, tail.words))
    if tail.words and is_turned:
        order = _with_comma(words, tail.words)
    elif tail.words or (_is_academic(head[-1]) and len(words) > 1):
        # "Priya Raman, Acme" or "Raman Menon, Priya", and "Weiss Hans Dr.": nobody can tell.
        order = Order(words, [], is_clear=False)
    else:
        order = order_words(words, country)
    given, family = _cased(order)
    return NameParts((*titles, *tail.titles), given, family, order.is_clear, nickname)


class _Tail(NamedTuple):
    """What stands behind a comma and belongs to the name."""

    words: list[str]
    titles: list[str]
    has_title: bool
    """Whether a title stands right before the words: "Raman, Dr. Priya"."""


def _read_tail(others: list[list[str]], head: list[str], country: str | None) -> _Tail:
    """Return the first part behind a comma that is a name, and the titles of all."""
    tail = _Tail([], [], has_title=False)
    for other in others:
        more, rest = _without_titles(other, country)
        # "Anna Berg, M.S." has a degree: only "Raman, Priya, Dr." has a title that no name follows.
        titles = [*tail.titles, *(more if rest else filter(_is_academic, more))]
        rest = _without_suffixes(rest, is_head=False)
        is_name = rest and not tail.words and not _is_position(rest, head)
        tail = _Tail(rest, titles, bool(more)) if is_name else tail._replace(titles=titles)
    return tail


def is_title(word: str, country: str | None = None) -> bool:
    """Return whether a word is a title: "Dr.", "Judge", "Sra.", "M." in France."""
    if is_listed(word, "dotted_titles") and not word.endswith("."):
        return False
    return any(is_listed(word, kind) for kind in _KINDS) or (word == "M." and country in _FRENCH)


def _without_remarks(name: str) -> str:
    """Return a name without "(Design)", "[Acme]", "- HR", "via Calendar" and nicknames."""
    bare = _REMARK.sub(" ", _NICKNAME.sub(" ", name))
    return next((part for part in _TAIL.split(bare) if part.strip(" ,")), name).strip('"\u201c\u201d ')


def _cased(order: Order) -> tuple[tuple[str, ...], tuple[str, ...]]:
    cased = in_name_case([*order.given, *order.family])
    given = len(order.given)
    return tuple(cased[:given]), tuple(cased[given:])


def _is_family_name(words: list[str]) -> bool:
    """Return whether the words before a comma can be nothing but a family name."""
    first = words[0] if words else ""
    is_known = plain_key(first) in surnames_in_front() or is_spanish(first)
    return len(words) < 2 or is_known or any(map(is_particle, words)) or all(map(is_shouted, words))


def _with_comma(head: list[str], tail: list[str]) -> Order:
    """Read "van der Berg, Anna", and "Berg, Anna van der"."""
    if is_vietnamese(head[0]) and len(tail) > 1:
        return Order([*head, *tail], [], is_clear=False)
    end = len(tail)
    while end > 1 and is_listed(tail[end - 1], "particles") and tail[end - 1].islower():
        end -= 1
    return Order(tail[:end], [*tail[end:], *head])


def _without_titles(words: list[str], country: str | None) -> tuple[list[str], list[str]]:
    """Return the titles at the beginning, as far as they are said, and the other words."""
    titles: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if is_title(word, country):
            titles.append(word.capitalize() if word.isupper() or word.islower() else word)
        elif not (_is_part(word, titles) or _leads(words[at:], country)):
            break
        at += 1
    academic = [word for word in words[at:] if _is_academic(word) and word.endswith(".")]
    return [*titles, *academic], [word for word in words[at:] if word not in academic]


def _is_academic(word: str) -> bool:
    return key_of(word) in {"dr", "prof"}


def _is_part(word: str, titles: list[str]) -> bool:
    """Return whether a word belongs to a title but is not said: "h.c.", "Dipl.-Ing.", "rer. nat."."""
    return is_listed(word, "title_parts") or (
        bool(titles) and word[0].islower() and is_listed(word, "small_title_parts")
    )


def _leads(words: list[str], country: str | None) -> bool:
    """Return whether a title follows the word that leads to it: "The Hon.", "Associate Professor"."""
    return is_listed(words[0], "title_leads") and len(words) > 1 and is_title(words[1], country)


def _without_suffixes(words: list[str], *, is_head: bool) -> list[str]:
    """Return the words of a part of a name without "PhD" and "Jr."; the first word of a name is kept."""
    if not words:
        return []
    if is_head and len(words) > 2 and len(key_of(words[0])) > 2 and is_listed(words[0], "suffixes"):
        words = words[1:]  # "MBA Anna Berg"
    is_shouting = all(map(is_shouted, words))
    kept = list(words)
    while len(kept) > is_head and _is_suffix(kept, is_shouting=is_shouting, is_head=is_head):
        kept.pop()
    return kept


def _is_suffix(words: list[str], *, is_shouting: bool, is_head: bool) -> bool:
    """Return whether the last of the words is a degree or the like."""
    word = words[-1]
    if word == "J.R.":
        return False
    if is_head and is_listed(word, "suffixes_also_names"):
        return len(words) > 2 and word.replace(".", "").isupper() and not is_shouting
    if not is_head and len(words) == 1 and is_listed(word, "suffixes_also_names"):
        return word.replace(".", "").isupper()
    is_code = re.fullmatch(r"[B-DF-HJ-NP-TV-XZ]{3,6}", word) is not None and len(words) > 2
    return is_listed(word, "suffixes") or (is_code and not is_shouting)


def _is_position(words: list[str], head: list[str]) -> bool:
    """Return whether words after a comma are not a first name: "Head of Data", "she/her", "SHRM-CP"."""
    if any(is_listed(word, "jobs") or "/" in word or "&" in word for word in words):
        return True
    text = "".join(words)
    if len(head) > 1 and key_of(text) == "ms":
        return True
    is_in_capitals = text.isupper() and len(text.replace(".", "")) > 1 and not "".join(head).isupper()
    return is_in_capitals and (len(head) > 1 or "-" in text) and not re.fullmatch(r"(?:\w\.\s?)+", text)
