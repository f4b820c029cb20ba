"""Sentences about mail that was seen: what it is, what was done because of it, what it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.cadence.wording import say_day, say_list
from followup_mail.errors import NotFoundError
from followup_mail.incoming.understood import Understanding
from followup_mail.outbox.entry import OPEN
from followup_mail.outbox.seen_mail import SeenMail, SeenState
from followup_mail.services.mailbox.inbox_list import Wish, find_answer, find_own_answer, wish_of
from followup_mail.workspace import Workspace

_ASKS: Final = {
    Wish.REJECTION: "To record the no and draft your answer: followup-mail inbox accept {0}",
    Wish.INVITATION: "It holds an appointment. To add it: followup-mail inbox accept {0}",
    Wish.OFFER: "To record the offer: followup-mail inbox accept {0}",
}


def say_ask(seen: SeenMail) -> str:
    """Return what a mail asks the user for, with the command; empty where it asks for nothing."""
    wish = wish_of(seen)
    if wish is Wish.CHOOSE:
        some = say_list(seen.mail.applications, "or")
        return f"Which application: {some}? followup-mail inbox correct {seen.label} --application APP"
    return _ASKS[wish].format(seen.label) if wish in _ASKS else ""


def say_done(workspace: Workspace, seen: SeenMail, others: Sequence[SeenMail]) -> str:
    """Return what was done because of a mail, as a sentence; empty where nothing was.

    ``others`` is all that was seen, so that a long list reads it once.
    """
    mail, year = seen.mail, workspace.now().year
    match mail.understanding:
        case Understanding.ANSWER:
            return _say_held(workspace, seen, others)
        case Understanding.AUTOMATIC if mail.back_on:
            return f"Follow-ups that ask for something wait until they are back on {say_day(mail.back_on, year)}."
        case Understanding.RETURNED:
            labels = [one.label for one in workspace.store.entries() if one.message.message_id in mail.returned]
            return f"{say_list(labels)} came back." if labels else ""
        case Understanding.BY_HAND:
            return "It counts as a contact."
        case Understanding.NOTHING:
            return "You said that it is nothing."
    return ""


def _say_held(workspace: Workspace, seen: SeenMail, others: Sequence[SeenMail]) -> str:
    if seen.state is SeenState.ACCEPTED:
        taken, slug = "You took that up.", seen.mail.applications[0]
        return (
            f"{taken} When you have answered: followup-mail resume {slug}"
            if _waits_for_answer(workspace, slug)
            else taken
        )
    slug = seen.mail.applications[0]
    latest = find_answer(others, slug)
    if latest and latest.id != seen.id and wish_of(seen) is Wish.NONE:
        return ""  # said of the later one
    held: list[str] = []
    for slug in seen.mail.applications:
        held += [one.label for one in workspace.store.entries(application=slug, states=OPEN, held=True)]
    what = f"Held: {say_list(held)}." if held else ""
    if len(seen.mail.applications) > 1 or wish_of(seen) is Wish.REJECTION:
        return what
    if not _waits_for_answer(workspace, slug):
        return what
    if own := find_own_answer(others, slug, seen):
        on = say_day(own.came_at.astimezone(workspace.own_zone).date(), workspace.now().year)
        return f"{what} You answered on {on}. To go on: followup-mail resume {slug}".strip()
    return f"{what} When you have answered: followup-mail resume {slug}".strip()


def _waits_for_answer(workspace: Workspace, slug: str) -> bool:
    from followup_mail.facts.terms import Status

    try:
        return workspace.facts.load(slug).outcome.status is Status.REPLIED
    except NotFoundError:
        return False


def say_what(seen: SeenMail) -> str:
    """Return what a mail is, in a few words."""
    mail = seen.mail
    wish = wish_of(seen)
    if wish is Wish.REJECTION:
        return "looks like a no"
    if wish is Wish.OFFER:
        return "looks like an offer"
    if wish is Wish.INVITATION:
        return "an invitation"
    return {
        Understanding.ANSWER: "an answer",
        Understanding.AUTOMATIC: "an automatic reply",
        Understanding.RETURNED: "your mail came back",
        Understanding.BY_HAND: "you wrote it yourself",
        Understanding.NOTHING: "nothing",
    }[mail.understanding]
