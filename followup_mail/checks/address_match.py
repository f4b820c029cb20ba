"""Compare addresses: whose they are, and whether they can be right at all."""

from __future__ import annotations

from functools import lru_cache


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
