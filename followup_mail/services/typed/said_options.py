"""Days and moments in options: read as people say them, and refused in the name of the option."""

from __future__ import annotations

from datetime import date, datetime, time

from followup_mail.errors import WhenError
from followup_mail.facts.moments import place_in_zone
from followup_mail.facts.said_days import read_day_said
from followup_mail.facts.said_moments import read_moment_said
from followup_mail.facts.said_readings import AmbiguousError, Side, VagueError
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.services.typed.days_asked import read_edge
from followup_mail.services.typed.home_country import read_as_written
from followup_mail.workspace import Workspace


def read_day_option(workspace: Workspace, option: str, text: str, side: Side) -> date:
    """Return the day. Raises ``WhenError``, with the readings when there are several."""
    today = workspace.now().date()
    try:
        try:
            return read_as_written(workspace, lambda one: read_day_said(one, today, side), text)
        except VagueError:
            if not side.is_past and (day := read_edge(text, today)):
                return day
            raise
    except ValueError as error:
        raise _refuse(option, error) from None


def read_moment_option(workspace: Workspace, option: str, text: str) -> datetime:
    """Return a moment by the user's clock that is rather past. Raises as ``read_day_option`` does."""
    try:
        today = workspace.now().date()
        said = read_as_written(workspace, lambda one: read_moment_said(one, today, Side.RATHER_PAST), text)
        return place_in_zone(said, workspace.own_zone)
    except ValueError as error:
        raise _refuse(option, error) from None


def read_day_or_moment(workspace: Workspace, option: str, text: str) -> datetime:
    """Return a moment by the user's clock, rather to come; a day means its beginning. Raises as the others do."""
    today = workspace.now().date()
    try:
        try:
            said = datetime.combine(read_day_said(text, today, Side.RATHER_COMING), time())
        except AmbiguousError:
            raise
        except UnfitError:
            said = read_moment_said(text, today, Side.RATHER_COMING)
        return place_in_zone(said, workspace.own_zone)
    except ValueError as error:
        raise _refuse(option, error) from None


def ambiguous_option(error: AmbiguousError, sentence: str, fix: str = "") -> WhenError:
    """Return the error that carries the readings, so that it can be asked which is meant."""
    readings = [(reading.said, reading.written) for reading in error.readings]
    return WhenError(sentence, fix=fix, said=error.text, readings=readings)


def _refuse(option: str, error: ValueError) -> WhenError:
    sentence = f"{option}: {error}."
    return ambiguous_option(error, sentence) if isinstance(error, AmbiguousError) else WhenError(sentence)
