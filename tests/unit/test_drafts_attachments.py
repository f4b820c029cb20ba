"""Promised files: read once, with their hash; what cannot be attached is told before anything is written."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from followup_mail.errors import FactsError
from followup_mail.message.attachments import read_attachment


def accept_any(real: Path, found: os.stat_result) -> None:
    """Accept every file: where a path leads is no matter of these tests."""


def test_a_file_is_read_with_its_hash_and_type(tmp_path: Path) -> None:
    """Name, media type by the ending, content, and the hash by which a later change shows."""
    path = tmp_path / "The case study.pdf"
    path.write_bytes(b"%PDF-1.7")
    found = read_attachment(path, accept_any)
    assert (found.filename, found.media_type, found.content) == ("The case study.pdf", "application/pdf", b"%PDF-1.7")
    assert found.sha256 == sha256(b"%PDF-1.7").hexdigest()


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.txt", "text/plain"),
        ("a.tar.gz", "application/octet-stream"),
        ("a.nonsense", "application/octet-stream"),
        ("a", "application/octet-stream"),
        ("A.PDF", "application/pdf"),
    ],
)
def test_the_type_is_that_of_the_bytes(tmp_path: Path, name: str, media_type: str) -> None:
    """What is compressed is not announced as what is inside; an unknown ending as bytes."""
    path = tmp_path / name
    path.write_bytes(b"x")
    assert read_attachment(path, accept_any).media_type == media_type


@pytest.mark.parametrize("kind", ["missing", "folder", "fifo", "device", "empty", "huge", "null"])
def test_what_cannot_be_attached_is_told(tmp_path: Path, kind: str) -> None:
    """The error names the file and what to do, and comes at once."""
    path = {"folder": tmp_path, "device": Path("/dev/zero"), "null": tmp_path / "a\0b"}.get(kind, tmp_path / "cv.pdf")
    if kind == "fifo":
        os.mkfifo(path)
    if kind == "empty":
        path.touch()
    if kind == "huge":
        with path.open("wb") as file:
            file.truncate(19 * 1024 * 1024)
    with pytest.raises(FactsError) as caught:
        read_attachment(path, accept_any)
    assert str(path) in caught.value.sentence
    assert caught.value.fix


@pytest.mark.parametrize("name", ["a\nb.pdf", "a\u202eb.pdf", "a\x1b[31m.pdf"])
def test_a_name_that_hides_something_is_refused(tmp_path: Path, name: str) -> None:
    """It would stand in a header, and on the reader's screen."""
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(FactsError, match="The file name of") as caught:
        read_attachment(tmp_path / name, accept_any)
    assert "\x1b" not in caught.value.sentence
    assert "\n" not in caught.value.sentence
