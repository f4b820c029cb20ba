"""What came of what the candidate did, from the later parts of a note: ", from six screens to two", "sickness down".

A note has a comma where a sentence would claim a cause, so a result is joined with "and".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from followup_mail.language.change_figures import read_change
from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, may_be_plural, verb_of, word_list
from followup_mail.language.note_words import Part, is_number
from followup_mail.language.noun_phrases import NounPhrase, is_plural, number_in_words, read_noun_phrase
from followup_mail.language.speakers import CANDIDATE
from followup_mail.language.verb_phrases import may_be_passive, read_rest, with_article
from followup_mail.regex import regex

_MARKS: Final = frozenset({",", "-", "–", "—", ";", "(", ".", ":"})
_BY: Final = regex(r"^-\d+(?:\.\d+)?%$")
_WENT: Final = frozenset({"went", "fell", "rose", "dropped", "grew", "climbed", "from", "are", "is", "was", "were"})
_DOWN: Final = {"down": "fell by", "up": "rose by"}
_FRACTIONS: Final = {
    ("a", "third"): "a third",
    ("a", "quarter"): "a quarter",
    ("half",): "half",
    ("by", "half"): "half",
    ("by", "a", "third"): "a third",
}
_HALVED: Final = frozenset({"halved", "doubled", "tripled"})
_FOUNDED: Final = frozenset({"started", "founded", "launched", "opened", "created", "ran", "led", "built"})
_OF_SOMETHING: Final = frozenset("differences results rates losses numbers figures costs levels times".split())
_BEFALLEN: Final = frozenset("missed lost failed rejected wasted returned skipped delayed cancelled".split())
"""What happens to things, and what no candidate does: "missed doses", "rejected parts"."""
_MOST: Final = 2


def results_of(parts: Sequence[Part]) -> str:
    """Return what follows the sentence of the first part, each piece with its comma; nothing where there is none."""
    later = [part for part in parts[1:] if part.mark in _MARKS]
    found = [piece for part in later if (piece := _result(part.words) or _in_use(parts[0].words, part.words))]
    if not word_list("changing") & set(parts[0].words):
        grew = not _FOUNDED.isdisjoint(parts[0].words)
        found = [(_grown(piece) if grew else _saved(piece)) if piece[0] == "from" else piece for piece in found]
        found = [piece for piece in found if piece]
    return "".join(_joined(found[:_MOST]))


def _saved(piece: tuple[str, ...]) -> tuple[str, ...]:
    """Turn "from five hours to two hours" into what a new thing did: "that cut the time from five hours to two"."""
    figures = [word for word in piece if number_of(word)]
    is_time = {"hours", "minutes", "days", "weeks"} & set(piece)
    if not is_time or len(figures) != 2 or number_of(figures[0]) <= number_of(figures[1]):
        return ()
    same = len(piece) > 5 and piece[2] == piece[5]
    return ("that", "cut", "the", "time", *(piece[:5] if same else piece))


def _grown(piece: tuple[str, ...]) -> tuple[str, ...]:
    """Turn "from four to 26 kids" into what became of a thing that was started: "that grew from four to 26 kids"."""
    figures = [number_of(word) for word in piece if number_of(word)]
    return ("that", "grew", *piece) if len(figures) == 2 and figures[0] < figures[1] else ()


def number_of(word: str) -> float:
    """Return what a figure or a small number in words says; zero for any other word."""
    digit = next((str(number) for number in range(1, 10) if number_in_words(str(number)) == word), word)
    return float(digit) if digit.replace(".", "", 1).isdigit() else 0.0


def _in_use(first: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    """Read "still in use" of the thing that was made."""
    made = read_noun_phrase(first[1:], "a") if words[:3] in {("still", "in", "use"), ("still", "used")} else None
    if made is None or len(words) > 3 or words[0] != "still":
        return ()
    return (*(("they", "are") if is_plural(made.head) else ("it", "is")), *words)


def _joined(pieces: Sequence[tuple[str, ...]]) -> list[str]:
    """Return ", from six screens to two" and ", and sickness fell", with one "and" only."""
    said = [f"{', and ' if 'went' in piece else _joint(piece[0])}{' '.join(piece)}" for piece in pieces]
    return said[:1] if len(said) > 1 and all(" and " in piece[:5] for piece in said) else said


def _joint(first: str) -> str:
    """Return what joins a piece: a verb of the candidate's has the same subject, so that it needs no comma."""
    if first in {"from", "on"}:
        return ", "
    if first == "that":
        return " "
    return " and " if WordClass.PAST in classes_of(first) else ", and "


def _result(words: Sequence[str]) -> tuple[str, ...]:
    return next((found for build in _BUILDERS if (found := build(tuple(words)))), ())


def _changed(words: tuple[str, ...]) -> tuple[str, ...]:
    """Read "6 screens -> 2", "61 items down to 34" and "5 hours -> 90 minutes": what was done went from one to two."""
    arrow = next((place for place, word in enumerate(words) if word == "->"), 0)
    if not arrow and words[2:4] in {("down", "to"), ("up", "to")}:
        words, arrow = (*words[:2], "->", *words[4:]), 2
    if not is_number(words[0]) or not 0 < arrow < len(words) - 1 or not is_number(words[arrow + 1]):
        return ()
    return _from_to(words[:arrow], words[arrow + 1 :])


def _from_to(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """Return "from 5 hours to 90 minutes"; small figures in words where both count the same."""
    if len(before) > 2 or any(mark in before[0] + after[0] for mark in "+~<>") or not _has_unit(before, after):
        return ()
    end, tail = after[:2], after[2:]
    if len(after) > 1 and not may_be_plural(after[1]):
        end, tail = after[:1], after[1:]
    first, last = before[0], end[0]
    if last.endswith("%") and not first.endswith("%"):
        first += "%"
    if first.endswith("%") != last.endswith("%"):
        return ()
    if all(figure.isdigit() and int(figure) < 10 for figure in (first, last)):
        first, last = number_in_words(first), number_in_words(last)
    when = _when(tail)
    return () if when is None else ("from", first, *before[1:], "to", last, *end[1:], *when)


def _has_unit(before: Sequence[str], after: Sequence[str]) -> bool:
    """Return whether the reader can know what is counted."""
    is_percent = after[0].endswith("%")
    return is_percent or (len(before) == 2 and may_be_plural(before[1])) or (len(after) > 1 and may_be_plural(after[1]))


def _when(words: Sequence[str]) -> tuple[str, ...] | None:
    """Return "in one quarter", or nothing to say; None when something else is there."""
    if not words:
        return ()
    if len(words) == 2 and words[0] in {"a", "an", "per"} and words[1] in word_list("units"):
        return ("a" if words[0] == "per" else words[0], words[1])
    if len(words) == 3 and words[0] == "on" and is_number(words[1]) and may_be_plural(words[2]):
        return (words[0], number_in_words(words[1]), words[2])
    unit = words[2] if len(words) == 3 else ""
    if words[0] not in {"in", "within"} or unit.removesuffix("s") not in word_list("units"):
        return None
    if words[1] in {"a", "one", "1"}:
        return (words[0], "a" if words[1] == "a" else "one", unit.removesuffix("s"))
    return (words[0], number_in_words(words[1]), unit) if words[1].isdigit() else None


def owned_change(words: tuple[str, ...]) -> tuple[str, ...]:
    """Read "orphans 41 -> 0 in 1 quarter", "feeding at 6 weeks went from 31 to 48%" and "complaints -38%"."""
    subject, rest = _subject(words)
    if not subject:
        return ()
    if len(rest) == 1 and _BY.match(rest[0]):
        return (*subject, "fell", "by", rest[0][1:])
    start = next((place for place, word in enumerate(rest) if word == "from"), -1) + 1
    if start and any(word not in _WENT for word in rest[:start]):
        return ()
    change = read_change(rest[start:])
    when = _when(rest[start + change.size :]) if change else None
    if change is None or when is None:
        return ()
    return (*_defined(subject), "went", "from", *_figures(change.words), *when)


def _defined(subject: tuple[str, ...]) -> tuple[str, ...]:
    """Return "the differences" for what is always a difference of something; "complaints" are just complaints."""
    return ("the", *subject) if len(subject) == 1 and subject[0] in _OF_SOMETHING else subject


def _figures(words: Sequence[str]) -> list[str]:
    """Return figures in words where both are small, and no 0."""
    counted = [word for word in words if word.isdigit()]
    if len(counted) == 2 and all(int(word) < 10 for word in counted):
        return [number_in_words(word) if word.isdigit() else word for word in words]
    return ["zero" if word == "0" else word for word in words]


def _subject(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what changed, with the time or place that belongs to it, and the words behind."""
    phrase = read_noun_phrase(words, "the")
    is_befallen = words[0] in _BEFALLEN and may_be_plural("".join(words[1:2]))
    if phrase is None and is_befallen:
        phrase = NounPhrase(words[:2], 2, words[1])
    if phrase is None and WordClass.ING in classes_of(words[0]) and words[1:2] in {("at",), ("went",)}:
        phrase = NounPhrase(words[:1], 1, words[0])
    is_deed = WordClass.PAST in classes_of(words[0]) and not is_befallen
    if phrase is None or is_number(words[0]) or is_deed:
        return (), ()
    said, rest = phrase.words, words[phrase.size :]
    if len(rest) > 3 and rest[0] in {"at", "after"} and rest[1].isdigit() and may_be_plural(rest[2]):
        said, rest = (*said, rest[0], number_in_words(rest[1]), rest[2]), rest[3:]
    more = read_noun_phrase(rest[1:], "a") if len(rest) > 3 and rest[0] in {"without", "per", "with"} else None
    if more and not is_number(rest[1]):
        return (*said, rest[0], *(more.words[1:] if rest[0] == "per" else more.words)), rest[1 + more.size :]
    return said, rest


def _moved(words: tuple[str, ...]) -> tuple[str, ...]:
    """Read "sickness down", "bill down a third in 4 months", "walking down 20%" and "complaints halved"."""
    subject, rest = _subject(words)
    if not subject or not rest:
        return ()
    if rest in {("down",), ("up",)}:
        return (*subject, "are" if is_plural(subject[-1]) else "is", rest[0])
    if rest[0] in _HALVED:
        when = _when(rest[1:])
        return (*subject, rest[0], *when) if when is not None else ()
    if rest[0] not in _DOWN or len(rest) < 2:
        return ()
    return _by(subject, rest)


def _got(words: tuple[str, ...]) -> tuple[str, ...]:
    """Read "got PIN resets down 60%"."""
    phrase = read_noun_phrase(words[1:], "the") if words[0] in {"got", "brought"} and len(words) > 3 else None
    rest = words[1 + phrase.size :] if phrase else ()
    if phrase is None or len(rest) != 2 or rest[0] not in _DOWN or not re.fullmatch(r"\d+(?:\.\d+)?%", rest[1]):
        return ()
    return (words[0], *phrase.words, rest[0], "by", rest[1])


def _by(subject: tuple[str, ...], rest: tuple[str, ...]) -> tuple[str, ...]:
    for size in (1, 2, 3):
        amount, tail = rest[1 : 1 + size], rest[1 + size :]
        is_percent = size == 1 and amount[0].endswith("%") and amount[0][0].isdigit()
        said = amount[0] if is_percent else _FRACTIONS.get(amount, "")
        when = _when(tail) if said else None
        if when is not None:
            return (*subject, *_DOWN[rest[0]].split(), *said.split(), *when)
    return ()


def _fixed(words: tuple[str, ...]) -> tuple[str, ...]:
    """Read "on budget", "12 people use it" and "8 still there"."""
    if words in {("on", "budget"), ("on", "time")}:
        return words
    is_team = words[:2] == ("team", "of") and len(words) > 4 and words[2].isdigit() and words[-1] == "it"
    if is_team and len(words) < 7 and WordClass.VERB_S in classes_of(words[3]):
        return ("a", *words)
    if not words[0].isdigit():
        return ()
    if words[1:] == ("people", "use", "it"):
        return (number_in_words(words[0]), *words[1:])
    return (number_in_words(words[0]), "are", "still", "there") if words[1:] == ("still", "there") else ()


def _state(words: tuple[str, ...]) -> tuple[str, ...]:
    """Read "both licensed now", "none reopened" and "11 clinics approved"."""
    last = words[-1] if words[-1] != "now" else words[-2] if len(words) > 1 else ""
    is_state = WordClass.PARTICIPLE in classes_of(last) or last in {"licensed", "qualified"}
    if not is_state or len(words) > 4:
        return ()
    if words[0] == "both" and len(words) <= 3:
        return ("both", "are", *words[1:])
    if words[0] == "none" and len(words) == 2:
        return ("none", "of", "them", "was", last)
    return _counted_state(words, last)


def _counted_state(words: tuple[str, ...], last: str) -> tuple[str, ...]:
    phrase = read_noun_phrase(words[:-1], "") if is_number(words[0]) and words[0].isdigit() and len(words) > 2 else None
    if phrase is None or phrase.size != len(words) - 1 or words[-1] != last or not is_plural(phrase.head):
        return ()
    return (*phrase.words, "were", last)


def _also_did(words: tuple[str, ...]) -> tuple[str, ...]:
    """Read "wrote the recon": a second verb of the candidate's."""
    classes = classes_of(words[0])
    verb = verb_of(words[0])
    if len(words) < 2 or verb is None or WordClass.PAST not in classes or words[0] in word_list("not_to_tell"):
        return ()
    if classes & {*NOUN_CLASSES, WordClass.ADJECTIVE, WordClass.BASE} or may_be_passive(words[0], words[1:]):
        return ()
    if not (is_number(words[1]) or classes_of(words[1]) & {WordClass.DETERMINER, WordClass.POSSESSIVE}):
        return ()
    rest = read_rest(words[1:], with_article(CANDIDATE, words[0]))
    # "Took 3 weeks" does not say how long it lasted, nor "closed 41 h" what was closed.
    if words[0] in {"closed", "open", "opened"} and _when(("in", *words[1:3])):
        return ()
    return (words[0], *rest) if rest and rest[0] != "for" else ()


_BUILDERS: Final = (_changed, owned_change, _moved, _got, _fixed, _state, _also_did)
