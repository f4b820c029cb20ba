"""Readers turn the text of a setting into its value, or raise ``ValueError`` with a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from followup_mail.regex import regex

if TYPE_CHECKING:
    from urllib.parse import SplitResult

Choice = TypeVar("Choice", bound=StrEnum)
Item = TypeVar("Item")

_YES: Final = frozenset({"yes", "true", "on", "1"})
_NO: Final = frozenset({"no", "false", "off", "0"})
_URL_PLACE: Final = regex(r"(?:[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?")
"""A host and perhaps a port, in letters that every reader of addresses understands alike."""
_URL_PATH: Final = regex(r"[!-~]*")


def read_zone(text: str) -> str:
    """Read a time zone: its name, or a place as people say it."""
    from followup_mail.facts.zone_and_country import is_zone

    if is_zone(text):
        return text
    from followup_mail.facts.said_places import read_zone_said

    return read_zone_said(text)


def read_country(text: str) -> str:
    """Read a country: its code, its name, or a place in it."""
    from followup_mail.facts.said_places import read_country_said

    return read_country_said(text)


def read_flag(text: str) -> bool:
    """Read yes or no."""
    word = text.lower()
    if word not in _YES | _NO:
        raise ValueError(f"'{text}' is neither yes nor no")
    return word in _YES


def read_number(lowest: int, highest: int) -> Callable[[str], int]:
    """Return a reader for a whole number from ``lowest`` to ``highest``."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not lowest <= int(text) <= highest:
            raise ValueError(f"'{text[:60]}' is not a whole number from {lowest} to {highest}")
        return int(text)

    return read


def read_choice(choices: type[Choice]) -> Callable[[str], Choice]:
    """Return a reader for a word of an enumeration."""

    def read(text: str) -> Choice:
        try:
            return choices(text.lower())
        except ValueError:
            raise ValueError(f"'{text}' is not one of: {', '.join(choices)}") from None

    return read


def read_items(read_item: Callable[[str], Item]) -> Callable[[str], tuple[Item, ...]]:
    """Return a reader for values separated by commas."""
    return lambda text: tuple(read_item(part.strip()) for part in text.split(",") if part.strip())


def read_hours(text: str) -> tuple[time, time]:
    """Read office hours such as ``08:30-16:30``: opening and closing wall time, opening first."""
    parts = re.fullmatch(r"(\d{1,2}:\d{2})\s*[-\u2013]\s*(\d{1,2}:\d{2})", text)
    try:
        opening, closing = (time.fromisoformat(part.zfill(5)) for part in (parts.groups() if parts else ()))
    except ValueError:
        raise ValueError(f"'{text}' is not office hours; write 08:30-16:30") from None
    if opening >= closing:
        raise ValueError(f"'{text}' closes before it opens; write 08:30-16:30")
    return opening, closing


def read_domain(text: str) -> str:
    """Read a domain name such as ``example.com``."""
    domain = text.lower().lstrip("@")
    if not re.fullmatch(r"[^\s@/:]+\.[^\s@/:.]{2,}", domain):
        raise ValueError(f"'{text}' is not a domain; write it like example.com")
    return domain


def read_host(text: str) -> str:
    """Read a host name or address, without a port."""
    if "@" in text:
        raise ValueError(f"'{text}' is not a host name; write only what follows the @")
    if "://" in text or not re.fullmatch(r"\[?[\w.:-]+\]?", text):
        raise ValueError(f"'{text}' is not a host name; write it like smtp.gmail.com")
    if text.count(":") == 1:
        raise ValueError(f"'{text}' contains a port; put the port into FOLLOWUP_SMTP_PORT")
    return text.strip("[]")


def _split_url(text: str, example: str) -> SplitResult:
    """Return the parts of an HTTP address, its place and port checked; user and password may stand before the place."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text)
        _ = parts.port  # reading it checks it
    except ValueError:
        raise ValueError(f"is not an address; write it like {example}") from None
    if parts.scheme not in {"http", "https"} or not _URL_PLACE.fullmatch(parts.netloc.rpartition("@")[2]):
        raise ValueError(f"is not an address; write it like {example}")
    return parts


def read_base_url(text: str) -> str:
    """Read the base address of an HTTP service; what follows it in each request is cut off, and so is a slash."""
    parts = _split_url(text, "https://api.example.com/v1")
    if "@" in parts.netloc:
        raise ValueError("contains a user name or password; put the key into FOLLOWUP_WRITER_KEY")
    if "?" in text or "#" in text:
        raise ValueError('contains a "?" or "#"; write only the part before it, and put a key into FOLLOWUP_WRITER_KEY')
    if not _URL_PATH.fullmatch(parts.path):
        raise ValueError("contains a character that an address cannot have; write it like https://api.example.com/v1")
    return text.rstrip("/").removesuffix("/chat/completions").rstrip("/")


def read_path(text: str) -> Path:
    """Read a full path; ``~`` is the user's home. A relative path would depend on the working folder."""
    if "\x00" in text:
        raise ValueError("contains a NUL character, which a path cannot")
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        raise ValueError(f"'{text}' names the home of somebody whom this computer does not know") from None
    if not path.is_absolute():
        raise ValueError(f"'{text}' must be written in full, beginning with {Path.home().anchor or '/'}")
    return path


def read_sign_in_place(text: str) -> str:
    """Read the name of a provider where one signs in by OAuth."""
    word = text.lower()
    if word not in {"google", "microsoft", "custom"}:
        raise ValueError(f"'{text}' is not one of: google, microsoft, custom")
    return word


def read_sign_in_url(text: str) -> str:
    """Read an address of a sign-in server; ``sign_in.provider`` asks for https."""
    example = "https://login.example.com/token"
    parts = _split_url(text, example)
    if "@" in parts.netloc or "#" in text:
        raise ValueError(f"is not an address; write it like {example}")
    if not _URL_PATH.fullmatch(parts.path + parts.query):
        raise ValueError("contains a character that an address cannot have")
    return text
