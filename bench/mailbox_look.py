"""How long does a look through a large mailbox take, against imaplib reading the headers of every mail?

    python bench/mailbox_look.py                    # 2,000 mails in a server of its own, in this process
    BENCH_PASSWORD=... python bench/mailbox_look.py --at localhost:143 --user me

The second form reads a mailbox on this machine, without encryption and without changing it. Printed are the first look,
which reads the newest mails and searches the others, the second, which finds nothing new, and the ratio of each to
imaplib in the same run.
"""

from __future__ import annotations

import argparse
import imaplib
import os
import ssl
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import trustme

from followup_mail.delivery.smtp_account import Account, Security
from followup_mail.incoming.watched import Watched, WatchedApplication, WatchedPerson
from followup_mail.mailbox.imap_connect import open_mailbox
from followup_mail.mailbox.mail_look import LOOKING, LookTerms
from followup_mail.mailbox.new_mail import look_through
from followup_mail.outbox.seen_mail import FolderMark

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

SINCE = date(2026, 1, 1)
TOM = WatchedPerson("Tom Berg", "tom.berg@northwind.example")
WATCHED = Watched(
    (WatchedApplication("northwind", "Northwind", "Engineer", SINCE, (TOM,), frozenset({"northwind.example"})),)
)
MAIL = (
    "From: Somebody {0} <list{0}@shop.example>\r\nTo: Jordan <jordan@example.com>\r\nSubject: Number {0}\r\n"
    "Message-ID: <{0}@shop.example>\r\n\r\n" + "Nobody reads this. " * 40 + "\r\n"
)


def main() -> None:
    """Measure, and print ratios."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mails", type=int, default=2_000)
    parser.add_argument("--at", default="", help="host:port of a server on this machine")
    parser.add_argument("--user", default="")
    given = parser.parse_args()
    with _server(given.mails) if not given.at else _given(given.at, given.user) as account:
        marks: dict[str, FolderMark] = {}
        first, read = _look(account, marks)
        second, _ = _look(account, marks)
        peer, mails = _read_all(account)
    print(f"first look   {first:7.2f} s   {first / peer:5.2f} of imaplib   {read:,} headers read")
    print(f"second look  {second:7.2f} s   {second / peer:5.2f} of imaplib")
    print(f"imaplib      {peer:7.2f} s   the headers of all {mails:,} mails of the inbox")


def _look(account: Account, marks: dict[str, FolderMark]) -> tuple[float, int]:
    began_at, read = time.perf_counter(), 0
    terms = LookTerms(WATCHED, marks.get, lambda headers: "theirs" if b"northwind.example" in headers else "")
    with open_mailbox(account, LOOKING) as client:
        for look in look_through(client, terms):
            read += look.headers_read
            marks[look.folder] = FolderMark(account.user, look.folder, look.uid_validity, look.last_uid)
    return time.perf_counter() - began_at, read


def _read_all(account: Account) -> tuple[float, int]:
    """Read the headers of the whole inbox as a short script would."""
    began_at = time.perf_counter()
    with (
        imaplib.IMAP4(account.host, account.port)
        if account.security is Security.PLAIN
        else imaplib.IMAP4_SSL(
            account.host, account.port, ssl_context=ssl.create_default_context(cafile=str(account.ca_file))
        )
    ) as client:
        client.authenticate("PLAIN", lambda _: f"\0{account.user}\0{account.secret()}".encode())
        mails = int(client.select("INBOX", readonly=True)[1][0] or b"0")
        for start in range(1, mails + 1, 200):
            client.fetch(f"{start}:{min(mails, start + 199)}", "(UID BODY.PEEK[HEADER])")
    return time.perf_counter() - began_at, mails


@contextmanager
def _given(at: str, user: str) -> Iterator[Account]:
    host, _, port = at.rpartition(":")
    password = os.environ["BENCH_PASSWORD"]
    yield Account(host, int(port), Security.PLAIN, user, secret=lambda: password, service="IMAP")


@contextmanager
def _server(mails: int) -> Iterator[Account]:
    from mailboxes import as_user, keep_mailbox
    from servers import PASSWORD, USER, server_context

    authority = trustme.CA()
    with tempfile.TemporaryDirectory() as folder:
        ca_file = Path(folder) / "ca.pem"
        authority.cert_pem.write_to_path(str(ca_file))
        with keep_mailbox(server_context(authority.issue_cert("localhost"))) as port:
            with as_user(port, ca_file) as client:
                for number in range(mails):
                    client.append("INBOX", MAIL.format(number).encode())
            yield Account(
                "localhost", port, Security.TLS, USER, secret=lambda: PASSWORD, ca_file=ca_file, service="IMAP"
            )


if __name__ == "__main__":
    main()
