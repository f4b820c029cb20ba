"""What servers' refusals mean, and what to do about each: the table that ``answers`` looks into.

Codes are those of RFC 5321 section 4.2.3 and RFC 3463, and what large providers make of them. Each sentence is for the
person at the keyboard, not for a postmaster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from followup_mail.delivery.words import Reply
from followup_mail.outbox.outcome import Phase


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row: which refusals it is about, and what to do."""

    code: str
    """Regular expression for the whole reply code."""
    fix: str
    enhanced: str = ""
    """Regular expression for the whole enhanced code; empty matches any, also none."""
    words: str = ""
    """Regular expression searched for in the text, whatever the case."""
    pauses: bool = False
    """True when no other mail of this account would fare better."""
    later: bool = False
    """True where the server says "never" and means "not today"."""

    def fits(self, reply: Reply) -> bool:
        """Tell whether this row is about that reply."""
        return (
            re.fullmatch(self.code, str(reply.code)) is not None
            and (not self.enhanced or re.fullmatch(self.enhanced, reply.enhanced) is not None)
            and (not self.words or re.search(self.words, reply.text, re.IGNORECASE) is not None)
        )


_GMAIL = (
    "Gmail wants an app password here, not the account's own: make one at https://myaccount.google.com/apppasswords "
    "(2-step verification must be on) and set it as the password."
)
_MICROSOFT = (
    "Microsoft has switched sign-in by password off for this mailbox: log in by OAuth2 (xoauth2), send through "
    "another account, or ask the administrator to allow authenticated SMTP."
)
_WRONG = (
    "The user name or the password is wrong: check both; Gmail, Yahoo, iCloud and Fastmail want an app password "
    "instead of the account's own."
)
_STRONGER = "The server asks for a stronger way to log in: use an app password, or OAuth2."
_TOO_OFTEN = "There were too many logins: wait an hour, then check the password."
_OTHER_LOGIN = "The server does not take this way of logging in: check host and port, or use another way."
_LOGIN_LATER = "The server cannot check logins at the moment, or saw too many of them: it is tried again later."
_ENCRYPT = "The server wants an encrypted link: set the SMTP security to 'starttls' (port 587) or 'tls' (port 465)."
_LOG_IN = "The server wants a login first: set the SMTP user and password."
_NOT_FROM_HERE = (
    "The server refuses connections from this network: use your provider's submission server (port 587 or 465), "
    "or another network."
)
_LIMIT = "The account's limit is used up: it is lifted within 24 hours, and the mail is tried again."
_TOO_LARGE = "The mail is too large for this server: make the attachments smaller, or link to them."
_NOT_YOUR_FROM = (
    "The server does not let this account send under this From address: use the account's own address, or one that "
    "it may send as."
)
_NO_RELAY = "The server does not pass mail on without a login: set the SMTP user and password."
_NO_MAILBOX = "There is no such mailbox: check how the address is spelled."
_NO_DOMAIN = "The domain of the address does not exist or takes no mail: check what follows the @."
_BAD_ADDRESS = "The server cannot make sense of the address: check how it is spelled."
_FULL = "The recipient's mailbox is full or switched off: use another address, or call."
_UNWANTED = "The server takes no mail from you for this recipient: use another address, or another account."
_UNKNOWN = "The server does not know this mailbox, or takes no mail for it: check how the address is spelled."
_MOVED = "The person's mail has moved to another address, which the server may name: correct the address."
_NOT_VOUCHED = "Your domain does not vouch for this server (SPF, DKIM): send through the provider of your From address."
_ATTACHMENT = "The server forbids what is attached: send another kind of file, or link to it."
_LARGE_OR_FULL = "The mail is too large, or the mailbox full: make the attachments smaller, or link to them."
_MALFORMED = "The server finds the mail malformed: write it anew; if that does not help, please report it."
_SPAM = (
    "The server takes this mail for spam or forbids it: reword it, remove links and attachments, or write from "
    "another account."
)
_NOT_SMTP = "The server does not understand what a mail program says: check host and port of the SMTP server."
_FOR_GOOD = "The server refuses this mail for good: read what it said, and use another address or account."
_CLOSING = "The server is closing or overloaded: it is tried again later."
_GREYLISTED = "The server asks senders it does not know to come back: it is tried again later."
_BUSY = "The mailbox cannot be reached at the moment: it is tried again later."
_ITS_FAULT = "The server has a problem of its own at the moment: it is tried again later."
_NO_ROOM = "The server or the mailbox is full at the moment: it is tried again later."
_LATER = "The server asks to be tried again later."

# Not "message … limit": that is a size.
_LIMIT_WORDS = r"\b(daily|hourly|sending|outgoing|rate)\W+(\w+\W+){0,3}(limit|quota)|(limit|messages) per (hour|day)"

_AT_LOGIN: Final = (
    Meaning("5..", _MICROSOFT, enhanced=r"5\.7\.139", pauses=True),
    Meaning("5..", _MICROSOFT, words="basic authentication|smtpclientauthentication", pauses=True),
    Meaning("53[45]", _GMAIL, enhanced=r"5\.7\.(9|14)", pauses=True),
    Meaning("53[45]", _GMAIL, words=r"gsmtp|google\.com|application-specific", pauses=True),
    Meaning("534", _STRONGER, pauses=True),
    Meaning("535", _TOO_OFTEN, words="too many", pauses=True),
    Meaning("535", _WRONG, pauses=True),
    Meaning("53[08]", _ENCRYPT, words="starttls|encrypt|tls|ssl", pauses=True),
    Meaning("5..", _OTHER_LOGIN, pauses=True),
    Meaning("454", _LOGIN_LATER),
)
_OF_SENDER: Final = (
    Meaning("5..", _TOO_LARGE, enhanced=r"5\.(3\.4|2\.3)"),
    Meaning("55[0-4]", _LIMIT, words=_LIMIT_WORDS, pauses=True, later=True),
    Meaning("552", _TOO_LARGE),
    Meaning("5[05][0134]", _NOT_YOUR_FROM, pauses=True),
)
_OF_RECIPIENT: Final = (
    # Postfix says only here what it has against the client or the sender (smtpd_delay_reject).
    Meaning("5..", _NOT_FROM_HERE, words="client host|helo command rejected", pauses=True),
    Meaning("5..", _LOG_IN, words="sender address rejected: not logged in", pauses=True),
    Meaning("5..", _NOT_YOUR_FROM, words="sender address rejected|sender verify failed", pauses=True),
    Meaning("55[0-9]", _NO_RELAY, words="relay", pauses=True),
    Meaning("55[0-9]", _NO_MAILBOX, enhanced=r"5\.1\.[016]"),
    Meaning("55[0-9]", _NO_DOMAIN, enhanced=r"5\.(1\.2|1\.10|4\.4)"),
    Meaning("5..", _BAD_ADDRESS, enhanced=r"5\.1\.3"),
    Meaning("55[0-9]", _FULL, enhanced=r"5\.2\.[12]"),
    Meaning("55[0-9]", _UNWANTED, enhanced=r"5\.7\..*"),
    Meaning("550", _UNKNOWN),
    Meaning("552", _FULL),
    Meaning("553", _BAD_ADDRESS),
    Meaning("554", _UNWANTED),
)
_OF_MESSAGE: Final = (
    Meaning("55[0-9]", _NO_MAILBOX, enhanced=r"5\.1\.[016]"),
    Meaning("55[0-9]", _NOT_VOUCHED, enhanced=r"5\.7\.(2[0-9]|509|515)"),
    Meaning("552", _ATTACHMENT, enhanced=r"5\.7\.0"),
    Meaning("55[0-9]", _TOO_LARGE, enhanced=r"5\.(3\.4|2\.3)"),
    Meaning("55[0-9]", _FULL, enhanced=r"5\.2\.[12]"),
    Meaning("55[0-4]", _LIMIT, words=_LIMIT_WORDS, pauses=True, later=True),
    Meaning("552", _LARGE_OR_FULL),
    Meaning("55[0-9]", _MALFORMED, enhanced=r"5\.6\..*"),
    Meaning("55[0-4]", _SPAM),
)
_AT_PHASE: Final = {
    Phase.CONNECT: (Meaning("5..", _NOT_FROM_HERE, pauses=True),),
    Phase.LOGIN: _AT_LOGIN,
    Phase.MAIL: _OF_SENDER,
    Phase.RCPT: _OF_RECIPIENT,
    Phase.DATA: _OF_MESSAGE,
    Phase.BODY: _OF_MESSAGE,
    Phase.ANSWER: _OF_MESSAGE,
}
_FIRST: Final = (
    Meaning("55[0-4]", _LIMIT, enhanced=r"5\.4\.5", pauses=True, later=True),  # Gmail's day limit
    Meaning("551", _MOVED),
    Meaning("556", _NO_DOMAIN),
)
_LAST: Final = (
    Meaning("53[08]", _ENCRYPT, words="starttls|encrypt|tls|ssl", pauses=True),
    Meaning("530", _LOG_IN, pauses=True),
    Meaning("50[0-4]|521|555", _NOT_SMTP, pauses=True),
    Meaning("5..", _FOR_GOOD),
    Meaning("421", _CLOSING),
    Meaning("4..", _GREYLISTED, words=r"gr[ea]y[ -]?list|4\.7\.1\b"),
    Meaning("450", _BUSY),
    Meaning("451", _ITS_FAULT),
    Meaning("452", _NO_ROOM),
    Meaning("4..", _LATER),
)


def find_meaning(reply: Reply, phase: Phase) -> Meaning:
    """Return the first row, from the particular to the general, that a refusal (4xx or 5xx) fits."""
    rows = (*_FIRST, *_AT_PHASE.get(phase, ()), *_LAST)
    return next(row for row in rows if row.fits(reply))
