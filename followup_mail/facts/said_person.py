"""A person as people say it: "Mrs Helen Doyle the deputy head", "Lucy Brennan from HR", "Tariq (the recruiter)".

What is said of somebody is taken off the name, so that nobody is greeted with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from followup_mail.facts.credentials import is_code
from followup_mail.facts.looks_like import (
    WORDS,
    is_eastern_title,
    is_job_title,
    is_part_played,
    is_phone,
    may_be_name,
    without_honorific,
)
from followup_mail.facts.name_parts import is_group, is_title
from followup_mail.facts.said_readings import plain_words
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.regex import regex

MAILBOX: Final = regex(r"[^\s<>()\[\],;\"]+@[^\s<>()\[\],;\"]+")
_WITH_BRACKETS: Final = regex(r"[<(\[]*[^\s<>()\[\],;\"]+@[^\s<>()\[\],;\"]+[>)\]]*")
_JOIN: Final = regex(r"(?i)\A(?:and|&|plus|also)\s+(?=\S)")
_BULLET: Final = regex(r"\A\s*(?:\(?\d{1,2}[.)]|[-*+\u2022\u2013\u25cf\u00b7])\s+(?=\S)")
_LEAD: Final = regex(
    r"(?i)\A(?:(?:(?:i|we)\s+)?(?:met(?:\s+with)?|spoke\s+(?:to|with)|talked\s+(?:to|with)|saw|interviewed\s+(?:with|by))\s+"
    r"|(?:(?:interview|call|chat|coffee|lunch|meeting)\s+)?(?:on\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun|to|yester)day"
    r"|interview|call|chat|meeting)\s+with\s+)(?=\S)"
)
_FIELD: Final = regex(
    r"(?i)\A(?:full name|name|interview panel|panel|interviewers?|panell?ists?|attendees|people|present|met|who"
    r"|contacts?|names|job title|title|position|role|with)\s*:\s+(?=\S)"
)
_ON_BEHALF: Final = regex(r"\A(?:i\.\s?[AV]\.|ppa\.?|p\.\s?p\.|gez\.)\s+(?=[^\W\d_])")
"""What Germans put before the name they sign with: "i. A.", "ppa."."""
_EMPHASIS: Final = regex(r"(?<!\w)(\*{1,3}|_{1,2})(?=\S)([^*_]+?)(?<=\S)\1(?!\w)")
_RELATED: Final = regex(
    r"(?i:(?:his|her|their|my|our|your)\s+(boss|manager|colleague|assistant|deputy|peer|teammate|co-worker|lead|director"
    r"|supervisor|report|hiring manager|partner))\s+(?=[A-Z])"
)
_DASH: Final = regex(r"\s+[-\u2013\u2014]\s+")
_PRONOUNS: Final = regex(r"(?i)\s*[(\[](?:she|he|they|her|him|them|ze)(?:\s?/\s?\w+){1,2}[)\]]")
_ARTICLE: Final = regex(r"(?i)\A(?:the|an?|our|their|my|his|her)\s+(?=\S)")
_HONOUR: Final = regex(r"(?i)\Athe\s+(?:hon|rev|rt|right|most|very|lord|lady|honou?rable|reverend|revd)\b")
_OF: Final = regex(r"(?i)\A(?:from|at|with)\s+(?=\S)")
_BEGINS: Final = regex(r"(?<!\bfrom)(?<!\bat)(?<!\bwith)\s+(?=(?:(?i:the|from)|our|their|my|at|with|an?)\s+\S)")
_NUMBER: Final = regex(r"(?<![\w-])(?:\(?\+?\d)[\d\s()./-]{5,}\d(?!\w)")
_POSTCODE: Final = regex(r"\d{5}-\d{4}")
_BEFORE_POSTS: Final = frozenset({"first", "second", "third", "sous", "junior", "acting", "vice"})
_LONGEST_UNTITLED: Final = 3
"""What is said of somebody in more words without a word of job titles is a motto: "the future of work"."""
_REMARK: Final = regex(r"\(([^()@]+)\)|\[([^\[\]@]+)\]")


def without_lead(line: str) -> str:
    """Return a line without the number or dash of a list, "I spoke to" before the name, and "(she/her)" behind it."""
    plain = _BULLET.sub("", _EMPHASIS.sub(r"\2", line))
    return _PRONOUNS.sub("", _ON_BEHALF.sub("", _LEAD.sub("", _FIELD.sub("", plain))))


def related_person(text: str) -> tuple[str, str]:
    """Return the name and the post of "her boss Tom"; both empty for any other text."""
    found = _RELATED.match(text.strip())
    return (text.strip()[found.end() :], found[1]) if found else ("", "")


def title_with_colon(part: str) -> tuple[str, str]:
    """Return name and title of "Hiring manager: Owen Pratt"; the title is empty for any other part."""
    title, colon, name = (side.strip() for side in part.partition(":"))
    if not colon:
        title, _, name = (side.strip() for side in _DASH.sub("\n", part, count=1).partition("\n"))
        # "Head of Data - Growth" is a title.
        is_field = not (WORDS["fields"] | WORDS["title_starts"]).isdisjoint(plain_words(name).split())
        colon = "" if is_field or not 2 <= len(name.split()) <= 4 or not name[:1].isupper() else "-"
    is_said = bool(colon) and (is_job_title(title) or is_part_played(title))
    return (name, title) if is_said and may_be_name(_WITH_BRACKETS.sub("", name).strip()) else (part, "")


def without_join(part: str) -> str:
    """Return a part without the "and" that led to it."""
    return _JOIN.sub("", part)


def without_article(part: str) -> str:
    """Return "deputy head" of "the deputy head"; any other part as it is, "The Hon. Jane Roe" and a team included."""
    is_called = _HONOUR.match(part) or (is_group(part) and not is_job_title(part))
    return part if is_called else _ARTICLE.sub("", part)


def place_of_work(part: str) -> str:
    """Return "HR" of "from HR"; empty for any other part."""
    return without_article(_OF.sub("", part)) if _OF.match(part) else ""


def unpack(piece: str) -> tuple[str, ...]:
    """Return name and address, then whatever is said of the person beside them. A plain piece stays as it is."""
    piece = without_join(piece)
    if is_phone(piece):
        return (piece,)
    address = MAILBOX.search(piece)
    bare = " ".join(_WITH_BRACKETS.sub(" ", piece, count=1).split())
    bare, number = _take_number(bare)
    name, told = _take_remark(bare)
    name, behind = _part_behind_name(name)
    details = tuple(filter(None, (*behind, *told, number)))
    if not details or (not name and not address):
        return (piece,)
    label = plain_words(name).strip(" :")
    name = "" if label in WORDS["emails"] else name
    with_address = f"{name} <{address[0]}>".strip() if address else name
    return (with_address, *details) if name else (*details, with_address)


def is_said(text: str) -> bool:
    """Return whether a line tells of somebody as people speak: "Lucy Brennan from HR", "Tariq, the recruiter"."""
    pieces = [piece.strip() for piece in text.split(",")]
    is_beside = any(without_article(piece) != piece or place_of_work(piece) for piece in pieces[1:])
    return is_beside or without_join(text) != text or any(len(unpack(piece)) > 1 for piece in (*pieces, text))


def title_behind_name(part: str) -> tuple[str, str]:
    """Return name and title of "priya raman head of data"; the title is empty where none is found behind a name."""
    before, _, behind = (side.strip() for side in _DASH.sub("\n", part, count=1).partition("\n"))
    if behind:
        return (before, behind) if is_job_title(behind) and may_be_name(before) else (part, "")
    words = part.split()
    if eastern := list(takewhile(is_eastern_title, reversed(words))):
        start = len(words) - len(eastern)
        return (" ".join(words[:start]), " ".join(words[start:])) if start else (part, "")
    is_title_whole = is_job_title(part) and plain_words(words[0]) in WORDS["title_starts"] - WORDS["titles"]
    for at in range(1, 0 if is_title_whole else min(len(words), 6)):
        name, title = " ".join(words[:at]), " ".join(words[at:])
        if _begins_title(words, at) and is_job_title(title) and may_be_name(name):
            return name.rstrip("-\u2013\u2014 "), _as_title(title)
    return part, ""


def title_before_name(part: str) -> tuple[str, str]:
    """Return name and title of "Charge Nurse Tom Okafor"; the title is empty where it is a form of address, or none."""
    words = part.split()
    eastern = list(takewhile(is_eastern_title, words))
    if eastern and words[len(eastern) :]:
        return " ".join(words[len(eastern) :]), " ".join(eastern)
    sure = WORDS["titles"] - WORDS["titles_also_names"]
    ends = [at for at, word in enumerate(words, start=1) if plain_words(word) in sure]
    name = " ".join(words[ends[-1] :]) if ends and " and " not in part else ""
    if not name or without_honorific(part) != part or is_titled(part):
        return part, ""
    is_cased = all(word[:1].isupper() for word in name.split())
    is_field = not (WORDS["fields"] | WORDS["title_starts"]).isdisjoint(plain_words(name).split())
    is_name = is_cased and not is_field and " " in name and may_be_name(name)
    return (name, " ".join(words[: ends[-1]])) if is_name else (part, "")


def unclear_title(part: str) -> tuple[str, str]:
    """Return name and title of "Priya Raman consultant", which may be a title of three words as well."""
    words = part.split()
    for at in range(2, min(len(words), 6)):
        is_cased = words[at].islower() and not any(word.islower() for word in words[:at])
        is_word = plain_words(words[at]) in WORDS["titles"]
        if is_word and (is_cased or is_titled(words[0])) and may_be_name(" ".join(words[:at])):
            return " ".join(words[:at]), " ".join(words[at:])
    return part, ""


def part_nameless(part: str) -> tuple[str, str]:
    """Return name and title of "Jo Hill Electrician", which was taken for a title; both empty where it is one."""
    words = part.split()
    of_posts = WORDS["fields"] | WORDS["units"] | WORDS["title_starts"] | WORDS["titles"] | WORDS["trade_kinds"]
    end = next((at for at in range(2, min(len(words), 5)) if is_job_title(words[at])), 0)
    while end > 2 and plain_words(words[end - 1]) in _BEFORE_POSTS:
        end -= 1
    name = words[:end]
    is_name = bool(end) and may_be_name(" ".join(name)) and of_posts.isdisjoint(map(plain_words, name))
    return (" ".join(name), " ".join(words[end:])) if is_name else ("", "")


def refuse_unclear(part: str) -> None:
    """Raise ``UnfitError`` for somebody whose title can't be told from the name."""
    name, title = unclear_title(part)
    if title and (title.islower() or plain_words(title) not in WORDS["titles_also_names"]):
        wrong = f"where the name ends in {quoted(part)} is not clear"
        raise UnfitError(wrong, f'write a comma behind the name: "{name}, {title}"')


def _begins_title(words: list[str], at: int) -> bool:
    word = plain_words(words[at])
    is_sure = word in WORDS["titles"] - WORDS["titles_also_names"] and is_titled(words[0])
    return at >= 2 and (is_sure or word in WORDS["title_starts"])


def is_titled(text: str) -> bool:
    """Return whether a person begins: "Dr" or "Mrs" stands before names, and before no title."""
    first, _, rest = text.strip().partition(" ")
    # "General Counsel" and "Sr. Recruiter" are titles, "General Adams" and "Sr. Ortega" are not.
    is_counsel = first.lower().rstrip(".") in {"general", "sr"} and is_job_title(rest)
    return bool(first) and is_title(first) and plain_words(first) not in WORDS["titles"] and not is_counsel


def is_rank(text: str) -> bool:
    """Return whether a text is a rank of two words or more, which is no name behind a name: "Rear Admiral"."""
    words = text.split()
    return len(words) > 1 and all(is_title(word) for word in words)


def _take_number(text: str) -> tuple[str, str]:
    """Return a text without the telephone number in it, and that number."""
    for found in _NUMBER.finditer(text):
        number = found[0].strip()
        if is_phone(number) and not _POSTCODE.fullmatch(number) and re.search(r"[^\W\d_]", text):
            before = text[: found.start()].split()
            if before and plain_words(before[-1]).strip(" .:") in WORDS["phones"]:
                before.pop()
            return " ".join((*before, text[found.end() :])).strip(" \t,:-"), number
    return text, ""


def _take_remark(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without a title in brackets, and that title; any other remark stays with the name."""
    for found in _REMARK.finditer(text):
        inside = without_article((found[1] or found[2]).strip())
        if text[: found.start()].strip() and (
            is_job_title(inside) or place_of_work(inside) or (is_code(inside) and not text.isupper())
        ):
            rest = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
            part = inside.partition(",")[0].strip()
            return rest, (part, inside) if part != inside and is_part_played(part) else (inside,)
    return text, ()


def _part_behind_name(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the name of "Helen Doyle the deputy head from Leeds", and each thing that is said behind it."""
    name, *said = _BEGINS.split(text)
    is_motto = (
        bool(said)
        and bool(_ARTICLE.match(said[0]))
        and len(said[0].split()) > _LONGEST_UNTITLED
        and not is_job_title(said[0])
    )
    if said and may_be_name(name) and not is_motto and not _HONOUR.match(said[0]):
        return name, tuple(_joined(said))
    name, title = title_behind_name(text) if is_titled(text) else (text, "")
    return (name, (title,)) if title else (text, ())


def _joined(said: list[str]) -> Iterator[str]:
    """Yield what is said, with what is said of a title put behind it again: "the recruiter at Medacs"."""
    title = said[0]
    for part in said[1:]:
        if place_of_work(title) or _ARTICLE.match(part):
            yield title
            title = part
        else:
            title = f"{title} {part}"
    yield title


def _as_title(text: str) -> str:
    """Return a title; one that was typed in small letters with its capitals."""
    if text != text.lower() or is_part_played(text):
        return text
    return " ".join(word if word in WORDS["small"] else word.capitalize() for word in text.split())
