"""The header writer: what it writes for what, to be read beside ``message.headers``."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from message_samples import CVE_2024_6923, NAMES, SUBJECTS

from followup_mail.message.headers import encode_words, tidy_line, write_ids, write_mailbox, write_text


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("", "To: a@b.example\r\n"),
        ("Priya Raman", "To: Priya Raman <a@b.example>\r\n"),
        ("O'Neil", "To: O'Neil <a@b.example>\r\n"),
        ("Dr. Raman", 'To: "Dr. Raman" <a@b.example>\r\n'),
        ("Raman, Priya", 'To: "Raman, Priya" <a@b.example>\r\n'),
        ('Pat "Ace" Lee', 'To: "Pat \\"Ace\\" Lee" <a@b.example>\r\n'),
        ("back\\slash", 'To: "back\\\\slash" <a@b.example>\r\n'),
        ("eve@evil.example", 'To: "eve@evil.example" <a@b.example>\r\n'),
        ("Ann (HR)", 'To: "Ann (HR)" <a@b.example>\r\n'),
        ("Renée", "To: =?utf-8?q?Ren=C3=A9e?= <a@b.example>\r\n"),
        ("Renée, CEO", "To: =?utf-8?q?Ren=C3=A9e=2C_CEO?= <a@b.example>\r\n"),
        ("山田太郎", "To: =?utf-8?q?=E5=B1=B1=E7=94=B0=E5=A4=AA=E9=83=8E?= <a@b.example>\r\n"),
        ("=?x", "To: =?utf-8?q?=3D=3Fx?= <a@b.example>\r\n"),
    ],
)
def test_a_name_is_written_as_plainly_as_it_may_be(name: str, written: str) -> None:
    """A display name is bare where the standard lets it be, else quoted, else encoded."""
    assert write_mailbox("To", name, "a@b.example") == written


@pytest.mark.parametrize(
    ("subject", "written"),
    [
        ("Thank you, Priya", "Subject: Thank you, Priya\r\n"),
        ("Thank you für alles", "Subject: Thank you =?utf-8?q?f=C3=BCr?= alles\r\n"),
        ("für a für", "Subject: =?utf-8?q?f=C3=BCr_a_f=C3=BCr?=\r\n"),
        ("a =?", "Subject: a =?utf-8?q?=3D=3F?=\r\n"),
    ],
)
def test_only_the_words_that_need_it_are_encoded(subject: str, written: str) -> None:
    """A subject stays readable in its raw form where it is ASCII."""
    assert write_text("Subject", subject) == written


def test_an_encoded_word_from_outside_is_never_passed_on() -> None:
    """The text of CVE-2024-6923 comes out as text, not as an encoded word that a reader would decode."""
    for written in (write_text("Subject", CVE_2024_6923), write_mailbox("To", CVE_2024_6923, "a@b.example")):
        assert "=0D" not in written
        assert "=0A" not in written


def test_an_id_is_never_encoded_or_broken() -> None:
    """Ids longer than a line stay whole, one to a line."""
    ids = [f"<{'x' * 300}@a.example>", f"<{'y' * 300}@a.example>", "<short@a.example>"]
    assert write_ids("References", ids) == f"References: {ids[0]}\r\n {ids[1]}\r\n {ids[2]}\r\n"


def test_a_long_id_goes_to_a_line_of_its_own_where_that_makes_it_fit() -> None:
    """A field is folded straight after its name only when the line then keeps to the recommended length."""
    just = f"<{'x' * 60}@a.example>"
    assert write_ids("In-Reply-To", [just]) == f"In-Reply-To:\r\n {just}\r\n"


@given(SUBJECTS)
def test_lines_stay_short(subject: str) -> None:
    """Every line of a subject is at most 76 characters of visible ASCII and spaces, whatever is in it."""
    for line in write_text("Subject", tidy_line(subject)).removesuffix("\r\n").split("\r\n"):
        assert re.fullmatch(r"[ -~]{1,76}", line), line
        assert line.strip(), "a line of blanks only would end the header for some readers"


@given(NAMES)
def test_lines_of_a_name_stay_short(name: str) -> None:
    """Every line of an address field is at most 76 characters of visible ASCII, whatever the name."""
    for line in write_mailbox("To", tidy_line(name), "a@b.example").removesuffix("\r\n").split("\r\n"):
        assert re.fullmatch(r"[ -~]{1,76}", line), line


@given(SUBJECTS)
def test_a_character_is_never_split_over_two_encoded_words(text: str) -> None:
    """Each encoded word is at most 75 characters and decodes by itself; together they give the text."""
    from email.header import decode_header

    words = encode_words(text, room=60)
    assert max(map(len, words)) <= 75
    assert len(words[0]) <= 60
    assert "".join(decode_header(word)[0][0].decode() for word in words) == text
