"""What was seen in the mailbox, as the user sees it: each mail with what it proposes and what was done."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from operator import attrgetter

from msgspec import Struct

from followup_mail.incoming.tenors import Tenor
from followup_mail.incoming.understood import Understanding
from followup_mail.outbox.seen_mail import LastLook, SeenMail, SeenState
from followup_mail.services.context.mail_accounts import every_account
from followup_mail.workspace import Workspace


class Wish(StrEnum):
    """What a mail asks the user to do."""

    CHOOSE = "choose"
    """To say which application it belongs to."""
    REJECTION = "rejection"
    """To take it up as a no."""
    INVITATION = "invitation"
    """To take its appointment into the facts."""
    OFFER = "offer"
    NONE = ""


class Inbox(Struct, frozen=True):
    """Everything that was seen, newest first, and when each mailbox was last looked at."""

    seen: tuple[SeenMail, ...]
    looks: tuple[LastLook, ...]
    """Of each account whose mailbox is read."""

    @property
    def open(self) -> tuple[SeenMail, ...]:
        """Return what asks the user for something."""
        return tuple(seen for seen in self.seen if wish_of(seen) is not Wish.NONE)


def read_inbox(workspace: Workspace) -> Inbox:
    """Read what is kept. Raises ``OutboxError``."""
    return Inbox(workspace.store.seen(), tuple(list_looks(workspace)))


def find_seen(workspace: Workspace, number: int) -> SeenMail:
    """Return one mail. Raises ``NotFoundError``, and ``OutboxError`` for a row that cannot be understood."""
    return workspace.store.get_seen(number)


def forget_seen(workspace: Workspace, numbers: Sequence[int]) -> None:
    """Delete what is kept of mails, and do not keep them again. What was done because of them stays done."""
    from followup_mail.services.mailbox.forgotten_mail import remember_forgotten

    known = {seen.id: seen for seen in workspace.store.seen()}
    remember_forgotten(workspace.home, [known[number] for number in numbers if number in known])
    workspace.store.forget_seen(numbers)


def list_looks(workspace: Workspace) -> Iterator[LastLook]:
    """Yield when each mailbox that is read was last looked at."""
    for way in every_account(workspace):
        if way.reads_mailbox:
            address = way.settings.email.lower()
            yield workspace.store.last_look(address)


def wish_of(seen: SeenMail) -> Wish:
    """Return what a mail asks the user to do; ``NONE`` for what is done with or asks for nothing."""
    mail = seen.mail
    if mail.understanding is not Understanding.ANSWER or seen.state not in {SeenState.NEW, SeenState.RECORDED}:
        return Wish.NONE
    if len(mail.applications) > 1:
        return Wish.CHOOSE
    if mail.tenor is Tenor.NO:
        return Wish.REJECTION
    if mail.has_invitation:
        return Wish.INVITATION
    return Wish.OFFER if mail.tenor is Tenor.OFFER else Wish.NONE


def list_telling(workspace: Workspace, replied: Collection[str]) -> tuple[SeenMail, ...]:
    """Return what asks the user for something, then the latest answer to each of the other applications in ``replied``.

    Raises ``OutboxError``.
    """
    seen = workspace.store.seen()
    asking = [one for one in seen if wish_of(one) is not Wish.NONE]
    told = {slug for one in asking for slug in one.mail.applications}
    answers = (find_answer(seen, slug) for slug in replied if slug not in told)
    return (*asking, *(one for one in answers if one))


def list_unread(workspace: Workspace) -> tuple[LastLook, ...]:
    """Return the mailboxes that could not be read since they were last looked at."""
    return tuple(look for look in list_looks(workspace) if look.failed_at)


def find_own_answer(seen: Sequence[SeenMail], slug: str, to: SeenMail) -> SeenMail | None:
    """Return the first mail of the user's own about an application that came after theirs."""
    own = (
        one
        for one in seen
        if one.mail.understanding is Understanding.BY_HAND
        and slug in one.mail.applications
        and one.came_at > to.came_at
    )
    return min(own, key=attrgetter("came_at"), default=None)


def take_as_done(workspace: Workspace, slug: str) -> None:
    """Let what was seen for an application ask for no record of its outcome any more: the user has recorded it."""
    for seen in workspace.store.seen(slug):
        if wish_of(seen) in {Wish.REJECTION, Wish.OFFER}:
            workspace.store.settle_seen(seen.id, SeenState.ACCEPTED, workspace.now())


def find_answer(seen: Sequence[SeenMail], slug: str) -> SeenMail | None:
    """Return the latest answer to an application."""
    answers = (
        one for one in seen if one.mail.understanding is Understanding.ANSWER and one.mail.applications[:1] == (slug,)
    )
    return max(answers, key=attrgetter("came_at"), default=None)
