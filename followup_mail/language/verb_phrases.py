"""What follows a verb in a note: read to its very end, or refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from followup_mail.language.change_figures import read_change
from followup_mail.language.lexicon import WordClass, classes_of, verb_of, word_lines, word_list, word_table
from followup_mail.language.note_words import is_number
from followup_mail.language.noun_phrases import number_in_words, read_noun_phrase
from followup_mail.language.speakers import Speaker, is_of_another

_ONE_OR_MORE: Final = {"a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
_BEFORE_SPANS: Final = {"for", "in", "within", "inside", "after", "under", "at"}
_TEAMS: Final = {"crew", "team", "staff", "group", "class"}
_TIMES: Final = {"last", "next", "this", "every", "each"}
_REFUSED: Final = {"he", "she", "him", "i", "it", "we", "us", "they"}


class _Rest(NamedTuple):
    """What is left to read, and what has been read."""

    left: tuple[str, ...]
    done: tuple[str, ...] = ()
    had_object: bool = False

    def take(self, size: int, *words: str, had_object: bool | None = None) -> _Rest:
        had = self.had_object if had_object is None else had_object
        return _Rest(self.left[size:], (*self.done, *words), had)


def read_rest(words: Sequence[str], speaker: Speaker) -> tuple[str, ...] | None:
    """Return what follows a verb as it is written in the sentence; nothing unless every word has its place."""
    rest = _Rest(tuple(words))
    while rest.left:
        following = _next(rest, speaker)
        if following is None:
            return None
        rest = following
    if (
        rest.done
        and WordClass.PREPOSITION in classes_of(rest.done[-1])
        and WordClass.ADVERB not in classes_of(rest.done[-1])
    ):
        return None
    return rest.done


def _next(rest: _Rest, speaker: Speaker) -> _Rest | None:
    for reader in (
        _times,
        _dates,
        _change,
        _reflexive,
        _before_it,
        _fixed,
        _preposition,
        _joined,
        _to_verb,
        _adverb,
        _object,
    ):
        following = reader(rest, speaker)
        if following is not None:
            return following
    return None


def _times(rest: _Rest, speaker: Speaker) -> _Rest | None:
    """Read "x2", "last year", "every Friday", "since March" and "3 years" at the end."""
    first, second = rest.left[0], rest.left[1] if len(rest.left) > 1 else ""
    if first in {"x2", "2x"}:
        return rest.take(1, "twice")
    if first in {"every", "each"} and second == "other" and len(rest.left) > 2 and _is_time(rest.left[2]):
        return rest.take(3, first, second, rest.left[2])
    if size := _size_of_rate(rest.left, has_count=any(is_number(word) for word in rest.done) or rest.had_object):
        return rest.take(size, *rest.left[:size])
    if rest.left[:3] == ("the", "same", "day"):
        return rest.take(3, *rest.left[:3])
    if first in _TIMES and _is_time(second):
        return rest.take(2, first, second)
    return None


def _size_of_rate(words: Sequence[str], *, has_count: bool) -> int:
    """Return how many words "twice a day", "four times a year" or, behind a count, "a year" takes; zero for another."""
    start = 1 if words[0] in {"once", "twice"} else 2 if words[1:2] == ("times",) and is_number(words[0]) else 0
    is_rate = words[start : start + 1] in {("a",), ("an",), ("per",)} and (start or has_count)
    return start + 2 if is_rate and _is_duration("".join(words[start + 1 : start + 2])) else 0


def _dates(rest: _Rest, speaker: Speaker) -> _Rest | None:
    """Read "since March", "in 2025", a year by itself, and "3 years" at the end."""
    first, second = rest.left[0], rest.left[1] if len(rest.left) > 1 else ""
    if first in {"in", "since", "until", "by", "before", "after", "during"} and (second.istitle() or _is_year(second)):
        is_date = _is_time(second) or _is_year(second) or second in {"Christmas", "Easter"}
        return rest.take(2, first, second) if is_date else None
    if _is_year(first) and len(rest.left) == 1 and rest.done and rest.done[-1] != "in":
        return rest.take(1, "in", first)
    if is_number(first) and _is_duration(second) and len(rest.left) == 2 and not rest.had_object:
        return rest.take(2, "for", number_in_words(first), second)
    return None


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word.startswith(("19", "20"))


def _is_time(word: str) -> bool:
    lower = word.lower()
    return (
        lower in word_list("time_nouns") or lower in word_list("months") or lower.removesuffix("s") in word_list("days")
    )


def _is_duration(word: str) -> bool:
    return word.removesuffix("s") in {"second", "minute", "hour", "day", "week", "month", "quarter", "season", "year"}


def _change(rest: _Rest, speaker: Speaker) -> _Rest | None:
    """Read "from 40 to 6 minutes" and "40 -> 6 minutes"."""
    left = rest.left[1:] if rest.left[0] == "from" else rest.left
    skipped = len(rest.left) - len(left)
    found = read_change(left)
    if found is None or (left[1:2] == ("to",) and not skipped) or not rest.done:
        return None
    return rest.take(skipped + found.size, "from", *found.words)


def _reflexive(rest: _Rest, speaker: Speaker) -> _Rest | None:
    if rest.left[0] in {"himself", "herself", "yourself", "myself"}:
        is_theirs = is_of_another(rest.left[0], "", rest.done)
        return rest.take(1, rest.left[0] if is_theirs else speaker.reflexive)
    return None


def _before_it(rest: _Rest, speaker: Speaker) -> _Rest | None:
    """Read "before its a problem"."""
    if rest.left[0] not in {"before", "until", "when"} or rest.left[1:3] not in {("its", "a"), ("it's", "a")}:
        return None
    phrase = read_noun_phrase(rest.left[2:], "")
    return rest.take(2 + phrase.size, rest.left[0], "it's", *phrase.words) if phrase else None


def _fixed(rest: _Rest, speaker: Speaker) -> _Rest | None:
    for size in (3, 2):
        if " ".join(rest.left[:size]) in word_lines("fixed_phrases"):
            return rest.take(size, *rest.left[:size])
    return None


def _preposition(rest: _Rest, speaker: Speaker) -> _Rest | None:
    """Read a preposition with what belongs to it."""
    if WordClass.PREPOSITION not in classes_of(rest.left[0]) or len(rest.left) < 2:
        return None
    preposition, following = rest.left[0], rest.left[1]
    if preposition in {"of", "at"} and following.isdigit() and (len(rest.left) == 2 or rest.left[2] == "every"):
        return rest.take(2, preposition, number_in_words(following) if preposition == "of" else following)
    is_span = following in _ONE_OR_MORE and _is_duration("".join(rest.left[2:3]))
    if preposition in _BEFORE_SPANS and (is_number(following) or is_span):
        return _duration(rest, preposition) or _noun_phrase(rest.take(1, preposition), speaker, "")
    verb = verb_of(following)
    if verb and following == verb.ing and WordClass.MASS not in classes_of(following):
        return rest.take(2, preposition, following, had_object=False)
    if preposition == "to" and WordClass.BASE in classes_of(following):
        return None
    return _noun_phrase(rest.take(1, preposition), speaker, _article_after(preposition, rest.left[1:], speaker))


def _duration(rest: _Rest, preposition: str) -> _Rest | None:
    if len(rest.left) > 2 and _is_duration(rest.left[2]):
        return rest.take(3, preposition, number_in_words(rest.left[1]), rest.left[2])
    if preposition == "under" and rest.left[1].endswith("%"):
        return rest.take(2, preposition, rest.left[1])
    return None


def _article_after(preposition: str, words: Sequence[str], speaker: Speaker) -> str:
    """Return the article for a place: "at a dairy group", "for a ferry company"; nothing where it is not sure."""
    phrase = read_noun_phrase(words, "a")
    if phrase is None or preposition not in {"at", "for", "in", "with", "from", "to"}:
        return ""
    if words[0] in {"old", "last", "previous", "former", "current"}:
        return speaker.own if speaker.own == "my" else ""
    is_team = preposition == "with" and phrase.head in _TEAMS and words[phrase.size : phrase.size + 1] == ("of",)
    return "a" if is_team or phrase.head in word_list("places") else ""


def _joined(rest: _Rest, speaker: Speaker) -> _Rest | None:
    """Read "and" with another verb in the speaker's form, or another noun phrase."""
    if rest.left[0] not in {"and", "but"} or len(rest.left) < 2 or not rest.done:
        return None
    verb = spoken_form(rest.left[1], speaker)
    if verb and "who" in rest.done:
        return None  # whose verb it is, nobody can tell
    if verb:
        return rest.take(2, rest.left[0], verb, had_object=False)
    return _noun_phrase(rest.take(1, "and"), speaker, "") if rest.left[0] == "and" else None


def spoken_form(word: str, speaker: Speaker) -> str:
    """Return a verb in the form that the speaker's sentence needs, or nothing when it is no such verb."""
    classes, verb = classes_of(word), verb_of(word)
    if verb is None or speaker.form not in classes:
        return ""
    return verb.base if speaker.form == WordClass.VERB_S else word


def _to_verb(rest: _Rest, speaker: Speaker) -> _Rest | None:
    """Read "to be rung", "to hear out": an infinitive."""
    if rest.left[0] != "to" or len(rest.left) < 2 or WordClass.BASE not in classes_of(rest.left[1]):
        return None
    if rest.left[1] == "be":
        is_passive = len(rest.left) > 2 and WordClass.PARTICIPLE in classes_of(rest.left[2])
        return rest.take(3, *rest.left[:3], had_object=True) if is_passive else None
    return rest.take(2, *rest.left[:2], had_object=False)


def _adverb(rest: _Rest, speaker: Speaker) -> _Rest | None:
    word = rest.left[0]
    if WordClass.ADVERB not in classes_of(word) or word in {"almost", "nobody", "even"}:
        return None
    is_preposition = WordClass.PREPOSITION in classes_of(word)
    if is_preposition and len(rest.left) > 1 and rest.left[1] not in {"and"}:
        return rest.take(1, word)
    if WordClass.ADJECTIVE in classes_of(word) and read_noun_phrase(rest.left, "the") and len(rest.left) > 1:
        return None
    return rest.take(1, word)


def _object(rest: _Rest, speaker: Speaker) -> _Rest | None:
    if rest.had_object:
        return None
    if rest.left[:2] == ("no", "to") and rest.done == ():
        return rest.take(1, "no", had_object=True)
    if rest.left[0] in {"someone", "people", "somebody"} and rest.left[1:2] in {("who",), ("that",)}:
        return _relative(rest)
    if rest.left[0] in {"everyone", "everybody", "everything", "someone", "something", "people", "them"}:
        return rest.take(1, rest.left[0], had_object=True)
    return _noun_phrase(rest, speaker, speaker.article, is_object=True)


def _relative(rest: _Rest) -> _Rest | None:
    """Read "someone who can talk", "people who call"; what follows is read like the rest of a sentence."""
    if len(rest.left) < 3:
        return None
    verb = rest.left[2]
    if verb in word_list("modals") and len(rest.left) > 3 and WordClass.BASE in classes_of(rest.left[3]):
        return rest.take(4, *rest.left[:4], had_object=False)
    form = WordClass.BASE if rest.left[0] == "people" else WordClass.VERB_S
    agrees = form in classes_of(verb) and WordClass.AUXILIARY not in classes_of(verb)
    return rest.take(3, *rest.left[:3], had_object=False) if agrees else None


def _noun_phrase(rest: _Rest, speaker: Speaker, article: str, *, is_object: bool = False) -> _Rest | None:
    """Read a noun phrase; "his" and "own" become the speaker's."""
    if not rest.left or rest.left[0] in speaker.refused | _REFUSED:
        return None
    first = rest.left[0]
    is_turned = first in speaker.turned and not is_of_another(first, "".join(rest.left[1:2]), rest.done)
    left = (speaker.own, *rest.left[1:]) if is_turned else rest.left
    if first == "own":
        left = (speaker.own, *rest.left)
    phrase = read_noun_phrase(left, article)
    if phrase is None or phrase.head in {"lot", "lots", "home"}:
        return None
    size = phrase.size - (1 if first == "own" else 0)
    return rest.take(size, *phrase.words, had_object=rest.had_object or is_object)


def with_article(speaker: Speaker, verb: str) -> Speaker:
    """Return the speaker with the article that a new object of this verb gets."""
    known = verb_of(verb)
    base = known.base if known else verb
    articles = word_table("articles")
    return replace(speaker, article=articles.get(base, ""))


def may_be_passive(verb: str, words: Sequence[str]) -> bool:
    """Return whether a past verb may be a participle, as it has no object: "raised in Ghana", "promoted twice"."""
    known = verb_of(verb)
    if known is None or known.past != known.participle or verb in word_list("without_object"):
        return False
    return not words or (bool(classes_of(words[0]) & _BEFORE_NO_OBJECT) and not _is_particle(words))


_BEFORE_NO_OBJECT: Final = {WordClass.PREPOSITION, WordClass.ADVERB}


def _is_particle(words: Sequence[str]) -> bool:
    """Return whether an object follows a particle, as in "brought in 12 new clients"."""
    is_short = words[0] in {"in", "up", "out", "down", "back", "over", "off", "through"} and len(words) > 1
    return is_short and (is_number(words[1]) or words[1] in {"the", "a", "an", "my", "his", "her", "their"})
