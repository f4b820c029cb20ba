"""The interviews of today, for everything that says what the day brings."""

from __future__ import annotations

from collections.abc import Collection

from followup_mail.cli.terminal import screen
from followup_mail.services.overview.interview_day import InterviewToday


def show_interviews(interviews: Collection[InterviewToday]) -> None:
    """Print the interviews of today, each with what to ask before it is over."""
    for found in interviews:
        screen.out(screen.strong(found.headline), "    ")
        for sentence in found.advice:
            screen.out(screen.wrap(sentence, "    "))
