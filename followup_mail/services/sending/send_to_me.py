"""A test: the mail of a step, to the user's own address. It is no contact, and nothing about it is kept."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.delivery.network_errors import TRY_AGAIN
from followup_mail.message.compose import compose, renew_id
from followup_mail.message.date_header import with_date
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult
from followup_mail.services.context.mail_accounts import of_message
from followup_mail.services.writing.prepared import Prepared
from followup_mail.workspace import Workspace

MARK = "[Test] "
"""What the subject begins with, so that nobody takes the mail for one that a recruiter got."""


class Trial(Struct, frozen=True):
    """One test, and what became of it."""

    message: Message
    meant_for: str
    """Who will get the real one."""
    result: AttemptResult


def send_to_me(workspace: Workspace, prepared: Sequence[Prepared]) -> tuple[Trial, ...]:
    """Send each mail to the user, at once, on the road that the real one takes; into the folder without an account.

    The recipient stands neither in the envelope nor in the header. The outbox is not touched: a test takes no step,
    and goes into no history. Raises ``SettingsError`` when the user's address is not set.
    """
    ways = [of_message(workspace, mail.message) for mail in prepared]
    try:
        return tuple(_send(way, mail) for way, mail in zip(ways, prepared, strict=True))
    finally:
        for way in ways:
            way.transport.close()


def _send(workspace: Workspace, prepared: Prepared) -> Trial:
    message, now = _to_me(workspace, prepared), workspace.now()
    dated = replace(message, content=with_date(message.content, now))
    result = workspace.transport.deliver(dated, lambda: None)
    # Nothing about a test is kept, so nothing tries it again.
    fix = result.fix.replace(TRY_AGAIN, "Send the test again later.")
    return Trial(message, prepared.written.draft.to.name, replace(result, fix=fix))


def _to_me(workspace: Workspace, prepared: Prepared) -> Message:
    """Return the mail to the user. Each has an id of its own: mailboxes hide a second mail with the same one."""
    draft = prepared.written.draft
    mine = replace(draft, to=draft.sender.mailbox, subject=f"{MARK}{draft.subject}", thread=None)
    seed = f"test {workspace.now().isoformat()}"
    return compose(mine, renew_id(prepared.message.message_id, seed))
