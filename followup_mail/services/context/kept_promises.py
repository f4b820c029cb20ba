"""What has become of a promise: kept, and when; ready to be kept, by a file or by a sentence; or nothing yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from msgspec import Struct

from followup_mail.cadence.wording import say_day
from followup_mail.facts.application import Application, Promise
from followup_mail.language.note_promises import read_promise
from followup_mail.outbox.entry import State
from followup_mail.regex import regex
from followup_mail.workspace import Workspace

_GAVE: Final = regex(
    r"\b(?:sent|gave|given|brought|handed|e-?mailed|posted|attached|shared|uploaded|delivered|forwarded)\b",
    re.IGNORECASE,
)


class PromiseStanding(Struct, frozen=True):
    """A promise, and how far it is."""

    promise: Promise
    by: str
    """The file that is to keep it, or the sentence; empty while there is neither."""
    kept_at: datetime | None = None
    """When it was kept, as far as this program knows; in the user's own zone."""

    @property
    def said(self) -> str:
        """Where it stands, in a phrase."""
        kept = f"kept on {say_day(self.kept_at.date(), 0)}" if self.kept_at else ""
        return ", ".join(filter(None, (self.by, kept))) or "no file yet"


def find_standings(workspace: Workspace, application: Application) -> tuple[PromiseStanding, ...]:
    """Return each promise with what became of it. Raises ``OutboxError``."""
    return tuple(_find_standing(workspace, application, promise) for promise in application.promised)


def _find_standing(workspace: Workspace, application: Application, promise: Promise) -> PromiseStanding:
    says = promise.says or read_promise(promise.what, [person.name for person in application.everyone()]).says
    by = promise.file or (f'"{says}"' if says else "")
    kept = max(_kept_at(workspace, application.slug, promise, says), default=None) if workspace.has_store else None
    return PromiseStanding(promise, by, kept.astimezone(workspace.own_zone) if kept else None)


def _kept_at(workspace: Workspace, slug: str, promise: Promise, says: str) -> Iterator[datetime]:
    """Yield when a mail brought the file or said the sentence, and when the user noted to have given it."""
    # The checks come with all rules; whoever promised nothing does not wait for them.
    from followup_mail.checks.attachment_mentions import is_file_of, is_named

    sent = workspace.store.entries(application=slug, states={State.SENT})
    attached = {one.message.message_id: one.message.attached for one in sent}
    for touch in workspace.store.history(slug).touches:
        files = attached.get(touch.message_id, ())
        by_hand = not touch.message_id and touch.reached and _GAVE.search(touch.text)
        if (
            any(is_file_of(file.path.name, promise) for file in files)
            or (says and touch.message_id and says in touch.text)
            or (by_hand and is_named(promise.what, touch.text))
        ):
            yield touch.at
