"""Sentences about the candidate, each beginning with "I"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from followup_mail.language.lexicon import WordClass, classes_of, verb_of, word_lines, word_list, word_table
from followup_mail.language.note_words import Part, is_name, is_number, looks_like_a_word
from followup_mail.language.noun_phrases import NounPhrase, is_plural, number_in_words, read_noun_phrase
from followup_mail.language.verb_phrases import Speaker, read_rest, with_article

CANDIDATE: Final = Speaker(
    own="my",
    reflexive="myself",
    turned=frozenset(),
    refused=frozenset({"his", "her", "your", "you", "their"}),
    form=WordClass.PAST,
)
_LEVEL: Final = re.compile(r"^(?:[ABC][12]|N[1-5])$")


def own_sentence(parts: Sequence[Part]) -> str:
    """Return a sentence about the candidate, or nothing where the note does not carry one for sure."""
    if not parts or (len(parts) > 1 and parts[1].words[0] in word_list("careful_beginnings")):
        return ""
    for build in _BUILDERS:
        words = build(parts)
        if words:
            return sentence(("I", *words))
    return ""


def sentence(words: Sequence[str]) -> str:
    """Return words as a sentence."""
    text = " ".join(words).replace(" ,", ",")
    return f"{text[0].upper()}{text[1:]}."


def listed(items: Sequence[str]) -> str:
    """Return a list in words."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _items(parts: Sequence[Part]) -> list[tuple[str, ...]]:
    """Return the items of a list that is parted by commas, slashes, plus signs or "and"."""
    items: list[tuple[str, ...]] = []
    for part in parts:
        item: list[str] = []
        for word in " ".join(part.words).replace("/", " / ").split():
            if word in {"and", "/"}:
                items.append(tuple(item))
                item = []
            else:
                item.append(word)
        items.append(tuple(item))
    return items


def _languages(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "Punjabi, Hindi, English", "German B2", "N3 Japanese" and "pt/en/de"."""
    if any(part.mark not in {"", ","} for part in parts):
        return ()
    items = _items(parts)
    codes = word_table("language_codes")
    if len(items) > 1 and all(len(item) == 1 and item[0].lower() in codes for item in items):
        return ("speak", listed([codes[item[0].lower()] for item in items]))
    spoken = [_language(item) for item in items]
    if not items or not all(spoken):
        return ()
    plain, other = [text for text in spoken if " " not in text], [text for text in spoken if " " in text]
    if not plain or not other:
        return ("speak", listed(plain or other))
    return ("speak", f"{listed(plain)},", "and", listed(other))


def _language(item: tuple[str, ...]) -> str:
    words = [word for word in item if not _LEVEL.match(word.upper())]
    levels = [word.upper() for word in item if _LEVEL.match(word.upper())]
    quantity = "a little " if words[:1] and words[0] in {"small", "some", "little", "basic"} else ""
    words = words[1:] if quantity else words
    if len(words) != 1 or words[0].lower() not in word_list("languages") or len(levels) > 1 or (levels and quantity):
        return ""
    name = words[0].capitalize() if words[0].lower() not in {"bsl", "asl"} else words[0].upper()
    return f"{quantity}{name}" + (f" at {levels[0]} level" if levels else "")


def _years(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "4 years selling …", "14 years finance, 5 as CFO" and "5 years Spark"."""
    place = next((place for place, part in enumerate(parts[:2]) if _is_span(part.words)), None)
    if place is None or (place and not is_name(parts[0].words[0])):
        return ()
    words = parts[place].words
    span, rest = (number_in_words(words[0]), words[1]), words[2:]
    verb = verb_of(rest[0])
    if verb and rest[0] == verb.ing_form and len(rest) > 1 and WordClass.PREPOSITION not in classes_of(rest[1]):
        done = read_rest(rest[1:], with_article(CANDIDATE, verb.base))
        return ("have", verb.participle, *done, "for", *span) if done else ()
    experience = _experience(span, rest)
    return (*experience, *_years_within(parts[place + 1 :], int(words[0]))) if experience else ()


def _is_span(words: Sequence[str]) -> bool:
    return len(words) > 2 and words[0].isdigit() and words[0] != "1" and words[1] in {"years", "months"}


def _experience(span: tuple[str, str], rest: Sequence[str]) -> tuple[str, ...]:
    split = " ".join(rest).replace("/", " and ").split()
    tools = word_table("tools").values()
    if all(word in {*tools, "and"} or word_table("tools").get(word.lower()) for word in split):
        named = [word_table("tools").get(word.lower(), word) for word in split]
        return ("have", *span, "of experience with", *named)
    if len(rest) == 1 and rest[0] in word_list("fields"):
        return ("have", *span, "of", rest[0], "experience")
    rest = rest[1:] if rest[0] in {"in", "of", "as"} and len(rest) > 1 else rest
    phrase = read_noun_phrase(rest, "a")
    if phrase is None or phrase.size != len(rest) or rest[-1] == "experience" or not rest[0][0].islower():
        return ()
    if is_number(rest[0]) or is_name(rest[-1]) or rest[0] in {"my", "our", "the", "a"}:
        return ()
    return _experience_of(span, rest, phrase)


def _experience_of(span: tuple[str, str], rest: Sequence[str], phrase: NounPhrase) -> tuple[str, ...]:
    if phrase.head in word_list("roles") or _is_job(phrase.head):
        is_person = phrase.words[0] in {"a", "an"}
        return ("have", *span, "of experience as", *phrase.words) if is_person else ()
    if phrase.head in word_list("people"):
        return ()
    if WordClass.MASS in classes_of(phrase.head) and len(phrase.words) == len(rest):
        return ("have", *span, "of experience in", *phrase.words)
    is_bare = len(rest) <= 3 and not is_plural(rest[-1]) and bool(classes_of(rest[-1]))
    return ("have", *span, "of", *rest, "experience") if is_bare else ()


def _is_job(head: str) -> bool:
    is_agent = head.endswith(("er", "or", "ist", "ant")) and (
        WordClass.COUNT in classes_of(head) or not classes_of(head)
    )
    return is_agent or head in word_list("jobs")


def _years_within(parts: Sequence[Part], total: int) -> tuple[str, ...]:
    """Read ", 4 in transit" and ", 5 as CFO"; a tail that says something else is left out."""
    if not parts:
        return ()
    words = [word for word in parts[0].words if word not in {"years", "of", "which", "those", "them"}]
    if len(words) < 3 or not words[0].isdigit() or not 1 < int(words[0]) < total or words[1] not in {"as", "in"}:
        return ()
    phrase = read_noun_phrase(words[2:], "a")
    if phrase is None or phrase.size != len(words) - 2:
        return ()
    return (",", number_in_words(words[0]), "of them", words[1], *phrase.words)


def _own(parts: Sequence[Part]) -> tuple[str, ...]:
    words = parts[0].words
    phrase = read_noun_phrase(("my", *words), "") if words[0] == "own" and len(words) > 1 else None
    return ("have", *phrase.words) if phrase and phrase.size == len(words) + 1 and len(parts) == 1 else ()


def _credential(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "OSHA 30 card" and "boat licence since 2023"."""
    words = list(parts[0].words)
    since = ""
    for part in parts[:2]:
        if len(part.words) > 1 and part.words[-2] == "since" and part.words[-1].isdigit() and len(part.words[-1]) == 4:
            since = part.words[-1]
    words = words[:-2] if since and words[-2:] == ["since", since] else words
    if (
        not words
        or words[-1] not in word_list("credentials")
        or not 1 < len(words) <= 5
        or (len(parts) > 1 and not since)
    ):
        return ()
    if not all(_may_name_a_credential(word) for word in words[:-1]):
        return ()
    article = read_noun_phrase((words[0], "card"), "a")
    if article is None:
        return ()
    held = (article.words[0], *words)
    return ("have held", *held, "since", since) if since else ("have", *held)


def _may_name_a_credential(word: str) -> bool:
    if not classes_of(word) and looks_like_a_word(word):
        return True
    is_noun = bool(classes_of(word) & {WordClass.COUNT, WordClass.MASS, WordClass.ADJECTIVE})
    return is_name(word) or word.isdigit() or is_noun or word == "and"


def _never(parts: Sequence[Part]) -> tuple[str, ...]:
    words = parts[0].words
    if (
        words[0] != "never"
        or len(words) < 3
        or words[1] not in {"missed", "failed", "lost", "skipped"}
        or len(parts) > 1
    ):
        return ()
    rest = read_rest(words[2:], CANDIDATE)
    return ("have not" if "in" in words[2:] else "have never", words[1], *rest) if rest else ()


def _standing(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "keyholder, first aider": what somebody is by a paper."""
    names = dict(line.split("|") for line in word_lines("standing"))
    items = ["-".join(item) for item in _items(parts)]
    if not items or not all(item in names for item in items):
        return ()
    return ("am", listed([f"a {names[item]}" for item in items]))


def _qualified(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "certified trainer for the Environment Act" and "neonatal instructor since 2024"."""
    words = parts[0].words
    phrase = read_noun_phrase(words, "a")
    if phrase is None or phrase.head not in word_list("roles") or phrase.words[0] not in {"a", "an"}:
        return ()
    tail = words[phrase.size :]
    if len(tail) == 2 and tail[0] == "since" and tail[1].isdigit():
        return ("have been", *phrase.words, *tail)
    if words[0] not in {"certified", "licensed", "registered", "qualified", "chartered"}:
        return ()
    done = read_rest(tail, CANDIDATE)
    return ("am", *phrase.words, *done) if done is not None else ()


def _which_i(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "court report template i wrote"."""
    words = parts[0].words
    at = next((place for place, word in enumerate(words) if word in {"i", "I"}), 0)
    if not at or len(words) != at + 2 or not _is_past_verb((words[-1], "the")):
        return ()
    phrase = read_noun_phrase(words[:at], with_article(CANDIDATE, words[-1]).article)
    return (
        (words[-1], *phrase.words) if phrase and phrase.size == at and words[-1] not in word_list("not_to_tell") else ()
    )


def _fluent(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "fluent in Polish"."""
    words = parts[0].words
    is_fluent = len(words) == 3 and words[:2] == ("fluent", "in") and words[2].lower() in word_list("languages")
    return ("am", *words[:2], words[2].capitalize()) if is_fluent and len(parts) == 1 else ()


def _done(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "70+ sessions moderated": the candidate did it."""
    words = parts[0].words
    if len(words) < 3 or words[-1] not in word_list("done_by_the_candidate") or not is_number(words[0]):
        return ()
    phrase, verb = read_noun_phrase(words[:-1], ""), verb_of(words[-1])
    if phrase is None or verb is None or phrase.size != len(words) - 1:
        return ()
    return ("have", verb.participle, *phrase.words)


def _past(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read a note that begins with a past verb, as "trained 2 apprentices at old shop"."""
    words = parts[0].words
    words = words[1:] if words[0] in {"i", "I"} else words
    if len(words) < 2 or words[0] in word_list("not_to_tell") or not _is_past_verb(words):
        return ()
    rest = read_rest(words[1:], with_article(CANDIDATE, words[0]))
    return (words[0], *rest) if rest else ()


def _is_past_verb(words: Sequence[str]) -> bool:
    """Tell whether the first word is a past verb for sure, and not an adjective or a base form."""
    classes = classes_of(words[0])
    if WordClass.PAST not in classes or classes & {WordClass.ADJECTIVE, WordClass.AUXILIARY}:
        return False
    is_also_noun = bool(classes & {WordClass.COUNT, WordClass.MASS, WordClass.PLURAL})
    starts_object = is_number(words[1]) or bool({WordClass.DETERMINER, WordClass.POSSESSIVE} & classes_of(words[1]))
    return not is_also_noun or starts_object or ("from" in words or "->" in words)


_BUILDERS: Final = (
    _languages, _fluent, _years, _own, _credential, _never, _standing, _qualified, _done, _which_i, _past,
)  # fmt: skip
