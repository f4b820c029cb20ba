"""FM303: a point that this person has read before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from followup_mail.cadence.kinds import Kind
from followup_mail.checks.figures import figures
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import words_of
from followup_mail.checks.retold import retold
from followup_mail.checks.rule import ERROR, REJECTIONS, WARNING, Rule, Spot, in_body
from followup_mail.checks.samples import Sample
from followup_mail.checks.stock_words import stem
from followup_mail.checks.text_overlap import content, coverage, sentences_of
from followup_mail.facts.overlap import own_part
from followup_mail.language.same_subject import says_same

LOOKED_AT = 200
EARLIER_LOOKED_AT = 1_000
"""Sentences that are compared; a follow-up has ten, and its predecessors a few dozen."""


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    yield from _in_thanks(mail)
    earlier = [sentence for text in mail.context.said_before for sentence in sentences_of(text)][:EARLIER_LOOKED_AT]
    if not earlier:
        return
    aside = _may_come_back(mail)
    found = [span for span in mail.sentences[:LOOKED_AT] if _stands_in(earlier, mail.plain(span), aside)]
    for span in found:
        yield in_body(mail, span, "You have already told this person: '{words}'.")
    if not found and mail.context.kind not in REJECTIONS:  # An answer to a rejection may look back.
        for span in retold(mail, aside, figures(_topics(mail).lower())):
            # That it is the same thing in other words may be wrong one time in ten.
            message = "You seem to have told this person already: '{words}'."
            yield replace(in_body(mail, span, message), severity=WARNING)


def _stands_in(earlier: Sequence[tuple[frozenset[str], frozenset[str]]], text: str, aside: frozenset[str]) -> bool:
    words, about = frozenset(words_of(text)), content(text) - aside
    return any(_is_same(words, about, *sentence) for sentence in earlier)


def _in_thanks(mail: ParsedMail) -> Iterator[Spot]:
    """Find the point of a second note in what the facts have for the thank-you to the same person."""
    facts, person = mail.context.facts, mail.context.person
    if mail.context.said_before or mail.context.kind is not Kind.ADDITIONAL_DETAIL or not (facts and person):
        return
    point, mine = facts.unsaid.point.rstrip(" ."), own_part(person.link)
    at = mail.body.written.find(point) if point and mine and says_same(point, mine) else -1
    if at >= 0:
        yield in_body(mail, TextSpan(at, at + len(point)), "'{words}' is in the thank-you to them already: see `link`.")


def _is_same(words: frozenset[str], about: frozenset[str], said: frozenset[str], said_about: frozenset[str]) -> bool:
    """Return whether a sentence says again what another said: in nearly the same words, or the same point."""
    if len(words) >= 7 and len(about) >= 2 and len(words & said) / len(words | said) >= 0.7:
        return True
    return len(about) >= 3 and coverage(about, said_about) >= (0.75 if len(about) > 3 else 1.0)


def _may_come_back(mail: ParsedMail) -> frozenset[str]:
    """Return what every mail of an application may name again: names, and what the conversation was about."""
    return content(_topics(mail)) | frozenset(stem(word) for word in mail.known.names)


def _topics(mail: ParsedMail) -> str:
    """Return what the conversation was about; a new point may also answer a problem that was named before."""
    person, facts = mail.context.person, mail.context.facts
    topics = " ".join((*person.discussed, person.convinced)) if person else ""
    return f"{topics} {facts.unsaid.problem if facts else ''}"


_EARLIER = """Dear Dr. Okafor,

Thank you for the talk about the nightly jobs. At the freight company I wrote the runbook for refrigerated trucks.

Best regards,
Sam Rivera"""

RULE = Rule(
    code="FM303",
    name="repeated-point",
    severity=ERROR,
    looks_for="A sentence or a point that stands in an earlier mail, or in `link`, for the same person.",
    why="G3: every message brings something new. A repeated point says that there is nothing else to say.",
    fix="Make a point that this person has not heard yet; in the facts those are in `not_mentioned`.",
    bad=Sample(
        "One thing that I did not get to: the runbook for refrigerated trucks, which I wrote at the freight company.",
        kind="additional_detail",
        given="An earlier mail said: 'At the freight company I wrote the runbook for refrigerated trucks.'",
        changes={"said_before": (_EARLIER,)},
    ),
    good=Sample(
        "One thing that I did not get to: I have been on call for pipelines like yours, and I cut the night alarms by "
        "half.",
        kind="additional_detail",
        given="An earlier mail was about a runbook.",
        changes={"said_before": (_EARLIER,)},
    ),
    inspect=_inspect,
)
