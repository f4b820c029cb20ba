"""The gate: what may not become a message is refused before a byte is made, with every reason at once."""

from __future__ import annotations

import time

import pytest
from changing import replace
from message_samples import CVE_2024_6923, PLAIN, SENDER, attach

from followup_mail.errors import FactsError
from followup_mail.message.compose import compose
from followup_mail.message.draft import Draft, Mailbox, Thread

BAD = [
    "\n",
    "\r",
    "\r\n",
    "\x00",
    "\x0b",
    "\x0c",
    "\x1b",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\u202e",
    "\ud800",
    "\ufeff",
]
MEGABYTE = "x" * 2**20


@pytest.mark.parametrize("bad", [*BAD, "\t"])
@pytest.mark.parametrize("field", ["subject", "recipient", "sender", "address", "id", "filename"])
def test_a_line_stays_one_line(field: str, bad: str) -> None:
    """Controls, line separators, bidi overrides and lone surrogates in a header value are refused."""
    text = f"a{bad}Bcc: eve@evil.example"
    with pytest.raises(FactsError, match="cannot be made"):
        compose(with_field(field, text))


def with_field(field: str, text: str) -> Draft:
    return {
        "subject": replace(PLAIN, subject=text),
        "recipient": replace(PLAIN, to=Mailbox(text, "a@b.example")),
        "sender": replace(PLAIN, sender=replace(SENDER, mailbox=Mailbox(text, "a@b.example"))),
        "address": replace(PLAIN, to=Mailbox("A", f"{text}@b.example")),
        "id": replace(PLAIN, thread=Thread(f"<{text.replace(' ', '')}@b.example>", "Hello")),
        "filename": replace(PLAIN, attachments=(attach(text),)),
    }[field]


@pytest.mark.parametrize("bad", [bad for bad in BAD if bad != "\n"])
@pytest.mark.parametrize("field", ["text", "html"])
def test_a_body_holds_text_only(field: str, bad: str) -> None:
    """In text and HTML line breaks and tabs pass, other controls do not; the sentence names the line."""
    with pytest.raises(FactsError, match=r"holds .* in line 2"):
        compose(replace(PLAIN, **{field: f"Dear you,\nfine{bad}\nBcc: x"}))


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (replace(PLAIN, subject="x" * 301), "the subject is 301 characters long, and 300 is the limit"),
        (replace(PLAIN, to=Mailbox("x" * 201, "a@b.example")), "the name of the recipient is 201 characters long"),
        (replace(PLAIN, text="é" * 26_000), "its text is 50 KB long, and 50 KB is the limit"),
        (replace(PLAIN, html="x" * 600_000), "its HTML is 585 KB long"),
        (replace(PLAIN, subject="  "), "the subject is empty"),
        (replace(PLAIN, text=" \n\n"), "its text is empty"),
        (replace(PLAIN, attachments=(attach("../cv.pdf"),)), "cannot be the file name"),
        (replace(PLAIN, attachments=(attach("a\\cv.pdf"),)), "cannot be the file name"),
        (replace(PLAIN, attachments=(attach(CVE_2024_6923),)), "cannot be the file name"),
        (replace(PLAIN, attachments=(attach("cv.pdf", media_type="text/html; x"),)), "is not a media type"),
        (replace(PLAIN, attachments=(attach("cv.pdf", b"x" * (20 * 2**20 + 1)),)), "20 MB is the limit"),
        (replace(PLAIN, attachments=(attach("cv.pdf"),) * 21), "21 attachments"),
        (replace(PLAIN, thread=Thread("<no at>", "")), "is not a Message-ID"),
        (replace(PLAIN, thread=Thread("<=?utf-8?q?a=0D=0ABcc=3A?=@x>", "")), "is not a Message-ID"),
        (replace(PLAIN, thread=Thread("<a@b>", "", ("b@c",))), "is not a Message-ID"),
        (replace(PLAIN, thread=Thread(f"<{'x' * 900}@b>", "")), "is not a Message-ID"),
    ],
)
def test_what_is_refused_is_named(draft: Draft, said: str) -> None:
    """Each refusal says what is wrong, and what to do."""
    with pytest.raises(FactsError) as refused:
        compose(draft)
    assert said in refused.value.sentence
    assert refused.value.fix


def test_all_reasons_come_at_once() -> None:
    """A draft with three things wrong says three things."""
    with pytest.raises(FactsError) as refused:
        compose(replace(PLAIN, subject="a\nb", to=Mailbox("x\ty", "nobody")))
    for said in ("the subject holds a line break", "the name of the recipient holds a tab", "'nobody'"):
        assert said in refused.value.sentence


@pytest.mark.parametrize("field", ["subject", "recipient", "sender", "address", "id", "filename"])
def test_a_megabyte_is_refused_at_once(field: str) -> None:
    """Sizes are checked before anything is parsed, so an endless value costs no time."""
    start = time.perf_counter()
    with pytest.raises(FactsError) as refused:
        compose(with_field(field, MEGABYTE))
    assert time.perf_counter() - start < 0.5
    assert len(refused.value.sentence) < 1_000


def test_no_control_reaches_the_terminal() -> None:
    """What was refused is not repeated raw: an escape sequence in a name cannot paint the user's screen."""
    for field in ("subject", "recipient", "address", "id", "filename"):
        with pytest.raises(FactsError) as refused:
            compose(with_field(field, "a\x1b[2Jb"))
        assert refused.value.sentence.isprintable()
