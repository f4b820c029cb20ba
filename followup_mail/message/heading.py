"""The heading of a message: what its header fields say, as values, and the same as bytes."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from followup_mail.message.address_syntax import wire_address
from followup_mail.message.draft import Draft, Mailbox
from followup_mail.message.headers import tidy_line, write_ids, write_mailbox, write_text
from followup_mail.message.thread import list_references, reply_subject


class Heading(Struct, frozen=True):
    """What the header fields of one message say, Date and the content's own fields aside."""

    sender: Mailbox
    """Its address, as all here, with the domain in A-labels."""
    recipient: Mailbox
    reply_to: str
    subject: str
    message_id: str
    references: tuple[str, ...] = ()
    """Oldest first; the last one is the message that is answered."""

    @property
    def needs_smtputf8(self) -> bool:
        """Return whether an address or id is beyond ASCII, so that the server must offer SMTPUTF8 (RFC 6531)."""
        tokens = (self.sender.email, self.recipient.email, self.reply_to, *self.references)
        return not all(token.isascii() for token in tokens)


def head(draft: Draft, seed: str) -> Heading:
    """Work out the heading of a draft that passed the gate. ``seed`` makes its Message-ID.

    The id says nothing about the machine: it is the seed, on the domain of the sender.
    """
    sender = _on_the_wire(draft.sender.mailbox)
    return Heading(
        sender=sender,
        recipient=_on_the_wire(draft.to),
        reply_to=wire_address(draft.sender.reply_to) if draft.sender.reply_to else "",
        subject=tidy_line(reply_subject(draft.subject) if draft.thread else draft.subject),
        message_id=f"<{seed}@{sender.email.rpartition('@')[2]}>",
        references=list_references(draft.thread) if draft.thread else (),
    )


def write_heading(heading: Heading) -> bytes:
    """Write the header fields, CRLF line ends; UTF-8 where an address or id is, ASCII elsewhere."""
    return "".join(_fields(heading)).encode()


def _fields(heading: Heading) -> Iterator[str]:
    yield write_mailbox("From", heading.sender.name, heading.sender.email)
    yield write_mailbox("To", heading.recipient.name, heading.recipient.email)
    if heading.reply_to:
        yield write_mailbox("Reply-To", "", heading.reply_to)
    yield write_text("Subject", heading.subject)
    yield write_ids("Message-ID", [heading.message_id])
    if heading.references:
        yield write_ids("In-Reply-To", heading.references[-1:])
        yield write_ids("References", heading.references)
    yield "MIME-Version: 1.0\r\n"


def _on_the_wire(mailbox: Mailbox) -> Mailbox:
    return Mailbox(tidy_line(mailbox.name), wire_address(mailbox.email))
