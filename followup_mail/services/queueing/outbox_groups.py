"""The outbox as somebody reads it: what needs them first, then what leaves when, then what has left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from msgspec import Struct

from followup_mail.errors import FollowupError
from followup_mail.outbox.damaged_rows import Damaged
from followup_mail.outbox.entry import WAITS, Entry, State
from followup_mail.services.queueing.carried_through import Outdated
from followup_mail.services.queueing.editor_holds import Hold, describe_hold
from followup_mail.services.queueing.outbox_list import list_entries
from followup_mail.services.queueing.stranded import Stranded, judge_account
from followup_mail.workspace import Workspace

_FIRST: Final = (
    "unclear",
    "failed",
    "missed",
    "stays",
    "late",
    "held",
    "draft",
    "outdated",
    "stranded",
    "in drafts",
    "in folder",
)
"""Marks of what needs the user, the most urgent first."""


class ListedEntry(Struct, frozen=True):
    """An entry with what a list says about it."""

    entry: Entry
    """As it will leave."""
    company: str
    mark: str
    """Its state in a word, or what is more pressing than its state."""
    hold: Hold | None = None
    stranded: Stranded | None = None
    """Why it does not leave by the account that is set."""
    outdated: Outdated | None = None
    """What is outdated about it."""

    @property
    def needs_user(self) -> bool:
        """True when it waits for a word of the user's."""
        return self.mark in _FIRST

    @property
    def moment(self) -> datetime:
        """When it left, or will leave; of a draft in the mailbox when the plan has it. UTC."""
        entry = self.entry
        planned = entry.timing.due_at if entry.in_drafts else None
        at = entry.sent_at or entry.was_sent_at or planned or entry.filed_at or entry.ready_at
        return at.astimezone(UTC)


class OutboxGroups(Struct, frozen=True):
    """The entries in the order in which they are read."""

    first: tuple[ListedEntry, ...]
    queued: tuple[ListedEntry, ...]
    """By the moment at which they leave."""
    left: tuple[ListedEntry, ...]
    """Sent or cancelled, the latest first."""
    damaged: tuple[Damaged, ...]
    outdated: tuple[str, ...]
    """Short names of the applications with mails that no longer read like the facts."""


def group_entries(workspace: Workspace, application: str = "", *, every: bool = False) -> OutboxGroups:
    """Return what is open, of one application or of all; with ``every`` what has left too. Raises ``NotFoundError``."""
    found = list_entries(workspace, application, every=every)
    outdated = {one.entry.id: one for one in found.outdated}
    companies = name_companies(workspace, found.entries)
    listed = [describe_entry(workspace, entry, companies, outdated.get(entry.id)) for entry in found.entries]
    first = sorted((one for one in listed if one.needs_user), key=lambda one: (_FIRST.index(one.mark), one.moment))
    waiting = [one for one in listed if one.entry.state in {State.QUEUED, State.SENDING} and not one.needs_user]
    gone = [one for one in listed if one.entry.state in {State.SENT, State.CANCELLED}]
    return OutboxGroups(
        tuple(first),
        tuple(sorted(waiting, key=lambda one: one.moment)),
        tuple(sorted(gone, key=lambda one: one.moment, reverse=True)),
        found.damaged,
        tuple(dict.fromkeys(one.entry.step.application for one in found.outdated)),
    )


def describe_entry(
    workspace: Workspace, entry: Entry, companies: dict[str, str], outdated: Outdated | None = None
) -> ListedEntry:
    """Return an entry with its mark. ``companies``: names by short names."""
    stranded = judge_account(workspace, entry) if entry.state in WAITS else None
    hold = describe_hold(workspace, entry) if entry.held else None
    mark = _mark(workspace, entry, outdated is not None, stranded)
    return ListedEntry(entry, companies[entry.step.application], mark, hold, stranded, outdated)


def _mark(workspace: Workspace, entry: Entry, is_outdated: bool, stranded: Stranded | None) -> str:
    if entry.state in {State.UNCLEAR, State.FAILED, State.MISSED}:
        return str(entry.state)
    if entry.in_drafts:
        return "in drafts"
    if entry.state in {State.QUEUED, State.DRAFT, State.SENDING} and entry.held:
        return "held"
    if entry.state is State.QUEUED:
        pressing = {
            "stays": bool(entry.stays),
            "late": entry.is_past(workspace.now()),
            "outdated": is_outdated,
            "stranded": bool(stranded),
        }
        return next((mark for mark, is_so in pressing.items() if is_so), "queued")
    return str(entry.state)


def name_companies(workspace: Workspace, entries: Iterable[Entry]) -> dict[str, str]:
    """Return the names of the companies of entries; where facts cannot be read the short name."""
    return {slug: _company(workspace, slug) for slug in sorted({entry.step.application for entry in entries})}


def _company(workspace: Workspace, slug: str) -> str:
    try:
        return workspace.facts.load(slug).company
    except FollowupError:
        return slug
