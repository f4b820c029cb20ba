"""A point for a second note, from a note on what the candidate did and what came of it.

"Redid refund flow for a ferry company, 6 screens -> 2, complaints -38%" is one sentence with its figures. Where what
came of it cannot be said, nothing is: without it the point is thin, and the person had better be asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from followup_mail.language.lexicon import WordClass, classes_of, word_list
from followup_mail.language.note_clauses import own_clause
from followup_mail.language.note_outcomes import be, is_plain_plural, outcome
from followup_mail.language.note_words import Part, is_number, looks_like_a_word, parts_of, plain_text
from followup_mail.language.noun_phrases import is_plural, number_in_words, read_noun_phrase
from followup_mail.language.own_whole_sentences import whole_of_mine
from followup_mail.language.point_parts import (
    capacity,
    company,
    days,
    first_time,
    for_how_many,
    for_whom,
    of_them,
    span,
    team,
    tried_on,
    with_what,
)
from followup_mail.language.result_clauses import owned_change, results_of
from followup_mail.language.short_names import lift_short_name, put_short_name
from followup_mail.language.told_clauses import told_clause
from followup_mail.language.told_deeds import told_deed
from followup_mail.language.told_standing import told_standing
from followup_mail.language.verb_phrases import may_be_passive
from followup_mail.regex import regex

_FEWEST_WORDS: Final = 6
_LONGEST: Final = 32
_FIGURE: Final = regex(r"\d+(?:[.,]\d+)*%?")
_STATES: Final = ("I have ", "I am ")
_STANDS_ALONE: Final = regex(
    r"I was an? .+ (?:for|from) |I \w+ .+ for \w+ (?:years|seasons|months)$|I have (?:held|spent) |In my own work, "
)
"""What says enough, whatever else the note has behind a comma."""
_RAW: Final = regex(r"->|[\[\](){}<>=@+*_\"#|\\~;/]|(?<![A-Z])&|&(?![A-Z])|\b(?:he|she|his|her|him)\b")
_OF_WHOM: Final = regex(r"\w+ of them\b|(?:all|both|none|most)\b")
"""What came of it is said of those who were named before."""
_MARKS: Final = frozenset({"", ",", ";", "-", "–", "—", ":", "."})
_USES: Final = frozenset({"uses", "use", "used", "copied", "adopted", "kept"})
_AMOUNTS: Final = frozenset("kg kilo pound litre liter gram ton tonne tray box plate cover piece".split())
_FORMER: Final = frozenset({"old", "last", "previous", "former"})


def own_point(text: str, mine: str) -> str:
    """Return the point of a note as a sentence with what came of it; nothing where that would be lost.

    ``mine`` is what the grammar of notes makes of it, which may be less than all.
    """
    parts, name, behind = lift_short_name(_from_the_deed(parts_of(plain_text(text))))
    if not parts or '"' in text:
        return ""
    if whole := whole_of_mine(text):
        return whole
    told = told_deed(text)
    plain, mine = (text.replace(name, "", 1), mine.replace(f" {name}", "")) if name else (text, mine)
    main = (mine or _main(parts[0])).rstrip(".")
    alone = f"{main}." if _STANDS_ALONE.match(main) else ""
    point = put_short_name(_point(plain, main, parts) or alone, name, behind)
    return point or (told if len(told.split()) >= _FEWEST_WORDS else "") or told_standing(text)


def _point(text: str, main: str, parts: Sequence[Part]) -> str:
    """Return the sentence of a note with its results, of which ``main`` is what the candidate did."""
    # A language alone leads nowhere: only the person knows what they would do with it there.
    if not main or main.startswith("I speak "):
        return "" if main else _habit(parts)
    if len(parts) == 1 or (_tells_all(text, main) and not any(team(part.words) for part in parts[1:])):
        return f"{main}." if _tells_all(text, main) and (_is_enough(main) or text.lstrip().startswith("I ")) else ""
    told = results_of(parts)
    said = _with_results(main.replace(told, "") if told else main, parts)
    if not said and told and told in main:
        return f"{main}."
    return f"{said}." if said and not _RAW.search(said) and len(said.split()) <= _LONGEST else ""


def _habit(parts: Sequence[Part]) -> str:
    """Read "fresh pasta every morning at last place, 18 pounds": no verb, so it only says that it was so."""
    words = parts[0].words
    at = words.index("every") if "every" in words[1:] else 0
    thing = read_noun_phrase(words[:at], "") if at else None
    place = words[at + 2 :]
    is_place = len(place) > 2 and place[0] in {"at", "in"} and place[1] in _FORMER
    is_time = at and words[at + 1 : at + 2] and (words[at + 1] in word_list("time_nouns") or words[at + 1] == "am")
    if thing is None or thing.size != at or is_number(words[0]) or not (is_place and is_time) or len(parts) > 2:
        return ""
    amount = parts[1].words if len(parts) > 1 else ()
    if amount and (len(amount) != 2 or not is_number(amount[0]) or amount[1].removesuffix("s") not in _AMOUNTS):
        return ""
    every = "morning" if words[at + 1] == "am" else words[at + 1]
    of_it = f", {' '.join(amount)} of {'them' if is_plural(thing.head) else 'it'}" if amount else ""
    return f"At my {' '.join(place[1:])} it was {' '.join(thing.words)} every {every}{of_it}."


def _from_the_deed(parts: Sequence[Part]) -> Sequence[Part]:
    """Return the parts from the deed on: in "kids' tour, 6+: rewrote the script" the first two only say of what."""
    parts = [piece for part in parts for piece in _cut_at_we(part)]
    at = next((place for place, part in enumerate(parts) if part.mark == ":"), 0)
    is_deed = at and WordClass.PAST in classes_of(parts[at].words[0]) and not _begins_with_deed(parts[0])
    if not is_deed:
        return parts
    deed = parts[at].words
    with_whom = [Part(",", part.words) for part in parts[:at] if tried_on(deed, part.words)]
    return [Part("", deed), *with_whom, *parts[at + 1 :]]


def _cut_at_we(part: Part) -> Sequence[Part]:
    """Cut "prepped trolleys and we finished by 3": what all of them did is another part."""
    at = next((place for place in range(1, len(part.words)) if part.words[place : place + 2] == ("and", "we")), 0)
    return [Part(part.mark, part.words[:at]), Part(",", part.words[at + 1 :])] if at else [part]


def _begins_with_deed(part: Part) -> bool:
    return WordClass.PAST in classes_of(part.words[0]) and not classes_of(part.words[0]) & {WordClass.ADJECTIVE}


def _main(part: Part) -> str:
    """Return what the candidate did: "did a school job on nights once" is "I once did a school job on nights"."""
    words = _at_mine([word for word in part.words if word != "once"])
    is_job = words[:1] == ["did"] and words[1:2] and words[1] in {"a", "an", "the", "our", "my"}
    # "Did" may be an auxiliary for the grammar; before a thing it is none. A verb that it does not know may be one.
    is_like_a_job = is_job or _is_unknown_deed(words)
    clause = own_clause(" ".join(["handled", *words[1:]] if is_like_a_job else words))
    said = clause.replace("I handled", f"I {words[0]}", 1) if is_like_a_job else clause
    return said.replace("I ", "I once ", 1) if "once" in part.words else said


def _at_mine(words: Sequence[str]) -> list[str]:
    """Return "at my old clinic" for "at old clinic"."""
    said: list[str] = []
    for place, word in enumerate(words):
        is_former = place and word in _FORMER and WordClass.PREPOSITION in classes_of(words[place - 1])
        following = "".join(words[place + 1 : place + 2])
        if word in {"night", "day", "week"} and following == "before" and words[place - 1] != "the":
            said.append("the")
        is_place = is_former and following and following.removesuffix("s") not in word_list("time_nouns")
        said += ("my", word) if is_place and not is_number(following) else (word,)
    return said


def _is_unknown_deed(words: Sequence[str]) -> bool:
    """Return whether a note begins with the past of a verb that the lexicon does not have: "texted parents"."""
    first = words[0] if len(words) > 2 else ""
    return first.endswith("ed") and not classes_of(first) and looks_like_a_word(first)


def _tells_all(text: str, main: str) -> bool:
    """Return whether no figure of a note is lost, and no part of it behind a comma."""
    figures = _FIGURE.findall(plain_text(text))
    words = {word.strip(",.").lower() for word in main.split()}
    kept = all(figure in main or number_in_words(figure) in words for figure in figures)
    later = [word for part in parts_of(plain_text(text))[1:] for word in part.words if len(word) > 3]
    return kept and all(word.lower() in words for word in later)


def _is_enough(main: str) -> bool:
    return main.startswith(_STATES) or len(main.split()) >= _FEWEST_WORDS


def _with_results(main: str, parts: Sequence[Part]) -> str:
    """Return the sentence with how long it took and what came of it; nothing when neither has words here."""
    if main.startswith(_STATES) or any(part.mark not in _MARKS for part in parts):
        return ""
    deed, later = parts[0].words, [*_joined([part.words for part in parts[1:]])]
    added = [said for words in later if (said := _added(deed, words))]
    whole = [said for words in later if (said := team(words) or with_what(deed, words) or first_time(words))]
    many = _names_many(" ".join((main, *added)))
    came = [clause for words in later if (clause := _came_of_it(main, words)) and (many or not _OF_WHOM.match(clause))]
    if not came and not _tells_enough(main, added, whole, len(later)):
        return ""
    joined = ", ".join([*came[:-1], f"and {came[-1]}"]) if came else ""
    added.sort(key=lambda said: (not said.startswith(" on "), said.startswith(" as ")))
    return "".join((main, *added, *whole, f", {joined}" if joined else ""))


def _is_used(main: str, words: Sequence[str]) -> str:
    """Read "church still uses it" and "the other shops copied it"."""
    if words[-1] not in {"it", "them"} or not 3 <= len(words) <= 6 or words[-2] not in _USES:
        return ""
    if (words[-1] == "it") != _is_single(main):
        return ""
    return told_clause((Part("", tuple(words)),))


def _joined(later: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield parts, with "walks skipped: 0 since" in one piece."""
    joined = False
    for words, following in zip(later, [*later[1:], ()], strict=True):
        is_nothing = tuple(following) in {("0", "since"), ("zero", "since"), ("none", "since")}
        if not joined:
            yield (*words, "none", "since") if is_nothing else words
        joined = is_nothing


def _names_many(said: str) -> bool:
    """Return whether there is somebody, or something, that "all of them" can be."""
    return any(WordClass.PLURAL in classes_of(word) or is_plain_plural(word) for word in said.strip(".,").split())


def _tells_enough(main: str, added: Sequence[str], whole: Sequence[str], parts: int) -> bool:
    """Return whether a deed without a result is worth a mail: how much it was, that it was new, or all of the note."""
    is_whole = len(whole) == parts and len(main.split()) >= _FEWEST_WORDS
    is_new = any(said.startswith(", from") for said in added) or any("first time" in said for said in whole)
    return is_whole or is_new or (len(added) > 1 and len(added) == parts)


def _added(deed: Sequence[str], words: Sequence[str]) -> str:
    by_deed = span(deed, words) or company(deed, words) or of_them(deed, words) or for_whom(deed, words)
    by_deed = by_deed or tried_on(deed, words) or for_how_many(deed, words)
    return by_deed or days(words) or capacity(words)


def _came_of_it(main: str, words: Sequence[str]) -> str:
    if clause := outcome(words) or " ".join(owned_change(tuple(words))) or _is_used(main, words):
        return clause
    is_done_to_it = may_be_passive(words[0], words[1:])  # "used in three stations"
    done = own_clause(" ".join(words)) if words[0] not in {"i", "I"} and not is_done_to_it else ""
    if done:
        return done.removeprefix("I ")
    return "it is still in use" if tuple(words[:3]) == ("still", "in", "use") and _is_single(main) else ""


def _is_single(main: str) -> bool:
    """Return whether one thing was made: "I made a card for our bay"."""
    article, *following = main.split()[2:] or [""]
    size = next((at for at, word in enumerate(following) if WordClass.PREPOSITION in classes_of(word)), len(following))
    is_plural = not size or be(following[size - 1]) == "were"
    return article in {"a", "an", "the", "our"} and not is_plural
