"""What a candidate promised, as jotted: the thing with its article, for whom it is, or the sentence that keeps it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from followup_mail.language.lexicon import WordClass, classes_of, word_list
from followup_mail.language.note_clauses import rest_of_clause
from followup_mail.language.note_words import Part, is_name, parts_of, plain_text
from followup_mail.language.noun_phrases import is_plural, read_noun_phrase
from followup_mail.language.private_notes import is_private, is_tactless
from followup_mail.language.promise_recipients import SEND_WORDS, find_recipient
from followup_mail.language.speakers import NOBODYS
from followup_mail.regex import regex


class Promised(Struct, frozen=True):
    """A promise: ``thing`` can stand after "attached is", ``says`` is a whole sentence; empty where not sure."""

    thing: str = ""
    to: str = ""
    says: str = ""


_COPY_WORDS: Final = frozenset(
    "scan copy photo photos copies scans draft version contacts list outline summary plan".split()
)
_ANY_COPY: Final = frozenset({"scan", "copy", "photo"})
_ARTICLES: Final = frozenset({"the", "my", "a", "an"})
_OF_WHAT: Final = frozenset({"of", "from"})
_ABOUT: Final = frozenset({"on", "about"})
_TITLE: Final = regex(r"(?i)\b(mr|mrs|ms|dr|prof)\.(?= )")
_DESCRIBING: Final = frozenset({WordClass.ADJECTIVE, WordClass.PARTICIPLE})


def read_promise(text: str, names: Sequence[str] = ()) -> Promised:
    """Return what was promised; ``names`` are the names whose capitals are known, those of the people met first."""
    # The full stop of a title ends nothing.
    plain = _TITLE.sub(r"\1", plain_text(text[:200]))
    parts = parts_of(plain, names)
    if not parts or is_private(plain) or is_tactless(plain):
        return Promised()
    words, to = find_recipient(parts, names)
    if starts := _start(parts):
        return Promised(to=to, says=starts)
    return Promised(_thing(words), to) if to or words else Promised()


def _thing(words: Sequence[str]) -> str:
    """Return the thing with "the" or "my": "the scan of my OSHA card", "my stock loss tracker"."""
    words = words[1:] if words and words[0].lower() in SEND_WORDS else words
    if not words or classes_of(words[0]) & {WordClass.PRONOUN, WordClass.CONJUNCTION, WordClass.AUXILIARY}:
        return ""
    if about := next((place for place, word in enumerate(words) if word in _ABOUT), 0):
        return _thing_about(words[:about], words[about:])
    at = next((place for place, word in enumerate(words) if word in _OF_WHAT), 0)
    if not at and len(words) > 1 and words[-1].lower() in _ANY_COPY and words[0].lower() not in _ARTICLES:
        copied = _possessed_anything(words[:-1])
        return f"a {words[-1].lower()} of {' '.join(copied)}" if copied else ""
    if not at:
        return " ".join(_possessed(words)) or _thing_for(words)
    head, of, rest = words[:at], words[at], words[at + 1 :]
    if of == "from":
        # Where it is from is said only where that is a place or a person: "the photos from Ptuj".
        is_named = len(rest) == 1 and is_name(rest[0])
        bare = head[1:] if head[0].lower() in _ARTICLES else head
        return f"the {' '.join(bare)} from {rest[0]}" if is_named and _possessed(head) else " ".join(_possessed(head))
    inner = _possessed(rest) or _listed(head, rest)
    article = "a" if head[-1] in _ANY_COPY else "the"
    return f"{article} {' '.join(_lowered(head))} of {' '.join(inner)}" if inner and _is_copy(head) else ""


def _possessed_anything(words: Sequence[str]) -> tuple[str, ...]:
    """Return "my dive log", whether or not one can send it: what is sent is the copy."""
    phrase = read_noun_phrase(("my", *words), "")
    return phrase.words if phrase and phrase.size == len(words) + 1 else ()


def _listed(head: Sequence[str], rest: Sequence[str]) -> Sequence[str]:
    """Return what a list is of: "the list of the error types" names things, and not a thing of the candidate's."""
    phrase = read_noun_phrase(rest, "") if tuple(head) in {("list",), ("outline",), ("summary",), ("plan",)} else None
    return phrase.words if phrase and phrase.size == len(rest) and is_plural(phrase.head) else ()


def _thing_for(words: Sequence[str]) -> str:
    """Return "my reading list for reluctant boys"; empty unless both halves are things for sure."""
    at = words.index("for") if "for" in words[1:-1] else 0
    own, whom = _possessed(words[:at]), read_noun_phrase(words[at + 1 :], "") if at else None
    is_whole = whom is not None and whom.size == len(words) - at - 1 and is_plural(whom.head)
    return " ".join((*own, "for", *whom.words)) if own and whom and is_whole else ""


def _thing_about(head: Sequence[str], rest: Sequence[str]) -> str:
    """Return "my notes on retries"; empty unless both halves are things for sure."""
    own, topic = _possessed(head), read_noun_phrase(rest[1:], "")
    is_whole = topic is not None and topic.size == len(rest) - 1
    return " ".join((*own, rest[0], *topic.words)) if own and topic and is_whole else ""


def _is_copy(words: Sequence[str]) -> bool:
    """Return whether words are "scan" or "certified copies"."""
    first = words[0].lower()
    is_described = len(words) == 2 and (first.endswith("ed") or bool(classes_of(first) & _DESCRIBING))
    return words[-1] in _COPY_WORDS and (len(words) == 1 or is_described)


def _lowered(words: Sequence[str]) -> tuple[str, ...]:
    """Return words without the capital that only the start of the note gave the first."""
    first, *rest = words
    return (first if first.isupper() else first.lower(), *rest)


def _possessed(words: Sequence[str]) -> tuple[str, ...]:
    if not words:
        return ()
    if words[0] in {"my", "our", "the"}:
        phrase = read_noun_phrase(words, "")
        return phrase.words if phrase and phrase.size == len(words) else ()
    phrase = read_noun_phrase(("my", *words), "")
    is_whole = phrase is not None and phrase.size == len(words) + 1
    return phrase.words if phrase and is_whole and _is_theirs_to_send(words) else ()


def _is_theirs_to_send(words: Sequence[str]) -> bool:
    """Return whether the last word is a thing that somebody can send."""
    last = words[-1].lower()
    return last in word_list("sendable") or (is_plural(last) and last[:-1] in word_list("sendable"))


_IF_I_CAN: Final = regex(r"(?i)(?:tell|let) .* (?:if|whether) i can (?P<deed>.+)")
_DATE: Final = regex(r"\b(?:can|could|able to) start (?:on )?(?P<date>.+)$")


def _start(parts: Sequence[Part]) -> str:
    """Read "can start mon may 18" as "I can start on Monday, May 18."."""
    for part in parts:
        found = _DATE.search(" ".join(part.words))
        date = _spoken_date(found["date"].split()) if found else ""
        if date:
            return f"I can start on {date}."
    return _yes(parts)


def _yes(parts: Sequence[Part]) -> str:
    """Read "tell Ann if I can do a trial day - yes thursday 5 march" as "I can do a trial day on Thursday 5 March."."""
    asked = _IF_I_CAN.fullmatch(" ".join(parts[0].words))
    answer = parts[1].words if len(parts) > 1 else ()
    if not asked or answer[:1] != ("yes",):
        return ""
    deed = rest_of_clause(asked["deed"].split(), NOBODYS, is_present=False)
    date = _spoken_date([*answer[1:]]) if answer[1:] else ""
    return f"I can {' '.join(deed)}{f' on {date}' if date else ''}." if deed and (date or not answer[1:]) else ""


def _spoken_date(words: list[str]) -> str:
    """Return a date in the order of the note: "Monday, May 18" or "Monday 18 May"."""
    titled = [word.capitalize() if word.lower() in word_list("months") | word_list("days") else word for word in words]
    day = titled[0] if titled[0].lower() in word_list("days") else ""
    rest = titled[1:] if day else titled
    if not rest:
        return day
    if len(rest) != 2:
        return ""
    first, second = rest
    months = word_list("months")
    if first.lower() in months and re.fullmatch(r"\d{1,2}", second):
        return f"{day}, {first} {second}" if day else f"{first} {second}"
    if second.lower() in months and re.fullmatch(r"\d{1,2}", first):
        return f"{day} {first} {second}" if day else f"{first} {second}"
    return ""
