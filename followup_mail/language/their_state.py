"""How things are on the other side, from notes that lack a verb or an article: "half the labels wrong since March".

Each follows "You told me that", as the clauses of ``told_clauses`` do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, verb_of, word_list
from followup_mail.language.note_clauses import rest_of_clause
from followup_mail.language.note_words import Part, is_name, is_number
from followup_mail.language.noun_phrases import is_plural, read_noun_phrase
from followup_mail.language.speakers import YOURS

_BE: Final = frozenset({"is", "are", "was", "were"})
_DOWN: Final = frozenset(
    "down out off broken closed shut dead empty vacant open wrong weak short stuck unused idle missing unread".split()
)
_ONE: Final = frozenset({"every", "each", "no"})


def their_state(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return a clause on how things are or what is done there; nothing where it is not sure."""
    words = parts[0].words
    if len(parts) > 1 and (said := _share_of(words, parts[1].words)):
        return said
    return next((said for build in (_since, _one_does, _they_do, _does) if (said := build(words))), ())


def _since(words: Sequence[str]) -> tuple[str, ...]:
    """Read "one lift is down since March" and "half the price labels wrong since the new till"."""
    at = words.index("since") if "since" in words[2:] else 0
    state = words[at - 1] if at else ""
    is_state = state in _DOWN or state in word_list("befalls")
    if not is_state or len(words) == at + 1 or words[0] in {"no", "my", "our", "all"}:
        return ()
    subject = words[: at - 2] if words[at - 2] in _BE else words[: at - 1]
    said, many = _subject(subject)
    since = _when(words[at + 1 :])
    return (*said, "have" if many else "has", "been", state, "since", *since) if said and since else ()


def _subject(words: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Return who or what, with its article, and whether it is many."""
    opening = 2 if tuple(words[:2]) == ("half", "of") else 1 if words[:1] in {("half",), ("one",)} else 0
    body = words[opening:]
    phrase = read_noun_phrase(body, "the") if body else None
    if phrase is None or phrase.size != len(body) or phrase.head in word_list("people") | word_list("roles"):
        return (), False
    many = is_plural(phrase.head)
    if words[0] == "one":
        return (() if many else ("one", *body)), False
    has_own = bool(classes_of(phrase.words[0]) & {WordClass.DETERMINER, WordClass.POSSESSIVE}) or is_number(body[0])
    said = phrase.words if has_own or (is_name(phrase.words[0]) and many) else ("the", *phrase.words)
    return ((("half", *said) if opening else said), many)


def _when(words: Sequence[str]) -> tuple[str, ...]:
    """Return a month, a feast or what happened, as it follows "since"."""
    if len(words) == 1:
        is_date = words[0].lower() in word_list("months") | word_list("days") or words[0] in {"Christmas", "Easter"}
        is_year = words[0].isdigit() and len(words[0]) == 4
        return (words[0].capitalize(),) if is_date or is_year else ()
    if words[0] in {"last", "this"} and len(words) == 2 and words[1] in word_list("time_nouns"):
        return tuple(words)
    # A till at the end of something is a thing, and elsewhere it is "until".
    known = (*words[:-1], "counter") if words[-1] == "till" else tuple(words)
    phrase = read_noun_phrase(known, "the")
    is_whole = phrase is not None and phrase.size == len(words) and not is_number(words[0])
    return (*phrase.words[:-1], words[-1]) if phrase and is_whole else ()


def _one_does(words: Sequence[str]) -> tuple[str, ...]:
    """Read "every teacher calls 5 homes in first 2 weeks" and "no truck leaves without the parts list checked"."""
    if words[0] not in _ONE or {"own", "his", "her"} & set(words):
        return ()
    for at in range(2, min(5, len(words) - 1)):
        noun, verb = words[at - 1], words[at]
        is_one = WordClass.COUNT in classes_of(noun) and not is_plural(noun)
        if is_one and WordClass.VERB_S in classes_of(verb) and read_noun_phrase(words[1:at], "the"):
            said = rest_of_clause(words[at + 1 :], YOURS, is_present=False)
            return (*words[: at + 1], *said) if said else ()
    return ()


def _they_do(words: Sequence[str]) -> tuple[str, ...]:
    """Read "plates drift in summer heat": a verb right behind a plural, which can stand before no other noun."""
    at = next((place for place in (1, 2) if len(words) > place + 2 and _is_many(words[place - 1])), 0)
    verb = words[at] if at else ""
    classes = classes_of(verb)
    is_verb = WordClass.BASE in classes and not classes & {WordClass.PLURAL, WordClass.PREPOSITION, WordClass.PAST}
    if not is_verb or verb in word_list("topics") or WordClass.AUXILIARY in classes:
        return ()
    following = classes_of(words[at + 1])
    phrase = read_noun_phrase(words[:at], "the")
    is_followed = following & {WordClass.PREPOSITION, WordClass.ADVERB} and not following & NOUN_CLASSES
    if not is_followed or phrase is None or phrase.size != at or classes_of(words[0]) & {WordClass.POSSESSIVE}:
        return ()
    said = rest_of_clause(words[at + 1 :], YOURS, is_present=False)
    return ("the", *phrase.words, verb, *said) if said and phrase.words[0] == words[0] else ()


def _is_many(word: str) -> bool:
    return WordClass.PLURAL in classes_of(word) and is_plural(word) and word not in word_list("modifier_plurals")


def _share_of(words: Sequence[str], later: Sequence[str]) -> tuple[str, ...]:
    """Read "elderly riders drop out at seat map, 41%": the trailing figure says how many of them."""
    if len(later) != 1 or not later[0].endswith("%") or not later[0][0].isdigit():
        return ()
    for at in range(1, min(4, len(words) - 1)):
        phrase = read_noun_phrase(words[:at], "")
        is_many = phrase is not None and phrase.size == at and _is_many(words[at - 1])
        if is_many and WordClass.BASE in classes_of(words[at]) and not is_number(words[0]):
            said = rest_of_clause(words[at + 1 :], YOURS, is_present=False)
            return (later[0], "of", *words[: at + 1], *said) if said else ()
    return ()


def _does(words: Sequence[str]) -> tuple[str, ...]:
    """Read "draws the flow backwards" and "knows line operators by name"."""
    adverb = words[:1] if words[0] in {"still", "always", "never"} and len(words) > 3 else ()
    first, *rest = words[len(adverb) :]
    verb = verb_of(first)
    leads = first == "runs" and tuple(rest[:1]) == ("the",) and _is_people("".join(rest[1:2]))
    if (
        not (leads or first in word_list("only_people_do"))
        or verb is None
        or len(rest) < 2
        or not _has_object(first, rest[0])
    ):
        return ()
    said = rest_of_clause(rest, YOURS, is_present=True)
    return ("you", *adverb, verb.base, *said) if said else ()


def _is_people(word: str) -> bool:
    one = word.removesuffix("s")
    return word != one and one in word_list("people") | word_list("roles") | word_list("jobs")


def _has_object(first: str, following: str) -> bool:
    """Return whether a word like "calls", which can be a noun, has an object or is nothing but a verb."""
    classes = classes_of(following)
    is_object = bool(classes & {WordClass.DETERMINER, WordClass.POSSESSIVE}) or is_number(following)
    return is_object or not classes_of(first) & NOUN_CLASSES
