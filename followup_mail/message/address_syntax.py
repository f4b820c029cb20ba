"""An address as it stands on the wire: in the envelope (RFC 5321) and between angle brackets (RFC 5322).

``facts.clean`` decides what an address may be when the user writes it down. This is the second look, directly
before bytes are made of it: only a plain dot-atom and a host name pass, so no address can end its own header.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from followup_mail.facts.unfit_values import quoted
from followup_mail.regex import regex

ADDRESS_LIMIT: Final = 254
"""Octets of an address: RFC 5321 section 4.5.3.1.3 allows a path of 256 with its angle brackets."""
_LOCAL_LIMIT: Final = 64

# RFC 5322 atext, and what RFC 6531 adds to it, anything beyond ASCII: all but the controls and the specials of ASCII.
_ATOM: Final = r'[^\x00-\x20\x7f"(),.:;<>@\[\\\]]+'
_LOCAL_PART: Final = regex(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST: Final = regex(rf"{_LABEL}(?:\.{_LABEL})*")


def wire_address(address: str) -> str:
    """Return ``address`` with its domain in A-labels (RFC 5890). The local part stays as it is, UTF-8 included.

    Raises ``ValueError`` with a sentence for anything but a dot-atom, one ``@`` and a host name.
    """
    local, at, domain = address.rpartition("@")
    if not at or not _is_local_part(local):
        raise ValueError(f"{quoted(address)} is not an address that can be written to")
    wire = f"{local}@{wire_domain(domain)}"
    if len(wire.encode()) > ADDRESS_LIMIT:
        raise ValueError(f"the address {quoted(address)} is longer than {ADDRESS_LIMIT} bytes")
    return wire


def wire_domain(domain: str) -> str:
    """Return a host name in lower-case A-labels. Raises ``ValueError`` when it is none."""
    host = domain.lower() if domain.isascii() else _to_a_labels(domain)
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise ValueError(f"{quoted(domain)} is not the name of a mail domain")
    return host


def _is_local_part(local: str) -> bool:
    """Check a local part as written and as a server sees it that folds look-alikes (NFKC): "，" must not become ","."""
    if not local.isprintable() or len(local.encode(errors="replace")) > _LOCAL_LIMIT:
        return False
    folded = unicodedata.normalize("NFKC", local)
    return all(_LOCAL_PART.fullmatch(form) is not None and "@" not in form for form in (local, folded))


@lru_cache(maxsize=256)
def _to_a_labels(domain: str) -> str:
    import idna  # only where a domain is not ASCII

    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise ValueError(f"{quoted(domain)} is not the name of a mail domain") from None
