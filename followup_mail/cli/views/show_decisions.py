"""What you decided about an application: said, with what it means for the mails, and how to take it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import typer

from followup_mail.cadence.step import Kind, Step
from followup_mail.cadence.wording import say_day
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.show_entries import HANG, say_queued, say_trouble
from followup_mail.errors import ExitCode, FollowupError, RefusedError
from followup_mail.outbox.entry import Entry
from followup_mail.outbox.pre_send_check import rewrite_command
from followup_mail.services.applications import archive_application as archives
from followup_mail.services.applications import skip_step as skips
from followup_mail.services.applications.pause_application import Paused, pause_all, pause_application, resume_all
from followup_mail.services.applications.snooze_application import snooze_application
from followup_mail.services.as_json.json_views import entries_json, entry_json, step_json
from followup_mail.services.changing.keep_note import keep_note
from followup_mail.services.typed.day_ahead import read_day_ahead
from followup_mail.workspace import Workspace


def skip_and_show(workspace: Workspace, wanted: tuple[str, Kind | None, str], yes: bool, json: bool) -> None:
    """Skip a step, after asking when a mail is cancelled with it."""
    choice = skips.choose_skip(workspace, *wanted)
    what = _say_step(choice.step)
    if choice.entry and not yes:
        _require_yes(
            f"{choice.entry.label} is {choice.entry.state} for this step ({what}). Cancel it, and skip the step?",
            "skipped",
        )
    draft = skips.skip_step(workspace, choice)
    if json:
        cancelled = entry_json(choice.entry)["id"] if choice.entry else None
        screen.emit_json({"skipped": step_json(choice.step), "cancelled": cancelled})
        return
    screen.out(f"Skipped: {what}.")
    if choice.entry:
        screen.out(f"Cancelled {choice.entry.label}: {choice.entry.message.subject}", HANG)
    if draft:
        screen.note(draft, HANG)
    step = choice.step
    to = f" --to {step.id.person}" if step.id.person else ""
    screen.note(f"To bring it back: followup-mail skip {step.id.application} {step.kind}{to} --undo")


def bring_back_and_show(workspace: Workspace, slug: str, kind: Kind | None, to: str, json: bool) -> None:
    """Bring back what was skipped."""
    steps = skips.bring_back_step(workspace, slug, kind, to)
    if json:
        screen.emit_json({"back": [str(step.id) for step in steps]})
        return
    for step in steps:
        screen.out(f"Back in the plan: {_say_step(step)}.")
    screen.note(f"`followup-mail plan {slug}` shows when. A mail that was cancelled with it stays cancelled.")


def snooze_and_show(workspace: Workspace, slug: str, until: str, json: bool) -> None:
    """Hide an application from ``today``, or show it again when no day is given."""
    day = read_day_ahead(workspace, "The day", until) if until else None
    snoozed = snooze_application(workspace, slug, day)
    if json:
        screen.emit_json({"snoozed_until": day, "still_sent": entries_json(snoozed.still_sent)})
        return
    if day is None:
        screen.out(f"{slug} is shown by `followup-mail today` again.")
        return
    screen.out(f"{slug} is hidden from `followup-mail today` until {say_day(day, workspace.now().year)}.")
    for entry in snoozed.still_sent:
        screen.out(f"Sent all the same: {say_queued(workspace, entry)}", HANG)
    if snoozed.still_sent:
        screen.note(f"To hold mails too: followup-mail pause {slug}")


def pause_and_show(workspace: Workspace, slug: str, until: str, json: bool) -> None:
    """Pause one application, or all when none is named."""
    day = read_day_ahead(workspace, "--until", until) if until else None
    paused: tuple[Paused, ...]
    broken: tuple[FollowupError, ...] = ()
    if slug:
        paused = (pause_application(workspace, slug, day),)
    else:
        paused, broken = pause_all(workspace, day)
    if json:
        screen.emit_json(
            {
                "paused": [one.slug for one in paused],
                "until": day,
                "held": [entry.id for one in paused for entry in one.held],
                "too_late": [entry.id for one in paused for entry in one.too_late],
                "stranded": [entry.id for one in paused for entry in one.stranded],
                "broken": [error.sentence for error in broken],
            }
        )
        return
    _say_broken(broken)
    _say_paused(workspace, paused, slug)


def _say_paused(workspace: Workspace, paused: Collection[Paused], slug: str) -> None:
    if not paused:
        screen.out("There is no application to pause.")
        return
    day = next(iter(paused)).until
    what = slug or ("1 application" if len(paused) == 1 else f"{len(paused)} applications")
    is_one = len(paused) == 1
    until = f" until {say_day(day, workspace.now().year)}" if day else ""
    screen.out(f"{what} {'is' if is_one else 'are'} paused{until}: nothing is sent or proposed.")
    for entry in (entry for one in paused for entry in one.held):
        screen.out(f"Held {entry.label}: {entry.message.subject} (to {entry.message.to.name})", HANG)
    for entry in (entry for one in paused for entry in one.too_late):
        last = entry.timing.last_at
        on = f" on {say_day(last.date(), workspace.now().year)}" if last else ""
        screen.note(screen.doubtful(f"{entry.label} is too late by then: its last sensible moment passes{on}."))
    for entry in (entry for one in paused for entry in one.stranded):
        what = f"{entry.label} goes on from a mail that will be too late, so it does not leave either."
        again = f"`followup-mail outbox cancel {entry.id}`, then `followup-mail {rewrite_command(entry)}`"
        screen.note(screen.doubtful(f"{what} After the pause: {again}."))
    screen.note(f"To go on{' before' if day else ''}: followup-mail resume {slug or '--all'}")


def resume_all_and_show(workspace: Workspace, json: bool) -> None:
    """Go on with everything that is paused."""
    resumed = resume_all(workspace)
    if json:
        done = {"resumed": entries_json(resumed.entries), "applications": list(resumed.slugs)}
        broken = [error.sentence for error in resumed.broken]
        screen.emit_json({**done, "past": [entry.id for entry in resumed.past], "broken": broken})
        return
    _say_broken(resumed.broken)
    if not resumed.slugs:
        screen.out("No application is paused.")
        return
    for slug in resumed.slugs:
        screen.out(f"{slug} goes on.")
    show_going_on(workspace, resumed.entries)


def show_going_on(workspace: Workspace, resumed: Iterable[Entry]) -> None:
    """Say when mails leave that were held, and what became of those that have missed their moment meanwhile."""
    for entry in resumed:
        if entry.needs_user:
            say_trouble(workspace, entry)
        else:
            screen.out(say_queued(workspace, entry), HANG)


def archive_and_show(workspace: Workspace, slug: str, yes: bool, json: bool) -> None:
    """Archive one application, after asking when mails are cancelled with it."""
    waiting = archives.find_waiting(workspace, slug)
    if waiting and not yes and screen.is_interactive():
        for entry in waiting:
            screen.note(say_queued(workspace, entry), HANG)
        _require_yes("Cancel what waits in the outbox, and archive it?", "archived")
        yes = True
    done = archives.archive_application(workspace, slug, cancel=yes)
    if json:
        screen.emit_json({"archived": [slug], "cancelled": [entry.id for entry in done.cancelled]})
        return
    screen.out(f"{slug} is archived.")
    for entry in done.cancelled:
        screen.out(f"Cancelled {entry.label}: {entry.message.subject} (to {entry.message.to.name})", HANG)
    screen.note(f"To bring it back: followup-mail archive {slug} --undo")


def unarchive_and_show(workspace: Workspace, slug: str, json: bool) -> None:
    """Bring an application back."""
    archives.bring_back(workspace, slug)
    if json:
        screen.emit_json({"back": [slug]})
        return
    screen.out(f"{slug} is back.")
    screen.note(f"`followup-mail plan {slug}` shows what comes next. Mails that were cancelled stay cancelled.")


def archive_ended_and_show(workspace: Workspace, json: bool) -> None:
    """Archive all that have ended."""
    done = archives.archive_ended(workspace)
    if json:
        broken = [error.sentence for error in done.broken]
        screen.emit_json({"archived": list(done.slugs), "left": list(done.left), "broken": broken})
        return
    _say_broken(done.broken)
    if not done.slugs:
        screen.out("Nothing to archive: no application has ended with nothing left to do.")
    for slug in done.slugs:
        screen.out(f"{slug} is archived.")
    for slug in done.left:
        screen.note(f"{slug} has ended, but something is left to do or queued: followup-mail plan {slug}")
    if done.slugs:
        screen.note("To bring one back: followup-mail archive APP --undo")


def note_and_show(workspace: Workspace, slug: str, text: str, json: bool) -> None:
    """Keep a note, or show the notes when there is none to keep."""
    application = keep_note(workspace, slug, text) if text else workspace.facts.load(slug)
    lines = application.notes.strip().split("\n") if application.notes.strip() else []
    if json:
        screen.emit_json({"notes": lines})
    elif text:
        screen.out(f"Noted for {slug}: {text.strip()}")
    elif lines:
        for line in lines:
            screen.out(line, HANG)
    else:
        screen.out(f"There are no notes about {slug} yet.")
        screen.note(f'Write one: followup-mail note {slug} "what you want to remember"')


def _require_yes(question: str, done: str) -> None:
    """Ask; anything but a yes ends the command, and so does having nobody to ask."""
    if not screen.is_interactive():
        raise RefusedError(f"Nothing was {done}: {question} There is no terminal to ask on.", fix="Add --yes.")
    if not screen.confirm(question):
        screen.note(f"Nothing was {done}.")
        raise typer.Exit(ExitCode.REFUSED)


def _say_broken(broken: Iterable[FollowupError]) -> None:
    for error in broken:
        screen.note(screen.bad(error.sentence))


def _say_step(step: Step) -> str:
    to = f" to {step.person.name}" if step.person else ""
    day = f", planned for {say_day(step.moment.date(), step.moment.year)}" if step.moment else ""
    return f"{step.kind.traits.in_heading}{to}{day}"
