"""Reports about mail of the user's: what came back for good, and from whom; what is only late, or was opened.

Anybody who got a mail of ours knows its Message-ID, so a failure counts only for the address that this mail went to.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec.structs import replace

from followup_mail.facts.mail_address import is_same_address
from followup_mail.incoming.opened_mail import OpenedMail
from followup_mail.incoming.report import Report, read_report
from followup_mail.incoming.saved_mail import field
from followup_mail.incoming.understood import Understanding, Understood
from followup_mail.incoming.understood_as import understood_as
from followup_mail.incoming.watched import Watched, WatchedApplication
from followup_mail.incoming.whose_mail import By, Match, looked_at, narrowed, whose_address
from followup_mail.regex import regex

_FORGED: Final = regex(r"(?i)\bdmarc=fail\b")
"""What the user's own server found (RFC 8601): somebody else sent it in the name of a mail server."""


def understand_report(mail: OpenedMail, watched: Watched, today: date) -> Understood | None:
    """Return a report about a mail of the user's; None for one about any other mail."""
    report = read_report(mail)
    applications = looked_at(watched, mail.day(today))
    match, ids = _by_ids(report, applications)
    match = match or _by_failed(report, mail, applications)
    if match is None:
        return None
    understanding = Understanding.RETURNED if report.is_final else Understanding.AUTOMATIC
    found = replace(understood_as(mail, understanding, match), first_line=report.said)
    if not report.is_final:
        return found
    failed = tuple(one for one in report.addresses if _is_watched(one, applications))
    return replace(found, returned=ids, returned_to=failed)


def _by_ids(report: Report, applications: Sequence[WatchedApplication]) -> tuple[Match | None, tuple[str, ...]]:
    """Return the application of the threads that a report names, and their ids."""
    found = [
        (one, thread)
        for id_ in report.ids
        for one in applications
        for thread in one.threads
        if thread.message_id == id_ and thread.to and _is_about(report, thread.to)
    ]
    if not found:
        return None, ()
    first, thread = found[0]
    what = "could not be delivered" if report.is_final else "is what a report is about"
    match = Match(By.THREAD, (first,), f'your mail "{thread.subject}" {what}')
    # The likeliest alone: the mails that it answered are named in its copy too.
    return match, (thread.message_id,)


def _is_about(report: Report, to: str) -> bool:
    return not report.addresses or any(is_same_address(one, to) for one in report.addresses)


def _by_failed(report: Report, mail: OpenedMail, applications: Sequence[WatchedApplication]) -> Match | None:
    """Return the applications that have somebody of an address that a report is about; a forged one has none."""
    if _FORGED.search(field(mail.headers, "Authentication-Results", 4_000)):
        return None
    for address in report.addresses:
        if match := whose_address(address, applications):
            why = (
                f"a mail to {address} could not be delivered" if report.is_final else f"it is about a mail to {address}"
            )
            return replace(narrowed(match, mail), why=why)
    return None


def _is_watched(address: str, applications: Sequence[WatchedApplication]) -> bool:
    return whose_address(address, applications) is not None
