"""Rounds of two applications that become one: conversations in order of time, those on the same days in one round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from followup_mail.services.changing.facts_draft import Table, start_of

RoundKey = tuple[int, int]
"""Which application (0 or 1), and the number of the round in it."""


def number_rounds(interviews: Sequence[tuple[int, Table]]) -> dict[RoundKey, int]:
    """Return the new number of each round; rounds of two applications whose days overlap become one.

    A number only ever grows, so that a step's new round is never one that is still another's.
    """
    days: dict[RoundKey, list[date]] = {}
    for which, interview in interviews:
        days.setdefault((which, interview.get("round", 1)), []).append(start_of(interview).date())
    numbers: dict[RoundKey, int] = {}
    last, members, until = 0, set[int](), date.min
    for key in sorted(days, key=lambda key: (min(days[key]), key[1], key[0])):
        which, former = key
        is_together = min(days[key]) <= until and which not in members and former <= last
        if not is_together:
            last, members = max(last + 1, former), set()
        members.add(which)
        until = max(until, *days[key]) if is_together else max(days[key])
        numbers[key] = last
    return numbers
