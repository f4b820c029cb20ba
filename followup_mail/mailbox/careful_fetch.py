"""Fetches mails one by one where many at once fail: one that cannot be read hides no other.

A mail that was deleted between search and fetch is not an error (RFC 3501 section 7.4.1, RFC 5530 EXPUNGEISSUED).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from followup_mail.mailbox.imap_connect import NONSENSE

if TYPE_CHECKING:
    from followup_mail.mailbox.imap_client import BoundedClient

_MOST_FAILURES: Final = 200
"""Fetches that may fail among those of one step; a server of which more fail is out of order."""
Items: TypeAlias = Mapping[bytes, Any]


@dataclass(slots=True)
class Fetched:
    """What a fetch brought."""

    items: dict[int, Items] = field(default_factory=dict)
    """By UID."""
    unreadable: list[int] = field(default_factory=list)
    """UIDs of mails that are there, but that the server does not give, or only as nonsense."""
    failures: int = 0


def fetch_carefully(client: BoundedClient, uids: Sequence[int], *forms: Sequence[str]) -> Fetched:
    """Fetch items of these mails, asked for in the first of the forms that the server understands.

    Raises what ends a connection, and the error of a server out of order.
    """
    fetched = Fetched()
    _fetch(client, uids, forms, fetched)
    return fetched


def search_or_none(client: BoundedClient, criteria: Sequence[Any]) -> list[int] | None:
    """Return the UIDs that the server finds, rising; None when it cannot search so. Raises what ends a connection."""
    from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

    try:
        found = client.search(list(criteria))
    except IMAPClientAbortError:
        raise
    except (IMAPClientError, *NONSENSE):
        client.forget_answers()
        return None
    return sorted({uid for uid in found if 0 < uid < 2**32})


def section(items: Items, name: bytes) -> bytes | None:
    """Return what was fetched of this part of a mail, whichever way the server repeats what was asked for."""
    return next((value for key, value in items.items() if key.startswith(name) and isinstance(value, bytes)), None)


def filed_at(items: Items) -> datetime | None:
    """Return when the mail came into the mailbox, in UTC; None without a zone, or for an impossible moment."""
    return utc_moment(items.get(b"INTERNALDATE"))


def utc_moment(given: object) -> datetime | None:
    """Return a time that a server gave, in UTC; None without a zone, or for an impossible one."""
    with suppress(ValueError, OverflowError):
        if isinstance(given, datetime) and given.tzinfo:
            return given.astimezone(UTC)
    return None


def _fetch(client: BoundedClient, uids: Sequence[int], forms: Sequence[Sequence[str]], into: Fetched) -> None:
    error = _fetch_at_once(client, uids, forms, into)
    if error is None:
        return
    into.failures += 1
    if into.failures > _MOST_FAILURES:
        raise error
    half = len(uids) // 2
    if half:
        _fetch(client, uids[:half], forms, into)
        _fetch(client, uids[half:], forms, into)
    elif search_or_none(client, ["UID", str(uids[0])]) != []:
        into.unreadable.append(uids[0])


def _fetch_at_once(
    client: BoundedClient, uids: Sequence[int], forms: Sequence[Sequence[str]], into: Fetched
) -> Exception | None:
    """Fetch these mails with one command; return why it failed in each form, None when it did not."""
    from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

    failure: Exception | None = None
    for items in forms:
        try:
            into.items |= client.fetch(uids, items)
        except IMAPClientAbortError:
            raise
        except (IMAPClientError, *NONSENSE) as error:
            client.forget_answers()
            failure = failure or error
        else:
            return None
    return failure
