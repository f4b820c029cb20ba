"""What the candidate has, is or worked with, from a note without a verb: "I have six years of registry experience".

``years_of_experience`` and ``own_standing`` know each word of what they say. Here a word that nobody knows is taken for
a noun, and the sentence around it claims no more than the note: that one has it, or that there was such a thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from followup_mail.language.a_or_an import a_or_an
from followup_mail.language.deed_articles import fill_articles
from followup_mail.language.deed_figures import spoken_figures
from followup_mail.language.deed_tails import Joint, read_tail
from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, word_list
from followup_mail.language.loose_phrases import is_counted, may_be_thing, with_articles
from followup_mail.language.note_words import Part, is_name, is_number, is_shouted, parts_of, plain_text
from followup_mail.language.noun_phrases import is_plural, number_in_words
from followup_mail.language.told_deeds import can_stand
from followup_mail.language.verb_forms import as_third
from followup_mail.language.years_of_experience import is_job
from followup_mail.regex import regex

_LONGEST_FIELD: Final = 3
_LONGEST_THING: Final = 9
_SPANS: Final = frozenset("years months seasons summers winters".split())
_AWAY: Final = frozenset(
    "home away off break leave sick ill unemployed abroad no without twins daughter son mother father baby child "
    "children family caring carer travelling traveling gap self-employed".split()
)
_CREDENTIALS: Final = frozenset(
    "certificate certification licence license diploma degree ticket permit qualification badge msc bsc ba ma phd llm "
    "llb mba bed pgce be btech meng hnd nvq apprenticeship".split()
)
_DEGREES: Final = frozenset("msc bsc ba ma phd llm llb mba be btech meng".split())
_YEAR_OR_MONTH: Final = regex(r"(?i)(?:19|20)\d\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*")
_SOMEBODY: Final = frozenset(
    "volunteer instructor assessor examiner trainer mentor translator interpreter referee judge coach leader captain "
    "treasurer governor trustee warden grader responder aider guide steward marshal lifeguard".split()
)
_NOT_IN_A_KIND: Final = frozenset(
    {WordClass.DETERMINER, WordClass.POSSESSIVE, WordClass.PRONOUN, WordClass.PREPOSITION, WordClass.AUXILIARY}
)
_CHANGE: Final = regex(
    r"(?:from )?(?P<low>\d[\d.,]*%?(?: [a-z]+)?) (?:->|to) (?P<high>\d[\d.,]*%?(?: [a-z]+)??)"
    r"(?P<rest> (?:in|within|over) .+)?"
)
_RELATIVE: Final = frozenset({"that", "which"})


@lru_cache(maxsize=256)
def told_standing(text: str) -> str:
    """Return what a note without a verb says of the candidate, as a sentence; nothing where the frame is unsure."""
    plain = plain_text(text)
    parts = parts_of(plain)
    if not parts or '"' in plain or "?" in plain or is_shouted(plain) or not all(map(can_stand, parts[0].words)):
        return ""
    readers = (_years_of, _holds, _is_somebody, _with_a_thing, _a_thing_that, _a_change)
    said = next((said for read in readers if (said := read(parts))), "")
    return f"{said}." if said else ""


def _years_of(parts: Sequence[Part]) -> str:
    """Read "6 yrs civil registry, Oran", "8 yrs RO plants" and "7 yrs on chairlifts"."""
    words = parts[0].words
    if len(words) < 3 or not is_number(words[0]) or words[1] not in _SPANS or words[0] == "1":
        return ""
    rest = words[2:]
    if not _AWAY.isdisjoint(word.lower() for part in parts for word in part.words):
        return ""
    field = _field(rest)
    return f"I have {number_in_words(words[0])} {words[1]} of {field}" if field else ""


def _field(words: Sequence[str]) -> str:
    """Return what the years were spent on: "experience with RO plants", "civil registry experience"."""
    if WordClass.PREPOSITION in classes_of(words[0]):
        led = words[0] if words[0] in {"in", "on", "at", "with", "as"} and len(words) > 1 else ""
        return f"experience {' '.join(fill_articles(words, opens_with_object=False))}" if led else ""
    size = _size_of_thing(words)
    thing, place = words[:size], words[size:]
    behind = f" {' '.join(fill_articles(place, opens_with_object=False))}" if place else ""
    if not thing or len(thing) > _LONGEST_FIELD or place[:1] == ("of",) or not _is_kind(thing):
        return ""
    name = " ".join(thing)
    if is_job(thing[-1]):
        return f"experience as {a_or_an(thing[0])} {name}{behind}"
    if thing[-1].endswith(("ing", "ics")) or thing[-1].removesuffix("s") in word_list("places"):
        return f"experience in {name}{behind}"
    return f"experience with {name}{behind}" if is_plural(thing[-1]) else f"{name} experience{behind}"


def _is_kind(words: Sequence[str]) -> bool:
    """Return whether words name a kind of work, and neither somebody's own nor something counted."""
    is_open = any(is_number(word) or classes_of(word) & _NOT_IN_A_KIND for word in words)
    is_done = any(WordClass.VERB_S in classes_of(word) and not classes_of(word) & NOUN_CLASSES for word in words)
    return not (is_open or is_done or {"and", "or", "then", "experience"} & {*words})


def _holds(parts: Sequence[Part]) -> str:
    """Read "forklift trainer's certificate since 2021" and "MSc water chemistry"."""
    words = parts[0].words
    since = words.index("since") if "since" in words else len(words)
    thing, when = words[:since], words[since:]
    if not thing or len(thing) > _LONGEST_THING or _YEAR_OR_MONTH.fullmatch(thing[-1]) or is_number(thing[0]):
        return ""
    is_degree = thing[0].lower() in _DEGREES and thing[0] != thing[0].lower() and len(thing) > 1
    if is_degree and len(thing) <= _LONGEST_FIELD + 1 and not any(map(is_number, thing)):
        led = () if thing[1] in {"in", "of"} else ("in",)
        return f"I have {a_or_an(thing[0])} {' '.join((thing[0], *led, *thing[1:]))}"
    head = _size_of_thing(thing) - 1
    if thing[head].lower() not in _CREDENTIALS or head == 0 or WordClass.DETERMINER in classes_of(thing[0]):
        return ""
    name = f"{a_or_an(thing[0])} {' '.join(thing)}"
    return f"I have held {name} {' '.join(when)}" if _is_date(when) else "" if when else f"I have {name}"


def _is_date(words: Sequence[str]) -> bool:
    return 1 < len(words) <= 3 and all(_YEAR_OR_MONTH.fullmatch(word) for word in words[1:])


def _is_somebody(parts: Sequence[Part]) -> str:
    """Read "first-aid instructor" and "Saturday volunteer at a lunch club since 2024"."""
    words = parts[0].words
    since = words.index("since") if "since" in words else len(words)
    whole, when = words[:since], words[since:]
    size = _size_of_thing(whole)
    thing = whole[:size]
    is_one = bool(thing) and thing[-1].lower() in _SOMEBODY | word_list("roles") | word_list("jobs")
    if not 1 < len(thing) <= _LONGEST_FIELD + 1 or not is_one or not _is_kind(thing):
        return ""
    if {"former", "ex", "retired", "old"} & {thing[0].lower()} or (when and not _is_date(when)):
        return ""
    name = f"{a_or_an(thing[0])} {' '.join((*thing, *fill_articles(whole[size:], opens_with_object=False)))}"
    return f"I have been {name} {' '.join(when)}" if when else f"I am {name}"


def _with_a_thing(parts: Sequence[Part]) -> str:
    """Read "buddy rota for new agents, leavers in first quarter 14 -> 5": nobody is said to have done it alone."""
    words = parts[0].words
    if len(parts) < 2 or not _is_named_thing(words):
        return ""
    tails = [read_tail(part, words) for part in parts[1:]]
    came = next((tail.words for tail in tails if tail and tail.joint is Joint.CAME_OF_IT), "")
    if not came or None in tails:
        return ""
    size = _size_of_thing(words)
    if words[size - 1].lower() in word_list("means") and "with" not in words:
        return f"With {_thing(words)}, {came}"
    return f"In my own work, {came}" if parts[1].mark == ":" and len(words) <= _LONGEST_FIELD else ""


def _a_change(parts: Sequence[Part]) -> str:
    """Read "board average 71 to 79 in three batches" and "waiting list at Gresham, 7 weeks to 9 days"."""
    first = parts[0].words
    at = next((place for place, word in enumerate(first) if place and (is_number(word) or word == "from")), len(first))
    thing, change = first[:at], first[at:] or (parts[1].words if len(parts) > 1 else ())
    found = _CHANGE.fullmatch(" ".join(change))
    is_thing = found and _is_named_thing(thing) and WordClass.DETERMINER not in classes_of(thing[0])
    if not found or not is_thing:
        return ""
    said, rest = " ".join(fill_articles(with_articles(thing), opens_with_object=False)), found["rest"] or ""
    when = " ".join(spoken_figures(rest.split()))
    return f"In my own work, {said} went from {found['low']} to {found['high']}{' ' if when else ''}{when}"


def _a_thing_that(parts: Sequence[Part]) -> str:
    """Read "script that renames 9,000 plate photos in a minute"."""
    words = parts[0].words
    at = next((place for place, word in enumerate(words) if place and word in _RELATIVE), 0)
    if not at or len(words) - at < 3 or not _is_named_thing(words[:at]) or not _is_done(words[at + 1]):
        return ""
    rest = " ".join(fill_articles(spoken_figures(words[at + 2 :])))
    return f"I have worked with {_thing(words[:at])} {words[at]} {words[at + 1]} {rest}"


def _is_done(verb: str) -> bool:
    return bool(as_third(verb)) or WordClass.VERB_S in classes_of(verb) or (verb.endswith("s") and not classes_of(verb))


def _size_of_thing(words: Sequence[str]) -> int:
    """Return how many words come before the first preposition: those of the thing itself."""
    return next((at for at, word in enumerate(words) if at and WordClass.PREPOSITION in classes_of(word)), len(words))


def _is_named_thing(words: Sequence[str]) -> bool:
    is_open = is_number(words[0]) or WordClass.POSSESSIVE in classes_of(words[0]) or words[0].endswith("ing")
    return not is_open and len(words) <= _LONGEST_THING and may_be_thing(words)


def _thing(words: Sequence[str]) -> str:
    """Return a thing that is new to the reader."""
    size = _size_of_thing(words)
    has_article = WordClass.DETERMINER in classes_of(words[0])
    is_bare = has_article or is_plural(words[size - 1]) or is_name(words[0]) or not is_counted(words[size - 1])
    return " ".join(
        (
            *(() if is_bare else (a_or_an(words[0]),)),
            *words[:size],
            *fill_articles(words[size:], opens_with_object=False),
        )
    )
