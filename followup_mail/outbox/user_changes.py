"""What the user does to an entry: add, approve, cancel, hold, reschedule, edit, retry, resolve. Pure decisions.

Each function takes the entry as it stands and returns the ``Change``, or raises ``RefusedError``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec.structs import replace

from followup_mail.cadence.step import StepId, read_early
from followup_mail.errors import RefusedError
from followup_mail.outbox.change import Change, grant, make_change
from followup_mail.outbox.editors import Editing, say_editing
from followup_mail.outbox.entry import FOLDER, OPEN_IN_EDITOR, WAITS, Entry, Rewording, State, Timing
from followup_mail.outbox.moments import to_text
from followup_mail.outbox.pre_send_check import rewrite_command
from followup_mail.outbox.transitions import Cause, is_allowed


def refuse_taken_step(taken: Entry) -> RefusedError:
    """Return the refusal of a second entry for a step that ``taken`` has taken."""
    when = f" at {taken.sent_at:%Y-%m-%d %H:%M} UTC" if taken.sent_at else ""
    fix = {
        State.SENT: "One follow-up, for one person, once: plan the next step instead.",
        State.SENDING: "It is being sent right now; look again in a moment.",
        State.UNCLEAR: f"Decide about it first: `followup-mail outbox resolve {taken.id} --sent` or `--resend`.",
        State.IN_FOLDER: _say_how_to_leave_the_folder(taken),
    }.get(taken.state, f"Change it by `followup-mail outbox edit {taken.id}`, or cancel it first.")
    kind = str(taken.step.kind).replace("_", " ")
    return RefusedError(
        f"This {kind} to {taken.message.to.email} is already there: {taken.label}, {taken.state}{when}.", fix=fix
    )


def _say_how_to_leave_the_folder(entry: Entry) -> str:
    if entry.in_drafts:
        return (
            f"It is in the Drafts folder of your mailbox: send it there, or `followup-mail outbox cancel {entry.id}`."
        )
    file = f" {entry.outcome.queue_id}" if entry.outcome else ""
    return (
        f"Once an account is set, `followup-mail outbox retry {entry.id}` queues it. If you sent its file{file} with "
        f"your mail program, use `followup-mail outbox resolve {entry.id} --sent`."
    )


def replace_failed(entry: Entry, new_id: int) -> Change:
    """Cancel a failed or missed entry, since a new one takes its step."""
    reason = f"replaced by #{new_id}"
    return make_change(entry, Cause.REPLACED, replace(entry, reason=reason, fix=""), reason)


def approve(entry: Entry, not_before: datetime) -> Change:
    """Move a draft into the queue; it is due at ``not_before`` at the earliest."""
    return grant(entry, Cause.APPROVED, _put_off(entry, not_before))


def _put_off(entry: Entry, not_before: datetime) -> Entry:
    due_at = max(entry.timing.due_at, not_before, key=datetime.timestamp)
    return replace(entry, timing=replace(entry.timing, due_at=due_at).at_place())


def cancel(entry: Entry, why: str) -> Change:
    """Cancel an entry; one that is being sent goes on, but is not tried again."""
    if entry.state is State.SENDING:
        return make_change(entry, Cause.CANCEL_ASKED, replace(entry, cancel_asked=why or "cancelled"), why)
    return grant(entry, Cause.CANCELLED, replace(entry, reason=why, fix="", held="", filed_at=None), why)


def hold(entry: Entry, why: str) -> Change:
    """Hold an entry until it is resumed."""
    return grant(entry, Cause.HELD, replace(entry, held=why or "held"), why)


def hold_in_editor(entry: Entry, by: str, open_in: Editing | None) -> Change | None:
    """Hold an entry while the process ``by`` has it open in an editor; ``open_in`` is the editor that still has it.

    None when it is held for another reason: that hold outlives the editor.
    """
    if entry.held not in {"", OPEN_IN_EDITOR}:
        return None
    if open_in:
        which = f" (process {open_in.process})" if open_in.process else ""
        raise RefusedError(f"{entry.label} is open in another editor{which}.", fix="Close that editor first.")
    return grant(entry, Cause.HELD, replace(entry, held=OPEN_IN_EDITOR), say_editing(by))


def resume(entry: Entry) -> Change:
    """Let a held entry go on."""
    if not entry.held and is_allowed(entry.state, Cause.RESUMED):
        raise RefusedError(f"{entry.label} is not held; it is {entry.state}.")
    return grant(entry, Cause.RESUMED, replace(entry, held=""), entry.held)


def move(entry: Entry, step: StepId) -> Change:
    """Let an entry belong to another step: under another short name, or in another application."""
    return grant(entry, Cause.MOVED, replace(entry, step=step), f"it was {entry.step}")


def reschedule(entry: Entry, timing: Timing, ignored: Sequence[str] = (), why: str = "") -> Change:
    """Give an entry another moment; a failed or missed one goes back into the queue."""
    refuse_what_came_back(entry)
    cause = Cause.RETRIED if entry.state in {State.FAILED, State.MISSED} else Cause.RESCHEDULED
    after = replace(entry, timing=timing.at_place(), next_attempt_at=None, reason="", fix="", attempts=0)
    kept = "" if read_early(entry.why) else entry.why  # that was the reason for the moment that it had
    after = replace(after, why=why or kept, ignored_rules=tuple(dict.fromkeys((*entry.ignored_rules, *ignored))))
    return grant(entry, cause, after, f"to {to_text(timing.due_at)}{f': {why}' if why else ''}")


def rewrite(entry: Entry, new: Rewording, causes: Collection[Cause], timing: Timing) -> Change:
    """Replace mail, bytes and perhaps the moment, as they follow from the facts; whether it is held stays as it is."""
    change = edit(entry, new, causes, Cause.REWRITTEN)
    if timing == entry.timing:
        return change
    # What put it off was about the moment that it had.
    after = replace(change.after, timing=timing.at_place(), next_attempt_at=None, reason="", fix="")
    return replace(change, after=after)


def edit(entry: Entry, new: Rewording, causes: Collection[Cause], cause: Cause = Cause.EDITED) -> Change:
    """Replace mail, bytes and ignored rules. ``causes`` is the history of the entry: was it ever about to leave?"""
    message, is_open = new.message, is_allowed(entry.state, cause)
    if is_open and entry.content_sha256 != new.was:
        raise RefusedError(
            f"{entry.label} was changed by somebody else meanwhile; your change is not stored.",
            fix=f"Look at it with `followup-mail outbox show {entry.id}`, then edit it again.",
        )
    same_id, new_words = message.message_id == entry.message.message_id, message.sha256 != entry.content_sha256
    # Whoever got the old words by this Message-ID would take the new ones for a copy, and perhaps not show them.
    if is_open and same_id and new_words and Cause.INTENDED in causes:
        raise RefusedError(
            f"{entry.label} may have been sent out meanwhile; your change is not stored.", fix="Edit it again."
        )
    after = replace(
        entry,
        step=new.step or entry.step,
        message=message.without_content(),
        content_sha256=message.sha256,
        ignored_rules=new.ignored_rules,
        was_sent_at=entry.was_sent_at if same_id else None,
    )
    return replace(grant(entry, cause, after, message.subject), content=message.content)


def retry(entry: Entry, account: str, now: datetime) -> Change:
    """Put a failed, missed or filed entry back into the queue, due at ``now``, or a moment later if that is given.

    The attached files count as they were in the preview. One that still waits only gets the account.
    """
    refuse_what_came_back(entry)
    account = _choose_account(entry, account)
    if entry.state in WAITS and account != entry.account:
        waits = _put_off(entry, now) if entry.state is State.QUEUED else entry
        return grant(entry, Cause.REROUTED, replace(waits, account=account), f"by {account}")
    after = replace(
        entry,
        reason="",
        fix="",
        message=replace(entry.message, attached=()),
        attempts=0,
        account=account,
        filed_at=None,
        next_attempt_at=now,
        timing=_without_passed_deadline(entry.timing, now),
    )
    return grant(entry, Cause.RETRIED, after)


def refuse_what_came_back(entry: Entry) -> None:
    """Raise ``RefusedError`` for a mail that came back: the same bytes would go to the same address.

    Should it have got there in spite of the report, a second copy would follow it. Written again, it is another mail,
    with the address that the facts have by then.
    """
    if entry.state is State.FAILED and entry.was_sent_at:
        raise RefusedError(
            f"{entry.label} came back from {entry.message.to.email}; it would go to the same address again.",
            fix=say_how_to_write_again(entry),
        )


def say_how_to_write_again(entry: Entry) -> str:
    """Return what the user does about a mail that came back."""
    step = entry.step
    address = f'--address "{step.person or "PERSON"}: ADDRESS"'
    return (
        f"Correct the address with `followup-mail change {step.application} {address}`, then write the mail again with "
        f"`followup-mail {rewrite_command(entry)}`."
    )


def _choose_account(entry: Entry, account: str) -> str:
    """Return by which account an entry leaves: its own, or, if it was meant for the folder, the one that is set now."""
    if entry.account != FOLDER:
        return entry.account
    if account == FOLDER and entry.state is State.IN_FOLDER:
        raise RefusedError(
            f"{entry.label} is in the folder, and no account is set by which it could leave.",
            fix="Set FOLLOWUP_SMTP_HOST and the rest of the account, then run this again.",
        )
    if account not in {FOLDER, entry.message.mail_from.lower()}:
        raise RefusedError(
            f"{entry.label} was written from {entry.message.mail_from}, and the account that is set is {account}.",
            fix=f"Cancel it with `followup-mail outbox cancel {entry.id}`, and write it again.",
        )
    return account


def _without_passed_deadline(timing: Timing, now: datetime) -> Timing:
    """The user decided with the deadline before their eyes: once it has passed, it no longer counts."""
    passed = timing.last_at is not None and timing.last_at < now
    return replace(timing, last_at=None) if passed else timing


def resolve(entry: Entry, was_sent: bool, why: str, now: datetime) -> Change:
    """End an unclear entry by the user's word, or by what was found in their mailbox (``why``).

    To be sent again, it is due at ``now`` at the earliest, or at a moment later if that is given.
    """
    if was_sent:
        reason = why or "you said that it was sent"
        after = replace(entry, sent_at=entry.intent_at or now, filed_at=None, cancel_asked="", reason=reason, fix="")
        return grant(entry, Cause.SAID_SENT, after, reason)
    reason = why or "you said to send it again"
    after = replace(
        _put_off(entry, now),
        intent_at=None,
        handed_at=None,
        cancel_asked="",
        reason=reason,
        fix="",
        next_attempt_at=None,
    )
    after = replace(after, timing=_without_passed_deadline(after.timing, now))
    return grant(entry, Cause.SAID_RESEND, after, reason)


def refuse_while_sending(label: str) -> RefusedError:
    """Return the refusal to forget or move an application while one of its entries is being sent."""
    return RefusedError(f"{label} is being sent right now.", fix="Wait a moment, then try again.")
