"""Notes that are already written out: a sentence about the candidate, or a phrase that follows "about".

Some people type their notes with care. Such a note stands as it is; one sign of jotting and it is left to the grammar.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from followup_mail.language.lexicon import WordClass, classes_of, verb_of, word_list, word_table
from followup_mail.language.note_articles import NUMBER_WORDS, needs_article
from followup_mail.language.note_words import is_name, looks_like_a_word
from followup_mail.regex import regex

_SHORTEST_SENTENCE, _LONGEST_SENTENCE = 4, 26
_LONGEST_PHRASE: Final = 12
_JOTTED: Final = regex(
    r"""[^\w\s'.,%-]|\d[a-z]|[a-z]\d|_|\.\w|[a-z]\.\s\w|\s[.,]|(?:^|\s)['-]|[-'](?:\s|$)|\.\.|\b(?:i|im|ive|dont|didnt|cant|wasnt)\b""",
)
_FULL_I: Final = {"'ve": "I have", "'m": "I am"}
_SHORT_I: Final = regex(r"^I('ve|'m)\b")
_TAILS: Final = frozenset("so which and but because where who while with when".split())
_OTHERS: Final = frozenset("he she him his her hers himself herself".split())
_ARTICLES: Final = frozenset({"the", "a", "an", "your"})
_ASKING: Final = frozenset({"how", "what", "why", "where", "when", "who"})
_SUBORDINATES: Final = frozenset({"that", "which", "who", "whose", "where", "when", "how", "what", "why", "you"})
_OPEN: Final = frozenset(
    {WordClass.PREPOSITION, WordClass.DETERMINER, WordClass.POSSESSIVE, WordClass.CONJUNCTION, WordClass.AUXILIARY}
)
_MAY_END: Final = frozenset({"by", "in", "on", "about", "with", "for", "like", "before", "after", "around", "up"})
_FINITE: Final = frozenset({WordClass.VERB_S, WordClass.PAST, WordClass.AUXILIARY})
_NOUN_LIKE: Final = frozenset({WordClass.COUNT, WordClass.MASS, WordClass.PLURAL, WordClass.ADJECTIVE})
_AFTER_ING: Final = frozenset({WordClass.DETERMINER, WordClass.POSSESSIVE, WordClass.PREPOSITION})
_ENDS_IN_NOTHING: Final = frozenset({"thing", "things", "stuff", "lot", "bit", "everything"})
_SAYS_NOTHING: Final = frozenset("job position role post company conversation interview next thing".split())


def finished_sentence(plain: str) -> str:
    """Return a note that is already a sentence of the candidate's, with its capital and its full stop; or nothing.

    It begins with "I" and a verb, or with where that was: "at Harbor Logistics I moved the nightly jobs".
    """
    plain = _SHORT_I.sub(lambda found: _FULL_I[found[1]], plain)
    words = _words(plain)
    if not words or not _SHORTEST_SENTENCE <= len(words) <= _LONGEST_SENTENCE or not _goes_on(plain):
        return ""
    start = 0 if words[0] == "I" else _place(words)
    if start is None or not _is_said_of_me(words[start + 1 :]) or not _is_ended(words):
        return ""
    if not _has_articles([_small(word) for word in _without_adverbs(words[start:])]):
        return ""
    text = plain.rstrip(" .")
    return f"{text[0].upper()}{text[1:]}."


def _goes_on(plain: str) -> bool:
    """Return whether a comma is followed by more of the sentence, and not by another jotted point."""
    tails = [tail.lower().split() for tail in plain.split(",")[1:]]
    if len(tails) == 1 and tails[0] and tails[0][0] in _ARTICLES:
        return not {"of", "that", "which", "who"}.isdisjoint(tails[0])  # "Polish, the language of your second office"
    return all(tail and tail[0] in _TAILS for tail in tails)


def finished_topic(plain: str) -> str:
    """Return a note that is already a thing, an activity or an indirect question, as it follows "about"; or nothing."""
    words = _words(plain.rstrip("?")) if _begins(plain, _ASKING) else _words(plain)
    if not words or len(words) > _LONGEST_PHRASE or "," in plain or not _is_ended(words):
        return ""
    first = words[0].lower()
    small = [_small(words[0]), *words[1:]]
    if len(words) == 1:
        return _single(words[0])
    if first in _ARTICLES:
        holds = small[1] not in _SAYS_NOTHING and _is_thing(small[1:]) and _has_articles(small)
    elif first in _ASKING:
        holds = _is_clause(small[1:]) and _has_articles(small[1:])
    else:
        holds = _is_activity(small)
    return " ".join(small) if holds else ""


def _words(plain: str) -> list[str]:
    """Return the words of a note, or none when anything in it looks jotted."""
    text = plain.strip().rstrip(".").strip()
    words = text.replace(",", " ").split()
    is_jotted = not text or _JOTTED.search(text) or any(_is_short_form(word) for word in words)
    return [] if is_jotted or any(word.lower() in _OTHERS for word in words) else words


def _is_short_form(word: str) -> bool:
    """Return whether a word is written short: "mgmt", "yrs"; an abbreviation in capitals is a name."""
    if word.isupper() or is_name(word) or word.isdigit():
        return False
    plain = word.removesuffix("'s").removesuffix("'").lower()
    if plain in word_table("short_forms"):
        return True
    is_known = bool(classes_of(plain)) or plain.endswith("ly") or "-" in plain or plain in _ALSO_KNOWN
    return not (is_known or looks_like_a_word(plain) or any(letter.isdigit() for letter in plain))


_ALSO_KNOWN: Final = NUMBER_WORDS | frozenset(
    "such don't didn't haven't hasn't wasn't isn't can't couldn't won't".split()
)
_BEFORE_VERBS: Final = frozenset({"I", "you", "they", "we", "to"})
_DETERMINING: Final = frozenset({WordClass.DETERMINER, WordClass.POSSESSIVE})
_NOUN_ENDS: Final = frozenset({WordClass.PREPOSITION, WordClass.CONJUNCTION, WordClass.PRONOUN, WordClass.AUXILIARY})


def _place(words: list[str]) -> int | None:
    """Return where "I" stands behind a place or a time: "at Harbor Logistics I"."""
    if words[0].lower() not in {"at", "in", "for", "since", "with", "as"} or "I" not in words[2:7]:
        return None
    at = words.index("I")
    return (
        at if all(is_name(word) or word.lower() in {"my", "last", "a", "the", "of"} for word in words[1:at]) else None
    )


def _is_said_of_me(words: list[str]) -> bool:
    """Return whether a verb follows "I" that a sentence in the first person can have."""
    rest = _without_adverbs(words)
    if not rest:
        return False
    classes = classes_of(rest[0])
    is_verb = rest[0] in {"am", "was", "have", "had", "can", "could", "did", "do"} or classes & {
        WordClass.PAST,
        WordClass.BASE,
    }
    return bool(is_verb) and "I" not in words[:1]


def _without_adverbs(words: list[str]) -> list[str]:
    """Return the words without the adverbs that may stand between "I" and its verb: "I also drive the van"."""
    return [word for word in words if not (word.endswith("ly") or word in {"also", "once", "never", "still", "often"})]


def _is_ended(words: list[str]) -> bool:
    """Return whether a note does not stop in the middle; it may end as "the handbook that we work by" does."""
    last = words[-1].lower()
    is_open = classes_of(last) & _OPEN and not classes_of(last) & (_NOUN_LIKE | {WordClass.ADVERB})
    is_clause = any(word in {"that", "which", "who", "how", "what"} for word in words[:-2])
    may_end = last in _MAY_END or (is_clause and WordClass.PREPOSITION in classes_of(last))
    return last not in _ENDS_IN_NOTHING and (not is_open or (may_end and len(words) > _SHORTEST_SENTENCE))


def _is_thing(words: list[str]) -> bool:
    """Return whether a noun phrase follows an article, without a verb of its own: "the team grew" is a sentence."""
    for before, word in zip(["", *words], words, strict=False):
        if word in _SUBORDINATES:
            return word != words[0]
        if _stands_as_verb(before, word, words):
            return False
        classes = classes_of(word)
        if word == "not" or (classes & _FINITE and not classes & (_NOUN_LIKE | {WordClass.PARTICIPLE})):
            return False
    return not all(classes_of(word) <= {WordClass.ADJECTIVE} and classes_of(word) for word in words)


def _stands_as_verb(before: str, word: str, words: list[str]) -> bool:
    """Return whether a word like "stops" or "opens" is the verb of the noun before it: "line stops twice"."""
    classes = classes_of(word)
    following = classes_of("".join(words[words.index(word) + 1 : words.index(word) + 2]))
    may_be = WordClass.VERB_S in classes and WordClass.COUNT in classes_of(before)
    return may_be and bool(following & {WordClass.ADVERB, WordClass.DETERMINER, WordClass.POSSESSIVE})


def _is_clause(words: list[str]) -> bool:
    """Return whether somebody does something in what follows "how" or "why"."""
    if words[0] == "to":
        return len(words) > 1 and WordClass.BASE in classes_of(words[1])
    if WordClass.VERB_S in classes_of(words[0]):
        return True
    for before, word in pairwise(words):
        classes = classes_of(word)
        if classes & _FINITE and not classes & {WordClass.COUNT, WordClass.MASS}:
            return before not in {"I", "we"}
        if before in {"you", "they"} and WordClass.BASE in classes:
            return True
    return False


def _is_activity(words: list[str]) -> bool:
    """Return whether a note tells what is done, with its object: "moving the nightly jobs to streaming"."""
    verb = verb_of(words[0])
    is_ing = verb is not None and verb.ing == words[0] and len(words) > 2
    has_object = bool(classes_of(words[1]) & _AFTER_ING) or words[1] in NUMBER_WORDS | {"off", "out", "away"}
    return is_ing and has_object and _is_thing(words[1:]) and _has_articles(words[1:])


def _has_articles(words: list[str]) -> bool:
    """Return whether each noun that asks for an article has its article, or a word that does its work, before it."""
    is_determined = False
    for place, word in enumerate(words):
        classes = classes_of(word)
        if (
            classes & _DETERMINING
            or word.lower() in NUMBER_WORDS | {"such"}
            or word.isdigit()
            or word.endswith(("'s", "s'"))
        ):
            is_determined = True
        elif classes & _NOUN_ENDS and not classes & _NOUN_LIKE:
            is_determined = False
        elif _lacks_article(words, place) and not is_determined:
            return False
    return True


def _lacks_article(words: list[str], place: int) -> bool:
    """Return whether a word is the last of a noun phrase that asks for an article; "lead" in "you lead" is a verb."""
    word, before, after = words[place], words[place - 1 : place], words[place + 1 : place + 2]
    is_form = bool(classes_of(word) & {WordClass.BASE, WordClass.PARTICIPLE})
    is_verb = is_form and any(lead in _BEFORE_VERBS or WordClass.AUXILIARY in classes_of(lead) for lead in before)
    is_last = not any(classes_of(next_word) & _NOUN_LIKE for next_word in after)
    return is_last and not is_verb and not is_name(word) and bool(classes_of(word)) and needs_article(word)


def _single(word: str) -> str:
    """Return a tool that is the whole note: "Kafka"."""
    if word.lower() in word_list("days") | word_list("months") | word_list("languages") or classes_of(word):
        return ""
    return word_table("tools").get(word.lower(), "")


def _small(word: str) -> str:
    """Take the capital from an ordinary word that stood at the beginning of a note."""
    is_ordinary = classes_of(word.lower()) and not (word.isupper() and len(word) > 1)
    return word.lower() if is_ordinary and word != "I" else word


def _begins(plain: str, words: frozenset[str]) -> bool:
    return plain.split(maxsplit=1)[0].lower() in words if plain.split() else False
