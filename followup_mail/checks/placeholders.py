"""Find placeholders: marks, brackets with a hint inside, and the hint alone ("Company Name").

Gathered from what career offices, letter templates and mail-merge programs write. Brackets around anything else are no
placeholder: code, a remark, what an editor adds to a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.checks.bracket_holes import find_holes
from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.prose import Prose, read_words, word_set, words_of
from followup_mail.regex import regex

_LISTS: Final = read_words("placeholders")
_NOUNS: Final = word_set(_LISTS["nouns"])
_ALSO_IN_BRACKETS: Final = word_set(_LISTS["also_in_brackets"])
_BESIDE_VARIABLE: Final = word_set(_LISTS["beside_variable"])
_OWNERS: Final = word_set(_LISTS["owners"])
_RUN_TOGETHER: Final = frozenset(
    f"{whose}{what}" for whose in _OWNERS for what in ("name", "title", "email", "company", "role")
)
_ABSTRACT: Final = word_set(_LISTS["abstract"])
_ORDERS: Final = word_set(_LISTS["orders"])
_ORDERS_IN_ROUND: Final = _ORDERS - word_set("name give write put choose use note type state")
_ORDERS_TO_WRITE: Final = _ORDERS - word_set("list name give write put choose use note type state reference provide")
_SMALL: Final = word_set(_LISTS["small"])
_ALONE_IN_ROUND: Final = word_set(_LISTS["alone_in_round"])
_BESIDE_NOUNS: Final = word_set(_LISTS["beside_nouns"])
_ASIDE: Final = word_set(_LISTS["aside"])
_ANY_ONE: Final = word_set(_LISTS["any_one"])
_THINGS: Final = word_set(_LISTS["things"])

# German makes one word of "job title" and "name of the company".
_COMPOUND: Final = regex(r"(?:bezeichnung|firmenname|unternehmensname|nachname|vorname|ansprechpartner(?:in)?)\Z")
_MARKED: Final = regex(
    r"\{\{[^{}\n]{0,80}(?:\}\})?|\}\}|\{%[^\n%]{0,80}(?:%\})?|%\}|\{\d{1,2}\}|\{ ?(?:mergefield|ask|fillin|"
    r"docproperty|date \\@)\b[^{}\n]{0,80}\}|"
    r"(?<=[ (])%(?:\d\$)?[sd](?![\w%])|##\w{2,30}##|@@\w{2,30}@@|@model\.\w{2,30}|\$\{[^{}\n]{0,60}\}|"
    r"%\([\w ]{1,40}\)s|<%[^\n]{0,60}%>|_{4,}|"
    r"(?<![^\W_])_{3}(?![^\W_])|\*\|[\w :]{1,40}\|\*|%[a-z_]{3,30}%|&lt;[\w '/]{1,60}&gt;"
)
_VARIABLE: Final = regex(r"(?<![\w$])\$([^\W\d]\w{1,40})\b(?! variable)")
_SQUARE: Final = regex(r"[\[<{]\s?((?:[^\[\]<>{}\n]|\n(?!\s*\n)){1,120})[\]>}](?!\()")
_ROUND: Final = regex(r"\(\s?((?:[^()\n]|\n(?!\s*\n)){1,120})\)")
# "(ask Jun how many)", "(Shona: say how it ended)": the writer's own errand, not a word to the reader.
_TO_FIND_OUT: Final = regex(
    r"(?:(?i:check|confirm|verify|find\s+out|look\s+up|double-check)|(?i:ask)\s+(?:[A-Z]\w+|again|at\s+home))\s[^()]{0,40}?"
    r"\b(?i:how|which|what|when|who|whether|if|number|date|name|exact|spelling|figure)\b[^()]{0,40}|"
    r"[A-Z]\w+:\s*(?:say|add|put|mention|write|check|ask|insert|tell|explain)\b[^()]{0,80}"
)
# "Benefit to the reader in one line", in capitals where a sentence should end: a field of a form.
_FIELD: Final = regex(r"(?m)(?:^|:\s*)((?:[A-Z]{2,}[ ]){3,12}[A-Z]{2,})[ ]*$")
_OF_A_FORM: Final = word_set("reader line lines sentence sentences here insert paragraph benefit example")
_MERGED: Final = regex(r"[«‹]\s?([^«»‹›\n]{1,60}?)\s?[»›]")
_DOTS: Final = regex(
    r"[\[(<][ ]*(?:\.{2,}|\u2026+|[ ]{2,}|\?{2,}|-{2,}|x{2,})[ ]*[\])>]|(?:\.{6,}|\u2026{2,})|"
    r"\b(?:at|the|of|for|as|with|about|your|our)\s(?:\.{3,}|\u2026)"
    r"(?=[ ]?[,;:!?)]|\s(?:position|role|team|company)\b)"
)
_WORDS: Final = word_set(_LISTS["marks"])
_MANY_X: Final = regex(r"\bxxx+\b")
# A TODO app and a company Todo are no leftovers: only in capitals, and before what is to be done.
_TODO: Final = regex(
    r"(?<![\w.-])TODO(?=\s*[:\])(]|\s*$|\s*\n|\s+(?:add|write|insert|fill|check|mention|find|ask)\b)", re.MULTILINE
)


def find_placeholders(prose: Prose, within: TextSpan) -> Iterator[TextSpan]:
    """Yield what was left to be filled in."""
    if any(mark in prose.written for mark in "{[<%_(*&«‹$#@"):
        yield from (TextSpan(*match.span()) for match in _MARKED.finditer(prose.plain, *within))
        yield from (TextSpan(*match.span()) for match in _VARIABLE.finditer(prose.plain, *within) if _is_hole(match[1]))
        yield from _bracketed(prose, within)
        yield from (span for span in find_holes(prose, within) if not _is_in_quotation(prose.plain, *span))
    if "xxx" in prose.plain:
        yield from (TextSpan(*match.span()) for match in _MANY_X.finditer(prose.plain, *within))
    if "TODO" in prose.written:
        yield from (TextSpan(*match.span()) for match in _TODO.finditer(prose.written, *within))
    for match in _DOTS.finditer(prose.plain, *within):
        if not _is_in_quotation(prose.plain, *match.span()):
            yield TextSpan(*match.span())
    for match in _FIELD.finditer(prose.written, *within):
        if not (_NOUNS | _OF_A_FORM).isdisjoint(words_of(match[1].lower())):
            yield TextSpan(*match.span(1))
    for word in _WORDS & prose.starts.keys():
        yield from (TextSpan(start, start + len(word)) for start in prose.starts[word])


def _bracketed(prose: Prose, within: TextSpan) -> Iterator[TextSpan]:
    for match in _SQUARE.finditer(prose.written, *within):
        if _is_fill_in(match[1].strip()) and not _is_in_quotation(prose.plain, *match.span()):
            yield TextSpan(*match.span())
    for match in _ROUND.finditer(prose.written, *within):
        if _is_hint(match[1]) and not _says_what(prose.plain, match.start()):
            yield TextSpan(*match.span())
    for match in _MERGED.finditer(prose.written, *within):
        if match[1][:1].isupper() and _is_fill_in(match[1]):
            yield TextSpan(*match.span())


def _is_fill_in(inside: str) -> bool:
    """Tell "[Name]" and "<insert topic>" from "[1]", "list[int]", "<ada@example.org>" and "[sic]"."""
    words = [word for word in words_of(inside.replace("_", " ")) if word not in _SMALL]
    if not words or "@" in inside or "://" in inside:
        return False
    bare = [word.removesuffix("'s").rstrip("0123456789") for word in words]
    known = sum(word in _NOUNS | _ALSO_IN_BRACKETS | _RUN_TOGETHER or bool(_COMPOUND.search(word)) for word in bare)
    vague = sum(word in _ABSTRACT - _ALSO_IN_BRACKETS for word in bare)
    shouted = inside.isupper() and " " in inside and not any(letter.isdigit() for letter in inside)
    is_known = known * 2 >= len(words) or (known + vague) * 2 > len(words)
    is_told = words[0] in _ORDERS_TO_WRITE and len(words) > 2
    return is_known or words[0] in {"insert", "your"} or shouted or is_told or _is_order(words, _ORDERS)


def _is_hole(variable: str) -> bool:
    """Tell "$company_name" and "$FirstName" from "$HOME" and "$PATH"."""
    words = variable.lower().split("_")
    return variable.lower() in _RUN_TOGETHER or all(word in _NOUNS | _BESIDE_VARIABLE for word in words)


def _is_hint(inside: str) -> bool:
    """Tell "(position title)" and "(mention a goal of the company)" from a remark in round brackets."""
    words = words_of(inside.replace("_", " "))
    if _TO_FIND_OUT.fullmatch(inside.strip()):
        return True
    if not words or not _ASIDE.isdisjoint(words) or "@" in inside:
        return False
    bare = [word.removesuffix("'s") for word in words]
    if len(words) == 1:
        return bare[0] in _ALONE_IN_ROUND
    if _is_order(words, _ORDERS_IN_ROUND):
        return True
    asked = [word for word in bare if word not in _BESIDE_NOUNS and not (word.isdigit() and len(word) == 1)]
    return (bare[0] == "your" or len(words) <= 3) and bool(asked) and _NOUNS.issuperset(asked)


def _is_order(words: list[str] | tuple[str, ...], orders: frozenset[str]) -> bool:
    """Return whether words tell the writer what to put there."""
    rest = {word.removesuffix("'s") for word in words[1:]}
    if len(words) < 2 or words[0] not in _ORDERS:
        return False
    # "(name one value of the employer)" can only be said to the writer; "(name the topic)" may be a remark.
    is_free = words[1] in _ANY_ONE and not _THINGS.isdisjoint(rest)
    return is_free or (words[0] in orders and not rest.isdisjoint(_NOUNS | _ABSTRACT))


def _says_what(plain: str, start: int) -> bool:
    """Return whether brackets explain what stands before them: "312 555 0142 (phone number)"."""
    before = plain[max(0, start - 30) : start].split()[-1:]
    return bool(before) and any(letter.isdigit() or letter == "@" for letter in before[0])


def _is_in_quotation(plain: str, start: int, end: int) -> bool:
    """Return whether a span lies inside double quotes with other words: an editor's "we [the company] agreed"."""
    before, after = plain[max(0, start - 200) : start], plain[end : end + 200]
    if before.count('"') % 2 == 0 or '"' not in after:
        return False
    return any(part.strip() for part in (before.rpartition('"')[2], after.partition('"')[0]))
