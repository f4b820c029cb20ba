"""The parts of a message: text that flows, HTML beside it, files behind it."""

from __future__ import annotations

import email
import re

import pytest
from changing import replace
from hypothesis import example, given, settings
from message_samples import PLAIN, TEXTS, attach, read_back

from followup_mail.message.compose import compose
from followup_mail.message.flowed import WIDTH, flow, tidy_text, unflow

LONG = (
    "Thank you again for the time you took on Tuesday, and for explaining how the teams divide the work between them."
)
FLOWED = LONG.replace("explaining ", "explaining \n") + "\n"


@pytest.mark.parametrize(
    ("text", "flowed"),
    [
        ("Short.\n", "Short.\n"),
        (f"{LONG}\n", FLOWED),
        ("- one\n- two\n", "- one\n- two\n"),
        ("Sam\n-- \nSam Okafor\n", "Sam\n-- \nSam Okafor\n"),
        (" indented\n", "  indented\n"),
        ("> a quotation\n", " > a quotation\n"),
        ("From here on\n", " From here on\n"),
        (f"https://a.example/{'x' * 90}\n", f"https://a.example/{'x' * 90}\n"),
    ],
)
def test_how_text_flows(text: str, flowed: str) -> None:
    """Only lines that are too long are wrapped, softly; what a reader could mistake is stuffed with a space."""
    assert flow(text) == flowed
    assert unflow(flowed) == text


@given(TEXTS)
def test_flowing_loses_nothing(text: str) -> None:
    """A reader that joins soft breaks again gets every paragraph back as it was, its spaces included."""
    tidied = tidy_text(text)
    assert unflow(flow(tidied)) == tidied


@given(TEXTS)
@example(f"  {'a' * 44}  bcdefg  {'0' * 16}")  # fits, until a space is put before its spaces
def test_wrapped_lines_fit(text: str) -> None:
    """A line that is longer than the width holds one long word, or nothing that could be wrapped."""
    for line in flow(tidy_text(text)).split("\n"):
        words = [word for word in line.split(" ") if word not in {"", "--"}]
        assert len(line) <= WIDTH or len(words) <= 1


@given(TEXTS)
def test_wrapping_makes_no_signature(text: str) -> None:
    """No wrapped line reads as the start of a signature: readers hide what follows one."""
    tidied = tidy_text(text)
    assert flow(tidied).split("\n").count("-- ") == tidied.split("\n").count("-- ")


def test_tidying_keeps_the_signature_line() -> None:
    """Blanks at the ends of lines go, but for the one that makes a signature; the end is one line break."""
    assert tidy_text("Dear you,  \n\t\n-- \nSam\n\n\n") == "Dear you,\n\n-- \nSam\n"


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_the_text_arrives(text: str) -> None:
    """Decoded and joined as RFC 3676 says, the text part of the message is the text of the draft."""
    part = email.message_from_bytes(compose(replace(PLAIN, text=text)).content).get_payload(0)
    assert part.get_param("format") == "flowed"
    decoded = part.get_payload(decode=True).decode(part.get_content_charset())
    assert join_soft_breaks(decoded) == tidy_text(text).removesuffix("\n").split("\n")


def join_soft_breaks(text: str) -> list[str]:
    """Read format=flowed as the RFC tells it, by other means than the code under test."""
    signed = re.sub(r"(?m)^-- \r$", "-- \N{SYMBOL FOR RECORD SEPARATOR}\r", text)
    unstuffed = re.sub(r"(?m)^ ", "", signed)
    joined = re.sub(r" \r\n", " ", unstuffed)
    return joined.replace("-- \N{SYMBOL FOR RECORD SEPARATOR}", "-- ").removesuffix("\r\n").split("\r\n")


@pytest.mark.parametrize(
    ("text", "charset", "encoding"),
    [
        ("Plain.\n", "us-ascii", "7bit"),
        ("Renée\n", "utf-8", "quoted-printable"),
        (f"{'x' * 1200}\n", "us-ascii", "quoted-printable"),
    ],
)
def test_text_is_encoded_only_where_it_must_be(text: str, charset: str, encoding: str) -> None:
    """ASCII in short lines travels as it is; everything else as quoted-printable, which any server takes."""
    part = email.message_from_bytes(compose(replace(PLAIN, text=text)).content).get_payload(0)
    assert part.get_content_charset() == charset
    assert part["Content-Transfer-Encoding"] == encoding


def test_a_stored_mail_is_not_cut() -> None:
    """No line of the body starts with "From ", where mail stores would put a mark or start another message."""
    text = f"From here\n{'é' * 12} {'From here ' * 20}\n"
    content = compose(replace(PLAIN, text=text, html=f"<p>\nFrom here\n{'é' * 24}From \n</p>")).content
    assert not re.search(rb"(?m)^From ", content)


def test_text_comes_first() -> None:
    """A reader takes the last alternative that it can show, so the plain text is first and the HTML second."""
    types = [part.get_content_type() for part in read_back(compose(PLAIN)).walk()]
    assert types == ["multipart/alternative", "text/plain", "text/html"]


def test_files_come_last() -> None:
    """Attachments stand beside the alternatives, in their order; only they bring in multipart/mixed."""
    draft = replace(PLAIN, attachments=(attach("cv.pdf"), attach("notes.txt", b"a\r\nb", "text/plain")))
    types = [part.get_content_type() for part in read_back(compose(draft)).walk()]
    assert types[:2] == ["multipart/mixed", "multipart/alternative"]
    assert types[-2:] == ["application/pdf", "text/plain"]


@pytest.mark.parametrize(
    ("filename", "written"),
    [
        ("cv.pdf", 'filename="cv.pdf"'),
        ("My CV (2026).pdf", 'filename="My CV (2026).pdf"'),
        ("cv.pdf ", 'filename="cv.pdf "'),
        (" cv.pdf", "filename*=utf-8''%20cv.pdf"),
        ("Müller.pdf", "filename*=utf-8''M%C3%BCller.pdf"),
        ('a"b.pdf', "filename*=utf-8''a%22b.pdf"),
        ("a; filename=b.exe", "filename*=utf-8''a%3B%20filename%3Db.exe"),
    ],
)
def test_file_names(filename: str, written: str) -> None:
    """A file name is quoted when it is plain, else encoded as RFC 2231 says."""
    content = compose(replace(PLAIN, attachments=(attach(filename),))).content.decode()
    assert f"Content-Disposition: attachment;\r\n {written}\r\n" in content


def test_a_long_file_name_is_cut_into_pieces() -> None:
    """A long name goes over several numbered pieces, none of which makes a line too long, and comes out whole."""
    name = "Bewerbungsübersicht" * 10
    mail = compose(replace(PLAIN, attachments=(attach(name),)))
    assert [part.get_filename() for part in read_back(mail).iter_attachments()] == [name]
    assert max(len(line) for line in mail.content.split(b"\r\n")) <= 78


def test_a_saved_mail_is_attached_as_a_file() -> None:
    """A message may not be in base64 (RFC 2046), so an attached one is called a plain file, and stays intact."""
    saved = b"From: a@b.example\r\n\r\nHello\n"
    mail = compose(replace(PLAIN, attachments=(attach("saved.eml", saved, "message/rfc822"),)))
    (part,) = read_back(mail).iter_attachments()
    assert part.get_content_type() == "application/octet-stream"
    assert part.get_content() == saved
