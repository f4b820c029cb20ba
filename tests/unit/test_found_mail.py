"""A mail in a folder is read whatever somebody wrote into its headers."""

from __future__ import annotations

from typing import Any, cast

from followup_mail.mailbox.found_mail import FoundMail, read_mails


class _Folder:
    """A selected folder with one mail."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def fetch(self, uids: list[int], parts: list[str]) -> dict[int, dict[bytes, Any]]:
        """Answer as a server does."""
        assert parts
        return {uid: {b"BODY[]<0>": self.content} for uid in uids}


def _read(to: str) -> FoundMail:
    content = f"From: me@x.example\r\nTo: {to}\r\nSubject: Hello\r\n\r\nHi\r\n".encode()
    [found] = read_mails(cast("Any", _Folder(content)), [7])
    return found


def test_recipients_of_a_mail_are_read() -> None:
    """In lower case, without their names."""
    assert _read("Ann <Ann@X.example>,\r\n ben@x.example").to == ("ann@x.example", "ben@x.example")


def test_brackets_without_end_are_nobody() -> None:
    """Such a header ended the look at all other mails of the folder, too."""
    assert _read("(" * 3_000).to == ()
