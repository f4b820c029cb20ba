"""The one value of a mail from the moment it is composed: queued, stored, delivered and read back as this."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.message.draft import Mailbox


class Attached(Struct, frozen=True):
    """A file that travels in the mail, as it was when the mail was written."""

    path: Path
    sha256: str


class Message(Struct, frozen=True):
    """A finished mail: what it says, its envelope (RFC 5321), and its bytes."""

    to: Mailbox
    subject: str
    """The subject as sent, with its one ``Re:`` in an answer."""
    text: str
    """The text as the recipient reads it: for the history, and so that nothing is said twice."""
    message_id: str
    mail_from: str
    """The envelope's sender."""
    rcpt_to: tuple[str, ...]
    """The recipient first, then the sender's own address if a copy is wanted. That address is in no header."""
    references: tuple[str, ...] = ()
    """The ids in its References header, oldest first."""
    smtputf8: bool = False
    """True when an address or id is beyond ASCII: the server must offer SMTPUTF8 (RFC 6531)."""
    wording: str = ""
    """The template it was written from, e.g. ``thank_you/warm``."""
    attached: tuple[Attached, ...] = ()
    content: bytes = b""
    """Headers and body with CRLF line ends. Without the Date header until it is sent.

    Empty where only the facts about a mail are asked for: a list of a thousand entries stays small that way.
    """

    def __repr__(self) -> str:
        """Return what it says without its bytes, which may be megabytes."""
        told = (f"{name}={getattr(self, name)!r}" for name in self.__struct_fields__ if name != "content")
        return f"Message({', '.join(told)})"

    @property
    def sha256(self) -> str:
        """The hash of ``content``, in hexadecimal."""
        return fingerprint(self.content)

    @property
    def domain(self) -> str:
        """The domain of the addressee, in lower case."""
        return self.to.email.rpartition("@")[2].lower()

    def without_content(self) -> Message:
        """Return it without its bytes, as entries have it."""
        return replace(self, content=b"")

    def find_mismatch(self) -> str:
        """Return which part of the envelope differs from what ``content`` says; nothing when none does.

        The bytes are guarded by their hash, the envelope is not: a recipient that something else wrote into the store
        would get the mail.
        """
        head = self.content.partition(b"\r\n\r\n")[0]
        parts = {"Message-ID": self.message_id, "sender": self.mail_from, "recipient": self.to.email}
        for name, text in parts.items():
            # Addresses that are not ASCII stand there in another form.
            if text.isascii() and text.encode() not in head:
                return name
        return "" if set(self.rcpt_to) <= {self.to.email, self.mail_from} else "list of recipients"


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a message or an attachment, in hexadecimal."""
    from hashlib import sha256

    return sha256(content).hexdigest()
