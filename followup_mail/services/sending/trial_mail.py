"""A short mail to the user's own address, through the server that every other mail will take."""

from __future__ import annotations

from msgspec.structs import replace

from followup_mail.cadence.step import Kind, StepId
from followup_mail.errors import SettingsError
from followup_mail.message.compose import compose, renew_id
from followup_mail.message.date_header import with_date
from followup_mail.message.draft import Draft
from followup_mail.outbox.attempt import AttemptResult
from followup_mail.services.sending.send_to_me import MARK
from followup_mail.workspace import Workspace

_TEXT = """\
This is a test of followup-mail. It came through the account that you have just set up.

If it is in your inbox, everything works. If it went to spam, mark it there as not spam.
"""


def send_test_mail(workspace: Workspace) -> AttemptResult:
    """Send one short mail from the user to themselves, at once. The outbox is not touched.

    Raises ``SettingsError`` when no server, name or address is set.
    """
    if not workspace.leaves_machine:
        raise SettingsError("No mail server is set, so no test can be sent.", fix="Set it: followup-mail setup")
    sender, now = replace(workspace.sender, bcc_self=False), workspace.now()
    step = StepId("setup", next(iter(Kind)), 0, "")  # a draft has one; this one is in no plan and no history
    draft = Draft(step, sender, sender.mailbox, f"{MARK}followup-mail is set up", _TEXT, "", "setup/test")
    message = compose(draft, renew_id(compose(draft).message_id, now.isoformat()))
    try:
        dated = replace(message, content=with_date(message.content, now))
        return workspace.transport.deliver(dated, lambda: None)
    finally:
        workspace.transport.close()
