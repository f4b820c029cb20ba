"""A server's words become one printable line that holds no secret."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.delivery.redaction import SAID_LIMIT, make_redactor
from followup_mail.delivery.replies import parse_reply


@pytest.mark.parametrize(
    ("said", "queue_id"),
    [
        ("2.0.0 Ok: queued as 4XyZ0123ab", "4XyZ0123ab"),
        ("OK id=1sAbCd-000000001Zz-2XyZ", "1sAbCd-000000001Zz-2XyZ"),
        ("2.0.0 OK  1700000000 4fb4d7f45d1cf-56b0f2sm123.45 - gsmtp", "1700000000 4fb4d7f45d1cf-56b0f2sm123.45"),
        ("2.6.0 <abc@example.com> [InternalId=123, Hostname=AM0.example] 8000 bytes Queued", "abc@example.com"),
        ("Ok 0100018bc5f1a2b3-1a2b3c4d-000000", "0100018bc5f1a2b3-1a2b3c4d-000000"),
        ("ok 1700000000 qp 12345", "12345"),
        ("2.0.0 4AB12CD3012345 Message accepted for delivery", "4AB12CD3012345"),
        ("OK", ""),
        ("2.0.0 Ok", ""),
    ],
)  # fmt: skip
def test_queue_ids(said: str, queue_id: str) -> None:
    """The id that a server gives with its 250 is found, in the forms that common servers use."""
    assert parse_reply(250, said).queue_id == queue_id


def test_lines_are_joined() -> None:
    """A reply of several lines becomes one, with its enhanced code once."""
    reply = parse_reply(535, b"5.7.8 Not accepted. Go to\n5.7.8  https://example.com/help")
    assert reply.said == "535 5.7.8 Not accepted. Go to https://example.com/help"
    assert reply.enhanced == "5.7.8"


@pytest.mark.parametrize("text", ["5.7.8x no", "2.1.5 of another class", "5.7", "say 5.7.8"])
def test_no_enhanced_code(text: str) -> None:
    """What only looks like an enhanced code, or is of another class than the reply, is none (RFC 2034 section 4)."""
    assert parse_reply(550, text).enhanced == ""


@given(st.binary(max_size=3000))
def test_any_bytes_become_one_printable_line(raw: bytes) -> None:
    """Whatever bytes a server sends: one printable line of at most 500 characters is kept."""
    said = make_redactor(["secret-7"]).text(parse_reply(550, raw).said)
    assert said.isprintable()
    assert len(said) <= SAID_LIMIT


SECRETS = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, categories=["L", "N", "P"]), min_size=6)


@given(secret=SECRETS, before=st.text(max_size=520), after=st.text(max_size=30), coded=st.booleans())
def test_secrets_are_taken_out(secret: str, before: str, after: str, coded: bool) -> None:
    """A secret, plain or in base64, is in no line that is kept, wherever the line is cut."""
    form = base64.b64encode(secret.encode()).decode() if coded else secret
    said = make_redactor([secret]).text(f"{before}{form}{after}")
    assert form not in said
    assert not said.endswith(form[:6] + "…")


def test_short_secrets_do_not_make_holes() -> None:
    """A password of one letter is hidden where it stands alone, and not cut out of every word."""
    assert make_redactor(["s"]).text("the server says s") == "the server says (hidden)"


def test_hush_itself_tells_nothing() -> None:
    """The value that knows the secrets does not print them."""
    assert "secret-7" not in repr(make_redactor(["secret-7"]))
