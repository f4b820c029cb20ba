"""An account that rests: told, and taken up again once its login works."""

from __future__ import annotations

from typing import Final

from followup_mail.errors import DeliveryError
from followup_mail.outbox.attempt import Verdict
from followup_mail.outbox.entry import Entry
from followup_mail.outbox.retry import Pause
from followup_mail.regex import regex
from followup_mail.services.context.mail_accounts import sending_accounts
from followup_mail.workspace import Workspace

_ANSWERED: Final = regex(r"(?!535)[45]\d\d\b")
"""How a reason begins that is a server's answer (``delivery.words.Reply.said``); 535 is one to a login."""


def list_pauses(workspace: Workspace) -> tuple[Pause, ...]:
    """Return the accounts that rest now."""
    return workspace.store.pauses(workspace.now())


def end_rest(workspace: Workspace) -> tuple[Entry, ...]:
    """Take every account up again that waits for the user, after a login was seen to work; return what is queued again.

    An address that is in no settings any more would otherwise stay paused for ever; one of another account that is set
    stays. What a server asked for until a certain moment (a limit, unusual activity) is no matter of the login and
    stays. A sender that was refused for good could log in all the time; there it is the user's word that counts, and
    costs one try: when the server refuses that as well, the account rests again.
    """
    pauses = list_pauses(workspace)
    others = sending_accounts(workspace) - {workspace.sending_account}
    waiting = [pause.account for pause in pauses if pause.until is None and pause.account not in others]
    stays = {pause.account for pause in pauses if pause.until and _ANSWERED.match(pause.reason)}
    accounts = dict.fromkeys((workspace.sender.mailbox.email.lower(), *waiting)) if workspace.has_store else ()
    return tuple(
        entry for one in accounts if one not in stays for entry in workspace.store.resume_account(one, workspace.now())
    )


def try_again(workspace: Workspace) -> tuple[Entry, ...]:
    """Log in again when the account rests for a refused login. Raises ``DeliveryError`` while it is still refused.

    Only for a command that a person gave: a timer that tries a wrong password again and again gets an account locked.
    """
    others = sending_accounts(workspace) - {workspace.sending_account}
    if not workspace.leaves_machine or all(pause.until or pause.account in others for pause in list_pauses(workspace)):
        return ()
    outcome = workspace.check_login()
    if outcome.verdict is not Verdict.ACCEPTED:
        raise DeliveryError(f"Nothing was sent: the login is still refused: {outcome.said}", fix=outcome.fix)
    return end_rest(workspace)


def say_until(pause: Pause, workspace: Workspace) -> str:
    """Return how long an account rests."""
    if pause.until is None:
        return "until this is settled"
    return f"until {pause.until.astimezone(workspace.own_zone):%a %d %b, %H:%M}"


def say_pause(pause: Pause, workspace: Workspace) -> str:
    """Return what to tell about an account that rests."""
    way_out = "" if pause.until else " Then run `followup-mail doctor` to resume sending."
    reason = pause.reason if pause.reason.endswith((".", "!", "?")) else f"{pause.reason}."
    return f"Nothing more is sent from {pause.account} {say_until(pause, workspace)}: {reason} {pause.fix}{way_out}"
