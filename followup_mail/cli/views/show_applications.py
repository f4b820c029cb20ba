"""Applications on the screen, one line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.cadence.set_aside import is_snoozed, say_set_aside
from followup_mail.cadence.step import Step, StepState
from followup_mail.cadence.wording import say_day
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.show_plan import mark_of
from followup_mail.facts.terms import Status
from followup_mail.facts.unfit_values import quoted
from followup_mail.services.as_json.json_overviews import application_list_json
from followup_mail.services.overview.application_list import ApplicationLine, ApplicationList, list_applications
from followup_mail.services.overview.application_tabs import soonest
from followup_mail.services.overview.find_applications import STATE_WORDS
from followup_mail.workspace import Workspace

_NAMED: Final = 8
"""So many short names are listed when nothing was found."""


def list_and_show(workspace: Workspace, words: Sequence[str], every: bool, json: bool) -> None:
    """Print a line per application; files that cannot be read are named, and hide nothing."""
    listed = list_applications(workspace, words, every=every)
    if json:
        screen.emit_json(application_list_json(listed))
        return
    for error in listed.broken:
        screen.note(screen.bad(error.sentence))
    if not listed.lines:
        _say_none(listed, words)
        return
    in_order = sorted(listed.lines, key=lambda line: (not line.needs_user, soonest(line)))
    if any(line.matched for line in in_order):
        columns = ("Application", "Company", "Outcome", "Next step", "Found")
        screen.table(columns, [(*_head(line), _say_next(line), "; ".join(line.matched)) for line in in_order])
    else:
        columns = ("Application", "Company", "Outcome", "Last contact", "Next step")
        screen.table(columns, [(*_head(line), _last_contact(line), _say_next(line)) for line in in_order])
    if any(line.needs_user for line in in_order):
        screen.note("`followup-mail today` says what needs you, and what to type.")
    _say_archived(listed, words)


def _say_none(listed: ApplicationList, words: Sequence[str]) -> None:
    """Say that nothing was found, and what there is."""
    if words and (listed.known or listed.archived):
        said = " and ".join(quoted(word) for word in words)
        screen.out(f"No application has to do with {said}.")
    if listed.known and words:
        names = ", ".join(listed.known[:_NAMED])
        more = len(listed.known) - _NAMED
        screen.note(f"There {_be(len(listed.known))}: {names}{f' and {more} more' if more > 0 else ''}.")
        screen.note(f"Words that say where one stands: {', '.join(STATE_WORDS)}.")
    elif not listed.known and not listed.archived and not listed.broken:
        screen.out("There are no applications yet. Write the first one down: followup-mail add")
    elif listed.archived and not words:
        screen.out("Every application is archived. See them: followup-mail list archived")
        return
    _say_archived(listed, words)


def _be(count: int) -> str:
    return "is 1 application" if count == 1 else f"are {count} applications"


def _say_archived(listed: ApplicationList, words: Sequence[str]) -> None:
    if count := len(listed.archived):
        asked = " ".join(f'"{word}"' if " " in word else word for word in words)
        show = f"followup-mail list {asked} --all" if words else "followup-mail list archived"
        more = f"{count} more" if listed.lines else f"{count} that {'fits' if count == 1 else 'fit'}"
        screen.note(f"{more} {'is' if count == 1 else 'are'} archived: {show}")


def _head(line: ApplicationLine) -> tuple[str, str, str]:
    return line.application.slug, line.application.company, _say_standing(line)


def _say_standing(line: ApplicationLine) -> str:
    """Return what came of it, or that it is set aside."""
    application, today = line.application, line.context.now.date()
    if line.needs_user:
        return screen.bad("needs you")
    status = str(application.outcome.status)
    if aside := say_set_aside(application, today):
        return aside if application.outcome.status is Status.WAITING else f"{status}, {aside}"
    if application.snoozed_until and is_snoozed(application, today):
        return f"{status}, snoozed until {say_day(application.snoozed_until, today.year)}"
    return status


def _last_contact(line: ApplicationLine) -> str:
    if line.last_contact is None:
        return "none"
    on = line.last_contact.at.astimezone(line.context.now.tzinfo)  # the user's own day, not that of UTC
    return f"{line.last_contact.step.kind.traits.in_heading}, {on:%d %b}"


def _say_next(line: ApplicationLine) -> str:
    return "none" if say_set_aside(line.application, line.context.now.date()) else _say_step(line.next_step)


def _say_step(step: Step | None) -> str:
    if step is None:
        return "none"
    day = f"{step.moment:%a %d %b}" if step.moment else "no date"
    return f"{step.kind.traits.in_heading}, {day}" + (
        f" ({mark_of(step)[0].lower()})" if step.state is not StepState.UPCOMING else ""
    )
