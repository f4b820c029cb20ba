"""Tell a friend's forward of their answer from a mail of somebody at the employer or the agency."""

from __future__ import annotations

from collections.abc import Sequence

from followup_mail.facts.application import Application
from followup_mail.facts.mail_address import is_same_address, share_domain
from followup_mail.facts.no_reply import is_unread
from followup_mail.incoming.forwarded import Forward


def is_by_stranger(forward: Forward, application: Application, own: frozenset[str]) -> bool:
    """Return whether nobody whom the facts name passed a mail on that is neither theirs nor the user's (``own``)."""
    known = [one.email for one in application.everyone() if one.email]
    if any(is_unread(one) or _is_one_of(one, known) for one in forward.by):
        return False
    others = [one for one in forward.of if one.casefold() not in own and not _is_one_of(one, forward.by)]
    return bool(others) or not forward.of


def _is_one_of(address: str, others: Sequence[str]) -> bool:
    return any(is_same_address(address, one) or share_domain(address, one) for one in others)
