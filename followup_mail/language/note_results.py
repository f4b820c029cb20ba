"""A point for a second note, from a note on what the candidate did and what came of it.

"Redid refund flow for a ferry company, 6 screens -> 2, complaints -38%" is one sentence with its figures. Where what
came of it cannot be said, nothing is: without it the point is thin, and the person had better be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from followup_mail.language.change_figures import Change, read_change
from followup_mail.language.lexicon import WordClass, classes_of, word_list
from followup_mail.language.note_clauses import NUMBER_WORDS, own_clause
from followup_mail.language.note_words import Part, is_number, looks_like_a_word, parts_of, plain_text
from followup_mail.language.noun_phrases import number_in_words
from followup_mail.language.result_clauses import results_of
from followup_mail.regex import regex

_FEWEST_WORDS: Final = 6
_LONGEST: Final = 32
_PERCENT: Final = regex(r"([-+])(\d+(?:\.\d+)?%)")
_FIGURE: Final = regex(r"\d+(?:[.,]\d+)*%?")
_STATES: Final = ("I have ", "I am ")
_RAW: Final = regex(r"->|[\[\](){}<>=@+*_\"#|\\~&;/]|\b(?:he|she|his|her|him)\b")
_NOW: Final = frozenset({"now", "today"})


def own_point(text: str, mine: str) -> str:
    """Return the point of a note as a sentence with what came of it; nothing where that would be lost.

    ``mine`` is what the grammar of notes makes of it, which may be less than all.
    """
    parts = parts_of(plain_text(text))
    if not parts or '"' in text:
        return ""
    main = (mine or _main(parts[0])).rstrip(".")
    # A language alone leads nowhere: only the person knows what they would do with it there.
    if not main or main.startswith("I speak "):
        return ""
    if len(parts) == 1 or _tells_all(text, main):
        return f"{main}." if _tells_all(text, main) and (_is_enough(main) or text.lstrip().startswith("I ")) else ""
    told = results_of(parts)
    said = _with_results(main.replace(told, "") if told else main, parts)
    if not said and told and told in main:
        return f"{main}."
    return f"{said}." if said and not _RAW.search(said) and len(said.split()) <= _LONGEST else ""


def _main(part: Part) -> str:
    """Return what the candidate did: "did a school job on nights once" is "I once did a school job on nights"."""
    words = [word for word in part.words if word != "once"]
    is_job = words[:1] == ["did"] and words[1:2] and words[1] in {"a", "an", "the", "our", "my"}
    # "Did" may be an auxiliary for the grammar; before a thing it is none.
    clause = own_clause(" ".join(["handled", *words[1:]] if is_job else words))
    said = clause.replace("I handled", "I did", 1) if is_job else clause
    return said.replace("I ", "I once ", 1) if "once" in part.words else said


def _tells_all(text: str, main: str) -> bool:
    """Tell whether no figure of a note is lost, and no part of it behind a comma."""
    figures = _FIGURE.findall(plain_text(text))
    words = {word.strip(",.").lower() for word in main.split()}
    kept = all(figure in main or number_in_words(figure) in words for figure in figures)
    later = [word for part in parts_of(plain_text(text))[1:] for word in part.words if len(word) > 3]
    return kept and all(word.lower() in words for word in later)


def _is_enough(main: str) -> bool:
    return main.startswith(_STATES) or len(main.split()) >= _FEWEST_WORDS


def _with_results(main: str, parts: Sequence[Part]) -> str:
    """Return the sentence with how long it took and what came of it; nothing when neither has words here."""
    if main.startswith(_STATES) or any(part.mark not in {"", ",", ";", "-", "–", "—"} for part in parts):
        return ""
    verb = parts[0].words[0]
    spans = [span for part in parts[1:] if (span := _span(verb, part.words))]
    came = [clause for part in parts[1:] if (clause := _came_of_it(main, part.words))]
    if not came and not any(span.startswith(", from") for span in spans):
        return ""
    joined = ", ".join([*came[:-1], f"and {came[-1]}"]) if came else ""
    return "".join((main, *spans, f", {joined}" if joined else ""))


def _span(verb: str, words: Sequence[str]) -> str:
    """Return " for six weeks" or ", from 61 items down to 34"."""
    is_time = len(words) == 2 and is_number(words[0]) and words[1].removesuffix("s") in word_list("time_nouns")
    if is_time and verb in word_list("lasting"):
        return f" for {number_in_words(words[0])} {words[1]}"
    plain = [word for word in words if word != "down"]
    change = read_change(plain) if verb in word_list("changing") else None
    if change and change.size == len(plain) and len(change.words) > 3 - ("%" in change.words[0]):
        down = " down" if "down" in words else ""
        return f", from {_said(change).replace(' to ', f'{down} to ', 1)}"
    return ""


def _came_of_it(main: str, words: Sequence[str]) -> str:
    for build in _BUILDERS:
        if clause := build(words):
            return clause
    done = own_clause(" ".join(words)) if words[0] not in {"i", "I"} else ""
    if done:
        return done.removeprefix("I ")
    return "it is still in use" if tuple(words[:3]) == ("still", "in", "use") and _is_single(main) else ""


def _nothing_lost(words: Sequence[str]) -> str:
    """Read "no class day lost"."""
    if words[0] != "no" or not 3 <= len(words) <= 5 or words[-1] not in word_list("befalls"):
        return ""
    nouns = words[1:-1]
    return f"no {' '.join(nouns)} {_be(nouns[-1])} {words[-1]}" if _are_nouns(nouns) else ""


def _all_of_them(words: Sequence[str]) -> str:
    """Read "both licensed now" and "none reopened"."""
    if words[0] not in {"both", "none", "all"} or not 2 <= len(words) <= 3:
        return ""
    if words[-1] in _NOW and len(words) == 3 and classes_of(words[1]) & {WordClass.PARTICIPLE, WordClass.ADJECTIVE}:
        return f"{words[0]} are {words[1]} {words[2]}" if words[0] == "both" else ""
    is_passive = len(words) == 2 and words[1] in word_list("befalls")
    return f"{words[0]} of them were {words[1]}" if is_passive else ""


def _so_many(words: Sequence[str]) -> str:
    """Read "11 clinics approved"."""
    if not 3 <= len(words) <= 4 or not is_number(words[0]) or words[-1] not in word_list("befalls"):
        return ""
    is_plural = WordClass.PLURAL in classes_of(words[-2])
    return f"{_number(words[0])} {' '.join(words[1:-1])} were {words[-1]}" if is_plural else ""


def _share(words: Sequence[str]) -> str:
    """Read "12 of 14 stayed"."""
    if len(words) != 4 or words[1] != "of" or not (is_number(words[0]) and is_number(words[2])):
        return ""
    counted = f"{words[0]} of the {words[2]}"
    if words[3] in word_list("befalls"):
        return f"{counted} were {words[3]}"
    return f"{counted} {words[3]}" if words[3] in word_list("acts") else ""


def _in_use(words: Sequence[str]) -> str:
    """Read "12 people use it" and "team of 12 works by it"."""
    if len(words) < 4 or words[-1] != "it":
        return ""
    if is_number(words[0]) and len(words) == 4 and words[2] in {"use", "used"}:
        return f"{_number(words[0])} {' '.join(words[1:])}"
    is_group = WordClass.COUNT in classes_of(words[0]) and words[1] == "of" and is_number(words[2])
    is_used = words[3:] in {("uses", "it"), ("works", "by", "it"), ("works", "with", "it")}
    return f"a {words[0]} of {_number(words[2])} {' '.join(words[3:])}" if is_group and is_used else ""


def _went(words: Sequence[str]) -> str:
    """Read "orphans 41 -> 0 in 1 quarter" and "complaints -38%"."""
    at = next((place for place, word in enumerate(words) if is_number(word) or _PERCENT.fullmatch(word)), 0)
    nouns = words[:at]
    if not 1 <= at <= 2 or not _are_nouns(nouns) or _be(nouns[-1]) != "were":
        return ""
    if (percent := _PERCENT.fullmatch(words[at])) and at + 1 == len(words):
        return f"{' '.join(nouns)} {'fell' if percent[1] == '-' else 'rose'} by {percent[2]}"
    change = read_change(words[at:])
    time = _in_time(words[at + change.size :]) if change else None
    return f"{' '.join(nouns)} went from {_said(change)}{time}" if change and time is not None else ""


def _said(change: Change) -> str:
    """Return "nine to three"; two figures are both in words or both in digits."""
    spoken = [_number(word) for word in change.words]
    return " ".join(change.words if any(is_number(word) for word in spoken) else spoken)


def _in_time(words: Sequence[str]) -> str | None:
    """Return " in one quarter"; None for anything else that is left."""
    if not words:
        return ""
    is_span = len(words) == 3 and words[0] in {"in", "within"} and words[2].removesuffix("s") in word_list("time_nouns")
    counted = words[1] if is_span else ""
    is_said = is_number(counted) or counted in {"a", "one", "the", *NUMBER_WORDS}
    return f" {words[0]} {_number(counted)} {words[2]}" if is_said else None


def _number(word: str) -> str:
    return number_in_words(word) if is_number(word) else word


def _are_nouns(words: Sequence[str]) -> bool:
    """Tell whether words can be a noun with another noun before it."""
    wanted = {WordClass.COUNT, WordClass.MASS, WordClass.PLURAL}
    return bool(words) and all(classes_of(word) & wanted or _is_plain_plural(word) for word in words)


def _is_plain_plural(word: str) -> bool:
    return not classes_of(word) and word.endswith("s") and not word.endswith("ss") and looks_like_a_word(word)


def _be(noun: str) -> str:
    return "were" if WordClass.PLURAL in classes_of(noun) or _is_plain_plural(noun) else "was"


def _is_single(main: str) -> bool:
    """Tell whether one thing was made: "I made a card for our bay"."""
    article, *following = main.split()[2:] or [""]
    size = next((at for at, word in enumerate(following) if WordClass.PREPOSITION in classes_of(word)), len(following))
    is_plural = not size or _be(following[size - 1]) == "were"
    return article in {"a", "an", "the", "our"} and not is_plural


_BUILDERS: Final[tuple[Callable[[Sequence[str]], str], ...]] = (
    _nothing_lost,
    _all_of_them,
    _so_many,
    _share,
    _in_use,
    _went,
)
