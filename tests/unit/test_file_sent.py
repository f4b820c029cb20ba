"""Whether followup-mail files a copy follows from the user's word, then from what is known of the provider."""

from __future__ import annotations

import pytest

from followup_mail.settings.file_sent import Copying, FileSent, decide_copying
from followup_mail.settings.table import Settings


def decide(smtp_host: str, file_sent: FileSent = FileSent.AUTO, imap_host: str = "imap.host", port: int = 0) -> Copying:
    return decide_copying(Settings(smtp_host=smtp_host, imap_host=imap_host, file_sent=file_sent, smtp_port=port))


@pytest.mark.parametrize("host", ["smtp.gmail.com", "SMTP.Gmail.com", "smtp.office365.com", "smtp-mail.outlook.com"])
def test_none_where_the_provider_files_it(host: str) -> None:
    """Gmail and Microsoft file what they send: nothing is added there."""
    assert decide(host) is Copying.NEVER


@pytest.mark.parametrize("host", ["mail.own.example", "smtp.fastmail.com", "smtp-relay.gmail.com"])
def test_look_where_nobody_knows(host: str) -> None:
    """Of a server that is not known, or not for sure, a copy is looked for first."""
    assert decide(host) is Copying.AFTER_A_LOOK


def test_user_has_the_last_word() -> None:
    """yes and no hold whatever is known of the provider."""
    assert decide("smtp.gmail.com", FileSent.YES) is Copying.AT_ONCE
    assert decide("mail.own.example", FileSent.NO) is Copying.NEVER


def test_none_without_a_mailbox_or_a_server() -> None:
    """Without a mailbox there is no place for a copy, and what goes into the folder has none."""
    assert decide("mail.own.example", FileSent.YES, imap_host="") is Copying.NEVER
    assert decide("", FileSent.YES) is Copying.NEVER


def test_server_on_this_machine_is_known_by_its_port() -> None:
    """Proton Mail Bridge files copies; another program on this machine at another port is not known to."""
    assert decide("127.0.0.1", port=1025) is Copying.NEVER
    assert decide("127.0.0.1", port=2525) is Copying.AFTER_A_LOOK
