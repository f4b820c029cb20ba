"""What is due today in all applications, and what needs a decision of the user's: one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from followup_mail.cadence.set_aside import is_snoozed, say_set_aside
from followup_mail.cadence.wording import say_day
from followup_mail.errors import FollowupError
from followup_mail.facts.application import Application, Status
from followup_mail.outbox.damaged_rows import Damaged
from followup_mail.outbox.entry import NEEDS_USER, Entry, State
from followup_mail.outbox.retry import Pause
from followup_mail.outbox.seen_changes import REPLIED
from followup_mail.outbox.seen_mail import LastLook, SeenMail
from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import Proposal
from followup_mail.services.context.application_context import ApplicationContext
from followup_mail.services.context.departures import find_next_departure
from followup_mail.services.mailbox.drafts_today import find_deleted_there, find_in_drafts
from followup_mail.services.mailbox.inbox_list import list_telling, list_unread
from followup_mail.services.overview.due_steps import (
    DueStep,
    SecondRound,
    find_due,
    find_second_rounds,
    find_soon,
    say_missing,
)
from followup_mail.services.overview.interview_day import InterviewToday, find_interviews_today
from followup_mail.services.overview.open_concerned import open_concerned
from followup_mail.services.overview.undecided import find_undecided
from followup_mail.services.queueing.abandoned import free_abandoned_if_possible
from followup_mail.services.queueing.late_mails import find_late
from followup_mail.services.queueing.outbox_list import drop_staying, list_outdated
from followup_mail.services.queueing.release_resumed import release_resumed
from followup_mail.services.queueing.stranded import Stranded, find_filed, find_stranded
from followup_mail.services.sending.paused_accounts import list_pauses
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.services.queueing.carried_through import Outdated


class Today(Struct, frozen=True):
    """What the user should know today."""

    has_applications: bool
    broken: tuple[FollowupError, ...]
    """What keeps applications from being read."""
    pauses: tuple[Pause, ...]
    damaged: tuple[Damaged, ...]
    undecided: tuple[Entry, ...]
    """Entries that need a decision."""
    stranded: tuple[Stranded, ...]
    late: tuple[Entry, ...]
    due: tuple[DueStep, ...]
    """The most urgent first."""
    soon: tuple[DueStep, ...]
    """What comes within days and is not queued, in order of time."""
    missing: tuple[str, ...]
    """What is missing for thank-yous to many people, in sentences."""
    in_folder: tuple[Entry, ...]
    """Mails that never left this machine and may still be sent; none of applications that are over."""
    in_drafts: tuple[Entry, ...] = ()
    """Mails in the Drafts folder of the user's mailbox, for them to send."""
    deleted_there: tuple[Entry, ...] = ()
    """What they deleted there, and whose step is due again."""
    outdated: tuple[Outdated, ...] = ()
    """Mails that wait and no longer read like the facts, or have lost their point."""
    next_at: datetime | None = None
    """When the next queued mail leaves; only looked up on a quiet day."""
    interviews: tuple[InterviewToday, ...] = ()
    second_rounds: tuple[SecondRound, ...] = ()
    """Who may have been met in a second round that the facts do not know."""
    replied: tuple[Application, ...] = ()
    """Where they wrote and wait for an answer of the user's."""
    mail: tuple[SeenMail, ...] = ()
    """What was seen in the mailbox and asks for something, and the answers that wait for one."""
    unread: tuple[LastLook, ...] = ()
    """The mailboxes that cannot be read at present."""
    proposals: tuple[Proposal, ...] = ()
    """What assistants propose and nobody has decided about."""
    long_ended: tuple[str, ...] = ()
    """The short names of applications that could be archived."""
    hidden: tuple[tuple[str, str], ...] = ()
    """Short names of applications that are paused or snoozed, each with the words for it."""
    companies: Mapping[str, str] = field(default_factory=dict)
    """The company of each application that can be read, by short name."""

    @property
    def to_ask(self) -> tuple[str, ...]:
        """Return in sentences what the user is asked about facts: what is missing, and what may be a second round."""
        return (*self.missing, *(f"{found.slug}: {found.sentence}." for found in self.second_rounds))

    @property
    def to_decide(self) -> tuple[Entry, ...]:
        """Return those of ``undecided`` that do not only wait because of an answer in ``mail``."""
        told = {slug for seen in self.mail for slug in seen.mail.applications}
        return tuple(
            entry
            for entry in self.undecided
            if entry.step.application not in told or entry.held != REPLIED or entry.state in NEEDS_USER
        )

    @property
    def to_answer(self) -> tuple[Application, ...]:
        """Return those of ``replied`` that no held mail speaks of, nor one in the mailbox."""
        told = {entry.step.application for entry in self.undecided if entry.held}
        told |= {slug for seen in self.mail for slug in seen.mail.applications}
        return tuple(application for application in self.replied if application.slug not in told)

    @property
    def is_quiet(self) -> bool:
        """True when nothing is due, nothing needs the user, and all could be read."""
        unreadable = self.broken or self.damaged or self.pauses
        stopped = self.late or self.stranded or any(found.lost for found in self.outdated)
        due = self.due or self.undecided or self.interviews
        return not (unreadable or stopped or due or self.replied or self.mail or self.unread or self.proposals)


def look_at_today(workspace: Workspace) -> Today:
    """Gather it. Raises ``SettingsError`` when the user's zone is not known, ``OutboxError`` for a broken outbox."""
    release_resumed(workspace)
    now = workspace.now()
    away: list[Application] = []
    concerned = open_concerned(workspace, lambda application: _is_away(application, now, away))
    contexts, broken = concerned.contexts, concerned.errors
    free_abandoned_if_possible(workspace)
    due = find_due(workspace, contexts)
    undecided = _drop_due_drafts(find_undecided(workspace), due)
    outdated = list_outdated(workspace, undecided)
    late, stranded = drop_staying(find_late(workspace), undecided), find_stranded(workspace)
    over = concerned.list_over(away)
    told = {str(entry.id) for entry in undecided}
    soon = tuple(found for found in find_soon(contexts) if found.draft not in told)
    replied = tuple(c.application for c in contexts if c.application.outcome.status is Status.REPLIED)
    today = Today(
        has_applications=bool(contexts or concerned.quiet or broken or away),
        broken=tuple(broken),
        pauses=list_pauses(workspace),
        damaged=workspace.store.damaged(),
        undecided=_drop_lost_drafts(undecided, outdated),
        stranded=stranded,
        late=late,
        due=due,
        soon=soon,
        missing=tuple(say_missing((*due, *soon))),
        second_rounds=find_second_rounds(contexts),
        in_folder=tuple(entry for entry in find_filed(workspace) if entry.step.application not in over),
        in_drafts=find_in_drafts(workspace),
        deleted_there=find_deleted_there(workspace, {found.step.id for found in (*due, *soon)}),
        outdated=outdated,
        interviews=_find_interviews(contexts, away, now),
        replied=replied,
        mail=list_telling(workspace, [application.slug for application in replied]),
        unread=list_unread(workspace),
        proposals=KeptProposals(workspace.home).tidied(now).waiting(),
        long_ended=concerned.find_long_ended(now.date()),
        hidden=tuple((one.slug, _say_away(one, now)) for one in away if not one.archived),
        companies=concerned.name_companies(away),
    )
    return replace(today, next_at=find_next_departure(workspace)) if today.is_quiet else today


def _find_interviews(
    contexts: list[ApplicationContext], away: list[Application], now: datetime
) -> tuple[InterviewToday, ...]:
    """Return the interviews of today, the next one first; no pause takes one off the calendar."""
    held = (application for application in away if not application.archived)
    concerned = (*(context.application for context in contexts), *held)
    found = (interview for application in concerned for interview in find_interviews_today(application, now))
    return tuple(sorted(found, key=lambda interview: interview.interview.start.timestamp()))


def _drop_lost_drafts(undecided: Sequence[Entry], outdated: Sequence[Outdated]) -> tuple[Entry, ...]:
    """Return what is undecided without the drafts that have lost their point: none of them is asked to be approved."""
    lost = {found.entry.id for found in outdated if found.lost}
    return tuple(entry for entry in undecided if entry.state is not State.DRAFT or entry.id not in lost)


def _drop_due_drafts(undecided: Sequence[Entry], due: Sequence[DueStep]) -> tuple[Entry, ...]:
    """Return what is undecided without the drafts of due steps, which say that a draft waits, and until when."""
    steps = {found.step.id for found in due}
    return tuple(entry for entry in undecided if entry.state is not State.DRAFT or entry.step not in steps)


def _is_away(application: Application, now: datetime, away: list[Application]) -> bool:
    """Return whether an application is archived, paused or snoozed, and note it in ``away``: it needs no plan then."""
    if not application.archived and not _say_away(application, now):
        return False
    away.append(application)
    return True


def _say_away(application: Application, now: datetime) -> str:
    """Return why an application that is not archived is hidden; nothing when it is not."""
    if aside := say_set_aside(application, now.date()):
        return aside
    until = application.snoozed_until
    return f"snoozed until {say_day(until, now.year)}" if until and is_snoozed(application, now.date()) else ""
