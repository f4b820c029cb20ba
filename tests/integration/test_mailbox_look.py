"""A look into the Sent folder of a real IMAP server: a copy there is proof, and nothing else is."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import trustme
from changing import replace
from imapclient import IMAPClient
from mailboxes import FILED_AT, as_user, file_copy, keep_mailbox
from outbox_samples import make_content
from servers import PASSWORD, USER, FaultyServer, nameless_context

from followup_mail.delivery.smtp_account import Account, Security
from followup_mail.errors import MailboxError, SettingsError
from followup_mail.mailbox.folders import Role
from followup_mail.mailbox.imap_connect import open_mailbox
from followup_mail.mailbox.named_folder import name_folder
from followup_mail.mailbox.sent_folder import SearchResult, SearchTerms, search_sent_folder

WANTED = SearchTerms("<id-1@home.example>", "person1@employer.example", "Thank you for Tuesday", date(2026, 11, 17))


@pytest.fixture
def port(good_tls: ssl.SSLContext) -> Iterator[int]:
    with keep_mailbox(good_tls) as running:
        yield running


@pytest.fixture
def theirs(port: int, ca_file: Path) -> Iterator[IMAPClient]:
    """The mailbox as its own server sees it."""
    with as_user(port, ca_file) as client:
        yield client


def account(port: int, ca_file: Path | None = None, password: str = PASSWORD, **more: object) -> Account:
    given = {"security": Security.TLS, "user": USER, "secret": lambda: password, "ca_file": ca_file, "timeout": 5}
    return Account("localhost", port, **(given | {"service": "IMAP"} | more))  # type: ignore[arg-type]


def look(port: int, ca_file: Path, terms: SearchTerms = WANTED, folder: str = "") -> SearchResult:
    with open_mailbox(account(port, ca_file)) as client:
        return search_sent_folder(client, terms, folder)


def test_copy_is_found(port: int, ca_file: Path, theirs: IMAPClient) -> None:
    """A mail whose copy lies in the Sent folder is found there, with the moment it was filed."""
    file_copy(theirs, "Sent", make_content(2))
    file_copy(theirs, "Sent", make_content(1))
    assert look(port, ca_file) == SearchResult("Sent", found_at=FILED_AT)


def test_part_of_an_id_is_no_proof(port: int, ca_file: Path, theirs: IMAPClient) -> None:
    """IMAP searches for parts of words: only the whole Message-ID counts."""
    file_copy(theirs, "Sent", make_content(1).replace(b"<id-1@home.example>", b"<x<id-1@home.example>"))
    seen = look(port, ca_file, replace(WANTED, subject="Another"))
    assert (seen.found_at, seen.alike_at) == (None, None)


def test_same_mail_under_another_id_is_no_proof(port: int, ca_file: Path, theirs: IMAPClient) -> None:
    """Some servers give a mail an id of their own: one with this subject and addressee is told, and decides nothing."""
    file_copy(theirs, "Sent", make_content(1).replace(b"id-1@home", b"9-9-9@outlook"))
    assert look(port, ca_file) == SearchResult("Sent", alike_at=FILED_AT)


def test_subject_is_compared_in_words(port: int, ca_file: Path, theirs: IMAPClient) -> None:
    """An encoded subject is read before it is compared."""
    encoded = b"Subject: =?utf-8?b?RGFua2UsIEfDvG50aGVy?="
    content = make_content(1).replace(b"Subject: Thank you for Tuesday", encoded).replace(b"id-1@", b"other@")
    file_copy(theirs, "Sent", content)
    assert look(port, ca_file, replace(WANTED, subject="Danke, Günther")).alike_at == FILED_AT


def test_other_mails_tell_whether_copies_are_filed(port: int, ca_file: Path, theirs: IMAPClient) -> None:
    """That other mails of ours are there, or are not, is counted: it says what the absence of this one means."""
    file_copy(theirs, "Sent", make_content(3))
    terms = replace(WANTED, others=("<id-3@home.example>", "<id-4@home.example>"))
    assert look(port, ca_file, terms) == SearchResult("Sent", others_found=1, others_sought=2)


def test_blind_copy_to_oneself_is_proof(port: int, ca_file: Path, theirs: IMAPClient) -> None:
    """Who gets a blind copy of each mail has the proof in the inbox; nobody else's inbox is looked into."""
    theirs.create_folder("Sent")
    file_copy(theirs, "INBOX", make_content(1))
    assert look(port, ca_file, replace(WANTED, copied=True)) == SearchResult("INBOX", found_at=FILED_AT)
    assert look(port, ca_file).found_at is None


def test_folder_by_another_name(port: int, ca_file: Path, theirs: IMAPClient) -> None:
    """A Sent folder of any name is searched when it is set, one with a name in another script too."""
    file_copy(theirs, "Отправленные", make_content(1))
    assert look(port, ca_file, folder="Отправленные").found_at == FILED_AT


@pytest.mark.parametrize(("folder", "says"), [("", "has no folder for sent mails"), ("Gone", "no folder 'Gone'")])
def test_no_sent_folder(port: int, ca_file: Path, folder: str, says: str) -> None:
    """Without a Sent folder the error names those that are there, and the setting."""
    with pytest.raises(MailboxError, match=says) as error:
        look(port, ca_file, folder=folder)
    assert "it has: INBOX" in error.value.sentence
    assert "FOLLOWUP_IMAP_SENT" in error.value.fix


def test_looking_changes_nothing(port: int, ca_file: Path, theirs: IMAPClient) -> None:
    """A mail that was looked at stays unread."""
    file_copy(theirs, "Sent", make_content(1))
    look(port, ca_file)
    theirs.select_folder("Sent")
    assert theirs.search(["UNSEEN"])


def test_starttls(good_tls: ssl.SSLContext, ca_file: Path) -> None:
    """A mailbox that encrypts by STARTTLS is opened too; no password is said before."""
    with (
        keep_mailbox(good_tls, implicit=False) as port,
        open_mailbox(account(port, ca_file, security=Security.STARTTLS)) as client,
    ):
        client.create_folder("Sent")
        assert name_folder(client, Role.SENT) == "Sent"


def test_wrong_password_is_told_and_never_shown(port: int, ca_file: Path) -> None:
    """A refused login is one sentence with what to check; the password is not in it."""
    with (
        pytest.raises(MailboxError, match="refused the login") as error,
        open_mailbox(account(port, ca_file, password="s3cret-wörd")),
    ):
        pass
    assert "s3cret" not in error.value.sentence + error.value.fix
    assert "FOLLOWUP_IMAP_USER" in error.value.fix


def test_unknown_certificate(port: int) -> None:
    """A certificate that nobody vouches for ends the look before the login."""
    with pytest.raises(MailboxError, match="certificate is not trusted"), open_mailbox(account(port)):
        pass


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_certificate_with_a_common_name_only(security: Security, authority: trustme.CA, ca_file: Path) -> None:
    """A mailbox is not believed by the common name of its certificate either, and learns no password."""
    context = nameless_context(authority, "localhost")
    with (
        keep_mailbox(context, implicit=security is Security.TLS) as port,
        pytest.raises(MailboxError, match="only a subjectAltName counts") as error,
        open_mailbox(account(port, ca_file, security=security)),
    ):
        pass
    assert "IMAP host" in error.value.fix


def test_nobody_answers() -> None:
    """A host where nothing listens is told with host and port."""
    with pytest.raises(MailboxError, match=r"localhost:9 cannot be reached") as error, open_mailbox(account(9)):
        pass
    assert "993" in error.value.fix


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.PLAIN, Security.TLS])
def test_server_of_another_kind(security: Security) -> None:
    """Something that is no IMAP server is told in a sentence, and learns no password."""
    faulty = FaultyServer({})
    with faulty.running() as port, pytest.raises(MailboxError), open_mailbox(account(port, security=security)):
        pass
    assert PASSWORD not in " ".join(faulty.verbs)


def test_password_never_travels_in_the_clear() -> None:
    """A mailbox elsewhere without encryption is refused before anything is said."""
    with pytest.raises(SettingsError, match="unencrypted"):
        Account("imap.example.com", 143, Security.PLAIN, USER, secret=lambda: "x", service="IMAP")
