"""A mailbox that drips, never ends or answers nonsense: every look ends soon, small, and in a sentence."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
from imap_faults import misbehave
from servers import PASSWORD, USER, Action, HangUpError, Talk

from followup_mail.delivery.bounded_connection import SizeLimits
from followup_mail.delivery.smtp_account import Account, Security
from followup_mail.errors import MailboxError
from followup_mail.mailbox.imap_connect import SearchLimits, open_mailbox
from followup_mail.mailbox.sent_folder import SearchResult, SearchTerms, search_sent_folder

ID = "<id-1@home.example>"
WANTED = SearchTerms(ID, "person1@employer.example", "Thank you for Tuesday", date(2026, 11, 17))
SMALL = SearchLimits(sizes=SizeLimits(line=20_000, everything=100_000))
NIL_PEOPLE = "NIL NIL NIL NIL NIL NIL"
FILED = 'INTERNALDATE "18-Nov-2026 15:02:00 +0000"'


def look(
    port: int, *, ca_file: Path | None = None, security: Security = Security.PLAIN, **clock: object
) -> SearchResult:
    account = Account(
        "localhost", port, security, USER, secret=lambda: PASSWORD, ca_file=ca_file, timeout=30, service="IMAP"
    )
    with open_mailbox(account, SMALL, **clock) as client:  # type: ignore[arg-type]
        return search_sent_folder(client, WANTED)


def repeat(line: bytes) -> Callable[[Talk], None]:
    """Say this again and again until the client is gone."""

    def go_on(talk: Talk) -> None:
        while not talk.stop.is_set():
            talk.say(line)

    return go_on


def drip(talk: Talk) -> None:
    """Send a byte now and then, never a line end."""
    while not talk.stop.wait(0.001):
        talk.say(b"x")


def leave(talk: Talk) -> None:
    """Say goodbye at length and hang up."""
    talk.say("* BYE out of order" + " for ever" * 1_000)
    raise HangUpError


def drip_lines(talk: Talk) -> None:
    """Send a short line now and then, none of them the answer."""
    while not talk.stop.wait(0.001):
        talk.say(b"* OK still here\r\n")


@pytest.mark.parametrize("point", ["greeting", "capability", "authenticate", "list", "examine", "search", "fetch"])
@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (repeat(b"x" * 4_096), "a line that does not end"),
        (repeat(b"* OK and so on\r\n"), "more than"),
        (repeat(b"\r\n" * 100), ""),
        (repeat(b"* CAPABILITY IMAP4rev1 " + b"X" * 2_000 + b"\r\n"), "more than"),
        (b"* 1 FETCH (BODY {999999999}\r\n", "announced 999,999,999 bytes"),
        (repeat(b"* 1 FETCH (BODY {9000}\r\n" + b"x" * 9_000 + b")\r\n"), ""),
        (repeat(b"+ go on\r\n"), ""),
    ],
)
def test_an_answer_without_end(point: str, fault: Action, says: str) -> None:
    """Lines, literals and answers without end are cut off at a size, wherever they come."""
    with misbehave({point: fault}) as port, pytest.raises(MailboxError) as caught:
        look(port)
    assert "localhost" in caught.value.sentence
    assert caught.value.fix
    if point != "greeting":
        assert says in caught.value.sentence


@pytest.mark.parametrize("point", ["greeting", "capability", "authenticate", "list", "search"])
@pytest.mark.parametrize("fault", [drip, drip_lines])
def test_a_dripping_answer(point: str, fault: Action) -> None:
    """Bytes that come one by one start no time-out again: the time of the whole look ends it."""
    ticks = count()
    with misbehave({point: fault}) as port, pytest.raises(MailboxError, match="did not finish its answer in time"):
        look(port, monotonic=lambda: float(next(ticks)))


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
@pytest.mark.parametrize("fault", [drip, repeat(b"* OK and so on\r\n")])
def test_encrypted_links_are_bounded_too(
    security: Security, fault: Action, good_tls: ssl.SSLContext, ca_file: Path
) -> None:
    """Behind TLS and STARTTLS the same bounds hold."""
    ticks = count()
    with (
        misbehave({"authenticate": fault}, good_tls, implicit=security is Security.TLS) as port,
        pytest.raises(MailboxError, match="so the search was stopped"),
    ):
        look(port, ca_file=ca_file, security=security, monotonic=lambda: float(next(ticks)))


def test_text_behind_starttls_is_refused(good_tls: ssl.SSLContext, ca_file: Path) -> None:
    """What was slipped in before the encryption is not taken for the server's word."""
    slipped = "{tag} OK go ahead\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN"
    with misbehave({"starttls": slipped}, good_tls) as port, pytest.raises(MailboxError, match="unencrypted text"):
        look(port, ca_file=ca_file, security=Security.STARTTLS)


def test_a_farewell_without_end_costs_nothing() -> None:
    """What comes after the look cannot take its result away, nor hold it for long."""
    ticks = count()
    with misbehave({"fetch": fetched(), "logout": drip_lines}) as port:
        assert look(port, monotonic=lambda: next(ticks) / 10).found_at == datetime(2026, 11, 18, 15, 2, tzinfo=UTC)


def fetched(envelope: str = f'(NIL "Hello" {NIL_PEOPLE} NIL "{ID}")', filed: str = FILED) -> str:
    return f"* 1 FETCH (UID 7 ENVELOPE {envelope} {filed})\r\n{{tag}} OK done"


@pytest.mark.parametrize(
    "answer",
    [
        "* 1 FETCH (UID 7 FLAGS (\\Seen))\r\n" + fetched(),
        fetched(filed='INTERNALDATE "18-Nov-2026 16:02:00 +0100"'),
        fetched(f'("18 Nov 2026 15:02:00 +0000" NIL {NIL_PEOPLE} NIL "{ID}")', "INTERNALDATE NIL"),
        fetched(f'("18 Nov 2026 15:02:00 +0000" "x" {NIL_PEOPLE} NIL "{ID}")', 'INTERNALDATE "yesterday"'),
        fetched(f'("18 Nov 2026 15:02:00 +0000" 12 {NIL_PEOPLE} NIL "{ID}")', 'INTERNALDATE "1-Nov-2026 1:2:3 +9999"'),
        fetched(f'(NIL "=?utf-8?b?abcde?=" {NIL_PEOPLE} NIL "{ID}")'),
        fetched(f'(NIL "=?no-such-charset?q?a?=" {NIL_PEOPLE} NIL "{ID}")'),
        fetched(f'(NIL "{"=?a?q?x" * 1_000}" {NIL_PEOPLE} NIL "{ID}")'),
    ],
)
def test_odd_answers_that_can_be_read(answer: str) -> None:
    """News of other mails is passed over, a moment is taken where there is one, and a subject may be anything."""
    with misbehave({"fetch": answer}) as port:
        assert look(port).found_at == datetime(2026, 11, 18, 15, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "envelope",
    [
        f'(NIL "x" {NIL_PEOPLE} NIL NIL)',
        f'(NIL "x" {NIL_PEOPLE} NIL 17)',
        f'(NIL "x" {NIL_PEOPLE} NIL ("a" "b"))',
        f'(NIL ("x") {NIL_PEOPLE} NIL "<other@home.example>")',
    ],
)
def test_another_mail_is_no_proof(envelope: str) -> None:
    """A mail without a Message-ID, or with something else in its place, is not the one."""
    with misbehave({"fetch": fetched(envelope)}) as port:
        assert look(port).found_at is None


@pytest.mark.parametrize(
    "faults",
    [
        {"fetch": "* 1 FETCH (UID 7 ENVELOPE NIL)\r\n{tag} OK done"},
        {"fetch": fetched("()")},
        {"fetch": fetched('(NIL "x")')},
        {"fetch": fetched(f'(NIL "x" (("a")) NIL NIL NIL NIL NIL NIL "{ID}")')},
        {"fetch": fetched("(" * 5_000)},
        {"fetch": fetched(filed="INTERNALDATE NIL")},
        {"fetch": fetched(f'("1 Nov {"9" * 30} 1:2:3 +0000" "x" {NIL_PEOPLE} NIL "{ID}")')},
        {"fetch": "* 1 FETCH (UID x ENVELOPE)\r\n{tag} OK done"},
        {"fetch": "* 1 FETCH\r\n{tag} OK done"},
        {"search": "* SEARCH seven\r\n{tag} OK done"},
        {"search": f"* SEARCH {'9' * 5_000}\r\n{{tag}} OK done"},
        {"list": "* LIST\r\n{tag} OK done"},
        {"examine": "{tag} NO not today"},
        {"greeting": "* BYE"},
        {"greeting": "* PREAUTH", "capability": "{tag} OK"},
        {"capability": "{tag} OK"},
        {"authenticate": leave},
    ],
)
def test_nonsense_is_told_in_a_sentence(faults: dict[str, Action]) -> None:
    """Whatever the server answers, the user reads one sentence of a readable length, and what to do."""
    with misbehave(faults) as port, pytest.raises(MailboxError) as caught:
        look(port)
    assert len(caught.value.sentence) < 1_000
    assert caught.value.fix
