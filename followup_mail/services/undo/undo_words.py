"""What taking a step back does, in sentences: facts, mails, contacts; and the refusal of what would do nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.cadence.clocks import describe_moment
from followup_mail.cadence.wording import say_list
from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import Entry, State, shown_clock
from followup_mail.outbox.recorded import ChangedSeen
from followup_mail.outbox.seen_mail import SeenState
from followup_mail.outbox.take_back import TakenBack
from followup_mail.own_voice.voice_file import NAME as VOICE
from followup_mail.proposals.kept import read_proposal
from followup_mail.services.context.departures import find_moment_by_now
from followup_mail.services.proposals.proposal_words import say_name
from followup_mail.services.undo.undo_files import FileBack, find_conflicts
from followup_mail.services.undo.undo_step import StepBack, find_next
from followup_mail.undo.operation import FileChange
from followup_mail.workspace import Workspace

_MOST_FACTS: Final = 12


def refuse_in_vain(workspace: Workspace, step: StepBack, force: bool) -> None:
    """Refuse, before anything is asked, what would do nothing, or would lose what was typed since.

    What would do nothing stays the last step: the refusal names the one that can be taken back.
    """
    conflicts = find_conflicts(step.files)
    if conflicts and not force:
        raise conflicts
    if not conflicts and not step.has_effect:
        raise RefusedError(
            f"Nothing of `{step.operation.command}` can be {'done again' if step.again else 'taken back'} any more.",
            fix=_say_next(find_next(workspace, step)),
        )


def _say_next(step: StepBack | None) -> str:
    if step is None:
        return "Nor can any other step. `followup-mail undo --list` shows them."
    number, command = step.operation.number, step.operation.command
    done, redo = ("done again", " --redo") if step.again else ("taken back", "")
    return f"Step {number}, `{command}`, can be {done}: `followup-mail undo {number}{redo}`."


def say_what(workspace: Workspace, step: StepBack) -> Iterator[str]:
    """Yield what goes back, or went, in lines; those about one fact stand further in."""
    for file in step.files:
        yield from _say_file(file)
    for entry in sorted(step.entries, key=lambda back: back.was.id):
        if entry.change or entry.why_not:
            yield _say_entry(workspace, entry)
    outbox = step.operation.outbox
    for touches, counts in ((outbox.touches, step.again), (outbox.deleted_touches, not step.again)):
        for touch in touches:
            says = "counts again" if counts else "does not count any more"
            name = say_name(workspace, touch.step.application, touch.step.person)
            yield f"The contact by {touch.channel} with {name} {says}."
    for application, rows in step.operation.outbox.forgotten:
        count = len(rows["entries"])
        mails = f"{count} {'mail' if count == 1 else 'mails'}"
        yield f"{mails} of {application} {'are' if count != 1 else 'is'} back in the outbox, with all history."
    yield from (_say_seen(change, step.again) for change in step.operation.outbox.seen)


def _say_seen(change: ChangedSeen, again: bool) -> str:
    label, target = change.before.label, change.after if again else change.before
    if target is None:
        return f"The mail {label} is forgotten."
    if change.after is None:
        return f"The mail {label} is kept again."
    if change.after.mail.understanding != change.before.mail.understanding:
        return f"The mail {label} is understood again as: {target.mail.understanding}."
    if change.after.state == change.before.state:
        return f"The mail {label} belongs to {say_list(target.mail.applications) or 'nothing'} again."
    was = "taken up" if target.state is SeenState.ACCEPTED else str(target.state)
    return f"The mail {label} is {'open' if target.state is SeenState.RECORDED else was} again."


def _say_proposal(change: FileChange) -> str:
    was, proposal = (read_proposal(content) if content else None for content in (change.before, change.after))
    if proposal is None:
        return "A proposal is as it was."
    if was and was.application != proposal.application:
        return f'Proposal {proposal.number}, by "{proposal.by}", is about {proposal.application} again.'
    standing = "waits" if proposal.waits else f"is {proposal.standing}"
    return f'Proposal {proposal.number}, by "{proposal.by}", {standing} again.'


def _say_file(file: FileBack) -> Iterator[str]:
    if file.is_facts:
        yield from _say_facts(file)
    elif file.is_transcript and (file.is_to_do or file.was_changed):
        yield _say_transcript(file)
    elif file.change.path == VOICE and (file.is_to_do or file.was_changed):
        yield _say_voice(file)
    elif file.is_proposal and file.is_to_do and file.change.after:
        yield _say_proposal(file.change)


def _say_facts(file: FileBack) -> Iterator[str]:
    slug = file.path.stem
    if file.was_changed:
        yield f"Facts of {slug}: changed since, by hand or by a later step."
        return
    if not file.is_to_do:
        return
    changed = file.facts_told
    yield f"Facts of {slug}: {changed[0]}"
    yield from (f"    {line}" for line in changed[1:_MOST_FACTS])
    if len(changed) > _MOST_FACTS:
        yield f"    and {len(changed) - _MOST_FACTS} more"
    if file.keeps_edits:
        yield "    Other lines were changed since; they stay as they are now."


def _say_transcript(file: FileBack) -> str:
    what = f"The transcript or notes of {file.change.application}"
    if file.was_changed:
        return f"{what}: changed since, and stay as they are."
    if file.change.after is None:
        return f"{what}: not kept any more."
    return f"{what}: as they were."


def _say_voice(file: FileBack) -> str:
    if file.was_changed:
        return f"Your voice: {VOICE} was changed since, and stays as it is."
    return f"Your voice: {VOICE} is {'deleted' if file.change.after is None else 'as it was'}."


def _say_entry(workspace: Workspace, back: TakenBack) -> str:
    name = f"{back.was.label} to {back.was.message.to.name}"
    if back.change is None:
        return f"{name} {back.why_not}."
    was, after = back.change.before, back.change.after
    if after.state is not was.state:
        state = "a draft" if after.state is State.DRAFT else after.state
        said = f"{name} is {state}" if after.state is State.CANCELLED else f"{name} is {state} again"
        said += _say_new_hold(after) if after.held and not was.held else ""
    elif after.held != was.held:
        said = f"{name} is {'held again' if after.held else 'not held any more'}"
    elif after.content_sha256 != was.content_sha256:
        said = f'{name} has its words of before again, "{after.message.subject}"'
    else:
        said = f"{name} is as it was"
    if was.in_drafts and not after.in_drafts:
        return f"{said}. Its draft stays in your mailbox: delete it there."
    if after.in_drafts:
        return f"{said}: in the Drafts folder of your mailbox, if its draft was not deleted there."
    return said + _say_when(workspace, after)


def _say_when(workspace: Workspace, after: Entry) -> str:
    """Return when a mail leaves, to go on after what was said of it."""
    if after.state is not State.QUEUED or after.held:
        return "."
    if after.is_past(workspace.now()):
        return "; but its last sensible moment has passed, so it will be missed, not sent."
    at = find_moment_by_now(workspace, after)
    if after.is_past(at):
        return "; but its last sensible moment passes before offices open again, so it will be missed, not sent."
    return f", for {describe_moment(at, shown_clock(after.timing.place.zone), workspace.own_zone)}."


def _say_new_hold(entry: Entry) -> str:
    go, end = f"resume {entry.step.application}", f"outbox cancel {entry.id}"
    return f", but held: {entry.held}; `followup-mail {go}` lets it go, `followup-mail {end}` ends it"
