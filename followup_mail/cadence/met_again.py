"""Who was met again in one round, at least a week later: it may have been a second round, with thanks of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from msgspec import Struct

from followup_mail.cadence.offset import Offset, Unit
from followup_mail.cadence.planning_context import PlanningContext
from followup_mail.cadence.wording import say_day

_NEXT_ROUND_AFTER: Final = 7
"""Days between two meetings with one person from which on a second round is likelier than a second part."""


class MetAgain(Struct, frozen=True):
    """Somebody whom the user met twice in one round."""

    name: str
    round: int
    again_at: datetime
    """When the last meeting ends."""
    sentence: str
    """The question, without its last point."""


def find_met_again(context: PlanningContext) -> Iterator[MetAgain]:
    """Yield each of them."""
    for round_ in context.rounds:
        held = [interview for interview in context.application.interviews if interview.round == round_.number]
        for meeting in round_.meetings:
            theirs = [interview for interview in held if interview.has(meeting.person)]
            days = sorted(interview.start.date() for interview in theirs)
            apart = (days[-1] - days[0]).days if days else 0
            if apart >= _NEXT_ROUND_AFTER:
                later = str(Offset(apart // 7, Unit.WEEK) if apart % 7 == 0 else Offset(apart, Unit.DAY))
                sentence = (
                    f"You met {meeting.person.name} on {say_day(days[0], context.year)} and again {later} later, both "
                    f"in round {round_.number}: was that a second round? Then write round = {round_.number + 1} for "
                    f"the later one (`followup-mail edit {context.application.slug}`)"
                )
                ends = max((interview.end for interview in theirs), key=datetime.timestamp)
                yield MetAgain(meeting.person.name, round_.number, ends, sentence)
