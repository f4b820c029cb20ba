"""A moment that notes what was asked of it: so it is known until when the answers, and what follows from them, hold.

A plan is a pure function, and all that moves by itself in what it is given is ``now``. As long as every question that
planning asked about ``now`` has the same answer, the plan is the same. Whatever is asked in a way that is not known
here holds for this instant only: then nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final

_KNOWN: Final = frozenset({"astimezone", "date", "replace", "tzinfo", "_watch", "_plain", "_between", "__class__"})


class Watch:
    """Until when the answers hold: they are the same at each moment from ``begin``, before ``until``."""

    def __init__(self, begin: datetime) -> None:
        """``begin`` is aware."""
        self.begin = begin.astimezone(UTC)
        self.until = datetime.max.replace(tzinfo=UTC)

    def note(self, until: datetime) -> None:
        """Note that an answer may be another one at ``until`` (aware). A moment before ``begin`` is past, and over."""
        at = until.astimezone(UTC)
        if at >= self.begin:
            self.until = min(self.until, at)

    def end_now(self) -> None:
        """Note that an answer holds for this instant only."""
        self.until = self.begin

    def holds_at(self, now: datetime) -> bool:
        """Return whether the answers are the same at ``now`` (aware)."""
        return self.begin <= now < self.until


class WatchedMoment(datetime):  # noqa: PLW1641 - its hash is set below
    """An aware moment, with the watch of whoever wants to know."""

    _watch: Watch
    _plain: datetime

    @classmethod
    def of(cls, plain: datetime, watch: Watch) -> WatchedMoment:
        """Return ``plain`` watched; ``watch`` begins at the same moment."""
        made = cls(*plain.timetuple()[:6], plain.microsecond, plain.tzinfo, fold=plain.fold)
        made._watch, made._plain = watch, plain
        return made

    def __getattribute__(self, name: str) -> Any:
        if name not in _KNOWN:
            self._watch.end_now()
            return getattr(self._plain, name)
        return super().__getattribute__(name)

    def astimezone(self, tz: tzinfo | None = None) -> WatchedMoment:
        return WatchedMoment.of(self._plain.astimezone(tz), self._watch)

    def date(self) -> date:
        """The day: the same until the next midnight of its zone, where no clock is changed before."""
        today = self._plain.date()
        midnight = datetime.combine(today + timedelta(days=1), time(), self._plain.tzinfo)
        if midnight.utcoffset() == self._plain.utcoffset():
            self._watch.note(midnight)
        else:
            self._watch.end_now()
        return today

    def replace(self, **parts: Any) -> datetime:  # type: ignore[override]
        """The whole minute, as long as it lasts; anything else holds for this instant only."""
        replaced = self._plain.replace(**parts)
        if parts == {"second": 0, "microsecond": 0}:
            self._watch.note(replaced.astimezone(UTC) + timedelta(minutes=1))
        else:
            self._watch.end_now()
        return replaced

    def _between(self, other: object, compare: Callable[[datetime, object], Any]) -> Any:
        """Compare, and note that it may be otherwise from ``other`` on."""
        other = _plainly(other)
        # In any other zone Python compares the hands of the clock, which go back once a year.
        if isinstance(other, datetime) and other.tzinfo is not None and self._plain.tzinfo is UTC:
            self._watch.note(other)
        else:
            self._watch.end_now()
        return compare(self._plain, other)

    def __lt__(self, other: object) -> bool:
        return self._between(other, datetime.__lt__)  # type: ignore[arg-type, no-any-return]

    def __le__(self, other: object) -> bool:
        return self._between(other, datetime.__le__)  # type: ignore[arg-type, no-any-return]

    def __gt__(self, other: object) -> bool:
        return self._between(other, datetime.__gt__)  # type: ignore[arg-type, no-any-return]

    def __ge__(self, other: object) -> bool:
        return self._between(other, datetime.__ge__)  # type: ignore[arg-type, no-any-return]

    def __eq__(self, other: object) -> bool:
        return self._between(other, datetime.__eq__)  # type: ignore[no-any-return]

    def __ne__(self, other: object) -> bool:
        return self._between(other, datetime.__ne__)  # type: ignore[no-any-return]


def _plainly(given: object) -> Any:
    return object.__getattribute__(given, "_plain") if isinstance(given, WatchedMoment) else given


def _holds_now(name: str) -> Callable[..., Any]:
    plain = getattr(datetime, name)

    def ask(self: WatchedMoment, *given: Any) -> Any:
        self._watch.end_now()
        return plain(self._plain, *map(_plainly, given))

    return ask


# What Python asks of the class, and not of the moment itself.
for _name in ("__add__", "__radd__", "__sub__", "__rsub__", "__hash__", "__str__", "__repr__", "__format__"):
    setattr(WatchedMoment, _name, _holds_now(_name))
for _name in ("__reduce__", "__reduce_ex__"):
    setattr(WatchedMoment, _name, _holds_now(_name))
