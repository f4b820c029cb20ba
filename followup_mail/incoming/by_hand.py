"""Mail that the user wrote in a mail program to somebody of an application: a contact like any other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from followup_mail.incoming.machine_sent import name_machine
from followup_mail.incoming.machine_words import FORWARDED
from followup_mail.incoming.mail_calendar import read_method
from followup_mail.incoming.opened_mail import Mailbox, OpenedMail
from followup_mail.incoming.understood import Understanding, Understood
from followup_mail.incoming.understood_as import understood_as
from followup_mail.incoming.watched import Watched, WatchedApplication
from followup_mail.incoming.whose_mail import (
    Match,
    in_thread,
    looked_at,
    narrowed,
    shown_as,
    whose_address,
    whose_domain,
)


def understand_own(mail: OpenedMail, watched: Watched, today: date) -> Understood | None:
    """Return a mail that the user wrote to somebody of an application in a mail program; None for any other."""
    applications = looked_at(watched, mail.day(today))
    # What the program sent itself is known by its id; an answer of a calendar or of an absence is no letter.
    sent = {thread.message_id for one in watched.applications for thread in one.threads}
    if mail.message_id in sent or read_method(mail.parts):
        return None
    if name_machine(mail.headers, mail.kinds, mail.subject, mail.text):
        return None
    found = find_recipient(mail, applications)
    if found is None:
        return None
    match, recipient = found
    whom = shown_as(recipient)
    base = understood_as(mail, Understanding.BY_HAND, replace(match, why=f"you wrote to {whom} in your mail program"))
    return replace(base, sender=recipient.address, name=recipient.name)


def find_recipient(mail: OpenedMail, applications: Sequence[WatchedApplication]) -> tuple[Match, Mailbox] | None:
    """Return to whom of the watched the user wrote, and for which application; the thread decides between several."""
    thread = in_thread(mail.references, applications)
    for find in (whose_address, whose_domain):
        for recipient in mail.recipients:
            if match := find(recipient.address, applications):
                return (thread or narrowed(match, mail)), recipient
    if thread and mail.recipients and not FORWARDED.match(mail.subject):
        return thread, mail.recipients[0]
    return None
