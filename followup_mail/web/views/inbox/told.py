"""A mail that was seen, with what is said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from followup_mail.outbox.seen_mail import SeenMail
from followup_mail.services.mailbox.inbox_list import Wish, wish_of
from followup_mail.services.mailbox.inbox_words import say_done, say_what
from followup_mail.web.frame.shown import facts_version
from followup_mail.workspace import Workspace


@dataclass(frozen=True)
class Told:
    """One mail as a page shows it."""

    seen: SeenMail
    at: datetime
    """When it was sent, else seen, by the user's clock."""
    what: str
    done: str
    wish: Wish

    @property
    def version(self) -> str:
        """What a form about it was made from."""
        return seen_version(self.seen)


def tell(workspace: Workspace, seen: SeenMail, others: Sequence[SeenMail]) -> Told:
    """Return a mail with what is said about it. ``others`` is all that was seen."""
    at = seen.came_at.astimezone(workspace.own_zone)
    return Told(seen, at, say_what(seen), say_done(workspace, seen, others), wish_of(seen))


def seen_version(seen: SeenMail) -> str:
    """Return the version of a mail: whatever a page shows of it changes it."""
    return facts_version(repr((seen.id, seen.state, seen.mail, seen.was)))
