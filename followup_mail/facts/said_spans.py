"""A span of time as people say it: "45", "an hour", "half an hour", "1h30", "an hour and a half", "every two weeks"."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from followup_mail.facts.moments import read_span, write_span
from followup_mail.facts.said_days import read_number
from followup_mail.facts.said_readings import AmbiguousError, Reading
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.regex import regex

LENGTH_ADVICE: Final = 'write it like "45", "an hour" or "1h30"'
_LONGEST: Final = timedelta(days=1)
_MOST_DIGITS: Final = 4
_MOST_HOURS: Final = 9
"""A bare number up to this one can be hours; no interview took so few minutes, but who knows."""

_ABOUT: Final = regex(r"^(?:about|around|roughly|approximately|almost|nearly|ca\.?|every|each|~)\s*")
_PHRASES: Final = {
    "half an hour": "30 min",
    "a half hour": "30 min",
    "half hour": "30 min",
    "quarter of an hour": "15 min",
    "a quarter of an hour": "15 min",
    "three quarters of an hour": "45 min",
    "fortnight": "2 weeks",
    "a fortnight": "2 weeks",
    "week": "1 week",
    "weekly": "1 week",
    "other week": "2 weeks",
    "hour": "1 h",
    "day": "1 day",
}
_HALF_UNITS: Final = (
    regex(r"(?P<count>\d+|[a-z]+) (?P<unit>hours?|weeks?|days?) and a half"),
    regex(r"(?P<count>\d+|[a-z]+) and a half (?P<unit>hours?|weeks?|days?)"),
    regex(r"(?P<count>\d+)[.,]5 ?(?P<unit>hours?|hrs?|h)"),
)
_CLOCKED: Final = regex(r"(\d{1,2})(?: ?h ?|:| (?:hours?|hrs?) )(\d\d)(?: ?min| ?h)?")
_QUARTERS: Final = regex(r"(\d{1,2})[.,](25|75) ?(?:hours?|hrs?|h)")
_HALVES: Final = {"h": timedelta(minutes=30), "w": timedelta(days=3, hours=12), "d": timedelta(hours=12)}


def read_span_said(text: str) -> timedelta:
    """Return a span. Raises ``UnfitError`` for a number without a unit and for what is none."""
    words = _ABOUT.sub("", " ".join(text[:100].lower().split())).removesuffix(" or so")
    words = _PHRASES.get(words, words)
    for form in _HALF_UNITS:
        count = read_number(found["count"]) if (found := form.fullmatch(words)) else None
        if found and count is not None:
            return read_span(read_span(f"{count} {found['unit']}") + _HALVES[found["unit"][0]])
    words = _in_digits(words)
    if found := _CLOCKED.fullmatch(words):
        return read_span(timedelta(hours=int(found[1]), minutes=int(found[2])))
    if found := _QUARTERS.fullmatch(words):
        return read_span(timedelta(hours=int(found[1]), minutes=int(found[2]) * 3 // 5))
    try:
        return read_span(words or text)
    except UnfitError as error:
        # The words are in digits by now, and a huge number is cut.
        wrong = error.wrong.replace(quoted(words), quoted(text.strip()))
        raise UnfitError(wrong, error.right) from None


def read_length_said(text: str) -> timedelta:
    """Return how long an interview took: as ``read_span_said``, and a bare number of minutes.

    Raises ``AmbiguousError`` for a number so small that it can be hours.
    """
    words = _ABOUT.sub("", text.strip().lower())
    if not (words.isascii() and words.isdigit()):
        span = read_span_said(text)
        if span > _LONGEST:
            raise UnfitError(f"{quoted(text)} is longer than a day", "make an interview of each day")
        return span
    bare = words.lstrip("0")
    count = int(bare) if 0 < len(bare) <= _MOST_DIGITS else 0
    if 1 <= count <= _MOST_HOURS:
        spans = [timedelta(hours=count), timedelta(minutes=count)]
        raise AmbiguousError(words, [Reading(_spell(span), write_span(span)) for span in spans])
    if not count or timedelta(minutes=count) > _LONGEST:
        raise UnfitError(f"{quoted(text)} is no length of an interview", LENGTH_ADVICE)
    return timedelta(minutes=count)


def _in_digits(words: str) -> str:
    """Return a span with its numbers in digits: "2 weeks" for "two weeks"."""
    return " ".join(str(number) if (number := read_number(word)) is not None else word for word in words.split())


def _spell(span: timedelta) -> str:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    count, unit = (hours, "hour") if hours else (minutes, "minute")
    return f"{count} {unit}{'s' * (count > 1)}"
