"""Check one mail with many rules. Pure: the same context has the same findings."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from followup_mail.checks.context import CheckContext
from followup_mail.checks.finding import Finding, MailPart
from followup_mail.checks.parsed_mail import ParsedMail, parse_mail
from followup_mail.checks.registry import all_rules
from followup_mail.checks.rule import Rule, Spot
from followup_mail.regex import regex

_PLACES: Final = list(MailPart)
_SPOTS_READ: Final = 200
_COMMAND: Final = regex(r"(followup-mail [a-z]+) (?:NAME|APP)\b")
MOST_PER_RULE: Final = 20
"""A rule that finds more than this in a mail has made its point."""


def check_mail(context: CheckContext, rules: Iterable[Rule] | None = None) -> tuple[Finding, ...]:
    """Return what the rules find, in the order of the mail: header, subject, body, attachments."""
    mail = parse_mail(context)
    found = []
    for rule in all_rules() if rules is None else rules:
        if rule.applies_to(context):
            found += _findings(rule, mail)
    return tuple(sorted(found, key=_place_in_mail))


def _place_in_mail(finding: Finding) -> tuple[int, int, int, str]:
    return _PLACES.index(finding.place), finding.line, finding.column, finding.code


def _findings(rule: Rule, mail: ParsedMail) -> list[Finding]:
    """Return the findings of a rule; of two that overlap, the first and longest stands for both."""
    found = [spot for spot in islice(rule.inspect(mail), _SPOTS_READ) if _is_to_judge(spot, mail)]
    if not found:  # as for most rules in most mails
        return []
    spots = sorted(found, key=lambda spot: (spot.place, spot.start, -spot.end))
    findings: list[Finding] = []
    last: Spot | None = None
    for spot in spots:
        if last and spot.end and last.place is spot.place and spot.start < last.end:
            continue
        last = spot
        findings.append(_finding(rule, mail, spot))
        if len(findings) == MOST_PER_RULE:
            break
    return findings


def _is_to_judge(spot: Spot, mail: ParsedMail) -> bool:
    return spot.place is not MailPart.SUBJECT or mail.context.judges_subject


def _finding(rule: Rule, mail: ParsedMail, spot: Spot) -> Finding:
    prose = {MailPart.SUBJECT: mail.subject, MailPart.BODY: mail.body}.get(spot.place)
    line, column = prose.place_of(spot.start) if prose and spot.end > spot.start else (0, 0)
    words = spot.words or (prose.written[spot.start : spot.end] if prose else "")
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=spot.severity or rule.severity,
        place=spot.place,
        line=line,
        column=column,
        length=spot.end - spot.start if line else 0,
        words=words,
        message=spot.message,
        fix=_name_application((mail.context.is_saved and rule.fix_saved) or spot.fix or rule.fix, mail),
        by_choice=spot.by_choice,
    )


def _name_application(fix: str, mail: ParsedMail) -> str:
    """Return a fix with the short name of the application in its command, where that is known."""
    facts = mail.context.facts
    return _COMMAND.sub(rf"\1 {facts.slug}", fix) if facts and facts.slug else fix
