"""What the parts of a note add to a deed besides its results: how long, with whom, in how big a team, with what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.a_or_an import a_or_an
from followup_mail.language.change_figures import Change, read_change
from followup_mail.language.lexicon import WordClass, classes_of, word_list
from followup_mail.language.note_clauses import rest_of_clause
from followup_mail.language.note_words import is_number
from followup_mail.language.noun_phrases import is_plural, number_in_words, spoken_number
from followup_mail.language.speakers import NOBODYS

_SOON_OVER: Final = frozenset(
    "move switch migration changeover rollout roll-out launch relocation conversion transition rebuild refit".split()
)
"""What one gets done within a time, where other things are done for a time."""
_DESCRIBING: Final = frozenset({WordClass.ADJECTIVE, WordClass.COUNT, WordClass.MASS})
_TEAM: Final = frozenset({"us"})
_NUMBERS: Final = frozenset("two three four five six seven eight nine ten".split())


def span(deed: Sequence[str], words: Sequence[str]) -> str:
    """Return " for six weeks", " in nine days" or ", from 61 items down to 34"."""
    verb = deed[0]
    is_time = len(words) == 2 and is_number(words[0]) and words[1].removesuffix("s") in word_list("time_nouns")
    lasts = verb in word_list("lasting") or WordClass.PREPOSITION in classes_of("".join(deed[1:2]))
    if is_time and lasts and not any(is_number(word) for word in deed):
        within = "in" if _SOON_OVER & set(deed) else "for"
        return f" {within} {number_in_words(words[0])} {words[1]}"
    plain = [word for word in words if word != "down"]
    change = read_change(plain) if verb in word_list("changing") else None
    if change and change.size == len(plain) and len(change.words) > 3 - ("%" in change.words[0]):
        down = " down" if "down" in words else ""
        return f", from {say_change(change).replace(' to ', f'{down} to ', 1)}"
    return ""


def say_change(change: Change) -> str:
    """Return "nine to three"; two figures are both in words or both in digits."""
    spoken = [*map(spoken_number, change.words)]
    return " ".join(change.words if any(is_number(word) for word in spoken) else spoken)


def company(deed: Sequence[str], words: Sequence[str]) -> str:
    """Return " with 40 incoming ninth graders": for whom something was held; it says nothing of what came of it."""
    if deed[0] not in word_list("lasting") or "with" in deed or not is_number(words[0]):
        return ""
    *before, head = words[1:] or [""]
    one = head.removesuffix("s")
    is_somebody = one in word_list("people") | word_list("roles") or head in _PEOPLE or one.endswith("er")
    if not (is_somebody and is_plural(head) and all(classes_of(word) & _DESCRIBING for word in before)):
        return ""
    return f" with {' '.join((number_in_words(words[0]), *before, head))}"


_PEOPLE: Final = frozenset({"people", "kids", "children", "students", "temps", "adults", "women", "men", "pupils"})


def of_them(deed: Sequence[str], words: Sequence[str]) -> str:
    """Return ", nine of them": how many of those named before there were."""
    is_count = len(words) == 3 and tuple(words[1:]) == ("of", "them") and (is_number(words[0]) or words[0] in _NUMBERS)
    is_many = any(is_plural(word) and WordClass.PLURAL in classes_of(word) for word in deed[1:])
    return f", {number_in_words(words[0])} of them" if is_count and is_many else ""


def days(words: Sequence[str]) -> str:
    """Return " on 14 Saturdays" and " on Sundays"."""
    is_day = words[-1].lower().removesuffix("s") in word_list("days") and words[-1].endswith("s")
    if not is_day or len(words) > 2 or (len(words) == 2 and not is_number(words[0])):
        return ""
    return f" on {' '.join(map(spoken_number, words))}"


def capacity(words: Sequence[str]) -> str:
    """Return " as a volunteer": what somebody was when they did it."""
    is_one = len(words) == 1 and words[0] in _CAPACITIES
    return f" as {a_or_an(words[0])} {words[0]}" if is_one else ""


def for_whom(deed: Sequence[str], words: Sequence[str]) -> str:
    """Return " for 400 kids", of something that was not held, but brought or made for them."""
    if deed[0] in word_list("lasting") or "for" in deed or not is_number(words[0]) or len(words) != 2:
        return ""
    return f" for {number_in_words(words[0])} {words[1]}" if words[1] in _PEOPLE and _BROUGHT & set(deed[:1]) else ""


_BROUGHT: Final = frozenset("took brought cooked made baked wrote played read sang drew built sewed packed".split())
_CAPACITIES: Final = frozenset("volunteer apprentice trainee intern student freelancer temp".split())


def aged(words: Sequence[str]) -> str:
    """Return " with riders aged 65 and over" of "riders 65+"."""
    is_age = len(words) == 2 and len(words[1]) == 3 and words[1].endswith("+") and words[1][:2].isdigit()
    is_somebody = is_age and is_plural(words[0]) and (words[0] in _PEOPLE | _USERS or words[0].endswith("ers"))
    return f" with {words[0]} aged {words[1][:2]} and over" if is_somebody and int(words[1][:2]) > _CHILDREN else ""


_CHILDREN: Final = 12
_USERS: Final = frozenset({"patients", "residents", "visitors", "tenants", "clients", "guests", "employees"})
_TRIED: Final = frozenset("tested trialled piloted moderated interviewed ran held tried".split())
_TOOLS: Final = frozenset(
    "linter script dashboard checklist tracker form alert alarm parser calculator template label database".split()
)
_CONTENTS: Final = frozenset(
    "pages words questions lines steps slides fields rows hours points items sections pieces columns parts".split()
)
_SEVERAL: Final = 10


def tried_on(deed: Sequence[str], words: Sequence[str]) -> str:
    """Return " with riders aged 65 and over" for what was tested with people; nothing for another deed."""
    return aged(words) if deed[0] in _TRIED and "with" not in deed else ""


def for_how_many(deed: Sequence[str], words: Sequence[str]) -> str:
    """Return " for 120 pipelines": what a tool was made for, not what is in it."""
    is_many = len(words) == 2 and words[0].isdigit() and int(words[0]) >= _SEVERAL and words[1] not in _CONTENTS
    is_thing = is_many and WordClass.PLURAL in classes_of(words[1]) and not _is_unit(words[1])
    is_tool = deed[0] in {"wrote", "built", "made", "designed", "created"} and bool(_TOOLS & set(deed[1:]))
    return f" for {words[0]} {words[1]}" if is_thing and is_tool and "for" not in deed else ""


def _is_unit(word: str) -> bool:
    return word.removesuffix("s") in word_list("units") | word_list("time_nouns")


def team(words: Sequence[str]) -> str:
    """Return ", in a team of two": nobody is said to have done alone what several did."""
    if len(words) != 3 or words[1] != "of" or words[2] not in _TEAM:
        return ""
    size = number_in_words(words[0])
    return f", in a team of {size}" if size in _NUMBERS else ""


def first_time(words: Sequence[str]) -> str:
    """Return ", for the first time at our site"."""
    if tuple(words[:2]) != ("first", "time"):
        return ""
    said = rest_of_clause(words[2:], NOBODYS, is_present=False) if words[2:] else ()
    return " ".join((", for the first time", *said)) if said or len(words) == 2 else ""


def with_what(deed: Sequence[str], words: Sequence[str]) -> str:
    """Return " with 12 objects to touch", which the note only sets off with a comma."""
    if words[0] != "with" or "with" in deed or len(words) < 3:
        return ""
    said = rest_of_clause(words, NOBODYS, is_present=False)
    return f" {' '.join(said)}" if said else ""
