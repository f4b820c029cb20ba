"""Compare addresses: whose they are, whether two lead into one mailbox, and at which domains anybody can have one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from followup_mail.facts.word_lists import WordLists

_LISTS: Final = WordLists(Path(__file__).with_suffix(".toml"))
_PUBLIC: Final = _LISTS["public_domains"]


def local_part(address: str) -> str:
    """Return what stands before the @."""
    return address.rpartition("@")[0]


def domain(address: str) -> str:
    """Return what stands behind the @, in lower case, without a dot at its end."""
    return address.rpartition("@")[2].strip().rstrip(".").casefold()


def owner_labels(host: str) -> list[str]:
    """Return the labels of a host that may name its owner, the likeliest first: ``lumen`` of ``mail.lumen.co.uk``."""
    labels = host.split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _LISTS["second_levels"]:
        labels.pop()
    return [label for label in reversed(labels) if label not in _LISTS["before_owner"]]


def is_same_address(address: str, other: str) -> bool:
    """Return whether mail to both lands in one mailbox: case and ``+tag`` aside, and dots at Gmail."""
    return bool(address) and _canonical(address) == _canonical(other)


def is_in_domain(address: str, wanted: str) -> bool:
    """Return whether an address belongs to a domain or a subdomain of it. ``wanted`` may begin with ``@`` or ``*.``."""
    name = wanted.strip().casefold().lstrip("@*.").rstrip(".")
    return bool(name) and (domain(address) == name or domain(address).endswith(f".{name}"))


def is_public(address: str) -> bool:
    """Return whether anybody can have an address at this domain."""
    return domain(address) in _PUBLIC


def share_domain(one: str, other: str) -> bool:
    """Return whether two addresses belong to one workspace, its subdomains included."""
    return not is_public(one) and (is_in_domain(one, domain(other)) or is_in_domain(other, domain(one)))


@lru_cache(maxsize=4096)
def _canonical(address: str) -> str:
    local = local_part(address.strip()).partition("+")[0].casefold()
    where = {"googlemail.com": "gmail.com"}.get(domain(address), domain(address))
    return f"{local.replace('.', '') if where == 'gmail.com' else local}@{where}"
