"""Mails that wait and would read differently now: what differs, and writing them again after a yes."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Final

import typer

from followup_mail.cli.terminal import screen
from followup_mail.cli.views.show_entries import HANG, say_queued
from followup_mail.errors import ExitCode, FollowupError, RefusedError
from followup_mail.facts.application import Application
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.as_json.json_views import entries_json
from followup_mail.services.as_json.outbox_json import outdated_json
from followup_mail.services.context.departures import as_they_leave
from followup_mail.services.context.whose_words import find_kept_words
from followup_mail.services.queueing.carried_through import Outdated, find_outdated, rewrite
from followup_mail.workspace import Workspace

_WIDTH: Final = 76


def carry_through(workspace: Workspace, slug: str, before: Application | None = None) -> None:
    """After facts have changed: tell which mails that wait would read differently, and on a terminal offer to rewrite.

    The change itself is done, so what keeps the mails from being compared is only said. ``before``: the facts before
    the change, to compare also what the user worded by hand.
    """
    try:
        outdated = find_outdated(workspace, slug, before)
        if not outdated:
            return
        _show(outdated)
        settled = [found for found in outdated if found.can_be_settled]
        if not settled:
            return
        if screen.is_interactive():
            _settle_if_agreed(workspace, settled)
        else:
            screen.note(f"{_say_unsettled(settled)} until you run: followup-mail outbox rewrite {slug}")
    except FollowupError as error:
        screen.note(screen.doubtful(f"The mails that wait were not compared with the facts: {error.sentence}"))


def rewrite_and_show(workspace: Workspace, application: str, yes: bool, json: bool) -> None:
    """Show what differs, ask, and write the mails again; with ``yes`` without asking."""
    slug = workspace.facts.load(application).slug
    outdated = find_outdated(workspace, slug)
    settled = [found for found in outdated if found.can_be_settled]
    if json:
        done = rewrite(workspace, settled) if yes else ()
        screen.emit_json({"outdated": [outdated_json(found) for found in outdated], "rewritten": entries_json(done)})
        return
    _show(outdated)
    if not outdated:
        _say_up_to_date(workspace, slug)
    elif settled and yes:
        _say_settled(workspace, rewrite(workspace, settled))
    elif settled and not screen.is_interactive():
        raise RefusedError("Nothing was rewritten: there is no terminal to ask on.", fix="Add --yes.")
    elif settled and not _settle_if_agreed(workspace, settled):
        raise typer.Exit(ExitCode.REFUSED)


def _say_up_to_date(workspace: Workspace, slug: str) -> None:
    """Say that nothing is to be written again; of words that are not ours nobody knows whether the facts fit them."""
    kept = find_kept_words(workspace, slug)
    for entry, why in kept:
        screen.out(f"{entry.label} to {entry.message.to.name} stays as it is: {why}.", HANG)
    every = "Every other mail" if kept else "Every mail"
    screen.out(f"{every} that waits for {slug} reads as it would be written now.")


def _settle_if_agreed(workspace: Workspace, settled: Sequence[Outdated]) -> bool:
    """Ask, and rewrite after a yes. Returns the answer."""
    again, lost = sum(not found.lost for found in settled), sum(bool(found.lost) for found in settled)
    wishes = [f"write {_number(again)} again"] if again else []
    wishes += [f"cancel {_number(lost)}"] if lost else []
    if not screen.confirm(f"{' and '.join(wishes).capitalize()}?"):
        screen.note("The outbox stays as it is.")
        return False
    _say_settled(workspace, rewrite(workspace, settled))
    return True


def _say_settled(workspace: Workspace, entries: Sequence[Entry]) -> None:
    for entry in as_they_leave(workspace, entries):
        if entry.state is State.QUEUED:
            screen.out(f"Written again: {say_queued(workspace, entry)}", HANG)
        else:
            said = "cancelled" if entry.state is State.CANCELLED else f"written again, and is a {entry.state}"
            screen.out(f"{entry.label} to {entry.message.to.name} is {said}.", HANG)


def _show(outdated: Sequence[Outdated]) -> None:
    for found in outdated:
        entry = found.entry
        what = f"{entry.label} {entry.step.kind.traits.in_heading} to {entry.message.to.name} ({entry.state})"
        if found.lost:
            screen.out(screen.doubtful(f"{what} has lost its point: {found.lost}."), HANG)
            continue
        screen.out(
            screen.doubtful(
                f"{what} would {'leave at another moment' if found.only_moves else 'read differently'} now:"
            ),
            HANG,
        )
        for line in found.differences():
            colour = screen.bad if line.startswith("-") else screen.good
            for piece in textwrap.wrap(line, _WIDTH, initial_indent="    ", subsequent_indent="      "):
                screen.out(colour(piece))
        if found.told_only:
            stays = "It stays as it is, and does not leave so" if found.renamed else "It stays as it is"
            screen.out(f"    {stays}: {found.told_only}.", HANG)
            screen.out(f"    followup-mail outbox edit {entry.id}, or followup-mail outbox cancel {entry.id}")


def _number(count: int) -> str:
    return "this mail" if count == 1 else f"these {count} mails"


def _say_unsettled(settled: Sequence[Outdated]) -> str:
    """Return what becomes of them without an answer: some would leave as they are, others would not leave at all."""
    stopped = sum(found.would_not_leave for found in settled)
    if len(settled) == 1:
        return "This mail does not leave" if stopped else "This mail stays as before"
    if stopped == len(settled):
        return f"These {stopped} mails do not leave"
    labels = ", ".join(found.entry.label for found in settled if found.would_not_leave)
    stay = f"These {len(settled)} mails stay as before"
    return f"{stay}, and {labels} {'does' if stopped == 1 else 'do'} not leave," if stopped else stay
