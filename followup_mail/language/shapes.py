"""Whether what somebody typed fits the gap: a verb where one must follow, a thing where a thing is expected."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from followup_mail.language.beginnings import Shape
from followup_mail.language.finite_verbs import (
    begins_like_a_thing,
    find_verb,
    has_verb,
    is_finite_first,
    is_whole_clause,
)
from followup_mail.language.known_words import LISTS, Known, words_of
from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of
from followup_mail.language.verb_forms import VerbForms, as_base, as_ing, as_participle, as_past, as_third

_PLURAL_OF_BE: Final = {"is": "are", "was": "were", "isn't": "aren't", "wasn't": "weren't"}
_BE_AFTER_I: Final = {"is": "am", "are": "am", "were": "was"}
_AFTER_MOODS: Final = frozenset({"by", "that", "to", "with", "how", "because", "at", "in"})
_NOT_I: Final = frozenset({"he", "she", "they", "you", "we", "it"})


_WITHOUT_IT: Final = frozenset("no fewer less without to under stop found fixed repaired replaced".split())
_QUESTION_WORDS: Final = frozenset({"what", "how", "why", "where", "who", "when", "exactly", "just", "not"})
# *It* would be a guess before these: people do them, and a list of verbs that no noun is spelt like.
_SUBJECTLESS: Final = LISTS["done_by_people"] | (LISTS["never_nouns"] - {"does", "has", "means"})


class Misfit(Struct, frozen=True):
    """What does not fit, in half a line, and the answer as it would fit where that is sure."""

    words: str
    instead: str = ""
    is_late: bool = False
    """Worth saying only when the answer is finished: half an answer always looks so."""


def find_misfit(shape: Shape, text: str, known: Known) -> Misfit | None:
    """Return what does not fit the gap, or None."""
    if not words_of(text):
        return None
    return _CHECKS[shape](text, known)


def _after_you(text: str, known: Known) -> Misfit | None:
    first = _first_verb_place(text)
    if first in {"he", "she", "they"} | known.reader_names:
        rest = text[re.search(rf"(?i)\b{re.escape(first)}\b\S*\s*", text).end() :]  # type: ignore[union-attr]
        return Misfit("the mail is to this person: leave out name and *he* or *she*", _as_after_you(rest))
    if right := _PLURAL_OF_BE.get(first) or _base_of_third(first):
        return _swap(text, first, right, "after *you*")
    if first == "i":
        return Misfit("say what they did, not what you did", is_late=True)
    return _must_be_verb(text, first, "you")


def _after_i(text: str, known: Known) -> Misfit | None:
    first = _first_verb_place(text)
    if first in _NOT_I or first in known.reader_names:
        return Misfit("say what you did yourself, after *I*", is_late=True)
    if right := _BE_AFTER_I.get(first) or _base_of_third(first):
        return _swap(text, first, right, "after *I*")
    if helping := _verb_missing_before(first, words_of(text)):
        return Misfit(f"write *{helping} {first}*", f"{helping} {text}")
    if as_ing(first):
        return Misfit(f"*I {first}* is half a sentence: write *I am …* or the past", is_late=True)
    if re.match(
        r"(?i)(own|[\d.,]+\+?\s*(?:%|years?|yrs?|months?|mths?|seasons?|weeks?|wks?)|an?|the|my)\b", text
    ) and not has_verb(text):
        return Misfit("a verb is missing: for example *have*", f"have {_with_my(text)}", is_late=True)
    return _must_be_verb(text, first, "I")


def _verb_missing_before(first: str, words: list[str]) -> str:
    """Return *was* or *have* where a participle stands alone after *I*."""
    if first in LISTS["moods"] and (len(words) == 1 or words[1] in _AFTER_MOODS):
        return "was"
    is_participle_only = as_participle(first) and not as_past(first) and not as_base(first)
    return "have" if first == "been" or is_participle_only else ""


def _base_form(text: str, known: Known) -> Misfit | None:
    first = _first_verb_place(text)
    if first == "be" or as_base(first):
        return None
    if first in LISTS["auxiliaries"]:
        return Misfit(f"*{first}* is one verb too many", is_late=True)
    for form in (as_past, as_ing, as_third, as_participle):
        if verb := form(first):
            return _swap(text, first, verb.base, "here")
    return _must_be_verb(text, first, "")


def _after_who(text: str, known: Known) -> Misfit | None:
    first = _first_verb_place(text)
    if first in LISTS["determiners"] | LISTS["subjects"]:
        return None  # "somebody who the children know"
    if first in {"have", "do"} or (as_base(first) and not as_past(first)):
        verb = as_base(first)
        return _swap(text, first, verb.third, "after *who*") if verb else None
    return _must_be_verb(text, first, "who")


def _in_ing(text: str, known: Known) -> Misfit | None:
    first = _first_verb_place(text)
    if as_ing(first) or first in {"your", "the", "a", "an", "not"} or first.endswith("ing"):
        return None
    for form in (as_base, as_past, as_third):
        if verb := form(first):
            return _swap(text, first, verb.ing, "after *for*")
    if first in {"that", "you", "i", "he", "she"}:
        return Misfit("begin with a verb in *-ing*: *showing me …*", is_late=True)
    return None


def _clause(text: str, known: Known) -> Misfit | None:
    words = words_of(text)
    first = words[0]
    if first in _SUBJECTLESS and as_third(first):
        return Misfit(f"who or what *{first}*? A subject is missing", is_late=True)
    goes_on = WordClass.PLURAL in classes_of(first) and find_verb(words[1:]) is not None
    is_bare = as_third(first) and not as_base(first) and not _is_verb(words[1:2]) and not goes_on
    if first in {"is", "was", "has", "does"} or is_bare:
        return Misfit(f"who or what *{first}*? Write *it {first}*", f"it {text}")
    if _is_bare_past(words):
        return Misfit(f"who {first}? Begin with *I*, *you* or *it*", is_late=True)
    if not has_verb(text):
        if verb := _bare_verb(words):
            return Misfit(f"one person or thing, so *{verb.third}*, not *{verb.base}*", is_late=True)
        return Misfit("there is no verb: say what happened, or what it is", is_late=True)
    return None


def _bare_verb(words: list[str]) -> VerbForms | None:
    """Return the verb that lacks its -s behind one thing: *the supervisor move to nights*."""
    for before, word, follows in zip(words, words[1:], words[2:], strict=False):
        is_followed = follows in LISTS["prepositions"] | LISTS["determiners"] | LISTS["adverbs"] | {"to", "out", "off"}
        if is_followed and WordClass.COUNT in classes_of(before) and (verb := as_base(word)):
            return verb
    return None


def _thing(text: str, known: Known) -> Misfit | None:
    words = words_of(text)
    first = words[0]
    if first == "that" and has_verb(text):
        return Misfit("this is a sentence: choose *You said that …*", is_late=True)
    if _begins_with_verb(words):
        return Misfit("begin with a thing: *the …*, *your …*", is_late=True)
    if is_whole_clause(words):
        return Misfit("this is a sentence, not a thing: choose *You said that …*", is_late=True)
    return None


def find_misfit_behind_that_is(text: str, known: Known) -> Misfit | None:
    """Return what does not fit behind *That is*, where "how I was taught" does, and "what a good nurse does"."""
    first = words_of(text)[0]
    is_said_of_somebody = first in _NOT_I | {"i", "people", "nobody", "everybody", "somebody", "there"}
    if first in _QUESTION_WORDS or not (is_said_of_somebody or _thing(text, known)):
        return None
    return Misfit("that does not follow *That is*: begin with *how*, *what* or *the kind of …*", is_late=True)


def _begins_with_verb(words: list[str]) -> bool:
    """Return whether a text where a thing is expected begins with its verb: *wants the …*, but not *tests that …*."""
    follows = words[1] if len(words) > 1 else ""
    if words[0] in LISTS["auxiliaries"]:
        return True
    has_object = follows in LISTS["determiners"] | LISTS["objects"]
    return has_object and is_finite_first(words[0]) and not begins_like_a_thing(words[0])


def _wanted(text: str, known: Known) -> Misfit | None:
    words = words_of(text)
    first = words[0]
    is_order = words[1:2] and words[1] in LISTS["determiners"] and as_base(first)
    if is_order or ((first == "be" or as_base(first)) and not as_past(first) and not begins_like_a_thing(first)):
        return Misfit(f"write *to {first}*", f"to {text}")
    if first in {"he", "she", "you", "they"} and len(words) > 1 and words[1] in {"want", "wants", "wanted"}:
        return Misfit("leave out *he wants*: it is there already", text.split(None, 2)[-1] if len(words) > 2 else "")
    if set(words) & LISTS["complaints"] and not set(words) & _WITHOUT_IT:
        return Misfit("is that what they want? For a problem choose *You told me about …*", is_late=True)
    return _thing(text, known)


def _words(text: str, known: Known) -> Misfit | None:
    return None


def _sentence(text: str, known: Known) -> Misfit | None:
    words = words_of(text)
    if words[0] in {"he", "she"} or words[0] in known.reader_names:
        return Misfit(f"the mail is to this person: write *you*, not *{words[0]}*", is_late=True)
    if _is_bare_past(words):
        return Misfit(f"who {words[0]}? Begin with *I* or *you*", is_late=True)
    if not has_verb(text) and not is_finite_first(words[0]) and not as_base(words[0]):
        return Misfit("half a sentence: there is no verb", is_late=True)
    return None


_CHECKS: Final[dict[Shape, Callable[[str, Known], Misfit | None]]] = {
    Shape.YOU: _after_you,
    Shape.DID: _after_i,
    Shape.DO: _base_form,
    Shape.DOES: _after_who,
    Shape.ING: _in_ing,
    Shape.CLAUSE: _clause,
    Shape.THING: _thing,
    Shape.WANTED: _wanted,
    Shape.WORDS: _words,
    Shape.SENTENCE: _sentence,
}


def _is_verb(words: list[str]) -> bool:
    return any(as_base(word) or as_past(word) for word in words)


def _is_bare_past(words: list[str]) -> bool:
    """Return whether a text begins with a verb in the past and nobody before it: *knew where …*."""
    words = [word for word in words if not _is_adverb(word)] or words
    if not as_past(words[0]) or words[0] in LISTS["determiners"] | LISTS["auxiliaries"]:
        return False
    follows = words[1] if len(words) > 1 else ""
    return find_verb(words[1:]) is None or follows in LISTS["relatives"] | LISTS["determiners"] | {
        "me",
        "us",
        "you",
        "it",
    }


def _base_of_third(word: str) -> str:
    """Return the base form of a verb in -s; empty for what can be something else too."""
    verb = as_third(word)
    return verb.base if verb and not as_base(word) and not as_past(word) else ""


def _first_verb_place(text: str) -> str:
    """Return the first word that is not an adverb: where the verb should be."""
    words = words_of(text)
    return next((word for word in words if not _is_adverb(word)), words[0])


def _is_adverb(word: str) -> bool:
    return word in LISTS["adverbs"] or (word.endswith("ly") and not as_base(word))


def _must_be_verb(text: str, first: str, after: str) -> Misfit | None:
    """Return a misfit unless the word can be a verb."""
    known_forms = (as_base, as_past, as_participle, *([as_third] if after == "who" else []))
    if first in LISTS["auxiliaries"] or first in {"'ve", "'m"} or any(form(first) for form in known_forms):
        return None
    if first in LISTS["nouns_as_verbs"] or _has_object(words_of(text), first):
        return None
    if first.endswith(("ed", "ise", "ize", "ify", "ate")) and first not in LISTS["determiners"]:
        return None
    if as_ing(first):
        return Misfit(f"*{after} {first}* is half a sentence: write *{after} …* with a verb", is_late=True)
    return Misfit(f"a verb must follow *{after}*" if after else "begin with a verb: *show*, *send*", is_late=True)


def _has_object(words: list[str], verb: str) -> bool:
    """Return whether a noun that no list knows for a verb is one here: "you ink the maker into every garment"."""
    follows = words[words.index(verb) + 1] if verb in words[:-1] else ""
    return bool(classes_of(verb) & {*NOUN_CLASSES}) and follows in LISTS["determiners"] | LISTS["objects"]


def _swap(text: str, wrong: str, right: str, where: str) -> Misfit:
    pattern = re.compile(rf"(?<!\w){re.escape(wrong)}(?!\w)".replace("'", "['’]"), re.IGNORECASE)
    return Misfit(f"write *{right}*, not *{wrong}*, {where}", pattern.sub(right, text, count=1))


def _as_after_you(text: str) -> str:
    """Return words that followed *she* as they follow *you*: *checks* becomes *check*."""
    if not words_of(text):
        return ""
    first = _first_verb_place(text)
    verb: VerbForms | None = as_third(first)
    right = _PLURAL_OF_BE.get(first) or (verb.base if verb and not as_base(first) else first)
    return re.sub(rf"(?i)(?<!\w){re.escape(first)}(?!\w)", right, text, count=1)


def _with_my(text: str) -> str:
    return f"my {text}" if text.lower().startswith("own ") else text
