"""FM605: a promise that nothing keeps yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from followup_mail.checks.attachment_mentions import is_announced, is_named, says_sent_now
from followup_mail.checks.finding import MailPart
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.promised_files import is_file_by_name, is_kept_by_a_file, promised
from followup_mail.checks.rule import ERROR, THANKS, Rule, Spot
from followup_mail.checks.samples import Sample
from followup_mail.facts.application import Application, Promise
from followup_mail.language.promises import option_to_keep, option_to_name, promises_to, promises_to_nobody


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    context = mail.context
    if context.facts is None or context.said_before:
        return
    for promise in promised(context):
        if _is_forgotten(mail, promise):
            fix = f"Attach {promise.file}, or say when you will send it."
            yield Spot(_message(promise), MailPart.ATTACHMENT, words=promise.file, fix=fix)
    if context.person is None:
        return
    for kept in promises_to(context.facts, context.person):
        if kept.is_open and not (is_announced(kept.promise.what, mail) or _is_brought(mail, kept.promise)):
            yield Spot(_message(kept.promise), MailPart.ATTACHMENT, fix=_how_to_keep(mail, context.facts, kept.promise))
    for promise in promises_to_nobody(context.facts):
        message = f"You promised '{promise.what}'; the facts do not say to whom. Was it {context.person.name}?"
        yield Spot(message, MailPart.ATTACHMENT, fix=_how_to_name(context.facts, promise))


def _how_to_keep(mail: ParsedMail, facts: Application, promise: Promise) -> str:
    if mail.context.is_saved:
        return "Attach it, or say when you will send it."
    change = f"followup-mail change {facts.slug}"
    as_file, in_words = (f"{change} {option_to_keep(promise, in_words=says)}" for says in (False, True))
    return f"To attach it: {as_file} - or to say when it comes: {in_words}"


def _how_to_name(facts: Application, promise: Promise) -> str:
    return f"Say whom you promised it to, or everybody: followup-mail change {facts.slug} {option_to_name(promise)}"


def _message(promise: Promise) -> str:
    return f"You promised '{promise.what}', and this mail does not bring it."


def _is_brought(mail: ParsedMail, promise: Promise) -> bool:
    """Return whether a mail written elsewhere has the file with it, by its name or by what the mail says."""
    if is_file_by_name(promise, mail.context):
        return True
    sent = says_sent_now(mail) if is_kept_by_a_file(promise, mail.context) else []
    return any(is_named(promise.what, mail.plain(sentence)) for sentence in sent)


def _is_forgotten(mail: ParsedMail, promise: Promise) -> bool:
    """Return whether the file lies ready, and the note neither brings it nor says a word about it."""
    is_brought = not promise.file or is_kept_by_a_file(promise, mail.context)
    return not is_brought and not is_named(promise.what, mail.plain(mail.core))


_KEPT: Final = {"what": "the case study", "to": "Dr. Okafor", "says": "You will have the case study on Friday."}

RULE = Rule(
    code="FM605",
    name="open-promise",
    severity=ERROR,
    looks_for="A promise that the mail neither keeps nor mentions, or one without a name after you met several people.",
    why="They are waiting for it. A thank-you without a word about it says that you forgot.",
    fix="In the facts, give the promise its `file`, or the sentence that keeps it in `says`; in `to`, the name.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs.",
        kind="thank_you",
        given="The case study was promised; there is no file yet.",
        facts={"promised": [{"what": "the case study", "to": "Dr. Catherine Okafor"}]},
    ),
    good=Sample(
        "Thank you for the talk about the nightly jobs. You will have the case study on Friday.",
        kind="thank_you",
        given="The case study was promised, with that sentence.",
        facts={"promised": [_KEPT]},
    ),
    inspect=_inspect,
    kinds=THANKS,
)
