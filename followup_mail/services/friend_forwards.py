"""Tell a friend's forward of their answer from a mail of somebody at the employer or the agency."""

from __future__ import annotations

from followup_mail.facts.application import Application
from followup_mail.facts.mail_address import is_same_address, share_domain
from followup_mail.facts.no_reply import is_unread
from followup_mail.incoming.forwarded import Forward


def is_by_stranger(forward: Forward, application: Application, own: frozenset[str]) -> bool:
    """Tell whether nobody whom the facts name passed a mail on that is neither theirs nor the user's (``own``)."""
    if any(is_unread(one) or _is_of(one, application) for one in forward.by):
        return False
    others = [one for one in forward.of if one.casefold() not in own and not _is_by_same(one, forward.by)]
    return bool(others) or not forward.of


def _is_of(address: str, application: Application) -> bool:
    known = [one.email for one in application.everyone() if one.email]
    return any(is_same_address(address, one) or share_domain(address, one) for one in known)


def _is_by_same(address: str, by: tuple[str, ...]) -> bool:
    return any(is_same_address(address, one) or share_domain(address, one) for one in by)
