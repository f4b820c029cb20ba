"""Jotted facts that stand in a mail as they were jotted, where the grammar around them cannot carry them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.cadence.roster import list_entries
from followup_mail.checks.broken_sentences import Fault
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import normal, word_set
from followup_mail.regex import regex

_LEAST_WORDS: Final = 3
_WHY: Final = "it stands there as it was jotted"
_BEFORE_SUBJECTLESS: Final = regex(
    r"\b(?:about|of|for|by|from|at|with|on|remember|liked?|enjoyed|appreciated?|admired?|love|loved|how|your|my|the|a|an|is|"
    r"was|heard|hearing|to|me)[ \n]\Z"
)
_BEFORE_THING: Final = regex(r"\b(?:about|of|for|by|from|at|with|on|your|my|the|discussed|regarding)[ \n]\Z")
_VERBS_ONLY: Final = regex(
    r"(?<=[a-z\d] )(?:is|are|was|were|isn't|aren't|wasn't|won't|can't|doesn't|don't|didn't|would|must|should|could|has|"
    r"takes|loses|gets|goes|keeps|gives|says|knows|comes|brings|becomes|eats|went|knew|gave|took|forgot|"
    r"wrote)(?= [a-z\d])"
)
_OPENS_CLAUSE: Final = regex(
    r"\b(?:who|which|that|where|when|how|why|what|if|because|whether|as|while|until|than|whose|nobody|everybody|it|i|we|"
    r"you|they|he|she|everything|nothing|something)\b|,"
)
_CLAUSE_BEGINS: Final = regex(r"\b(?:that|how|because|when|if|where|why|what)[ \n](?:you|we|i|they)[ \n]\Z")
_ASKS: Final = regex(r"\b(?:that|how|because|when|if|where|why)[ \n]\Z")
_SHORT_FORMS: Final = regex(
    r"(?<![\w.])(?:w/o?|yrs?|hrs|mins|wks?|mths?|wkends?|mgmt|exp|dept|approx|appt|mtgs?|ppl|qty|->|=>|\+|&|b/c|abt|bc)(?![\w/])"
)
# Several question marks inside a sentence are a note to oneself; at its end they may be surprise.
_STILL_OPEN: Final = regex(r"(?<![\w'-])[\w'-]{1,40} ?\?{2,5}(?= [a-z\d]|[,;)])|[(\[]\?{1,5}[)\]]")
_SUBJECTS: Final = word_set("i you we they he she it there this that")
_AFTER_SUBJECT: Final = word_set("all both two three yourself in at on and")
_JOINING: Final = word_set("""
    and but so because which who that where when as while if or since although though with without from for in on at to
    by of not until before after like such the a an
""")


def find_pasted_notes(mail: ParsedMail) -> Iterator[Fault]:
    """Yield each note that stands in the mail word for word and makes no sense there."""
    facts = mail.context.facts
    if facts is None:
        return
    notes = [*facts.fit, *facts.not_mentioned]
    for person in list_entries(facts):
        notes += [*person.discussed, person.convinced]
    for note in dict.fromkeys(notes):
        span = _place_of(mail, note)
        if span is not None and _cannot_stand(mail, note, span):
            yield Fault(span, _WHY)


def find_open_notes(mail: ParsedMail) -> Iterator[Fault]:
    """Yield where a question of the writer's to themselves was left: "Interpreters, Creole?? mention purser"."""
    for found in _STILL_OPEN.finditer(mail.body.plain, *mail.core):
        if not mail.body.is_quoted(found.start()):
            yield Fault(TextSpan(*found.span()), "a question of your own is still in it")


def _place_of(mail: ParsedMail, note: str) -> TextSpan | None:
    words = normal(note).strip(" .;,").split()
    if len(words) < _LEAST_WORDS:
        return None
    text, phrase = mail.plain(mail.core).replace("\n", " "), " ".join(words)
    at = text.find(phrase)
    end = at + len(phrase)
    if at < 0 or text[max(0, at - 1) : at].isalnum() or text[end : end + 1].isalnum():
        return None
    start = at + mail.core.start
    return None if mail.body.is_quoted(start) else TextSpan(start, start + len(phrase))


def _cannot_stand(mail: ParsedMail, note: str, span: TextSpan) -> bool:
    # Only a mail that has a note word for word waits for the tables of verbs.
    from followup_mail.language.finite_verbs import has_verb, is_finite_first

    before = mail.body.plain[max(mail.core.start, span.start - 40) : span.start]
    plain = normal(note)
    first = plain.split()[0]
    if (_SHORT_FORMS.search(plain) and not _is_name_with_sign(note)) or _is_clause_as_thing(before, plain):
        return True
    if _BEFORE_SUBJECTLESS.search(before) and is_finite_first(first) and not first.endswith(("ed", "s")):
        return True
    if _CLAUSE_BEGINS.search(before) and not is_finite_first(first) and not _may_follow_subject(first):
        return True
    if first in _SUBJECTS:
        return False
    is_all = mail.body.plain[span.end : span.end + 1] in {".", ",", ";", "!", "?"}
    is_asked = _ASKS.search(before) and is_all and not has_verb(plain.partition(",")[0])
    return bool(is_asked) or _is_strung_together(mail, plain, span)


def _is_clause_as_thing(before: str, plain: str) -> bool:
    """Return whether a whole clause stands where a thing belongs: "our discussion of booking system loses Fridays"."""
    verb = _VERBS_ONLY.search(plain)
    return bool(verb and _BEFORE_THING.search(before)) and not _OPENS_CLAUSE.search(
        plain, 0, verb.start() if verb else 0
    )


def _is_name_with_sign(note: str) -> bool:
    """Return whether a sign joins names, or stands alone in what people say: "R&D", "Tern & Tallow", "Q + A"."""
    signs = _SHORT_FORMS.findall(note.lower())
    return all(sign in {"&", "+"} for sign in signs) and not re.search(r"[a-z] [&+] [a-z]", note)


def _may_follow_subject(word: str) -> bool:
    """Return whether a word can stand between "you" and the rest: a verb, an adverb, a pronoun."""
    from followup_mail.language.known_words import LISTS
    from followup_mail.language.verb_forms import as_base

    is_small = word in LISTS["adverbs"] or word in LISTS["auxiliaries"] or word.endswith("ly")
    return is_small or bool(as_base(word)) or word in _AFTER_SUBJECT


def _is_strung_together(mail: ParsedMail, plain: str, span: TextSpan) -> bool:
    """Return whether a part behind a comma has a verb and nothing that joins it: ", totals must agree full quarter"."""
    from followup_mail.language.finite_verbs import is_finite_first
    from followup_mail.language.known_words import LISTS
    from followup_mail.language.verb_forms import as_past, as_third

    if mail.body.plain[span.end : span.end + 1] not in {".", ",", ";", "!", "?"}:
        return False
    for part in re.split(r"[,;] ", plain)[1:]:
        words = part.split()
        if not words or words[0] in _JOINING:
            continue
        verbs = [word for word in words[1:4] if word in LISTS["auxiliaries"] or as_past(word) or as_third(word)]
        if is_finite_first(words[0]) or verbs:
            return True
    return False
