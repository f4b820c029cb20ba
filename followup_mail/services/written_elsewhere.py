"""Who gets mails about which applications: a recruiter in two of them is written to about one a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from followup_mail.facts.application import Application
from followup_mail.outbox.store import Store

WrittenTo = Mapping[str, tuple[tuple[str, datetime], ...]]
"""For each address, about which application a mail went or will go, and when."""
_LOOK_BACK = timedelta(days=2)
"""Somebody's day is at most so long ago."""


def find_written_to(store: Store, now: datetime) -> WrittenTo:
    """Return whom mails went to today, or will go to, in all applications: one look at the outbox for all of them."""
    found: dict[str, list[tuple[str, datetime]]] = {}
    for sent in store.sent_since(now - _LOOK_BACK):
        found.setdefault(sent.email.casefold(), []).append((sent.application, sent.at))
    return {email: tuple(written) for email, written in found.items()}


def find_elsewhere(
    written: WrittenTo, application: Application, former: frozenset[str]
) -> Mapping[str, tuple[datetime, ...]]:
    """Return the mails about other applications to people of this one: when, by address.

    ``former``: the names of facts files that are gone. What was sent under one of them may be about this application.
    """
    given = {*(person.email for person in application.everyone()), application.outcome.by}
    emails = {email.casefold() for email in given if email}
    own = {application.slug, *former}
    found = {email: tuple(at for slug, at in written.get(email, ()) if slug not in own) for email in emails}
    return {email: moments for email, moments in found.items() if moments}
