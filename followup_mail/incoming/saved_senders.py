"""Whom a saved mail is from, and where an answer to it goes."""

from __future__ import annotations

from email.message import Message
from typing import Final

from followup_mail.facts.clean import clean_email
from followup_mail.facts.no_reply import is_unread
from followup_mail.incoming.saved_mail import field

_FIELD_LIMIT: Final = 20_000


def list_senders(headers: Message) -> tuple[str, ...]:
    """Return the first good address of Reply-To and that of From, in this order, as far as there are any."""
    found = (next(iter(addresses_in(headers, name)), "") for name in ("Reply-To", "From"))
    return tuple(one for one in found if one)


def answer_address(headers: Message) -> str:
    """Return the address that an answer goes to: Reply-To where there is a good one, else From; one that is read."""
    found = list_senders(headers)
    return next((one for one in found if not is_unread(one)), next(iter(found), ""))


def addresses_in(headers: Message, name: str) -> list[str]:
    """Return the good addresses of a field; of several such fields, those of the first."""
    return [address for _, address in senders_shown(headers, name)]


def senders_shown(headers: Message, name: str) -> list[tuple[str, str]]:
    """Return the good addresses of a field, each with its display name, not yet as people read it."""
    found = raw_addresses(headers, name)
    return [(shown, kept) for shown, address in found if (kept := good_address(address))]


def raw_addresses(headers: Message, name: str, limit: int = _FIELD_LIMIT) -> list[tuple[str, str]]:
    """Return the display names and addresses of a field as they are written, good or not."""
    from email.utils import getaddresses

    # Taken apart before encoded words are read: a name may decode to something that looks like an address.
    try:
        return getaddresses([" ".join(field(headers, name, limit).split())])
    except RecursionError:  # a thousand brackets in each other
        return []


def good_address(text: str) -> str:
    """Return an address that passes the gate of the facts; nothing for any other text."""
    try:
        return clean_email(text) if text else ""
    except ValueError:
        return ""
