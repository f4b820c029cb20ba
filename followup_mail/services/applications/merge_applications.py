"""Two applications made for the same company and role become one: facts, mails, touches and what is remembered."""

from __future__ import annotations

from msgspec import Struct

from followup_mail.errors import RefusedError
from followup_mail.outbox.moving import Moving
from followup_mail.services.applications.merge_facts import FactsMerger, Settle
from followup_mail.services.applications.rename_application import move_entries, move_traces
from followup_mail.services.changing.change_application import FactsChange, apply_change, plan_rewrite
from followup_mail.services.changing.facts_draft import FactsDraft
from followup_mail.services.queueing.abandoned import free_abandoned_if_possible
from followup_mail.workspace import Workspace


class Merging(Struct, frozen=True):
    """Two applications put together, and not written yet."""

    source: str
    change: FactsChange
    """Of the application that stays."""
    moving: Moving
    mails: int
    """How many entries of the outbox come along."""
    touches: int
    """How many logged calls, letters and messages do."""


def plan_merge(workspace: Workspace, source: str, into: str, settle: Settle) -> Merging:
    """Return what becomes of two applications. ``settle`` is asked about each fact that they know differently.

    Raises ``RefusedError`` with all differences that nobody settled, and for another company.
    """
    if source == into:
        raise RefusedError(
            f"Both names mean {source}. Nothing can be merged with itself.", fix="Name two applications."
        )
    for slug in (source, into):
        workspace.facts.load(slug)
    text = workspace.facts.text(into)
    merger = FactsMerger(FactsDraft(text), FactsDraft(workspace.facts.text(source)), settle)
    wanted = merger.merge()
    if merger.clashes:
        told = "; ".join(clash.says(into, source) for clash in merger.clashes)
        raise RefusedError(
            f"The two differ: {told}. Nothing was changed.",
            fix=f"Add --prefer {into} or --prefer {source}, or change one of them first, with `followup-mail change`.",
        )
    slugs = (into, source)
    rounds = {(slugs[which], number): new for (which, number), new in merger.rounds.items()}
    people = {(source, former): handle for former, handle in merger.people.items()}
    moving = Moving(into, slugs, rounds, people)
    outbox = workspace.store
    counts = len(outbox.entries(application=source)), len(outbox.touches(source))
    return Merging(source, plan_rewrite(workspace, into, text, wanted), moving, *counts)


def apply_merge(workspace: Workspace, merging: Merging) -> tuple[str, ...]:
    """Write it: the facts, then the outbox, then the rest. Returns what was done, in sentences.

    Raises ``RefusedError`` while a mail of either is being sent. Broken off, the same command completes it.
    """
    into, source = merging.change.application, merging.source
    free_abandoned_if_possible(workspace)
    workspace.store.refuse_to_move(merging.moving.applications)
    apply_change(workspace, merging.change)
    cancelled = move_entries(workspace, merging.moving)
    workspace.facts.remove(source)
    move_traces(workspace, source, into, merging.moving)
    done = [f"{source} is part of {into} now, with its mails and its history."]
    if cancelled:
        done.append(f"Cancelled {', '.join(cancelled)}: the same step is done or queued once already.")
    return tuple(done)
