"""Mail that a system sends: of applicants, of a job board, of a help desk. Some of it is a decision, most is not.

What it says is told by phrases in ``system_mail.toml``; what is decided, by ``tenor``.
"""

from __future__ import annotations

import re
import tomllib
from email.message import Message
from pathlib import Path
from typing import Final

from followup_mail.facts.mail_address import domain, local_part
from followup_mail.facts.no_reply import is_unread
from followup_mail.incoming.saved_mail import field
from followup_mail.incoming.signed_name import is_shared_mailbox
from followup_mail.incoming.tenor import offers_to_leave
from followup_mail.regex import regex

_WORDS: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_JOB_BOARDS: Final = frozenset(_WORDS["job_boards"].split())
_SYSTEMS: Final = frozenset(_WORDS["applicant_systems"].split())
_TRADE: Final = frozenset(_WORDS["trade"].split())
_TEXT_LIMIT: Final = 5_000


def _pattern(name: str) -> re.Pattern[str]:
    lines = _WORDS[name].strip().split("\n")
    return regex("|".join(line.replace(" ", r"\s+") for line in lines), re.IGNORECASE)


_RECEIPT: Final = _pattern("receipt")
_SURVEY: Final = _pattern("survey")
_TICKET: Final = _pattern("ticket")
_ALERT: Final = _pattern("alert")
_PASSED_ON: Final = _pattern("passed_on")


def is_system(address: str) -> bool:
    """Return whether an address is that of a machine, or of a system in which employers keep their applicants."""
    return is_unread(address) or is_applicant_system(address) or is_job_board(address)


def is_applicant_system(address: str) -> bool:
    """Return whether an address belongs to a system of applicants that many employers use."""
    return not _SYSTEMS.isdisjoint(_names(address))


def is_job_board(address: str) -> bool:
    """Return whether an address belongs to a page where jobs are found."""
    return not _JOB_BOARDS.isdisjoint(_names(address))


def is_nobodys(address: str) -> bool:
    """Return whether an address is not one person's: a machine's, or that of a team."""
    return is_system(address) or is_shared_mailbox(address)


def is_bulk(headers: Message, text: str = "") -> bool:
    """Return whether a mail went to many, by its headers (RFC 2369, RFC 2919) or by what it says at its end."""
    if any(headers.get(name) for name in ("List-Unsubscribe", "List-Id", "List-Post", "X-Campaign-Id")):
        return True
    if field(headers, "Precedence", 100).strip().lower() in {"bulk", "list", "junk"}:
        return True
    return offers_to_leave(text)


def is_receipt(subject: str, text: str) -> bool:
    """Return whether a system says that something arrived, or wants to be told how it was: nothing is decided."""
    return any(one.search(subject) or one.search(text[:_TEXT_LIMIT]) for one in (_RECEIPT, _SURVEY, _TICKET))


def is_survey(subject: str, text: str) -> bool:
    """Return whether somebody wants to know how it was."""
    return bool(_SURVEY.search(subject) or _SURVEY.search(text[:_TEXT_LIMIT]))


def is_of_trade(address: str) -> bool:
    """Return whether an address is that of a department that deals with customers, not with applicants."""
    return not _TRADE.isdisjoint(re.split(r"[._+-]", local_part(address).casefold()))


def is_alert(subject: str, text: str) -> bool:
    """Return whether a mail is about jobs that one may apply for."""
    return bool(_ALERT.search(subject) or _ALERT.search(text[:_TEXT_LIMIT]))


def is_passed_on(subject: str) -> bool:
    """Return whether a page passes on what somebody wrote there: "Tom Berg sent you a message"."""
    return bool(_PASSED_ON.search(subject))


def _names(address: str) -> set[str]:
    """Return the last two labels of a domain without its ending: "greenhouse-mail", "myworkday"."""
    labels = domain(address).split(".")
    return {*labels[-3:-1], ".".join(labels[-2:])}
