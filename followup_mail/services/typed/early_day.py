"""A day that is too early: nobody answers, and nobody is called, before there was an application to speak of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from followup_mail.cadence.wording import say_day
from followup_mail.errors import WhenError
from followup_mail.facts.application import Application
from followup_mail.facts.said_days import FARTHEST_DAYS
from followup_mail.workspace import Workspace


def refuse_early_answer(workspace: Workspace, application: Application, label: str, day: date) -> None:
    """Raise ``WhenError`` for an answer before the application, or before the first interview that was held."""
    _refuse_before(workspace, application.slug, (label, day), max(_known(workspace, application), default=None))


def refuse_early_contact(workspace: Workspace, application: Application, label: str, day: date) -> None:
    """Raise ``WhenError`` for a contact before both of these."""
    _refuse_before(workspace, application.slug, (label, day), min(_known(workspace, application), default=None))


def _refuse_before(workspace: Workspace, slug: str, told: tuple[str, date], bound: tuple[date, str] | None) -> None:
    """Refuse a day before the one that is known; where none is, a day more than a year ago, which is a slip."""
    (label, day), today = told, workspace.now().date()
    if bound and day < bound[0]:
        raise WhenError(
            f"{label}: {say_day(day, today.year)} is before {bound[1]}, {say_day(bound[0], today.year)}.",
            fix=f"Name a later day; if {bound[1]} was earlier: followup-mail change {slug}",
        )
    if not bound and day < today - timedelta(days=FARTHEST_DAYS):
        raise WhenError(
            f"{label}: {say_day(day, today.year)} is more than a year ago, so it is probably a slip.",
            fix=f"If it is right, say when you applied first: followup-mail change {slug} --applied DAY",
        )


def _known(workspace: Workspace, application: Application) -> Iterator[tuple[date, str]]:
    """Yield what lies behind, by the clock that shows the earlier day: theirs or the user's."""
    if application.applied:
        yield application.applied, "your application"
    held = [one.start for one in application.interviews if one.start <= workspace.now()]
    if held:
        first = min(held)
        yield min(first.date(), first.astimezone(workspace.own_zone).date()), "the first interview"
