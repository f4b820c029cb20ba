"""The proof: a message that does not say what the draft says is never queued."""

from __future__ import annotations

import pytest
from changing import replace
from message_samples import PLAIN, attach

import followup_mail.message.compose as compose_module
from followup_mail.errors import RefusedError
from followup_mail.message.compose import compose
from followup_mail.message.draft import Draft, Mailbox, Sender, Thread
from followup_mail.message.heading import head
from followup_mail.message.proof import prove

DRAFT = replace(
    PLAIN,
    sender=Sender(Mailbox("Sam Okafor", "sam@example.com"), reply_to="sam@reply.example"),
    to=Mailbox("Raman, Priya", "priya@acme.example"),
    subject="Thank you für alles",
    thread=Thread("<2@acme.example>", "", ("<1@acme.example>",)),
    attachments=(attach("Müller.pdf"),),
)
CONTENT = compose(DRAFT).content
HEADING = head(DRAFT, compose(DRAFT).message_id[1:33])

DAMAGE = [
    (b"\r\nTo:", b"\r\nBcc: eve@evil.example\r\nTo:"),
    (b"\r\nMIME-Version:", b"\r\nX-Mailer: me\r\nMIME-Version:"),
    (b'"Raman, Priya"', b"Raman, Priya"),
    (b"<priya@acme.example>", b"<eve@evil.example>"),
    (b"<priya@acme.example>", b"<priya@acme.example>, eve@evil.example"),
    (b"Sam Okafor", b"Sam"),
    (b"sam@reply.example", b"eve@evil.example"),
    (b"f=C3=BCr", b"f=C3=BC"),
    (b"f=C3=BCr", b"f=FF"),
    (b"?utf-8?q?f=C3=BCr?=", b"?no-such-charset?q?f?="),
    (b"In-Reply-To: <2@", b"In-Reply-To: <3@"),
    (b"References: <1@", b"References: <3@"),
    (b"Message-ID: <", b"Message-ID: <x"),
    (b"MIME-Version: 1.0", b"MIME-Version: 2.0"),
    (b"Thank you for your time", b"Thank you for your tie"),
    (b"<br>", b"<hr>"),
    (b"text/html", b"text/plain"),
    (b"M%C3%BCller.pdf", b"M%C3%BCller.exe"),
    (b"Content-Disposition: attachment", b"Content-Disposition: inline"),
    (b"JVBERi0xLjc=", b"JVBERi0xLjg="),
    (b"--\r\n", b"\r\n"),
    (b"Dear", b"\rDear"),
    (b"Dear", b"\nDear"),
    (b"Dear", b"\0Dear"),
    (b"Dear", b"D\xc3\xa9ar"),
    (b"Dear", b"D\xffar"),
    (b"<p>Dear", b"<p" + b" " * 1000 + b">Dear"),
]


def test_the_whole_message_passes() -> None:
    """An undamaged message is let through."""
    prove(CONTENT, HEADING, DRAFT)


@pytest.mark.parametrize(("whole", "damaged"), DAMAGE)
def test_any_damage_is_seen(whole: bytes, damaged: bytes) -> None:
    """Whatever differs from the draft, in header, text or attachment, is refused with a sentence and a next step."""
    assert whole in CONTENT
    with pytest.raises(RefusedError, match="did not survive") as refused:
        prove(CONTENT.replace(whole, damaged), HEADING, DRAFT)
    assert "Nothing was queued" in refused.value.fix


def test_composing_ends_with_the_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in the writer stops the mail: what cannot be read back never leaves ``compose``."""

    def write_wrongly(draft: Draft, boundary: str) -> bytes:
        return b"Content-Type: text/plain; charset=us-ascii\r\n\r\nSomething else\r\n"

    monkeypatch.setattr(compose_module, "write_body", write_wrongly)
    with pytest.raises(RefusedError, match="did not survive"):
        compose(PLAIN)
