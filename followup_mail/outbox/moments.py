"""Moments as text: UTC to the microsecond, so that they sort as they are and people can read them."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """Return an aware moment as UTC text that sorts, e.g. ``2026-11-18T14:30:00.000000Z``."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def to_moment(text: str) -> datetime:
    """Return the moment that ``to_text`` wrote, in UTC."""
    return datetime.fromisoformat(text)
