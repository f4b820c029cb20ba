"""Statistics: what was done and what came of it, each picture with its numbers as a table, and all of it as a file."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from followup_mail.services.overview.courses import gather_courses
from followup_mail.services.overview.statistics import WEEKS, make_statistics
from followup_mail.services.overview.statistics_csv import write_csv
from followup_mail.web.drawing.bars import draw_bars
from followup_mail.web.drawing.calendar_map import draw_calendar
from followup_mail.web.frame.asked import Asked

_HALF: Final = WEEKS // 2
_MARK: Final = "\ufeff"
"""Excel takes a CSV file for UTF-8 only with it."""


def show_statistics(asked: Asked) -> Response:
    """Show all of it; half a year in two parts, so that each fits a phone."""
    with asked.open() as workspace:
        statistics = make_statistics(workspace)
    halves = (statistics.weeks[:_HALF], statistics.weeks[_HALF:])
    return asked.page(
        "statistics/statistics.html", found=statistics, halves=halves, bars=draw_bars, calendar=draw_calendar
    )


def give_csv(asked: Asked) -> Response:
    """Give the course of each application as a file to keep."""
    with asked.open() as workspace:
        courses, _, _ = gather_courses(workspace)
    headers = {"Content-Disposition": 'attachment; filename="followup-statistics.csv"'}
    return Response(f"{_MARK}{write_csv(courses)}".encode(), media_type="text/csv; charset=utf-8", headers=headers)
