"""All applications, or those that a search finds, each with its last contact and its next step."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from followup_mail.cadence.set_aside import ARCHIVED
from followup_mail.cadence.step import Step, Touch
from followup_mail.errors import FollowupError
from followup_mail.facts.application import Application
from followup_mail.services.context.application_context import ApplicationContext, open_all
from followup_mail.services.overview.find_applications import match, next_step, read_words
from followup_mail.services.overview.undecided import find_undecided
from followup_mail.workspace import Workspace


class ApplicationLine(Struct, frozen=True):
    """One application."""

    context: ApplicationContext
    last_contact: Touch | None
    next_step: Step | None
    needs_user: bool
    """True when one of its entries needs a decision."""
    matched: tuple[str, ...] = ()
    """What a search found in it, in words."""

    @property
    def application(self) -> Application:
        return self.context.application


class ApplicationList(Struct, frozen=True):
    """Those that are asked for, and what keeps others from being read."""

    lines: tuple[ApplicationLine, ...]
    broken: tuple[FollowupError, ...]
    archived: tuple[str, ...] = ()
    """The short names of those that are left out because they are archived; of a search, those that it would find."""
    known: tuple[str, ...] = ()
    """The short names of all that are not archived."""


def list_applications(workspace: Workspace, words: Sequence[str] = (), *, every: bool = False) -> ApplicationList:
    """Return every application that all words fit; files that cannot be read hide no other.

    Archived ones only with ``every``, or when they are asked for by that word.
    """
    contexts, broken = open_all(workspace)
    wanted = read_words(words)
    needing = {entry.step.application for entry in find_undecided(workspace)}
    # A word that can stand nowhere, such as an emoji, finds nothing.
    found = [
        (context, matched)
        for context in contexts
        if len(wanted) == len(words) and (matched := match(context, wanted)) is not None
    ]
    shows_archived = every or ARCHIVED in wanted
    lines = (
        _line(context, matched, needing)
        for context, matched in found
        if shows_archived or not context.application.archived
    )
    away = (context.application.slug for context, _ in found if context.application.archived and not shows_archived)
    known = (context.application.slug for context in contexts if not context.application.archived)
    return ApplicationList(tuple(lines), tuple(broken), tuple(away), tuple(known))


def _line(context: ApplicationContext, matched: tuple[str, ...], needing: set[str]) -> ApplicationLine:
    last = max(context.history.touches, key=lambda touch: touch.at, default=None)
    return ApplicationLine(context, last, next_step(context), context.application.slug in needing, matched)
