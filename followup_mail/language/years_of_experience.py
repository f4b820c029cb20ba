"""Years of experience, as notes give them: with a verb, in a field, as a job, with a tool."""

from __future__ import annotations

from collections.abc import Sequence

from followup_mail.language.lexicon import WordClass, classes_of, verb_of, word_list, word_table
from followup_mail.language.note_words import Part, is_name, is_number
from followup_mail.language.noun_phrases import NounPhrase, is_plural, number_in_words, read_noun_phrase
from followup_mail.language.speakers import CANDIDATE
from followup_mail.language.verb_phrases import read_rest, with_article

_AWAY = frozenset({"home", "away", "abroad", "off"})


def years_of_experience(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "4 years selling …", "14 years finance, 5 as CFO" and "5 years Spark"."""
    parts = _span_first(parts)
    place = next((place for place, part in enumerate(parts[:2]) if _is_span(part.words)), None)
    if place is None or (place and not is_name(parts[0].words[0])):
        return ()
    words = parts[place].words
    span, rest = (number_in_words(words[0]), f"{words[1].removesuffix('s')}s"), words[2:]
    verb = verb_of(rest[0])
    if verb and rest[0] == verb.ing and len(rest) > 1 and WordClass.PREPOSITION not in classes_of(rest[1]):
        done = read_rest(rest[1:], with_article(CANDIDATE, verb.base))
        more = _with_so_many(parts[place + 1].words) if done and len(parts) > place + 1 else ()
        return ("have", verb.participle, *done, "for", *span, *more) if done else ()
    experience = _experience(span, rest)
    return (*experience, *_years_within(parts[place + 1 :], int(words[0]))) if experience else ()


def _span_first(parts: Sequence[Part]) -> Sequence[Part]:
    """Turn "new grad mentor for 2 years" round, as the years are what is known for sure."""
    words = parts[0].words
    if len(parts) > 1 or len(words) < 4 or words[-3] != "for" or not _is_span((*words[-2:], "")):
        return parts
    phrase = read_noun_phrase(words[:-3], "a")
    is_held = (
        phrase is not None
        and phrase.size == len(words) - 3
        and (phrase.head in word_list("roles") or is_job(phrase.head))
    )
    return (Part("", (*words[-2:], "as", *words[:-3])),) if is_held else parts


def _is_span(words: Sequence[str]) -> bool:
    return (
        len(words) > 2 and words[0].isdigit() and words[0] != "1" and words[1] in {"years", "months", "year", "month"}
    )


def _experience(span: tuple[str, str], rest: Sequence[str]) -> tuple[str, ...]:
    split = " ".join(rest).replace("/", " and ").split()
    tools = word_table("tools").values()
    if all(word in {*tools, "and"} or word_table("tools").get(word.lower()) for word in split):
        named = [word_table("tools").get(word.lower(), word) for word in split]
        return ("have", *span, "of experience with", *named)
    is_short = len(rest) == 1 and rest[0].isupper() and 2 < len(rest[0]) < 6
    if is_short or (len(rest) == 1 and rest[0] in word_list("fields") | word_list("fields_in_capitals")):
        return ("have", *span, "of", rest[0], "experience")
    rest = rest[1:] if rest[0] in {"in", "of", "as"} and len(rest) > 1 else rest
    phrase = read_noun_phrase(rest, "a")
    if phrase is not None and rest[phrase.size : phrase.size + 1] == ("and",):
        return _experience_of_two(span, rest, phrase.size)
    if phrase is None or phrase.size != len(rest) or rest[-1] == "experience" or not _is_plain(rest[0]):
        return ()
    if is_number(rest[0]) or is_name(rest[-1]) or rest[0] in {"my", "our", "the", "a"}:
        return ()
    return _experience_of(span, rest, phrase)


def _is_plain(word: str) -> bool:
    return word[0].islower() or word in word_list("acronyms") or (word.isupper() and 2 < len(word) < 6)


def _experience_of_two(span: tuple[str, str], rest: Sequence[str], at: int) -> tuple[str, ...]:
    """Read "chemistry and physical science": two fields."""
    fields = [read_noun_phrase(rest[:at], ""), read_noun_phrase(rest[at + 1 :], "")]
    sizes = [field.size for field in fields if field and WordClass.MASS in classes_of(field.head)]
    return (
        ("have", *span, "of experience in", *rest) if sizes == [at, len(rest) - at - 1] and _is_plain(rest[0]) else ()
    )


def _experience_of(span: tuple[str, str], rest: Sequence[str], phrase: NounPhrase) -> tuple[str, ...]:
    if phrase.head in word_list("roles") or is_job(phrase.head):
        is_person = phrase.words[0] in {"a", "an"}
        return ("have", *span, "of experience as", *phrase.words) if is_person else ()
    if phrase.head in word_list("people") | word_list("not_a_field") or not _AWAY.isdisjoint(rest[:1]):
        return ()
    is_field = WordClass.MASS in classes_of(phrase.head) or phrase.head in word_list("modifier_plurals")
    if is_field and len(phrase.words) == len(rest):
        return ("have", *span, "of experience in", *phrase.words)
    is_bare = (
        len(rest) <= 3
        and WordClass.DETERMINER not in classes_of(rest[0])
        and not is_plural(rest[-1])
        and bool(classes_of(rest[-1]))
    )
    return ("have", *span, "of", *rest, "experience") if is_bare else ()


def is_job(head: str) -> bool:
    """Return whether a noun is what somebody does for a living, as far as its ending tells."""
    is_agent = head.endswith(("er", "or", "ist", "ant")) and (
        WordClass.COUNT in classes_of(head) or not classes_of(head)
    )
    return (is_agent and head not in word_list("not_jobs")) or head in word_list("jobs")


def _years_within(parts: Sequence[Part], total: int) -> tuple[str, ...]:
    """Read ", 4 in transit" and ", 5 as CFO"; a tail that says something else is left out."""
    if not parts:
        return ()
    if said := _with_so_many(parts[0].words):
        return said
    words = [word for word in parts[0].words if word not in {"years", "of", "which", "those", "them"}]
    if len(words) < 3 or not words[0].isdigit() or not 1 < int(words[0]) < total or words[1] not in {"as", "in"}:
        return ()
    phrase = read_noun_phrase(words[2:], "a")
    if phrase is None or phrase.size != len(words) - 2 or phrase.head == "head":
        return ()
    return (",", number_in_words(words[0]), "of them", words[1], *phrase.words)


def _with_so_many(words: Sequence[str]) -> tuple[str, ...]:
    """Read ", 220 covers on fridays" and ", 0 at-fault accidents"."""
    is_none = words[0] in {"0", "no", "zero"} and words[-1] in word_list("happens_to_one")
    if is_none and len(words) <= 3 and is_plural(words[-1]):
        return (", with no", *words[1:])
    tail = words[2:]
    is_day = len(tail) == 2 and tail[0] == "on" and tail[1].lower().removesuffix("s") in word_list("days")
    is_rate = len(tail) == 2 and tail[0] in {"a", "per"} and tail[1] in word_list("units") | word_list("time_nouns")
    is_many = len(words) == 4 and is_number(words[0]) and is_plural(words[1]) and bool(classes_of(words[1]))
    return (", with", number_in_words(words[0]), words[1], *tail) if is_many and (is_day or is_rate) else ()
