"""The day of an interview, until it ends: when and with whom, what to ask before leaving, whose address is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from msgspec import Struct

from followup_mail.cadence.wording import say_list
from followup_mail.facts.application import Application, Format, Interview

_WITH_ALL: Final = 4
"""So many people are named; of more, only how many there are."""
_HOW: Final = {Format.ONSITE: "on site", Format.VIDEO: "by video", Format.PHONE: "by phone"}


class InterviewToday(Struct, frozen=True):
    """An interview of today that has not ended."""

    application: Application
    interview: Interview
    now: datetime

    @property
    def people(self) -> tuple[str, ...]:
        """Return whom the user will meet."""
        return tuple(person.name for person in self.interview.people)

    @property
    def without_address(self) -> tuple[str, ...]:
        """Return of whom no address is on record."""
        return tuple(person.name for person in self.interview.people if not person.email)

    @property
    def when(self) -> str:
        """Return from when until when, at the place of the interview."""
        start, own = self.interview.start, self.interview.start.astimezone(self.now.tzinfo)
        city = self.interview.time_zone.rsplit("/", 1)[-1].replace("_", " ")
        tomorrow = " tomorrow" if own.date() > self.now.date() else ""
        mine = f" ({own:%H:%M}{tomorrow} by your clock)" if own.utcoffset() != start.utcoffset() else ""
        return f"{start:%H:%M} to {self.interview.end:%H:%M} in {city}{mine}"

    @property
    def headline(self) -> str:
        """Return what is today, in one line."""
        how = _HOW[self.interview.format]
        met = f" with {self._name_people()}" if self.people else ""
        return f"Interview today, {self.when}, {how}{met}: {self.application.role}, {self.application.company}"

    @property
    def in_short(self) -> str:
        """Return the same for a list of much else."""
        own = self.interview.start.astimezone(self.now.tzinfo)
        met = f" with {self._name_people()}" if self.people else ""
        return f"{own:%H:%M} interview at {self.application.company}{met}"

    @property
    def advice(self) -> tuple[str, ...]:
        """Return what to ask before it is over, in sentences."""
        return tuple(filter(None, (self._ask(), self._collect(), self._say_missing())))

    def _name_people(self) -> str:
        return say_list(self.people) if len(self.people) <= _WITH_ALL else f"{len(self.people)} people"

    def _ask(self) -> str:
        leaving = "you leave" if self.interview.format is Format.ONSITE else "it ends"
        return f"Before {leaving}, ask {say_list(tuple(self._open_questions()))}."

    def _open_questions(self) -> Iterator[str]:
        """Yield what they have not said yet; an older date was about an earlier round."""
        said, today = self.application.said, self.interview.start.date()
        yield "what the next steps are"
        if said.decision_by is None or said.decision_by < today:
            yield "when they decide"
        if said.channel is None:
            yield "how they like to be reached"

    def _collect(self) -> str:
        if self.interview.format is Format.ONSITE:
            return "Take a card of everyone, so that you have each name as it is spelt, and the address."
        return "Ask everyone how their name is spelt, and for their address."

    def _say_missing(self) -> str:
        if not self.people:
            return "Nobody is on record for it yet: write down everyone you meet."
        return f"No address is on record yet for {say_list(self.without_address)}." if self.without_address else ""


def find_interviews_today(application: Application, now: datetime) -> tuple[InterviewToday, ...]:
    """Return the interviews whose day it is, by their clock or the user's, and which are not over.

    None when the application has ended. ``now``: in the user's zone.
    """
    if application.outcome.status.is_end:
        return ()
    ahead = sorted(application.interviews, key=lambda interview: interview.start.timestamp())
    return tuple(InterviewToday(application, interview, now) for interview in ahead if _is_today(interview, now))


def _is_today(interview: Interview, now: datetime) -> bool:
    """Return whether its day has come where it is held or where the user is, and it is not over."""
    theirs = interview.start.date() <= now.astimezone(interview.zone).date()
    ours = interview.start.astimezone(now.tzinfo).date() <= now.date()
    return (theirs or ours) and now.timestamp() < interview.end.timestamp()
