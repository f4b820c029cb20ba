"""FM601: a promised attachment that is missing."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.attachment_mentions import is_named, says_sent_now
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.promised_files import is_kept_by_a_file, promised
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body
from followup_mail.checks.samples import Sample
from followup_mail.facts.application import Promise


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    missing = [promise for promise in promised(mail.context) if not is_kept_by_a_file(promise, mail.context)]
    sent = says_sent_now(mail) if missing else []
    for promise in missing:
        sentence = next((span for span in sent if _is_about(mail, span, promise)), None)
        if sentence:
            fix = f"Attach {promise.file}, or say when you will send it." if promise.file else ""
            yield in_body(mail, sentence, f"You promised '{promise.what}', but it is not attached.", fix)


def _is_about(mail: ParsedMail, span: TextSpan, promise: Promise) -> bool:
    """Return whether a sentence speaks of what was promised, or the one before does: "You asked for it. Here it is"."""
    before = mail.sentence_at(max(mail.core.start, span.start - 3))
    return is_named(promise.what, mail.plain(span)) or is_named(
        promise.what, f"{mail.plain(before)} {mail.plain(span)}"
    )


RULE = Rule(
    code="FM601",
    name="promise-not-attached",
    severity=ERROR,
    looks_for="The mail mentions what you promised, but the file is not attached.",
    why="A kept promise is the best follow-up; a promise without its file is the worst.",
    fix="Set its `file` under [[promised]] in the facts, or say when you will send it.",
    fix_saved="Attach it, or say when you will send it.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs. As promised, here is the case study.",
        given="The case study was promised; nothing is attached.",
        facts={"promised": [{"what": "the case study", "file": "case-study.pdf", "to": "Dr. Okafor"}]},
    ),
    good=Sample(
        "Thank you for the talk about the nightly jobs. I attach the case study, as promised.",
        given="case-study.pdf is attached.",
        changes={"enclosures": ("case-study.pdf",)},
        facts={"promised": [{"what": "the case study", "file": "case-study.pdf", "to": "Dr. Okafor"}]},
    ),
    inspect=_inspect,
)
