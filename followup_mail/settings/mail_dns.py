"""Ask DNS which servers a domain's mail goes through. If it does not answer, nothing is known, and nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from msgspec import Struct

from followup_mail.delivery.smtp_account import Security
from followup_mail.settings.providers import Server

_SECONDS: Final = 2.0
"""For one question; somebody waits for the next line of a dialogue."""
_RESERVED: Final = ("example", "example.com", "example.net", "example.org", "invalid", "localhost", "local", "test")
"""Domains that have no mail servers in DNS (RFC 2606, RFC 6762)."""
# RFC 8314 section 5.1 and RFC 6186 section 3; what is encrypted from the first byte goes first.
_SUBMISSION: Final = (("_submissions._tcp", Security.TLS), ("_submission._tcp", Security.STARTTLS))
_IMAP: Final = (("_imaps._tcp", Security.TLS), ("_imap._tcp", Security.STARTTLS))

Ask: TypeAlias = Callable[[str, str], tuple[str, ...]]
"""Returns the texts of the records of a name and a type, such as ``MX``; none when DNS does not answer."""


class Announced(Struct, frozen=True):
    """What a domain says about its servers by SRV records."""

    smtp: Server
    imap: Server | None


def ask_dns(name: str, kind: str) -> tuple[str, ...]:
    """Return the records of a name as text, such as ``10 mx.example.com.``; none when DNS does not answer in time."""
    domain = name.rstrip(".").lower()
    if any(domain == end or domain.endswith(f".{end}") for end in _RESERVED):
        return ()
    from dns.exception import DNSException
    from dns.resolver import Resolver

    try:
        return tuple(record.to_text() for record in Resolver().resolve(name, kind, lifetime=_SECONDS, search=False))
    except (DNSException, OSError, ValueError):
        return ()


def find_mx(domain: str, ask: Ask = ask_dns) -> tuple[str, ...]:
    """Return the hosts that take mail for a domain, the preferred first."""
    found = [text.split() for text in ask(domain, "MX")]
    ranked = sorted((int(parts[0]), parts[1]) for parts in found if len(parts) == 2 and parts[0].isdigit())
    return tuple(host for _, host in ranked)


def find_announced(domain: str, ask: Ask = ask_dns) -> Announced | None:
    """Return the servers that a domain announces by SRV records (RFC 6186, RFC 8314); None when there are none."""
    smtp = _first(domain, _SUBMISSION, ask)
    return Announced(smtp, _first(domain, _IMAP, ask)) if smtp else None


def is_within(host: str, domain: str) -> bool:
    """Return whether a host belongs to a domain. An answer of DNS can be forged, and a host elsewhere be a trap."""
    name, end = host.rstrip(".").lower(), domain.rstrip(".").lower()
    return name == end or name.endswith(f".{end}")


def _first(domain: str, services: tuple[tuple[str, Security], ...], ask: Ask) -> Server | None:
    for service, security in services:
        found = [text.split() for text in ask(f"{service}.{domain}", "SRV")]
        # Priority, weight, port, target; a target of "." says that there is no such service (RFC 2782).
        usable = [parts for parts in found if len(parts) == 4 and parts[3] != "." and parts[2].isdigit()]
        if usable:
            best = min(usable, key=lambda parts: (int(parts[0]), -int(parts[1])))
            return Server(best[3].rstrip(".").lower(), int(best[2]), security)
    return None
