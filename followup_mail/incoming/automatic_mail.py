"""Whether somebody answered in a mail that belongs to an application, or only a machine wrote, or it is for many.

A person counts unless there is proof that none wrote: what is missed cannot be stopped. A system counts only where it
tells a decision, invites, or passes on what a person wrote.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from followup_mail.facts.company_names import company_core
from followup_mail.facts.mail_address import domain, is_public, local_part
from followup_mail.incoming.absence import says_more
from followup_mail.incoming.letter_parts import is_greeting
from followup_mail.incoming.machine_words import ABOUT_APPLICATION, REPLIED
from followup_mail.incoming.named_in_mail import (
    mentions_person,
    named_in_short,
    names_company,
    names_person,
    names_role,
)
from followup_mail.incoming.opened_mail import OpenedMail
from followup_mail.incoming.report import is_read_receipt
from followup_mail.incoming.saved_mail import field
from followup_mail.incoming.signed_name import find_signature, is_shared_mailbox
from followup_mail.incoming.system_mail import (
    is_alert,
    is_applicant_system,
    is_bulk,
    is_job_board,
    is_nobodys,
    is_of_trade,
    is_passed_on,
    is_receipt,
    is_survey,
    is_system,
)
from followup_mail.incoming.tenor import Reading, is_about_reader, read_tenor
from followup_mail.incoming.tenors import Tenor
from followup_mail.incoming.watched import WatchedApplication
from followup_mail.incoming.whose_mail import By, Match, whose_domain
from followup_mail.regex import regex

_DECIDED: Final = frozenset({Tenor.NO, Tenor.OFFER, Tenor.INVITATION})
_IN_THREAD: Final = frozenset({By.THREAD, By.SUBJECT})
_IF: Final = regex(
    r"\b(?:if|should|in case|once|whether|falls|sollten?|wenn|sobald|si|dès que|en caso"
    r"|cuando|als|indien|zodra|se|qualora)\b"
)
# What colleagues of theirs write about beside the application itself.
_CONVERSATION: Final = regex(
    r"(?i)\b(?:gespräch\w*|kennenlern\w*|vorstellungs\w*|probe(?:tag|arbeit\w*)|zusage|vertrag\w*|arbeitsvertrag"
    r"|entretien|contrat|entrevista|contrato|colloquio|contratto|gesprek|contract|onboarding|start date"
    r"|next (?:steps?|round|stage)|case study|take-?home|references?|assessment|your (?:visit|call|offer|start))\b"
)
# What an agency writes about an application that there is, not about one that it would like.
_OWN_APPLICATION: Final = regex(
    r"(?i)\byour (?:\w+ )?(?:applications?|candidacy|interviews?|offer|contract|start)\b"
    r"|\binterview(?:ed|ing)? (?:on|at|with|went)\b|\b(?:ihre|deine) (?:bewerbung\w*|zusage)|\bvorstellungsgespräch"
    r"|\bvotre (?:candidature|entretien)|\btu (?:candidatura|entrevista)"
)
# What somebody who met an applicant writes about, and a namesake hardly.
_OF_WORK: Final = regex(
    r"(?i)\b(?:cv|résumé|resume|portfolio|offer|salary|career|thank you note|your (?:note|mail|message"
    r"|questions?)|colleagues?"
    r"|our (?:talk|chat|conversation|meeting)|(?:the|our) team|lebenslauf|unterlagen|zeugnis\w*|angebot"
    r"|gehalt|kolleg\w+"
    r"|unser (?:gespräch|treffen|termin)|ihre (?:nachricht|mail|fragen)|votre (?:message|mail|profil)"
    r"|notre (?:échange|entretien)"
    r"|(?:l'|notre |l\u2019)équipe|salaire|su (?:mensaje|correo|perfil)|el equipo|nuestra (?:charla"
    r"|conversación)|il team"
    r"|il nostro (?:colloquio|incontro)|ons gesprek|het team|je (?:mail|bericht))\b"
)
_FEW_WORDS: Final = 20
# A calendar program's own words below "Accepted: ..."; what else stands there is a person's comment.
_CALENDAR_WORDS: Final = regex(
    r"(?i)invitation|einladung|invitación|invito|uitnodiging|calendar|kalender|calendrier|accept|declin"
    r"|tentativ|zugesagt"
    r"|abgelehnt|zusage|absage|akzeptiert|forwarding this|google|when:|wann:|quand"
)


class MailKind(Enum):
    """What a mail is that belongs to an application."""

    ANSWER = auto()
    AUTOMATIC = auto()
    OTHERS = auto()
    """For many readers, or about something else."""


def tell_kind(mail: OpenedMail, match: Match, machine: str, method: str) -> MailKind:
    """Return what a mail is. ``machine``: what ``name_machine`` calls it; ``method``: that of its calendar."""
    reading = read_tenor(mail.subject, mail.own_words)
    if machine or method == "REPLY" or is_read_receipt(mail):
        return _of_machine(mail, match, reading, method)
    address = mail.sender.address
    if is_of_trade(address) and match.by not in _IN_THREAD:
        return MailKind.OTHERS
    if is_system(address) and match.by is not By.ADDRESS:
        return _of_system(mail, match, reading, method)
    if is_bulk(mail.headers, mail.own_words):
        return _of_many(mail, match, reading)
    return _of_people(mail, match, reading, method)


def _of_machine(mail: OpenedMail, match: Match, reading: Reading, method: str) -> MailKind:
    """Return what a mail is that a program wrote: a decision, a person's comment in it, others' mail, or none."""
    is_answer = _has_comment(mail) if method == "REPLY" else _system_decided(mail, match, reading)
    if is_answer:
        return MailKind.ANSWER
    is_theirs = match.by not in {By.DOMAIN, By.COMPANY} or method or not _is_generated(mail)
    if not is_theirs and _of_system(mail, match, reading, method) is MailKind.OTHERS:
        return MailKind.OTHERS
    return MailKind.AUTOMATIC


def _of_people(mail: OpenedMail, match: Match, reading: Reading, method: str) -> MailKind:
    if is_shared_mailbox(mail.sender.address) and match.person is None:
        return _of_team(mail, match, reading, method)
    if match.by is By.ALIAS and not _is_of_work(mail, match, method):
        return MailKind.OTHERS  # a namesake
    is_stranger = match.by in {By.DOMAIN, By.COMPANY}
    return MailKind.OTHERS if is_stranger and not _is_about(mail, match, reading, method) else MailKind.ANSWER


def _is_of_work(mail: OpenedMail, match: Match, method: str) -> bool:
    """Return whether a mail of somebody with a known name has any other sign of theirs: names are many people's.

    A few words from a public provider are enough: "call me on Monday?".
    """
    address = mail.sender.address
    if any(whose_domain(address, (one,)) for one in match.applications):
        return True
    is_anywhere = is_public(address)
    if is_anywhere and len(mail.own_words.split()) < _FEW_WORDS:
        return True
    written = f"{mail.subject}\n{mail.text}"
    return bool(
        (is_anywhere and (method or REPLIED.match(mail.subject) or _CONVERSATION.search(written)))
        or (is_anywhere and _OF_WORK.search(written))
        or names_role(written, match.applications)
        or names_company(written, match.applications)
        or named_in_short(written, match.applications)
        or ABOUT_APPLICATION.search(written)
    )


def _has_comment(mail: OpenedMail) -> bool:
    """Return whether somebody wrote something beside accepting: a program's own words speak of the invitation."""
    return bool(mail.own_words.strip()) and not _CALENDAR_WORDS.search(mail.own_words) and says_more(mail.own_words)


def _system_decided(mail: OpenedMail, match: Match, reading: Reading) -> bool:
    """Return whether what a system generated is a decision: such systems mark all of their mail as automatic."""
    if not _is_generated(mail):
        return False
    is_of_applicants = is_applicant_system(mail.sender.address)
    return _tells(mail, reading) or (is_of_applicants and _of_system(mail, match, reading, "") is MailKind.ANSWER)


def _is_generated(mail: OpenedMail) -> bool:
    """Return whether a system sent a mail of its own accord, answering none (RFC 3834 section 5)."""
    return field(mail.headers, "Auto-Submitted", 100).strip().lower().startswith("auto-generated")


def _tells(mail: OpenedMail, reading: Reading) -> bool:
    """Return whether a mail tells its reader a decision, or invites; "if you fit, we will invite you" does not."""
    if reading.tenor not in _DECIDED or is_alert(mail.subject, ""):
        return False
    if reading.tenor is Tenor.NO:
        return is_about_reader(mail.subject, mail.own_words) or _greets_reader(mail)
    return not (_IF.search(reading.sentence.lower()) or is_survey(mail.subject, mail.own_words))


def _of_system(mail: OpenedMail, match: Match, reading: Reading, method: str) -> MailKind:
    """Return what the mail of a system is: of applicants, of a job board, of a help desk."""
    subject, text = mail.subject, mail.own_words
    if is_job_board(mail.sender.address):
        return _of_job_board(mail, reading)
    if _tells(mail, reading) or method in {"REQUEST", "COUNTER", "CANCEL"}:
        return MailKind.ANSWER
    is_delay = reading.tenor is Tenor.DELAY and (_is_generated(mail) or not _leads_to_person(mail))
    if is_receipt(subject, text) or is_delay:  # "we are still reviewing": nobody has answered
        return MailKind.AUTOMATIC
    if match.by not in _IN_THREAD and (is_alert(subject, text) or reading.tenor is Tenor.NEWSLETTER):
        return MailKind.OTHERS
    is_theirs = match.by in _IN_THREAD or _is_about(mail, match, reading, method)
    # A system for applicants that neither confirms, nor asks for patience or an opinion, has news, whatever its words.
    has_news = is_theirs and is_applicant_system(mail.sender.address) and not is_survey(subject, text)
    if has_news or _leads_to_person(mail) or find_signature(text):
        return MailKind.ANSWER
    return MailKind.AUTOMATIC if is_theirs else MailKind.OTHERS


def _leads_to_person(mail: OpenedMail) -> bool:
    return any(not is_nobodys(one.address) for one in mail.mailboxes("Reply-To"))


def _of_job_board(mail: OpenedMail, reading: Reading) -> MailKind:
    subject, text = mail.subject, mail.own_words
    if is_passed_on(subject) or (_tells(mail, reading) and not is_alert(subject, text)):
        return MailKind.ANSWER
    return MailKind.AUTOMATIC if is_receipt(subject, text) and not is_alert(subject, "") else MailKind.OTHERS


def _of_many(mail: OpenedMail, match: Match, reading: Reading) -> MailKind:
    """Return what a mail is that a list or a campaign sent: recruiters send their own letters that way too."""
    if match.by in _IN_THREAD or _tells(mail, reading):
        return MailKind.ANSWER
    if reading.tenor is Tenor.NEWSLETTER or is_alert(mail.subject, mail.own_words):
        return MailKind.OTHERS
    if is_receipt(mail.subject, mail.own_words):
        return MailKind.AUTOMATIC
    is_known = match.by in {By.ADDRESS, By.ALIAS}
    is_to_reader = is_about_reader(mail.subject, mail.own_words) or _greets_reader(mail)
    return MailKind.ANSWER if is_known and is_to_reader else MailKind.OTHERS


def _greets_reader(mail: OpenedMail) -> bool:
    """Return whether a mail greets whom it is addressed to by name."""
    names = {
        name.casefold()
        for one in mail.recipients
        for name in re.split(r"[\W\d_]+", f"{one.name} {local_part(one.address)}")
        if len(name) > 2
    }
    head = " ".join(mail.own_words.split("\n", 1)[0].casefold().split())
    return is_greeting(head) and not names.isdisjoint(re.findall(r"[^\W\d_]+", head))


def _of_team(mail: OpenedMail, match: Match, reading: Reading, method: str) -> MailKind:
    """Return what a mail from the mailbox of a team is: a person may have written it, or a machine."""
    if _tells(mail, reading):
        return MailKind.ANSWER
    if is_receipt(mail.subject, mail.own_words):
        return MailKind.AUTOMATIC
    is_theirs = match.by in _IN_THREAD or _is_about(mail, match, reading, method)
    return MailKind.ANSWER if is_theirs and not is_alert(mail.subject, mail.own_words) else MailKind.OTHERS


def _is_about(mail: OpenedMail, match: Match, reading: Reading, method: str) -> bool:
    """Return whether a stranger's mail is about the application: one of their domain, or who names the company."""
    written = f"{mail.subject}\n{mail.own_words}"
    names = names_person(written, match.applications) or names_role(written, match.applications)
    is_decided = reading.tenor in _DECIDED or method in {"REQUEST", "COUNTER"}
    speaks = is_decided or bool(ABOUT_APPLICATION.search(written) or _CONVERSATION.search(written))
    if match.by is By.COMPANY:
        return speaks and (names or is_system(mail.sender.address))
    names = names or mentions_person(written, match.applications)
    if any(_is_at_home(mail.sender.address, one) for one in match.applications):
        return names or speaks
    # Agencies write of other positions as well.
    return names or names_company(written, match.applications) or bool(_OWN_APPLICATION.search(written))


def _is_at_home(address: str, application: WatchedApplication) -> bool:
    """Return whether a domain begins like the company; that of an agency does not."""
    first = company_core(application.company).partition("-")[0]
    return any(label.startswith(first) for label in domain(address).split("."))
