"""Compare addresses: whose they are, and whether they can be right at all."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from followup_mail.checks.name_match import distance

_PROVIDERS: Final = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com yahoo.com icloud.com gmx.de gmx.net web.de proton.me".split()  # noqa: SIM905
)
_SEEN_ALIKE: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"))
_SHORTEST: Final = 5
"""Letters that a domain must have: of shorter ones, too many are a letter apart and all right."""


def local_part(address: str) -> str:
    """Return what stands before the @."""
    return address.rpartition("@")[0]


def domain(address: str) -> str:
    """Return what stands behind the @, in lower case, without a dot at its end."""
    return address.rpartition("@")[2].strip().rstrip(".").casefold()


def is_same_address(address: str, other: str) -> bool:
    """Tell whether mail to both lands in one mailbox: case and ``+tag`` aside, and dots at Gmail."""
    return bool(address) and _canonical(address) == _canonical(other)


def is_in_domain(address: str, wanted: str) -> bool:
    """Tell whether an address belongs to a domain or a subdomain of it. ``wanted`` may begin with ``@`` or ``*.``."""
    name = wanted.strip().casefold().lstrip("@*.").rstrip(".")
    return bool(name) and (domain(address) == name or domain(address).endswith(f".{name}"))


@lru_cache(maxsize=1024)
def is_slip_of(name: str, right: str) -> bool:
    """Tell whether a domain is another with a letter wrong, or with letters that look like those of the other."""
    name, right = name.casefold(), right.casefold()
    if name == right or name in _PROVIDERS or is_in_domain(f"x@{name}", right) or is_in_domain(f"x@{right}", name):
        return False
    (label, _, ending), (wanted, _, end) = name.partition("."), right.partition(".")
    if ending != end or min(len(label), len(wanted)) < _SHORTEST:
        return False  # acme.de and acme.at are one company
    return _as_seen(label) == _as_seen(wanted) or distance(label, wanted, 1) == 1


def _as_seen(label: str) -> str:
    for written, seen in _SEEN_ALIKE:
        label = label.replace(written, seen)
    return re.sub("[-_]", "", label)


@lru_cache(maxsize=1024)
def what_is_wrong(address: str) -> str:
    """Return why an address cannot be right, or nothing."""
    from followup_mail.facts.clean import clean_email

    try:
        clean_email(address)
    except ValueError as error:
        return str(error)
    return ""


def _canonical(address: str) -> str:
    local = local_part(address.strip()).partition("+")[0].casefold()
    where = {"googlemail.com": "gmail.com"}.get(domain(address), domain(address))
    return f"{local.replace('.', '') if where == 'gmail.com' else local}@{where}"
