"""Clauses from notes on the other side: "court reports eat her fridays" becomes "the court reports eat your Fridays".

Each follows "You told me that" or "I liked that". The subject is a noun phrase or nobody, the verb agrees with it, and
what comes behind the verb is read like the rest of any other clause. What a note merely lacks is "is" or "are".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, verb_of, word_list
from followup_mail.language.note_clauses import contrast, rest_of_clause
from followup_mail.language.note_words import Part, is_name, is_number
from followup_mail.language.noun_phrases import is_count, is_plural, number_in_words, read_noun_phrase
from followup_mail.language.speakers import THEY, YOURS
from followup_mail.language.their_state import their_state

_ONE: Final = frozenset({"nobody", "everybody", "everyone"})
_FINITE: Final = {"is": "are", "are": "are", "was": "were", "were": "were", "has": "have", "have": "have"}
_NOT_TO_NAME: Final = {*_FINITE, "happens", "happen"}
_STAND_ALONE: Final = frozenset({"happens", "happen", "works", "work", "counts", "count"})
_LONGEST_SUBJECT: Final = 6
_BEFORE_OBJECT: Final = frozenset({WordClass.DETERMINER, WordClass.POSSESSIVE})
_OBJECTS: Final = frozenset({"it", "them", "everyone", "everything", "half"})
_TAKING_TIME: Final = frozenset({"lose", "loses", "spend", "spends", "need", "needs", "take", "takes", "wait", "waits"})
_ENDING_MARKS: Final = frozenset({",", "-", "–", "—", "(", ".", ";", "!", "!!"})
_NEVER_FIRST: Final = frozenset({"i", "we", "my", "our", "us", "it", "this", "that", "these", "those", "their", "its"})
_STATES: Final = frozenset({"open", "empty", "vacant", "uncatalogued", "unread", "unfinished", "short"})


def told_clause(parts: Sequence[Part]) -> str:
    """Return what a note says of the reader, their people or their work as a clause; nothing where it is not sure."""
    if not parts or (len(parts) > 1 and not _may_be_cut(parts[1])) or parts[0].words[0].lower() in _NEVER_FIRST:
        return ""
    words = parts[0].words
    if any(word.lower() in word_list("complaining") for part in parts for word in part.words):
        return ""
    # "No truck leaves" does not speak of leaves.
    first = their_state(parts) if words[0] == "no" else ()
    built = first or next((found for build in _BUILDERS if (found := build(words))), ()) or their_state(parts)
    if built[:1] != ("you",) and "your own" in " ".join(built) and "your" not in words:
        return ""  # "Each ward has own fridge" speaks of the ward's.
    return " ".join(built) + (contrast(parts) if built else "")


def told_topic(parts: Sequence[Part]) -> str:
    """Return "the returns that pile up after Black Friday" for what a note says of a thing; nothing for people."""
    if not parts or not told_clause(parts):
        return ""
    words = parts[0].words
    for subject, many, rest in _subjects(words):
        verb = rest[0]
        is_thing = subject[-1] in word_list("topics") | word_list("measured")
        if not is_thing or verb in _NOT_TO_NAME | word_list("modals") or not _agrees(verb, rest[1:2], many=many):
            continue
        article = () if subject[0] in {"the", "your"} else ("the",)
        return " ".join((*article, *subject, "that", verb, *_rest(verb, rest[1:])))
    return ""


def _may_be_cut(part: Part) -> bool:
    return part.mark in _ENDING_MARKS and part.words[0] not in word_list("careful_beginnings")


def _you(words: Sequence[str]) -> tuple[str, ...]:
    """Read "they bill by phase" and "she still does one night on call"."""
    if words[0] not in THEY or len(words) < 3:
        return ()
    adverb, rest = _adverb(words[1:])
    verb = _FINITE.get(rest[0], "") or _base(rest[0], is_many=words[0] == "they")
    if not verb or rest[0] in word_list("not_to_tell_the_reader") - {"does", "is", "has", "was"}:
        return ()
    said = _rest(verb, rest[1:], is_present=True)
    return ("you", *adverb, verb, *said) if said else ()


def _rest(verb: str, words: Sequence[str], *, is_present: bool = False) -> tuple[str, ...]:
    """Read what follows a verb; "lose 2 days a job" has a span of time for its object."""
    has_span = verb in _TAKING_TIME and len(words) > 1 and is_number(words[0])
    if not has_span or words[1].removesuffix("s") not in word_list("units"):
        return rest_of_clause(words, YOURS, is_present=is_present)
    span = (number_in_words(words[0]), words[1])
    said = rest_of_clause(words[2:], YOURS, is_present=is_present)
    return (*span, *said) if said or len(words) == 2 else ()


def _adverb(words: Sequence[str]) -> tuple[tuple[str, ...], Sequence[str]]:
    is_one = words[0] in {"still", "always", "never", "really", "also", "often"} and len(words) > 1
    return (tuple(words[:1]), words[1:]) if is_one else ((), words)


def _base(word: str, *, is_many: bool) -> str:
    verb, classes = verb_of(word), classes_of(word)
    if verb is None or (WordClass.AUXILIARY in classes - {WordClass.VERB_S} and word not in {"does", "do"}):
        return ""
    if WordClass.PAST in classes and WordClass.BASE not in classes:
        return word
    return verb.base if (WordClass.BASE if is_many else WordClass.VERB_S) in classes else ""


def _nobody(words: Sequence[str]) -> tuple[str, ...]:
    """Read "nobody gets sent home for asking twice"."""
    subject = ("nobody", *words[2:]) if words[:2] == ("no", "one") else tuple(words)
    if subject[0] not in _ONE or len(subject) < 3 or not _is_singular_verb(subject[1]):
        return ()
    said = _rest(subject[1], subject[2:])
    return (*subject[:2], *said) if said else ()


def _is_singular_verb(word: str) -> bool:
    return word in {"is", "has", "was", "gets"} or WordClass.VERB_S in classes_of(word)


def _thing(words: Sequence[str]) -> tuple[str, ...]:
    """Read "engineers sit in on user tests": a noun phrase, its verb, and what follows."""
    for subject, many, rest in _subjects(words):
        adverb, after = _adverb(rest)
        verb = after[0]
        if not _agrees(verb, after[1:2], many=many) or _is_somebody_s(subject, after):
            continue
        said = _rest(verb, after[1:])
        if said:
            return (*subject, *adverb, verb, *said)
        if adverb and verb in _STAND_ALONE and len(after) == 1:
            return (*subject, *adverb, verb)
    return ()


def _is_somebody_s(subject: Sequence[str], rest: Sequence[str]) -> bool:
    """Return whether "her" in what follows may be of the person named, and not of the reader."""
    names_one = bool({subject[-1], subject[-1].removesuffix("s")} & (word_list("people") | word_list("roles")))
    return bool({"his", "her"} & set(rest)) and (names_one or "own" in rest)


def _subjects(words: Sequence[str]) -> Iterator[tuple[tuple[str, ...], bool, Sequence[str]]]:
    """Yield each noun phrase with which some words may begin, whether it is many, and what follows it."""
    for size in range(min(_LONGEST_SUBJECT, len(words) - 2), 0, -1):
        opening = ("your", *words[1:size]) if words[0] in {"his", "her"} else tuple(words[:size])
        phrase = read_noun_phrase(opening, "the")
        if phrase is None or phrase.size != size or not _may_be_told(phrase.words, phrase.head):
            continue
        many = is_plural(phrase.head)
        is_bare = phrase.words[0] == words[0] and (many or WordClass.COUNT in classes_of(phrase.head))
        is_bare = is_bare and not (classes_of(words[0]) & _BEFORE_OBJECT or is_count(words[0]))
        yield (("the", *phrase.words) if is_bare else phrase.words), many, words[size:]


def _may_be_told(phrase: Sequence[str], head: str) -> bool:
    if head.lower().removesuffix("s") in word_list("units") | word_list("days") or "own" in phrase:
        return False
    first = phrase[0]
    is_verb = WordClass.BASE in classes_of(first) and not classes_of(first) & {*NOUN_CLASSES, WordClass.ADJECTIVE}
    return not (is_verb or WordClass.PAST in classes_of(first) or (is_name(head) and not is_plural(head)))


def _agrees(verb: str, following: Sequence[str], *, many: bool) -> bool:
    """Return whether a word is the verb of the noun phrase before it, and no noun."""
    if following and is_number(following[0]) and verb not in _TAKING_TIME and verb not in _FINITE:
        return False
    if verb in word_list("modals"):
        return bool(following) and WordClass.BASE in classes_of(following[0])
    if verb in _FINITE:
        return (verb in {"are", "were", "have"}) == many
    classes = classes_of(verb)
    if (WordClass.BASE if many else WordClass.VERB_S) not in classes or WordClass.AUXILIARY in classes:
        return False
    if not classes & {*NOUN_CLASSES, WordClass.ADJECTIVE, WordClass.ADVERB}:
        return True
    return bool(following) and (bool(classes_of(following[0]) & _BEFORE_OBJECT) or following[0] in _OBJECTS)


def _place(words: Sequence[str]) -> tuple[str, ...]:
    """Read "on the rota himself": "you are" is missing."""
    if not {"himself", "herself"} & set(words[-1:]) or WordClass.PREPOSITION not in classes_of(words[0]):
        return ()
    said = rest_of_clause(words, YOURS, is_present=False) if len(words) > 3 else ()
    return ("you", "are", *said) if said else ()


def _there_is(words: Sequence[str]) -> tuple[str, ...]:
    """Read "no timer on the breaks"."""
    if words[0] != "no" or len(words) < 4:
        return ()
    phrase = read_noun_phrase(words[1:], "the")
    if phrase is None or phrase.size + 1 >= len(words) or _may_be_a_verb(words[phrase.size - 1 : phrase.size + 1]):
        return ()
    rest = words[phrase.size + 1 :]
    if WordClass.PREPOSITION not in classes_of(rest[0]) or rest[0] == "since":
        return ()
    said = rest_of_clause(rest, YOURS, is_present=False)
    bare = words[1 : phrase.size + 1]
    return ("there", "are" if is_plural(phrase.head) else "is", "no", *bare, *said) if said else ()


def _may_be_a_verb(words: Sequence[str]) -> bool:
    """Return whether the last of two words may be the verb of the first: "no truck leaves"."""
    return WordClass.COUNT in classes_of(words[0]) and WordClass.VERB_S in classes_of(words[1])


def _state(words: Sequence[str]) -> tuple[str, ...]:
    """Read "2 night posts still open" and "half of the seed plan still open": is or are is missing."""
    if len(words) < 3 or words[-1] not in _STATES or (len(words) < 4 and words[-2] != "still"):
        return ()
    adverb = words[-2:-1] if words[-2] in {"still", "now"} else ()
    noun = words[: len(words) - 1 - len(adverb)]
    half = noun[:2] == ("half", "of")
    phrase = read_noun_phrase(noun[2:] if half else noun, "the")
    if phrase is None or phrase.size != len(noun) - 2 * half or not _may_be_told(phrase.words, phrase.head):
        return ()
    if half and is_plural(phrase.head) and phrase.words[0] != "the":
        phrase = phrase._replace(words=("the", *phrase.words))
    be = "are" if is_plural(phrase.head) else "is"
    return (*(("half", "of") if half else ()), *phrase.words, be, *adverb, words[-1])


def _measure(words: Sequence[str]) -> tuple[str, ...]:
    """Read "hold times 11 min on Mondays" and "comebacks at 8%": what is measured is at a figure."""
    at = next((place for place, word in enumerate(words) if is_number(word)), 0)
    has_at = at > 1 and words[at - 1] == "at"
    noun = words[: at - has_at] if at else ()
    phrase = read_noun_phrase(noun, "the") if noun else None
    if phrase is None or phrase.size != len(noun) or noun[-1] not in word_list("measured") or noun[0] in {"no", "my"}:
        return ()
    many = is_plural(phrase.head)
    figure = _figure(words[at:], has_at=has_at)
    subject = ("the", *phrase.words) if many and phrase.words[0] == noun[0] else phrase.words
    return (*subject, "are" if many else "is", *(("at",) if has_at else ()), *figure) if figure else ()


def _figure(words: Sequence[str], *, has_at: bool) -> tuple[str, ...]:
    """Return a figure with its unit, and when that is: "11 minutes on Mondays"."""
    unit = words[1:2] if words[1:2] and words[1].removesuffix("s") in word_list("units") else ()
    if not (unit or words[0].endswith("%") or has_at or words[1:] == ("each",)):
        return ()
    tail = words[1 + len(unit) :]
    is_known = not tail or tail == ("each",) or (tail[0] in {"on", "in"} and len(tail) == 2 and is_name(tail[1]))
    return (number_in_words(words[0]), *unit, *tail) if is_known and not words[0].startswith(".") else ()


_BUILDERS: Final = (_you, _nobody, _state, _measure, _thing, _place, _there_is)
