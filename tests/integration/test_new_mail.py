"""A look through the mailbox of a real IMAP server: what is new since the last one, and nothing is changed by it."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from changing import replace
from imapclient import IMAPClient
from mailboxes import FILED_AT, as_user, file_copy, keep_mailbox
from servers import PASSWORD, USER

from followup_mail.delivery.smtp_account import Account, Security
from followup_mail.incoming.watched import Watched, WatchedApplication, WatchedPerson
from followup_mail.mailbox.imap_connect import open_mailbox
from followup_mail.mailbox.mail_look import LOOKING, FolderLook, LookLimits, LookTerms
from followup_mail.mailbox.new_mail import look_through
from followup_mail.mailbox.one_mail import fetch_one
from followup_mail.outbox.seen_mail import FolderMark, MailPlace

TOM = WatchedPerson("Tom Berg", "tom.berg@employer.example")
APPLICATION = WatchedApplication("employer", "Employer", "Engineer", date(2026, 11, 10), (TOM,))
WATCHED = Watched((replace(APPLICATION, domains=frozenset({"employer.example"})),))


def make_mail(number: int, sender: str = TOM.email, more: str = "", body: str = "Hello Jordan") -> bytes:
    """A mail as the mailbox has it; its Message-ID tells its number."""
    head = (
        f"From: Somebody <{sender}>\r\nTo: {USER}\r\nSubject: Mail {number}\r\nMessage-ID: <{number}@mail.example>\r\n"
    )
    return f"{head}{more}\r\n{body}\r\n".encode()


def wanted(headers: bytes) -> str:
    """Want what names the employer."""
    return "Tom Berg wrote it" if b"@employer.example" in headers else ""


@dataclass
class Looker:
    """Somebody who looks again and again, and remembers how far."""

    port: int
    ca_file: Path
    marks: dict[str, FolderMark] = field(default_factory=dict)
    terms: LookTerms = field(init=False)

    def __post_init__(self) -> None:
        self.terms = LookTerms(WATCHED, self.marks.get, wanted)

    def look(self, **clock: Callable[[], float]) -> list[FolderLook]:
        """Look once, keeping the mark of each step."""
        account = Account(
            "localhost", self.port, Security.TLS, USER, secret=lambda: PASSWORD, ca_file=self.ca_file, service="IMAP"
        )
        with open_mailbox(account, LOOKING) as client:
            looks = list(look_through(client, self.terms, **clock))
        for look in looks:
            self.marks[look.folder] = FolderMark(USER, look.folder, look.uid_validity, look.last_uid)
        return looks

    def read(self) -> list[str]:
        """Look once; return the first line of each mail that was read, in order."""
        return [subject(mail.content) for look in self.look() for mail in look.mails]


def subject(content: bytes) -> str:
    return next(line[9:].decode() for line in content.splitlines() if line.startswith(b"Subject: "))


@pytest.fixture
def port(good_tls: ssl.SSLContext) -> Iterator[int]:
    with keep_mailbox(good_tls) as running:
        yield running


@pytest.fixture
def theirs(port: int, ca_file: Path) -> Iterator[IMAPClient]:
    """The mailbox as its owner uses it."""
    with as_user(port, ca_file) as client:
        yield client


@pytest.fixture
def looker(port: int, ca_file: Path) -> Looker:
    return Looker(port, ca_file)


def test_their_mail_is_read_and_others_not(looker: Looker, theirs: IMAPClient) -> None:
    """Only mail that its headers point to is read, with its place, its moment and the reason."""
    file_copy(theirs, "INBOX", make_mail(1, "news@shop.example"))
    file_copy(theirs, "INBOX", make_mail(2))
    looks = looker.look()
    (mail,) = [mail for look in looks for mail in look.mails]
    assert (mail.folder, mail.filed_at, mail.why, mail.is_whole) == ("INBOX", FILED_AT, "Tom Berg wrote it", True)
    assert mail.content == make_mail(2)
    assert [(look.headers_read, look.is_complete, look.left_out) for look in looks] == [(2, True, ())]


def test_only_what_is_new(looker: Looker, theirs: IMAPClient) -> None:
    """The next look reads what came since, and nothing a second time; an empty look reads no headers."""
    file_copy(theirs, "INBOX", make_mail(1))
    assert looker.read() == ["Mail 1"]
    assert [(look.headers_read, look.is_complete) for look in looker.look()] == [(0, True)]
    file_copy(theirs, "INBOX", make_mail(2))
    assert looker.read() == ["Mail 2"]
    assert looker.read() == []


def test_a_mark_after_the_last_mail_was_deleted(looker: Looker, theirs: IMAPClient) -> None:
    """Asked for mails beyond the last one, a server names the last one: it is not read again."""
    for number in (1, 2):
        file_copy(theirs, "INBOX", make_mail(number))
    looker.look()
    theirs.select_folder("INBOX")
    theirs.delete_messages([theirs.search(["ALL"])[-1]])
    theirs.expunge()
    assert looker.read() == []


def test_numbers_that_changed(looker: Looker, theirs: IMAPClient) -> None:
    """A folder whose mails were numbered anew is looked through again from the first watched day."""
    file_copy(theirs, "INBOX", make_mail(1), datetime(2026, 10, 1, tzinfo=UTC))
    file_copy(theirs, "INBOX", make_mail(2))
    assert looker.read() == ["Mail 2"]
    looker.marks["INBOX"] = replace(looker.marks["INBOX"], uid_validity=7, last_uid=1_000_000)
    assert looker.read() == ["Mail 2"]


def test_nothing_is_watched(looker: Looker, theirs: IMAPClient) -> None:
    """Without an application nothing is looked at."""
    file_copy(theirs, "INBOX", make_mail(1))
    looker.terms = replace(looker.terms, watched=Watched(()))
    assert looker.look() == []


def test_a_look_changes_nothing(looker: Looker, theirs: IMAPClient) -> None:
    """A mail that was read by a look is as unread and as new as before."""
    file_copy(theirs, "INBOX", make_mail(1))
    assert looker.read() == ["Mail 1"]
    said = theirs.select_folder("INBOX")
    assert said[b"RECENT"] == 1
    assert theirs.search(["UNSEEN"]) == theirs.search(["ALL"])
    assert theirs.search(["RECENT"]) == theirs.search(["ALL"])


def test_all_folders_of_answers(looker: Looker, theirs: IMAPClient) -> None:
    """Junk, archive, the Sent folder and the user's own folders are read too; one that is not there is told."""
    for number, folder in enumerate(["INBOX", "Archiv", "Gesendet", "Junk", "Jobs", "Friends"]):
        file_copy(theirs, folder, make_mail(number))
    looker.terms = replace(looker.terms, also=("Jobs", "Gone"))
    looks = looker.look()
    assert [look.folder for look in looks if look.mails] == ["INBOX", "Archiv", "Gesendet", "Junk", "Jobs"]
    assert [look.left_out for look in looks if look.left_out] == [("The folder 'Gone' cannot be opened.",)]


def test_more_mails_than_one_look_takes(looker: Looker, theirs: IMAPClient) -> None:
    """A look that ends early says so, and the next ones go on where it ended: every mail is read once."""
    for number in range(5):
        file_copy(theirs, "INBOX", make_mail(number))
    looker.terms = replace(looker.terms, limits=LookLimits(mails=2))
    (first,) = looker.look()
    assert [subject(mail.content) for mail in first.mails] == ["Mail 0", "Mail 1"]
    assert not first.is_complete
    assert first.left_out == ("The folder 'INBOX' was not looked through to the end: one look reads at most 2 mails.",)
    assert looker.read() == ["Mail 2", "Mail 3"]
    (last,) = looker.look()
    assert ([subject(mail.content) for mail in last.mails], last.is_complete) == (["Mail 4"], True)


def test_a_look_that_takes_too_long(looker: Looker, theirs: IMAPClient) -> None:
    """When its time is over, a look names the folders that it did not open."""
    file_copy(theirs, "INBOX", make_mail(1))
    file_copy(theirs, "Junk", make_mail(2))
    moments = iter([0.0, 1.0])
    looks = looker.look(monotonic=lambda: next(moments, 1_000.0))
    assert [look.is_complete for look in looks] == [False, False]
    assert "at most 120 seconds" in looks[0].left_out[0]
    assert looks[1].left_out == ("The folder 'Junk' was not opened: one look takes at most 120 seconds.",)


def test_a_long_mail_is_read_to_a_size(looker: Looker, theirs: IMAPClient) -> None:
    """Of a long mail the beginning is read, and it is told apart from a whole one."""
    file_copy(theirs, "INBOX", make_mail(1, body="x" * 5_000))
    file_copy(theirs, "INBOX", make_mail(2, body="x" * 100))
    looker.terms = replace(looker.terms, limits=LookLimits(mail_bytes=1_000))
    (look,) = looker.look()
    assert [(len(mail.content), mail.is_whole) for mail in look.mails] == [
        (1_000, False),
        (len(make_mail(2)) + 98 - 10, True),
    ]


def test_a_large_folder_is_searched(looker: Looker, theirs: IMAPClient) -> None:
    """Before the newest mails, the server finds those of watched people and to watched mails; that others are not
    looked at is told."""
    for number in range(12):
        file_copy(theirs, "INBOX", make_mail(number, "news@shop.example"))
        if number == 2:
            file_copy(theirs, "INBOX", make_mail(100))
        if number == 3:
            file_copy(theirs, "INBOX", make_mail(101), datetime(2026, 10, 1, tzinfo=UTC))
    file_copy(theirs, "INBOX", make_mail(102))
    looker.terms = replace(looker.terms, limits=LookLimits(newest=4))
    (look,) = looker.look()
    assert [subject(mail.content) for mail in look.mails] == ["Mail 100", "Mail 102"]
    assert look.headers_read == 5
    assert look.left_out == ("'INBOX': 9 earlier mails were only searched for the addresses of your applications.",)
    assert (look.is_complete, look.last_uid) == (True, looker.marks["INBOX"].last_uid)
    assert looker.read() == []


@pytest.mark.parametrize("changed", [{}, {"uid": 99}, {"uid_validity": 1}, {"folder": "Gone"}])
def test_one_mail_again(looker: Looker, theirs: IMAPClient, changed: dict[str, object]) -> None:
    """A mail is read again at its place, and by its Message-ID where it was moved."""
    file_copy(theirs, "INBOX", make_mail(1))
    file_copy(theirs, "INBOX", make_mail(11))
    place = MailPlace(USER, "INBOX", looker.look()[0].uid_validity, looker.marks["INBOX"].last_uid - 1)
    account = Account(
        "localhost", looker.port, Security.TLS, USER, secret=lambda: PASSWORD, ca_file=looker.ca_file, service="IMAP"
    )
    with open_mailbox(account, LOOKING) as client:
        assert fetch_one(client, replace(place, **changed), "<1@mail.example>") == make_mail(1)  # type: ignore[arg-type]
        assert fetch_one(client, replace(place, **changed), "<2@mail.example>") is None  # type: ignore[arg-type]
        assert fetch_one(client, place, "") is None
    theirs.select_folder("INBOX")
    assert theirs.search(["UNSEEN"]) == theirs.search(["ALL"])


def test_a_draft_was_not_sent(looker: Looker, theirs: IMAPClient) -> None:
    """A draft is left alone: Gmail has drafts among all mail, and one that answers them was not sent yet."""
    theirs.append("INBOX", make_mail(1), flags=[b"\\Draft"], msg_time=FILED_AT)
    theirs.append("INBOX", make_mail(2), msg_time=FILED_AT)
    assert looker.read() == ["Mail 2"]
