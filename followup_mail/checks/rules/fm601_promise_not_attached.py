"""FM601: a promised attachment that is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from followup_mail.checks.attachment_mentions import is_named, says_sent_now
from followup_mail.checks.context import CheckContext, Enclosure
from followup_mail.checks.finding import MailPart
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.prose import words_of
from followup_mail.checks.rule import ERROR, THANKS, Rule, Spot, in_body
from followup_mail.checks.samples import Sample
from followup_mail.facts.application import Promise
from followup_mail.language.promises import promises_to


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    for promise in _promised(mail.context):
        if _is_attached(promise, mail.context):
            continue
        message = f"You promised '{promise.what}', but it is not attached."
        fix = f"Attach {promise.file}, or say when you will send it." if promise.file else ""
        sentence = next((span for span in says_sent_now(mail) if is_named(promise.what, mail.plain(span))), None)
        if sentence:
            yield in_body(mail, sentence, message, fix)
        elif _is_forgotten(promise, mail):
            yield Spot(message, MailPart.ATTACHMENT, words=promise.file, fix=fix)


def _promised(context: CheckContext) -> Iterator[Promise]:
    """Yield what was promised to this person; to a stranger, everything: nobody knows what was meant for them."""
    facts, person = context.facts, context.person
    if facts and person:
        yield from (kept.promise for kept in promises_to(facts, person))
    elif facts:
        yield from facts.promised


def _is_forgotten(promise: Promise, mail: ParsedMail) -> bool:
    """Tell whether the file lies ready, and the first note neither brings it nor says a word about it."""
    context = mail.context
    first = context.kind in THANKS and not context.said_before
    return first and bool(promise.file) and not is_named(promise.what, mail.plain(mail.core))


def _is_attached(promise: Promise, context: CheckContext) -> bool:
    """Tell whether the promised file is attached: by its name, or, while the facts name none, by what it is."""
    names = {file.filename.casefold() for file in context.enclosures}
    if promise.file:
        return promise.file.replace("\\", "/").rsplit("/", 1)[-1].casefold() in names
    return any(is_named(promise.what, " ".join(words_of(name.replace("_", " ")))) for name in names) or len(names) > 1


RULE = Rule(
    code="FM601",
    name="promise-not-attached",
    severity=ERROR,
    looks_for="The mail mentions what you promised, but the file is not attached.",
    why="A kept promise is the best follow-up; a promise without its file is the worst.",
    fix="Set its `file` under [[promised]] in the facts, or say when you will send it.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs. As promised, here is the case study.",
        given="The case study was promised; nothing is attached.",
        facts={"promised": [{"what": "the case study", "file": "case-study.pdf", "to": "Dr. Okafor"}]},
    ),
    good=Sample(
        "Thank you for the talk about the nightly jobs. I attach the case study, as promised.",
        given="case-study.pdf is attached.",
        changes={"enclosures": (Enclosure("case-study.pdf"),)},
        facts={"promised": [{"what": "the case study", "file": "case-study.pdf", "to": "Dr. Okafor"}]},
    ),
    inspect=_inspect,
)
