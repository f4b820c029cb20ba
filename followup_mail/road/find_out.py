"""Find out what became of an unclear mail: look into the user's mailbox; a copy there proves that it was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from followup_mail.errors import RefusedError
from followup_mail.mailbox.sent import Sighting, Wanted
from followup_mail.outbox.entry import Entry, State
from followup_mail.wiring import House

_BEFORE: Final = timedelta(days=1)
"""A server files by its own clock and zone."""
_MOST_OTHERS: Final = 3


@dataclass(frozen=True, slots=True)
class FoundOut:
    """What a look brought, and how the entry stands afterwards."""

    entry: Entry
    sighting: Sighting | None
    """None: no mailbox is set, so nobody looked."""


def find_out(house: House, entry_id: int) -> FoundOut:
    """Look for an unclear mail in the mailbox; record it as sent when it is there, and else leave it unclear.

    Raises ``RefusedError`` when the entry is not unclear, ``MailboxError`` when the mailbox cannot be searched.
    """
    entry = house.store.get(entry_id)
    if entry.state is not State.UNCLEAR:
        raise RefusedError(
            f"{entry.label} is {entry.state}, not unclear: there is nothing to decide.",
            fix=f"See `followup-mail outbox show {entry.id} --history`.",
        )
    if not house.has_mailbox:
        return FoundOut(entry, None)
    sighting = house.look_for_sent(_describe(house, entry))
    if sighting.found_at:
        why = f"found in the folder '{sighting.folder}', filed at {sighting.found_at:%Y-%m-%d %H:%M %z}"
        entry = house.store.resolve(entry_id, True, house.now(), why)
    return FoundOut(entry, sighting)


def _describe(house: House, entry: Entry) -> Wanted:
    """Say what to look for. Mails of this account that were surely sent tell whether its server files copies."""
    mail = entry.mail
    since = (entry.intent_at or entry.created_at) - _BEFORE
    sent = [one for one in house.store.entries(states=[State.SENT]) if one.account == entry.account]
    latest = sorted(sent, key=lambda one: one.sent_at or one.created_at)
    others = tuple(one.mail.message_id for one in latest[-_MOST_OTHERS:])
    copied = mail.mail_from.lower() in {address.lower() for address in mail.rcpt_to}
    return Wanted(mail.message_id, mail.to.email, mail.subject, since.date(), copied, others)
