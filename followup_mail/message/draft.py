"""The values of writing: who writes, to whom, and the draft itself. Text first; HTML is made from it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from followup_mail.cadence.step import StepId


class Mailbox(Struct, frozen=True):
    """A display name and a bare address, both already cleaned (``facts.clean``)."""

    name: str
    email: str


class Sender(Struct, frozen=True):
    """The candidate, as the settings say."""

    mailbox: Mailbox
    reply_to: str = ""
    bcc_self: bool = False
    phone: str = ""
    links: tuple[str, ...] = ()
    """Lines under the name, e.g. a LinkedIn address."""


class Attachment(Struct, frozen=True):
    """A file to attach, as it was when the draft was written."""

    path: Path
    filename: str
    media_type: str
    sha256: str
    content: bytes


class Thread(Struct, frozen=True):
    """The message that a draft answers (RFC 5322 section 3.6.4)."""

    message_id: str
    subject: str
    references: tuple[str, ...] = ()


class Draft(Struct, frozen=True):
    """One follow-up, written: what will be said to whom. Not bytes yet; ``message.compose`` makes those."""

    step: StepId
    sender: Sender
    to: Mailbox
    subject: str
    text: str
    """Paragraphs separated by an empty line, no trailing spaces, LF line ends, ends with the signature."""
    html: str
    wording: str
    """Name of the template's wording, e.g. ``thank_you/warm``."""
    thread: Thread | None = None
    attachments: tuple[Attachment, ...] = ()
    model: str = ""
    """The language model that wrote the paragraphs; empty for a wording from a template."""
    own_words: tuple[tuple[int, int], ...] = ()
    """Where in ``text`` the words of the user stand, as start and end: a preview shows them."""
