"""What people talked about, as it follows "talking with me about": where the notes carry no more than that.

``note_topics`` makes what somebody told, and refuses each word that it does not know. That two people talked about a
thing is less, and whoever wrote a note under ``discussed`` has said so. So a word that nobody knows is taken for a noun
here, and only what makes a sentence of the note is refused: a verb, a state, a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Final

from followup_mail.language.finite_verbs import find_verb
from followup_mail.language.lexicon import WordClass, classes_of, word_list, word_table
from followup_mail.language.loose_phrases import ends_before, may_be_thing, says_little, with_articles
from followup_mail.language.note_words import is_name, is_shouted, parts_of, plain_text, written_small
from followup_mail.language.private_notes import is_private, is_secret, is_sore, is_tactless, is_trivial, tactful
from followup_mail.regex import regex

_MOST_WORDS: Final = 9
_FEW_WORDS: Final = 5
_FEWEST_WORDS: Final = 2
_MOST_TOGETHER: Final = 13
_ASKING: Final = frozenset({"how", "what", "who", "where", "when", "why", "whether"})
_RELATIVE: Final = frozenset({"who", "that", "which", "where", "nobody"})
_WORD: Final = regex(r"[^\W_](?:[\w'&.:-]*[\w%])?")
_SIGNS: Final = regex(r"\b\d+x\b|->|[\[\]{}<>@#|\\~=*_\"]|\b[wW]/|^\W")
_MARKED_NAME: Final = regex(r"^[A-Z]\w*(?:[#+]|/[A-Z0-9])| [A-Z]\w*/[A-Z0-9]")
_NAMES: Final = regex(r"[A-Z][\w+#./-]*(?: [A-Z][\w+#./-]*)?")
_LEFT_HANGING: Final = frozenset("instead too already yet though".split())
_HOUR: Final = regex(r"(?i)\b(\d{1,2}) ?([ap])\.?m\b\.?")
_OF_A_WEEK: Final = regex(r"(?i)^(?:mon|tue|wed|thu|fri|sat|sun)\w{0,6}-")
_ENDS_PART: Final = frozenset({"", ":", ",", ";", "-", "–", "—", "(", ".", "!"})
_PEOPLE: Final = regex(
    r"(?i)\b(?:i|i'm|me|my|mine|we|our|us|he|she|him|his|her|hers|you|your|they|their|them|it|its|somebody|someone)\b"
)
_LEAD: Final = regex(r"(?i)^(?:re:?|about|talked about|we talked about|discussed|topic:|also)\s+(?=\w)")
_WHO_SAID: Final = regex(
    r"(?i)^(?:he|she|they) (?:also )?(?:said|says|told me|mentioned|explained|reckons|thinks) (?:that )?(?=the \w)"
)
_SINCE_WHEN: Final = regex(
    r" (?:\d{1,2}[:.]\d\d$|(?:at|around|about|by|from) \d{1,2}|(?:since|until|till|every|per) .*)$"
)
_INTERJECTIONS: Final = frozenset(
    "oh dear okay ok uh um er erm hm hmm yeah yes wow ugh phew lol btw oops hey gosh".split()
)
_SO_MANY_OF: Final = regex(r"\bof \d+\b(?! (?:years|people|pages|metres|meters)\b)")
_SHORT_FORM: Final = regex(
    r"(?i)^(?:wk|mgmt|mths?|hrs|yrs?|qtr|dept|appt|abt|ppl|mins?|approx)|^[^aeiouyAEIOUY\d&/-]{3,}$"
    r"|^(?:mon|tues?|wed|thu(?:rs)?|fri|sat|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?:\.|-\w+)?$"
)


def spoken_topics(notes: Iterable[str]) -> list[str]:
    """Return what was talked about, in the order of the notes; single words last, as they say least."""
    found = [topic for topic in map(spoken_topic, notes) if topic]
    return sorted(dict.fromkeys(found), key=lambda topic: len(topic.removeprefix("the ").split()) == 1)


def first_together(topics: Sequence[str]) -> list[str]:
    """Return the first topic, and the next that makes one phrase with it; two single words, or two that say more."""
    first = list(topics[:1])
    return [*first, *[topic for topic in topics[1:] if _goes_with(first[0], topic)][:1]]


def _goes_with(first: str, second: str) -> bool:
    """Return whether two topics make one phrase: short, and none of them with an "and" of its own."""
    if len({len(topic.removeprefix("the ").split()) == 1 for topic in (first, second)}) > 1:
        return False
    words = f"{first} {second}".split()
    is_clause = {first.split(maxsplit=1)[0], second.split(maxsplit=1)[0]} & _ASKING
    return len(words) <= _MOST_TOGETHER and not {"and", "or", *_RELATIVE} & {*words} and not is_clause


def is_plain(topic: str) -> bool:
    """Return whether a topic is a thing in a few words, which a sentence can end on: not "staff who will not ask"."""
    words = topic.removeprefix("the ").split()
    return 1 < len(words) <= _FEW_WORDS and not {*_RELATIVE, *_ASKING} & {*words}


@lru_cache(maxsize=256)  # a mail is written from all notes on its reader, and so is each look at it
def spoken_topic(text: str) -> str:
    """Return what a note is about, as it follows "talking with me about": "the recall drill in spring"."""
    plain = _HOUR.sub(r"\1\2m", _LEAD.sub("", _WHO_SAID.sub("", plain_text(tactful(text)))))
    if any(is_not_for_it(plain) for is_not_for_it in (is_private, is_secret, is_tactless, is_sore, is_trivial)):
        return ""
    parts = parts_of(plain)
    if not parts or "?" in plain or is_shouted(plain) or (len(parts) > 1 and parts[1].mark[:1] not in _ENDS_PART):
        return _tool(plain)
    return _tool(plain) or _topic_of(_without_time(parts[0].words), plain)


def _topic_of(words: Sequence[str], plain: str) -> str:
    said = " ".join(words)
    is_spoken = any(word.lower() in _INTERJECTIONS | {"not"} for word in words) or words[:1] in (["so"], ["well"])
    if not words or is_spoken or _SIGNS.search(said) or _SO_MANY_OF.search(said):
        return ""
    if words[0].lower() == "your" and len(words) > 1 and not _PEOPLE.search(" ".join(words[1:])):
        thing = _as_thing(_as_written(words[1:], plain))
        return f"your {thing.removeprefix('the ')}" if thing else ""
    words = _as_written(words, plain)
    if len(words) > _MOST_WORDS or _PEOPLE.search(said):
        return _named_first(words)
    if not all(_WORD.fullmatch(word) for word in words) or any(_is_short_form(word) for word in words):
        return ""
    return _as_question(words) if words[0].lower() in _ASKING else _as_thing(words) or _before_its_verb(words)


def _tool(plain: str) -> str:
    """Return a note that is the name of a tool and nothing else: "C#", "CI/CD", "Go", "dbt"."""
    known = word_table("tools").get(plain.lower(), "")
    is_marked = len(plain.split()) <= _FEWEST_WORDS and _MARKED_NAME.search(plain) and _NAMES.fullmatch(plain)
    return known or (plain if is_marked or plain in _known_names() else "")


@cache
def _known_names() -> frozenset[str]:
    """Return the names of tools as they are spelt, also of those that are words as well: "Go"."""
    return frozenset(word_table("tools").values())


def _named_first(words: Sequence[str]) -> str:
    """Return what a whole sentence begins with, where that is a thing: "the grain train from Uelzen is always late"."""
    end = next((at for at, word in enumerate(words) if _PEOPLE.fullmatch(word)), len(words))
    is_sentence = WordClass.DETERMINER in classes_of(words[0].lower()) and end > _FEWEST_WORDS
    return _before_its_verb(words[: min(end, _MOST_WORDS)]) if is_sentence else ""


def _as_written(words: Sequence[str], plain: str) -> list[str]:
    """Return words in small letters where a guess made capitals of them, and a name with its first capital."""
    written = [written_small(word, plain) for word in words]
    begins_name = len(written) > 1 and is_name(written[1]) and plain[:1].isupper()
    if begins_name and plain.lower().startswith(written[0]):
        written[0] = plain[: len(written[0])]  # "White Friday"
    return written


def _is_short_form(word: str) -> bool:
    if _OF_A_WEEK.match(word):
        return True
    may_be_name = word.isupper() or (is_name(word) and len(word) > len("Sept"))
    return not (may_be_name or classes_of(word)) and _SHORT_FORM.search(word) is not None


def _without_time(words: Sequence[str]) -> list[str]:
    said = _SINCE_WHEN.sub("", " ".join(words)).removesuffix(" also").split()
    is_number_first = said[:1] and said[0].lower() in word_list("numbers") and said[0] != said[0].lower()
    return [said[0].lower(), *said[1:]] if is_number_first else said


def _as_question(words: Sequence[str]) -> str:
    """Return "who may close the dome" where somebody or something does it."""
    rest = [word.lower() for word in words[1:]]
    has_subject = words[0].lower() in {"who", "what"} or len(rest) > 2
    return " ".join((words[0].lower(), *words[1:])) if has_subject and rest and find_verb(["it", *rest]) else ""


def _before_its_verb(words: Sequence[str]) -> str:
    """Return what a note that says something is about: "DG papers come 20 min before cut-off"."""
    for size in range(len(words) - 1, 1, -1):
        last = words[size - 1]
        if ends_before(words[size]) and (classes_of(last) or len(last) > len("sta")):
            found = _as_thing(words[:size])
            if found and is_plain(found):
                return found
    return ""


def _as_thing(words: Sequence[str]) -> str:
    at = next((place for place, word in enumerate(words) if place and word in _RELATIVE), len(words))
    thing, rest = words[:at], words[at:]
    if not may_be_thing(thing) or (rest and find_verb(["it", *(word.lower() for word in rest[1:])]) is None):
        return ""
    if rest and rest[-1].lower() in _LEFT_HANGING:
        return ""
    named = () if not rest and says_little(thing) else with_articles(thing)
    return " ".join((*named, *rest)) if named else ""
