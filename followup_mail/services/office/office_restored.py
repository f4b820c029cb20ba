"""What an administrator says about a database that was restored, or that a standby serves now."""

from __future__ import annotations

from datetime import UTC, datetime

from followup_mail.errors import RefusedError, SettingsError
from followup_mail.office.restored import Cleared, clear_up, confirm_nothing_lost
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.office_settings import name_actor
from followup_mail.settings.table import variable


def clear_up_restore(loaded: Loaded, since: str) -> Cleared:
    """Let nothing leave again that may have left after ``since``, and let the rest go on.

    ``since`` is a moment as ISO 8601 writes it, of this machine's zone unless it names one. Raises ``RefusedError``,
    ``SettingsError``, ``OutboxError``.
    """
    return clear_up(_owner_url(loaded), read_moment(since), datetime.now(UTC), name_actor(loaded.settings))


def say_nothing_lost(loaded: Loaded) -> None:
    """Let mails leave again as if nothing had happened. Raises ``SettingsError``, ``OutboxError``."""
    confirm_nothing_lost(_owner_url(loaded), name_actor(loaded.settings))


def read_moment(text: str) -> datetime:
    """Return the moment that somebody typed. Raises ``RefusedError``."""
    try:
        return datetime.fromisoformat(text.strip()).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise RefusedError(
            f"{text!a} is not a date and time.",
            fix='Write it like "2026-11-18 14:30", or with a zone: 2026-11-18T14:30:00Z.',
        ) from None


def _owner_url(loaded: Loaded) -> str:
    url = loaded.settings.database_owner_url.reveal()
    if not url:
        raise SettingsError(
            f"{variable('database_owner_url')} is not set, and this concerns every candidate at once.",
            fix="Write it like postgresql://owner@host/database, for the role that the tables belong to.",
        )
    return url
