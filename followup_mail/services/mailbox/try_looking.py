"""What a look into the mailbox would read, and why: only headers are fetched, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from followup_mail.services.context.mail_accounts import every_account
from followup_mail.services.mailbox.look_in_mailbox import look_steps
from followup_mail.services.mailbox.watch_list import watch_out
from followup_mail.workspace import Workspace


class WouldRead(Struct, frozen=True):
    """A mail whose text a look would read."""

    account: str
    folder: str
    sender: str
    """As its headers show it."""
    subject: str
    why: str


class LookTrial(Struct, frozen=True):
    """What a look would do in one mailbox."""

    would_read: tuple[WouldRead, ...]
    headers_read: int
    """How many mails were looked at by their headers."""
    folders: tuple[str, ...]
    left_out: tuple[str, ...]


def try_looking(workspace: Workspace) -> LookTrial:
    """Look at the headers of all mail since the first day that is watched. Raises ``MailboxError``."""
    lookout = watch_out(workspace)
    found: list[WouldRead] = []
    folders: dict[str, None] = {}
    left_out: list[str] = []
    headers_read = 0
    for way in every_account(workspace):
        if not way.reads_mailbox:
            continue
        wanted: list[tuple[str, bytes]] = []

        def decide(headers: bytes, wanted: list[tuple[str, bytes]] = wanted) -> str:
            from followup_mail.incoming.understand import may_be_theirs

            if why := may_be_theirs(headers, lookout.watched):
                wanted.append((why, headers))
            return ""  # so that no text is fetched

        for step in look_steps(way, lookout, from_the_start=True, wanted=decide):
            found += _describe(way.settings.email.lower(), step.folder, wanted)
            wanted.clear()
            folders[step.folder] = None
            left_out += step.left_out
            headers_read += step.headers_read
    return LookTrial(tuple(found), headers_read, tuple(folders), tuple(left_out))


def _describe(account: str, folder: str, wanted: list[tuple[str, bytes]]) -> Iterator[WouldRead]:
    from followup_mail.incoming.opened_mail import open_headers

    for why, headers in wanted:
        mail = open_headers(headers)
        name, address = mail.sender
        yield WouldRead(account, folder, f"{name} <{address}>" if name else address, mail.subject, why)
