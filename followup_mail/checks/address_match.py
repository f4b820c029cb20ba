"""Addresses that cannot be right, and those that only look like the right ones."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from followup_mail.checks.name_match import distance
from followup_mail.facts.mail_address import is_in_domain, is_public

_SEEN_ALIKE: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"))
_SHORTEST: Final = 5
"""Letters that a domain must have: of shorter ones, too many are a letter apart and all right."""


@lru_cache(maxsize=1024)
def is_slip_of(name: str, right: str) -> bool:
    """Return whether a domain is another with a letter wrong, or with letters that look like those of the other."""
    name, right = name.casefold(), right.casefold()
    if name == right or is_public(f"x@{name}") or is_in_domain(f"x@{name}", right) or is_in_domain(f"x@{right}", name):
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
