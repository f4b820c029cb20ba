"""Agreement of a verb with the noun before it: "the student speak", "a planner who work", "all three is"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from followup_mail.language.corrections import Correction, correct_verb
from followup_mail.language.known_words import LISTS, words_of
from followup_mail.language.lexicon import WordClass, classes_of
from followup_mail.language.verb_forms import as_base, as_participle, as_past, as_third
from followup_mail.regex import regex

_WHO: Final = regex(
    r"\b(?:an?|one|every|each|somebody|someone|anybody|anyone)(?: [a-z-]+){0,2}?(?: (?P<noun>[a-z-]+))? who"
    r" (?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)
_ONE: Final = regex(
    r"(?:^|\b(?:where|when|because|so|that|if|how|but|whether|while|until|hope|hoped|glad|sure) )"
    r"(?P<subject>(?:the|an?|my|your|our|each|every)(?: (?:\d+(?:st|nd|rd|th)|[a-z-]+)){0,2}? (?P<noun>[a-z-]+))"
    rf" (?P<verb>{'|'.join(sorted(LISTS['only_verbs']))}|have|are|do)(?= (?P<behind>[a-z]+)|[.,;]|$)",
    re.IGNORECASE,
)
_MANY: Final = regex(
    r"\b(?:(?:all|both|these|those|several|many"
    r"|(?:most|some|half|two|three|four|five|\d+) of (?:the|my|your|our|their))"
    r"(?: of| the| my| your| our| their| \d+| two| three| four| five){0,2}"
    r"|(?<=that )the|(?<=and )the|(?<=because )the|(?<=but )the|(?<=so )the|(?<=when )the|^The"
    r"|(?<=that )your|(?<=and )my)"
    r"(?: [a-z]+)? (?P<noun>[A-Za-z]+s) (?P<verb>is|was|has|does"
    r"|comes|goes|gets|needs|wants|keeps|takes|makes|gives|knows|thinks|feels|stays|leaves"
    r"|arrives|happens|learns|speaks|loses)\b"
)
_AND: Final = regex(
    r"(?:^|, |[.!?] |\b(?:that|because|so|and|but|when|if) )(?=(?P<one>you|I|we|they) (?P<first>[a-z]+)"
    r"(?P<between> [^,.;:?!]*?) and (?P<verb>[a-z]+s)(?= (?P<behind>[a-z]+)))",
    re.IGNORECASE,
)
_PLURAL: Final = regex(
    r"\b(?:where|when|because|so|that|hope|but) (?:(?:the|your|my|our|their|all|most|many|some)(?: [a-z-]+)? )?"
    r"(?P<noun>[a-z]+) (?P<verb>[a-z]+s)(?= (?P<behind>[a-z]+)|[.,;]|$)",
    re.IGNORECASE,
)
_OF_ONE: Final = {"have": "has", "are": "is", "do": "does"}
_BETWEEN_MANY: Final = LISTS["prepositions"] - {"of"} | LISTS["auxiliaries"] | LISTS["relatives"] | LISTS["subjects"]
_SEVERAL: Final = {"is": "are", "was": "were", "has": "have", "does": "do"}
_GROUPS: Final = LISTS["groups"]
_NOT_MANY: Final = LISTS["not_many"]
_AFTER_WISH: Final = regex(
    r"(?i)\b(?:suggest|recommend|insist|ask|demand|propose|request|important|essential|make|made|let|help|see|saw|"
    r"watch|hear|heard|have|had)\w*\b[^,]*$"
)
_BEHIND_VERB: Final = (
    LISTS["adverbs"]
    | LISTS["prepositions"]
    | LISTS["determiners"]
    | LISTS["objects"]
    | {"first", "last", "early", "late"}
)
_BETWEEN: Final = LISTS["relatives"] - {"and"} | LISTS["subjects"] - {"people"}


def correct_subjects(text: str) -> Iterator[Correction]:
    """Yield the verbs that do not go with the noun before them."""
    for found in _WHO.finditer(text) if " who " in text else ():
        noun = (found["noun"] or "").lower()
        is_one = not noun or (_is_singular(noun) and " of " not in found[0])
        if is_one and (right := _third_of(found["verb"])):
            yield correct_verb(found, right, f"who {right}")
    for found in _ONE.finditer(text):
        if right := _behind_one(text, found):
            yield correct_verb(found, right, f"the {found['noun']} {right}")
    yield from _behind_many(text)
    yield from _with_two_verbs(text)


def _behind_one(text: str, found: re.Match[str]) -> str:
    """Return the form behind one person or thing: *speaks* for "the student speak"; nothing where it may be right."""
    before, noun, verb = text[: found.start("subject")], found["noun"].lower(), found["verb"].lower()
    behind = (found["behind"] or "").lower()
    is_wish = before.lower().endswith("that ") and _AFTER_WISH.search(before)
    is_each = found["subject"].lower().startswith(("each", "every"))
    is_verb = not behind or behind in _BEHIND_VERB or is_each or WordClass.ADJECTIVE in classes_of(behind)
    is_verb = is_verb or (verb == "get" and as_participle(behind) is not None)
    if is_wish or not is_verb or not _is_singular(noun) or _has_small_word(found["subject"]):
        return ""
    if verb in LISTS["only_verbs"]:
        return _third_of(verb)
    is_sure = WordClass.COUNT in classes_of(noun) and _begins_surely(before)
    return _OF_ONE.get(verb, "") if is_sure else ""


def _behind_many(text: str) -> Iterator[Correction]:
    """Yield the verbs of one behind several: "all three is", "the pupils reads"."""
    for found in _MANY.finditer(text):
        noun = found["noun"]
        is_plural = WordClass.PLURAL in classes_of(noun) or (noun[:-1].isupper() and len(noun) > 2)
        last = words_of(text[: found.start()])[-1:]
        is_part = bool(set(last) & LISTS["prepositions"] or set(words_of(found[0])[1:-2]) & _BETWEEN_MANY)
        if is_plural and noun.lower() not in _NOT_MANY and not is_part:
            third = as_third(found["verb"])
            right = _SEVERAL.get(found["verb"].lower(), third.base if third else "")
            yield correct_verb(found, right, f"{noun} {right}")
    for found in _PLURAL.finditer(text):
        right = _of_plural(found["noun"].lower(), found["verb"].lower())
        if right and not set(words_of(found[0])[1:-2]) & _BETWEEN_MANY:
            yield correct_verb(found, right, f"{found['noun']} {right}")


def _begins_surely(before: str) -> bool:
    return before.lower().endswith(("that ", "because ", "where ", "when "))


def _of_plural(noun: str, verb: str) -> str:
    """Return the form behind a plural of a verb: *read* for "the pupils reads"; else nothing."""
    classes = classes_of(noun)
    is_plural = WordClass.PLURAL in classes and not classes & {WordClass.COUNT, WordClass.MASS, WordClass.ADJECTIVE}
    third = as_third(verb)
    right = _SEVERAL.get(verb, third.base if third and third.base in LISTS["only_verbs"] else "")
    return right if is_plural and noun not in _NOT_MANY else ""


def _with_two_verbs(text: str) -> Iterator[Correction]:
    """Yield the second of two verbs where only it has an -s: "you trust your hands and stops early"."""
    for found in _AND.finditer(text):
        verb, first = as_third(found["verb"]), as_base(found["first"])
        between = set(words_of(found["between"]))
        is_free = not between & _BETWEEN and not _has_infinitive(found["between"])
        is_same = bool(verb and first) and not as_past(found["first"]) and is_free
        behind = found["behind"]
        is_verb = behind in LISTS["determiners"] | LISTS["objects"] | {"early", "late", "there", "here", "at"}
        if verb and is_same and is_verb and not as_base(found["verb"]):
            is_sure = WordClass.PLURAL not in classes_of(found["verb"])
            yield correct_verb(found, verb.base if is_sure else "", f"{found['one']} … and {verb.base}")


def _has_infinitive(text: str) -> bool:
    return any(first == "to" and as_base(second) is not None for first, second in pairwise(words_of(text)))


def _is_singular(noun: str) -> bool:
    classes = classes_of(noun)
    is_count = WordClass.COUNT in classes and not classes & {WordClass.PLURAL, WordClass.MASS, WordClass.ADVERB}
    return (is_count or not (classes or noun.endswith("s"))) and noun not in _GROUPS | LISTS["numbers"]


def _has_small_word(subject: str) -> bool:
    """Return whether other words than adjectives and nouns stand between the article and the noun."""
    small = LISTS["prepositions"] | LISTS["relatives"] | LISTS["auxiliaries"] | LISTS["subjects"] | LISTS["objects"]
    return bool(set(words_of(subject)[1:]) & small)


def _third_of(verb: str) -> str:
    """Return the form in -s of the base of a verb; nothing for any other word."""
    base = as_base(verb.lower())
    is_small = verb.lower() in LISTS["auxiliaries"] - {"need", "have", "do"}
    return base.third if base and not as_past(verb) and not is_small else ""
