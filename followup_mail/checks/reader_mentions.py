"""The reader in the third person, in a mail to the reader: "I liked how she explained it", "Kirstin said she would"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from followup_mail.checks.broken_sentences import Fault
from followup_mail.checks.day_mentions import DAY_WORDS
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.phrase_patterns import WEEKDAYS
from followup_mail.checks.prose import Word, read_words, word_set
from followup_mail.regex import regex

_LISTS: Final = read_words("broken_sentences")
_OTHERS: Final = word_set(_LISTS["others"])
_OF_READER: Final = word_set(_LISTS["of_reader"])
_TOLD: Final = word_set("said told asked mentioned explained")
_DAYS: Final = DAY_WORDS | {day[:3] for day in WEEKDAYS} | {"tues", "thur", "thurs"}
_PRONOUNS: Final = regex(r"\b(?:s?he)(?='(?:s|d|ll)\b|\b)")
_FRAME: Final = regex(r"\b(?:that|how|what|way|why)[ \n](?:[a-z]+ly[ \n]|(?:much|well|often|far|long)[ \n])?\Z")
_OF_THEIRS: Final = regex(
    r"(?:her|his)(?= (?:own )?(?:idea|point|remark|question|story|advice|thought|view|description|account|explanation|"
    r"suggestion|way of|words|plan|answer|offer|example|rule|take)\b)"
)
_IMPRESSED: Final = regex(
    r"\bi (?:was |am |have |\w+ly )?(?:\w+ly )?(?:taken with|struck by|impressed by|liked?|loved?|enjoyed|"
    r"appreciated?|admired?|remember|kept|keep thinking of|thought about|thinking about|grateful for)[ \n]\Z"
)
_LIKED: Final = regex(
    r"\bi (?:\w+ )?(?:liked?|loved?|enjoyed?|appreciated?|admired?)\b.*\b(?:when|because|where)[ \n]\Z"
)
_SAYS: Final = regex(r"[ \n](?:said|told|mentioned|explained|asked)[ \n]")
_TALKED_WITH: Final = regex(
    r"\b(?:arguing|talking|speaking|sitting|working|walking|chatting|spoke|talked|sat|walked|worked|argued|met)"
    r"[ \n]with[ \n]\Z"
)
_GOES_ON: Final = regex(r"[ \n](?:about|on|in|at|over|and then|while|when)\b")
_DETERMINED: Final = regex(r"\b(?:a|an|the|no|every|each|any|my|our|one|another|whose|this)\b")


def find_reader_mentions(mail: ParsedMail) -> Iterator[Fault]:
    """Yield "he", "she" and the reader's own name where only the reader can be meant."""
    if not mail.known.recipient:
        return
    yield from _as_pronoun(mail)
    yield from _by_name(mail)


def _as_pronoun(mail: ParsedMail) -> Iterator[Fault]:
    """Yield the first "she" of a mail before which nobody else was mentioned."""
    for sentence in mail.sentences:
        text = mail.plain(sentence)
        for match in _pronouns(text):
            at = sentence.start + match.start()
            before = text[: match.start()]
            if _mentions_somebody(mail, at) or '"' in text:
                return
            is_said = not before.strip() and _SAYS.match(text, match.end())
            is_framed = is_said or _FRAME.search(before) or _LIKED.search(before) or _IMPRESSED.search(before)
            if is_framed and not _DETERMINED.search(before.replace("the way", "")) and _is_nobody_else(mail, sentence):
                yield Fault(
                    TextSpan(at, at + len(match[0])), f"the mail is to *{match[0]}*: write *{_yours(match[0])}*"
                )
            return


def _pronouns(text: str) -> Iterator[re.Match[str]]:
    """Yield "she" and "he", and "her idea" where somebody liked it, in their order."""
    found = [
        *_PRONOUNS.finditer(text),
        *(match for match in _OF_THEIRS.finditer(text) if _IMPRESSED.search(text[: match.start()])),
    ]
    yield from sorted(found, key=lambda match: match.start())


def _yours(pronoun: str) -> str:
    return "your" if pronoun in {"her", "his"} else "you"


def _is_nobody_else(mail: ParsedMail, sentence: TextSpan) -> bool:
    """Return whether no word before the pronoun names a person, by its meaning or its ending."""
    # Only a mail with such a pronoun waits for the lists of persons.
    from followup_mail.language.beginnings import Shape
    from followup_mail.language.known_facts import known_for
    from followup_mail.language.known_words import Known
    from followup_mail.language.reader_address import find_third_person

    facts = mail.context.facts
    known = known_for(facts, mail.context.person) if facts else Known(mail.known.full_name)
    earlier = " ".join(mail.written(TextSpan(mail.core.start, sentence.start)).split())
    found = find_third_person(Shape.YOU, " ".join(mail.written(sentence).split()), known, earlier)
    return found is not None and found.words.startswith("who is")


def _mentions_somebody(mail: ParsedMail, end: int) -> bool:
    """Return whether anybody or anything stands before a place that a pronoun may stand for."""
    readers = {*mail.known.recipient}
    for word in mail.core_words:
        if word.start >= end:
            return False
        bare = word.plain.removesuffix("'s")
        is_person = bare in _OTHERS or (bare in mail.known.others and bare not in readers)
        is_known = bare in mail.known.names or bare in mail.known.topics
        is_name = not is_known and _is_name_inside(mail, word.start)
        if is_person or is_name:
            return True
    return False


def _is_name_inside(mail: ParsedMail, start: int) -> bool:
    """Return whether a word inside a sentence has a capital, and is no day, month, "I" or abbreviation."""
    written, before = mail.body.written, mail.body.plain[max(0, start - 2) : start]
    word = re.match(r"[A-Z][a-z]+", written[start : start + 40])
    if word is None or not before.strip() or before[-2:-1] in ".!?\n":
        return False
    return word[0].lower() not in _DAYS


def _by_name(mail: ParsedMail) -> Iterator[Fault]:
    """Yield "Kirstin said": the reader's name as the subject of a verb; of telling, where the name is a word too."""
    names = {*mail.known.recipient} - {*mail.known.others} - {*mail.known.company}
    words = mail.core_words
    for word, after in pairwise(words):
        bare = word.plain.removesuffix("-san")
        if bare not in names or not mail.body.written[word.start].isupper():
            continue
        between = mail.body.plain[word.end : after.start]
        sentence = mail.plain(mail.sentence_at(word.start))
        opened = mail.body.plain[max(0, word.start - 120) : word.start]
        if opened.count("(") > opened.count(")"):
            continue  # A hint of a template is no sentence of the mail.
        is_said = after.plain in (_TOLD if _is_ordinary(bare) else _OF_READER)
        if _is_spoken_of(mail, word) and not _is_ordinary(bare) and '"' not in sentence:
            yield Fault(TextSpan(word.start, word.end), "the mail is to them: write *you*")
            return
        if between == " " and is_said and '"' not in sentence:
            yield Fault(TextSpan(word.start, after.end), "the mail is to them: write *you*")
            return


def _is_spoken_of(mail: ParsedMail, word: Word) -> bool:
    """Return whether a name stands where only somebody else's can: "I enjoyed arguing with Callum about the radio"."""
    before = mail.body.plain[max(0, word.start - 40) : word.start]
    after = mail.body.plain[word.end : word.end + 12]
    return bool(_TALKED_WITH.search(before)) and _GOES_ON.match(after) is not None


def _is_ordinary(name: str) -> bool:
    from followup_mail.language.lexicon import classes_of

    return bool(classes_of(name))
