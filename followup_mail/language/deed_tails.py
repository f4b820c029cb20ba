"""What follows the commas of a note on a deed: how long, how many, what came of it.

Each tail has its joint: "40 weeks" is "over 40 weeks", "600 entries" is "with 600 entries", "missed sessions halved" is
"and missed sessions halved". A tail that cannot be said is left out, as the deed is true without it; where it
takes back what was said, as "only as a stand-in", nothing is said at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final, NamedTuple

from followup_mail.language.deed_articles import fill_articles
from followup_mail.language.deed_figures import spoken_figures
from followup_mail.language.finite_verbs import UNITS_OF_TIME
from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, verb_of, word_list
from followup_mail.language.loose_phrases import may_be_thing, with_articles
from followup_mail.language.note_articles import NUMBER_WORDS
from followup_mail.language.note_words import Part, is_number
from followup_mail.language.noun_phrases import is_plural, spoken_number
from followup_mail.language.result_clauses import results_of
from followup_mail.regex import regex


class Joint(Enum):
    """How a tail is joined to its deed."""

    OF_THE_DEED = "of the deed"
    DESCRIBED = "described"
    WITH = "with"
    LISTED = "listed"
    CAME_OF_IT = "came of it"
    ALSO_DID = "also did"


class Tail(NamedTuple):
    """A tail as it is said; without words where it is left out."""

    joint: Joint
    words: str = ""


_LONGEST: Final = 9
_LEFT_OUT: Final = Tail(Joint.WITH)
_TAKES_BACK: Final = frozenset(
    "not but only except though although nearly almost helped assisted supported shadowed part partly mostly jointly "
    "together or if unless until supposedly hopefully maybe perhaps sort kind never-finished unfinished pending "
    "just merely someone somebody he she they".split()
)
_NONE: Final = frozenset({"no", "none", "nothing", "zero", "0"})
_ALL: Final = frozenset({"all", "both", "most", "half", "each"})
_BEHIND: Final = frozenset("in at for with by on during before after under without across within through among".split())
_YEAR: Final = regex(r"(?:19|20)\d\d")
_SEASONS: Final = frozenset("spring summer autumn fall winter season".split())
_SPANS: Final = UNITS_OF_TIME | _SEASONS | {"evening", "weekend", "semester"}
_MONEY: Final = regex(r"[$€£]\d[\d.,]*k?")
_CHANGING: Final = regex(
    r"^(.+?) (halved|doubled|tripled|fell|rose|dropped|grew|went|improved|stopped|vanished|disappeared|survived)\b(.*)$"
)
_NUMBER: Final = r"(?:none|zero|one|two|three|four|five|six|seven|eight|nine|ten|[\d.,]+%?)"
_FROM_TO: Final = regex(
    r"^(?P<what>[^\d]+?) (?:went |fell |rose |down |up )?(?:from )?"
    rf"(?P<low>{_NUMBER}(?: in [\d]+| [a-z]+){{0,3}}?) (?:->|to) (?P<high>{_NUMBER})(?P<rest>(?: in [\d]+)?(?: \w+)*)$"
)
_SO_MANY_TO: Final = regex(
    rf"^(?P<low>{_NUMBER}) (?P<what>[a-z]+s) (?:->|to) (?P<high>{_NUMBER})(?P<rest>(?: (?:in|within|over) .+)?)$"
)
_OTHERS: Final = regex(r"\b(?:he|she|him|her|his|they|them|their|you|your|we|us|i|my)\b")
_SHORT: Final = regex(r"(?i)\b[^aeiouyà-ÿ\d\s&%.'-]{3,}\b")
_COUNT_THEM: Final = frozenset(
    "saved lost approved rejected missed sold used wasted reopened returned found fixed sent cancelled injured".split()
)


def read_tail(part: Part, deed: Sequence[str]) -> Tail | None:
    """Return what a part adds to a deed; None where it takes back what the deed says."""
    words, text = part.words, " ".join(part.words)
    if words[0].lower() in _TAKES_BACK:
        return None
    if len(words) > _LONGEST or _OTHERS.search(text.lower()) or _is_written_short(text):
        return _LEFT_OUT
    if part.mark == ":" and is_number(words[0]) and not any(map(_is_finite, words)):
        return Tail(Joint.LISTED, _said(words))
    readers = (
        _when,
        _what_it_cost,
        _of_a_team,
        _known_result,
        _nothing,
        _of_all,
        _change,
        _moved,
        _counted,
        _done_besides,
        _behind,
    )
    return next((tail for read in readers if (tail := read(words, deed))), _LEFT_OUT)


def _is_written_short(text: str) -> bool:
    found = _SHORT.search(text)
    return bool(found and not found[0].isupper())


def _when(words: Sequence[str], deed: Sequence[str]) -> Tail | None:
    """Read "40 weeks", "2022", "last autumn" and "Saturdays"."""
    first, last = words[0].lower(), words[-1].lower()
    if len(words) == 1 and _YEAR.fullmatch(first):
        return Tail(Joint.OF_THE_DEED, f"in {first}")
    if len(words) == 1 and last.endswith("s") and last[:-1] in word_list("days") | {"evening", "weekend"}:
        return Tail(
            Joint.OF_THE_DEED,
            f"{'in the' if last == 'evenings' else 'on' if last[:-1] in word_list('days') else 'at'} {words[-1]}",
        )
    if first in {"last", "this"} and last in _SEASONS | {"year", "month"} and len(words) == 2:
        return Tail(Joint.OF_THE_DEED, " ".join(words).lower())
    is_span = len(words) == 2 and last.removesuffix("s") in _SPANS and (is_number(first) or first in {"one", "a"})
    if not is_span:
        return None
    has_time = any(word in {"in", "over", "for"} and _is_time(deed[at + 1 : at + 3]) for at, word in enumerate(deed))
    led = "for" if deed[0] in word_list("lasting") | word_list("kept_up") else "over"
    return _LEFT_OUT if has_time else Tail(Joint.OF_THE_DEED, f"{led} {spoken_number(first)} {last}")


def _what_it_cost(words: Sequence[str], deed: Sequence[str]) -> Tail | None:
    """Read "$600" and "still running"."""
    if len(words) == 1 and _MONEY.fullmatch(words[0]):
        return Tail(Joint.OF_THE_DEED, f"for {words[0]}")
    if words[0] == "still" and len(words) > 1 and (words[1].endswith("ing") or words[1] in {"in", "used", "there"}):
        many = any(is_plural(word) for word in deed[1:3])
        return Tail(Joint.CAME_OF_IT, f"{'they are' if many else 'it is'} {' '.join(words)}")
    return None


def _is_time(words: Sequence[str]) -> bool:
    return any(word.lower().removesuffix("s") in _SPANS for word in words)


def _of_a_team(words: Sequence[str], deed: Sequence[str]) -> Tail | None:
    """Read "team of 5" and "crew of four": nobody is said to have done alone what several did."""
    is_team = len(words) == 3 and words[1] == "of" and words[0] in {"team", "crew", "group", "class"}
    led = "in" if words[0] in {"team", "crew"} else "with"
    return Tail(Joint.OF_THE_DEED, f"{led} a {words[0]} of {spoken_number(words[2])}") if is_team else None


def _known_result(words: Sequence[str], deed: Sequence[str]) -> Tail | None:
    """Read what the grammar of results knows: "complaints down by a third", "6 screens -> 2"."""
    said = results_of((Part("", tuple(deed)), Part(",", tuple(words))))
    if said.startswith(", from"):
        return Tail(Joint.DESCRIBED, said.removeprefix(", "))
    if said.startswith(", and "):
        return Tail(Joint.CAME_OF_IT, said.removeprefix(", and "))
    return None


def _nothing(words: Sequence[str], deed: Sequence[str]) -> Tail | None:
    """Read "no departure lost", "none sent back" and "never missed one"."""
    first = words[0].lower()
    if first == "never" and len(words) > 1 and WordClass.PAST in classes_of(words[1]):
        return Tail(Joint.ALSO_DID, " ".join(words))
    if first not in _NONE:
        return None
    if first in {"none", "nothing"} and len(words) == 1:
        return _LEFT_OUT
    rest = [*map(spoken_number, words[1:])]
    is_counted = first in {"no", "zero", "0"}
    return Tail(Joint.WITH, " ".join(("no" if is_counted else first, *rest)))


def _of_all(words: Sequence[str], deed: Sequence[str]) -> Tail | None:
    """Read "all still on the tools" and "both licensed now"."""
    is_many = any(is_plural(word) or (is_number(word) and word != "1") for word in deed[1:])
    if words[0].lower() not in _ALL or len(words) < 2 or not is_many:
        return None
    if any(_is_finite(word) for word in words[1:-1]):
        return Tail(Joint.CAME_OF_IT, _said(words))
    return Tail(Joint.DESCRIBED, _said(words))


def _change(words: Sequence[str], deed: Sequence[str]) -> Tail | None:
    """Read "leavers in first quarter 14 -> 5" and "no-shows from 30 to 12 percent"."""
    text = " ".join(words)
    found = _SO_MANY_TO.match(text) or _FROM_TO.match(text)
    what = found["what"].removesuffix(":").split() if found else []
    if found is None or not what or not may_be_thing(what) or any(map(_is_finite, what)):
        return None
    subject = _subject(what)
    figures = f"{found['low']} to {found['high']} {' '.join(spoken_figures(found['rest'].split()))}".rstrip()
    return Tail(Joint.CAME_OF_IT, f"{subject} went from {_small_figures(figures)}")


def _small_figures(text: str) -> str:
    words = text.split()
    figures = [word for word in words if is_number(word)]
    return " ".join(map(spoken_number, words)) if all(word.isdigit() and int(word) < 10 for word in figures) else text


def _moved(words: Sequence[str], deed: Sequence[str]) -> Tail | None:
    """Read "missed sessions halved" and "calls to the desk fell by half"."""
    found = _CHANGING.match(" ".join(words))
    what = found[1].split() if found else []
    is_many = bool(what) and what[0] in {"missed", "lost", "failed", "unpaid", "late"}
    if found is None or is_number(what[0]) or not (is_many or may_be_thing(what)):
        return None
    return Tail(Joint.CAME_OF_IT, f"{' '.join(what) if is_many else _subject(what)} {found[2]}{_spoken(found[3])}")


def _subject(what: Sequence[str]) -> str:
    first, *rest = with_articles(what)
    return " ".join((first, *fill_articles(rest, opens_with_object=False)))


def _spoken(text: str) -> str:
    said = " ".join(map(spoken_number, text.split()))
    return f" {said}" if said else ""


def _counted(words: Sequence[str], deed: Sequence[str]) -> Tail | None:
    """Read "600 entries", "40 min a window saved", "14 parents joined my course" and "a third overdue"."""
    if not (is_number(words[0]) or words[0] in {"one", "two", "three", "half"}) or len(words) < 2:
        return None
    if words[1] in {"of", "->", "to", "out"} or is_number(words[1]):
        return None
    verb = next((at for at, word in enumerate(words) if at > 1 and _is_finite(word)), 0)
    if not verb or words[verb] in _COUNT_THEM:
        return Tail(Joint.WITH, _said(words)) if is_plural(words[1]) or _is_unit(words[1]) else None
    is_single = not is_plural(words[verb - 1])
    return None if is_single and words[0] != "one" else Tail(Joint.CAME_OF_IT, _said(words))


def _is_unit(word: str) -> bool:
    return word.removesuffix("s") in word_list("units") or len(word) < 3


def _is_finite(word: str) -> bool:
    classes = classes_of(word)
    is_verb = bool(classes & {WordClass.PAST, WordClass.VERB_S, WordClass.AUXILIARY})
    is_base = WordClass.BASE in classes and not classes & {*NOUN_CLASSES, WordClass.ADJECTIVE, WordClass.PREPOSITION}
    return (is_verb and not classes & {*NOUN_CLASSES, WordClass.ADJECTIVE}) or is_base


def _done_besides(words: Sequence[str], deed: Sequence[str]) -> Tail | None:
    """Read "found a bad door seal", which the candidate did too, and "used in 3 clinics", which the thing was."""
    if len(words) < 2 or WordClass.PAST not in classes_of(words[0]) or WordClass.ADJECTIVE in classes_of(words[0]):
        return None
    second = classes_of(words[1])
    is_object = bool(second & {WordClass.DETERMINER, WordClass.POSSESSIVE}) or words[1] in NUMBER_WORDS
    is_object = is_object or is_number(words[1]) or is_plural(words[1])
    verb = verb_of(words[0])
    if WordClass.PREPOSITION in second and words[1] != "out" and verb and verb.participle == words[0]:
        return Tail(Joint.DESCRIBED, _said(words))
    if not is_object or words[0] in {"took", "needed", "cost", "was", "had", "got"}:
        return None
    return Tail(Joint.ALSO_DID, " ".join((words[0], *fill_articles(spoken_figures(words[1:])))))


def _behind(words: Sequence[str], deed: Sequence[str]) -> Tail | None:
    """Read "in a school kitchen" and "before site test"."""
    if (
        words[0] not in _BEHIND
        or len(words) < 2
        or any(map(_is_finite, words[1:]))
        or (words[0] in deed and words[0] == "with")
    ):
        return None
    return Tail(Joint.OF_THE_DEED, _said(words))


def _said(words: Sequence[str]) -> str:
    return " ".join(fill_articles(spoken_figures(words), opens_with_object=False))
