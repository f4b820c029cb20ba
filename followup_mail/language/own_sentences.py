"""Sentences about the candidate, each beginning with "I"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.lexicon import WordClass, classes_of, verb_of, word_lines, word_list, word_table
from followup_mail.language.note_means import means_of
from followup_mail.language.note_words import Part, is_name, is_number, looks_like_a_word
from followup_mail.language.noun_phrases import number_in_words, read_noun_phrase
from followup_mail.language.own_standing import does, held_a_job, spent
from followup_mail.language.result_clauses import owned_change, results_of
from followup_mail.language.short_names import lift_short_name, put_short_name
from followup_mail.language.speakers import CANDIDATE
from followup_mail.language.spoken_languages import items_of, listed, spoken_languages
from followup_mail.language.verb_phrases import may_be_passive, read_rest, with_article
from followup_mail.language.years_of_experience import years_of_experience


def own_sentence(parts: Sequence[Part]) -> str:
    """Return a sentence about the candidate, or nothing where the note does not carry one for sure."""
    if not parts or (len(parts) > 1 and parts[1].words[0] in word_list("careful_beginnings")):
        return ""
    parts, name, behind = lift_short_name(parts)
    for build in _BUILDERS:
        words = build(parts)
        if words:
            said = sentence(("I", " ".join(words) + (_more_of(parts) if build in _DONE else "")))
            return put_short_name(said, name, behind)
    return put_short_name(_behind_a_place(parts), name, behind)


def _more_of(parts: Sequence[Part]) -> str:
    """Return what came of a deed; where nothing did, by what means it was done, which a note has in brackets."""
    is_explained = len(parts) > 1 and parts[1].mark == "("
    return results_of(parts) or (means_of(parts[1:]) if is_explained else "")


def _behind_a_place(parts: Sequence[Part]) -> str:
    """Read "University law clinic, 2 years: drafted 26 affidavits": what was done stands behind where it was."""
    place = read_noun_phrase(parts[0].words, "a")
    if place is None or place.size != len(parts[0].words) or place.head not in word_list("places") | _WORKS:
        return ""
    for start in (1, 2):
        later = parts[start:]
        done = _past(later) if later and later[0].mark in {",", ":", "-"} else ()
        if done and any(is_number(word) for word in done):
            return sentence(("at", *place.words, "I", " ".join(done) + results_of(later)))
    return ""


def sentence(words: Sequence[str]) -> str:
    """Return words as a sentence."""
    text = " ".join(words).replace(" ,", ",")
    return f"{text[0].upper()}{text[1:]}."


def _own(parts: Sequence[Part]) -> tuple[str, ...]:
    words = parts[0].words
    phrase = read_noun_phrase(("my", *words), "") if _is_own_thing(words) else None
    return ("have", *phrase.words) if phrase and phrase.size == len(words) + 1 and len(parts) == 1 else ()


def _is_own_thing(words: Sequence[str]) -> bool:
    return len(words) > 1 and words[0] == "own" and WordClass.DETERMINER not in classes_of(words[1])


def _credentials(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "lashing certificate, first aid certificate"."""
    if len(parts) not in {2, 3} or any(part.mark not in {"", ","} for part in parts):
        return ()
    single = [_credential((Part("", part.words),)) for part in parts]
    if not all(words[:1] == ("have",) and "held" not in words for words in single):
        return ()
    return ("have", listed([" ".join(words[1:]) for words in single]))


def _credential(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "OSHA 30 card" and "boat licence since 2023"."""
    words = list(parts[0].words)
    since = ""
    if len(words) > 4 and words[-3:-1] == ["valid", "until"] and words[-1].isdigit() and len(parts) == 1:
        held = _credential((Part("", tuple(words[:-3])),))
        return (*held, *words[-3:]) if held else ()
    for part in parts[:2]:
        if len(part.words) > 1 and part.words[-2] == "since" and part.words[-1].isdigit() and len(part.words[-1]) == 4:
            since = part.words[-1]
    words = words[:-2] if since and words[-2:] == ["since", since] else words
    renewed = _renewed(parts[1:]) if len(parts) == 2 else ()
    is_cut = len(parts) > 1 and not (since or renewed)
    if is_cut or not 1 < len(words) <= 5 or words[-1] not in word_list("credentials"):
        return ()
    if not all(_may_name_a_credential(word) for word in words[:-1]):
        return ()
    article = read_noun_phrase((words[0], "card"), "a")
    if article is None:
        return ()
    held = ("a" if words[0] == "first" else article.words[0], *words)
    return ("have held", *held, "since", since) if since else ("have", *held, *renewed)


def _renewed(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "renewed in May" and "valid until 2028" behind what somebody holds."""
    words = parts[0].words
    is_said = len(words) == 3 and words[:2] in {("renewed", "in"), ("valid", "until"), ("passed", "in")}
    is_date = is_said and (words[2].lower() in word_list("months") or (words[2].isdigit() and len(words[2]) == 4))
    return (",", *words[:2], words[2].capitalize()) if is_date else ()


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


def _without(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "no at-fault accident in 600,000 km": nothing of the kind happened."""
    words = parts[0].words
    if words[0] != "no" or "in" not in words or len(parts) > 1:
        return ()
    at = words.index("in")
    phrase = read_noun_phrase(words[1:at], "a") if at > 1 else None
    span = words[at + 1 :]
    is_span = (
        len(span) == 2 and is_number(span[0]) and (WordClass.PLURAL in classes_of(span[1]) or span[1] in _COUNTED_IN)
    )
    if phrase is None or phrase.size != at - 1 or not is_span or phrase.head not in word_list("happens_to_one"):
        return ()
    return ("have had", "no", *words[1:at], "in", number_in_words(span[0]), span[1])


def _worked_with(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "weekly counts in cold store, differences 2.1% -> 0.3%": no verb, so the weakest that is true."""
    words, result = parts[0].words, owned_change(parts[1].words) if len(parts) > 1 and parts[1].mark == "," else ()
    phrase = read_noun_phrase(words, "a") if result else None
    if phrase is None or is_number(words[0]) or classes_of(words[0]) & {WordClass.PAST, WordClass.ING}:
        return ()
    rest = words[phrase.size :]
    tail = read_noun_phrase(rest[1:], "a") if len(rest) > 1 and rest[0] in {"in", "at", "for", "with"} else None
    if rest and (tail is None or tail.size != len(rest) - 1):
        return ()
    place = (rest[0], *tail.words) if tail else ()
    return ("have worked with", *phrase.words, *place, ", and", *result)


_WORKS: Final = frozenset(
    {"review", "journal", "magazine", "job", "placement", "internship", "project", "team", "club"}
)
_COUNTED_IN: Final = frozenset({"km", "kg"})


def _standing(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "keyholder, first aider": what somebody is by a paper."""
    names = dict(line.split("|") for line in word_lines("standing"))
    items = ["-".join(item) for item in items_of(parts)]
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


def _tools_since(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "FlowCam + ZooScan since 2019": named things that somebody has worked with."""
    words = parts[0].words
    tools = words[:-2]
    is_since = len(words) > 2 and words[-2] == "since" and words[-1].isdigit() and len(words[-1]) == 4
    if not is_since or len(parts) > 1 or not all(_is_tool(word) or word == "and" for word in tools):
        return ()
    return ("have", "worked", "with", listed([word for word in tools if word != "and"]), *words[-2:])


def _is_tool(word: str) -> bool:
    is_brand = word[:1].isupper() and sum(map(str.isupper, word)) > 1 and not word.isupper()
    return is_brand or word in word_table("tools").values()


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
    if (
        len(words) < 2
        or words[0] in word_list("not_to_tell")
        or not _is_past_verb(words)
        or may_be_passive(words[0], words[1:])
    ):
        return ()
    rest = read_rest(words[1:], with_article(CANDIDATE, words[0]))
    verb = verb_of(words[0])
    if not rest or verb is None:
        return ()
    return ("have", verb.participle, *rest) if "since" in rest else (words[0], *rest)


def _is_past_verb(words: Sequence[str]) -> bool:
    """Return whether the first word is a past verb for sure, and not an adjective or a base form."""
    classes = classes_of(words[0])
    if WordClass.PAST not in classes or WordClass.AUXILIARY in classes:
        return False
    is_also_noun = bool(classes & {WordClass.COUNT, WordClass.MASS, WordClass.PLURAL, WordClass.ADJECTIVE})
    starts_object = is_number(words[1]) or bool({WordClass.DETERMINER, WordClass.POSSESSIVE} & classes_of(words[1]))
    return not is_also_noun or starts_object or ("from" in words or "->" in words)


_BUILDERS: Final = (
    spoken_languages,
    _fluent,
    years_of_experience,
    _own,
    _credentials,
    _credential,
    _never,
    _without,
    _standing,
    _qualified,
    _tools_since,
    held_a_job,
    spent,
    does,
    _done,
    _which_i,
    _past,
    _worked_with,
)
_DONE: Final = frozenset({_done, _which_i, _past})
"""What was done can have a result."""
