"""What a note probably says, for a person to take or leave.

``notes`` makes a sentence only where it is sure, since nobody looks at it before it is in a mail. Here somebody does:
each reading is shown as a whole sentence and goes nowhere unless it is taken. So this reads more: whatever begins with
a verb is said of the reader, or of the candidate where the note is about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from followup_mail.language.beginnings import Shape
from followup_mail.language.change_figures import read_change
from followup_mail.language.finite_verbs import find_verb
from followup_mail.language.known_words import LISTS, words_of
from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, word_list
from followup_mail.language.note_articles import articles_everywhere
from followup_mail.language.note_words import Part, is_number, parts_of, plain_text
from followup_mail.language.noun_phrases import spoken_number
from followup_mail.language.private_notes import is_private, is_tactless
from followup_mail.language.speakers import MINE, THEY, is_of_another
from followup_mail.language.verb_forms import as_base, as_participle, as_past, as_third
from followup_mail.regex import regex

Reading = tuple[Shape, str]

_FEWEST: Final = 3
_MOST: Final = 26
_SUBJECT_BY: Final = 5
"""The place by which "he" or "she" is the subject: "in fog he climbs up to the tower"."""
_SOFT: Final = frozenset({","})
"""Marks over which a sentence may go on."""
_GOES_ON: Final = frozenset(
    {"not", "and", "but", "so", "because", "with", "without", "even", "every", "from", "who", "which"}
)
"""Words with which a sentence goes on behind a comma; any other part is often a scrap of its own."""
_OF_MINE: Final = frozenset({"i", "my", "we", "me", "our", "us", "mine", "i'm", "i'd", "i've"})
_CUT_SHORT: Final = frozenset({"no", "nr", "etc", "incl", "approx"})
_WENT: Final = frozenset({"went", "rose", "fell", "dropped", "climbed", "came", "grew"})
"""A second verb: "planned share went from 45 to 71 percent" is not what the candidate planned."""
_OF_MANY: Final = frozenset({"everyone", "everybody", "nobody", "each", "all", "some", "many", "most", "people"})
_TURNED: Final = {
    "his": "your",
    "their": "your",
    "him": "you",
    "himself": "yourself",
    "herself": "yourself",
    "he": "you",
    "she": "you",
    "he's": "you're",
    "she's": "you're",
    "he'd": "you'd",
    "she'd": "you'd",
}
_VERB_AFTER_YOU: Final = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "doesn't": "don't",
    "isn't": "aren't",
}
_ASKING: Final = frozenset({"who", "what", "where", "when", "why", "how", "that", "this", "it", "you"})
_MODALS: Final = frozenset({"can", "can't", "won't", "wont", "wouldn't", "will", "would"})
_RAW: Final = regex(r"->|[\[\](){}<>=@+*_#|\\~/\"]|\?\?|!!|(?<![\w'])[a-z](?![\w'])(?<!a)|\d[xX]\b|\b[xX]\d")


def likely_readings(text: str, names: Sequence[str] = (), *, is_own: bool = False) -> tuple[Reading, ...]:
    """Return what a note may say, the likeliest first: each as the words that fill a gap of that shape.

    ``is_own`` tells that it is about the candidate. Nothing comes of a private or tactless note.
    """
    plain = plain_text(text)
    if is_private(plain) or (is_tactless(plain) and not is_own):
        return ()
    parts, found = parts_of(plain, names), list[Reading]()
    for segment in _segments(parts):
        for words in segment:
            reading = _of_mine(words) if is_own else _of_theirs(words)
            if reading and reading not in found:
                found.append(reading)
                break
    return (*(_changes(parts) if is_own else ()), *found)


def _segments(parts: Sequence[Part]) -> Iterator[list[tuple[str, ...]]]:
    """Yield the words between full stops, dashes and the like: with what goes on behind a comma, and without."""
    for group in _groups(parts):
        ends = [at for at, part in enumerate(group[1:], start=1) if part.words[0].lower() in _GOES_ON]
        joined = [_with_commas(group[: at + 1]) for at in (*reversed(ends), 0)]
        yield [words for words in joined if _FEWEST <= len(words) <= _MOST]


def _groups(parts: Sequence[Part]) -> list[list[Part]]:
    together: list[list[Part]] = []
    for part in parts:
        if together and part.mark in _SOFT:
            together[-1].append(part)
        else:
            together.append([part])
    return together


def _with_commas(group: Sequence[Part]) -> tuple[str, ...]:
    words: list[str] = []
    for part in group:
        if words:
            words[-1] += ","
        words += part.words
    return tuple(words)


def _of_theirs(words: Sequence[str]) -> Reading | None:
    """Read what the other side does, did, wants or has."""
    if _OF_MINE & {word.lower().strip(",") for word in words} or _is_raw(words):
        return None
    rest = words[1:] if words[0].lower() in THEY else words
    if wanted := _wanted(rest):
        return wanted
    if verb := _after_you(rest, is_person=rest is not words):
        said = _turned(rest[1:], present=as_past(rest[0]) is None)
        return Shape.YOU, " ".join((verb, *articles_everywhere([*said], "the")))
    if not _is_clause(words):
        return None
    clause = _said_of_them(_with_small_start(words))
    return (Shape.THING, _with_article(clause)) if _is_only_participle(words) else (Shape.CLAUSE, clause)


def _is_only_participle(words: Sequence[str]) -> bool:
    """Return whether the verb may as well say what was done to the things: "reminders typed one by one"."""
    at = find_verb(words_of(" ".join(words)))
    following = words[at + 1] if at is not None and at + 1 < len(words) else ""
    has_object = bool(classes_of(following) & {WordClass.DETERMINER, WordClass.POSSESSIVE, WordClass.PRONOUN})
    return at is not None and at < len(words) and as_participle(words[at]) is not None and not has_object


def _with_article(said: str) -> str:
    first = classes_of(said.split(maxsplit=1)[0])
    return said if first & {WordClass.DETERMINER, WordClass.POSSESSIVE} else f"the {said}"


def _is_clause(words: Sequence[str]) -> bool:
    """Return whether the words are a whole sentence on somebody or something, without a comma in it."""
    if words[0].lower() not in _ASKING | THEY and THEY & {*words[1:_SUBJECT_BY]}:
        return True
    plain = words_of(" ".join(words))
    begins = classes_of(words[0]) & {*NOUN_CLASSES, WordClass.DETERMINER, WordClass.POSSESSIVE, WordClass.PRONOUN}
    is_one = not any(word.endswith(",") for word in words)
    # The verb is not the plural at the end of "the backlog of 410 work orders"; "talks like a man" is about a man.
    has_verb = any(0 < place < len(plain) - 1 for place in (find_verb(plain),) if place is not None)
    is_verb_first = as_third(plain[0]) is not None and as_past(plain[1]) is None
    is_scrap = is_verb_first or plain[-1] in _CUT_SHORT or (plain[0] == "no" and "just" in plain)
    return (
        is_one
        and not is_scrap
        and has_verb
        and bool(begins)
        and words[0].lower() not in _ASKING | THEY
        and not as_base(words[0])
    )


def _wanted(words: Sequence[str]) -> Reading | None:
    at = 1 if words[0] in {"wants", "needs"} else 0
    if not at or len(words) < _FEWEST:
        return None
    said = _said_of_them(words[at:])
    return (Shape.WANTED, said) if words[0] == "wants" else (Shape.YOU, f"need {said}")


def _said_of_them(words: Sequence[str]) -> str:
    return " ".join(articles_everywhere([*_turned(words)], "the"))


def _after_you(words: Sequence[str], *, is_person: bool) -> str:
    """Return the verb as it follows "you"; empty where the first word is probably none."""
    first = words[0].lower()
    if first in word_list("not_to_tell_the_reader") - {"is", "was", "has", "does", "did"} or len(words) < _FEWEST - 1:
        return ""
    if first in _MODALS or (is_person and first in _VERB_AFTER_YOU):
        return _VERB_AFTER_YOU.get(first, first)
    if first in _VERB_AFTER_YOU:
        return ""
    if (third := as_third(first)) and _is_verb(first, words[1], is_person=is_person):
        return third.base
    return first if as_past(first) and _is_verb(first, words[1], is_person=is_person) else ""


def _is_verb(word: str, following: str, *, is_person: bool) -> bool:
    """Return whether a word that can also be a noun or an adjective is a verb here, by what follows it."""
    if is_person or not classes_of(word) & {*NOUN_CLASSES, WordClass.ADJECTIVE}:
        return True
    after = classes_of(following.strip(","))
    return bool(after & {WordClass.DETERMINER, WordClass.POSSESSIVE, WordClass.PRONOUN}) or is_number(following)


def _of_mine(words: Sequence[str]) -> Reading | None:
    """Read what the candidate did or does."""
    said = words[1:] if words[0] in {"I", "i"} else words
    first = said[0].lower()
    is_verb = (as_past(first) or as_base(first)) and _is_verb(first, "".join(said[1:2]), is_person=said is not words)
    goes_on = any(word in _WENT and at and said[at - 1] not in {"and", "which", "it"} for at, word in enumerate(said))
    if not is_verb or len(said) < _FEWEST or _is_raw(said) or goes_on or first in LISTS["auxiliaries"]:
        return None
    rest = [MINE.turned.get(word, word) for word in said[1:]]
    own = (("my", word) if word == "own" and before not in {"my", "the"} else (word,) for before, word in _pairs(rest))
    said = [spoken_number(word) for words in own for word in words]
    return Shape.DID, " ".join((first, *articles_everywhere(said, "a")))


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from zip(("", *words), words, strict=False)


def _turned(words: Sequence[str], *, present: bool = True) -> Iterator[str]:
    """Yield words about somebody as they are said to them: "his", "herself" and the verbs that go on."""
    for at, (before, word) in enumerate(_pairs(words)):
        bare = word.rstrip(",")
        tail = word[len(bare) :]
        following = "".join(words[at + 1 : at + 2])
        is_hers = bool(classes_of(following) & {*NOUN_CLASSES, WordClass.ADJECTIVE})
        goes_on = before.endswith(",") or before in {"and", "then", "but"} or before.rstrip(",") in {"he", "she"}
        if bare == "own" and before not in {"his", "her", "their", "your", "the"}:
            yield from ("your", f"own{tail}")
        elif is_of_another(bare, following, words[:at]):
            yield word
        elif bare == "her":
            yield f"{'your' if is_hers and not tail else 'you'}{tail}"
        elif (
            goes_on
            and present
            and "who" not in words[:at]
            and (third := as_third(bare))
            and _is_verb(bare, following, is_person=False)
        ):
            yield f"{third.base}{tail}"
        elif before.rstrip(",") in {"he", "she"} and bare in _VERB_AFTER_YOU:
            yield f"{_VERB_AFTER_YOU[bare]}{tail}"
        elif bare == "their" and _OF_MANY & {*words}:
            yield word
        else:
            yield f"{_TURNED.get(bare, spoken_number(bare))}{tail}"


def _with_small_start(words: Sequence[str]) -> tuple[str, ...]:
    first = words[0]
    is_ordinary = bool(classes_of(first)) and not first.isupper()
    return (first.lower() if is_ordinary else first, *words[1:])


def _is_raw(words: Sequence[str]) -> bool:
    return bool(_RAW.search(" ".join(words)))


def _changes(parts: Sequence[Part]) -> Iterator[Reading]:
    """Yield "brought shrink down from 9.1 to 5.4 in 14 months" for the candidate's "shrink 9.1 -> 5.4 in 14 mo"."""
    for words in (part.words for part in parts):
        at = next((place for place in range(1, len(words)) if "->" in words[place:] and read_change(words[place:])), 0)
        change = read_change(words[at:]) if at else None
        figures = [word.strip("%").replace(",", "") for word in change.words if is_number(word)] if change else []
        # "1.2.3" is a version.
        is_dotted = any(figure.count(".") > 1 for figure in figures)
        is_thing = bool(classes_of(words[at - 1]) & NOUN_CLASSES) or not classes_of(words[at - 1])
        if change is None or not is_thing or is_dotted or as_past(words[0]) or {"i", "I"} & {*words[:at]}:
            continue
        before, after = map(float, figures)
        thing = articles_everywhere(words[:at], "the")
        said = (*thing, "down" if after < before else "up", "from", *change.words, *words[at + change.size :])
        yield Shape.DID, f"brought {' '.join(said)}"
