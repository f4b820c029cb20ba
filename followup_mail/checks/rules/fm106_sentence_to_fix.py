"""FM106: a sentence that does not read as one, typed in the facts or anywhere in the mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from followup_mail.checks.broken_sentences import find_broken
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.pasted_notes import find_open_notes, find_pasted_notes
from followup_mail.checks.reader_mentions import find_reader_mentions
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body
from followup_mail.checks.samples import Sample
from followup_mail.checks.typed_sentences import typed_for
from followup_mail.language.flowing_links import say_wanted, ways_to_flow
from followup_mail.language.flowing_moments import ways_to_say
from followup_mail.language.known_facts import known_for

_WRITE = "Rewrite the sentence."


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    typed = [*_as_typed(mail)]
    yield from typed
    spans = [*(TextSpan(spot.start, spot.end) for spot in typed), *_stood_by(mail)]
    for find in (find_pasted_notes, find_open_notes, find_reader_mentions, find_broken):
        for fault in find(mail):
            if not any(fault.span.start < end and start < fault.span.end for start, end in spans):
                spans.append(fault.span)
                yield in_body(mail, fault.span, f"'{{words}}': {fault.why}.", _WRITE)


def _as_typed(mail: ParsedMail) -> Iterator[Spot]:
    """Yield the sentences that the facts have, each with what does not fit in it; not what the user stands by."""
    context = mail.context
    if context.facts is None:
        return
    stood_by = context.facts.as_they_are
    typed = [(key, sentence) for key, sentence in typed_for(context.facts, context.person) if sentence not in stood_by]
    if not typed:
        return
    # Proof-reading has a lexicon of its own, which a mail without typed sentences need not wait for.
    from followup_mail.language.sentence_faults import Faults, find_faults

    known = known_for(context.facts, context.person)
    for key, sentence in typed:
        span = _find(mail, sentence)
        faults = find_faults(key, sentence, known) if span else Faults()
        fix = f"Under `{key}` in the facts, write: {faults.corrected}" if faults.corrected else ""
        if span and faults.words:
            yield in_body(mail, span, f"'{{words}}': {'; '.join(faults.words)}.", fix)


def _find(mail: ParsedMail, sentence: str) -> TextSpan | None:
    """Return where the mail has a typed sentence, or what it has of it behind joints of ours."""
    small = f"{sentence[:1].lower()}{sentence[1:]}"
    for said in filter(None, (*ways_to_flow(sentence), *ways_to_say(sentence), say_wanted(sentence), small)):
        words = said.rstrip(" .!?")
        at = mail.body.written.find(words)
        if at >= 0:
            return TextSpan(at, at + len(words))
    return None


def _stood_by(mail: ParsedMail) -> Iterator[TextSpan]:
    """Yield the sentences that the user called right as they are: nothing is said of them."""
    for sentence in mail.context.facts.as_they_are if mail.context.facts else ():
        if span := _find(mail, sentence):
            yield span


_MET = {"name": "Dr. Catherine Okafor", "email": "catherine.okafor@northwind.example", "discussed": ["nightly jobs"]}


def _sample(moment: str) -> Sample:
    meeting = {"start": "2026-11-17 14:00", "duration": "1 h", "people": [{**_MET, "moment": moment}]}
    return Sample(
        f"Thank you for Tuesday. {moment}", given="`moment` has this sentence.", facts={"interviews": [meeting]}
    )


RULE = Rule(
    code="FM106",
    name="sentence-to-fix",
    severity=ERROR,
    looks_for="A sentence with the reader as he or she, a note pasted as it was jotted, a fragment, a clause cut off.",
    why="One broken sentence is all that a reader remembers.",
    fix="Correct it in the facts, or say there that it is right: followup-mail ask NAME --again shows each sentence.",
    fix_saved="Correct the sentence.",
    bad=_sample("I liked that you checks the nightly jobs urself."),
    good=_sample("I liked that you check the nightly jobs yourself."),
    inspect=_inspect,
)
