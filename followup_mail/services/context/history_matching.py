"""What was done under another name: a person's name was put right since, or the facts file was renamed.

Without this the plan would offer, and the outbox take, a second thank-you to somebody who has one already. People are
known again by the address that a mail went to; a file by the people its mails went to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.roster import Member, list_members
from followup_mail.cadence.step import History, StepId
from followup_mail.facts.application import Application
from followup_mail.facts.names import is_slug, slugify
from followup_mail.message.draft import Mailbox
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.mail_to import MAY_HAVE_LEFT
from followup_mail.workspace import Workspace

_AT_WORK = frozenset({State.SENDING, State.UNCLEAR})


class Histories(Protocol):
    """What is asked of an outbox here: every ``Store`` can answer, and so can what was read from one before."""

    def history(self, application: str) -> History:
        """Return what was done and what waits for an application."""
        ...

    def entries(self, *, application: str | None = None, states: Collection[State] = ()) -> tuple[Entry, ...]:
        """Return the entries that fit."""
        ...

    def written_to(self, emails: Collection[str], handles: Collection[str]) -> frozenset[str]:
        """Return the applications with a mail that may have left to one of these addresses or people."""
        ...


class FormerNames:
    """The names whose facts files are gone, for whoever asks about single ones: the folder is read at the first."""

    def __init__(self, slugs: Callable[[], Collection[str]]) -> None:
        """``slugs`` returns the names of all facts files."""
        self._there = cache(lambda: frozenset(slugs()))

    def __contains__(self, name: object) -> bool:
        """Return whether there is no facts file of this name, which the outbox has an entry for."""
        return isinstance(name, str) and is_slug(name) and name not in self._there()


def find_former_names(workspace: Workspace) -> frozenset[str]:
    """Return the names under which the outbox holds something, and whose facts files are gone."""
    names = frozenset(workspace.store.applications())
    return names - set(workspace.facts.slugs()) if names else names


def recall(outbox: Histories, application: Application, former: Container[str]) -> History:
    """Return the history kept under the present names, with what was done under ``former`` ones.

    ``former``: the names of facts files that are gone (``find_former_names`` or ``FormerNames``).
    """
    own = outbox.history(application.slug)
    if not former and not own.touches and not own.waiting:
        return own
    people = _People(application.slug, list_members(application))
    histories = [own if people.knows_all(own) else _translate(own, people, _addressees(outbox, own))]
    histories += _under_former_names(outbox, application, people, former)
    touches = [touch for one in histories for touch in one.touches]
    return History(
        tuple(sorted(touches, key=lambda touch: touch.at)),
        tuple(waiting for one in histories for waiting in one.waiting),
    )


class _People(Struct, frozen=True):
    """Who is in an application now."""

    application: str
    members: tuple[Member, ...]

    def knows_all(self, history: History) -> bool:
        """Return whether everything was done under a name of today: the usual case."""
        handles = {one.handle for one in self.members}
        return all(step.person in handles for step in _steps(history))

    def find(self, handle: str, to: Mailbox | None) -> str:
        """Return the handle of today for one of the past; empty when it is nobody here."""
        if to is None:
            return handle if any(one.handle == handle for one in self.members) else ""
        # A mail that went through somebody else says nothing about the address of the one it was meant for.
        if not handle.startswith(slugify(to.name)):
            return self.find(handle, None)
        same = (one.handle for one in self.members if (one.person.email or "").casefold() == to.email.casefold())
        return next(same, "")

    def translate(self, step: StepId, to: Mailbox | None) -> StepId:
        """Return a step under the names of today, where they are known."""
        known = any(one.handle == step.person for one in self.members)
        person = step.person if known else self.find(step.person, to) or step.person
        return replace(step, application=self.application, person=person)


def _under_former_names(
    outbox: Histories, application: Application, people: _People, former: Container[str]
) -> list[History]:
    """Return what was done for the same people under names of files that are gone."""
    # What was sent to them before the first interview is another story.
    begins_at = min((one.start for one in application.interviews), key=datetime.timestamp, default=None)
    if begins_at is None:
        return []
    found = []
    for slug in _find_names(outbox, people, former):
        past = _since(outbox.history(slug), begins_at - timedelta(days=1))
        to = _addressees(outbox, past)
        if any(people.find(one.step.person, to[one.message_id]) for one in past.touches if one.message_id in to):
            found.append(_translate(past, people, to))
    return found


def _find_names(outbox: Histories, people: _People, former: Container[str]) -> list[str]:
    """Return the former names that can have something for these people: most have nothing, and none need be read."""
    if not former:
        return []
    emails = {(one.person.email or "").casefold() for one in people.members}
    names = outbox.written_to(emails - {""}, {one.handle for one in people.members})
    return sorted(name for name in names if name in former)


def _translate(history: History, people: _People, to: Mapping[str, Mailbox]) -> History:
    """Return a history under the names of today. What only waits stays as it is: its words greet the former name."""
    return History(
        tuple(replace(one, step=people.translate(one.step, to.get(one.message_id))) for one in history.touches),
        tuple(
            replace(one, step=people.translate(one.step, to.get(one.message_id))) if one.state in _AT_WORK else one
            for one in history.waiting
        ),
    )


def _addressees(outbox: Histories, history: History) -> Mapping[str, Mailbox]:
    """Return who got each mail of a history, by Message-ID."""
    slugs = {step.application for step in _steps(history)}
    entries = (one for slug in slugs for one in outbox.entries(application=slug, states=MAY_HAVE_LEFT))
    return {one.message.message_id: one.message.to for one in entries}


def _steps(history: History) -> list[StepId]:
    return [*(touch.step for touch in history.touches), *(waiting.step for waiting in history.waiting)]


def _since(history: History, begins_at: datetime) -> History:
    return History(
        tuple(one for one in history.touches if one.at >= begins_at),
        tuple(one for one in history.waiting if one.state in _AT_WORK and one.due_at >= begins_at),
    )
