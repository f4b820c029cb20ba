"""What a mail in the mailbox is to the applications: an answer, an automatic reply, a mail that came back, one by hand.

A person's words are an answer even where they also say that somebody is away. What only a machine wrote is none, unless
a system tells that something was decided. The rest belongs to nobody here, and is not kept.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec.structs import replace

from followup_mail.incoming.absence import find_leaving, find_return
from followup_mail.incoming.automatic_mail import MailKind, tell_kind
from followup_mail.incoming.by_hand import find_recipient, understand_own
from followup_mail.incoming.first_line import kept_words, shortened
from followup_mail.incoming.machine_sent import REPORT, REPORT_TYPES, name_machine
from followup_mail.incoming.mail_calendar import read_method
from followup_mail.incoming.named_in_mail import names_company
from followup_mail.incoming.opened_mail import OpenedMail, open_headers, open_mail
from followup_mail.incoming.other_position import is_of_other_position
from followup_mail.incoming.returned import understand_report
from followup_mail.incoming.system_mail import is_alert, is_applicant_system, is_bulk, is_job_board, is_system
from followup_mail.incoming.tenor import Reading, read_tenor
from followup_mail.incoming.tenors import Tenor
from followup_mail.incoming.understood import Understanding, Understood
from followup_mail.incoming.understood_as import understood_as
from followup_mail.incoming.watched import Watched
from followup_mail.incoming.whose_mail import (
    By,
    Match,
    find_match,
    looked_at,
)

_INVITES: Final = frozenset({"REQUEST", "PUBLISH"})
_NO_ANSWERS: Final = frozenset({Tenor.AUTOMATIC, Tenor.NEWSLETTER})
"""What an answer cannot be, whatever one of its sentences reads like."""


def understand(content: bytes, watched: Watched, today: date) -> Understood | None:
    """Return what a mail is to the applications; None where it is nothing to any of them.

    ``content``: the mail as the mailbox has it, or its beginning; ``today`` stands in for the day of a mail without a
    date. Never raises for what a mail holds.
    """
    mail = open_mail(content)
    if mail.sender.address in watched.own:
        return understand_own(mail, watched, today)
    machine = name_machine(mail.headers, mail.kinds, mail.subject, mail.text)
    report = understand_report(mail, watched, today) if machine == REPORT else None
    match = find_match(mail, watched, today) if report is None else None
    if match is None or (machine == REPORT and not _may_be_a_person(mail, match)):
        return report
    machine = "" if machine == REPORT else machine
    method = read_method(mail.parts)
    kind = tell_kind(mail, match, machine, method)
    if kind is MailKind.OTHERS:
        return None
    if kind is MailKind.AUTOMATIC:
        return _automatic(mail, match, machine, today)
    reading = read_tenor(mail.subject, mail.own_words)
    if reading.tenor is Tenor.UNKNOWN and mail.passed_on:  # a recruiter passes on what the employer wrote
        reading = read_tenor("", mail.passed_on)
    if reading.tenor is Tenor.NO and _is_of_other(mail, match, reading.sentence):
        reading = Reading(Tenor.UNKNOWN)
    return replace(
        understood_as(mail, Understanding.ANSWER, match),
        tenor=Tenor.UNKNOWN if reading.tenor in _NO_ANSWERS else reading.tenor,
        sentence=shortened(kept_words(reading.sentence, 600), 300),
        has_invitation=method in _INVITES,
    )


def may_be_theirs(headers: bytes, watched: Watched) -> str:
    """Return why a mail is to be read, by its headers alone; nothing for others' mail.

    It says yes to all that ``understand`` could need, and never because of a first name or a word alone.
    """
    mail = open_headers(headers)
    today = date.max  # of a mail without a date the day is not known here: any application counts
    applications = looked_at(watched, mail.day(today))
    if not applications:
        return ""
    if mail.sender.address in watched.own:
        by_hand = find_recipient(mail, applications)
        return f"you wrote to {by_hand[1].address}" if by_hand else ""
    if name_machine(mail.headers, mail.kinds, mail.subject, "") == REPORT:
        return "a mail server reports about a mail"
    match = find_match(mail, watched, today)
    if match is None or _is_for_many(mail, match):
        return ""
    return match.why


def _is_of_other(mail: OpenedMail, match: Match, sentence: str) -> bool:
    """Return whether a no is about another position than ours; what goes on in our thread must say so itself."""
    roles = [one.role for one in match.applications]
    if is_of_other_position(sentence, roles):
        return True
    return match.by is not By.THREAD and is_of_other_position(f"{mail.subject}\n{mail.own_words}", roles)


def _may_be_a_person(mail: OpenedMail, match: Match) -> bool:
    """Return whether what reads like a report was written by somebody known: "Undeliverable budget"."""
    return match.person is not None and REPORT_TYPES.isdisjoint(mail.kinds)


def _is_for_many(mail: OpenedMail, match: Match) -> bool:
    """Return whether a mail only names a company, as the newsletters of others do."""
    if match.by is not By.COMPANY:
        return False
    if is_alert(mail.subject, ""):
        return True
    address, name = mail.sender.address, mail.sender.name
    is_of_jobs = is_applicant_system(address) or is_job_board(address)
    return is_bulk(mail.headers) and not (
        is_of_jobs or (is_system(address) and names_company(name, match.applications))
    )


def _automatic(mail: OpenedMail, match: Match, machine: str, today: date) -> Understood:
    """Return what only a machine wrote: the day of a return, or that somebody has left for good."""
    found = understood_as(mail, Understanding.AUTOMATIC, match)
    if machine and (leaving := find_leaving(mail.own_words)):
        return replace(found, first_line=shortened(kept_words(leaving, 600)))
    return replace(found, back_on=_back_on(mail, match, machine, today))


def _back_on(mail: OpenedMail, match: Match, machine: str, today: date) -> date | None:
    if not machine:  # a receipt names the day of a decision, not of a return
        return None
    offset = mail.sent.utcoffset() if mail.sent else None
    minutes = int(offset.total_seconds() // 60) if offset is not None else None
    # The subject that they answer has weekdays of its own.
    subject = mail.subject
    for answered in (thread.subject for one in match.applications for thread in one.threads):
        subject = subject.replace(answered, "") if answered else subject
    return find_return(subject, mail.own_words, mail.day(today), minutes)
