"""Tell a friend's forward of their answer from a mail of somebody at the employer or the agency."""

from __future__ import annotations

from typing import Final

from followup_mail.checks.address_match import domain, is_in_domain, is_same_address
from followup_mail.facts.application import Application
from followup_mail.facts.no_reply import is_unread
from followup_mail.incoming.forwarded import Forward

# Anybody has an address there: two of them have nothing in common.
_PUBLIC: Final = """
    gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.de hotmail.fr live.com msn.com yahoo.com
    yahoo.co.uk yahoo.co.in yahoo.de yahoo.fr ymail.com aol.com icloud.com me.com mac.com proton.me protonmail.com
    pm.me fastmail.com zoho.com mail.com gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de
    posteo.de mailbox.org orange.fr free.fr wanadoo.fr laposte.net libero.it bluewin.ch btinternet.com comcast.net
    mail.ru yandex.ru yandex.com qq.com 163.com 126.com naver.com wp.pl o2.pl onet.pl seznam.cz uol.com.br
    rediffmail.com
"""


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


def is_public(address: str) -> bool:
    """Tell whether anybody may have an address at this domain."""
    return domain(address) in _PUBLIC.split()


def share_domain(one: str, other: str) -> bool:
    """Tell whether two addresses belong to one workspace, its subdomains included."""
    return not is_public(one) and (is_in_domain(one, domain(other)) or is_in_domain(other, domain(one)))
