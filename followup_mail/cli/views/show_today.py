"""What is due over all applications, most urgent first, each with the command to type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from followup_mail.cadence.clocks import describe_moment
from followup_mail.cadence.step import StepState
from followup_mail.cadence.wording import say_day
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.drafts_view import say_drafts_today
from followup_mail.cli.views.labels import say_missing_home
from followup_mail.cli.views.show_entries import say_outdated, say_trouble, show_damaged
from followup_mail.cli.views.show_inbox import say_look, show_seen
from followup_mail.cli.views.show_interviews import show_interviews
from followup_mail.outbox.entry import Entry, shown_clock
from followup_mail.outbox.pre_send_check import rewrite_command
from followup_mail.services.as_json.json_overviews import today_json
from followup_mail.services.context.mail_accounts import sending_accounts
from followup_mail.services.context.mending_command import say_needs
from followup_mail.services.mailbox.inbox_list import read_inbox
from followup_mail.services.overview.due_steps import DueStep
from followup_mail.services.overview.today import Today, look_at_today
from followup_mail.services.overview.urgent_first import Headline, list_headlines, list_soon, say_long_ended
from followup_mail.services.proposals.proposal_words import say_waiting, say_what
from followup_mail.services.queueing.late_mails import due_since, was_paused_then
from followup_mail.services.queueing.stranded import Stranded
from followup_mail.services.sending.paused_accounts import say_pause
from followup_mail.settings.password import NOTHING_SENT, lacks_password
from followup_mail.workspace import Workspace

_PROMPT: Final = 2
"""Lines of a screen that its next prompt takes, with the one that was typed."""
_NAMED: Final = 3
"""So many hidden applications are named; more are counted."""
_PAUSED: Final = "; it was paused then, and leaves with the next run in working hours."
_BAD: Final = frozenset({"broken", "unclear", "failed", "missed", "stopped"})


def show_today(workspace: Workspace, json: bool, *, every: bool = False) -> None:
    """Print all of it where it fits, in a pipe or when asked to; else a line or two for each, the rest counted."""
    today = look_at_today(workspace)
    if json:
        screen.emit_json(today_json(today))
        return
    with screen.keeping_back() as kept:
        _show_in_full(workspace, today)
    if every or not screen.is_read() or screen.count_lines(kept) <= screen.height() - _PROMPT:
        screen.let_out(kept)
    else:
        _show_in_short(workspace, today)


def _show_in_full(workspace: Workspace, today: Today) -> None:
    """Print entries that need a decision or are late, then every step that is due, then what is broken or blocked."""
    for error in today.broken:
        screen.note(screen.bad(error.sentence))
    for pause in today.pauses:
        screen.note(screen.doubtful(say_pause(pause, workspace)))
    for look in today.unread:
        screen.note(say_look(workspace, look))
    show_damaged(today.damaged)
    _show_undecided(workspace, today.to_decide)
    _show_stranded(today.stranded)
    _show_late(workspace, today)
    say_outdated(today.outdated)
    if today.interviews:
        show_interviews(today.interviews)
        screen.out()
    _show_steps(workspace, "Due", [due for due in today.due if due.step.state is not StepState.BLOCKED])
    for sentence in today.to_ask:
        screen.note(screen.doubtful(sentence))
    _show_mail(workspace, today)
    _show_replied(today)
    _show_proposals(workspace, today)
    _show_steps(workspace, "Waiting for a fact", [due for due in today.due if due.step.state is StepState.BLOCKED])
    _say_what_never_left(workspace, today.in_folder)
    say_drafts_today(workspace, today.in_drafts, today.deleted_there)
    if today.is_quiet:
        _say_quiet(workspace, today)
    _show_soon(workspace, today)
    if today.long_ended:
        screen.note(f"{say_long_ended(today.long_ended)}: followup-mail archive --ended")
    _say_hidden(today)


def _show_in_short(workspace: Workspace, today: Today) -> None:
    """Print as many headlines as fit, and how many more there are."""
    headlines = list_headlines(workspace, today)
    room = screen.height() - _PROMPT - 1
    if not workspace.leaves_machine:
        screen.note(screen.cut("No mail server is set, so nothing leaves this machine: followup-mail setup"))
        room -= 1
    elif lacks_password(workspace.settings):
        screen.note(screen.cut(NOTHING_SENT))
        room -= 1
    shown = 0
    for headline in headlines:
        with screen.keeping_back() as kept:
            _show_headline(headline)
        room -= screen.count_lines(kept)
        if room < 0 and shown:
            break
        screen.let_out(kept)
        shown += 1
    if shown < len(headlines):
        screen.out(screen.strong(f"and {len(headlines) - shown} more: followup-mail today --all"))


def _show_headline(headline: Headline) -> None:
    line = screen.cut(f"{headline.mark:<8}{headline.text}", headline.tail)
    colour = screen.bad if headline.mark in _BAD else screen.doubtful
    screen.out(f"{colour(line[:8])}{line[8:]}")
    screen.out(f"{' ' * 8}followup-mail {headline.command}")


def _show_soon(workspace: Workspace, today: Today) -> None:
    """Print what comes within days, a line for each decision."""
    if not today.soon:
        return
    if today.is_quiet:
        screen.out()
    screen.out(screen.strong("Soon"))
    for headline in list_soon(workspace, today):
        screen.out(f"{headline.text}{headline.tail}", "    ")
        screen.out(f"    followup-mail {headline.command}")
    screen.out()


def _show_mail(workspace: Workspace, today: Today) -> None:
    if today.mail:
        known = read_inbox(workspace).seen
        screen.out(screen.strong("In your mailbox"))
        for seen in today.mail:
            show_seen(workspace, seen, known)
        screen.out()


def _show_replied(today: Today) -> None:
    if not today.to_answer:
        return
    screen.out(screen.strong("They replied: answer them"))
    for application in today.to_answer:
        on = f" on {say_day(application.outcome.on, application.outcome.on.year)}" if application.outcome.on else ""
        screen.out(f"{application.company}{on}: {application.role}", "    ")
        screen.out(f"    once you have answered: followup-mail resume {application.slug}")
    screen.out()


def _show_proposals(workspace: Workspace, today: Today) -> None:
    if not today.proposals:
        return
    screen.out(screen.strong(f"Proposals: {say_waiting(today.proposals)}"))
    for proposal in today.proposals[:_NAMED]:
        screen.out(f"{proposal.number}  {say_what(workspace, proposal)}", "    ")
    if len(today.proposals) > _NAMED:
        screen.out(f"and {len(today.proposals) - _NAMED} more", "    ")
    screen.out("    followup-mail proposals")
    screen.out()


def _say_hidden(today: Today) -> None:
    """Say what is paused or snoozed: whoever forgot that would wait for it in vain."""
    names = [f"{slug} ({why})" for slug, why in today.hidden]
    if len(names) > _NAMED:
        counts = Counter(why.split()[0] for _, why in today.hidden)
        names = [f"{count} {word} (followup-mail list {word})" for word, count in counts.items()]
    if names:
        screen.note(f"Not shown: {', '.join(names)}.", "    ")


def _show_undecided(workspace: Workspace, undecided: Collection[Entry]) -> None:
    if undecided:
        screen.out(screen.strong("These need a decision of yours"))
        for entry in undecided:
            say_trouble(workspace, entry)
        screen.out()


def _show_stranded(stranded: Collection[Stranded]) -> None:
    """Print which mails wait for an account that is not set, and what to do about each."""
    if not stranded:
        return
    screen.out(screen.strong("These wait for an account that is not set"))
    for waiting in stranded:
        entry = waiting.entry
        screen.out(screen.doubtful(f"{entry.label} to {entry.message.to.name} {waiting.why}."), "    ")
        screen.out(screen.wrap(waiting.fix, "    "))
    screen.out()


def _show_late(workspace: Workspace, today: Today) -> None:
    """Print what should have left, with what to type about each kind of delay."""
    if not today.late:
        return
    now, zone = workspace.now(), workspace.own_zone
    resting = {pause.account for pause in today.pauses}
    screen.out(screen.strong("Late: these should have left by now"))
    for entry in today.late:
        planned = f"{entry.label} to {entry.message.to.name} should have left on {_say_planned(workspace, entry)}"
        was_paused = was_paused_then(workspace, entry)
        why = _PAUSED if was_paused else _say_why_late(entry, now, zone, resting)
        screen.out(screen.doubtful(f"{planned}{why}"), "    ")
        if entry.is_past(now):
            screen.out(f"    followup-mail outbox reschedule {entry.id} --at WHEN")
            screen.out(f"    or: followup-mail outbox cancel {entry.id}, then followup-mail {rewrite_command(entry)}")
    if any(entry.ready_at <= now and not entry.is_past(now) and entry.account not in resting for entry in today.late):
        screen.out("    followup-mail run")
    screen.out()


def _say_planned(workspace: Workspace, entry: Entry) -> str:
    return _by_their_clock(entry, due_since(workspace, entry), workspace.own_zone)


def _by_their_clock(entry: Entry, at: datetime, own_zone: ZoneInfo) -> str:
    return describe_moment(at, shown_clock(entry.timing.place.zone), own_zone)


def _say_why_late(entry: Entry, now: datetime, zone: ZoneInfo, resting: Collection[str]) -> str:
    if entry.is_past(now) and entry.timing.last_at:
        last = _by_their_clock(entry, entry.timing.last_at, zone)
        return f"; its last sensible moment, {last}, has passed, so it is not sent as it is."
    if not entry.reason and entry.account in resting:
        return "; its account rests."
    if not entry.reason:
        return "; nothing has tried to send it yet."
    fix = f" {entry.fix}" if entry.fix else ""
    next_try = f"next try {_by_their_clock(entry, entry.ready_at, zone)}"
    again = next_try if entry.ready_at > now else "it is tried by the next run"
    return f": {entry.reason.rstrip('.')}; {again}.{fix}"


def _show_steps(workspace: Workspace, title: str, steps: list[DueStep]) -> None:
    if steps:
        screen.out(screen.strong(title))
        for due in steps:
            _show_step(workspace, due)
        screen.out()


def _show_step(workspace: Workspace, due: DueStep) -> None:
    application, step = due.application, due.step
    name = step.person.name if step.person else "nobody known yet"
    screen.out(f"{step.kind.traits.in_heading} to {name}: {application.role}, {application.company}")
    screen.out(screen.wrap(f"{step.state}: {step.note or step.reason}", "    "))
    if step.needs and step.state is not StepState.BLOCKED:
        screen.out(screen.wrap(say_needs(step), "    "))
    if step.promise:
        screen.out(screen.wrap(step.promise, "    "))
    if step.last_at and step.state is StepState.DUE:
        screen.out(f"    best before {_at(step.last_at)}")
    if not step.channel.traits.is_sent and step.state is StepState.DUE:
        from followup_mail.cli.views.show_script import print_script

        print_script(workspace, due.context, step, "    | ")
    screen.out(f"    followup-mail {due.command}")


def _say_what_never_left(workspace: Workspace, found: Collection[Entry]) -> None:
    """Say that mails go into the folder; or, once a server is set, which of them still lie there."""
    if not workspace.leaves_machine:
        labels = ", ".join(entry.label for entry in found)
        screen.note(workspace.say_folder() + (f" There so far: {labels}." if labels else ""))
        return
    if lacks_password(workspace.settings):
        screen.note(NOTHING_SENT)
    if not found:
        return
    screen.out(screen.strong("In folder, from before a mail server was set: these never left this machine"))
    for entry in found:
        screen.out(f"{entry.label} to {entry.message.to.name}: {entry.message.subject}", "    ")
        cancel = f"followup-mail outbox cancel {entry.id}"
        if entry.message.mail_from.lower() in sending_accounts(workspace):
            screen.out(f"    followup-mail outbox retry {entry.id}, or {cancel}")
        else:
            screen.out(f"    written from {entry.message.mail_from}: {cancel}")
    screen.out()


def _say_quiet(workspace: Workspace, today: Today) -> None:
    if not today.has_applications:
        screen.out(f"There are no applications yet{say_missing_home(workspace)}.")
        screen.out("Write the first one down: followup-mail add")
        return
    screen.out("Nothing is due today.")
    if today.next_at:
        what = "leaves" if workspace.leaves_machine else "goes into the folder"
        next_at = describe_moment(today.next_at, workspace.own_zone, workspace.own_zone)
        screen.out(f"The next queued mail {what} on {next_at}.")


def _at(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b, %H:%M}"
