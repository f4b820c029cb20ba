"""What a writing model was told to do, or its machine's format, instead of a mail."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final

from followup_mail.checks.assistant_talk import find_assistant_talk
from followup_mail.checks.context import Briefing
from followup_mail.checks.look_alikes import script_of
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.placeholders import find_placeholders
from followup_mail.checks.program_output import find_garbled, find_missing_values
from followup_mail.checks.prose import Prose, normal, words_of
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body, in_subject
from followup_mail.checks.samples import Sample
from followup_mail.checks.stock_words import GRAMMAR, is_letter_word
from followup_mail.language.addresses import find_addresses
from followup_mail.regex import regex

_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
_MAY_STAND: Final = frozenset("\n\t\u200c\u200d")
"""Line ends, and the joiners that some scripts need inside a name."""
_RUN: Final = 6
_TELLING: Final = 3
"""So many words of a run must say what it is about."""
_FORMAT: Final = regex(
    r"```[^\n]{0,40}|\*\*[^*\n]{1,80}\*\*|(?<![\w*])\*(?=\w)[^*\n]{1,60}\*(?!\w)|__[^_\n]{1,80}__|"
    r"(?m:^[ ]{0,3}#{1,6} [^\n]{1,80})|"
    r"(?m:^[ ]{0,3}> [^\n]{1,80})|\[[^\]\n]{1,60}\]\([^)\n]{1,200}\)|</?[a-z][a-z0-9]{0,10}(?: [^<>\n]{0,80})?/?>|"
    r"[\"']?\b(?:subject|body|facts|guide|kind|recipient)[\"']\s*:|[{}]|\\[nrtu]|"
    r"\[(?:colleague|person|company|reader|name|candidate|place)[ _]?\d{0,2}\]|(?m:^(?:subject|to|from|cc|"
    r"bcc|date|reply-to|content-type|"
    r"mime-version|x-[\w-]{1,30}|body|assistant|user|system)[ ]?:[^\n]{0,80})|<\|[\w|]{1,30}\|>|\[/?inst\]"
)
_WORD: Final = regex(r"[^\W\d_]+")
_NO_DIGITS: Final = regex(r"\D+")
_LIKE_LATIN: Final = frozenset({"CYRILLIC", "GREEK"})
_MARKS: Final = regex(r"\w[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{2,}")
_HEAP: Final = 2
_ECHO: Final = regex(
    r"\b(?:as (?:instructed|requested in the (?:prompt|guide|instructions)|"
    r"per (?:the|your) (?:instructions|guide|prompt|guidelines))|"
    r"(?:according to|based on) the (?:facts|notes|guide|prompt|instructions|json|briefing)|"
    r"(?:from|in) the (?:facts|prompt|json|briefing)|the notes (?:provided|given|i was given)|"
    r"the (?:facts|notes) (?:say|said|state|provided|given|mention|do not|don't)|"
    r"(?:the|this|my|your) (?:prompt|system prompt)|"
    r"(?:the|this|my|your) (?:guide|instructions) (?:says?|asks?|requires?|tells?|above|below)|"
    r"no (?:further |other )?facts? (?:is|was|were|are) (?:given|provided)|"
    r"the candidate(?:'s (?:own|name|words)| says| wants)|as an? (?:ai|assistant|language model)|"
    r"ignore (?:all |the )?(?:previous|above|earlier) instructions|json)\b"
)


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    briefing = mail.context.briefing
    if briefing is None:
        return
    told = normal("\n".join(briefing.facts))
    for show, prose, within, own in (
        (in_subject, mail.subject, mail.whole_subject, mail.whole_subject),
        (in_body, mail.body, TextSpan(0, len(mail.body.plain)), mail.core),
    ):
        others = _found_elsewhere(mail, prose, within)
        found = (*_leftovers(prose, told), *_addresses(prose, own, told), *_unseen(prose), *_mixed(prose))
        for span in (*found, *_of_guide(prose, briefing)):
            if not any(span.start < other.end and other.start < span.end for other in others):
                yield show(mail, span, "'{words}' belongs to the model's instructions or format, not into a mail.")


def _found_elsewhere(mail: ParsedMail, prose: Prose, within: TextSpan) -> list[TextSpan]:
    """Return what FM101 and FM102 point at already."""
    found = [*find_placeholders(prose, within), *find_garbled(prose), *find_missing_values(prose)]
    return [*found, *find_assistant_talk(mail)] if prose is mail.body else found


def _leftovers(prose: Prose, told: str) -> Iterator[TextSpan]:
    """Yield markup, headers and echoes that no fact has."""
    for pattern in (_FORMAT, _ECHO):
        for match in pattern.finditer(prose.plain):
            if match[0].strip(" .,;") not in told:
                yield TextSpan(*match.span())


def _addresses(prose: Prose, own: TextSpan, told: str) -> Iterator[TextSpan]:
    """Yield addresses and phone numbers that no fact has; those of the signature are the candidate's own."""
    for start, end in find_addresses(prose.written[own.start : own.end]):
        span = TextSpan(own.start + start, own.start + end)
        words = prose.plain[span.start : span.end].strip(" .,;")
        # A number may be grouped in another way than in the facts.
        digits = "" if _WORD.search(words) else _NO_DIGITS.sub("", words)
        if words not in told and not (digits and digits in _NO_DIGITS.sub("", told)):
            yield span


def _unseen(prose: Prose) -> Iterator[TextSpan]:
    """Yield control characters and characters that nobody sees."""
    if prose.written.isascii() and prose.written.isprintable():
        return
    for at, character in enumerate(prose.written):
        if character not in _MAY_STAND and unicodedata.category(character) in _UNSEEN:
            yield TextSpan(at, at + 1)


def _mixed(prose: Prose) -> Iterator[TextSpan]:
    """Yield words that mix Latin with Cyrillic or Greek letters, and heaps of marks on one letter."""
    if prose.written.isascii():
        return
    for match in _WORD.finditer(prose.written):
        scripts = {script_of(letter) for letter in match[0]}
        if "LATIN" in scripts and not scripts.isdisjoint(_LIKE_LATIN):
            yield TextSpan(*match.span())
    for match in _MARKS.finditer(prose.written):
        # What makes up a letter of its own, as in Vietnamese, is one character in its usual form.
        if sum(map(bool, map(unicodedata.combining, unicodedata.normalize("NFC", match[0])))) >= _HEAP:
            yield TextSpan(*match.span())


def _of_guide(prose: Prose, briefing: Briefing) -> Iterator[TextSpan]:
    """Yield the runs of words that the guide has and no fact; of its examples, not what any letter has."""
    rules, examples = _runs(briefing)
    yield from _shared(prose, rules, lambda word: word not in GRAMMAR)
    yield from _shared(prose, examples - rules, lambda word: word not in GRAMMAR and not is_letter_word(word))


def _shared(prose: Prose, runs: frozenset[tuple[str, ...]], is_telling: Callable[[str], bool]) -> Iterator[TextSpan]:
    words = prose.words
    start = -1
    for at in range(len(words) - _RUN + 2):
        is_run = at + _RUN <= len(words) and tuple(word.plain for word in words[at : at + _RUN]) in runs
        if is_run and start < 0:
            start = at
        elif not is_run and start >= 0:
            run = words[start : at + _RUN - 1]
            if sum(map(is_telling, (word.plain for word in run))) >= _TELLING:
                yield TextSpan(run[0].start, run[-1].end)
            start = -1


@lru_cache(maxsize=16)
def _runs(briefing: Briefing) -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
    """Return the runs of the guide's rules and of its examples, which are quoted there as in Markdown."""
    lines = briefing.guide.splitlines()
    rules = "\n".join(line for line in lines if not line.startswith(">"))
    examples = "\n".join(line.removeprefix(">") for line in lines if line.startswith(">"))
    told: frozenset[tuple[str, ...]] = frozenset().union(*map(_runs_of, briefing.facts))
    return _runs_of(rules) - told, _runs_of(examples) - told


def _runs_of(text: str) -> frozenset[tuple[str, ...]]:
    words = words_of(text)
    return frozenset(words[at : at + _RUN] for at in range(len(words) - _RUN + 1))


_FACTS = ("Dr. Catherine Okafor", "moving the nightly jobs to streaming", "Tuesday 17 November", "Sam Rivera")
_GUIDE = "Name one problem of theirs and the one thing of yours that answers it. Answer with a JSON object."

RULE = Rule(
    code="FM902",
    name="words-of-the-guide",
    severity=ERROR,
    looks_for="Words of the instructions, JSON, markup, addresses, stand-ins, mixed alphabets, left in by a model.",
    why="A reader who sees the machine's format or its instructions reads no further.",
    fix="Write the sentence without it.",
    bad=Sample(
        "As instructed, here is the one thing of yours that answers it: the **nightly jobs**.",
        given="A writing model wrote it, by a guide that says: 'the one thing of yours that answers it'.",
        changes={"briefing": Briefing(_FACTS, _GUIDE)},
    ),
    good=Sample(
        "Thank you for Tuesday. The nightly jobs, and moving them to streaming, have been on my mind since.",
        given="A writing model wrote it.",
        changes={"briefing": Briefing(_FACTS, _GUIDE)},
    ),
    inspect=_inspect,
)
