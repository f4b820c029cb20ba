"""FM106: a sentence that does not read as one, typed in the facts or anywhere in the mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from followup_mail.checks.broken_sentences import find_broken
from followup_mail.checks.context import CheckContext
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.pasted_notes import find_pasted_notes
from followup_mail.checks.reader_mentions import find_reader_mentions
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body
from followup_mail.checks.samples import Sample
from followup_mail.facts.application import Application, Person
from followup_mail.language.known_facts import known_for

_WRITE = "Write the sentence anew."


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    typed = [*_as_typed(mail)]
    yield from typed
    spans = [TextSpan(spot.start, spot.end) for spot in typed]
    for find in (find_pasted_notes, find_reader_mentions, find_broken):
        for fault in find(mail):
            if not any(fault.span.start < end and start < fault.span.end for start, end in spans):
                spans.append(fault.span)
                yield in_body(mail, fault.span, f"'{{words}}': {fault.why}.", _WRITE)


def _as_typed(mail: ParsedMail) -> Iterator[Spot]:
    """Yield the sentences that the facts have, each with what does not fit in it."""
    context = mail.context
    if context.facts is None:
        return
    typed = [*_typed(context)]
    if not typed:
        return
    # Proof-reading has a lexicon of its own, which a mail without typed sentences need not wait for.
    from followup_mail.language.sentence_faults import Faults, find_faults

    known = known_for(context.facts, context.person)
    for key, sentence in typed:
        words = sentence.rstrip(" .!?")
        at = mail.body.written.find(words)
        faults = find_faults(key, sentence, known) if at >= 0 else Faults()
        fix = f"Under `{key}` in the facts, write: {faults.corrected}" if faults.corrected else ""
        if faults.words:
            span = TextSpan(at, at + len(words))
            yield in_body(mail, span, f"'{{words}}': {'; '.join(faults.words)}.", fix)


def _typed(context: CheckContext) -> Iterator[tuple[str, str]]:
    """Yield what the user typed for this mail, with its key in the facts."""
    facts = context.facts
    assert facts is not None
    given = [*_of_person(context.person), *_of_application(facts)]
    yield from ((key, sentence.strip()) for key, sentence in given if sentence.strip())


def _of_person(person: Person | None) -> Iterator[tuple[str, str]]:
    if person:
        yield from (("moment", person.moment), ("link", person.link), ("offer", person.offer))


def _of_application(facts: Application) -> Iterator[tuple[str, str]]:
    unsaid, outcome = facts.unsaid, facts.outcome
    yield from (("why_them", facts.why_them), ("problem", unsaid.problem), ("point", unsaid.point), ("use", unsaid.use))
    yield from (("understood", outcome.understood), ("onward", outcome.onward), ("parting", outcome.parting))
    yield from (("says", promise.says) for promise in facts.promised)


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
    fix="Correct it in the facts: followup-mail ask NAME --again shows each sentence with what does not fit.",
    bad=_sample("I liked that you checks the nightly jobs urself."),
    good=_sample("I liked that you check the nightly jobs yourself."),
    inspect=_inspect,
)
