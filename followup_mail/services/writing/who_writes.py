"""How far a writing model may be asked for a request, and who says yes: the front decides, the services keep to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import RefusedError, SettingsError

if TYPE_CHECKING:
    from followup_mail.cadence.step import StepId
    from followup_mail.services.writing.prepared import Prepared
    from followup_mail.workspace import Workspace
    from followup_mail.writing_model.endpoint import Endpoint
    from followup_mail.writing_model.prompt import Messages
    from followup_mail.writing_model.remembered import WrittenMails


class Author(StrEnum):
    """Who writes the mails of a request."""

    OURS = "ours"
    """Our own wordings, although a writing model is set."""
    REMEMBERED = "remembered"
    """The writing model where it was asked before, else our own wordings: nothing is asked and nothing leaves."""
    MODEL = "model"
    """The writing model, asked where it was not asked before."""
    MODEL_AGAIN = "model again"
    """The writing model, asked once more even where it was asked before."""
    GIVEN = "given"
    """Whoever wrote the words that are given with it; our own wordings for what has none."""
    NOBODY = "nobody"
    """Nobody: only what the writing model would get is wanted."""


class GivenWords(Struct, frozen=True):
    """The words of a mail that somebody else wrote: an assistant."""

    by: str
    subject: str
    body: str
    """Paragraphs between greeting and closing, separated by an empty line."""


def _never(_: object) -> bool:
    return False


def _silently(_: str) -> None:
    return


def _unseen(_: str, __: Messages) -> None:
    return


class Asking(Struct, frozen=True):
    """Who writes, and the voice of the front that asked."""

    author: Author = Author.REMEMBERED
    agree: Callable[[Endpoint], bool] = _never
    """Says what leaves the machine, before the first question to an address, and returns whether that may be."""
    tell: Callable[[str], None] = _silently
    """Says what is being waited for: an answer may take a minute."""
    show_prompt: Callable[[str, Messages], None] = _unseen
    """Shows the prompt for the mail to somebody."""
    approve: Callable[[Sequence[Prepared]], bool] = _never
    """Shows mails of a model's that nobody has read, and returns whether the user says yes to them."""
    given: Mapping[StepId, GivenWords] = {}
    """The words of mails, with ``Author.GIVEN``. A front that queues them has shown them."""

    def anew(self) -> Asking:
        """Return the same, where the model is asked even what it was asked before."""
        return replace(self, author=Author.MODEL_AGAIN) if self.author is Author.MODEL else self


REMEMBERED = Asking()


def find_model(workspace: Workspace, asking: Asking) -> Endpoint | None:
    """Return the writing model that may be asked beside a debrief; None where none is set, or it is not wanted."""
    if asking.author not in {Author.MODEL, Author.MODEL_AGAIN}:
        return None
    try:
        return workspace.writing_model
    except SettingsError:  # Half a setting keeps nobody from answering; `doctor` tells it.
        return None


def require_read(workspace: Workspace, prepared: Sequence[Prepared], asking: Asking) -> None:
    """Raise ``RefusedError`` unless the user has read, or reads now and approves, every mail that a model wrote.

    Our own wording is as unread as that, where the user has read a mail of the model's for the same step.
    """
    unread = [one for one in prepared if _is_unread(workspace, one)]
    if not unread:
        return
    if asking.approve(unread):
        note_shown(workspace, unread)
        return
    names = " and ".join(one.written.draft.to.name for one in unread)
    step, use = unread[0].written.draft.step, unread[0].written.model_use
    why = f"The writing model wrote to {names}, and nobody has read that and said yes: it is not queued."
    if use and use.why_not:
        why = f"You have read the writing model's mail to {names}, and this would be another. {use.why_not}"
    fix = f"Read it: followup-mail preview {step.application} {step.kind}. Or take ours: add --ours."
    raise RefusedError(why, fix=fix)


def note_shown(workspace: Workspace, prepared: Iterable[Prepared]) -> None:
    """Remember that the user was shown these mails. Raises ``FactsError`` when that cannot be written."""
    for one in prepared:
        if one.written.draft.model and one.written.model_use and not _is_read(one):
            use = one.written.model_use
            _written_mails(workspace, one).note_read(use.key, use.stamp)


def _is_unread(workspace: Workspace, one: Prepared) -> bool:
    use = one.written.model_use
    if use is None or one.written.draft.model:
        return bool(use) and not _is_read(one)
    return _written_mails(workspace, one).has_read(one.written.draft.step)


def _written_mails(workspace: Workspace, one: Prepared) -> WrittenMails:
    from followup_mail.writing_model.remembered import WrittenMails

    return WrittenMails(workspace.home, one.written.draft.step.application)


def _is_read(one: Prepared) -> bool:
    return bool(one.written.model_use and one.written.model_use.is_read)
