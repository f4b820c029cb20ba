"""A moment before what they told: two sentences running do not say *told*.

Readers held "It told me that …" with "You also told me that …" right behind it against the mails. The halves stay two
sentences: in a reading of 28 pairs they were preferred to one with *which*, that hangs on whatever noun came last.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from followup_mail.regex import regex

_MOMENT: Final = regex(r"(?s)^(?P<seen>.+[.!?][\"”]?)(?P<joint> (?:It|That) )told(?P<told> me that [^.!?]+\.)\Z")


class FlowingMoment(Struct, frozen=True):
    """A moment in the parts that a mail has of it: ``joint`` is ours."""

    seen: str
    joint: str
    told: str
    """Ends with the full stop."""

    @property
    def text(self) -> str:
        return f"{self.seen}{self.joint}{self.told}"


def flow_moment(moment: str) -> FlowingMoment | None:
    """Return a moment as a mail has it where what they told follows; None where *told* is not ours."""
    found = _MOMENT.match(moment.strip())
    if found is None or "show" in found["seen"]:
        return None
    return FlowingMoment(found["seen"], f"{found['joint']}showed me that ", found["told"].removeprefix(" me that "))


def ways_to_say(moment: str) -> tuple[str, ...]:
    """Return a moment in every form in which a mail can have it, its own first."""
    flowing = flow_moment(moment)
    return (moment, flowing.text) if flowing else (moment,)
