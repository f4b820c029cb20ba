"""Makes the questions by which a server searches earlier mails: from whom, to whom, in answer to what.

They only narrow down what is read: what a mail is, is decided from its headers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Final

from followup_mail.incoming.watched import Watched
from followup_mail.mailbox.folders import Role
from followup_mail.regex import regex

_MACHINES: Final = ("mailer-daemon", "postmaster")
"""Who sends reports of mails that could not be delivered."""
_ALTERNATIVES: Final = 24
"""In one question: with the longest addresses it stays below the 8,000 bytes of RFC 2683 section 3.2.1.5."""
_MOST_THREADS: Final = 48
_SAFE: Final = regex(r"[A-Za-z0-9!#$&'+./:<=>?@^_`|~-]{3,250}")
"""What a command may hold without quotation marks; nothing that begins a literal or ends the line."""
_WHERE: Final = {
    Role.INBOX: ("FROM",),
    Role.ARCHIVE: ("FROM",),
    Role.JUNK: ("FROM",),
    Role.TRASH: ("FROM",),
    Role.SENT: ("TO", "CC"),
}
"""Which headers of the mails in a folder hold a watched address; in any other folder, those of both."""


def search_keys(watched: Watched, role: Role | None, *, by_header: bool = True) -> list[list[Any]]:
    """Return the questions, each as the criteria of one search. Together they find all that is watched.

    ``by_header`` is False for a server that cannot search headers for the mails that are answered.
    """
    where = _WHERE.get(role, ("FROM", "TO")) if role else ("FROM", "TO")
    who = list(_addresses(watched))
    keys: list[list[Any]] = [[header, name] for header in where for name in who]
    if "FROM" in where:
        keys += [["FROM", name] for name in _MACHINES]
    mails = [mail for application in watched.applications for mail in application.threads if by_header]
    threads = dict.fromkeys(mail.message_id for mail in mails if _SAFE.fullmatch(mail.message_id))
    for message_id in [*threads][-_MOST_THREADS:]:
        keys += [["HEADER", "References", message_id], ["HEADER", "In-Reply-To", message_id]]
    return [_any_of(group) for group in _groups(keys)]


def _groups(keys: Sequence[list[Any]]) -> Iterator[list[list[Any]]]:
    for start in range(0, len(keys), _ALTERNATIVES):
        yield list(keys[start : start + _ALTERNATIVES])


def _any_of(keys: Sequence[list[Any]]) -> list[Any]:
    """Return the keys joined by OR, which takes two (RFC 3501 section 6.4.4), in a tree that is not deep."""
    if len(keys) == 1:
        return list(keys[0])
    half = len(keys) // 2
    return ["OR", *_any_of(keys[:half]), *_any_of(keys[half:])]


def _addresses(watched: Watched) -> Iterator[str]:
    """Yield the domains that are watched, and addresses elsewhere: a search finds parts of an address too."""
    domains = {plain for application in watched.applications for name in application.domains if (plain := _ascii(name))}
    yield from sorted(domains)
    people = {person.email for application in watched.applications for person in application.people if person.email}
    for email in sorted(people):
        if email.partition("@")[2] not in domains and _SAFE.fullmatch(email):
            yield email


def _ascii(domain: str) -> str:
    """Return a domain as mail has it in headers (RFC 5890); "" for none that can be searched for."""
    with suppress(UnicodeError):
        name = domain if domain.isascii() else domain.encode("idna").decode("ascii")
        return name if _SAFE.fullmatch(name) else ""
    return ""
