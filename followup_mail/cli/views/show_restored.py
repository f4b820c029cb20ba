"""Shows what was done after a restore of the office's database."""

from __future__ import annotations

from followup_mail.cli.terminal import screen
from followup_mail.errors import RefusedError
from followup_mail.settings.load_settings import Loaded


def clear_up_and_show(loaded: Loaded, since: str, nothing_lost: bool) -> None:
    """Clear up, and say what became of which mails."""
    from followup_mail.services.office.office_restored import clear_up_restore, say_nothing_lost

    if bool(since) == nothing_lost:
        raise RefusedError(
            "Say what the database may lack: everything since the moment of its backup, or nothing.",
            fix="Give --since MOMENT, a little too early rather than too late; --nothing-lost only if you are certain.",
        )
    if nothing_lost:
        say_nothing_lost(loaded)
        screen.out("Mails leave again.")
        return
    cleared = clear_up_restore(loaded, since)
    screen.out(f"{_mails(cleared.unclear)} unclear now: sent after the backup or not, nobody knows yet.")
    screen.out(f"{_mails(cleared.held)} held: due later, or drafts.")
    if cleared.candidates:
        whose = "1 candidate has" if cleared.candidates == 1 else f"{cleared.candidates:,} candidates have"
        screen.note(f"{whose} such mails. For each: followup-mail --candidate NAME outbox list")
        screen.note(
            "Look at their mailboxes first (inbox look): what left after the backup is found in the Sent folder."
        )
    screen.out("Mails leave again.")


def _mails(count: int) -> str:
    return "1 mail is" if count == 1 else f"{count:,} mails are"
