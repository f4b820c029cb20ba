"""The mails to people who sit together: a few minutes apart, and all of them on one day where that can be."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from followup_mail.cadence.proposal import Proposal
from followup_mail.cadence.step_dates import say_more
from followup_mail.cadence.turns import PANEL_GAP, SMALLEST_GAP, take_turn
from followup_mail.cadence.worktime import closing_at, next_permitted

_SMALLER_GAPS: Final = (timedelta(minutes=3), timedelta(minutes=2))
"""What is tried before some of a panel get their mail another day than the others."""
_WORDS: Final = "minutes apart from the others"


def spread(proposals: list[Proposal]) -> list[Proposal]:
    """Move mails that would leave together a few minutes apart, in the order of the file.

    Everybody keeps their turn whether or not their mail was sent: a date never depends on what is done already.
    """
    usual = _with_gap(proposals, PANEL_GAP)
    if not _days_waited(proposals, usual):
        return usual
    for gap in (*_SMALLER_GAPS, *((SMALLEST_GAP,) if _days_waited(proposals, usual) > 1 else ())):
        closer = _with_gap(proposals, gap)
        if not _days_waited(proposals, closer):
            return closer
    return (_before_closing(proposals) if _days_waited(proposals, usual) > 1 else None) or usual


def _with_gap(proposals: list[Proposal], gap: timedelta) -> list[Proposal]:
    taken: list[datetime] = []
    return [_take_turn(proposal, taken, gap) for proposal in proposals]


def _days_waited(before: list[Proposal], after: list[Proposal]) -> int:
    """Return by how many days turns moved the one that waits longest."""
    pairs = ((was.due_at, now.due_at) for was, now in zip(before, after, strict=True))
    return max(((now.date() - was.date()).days for was, now in pairs if was and now), default=0)


def _before_closing(proposals: list[Proposal]) -> list[Proposal] | None:
    """Return the mails with those of the fullest day a little earlier; None where the interview ended too late."""
    mails = [proposal for proposal in proposals if _is_mail(proposal)]
    days = [(proposal.route.place, proposal.due_at.date()) for proposal in mails if proposal.due_at]
    place, day = max(days, key=days.count)
    crowd = [mail for mail in mails if mail.due_at and (mail.route.place, mail.due_at.date()) == (place, day)]
    begins = closing_at(day, place) - SMALLEST_GAP * (len(crowd) - 1)
    if any(mail.known_from is None or begins < mail.known_from for mail in crowd):
        return None
    turns = {mail.id: begins + SMALLEST_GAP * n for n, mail in enumerate(crowd)}
    moved = [_move(proposal, turns.get(proposal.id)) for proposal in proposals]
    return None if _days_waited(proposals, _with_gap(moved, SMALLEST_GAP)) else moved


def _is_mail(proposal: Proposal) -> bool:
    return proposal.due is not None and proposal.route.way.channel.traits.is_sent


def _take_turn(proposal: Proposal, taken: list[datetime], gap: timedelta) -> Proposal:
    due = proposal.due
    if due is None or not _is_mail(proposal):
        return proposal
    place = proposal.route.place
    return _move(proposal, take_turn(due.at, taken, lambda moment: next_permitted(moment, place), gap))


def _move(proposal: Proposal, at: datetime | None) -> Proposal:
    due = proposal.due
    if at is None or due is None or at == due.at:
        return proposal
    return replace(proposal, due=say_more(replace(due, at=at), _WORDS))
