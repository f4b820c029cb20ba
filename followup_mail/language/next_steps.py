"""What they said would happen next: who calls or writes, and whether the candidate was told to get in touch.

Only what is said outright counts. A condition, a denial or a mere possibility is not a promise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, Final, NamedTuple

from msgspec import Struct

from followup_mail.language.note_words import plain_text
from followup_mail.language.word_tables import read_table
from followup_mail.regex import regex


class Doer(StrEnum):
    """Who does it, as far as the quote says."""

    SPEAKER = "speaker"
    NAMED = "named"
    SOMEBODY = "somebody"


class NextStep(Struct, frozen=True):
    """One quote, read; empty where it does not say for sure."""

    act: str = ""
    """A key of ``said_of_reader`` or ``said_of_others`` in ``next_steps.toml``."""
    doer: Doer = Doer.SPEAKER
    name: str = ""
    """Who does it, when they named somebody."""
    is_hope: bool = False
    """True when they said that they aim for the date."""
    on_day: str = ""
    """"friday" or "20" when it was to happen on that day, not by it."""
    own_day: str = ""
    """The day, like ``on_day``, on which the promised act itself was to happen."""
    is_after: bool = False
    """True when it was to happen after something else, and so not by a day that is only known otherwise."""
    meeting: str = ""
    """What follows "said that": "the board would meet on the 19th"."""
    told_to: str = ""
    """What follows "I could", without whom: "email", "get in touch", "ask"."""
    whom: str = ""
    """Whom to ask, when they named somebody; empty for the speaker."""
    if_silent: bool = False
    """True when the candidate was to do so if nothing came."""


class _Promise(NamedTuple):
    act: str
    doer: Doer
    name: str = ""
    sentence: str = ""
    part: str = ""
    """The part of the sentence that says it."""


_BY_SPEAKER: Final = {True: Doer.SPEAKER, False: Doer.SOMEBODY}
_DAYS: Final = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WHEN: Final = (
    r"(?= *(?:$|(?:on|by|before|at|next|this|tomorrow|either|around|about|from|after|end of|personally|myself)\b|"
    rf"{_DAYS}\b|the \d))"
)
_SHORT_FORMS: Final = (
    (r"\b(?:won't|wont)\b", "will not"),
    (r"\bcan't\b", "cannot"),
    (r"n't\b", " not"),
    (r"\b(do|did|have|has|had|is|are|would|should)nt\b", r"\1 not"),
    (r"'ll\b", " will"),
    (r"\b(you|we|they)ll\b|\b(?:i)ll\b(?= \w)", r"\1 will"),
    (r"'re\b", " are"),
    (r"\bi'm\b", "i am"),
    (r"'ve\b", " have"),
    (r"'d\b", " would"),
    (r"'s going\b", " is going"),
)
_SENTENCE_ENDS: Final = regex(
    r"(?<=[.;!?])\s+|\s[-\u2013\u2014]+\s|"
    r",? (?:and |but |or )?(?=(?:if (?:not\b|nothing|you|i |we |there|it is)|otherwise))"
)
_MEETING: Final = regex(
    r"\b(?:the|our) (?P<body>(?:hiring |selection |search |appointments? |management |executive )?"
    r"(?:board|committee|panel|council|jury|partners|trustees|governors|faculty)) "
    r"(?:meets?|sits?|(?:is|are) (?:meeting|sitting)|will (?:meet|sit)) on (?P<day>the \d{1,2}(?:st|nd|rd|th))\b"
)
_HOPE: Final = regex(
    r"\b(?:aim(?:ing|s)?|hop(?:e|es|ing)|try(?:ing)?|want|would like|plan(?:ning)?|think|should|ought|target\w*)\b"
)
_FINDS_OUT: Final = regex(r"\b(?:i|we) (?:will |shall |should )(?:\w+ )?know\b(?! more)")
_ON: Final = regex(
    rf"\b(?:on|you|touch|know|call|ring) (?:the )?(?P<day>\d{{1,2}}(?=st|nd|rd|th|\b)|{_DAYS}\b(?! week))"
)
_AFTER: Final = regex(r"(?<!look )(?<!looking )\b(?:after|once|when|whenever|as soon as)\b")
_NOT_ON: Final = regex(
    r"\b(?:by|before|latest|until|till|within|week|weeks|end|around|about|after|earliest|from|since|or)\b"
)
_RECEIVES: Final = regex(
    r"(?P<before>(?:\S+ )?)\byou (?:(?:will|shall|should|can|would|are going to) )?(?:(?:\w+ly|also|all|still) )?"
    r"(?:(?P<hear>hear)\b|(?P<stand>know where you (?:are|stand))\b|"
    r"(?:have|get|receive|expect) (?P<got>.+)|be (?P<be>.+))"
)
_EXPECT: Final = regex(r"^(?:please |so |then |just )?(?:expect|await|watch for|look out for|wait for) (?P<got>.+)")
_WHOM: Final = r"(?:(?: to| with| at)? (?P<whom>me|us|(?!(?:or|on|by|if|any|then|again|after|before)\b)[\w'-]+))?"


def read_next_step(quote: str, names: Sequence[str] = ()) -> NextStep:
    """Return what a quote says of the next steps; ``names`` are those of the people known."""
    plain = _spell_out(quote)
    sentences = [part for part in _SENTENCE_ENDS.split(plain) if part.strip(" .,;!")]
    known = {word.casefold(): name for name in names for word in re.findall(r"[\w'-]{3,}", name)}
    promise = next(_promises(sentences, known), _Promise("", Doer.SPEAKER))
    told_to, whom, if_silent = next(_invitations(sentences, known), ("", "", False))
    meeting = _MEETING.search(plain)
    return NextStep(
        act=promise.act or ("find_out" if _FINDS_OUT.search(plain) else ""),
        doer=promise.doer,
        name=promise.name,
        is_hope=bool(_HOPE.search(plain)),
        on_day=_named_day(promise.sentence),
        own_day=_named_day(promise.part),
        is_after=bool(_AFTER.search(promise.sentence)),
        meeting=f"the {meeting['body']} would meet on {meeting['day']}" if meeting else "",
        told_to=told_to,
        whom=whom,
        if_silent=if_silent,
    )


def _named_day(sentence: str) -> str:
    found = _ON.search(_MEETING.sub("", sentence))
    return found["day"] if found and not _NOT_ON.search(sentence) else ""


def _spell_out(quote: str) -> str:
    plain = plain_text(quote).lower().replace('"', "")
    for short, full in _SHORT_FORMS:
        plain = re.sub(short, full, plain)
    return " ".join(plain.split())


def _promises(sentences: Sequence[str], known: dict[str, str]) -> Iterator[_Promise]:
    """Yield what is promised, first things first."""
    for place, sentence in enumerate(sentences):
        if sentence.endswith("?") or _depends(_around(sentences, place)):
            continue
        for part in re.split(r", |: | but | and (?=(?:i|we|you)\b)", sentence.strip(" .,;!")):
            if found := _received(part) or _done(part, known):
                yield found._replace(sentence=sentence, part=part)


def _depends(around: str) -> bool:
    """Return whether it is said for some other case than that nothing comes."""
    return bool(re.search(read_table("next_steps")["condition"], around)) and not re.search(_silence(), around)


def _silence() -> str:
    return str(read_table("next_steps")["invited"]["silence"])


def _received(part: str) -> _Promise | None:
    """Read "you should get an email", "expect a call" and the like."""
    found = _RECEIVES.search(part) or _EXPECT.match(part)
    if not found:
        return None
    parts = found.groupdict(default="")
    if set(parts.get("before", "").split()) & (_words("unsure") | _words("no_hearing_after")):
        return None
    got = parts["got"]
    if act := _first_match("received", got, r"(?:\w+ ){0,2}?"):
        is_theirs = act != "hear" and got.startswith(("my ", "our "))
        return _Promise("write" if is_theirs and act == "letter" else act, _BY_SPEAKER[is_theirs])
    informed = _first_match("informed", parts.get("be", ""), "")
    act = "hear" if parts.get("hear") else "stand" if parts.get("stand") else informed
    return _Promise(act, Doer.SOMEBODY) if act else None


def _done(part: str, known: dict[str, str]) -> _Promise | None:
    """Read "we will ring you", "Kertu will write", "I telephone"."""
    for act, pattern in _patterns("active"):
        found = re.search(rf"\b(?:{pattern})", part)
        before = part[: found.start()].split() if found else []
        if found and not set(before) & _words("unsure") and (doer := _doer(before, known)):
            return _Promise(act, *doer)
    return None


def _doer(before: list[str], known: dict[str, str]) -> tuple[Doer, str] | None:
    """Return who does what follows these words; None where it is not said, or denied."""
    fillers, helpers = _words("fillers"), _words("helpers")
    helping = set[str]()
    while before and before[-1] in helpers | fillers:
        helping.add(before[-1])
        before = before[:-1]
    if helping & _words("hedges"):
        return None
    is_certain = bool(helping & _words("certain"))
    if before[-1:] == ["and"] and re.search(r"\b(?:i|we) (?:will|shall)\b", " ".join(before)):
        return Doer.SPEAKER, ""
    subject = before[-1] if before else ""
    if subject in {"i", "we"} or (is_certain and not subject):
        return Doer.SPEAKER, ""
    if subject in {"you", "u", "your", "a", "the", "me", "us"} or not is_certain:
        return None
    return (Doer.NAMED, known[subject]) if subject in known else (Doer.SOMEBODY, "")


def _invitations(sentences: Sequence[str], known: dict[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Yield what the candidate was told to do, whom to turn to, and whether only if nothing came."""
    for place, sentence in enumerate(sentences):
        around = _around(sentences, place)
        if _depends(around):
            continue
        for found in _told().finditer(sentence):
            whom = found["whom"] if found["whom"] in {"me", "us", *known} else ""
            if _is_told(sentence[: found.start()], found, whom):
                yield _told_to(found.group()), known.get(whom, ""), bool(re.search(_silence(), around))


def _around(sentences: Sequence[str], place: int) -> str:
    """Return a sentence with the condition that may stand before or after it: "No news? Call me", "if I go quiet"."""
    before = sentences[place - 1] if place and sentences[place - 1].endswith("?") else ""
    after = next((following for following in sentences[place + 1 : place + 2] if following.startswith("if ")), "")
    return f"{before} {sentences[place]} {after}"


def _is_told(before: str, found: re.Match[str], whom: str) -> bool:
    """Return whether these words are said to the candidate, about somebody whom we know."""
    words = read_table("next_steps")["invited"]
    is_allowed = bool(re.search(rf"\b{words['permission']} $", before))
    is_denied = bool(set(before.split()[-3:]) & {"not", "never", "no"}) and not before.rstrip().endswith(",")
    needs_thing = re.match(r"give|drop|flick|send|shoot", found["verb"])
    if (is_denied and not is_allowed) or (needs_thing and not found["thing"]) or (found["whom"] and not whom):
        return False
    if is_allowed or re.search(rf"(?:^|\W){words['prompt']},? $", before):
        return True
    return bool(whom) and not set(before.split()[-1:]) & _words("no_order_after")


@cache
def _told() -> re.Pattern[str]:
    words = read_table("next_steps")["invited"]
    verbs = rf"{words['verb']}(?: (?:or|and) {words['verb']})*"
    return re.compile(rf"\b(?P<verb>{verbs})\b{_WHOM}(?P<thing>{words['thing']})?")


def _told_to(words: str) -> str:
    """Return what to do, in the fewest words that hold it."""
    by_mail, by_phone = re.search(r"mail", words), re.search(r"\b(?:call|ring|phone)\b", words)
    if by_mail:
        return "call or email" if by_phone else "email"
    if re.search(r"\bask\b", words):
        return "ask"
    return "write" if re.search(r"\bwrite\b", words) else "get in touch"


def _first_match(table: str, text: str, before: str) -> str:
    return next((act for act, pattern in _patterns(table) if re.match(rf"{before}(?:{pattern})\b", text)), "")


@cache
def _patterns(table: str) -> tuple[tuple[str, str], ...]:
    words: dict[str, Any] = read_table("next_steps")[table]
    return tuple((act, pattern.replace("WHEN", _WHEN)) for act, pattern in words.items())


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(read_table("next_steps")[table])
