"""A mailbox that never ends, answers nonsense or loses mails: a look ends, and says what it left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count

import pytest
from changing import replace
from imap_faults import misbehave
from servers import PASSWORD, USER, Action, HangUpError, Talk

from followup_mail.delivery.bounded_connection import SizeLimits
from followup_mail.delivery.smtp_account import Account, Security
from followup_mail.errors import MailboxError
from followup_mail.incoming.watched import Watched, WatchedApplication, WatchedPerson, WatchedThread
from followup_mail.mailbox.folders import Role
from followup_mail.mailbox.imap_connect import SearchLimits, open_mailbox
from followup_mail.mailbox.mail_look import LOOKING, FolderLook, LookLimits, LookTerms
from followup_mail.mailbox.new_mail import look_through
from followup_mail.mailbox.search_keys import search_keys
from followup_mail.outbox.seen_mail import FolderMark

TOM = WatchedPerson("Tom Berg", "tom@employer.example")
WATCHED = Watched((WatchedApplication("employer", "Employer", "Engineer", date(2026, 11, 10), (TOM,)),))
TERMS = LookTerms(WATCHED, {}.get, lambda headers: "theirs" if b"tom@employer.example" in headers else "")
SMALL = SearchLimits(sizes=SizeLimits(line=20_000, everything=100_000))
INBOX = {
    "list": '* LIST () "/" INBOX\r\n{tag} OK done',
    "examine": "* 1 EXISTS\r\n* OK [UIDVALIDITY 3] x\r\n* OK [UIDNEXT 8] x\r\n{tag} OK [READ-ONLY] done",
}
HEAD = b"From: Tom <tom@employer.example>\r\nSubject: Re: x\r\n\r\n"
MAIL = HEAD + b"Hello\r\n"
FILED = 'INTERNALDATE "18-Nov-2026 15:02:00 +0000"'


def literal(name: str, content: bytes) -> bytes:
    return f"{name} {{{len(content)}}}\r\n".encode() + content


def fetched(uid: int = 7, head: bytes = HEAD, mail: bytes = MAIL, filed: str = FILED) -> bytes:
    """Return the news of a mail with all that a look asks for, whichever it is."""
    parts = [f"UID {uid}".encode(), literal("BODY[HEADER.FIELDS (FROM SUBJECT)]<0>", head), literal("BODY[]<0>", mail)]
    return b"* 1 FETCH (" + b" ".join([*parts, filed.encode()]) + b")\r\n"


def saying(*lines: bytes | str) -> Callable[[Talk], None]:
    """Say these lines, then that the command is done."""

    def say(talk: Talk) -> None:
        for line in lines:
            talk.say(line)
        talk.say(f"{talk.line.split()[0]} OK done")

    return say


def look(at: dict[str, Action], terms: LookTerms = TERMS, limits: SearchLimits = LOOKING) -> list[FolderLook]:
    looks: list[FolderLook] = []
    with misbehave(INBOX | at) as port:
        looks += steps(port, terms, limits)
    return looks


def steps(port: int, terms: LookTerms = TERMS, limits: SearchLimits = LOOKING) -> Iterator[FolderLook]:
    account = Account("localhost", port, Security.PLAIN, USER, secret=lambda: PASSWORD, timeout=30, service="IMAP")
    with open_mailbox(account, limits) as client:
        yield from look_through(client, terms)


def repeat(line: bytes) -> Callable[[Talk], None]:
    """Say this again and again until the client is gone."""

    def go_on(talk: Talk) -> None:
        while not talk.stop.is_set():
            talk.say(line)

    return go_on


@pytest.mark.parametrize("point", ["list", "examine", "search", "fetch"])
@pytest.mark.parametrize(
    "fault",
    [
        repeat(b"x" * 4_096),
        repeat(b"* OK and so on\r\n"),
        repeat(b"* SEARCH 1 2 3 4 5 6 7 8 9\r\n"),
        b"* 1 FETCH (UID 7 BODY[] {999999999}\r\n",
        repeat(b"* 1 FETCH (UID 7 BODY[] {9000}\r\n" + b"x" * 9_000 + b")\r\n"),
    ],
)
def test_an_answer_without_end(point: str, fault: Action) -> None:
    """Lines, literals and answers without end are cut off at a size, and told in a sentence."""
    with pytest.raises(MailboxError) as caught:
        look({point: fault}, limits=SMALL)
    assert "localhost" in caught.value.sentence


def test_one_answer_may_not_take_all() -> None:
    """What a whole look may receive, one answer may not: parsing it would fill the memory."""
    limits = SearchLimits(sizes=SizeLimits(line=20_000, answer=50_000, everything=10_000_000))
    with pytest.raises(MailboxError, match="more than"):
        look({"fetch": repeat(b"* OK and so on\r\n")}, limits=limits)


@pytest.mark.parametrize(
    "answer",
    [
        [fetched()],
        [b"* 9 FETCH (UID 99 FLAGS (\\Seen))\r\n", b"* 7 FETCH (FLAGS ())\r\n", fetched()],
        [fetched(), b"* 1 EXPUNGE\r\n", b"* 0 EXISTS\r\n"],
        [fetched(uid=5, head=b"From: tom@employer.example\r\n\r\n"), fetched()],
        [fetched(mail=MAIL).replace(b"BODY[]<0>", b"body[]"), b"* OK [ALERT] x\r\n"],
        [fetched().replace(b"HEADER.FIELDS (FROM SUBJECT)", b'HEADER.FIELDS ("From" "Subject")')],
        [fetched().replace(b"[HEADER.FIELDS (FROM SUBJECT)]<0>", b"[HEADER]")],
        [fetched(head=b"Subject: \xff\xfe b\xf6se\r\nNo colon\r\n : x\r\nFrom: tom@employer.example")],
        [f'* 1 FETCH (BODY[HEADER] "From: tom@employer.example" BODY[] "x" UID 7 {FILED})'],
    ],
)
def test_odd_answers_that_can_be_read(answer: list[bytes | str]) -> None:
    """News of other mails is passed over, and what was asked for is found however it is named."""
    (seen,) = look({"fetch": saying(*answer)})
    assert [(mail.uid, mail.uid_validity, mail.why) for mail in seen.mails] == [(7, 3, "theirs")]
    assert (seen.last_uid, seen.is_complete, seen.left_out) == (7, True, ())


@pytest.mark.parametrize(
    ("filed", "moment"),
    [
        (FILED, datetime(2026, 11, 18, 15, 2, tzinfo=UTC)),
        ('INTERNALDATE "18-Nov-2026 16:02:00 +0100"', datetime(2026, 11, 18, 15, 2, tzinfo=UTC)),
        ('INTERNALDATE "18-Nov-2026 16:02:00"', None),
        ('INTERNALDATE "yesterday"', None),
        ('INTERNALDATE "31-Dec-9999 23:00:00 -2300"', None),
        ("INTERNALDATE NIL", None),
    ],
)
def test_moments(filed: str, moment: datetime | None) -> None:
    """A moment without a zone, or an impossible one, is none; the mail counts all the same."""
    (seen,) = look({"fetch": saying(fetched(filed=filed))})
    assert [mail.filed_at for mail in seen.mails] == [moment]


def test_a_mail_that_vanished() -> None:
    """A mail that was deleted between the search and the fetch is no error."""
    (seen,) = look({"fetch": "{tag} OK done"})
    assert (seen.mails, seen.last_uid, seen.is_complete, seen.left_out) == ((), 7, True, ())


@pytest.mark.parametrize(
    "answer",
    [
        "{tag} NO [SERVERBUG] never",
        "{tag} BAD what",
        "* 1 FETCH (UID 7 BODY[HEADER] NIL)\r\n{tag} OK done",
        "* 1 FETCH (UID 7 BODY[HEADER] 12)\r\n{tag} OK done",
        "* 1 FETCH (UID 7 FLAGS ())\r\n{tag} OK done",
        "* 1 FETCH (UID x)\r\n{tag} OK done",
        '* 1 FETCH (UID 7 BODY[HEADER] "From: "tom"")\r\n{tag} OK done',
        "* 1 FETCH (" + "(" * 5_000 + "\r\n{tag} OK done",
    ],
)
def test_a_mail_that_cannot_be_read(answer: str) -> None:
    """A mail that the server does not give is told by its number, and the look goes on."""
    (seen,) = look({"fetch": answer})
    assert (seen.mails, seen.last_uid, seen.is_complete) == ((), 7, True)
    assert seen.left_out == ("'INBOX': mail 7 cannot be read.",)


def test_one_broken_mail_hides_no_other() -> None:
    """Where many mails cannot be fetched at once, they are fetched apart."""

    def answer(talk: Talk) -> None:
        uids = [int(uid) for uid in re.split(",", talk.line.split()[3])]
        for uid in uids:
            talk.say(b"* 1 FETCH (UID 4 BODY[HEADER] (\r\n" if uid == 4 else fetched(uid))
        talk.say(f"{talk.line.split()[0]} OK done")

    (seen,) = look({"search": "* SEARCH 5 3 4 1 7\r\n{tag} OK done", "fetch": answer})
    assert [mail.uid for mail in seen.mails] == [1, 3, 5, 7]
    assert seen.left_out == ("'INBOX': mail 4 cannot be read.",)


@pytest.mark.parametrize("unknown", ["<0.", "HEADER.FIELDS", "INTERNALDATE"])
def test_a_server_that_does_not_understand(unknown: str) -> None:
    """A server that cannot give a part, or not these headers, is asked in simpler words."""

    def answer(talk: Talk) -> None:
        is_mail = "BODY.PEEK[]" in talk.line
        if unknown in talk.line and not (is_mail and unknown == "<0."):
            talk.say(f"{talk.line.split()[0]} BAD what")
        else:
            saying(fetched())(talk)

    (seen,) = look({"fetch": answer})
    assert ([mail.uid for mail in seen.mails], seen.left_out) == ([7], ())


def test_headers_that_nobody_understands() -> None:
    """A mail whose headers break what reads them is told by its number, and ends no look."""

    def wanted(headers: bytes) -> str:
        return headers.decode("ascii")

    fetch = saying(fetched(head=b"From: \xff\r\n\r\n"))
    (seen,) = look({"fetch": fetch}, replace(TERMS, wanted=wanted))
    assert (seen.is_complete, seen.left_out) == (True, ("'INBOX': mail 7 cannot be read.",))


@pytest.mark.parametrize(
    "answer", ["{tag} NO no", "{tag} BAD no", "* SEARCH seven\r\n{tag} OK x", "* SEARCH -\r\n{tag} OK x"]
)
def test_a_server_that_cannot_search(answer: str) -> None:
    """A folder that cannot be searched is told, and its mark stays."""
    marks = {"INBOX": FolderMark(USER, "INBOX", 3, 2)}
    (seen,) = look({"search": answer}, replace(TERMS, marks=marks.get))
    assert (seen.last_uid, seen.is_complete) == (2, False)
    assert seen.left_out == ("The folder 'INBOX' was not looked through: the server cannot search it.",)


def test_a_server_that_cannot_search_by_day() -> None:
    """A server that knows no days is asked without one."""

    def answer(talk: Talk) -> None:
        tag = talk.line.split()[0]
        talk.say(f"{tag} BAD what" if "SINCE" in talk.line else f"* SEARCH 7\r\n{tag} OK done")

    (seen,) = look({"search": answer, "fetch": saying(fetched())})
    assert [mail.uid for mail in seen.mails] == [7]


@pytest.mark.parametrize(
    "answer", ["{tag} NO no", "{tag} BAD no", "* OK [UIDNEXT 99999999999999999999] x\r\n{tag} NO no"]
)
def test_a_folder_that_cannot_be_opened(answer: str) -> None:
    """A folder that cannot be opened is told, and gets no mark."""
    (seen,) = look({"examine": answer})
    assert (seen.uid_validity, seen.is_complete) == (0, False)
    assert seen.left_out == ("The folder 'INBOX' cannot be opened.",)


@pytest.mark.parametrize(
    ("said", "again"),
    [
        ("UIDVALIDITY 3", False),
        ("UIDVALIDITY 4", True),
        ("UIDNEXT 9", True),
        ("UIDVALIDITY 3] x\r\n* OK [UIDNEXT 5", True),
        ("UIDVALIDITY 0", True),
    ],
)
def test_numbers_that_do_not_last(said: str, again: bool) -> None:
    """A mark counts only for the numbers that it was made of: others, none, or such that went back, begin anew."""
    marks = {"INBOX": FolderMark(USER, "INBOX", 3, 7)}
    at: dict[str, Action] = {"examine": f"* 1 EXISTS\r\n* OK [{said}] x\r\n{{tag}} OK [READ-ONLY] done"}
    (seen,) = look(at | {"fetch": saying(fetched())}, replace(TERMS, marks=marks.get))
    assert [mail.uid for mail in seen.mails] == ([7] if again else [])


def test_steps_before_the_end_stay_true() -> None:
    """When the connection breaks in the middle, the steps until then have been told, each with its mark."""
    fetches = count()

    def answer(talk: Talk) -> None:
        if next(fetches) == 2:
            raise HangUpError
        saying(*(fetched(int(uid), head=b"From: x\r\n\r\n") for uid in talk.line.split()[3].split(",")))(talk)

    numbers = " ".join(str(uid) for uid in range(1, 701))
    seen = list[FolderLook]()
    at: dict[str, Action] = {"search": f"* SEARCH {numbers}\r\n{{tag}} OK done", "fetch": answer}
    with misbehave(INBOX | at) as port, pytest.raises(MailboxError):
        seen.extend(steps(port))
    with misbehave(INBOX | at) as port:
        fetches = count()
        walk = steps(port)
        seen += [next(walk), next(walk)]
        with pytest.raises(MailboxError):
            next(walk)
    assert [(one.last_uid, one.headers_read, one.is_complete) for one in seen[-2:]] == [
        (200, 200, False),
        (400, 200, False),
    ]


def test_more_than_the_server_counted() -> None:
    """Mails beyond those that a look takes are searched, and a search that finds what was not asked adds none."""
    terms = replace(TERMS, limits=LookLimits(newest=2))
    (seen,) = look({"search": "* SEARCH 1 2 3 99 4000000000 0\r\n{tag} OK done"}, terms)
    assert seen.headers_read == 0
    assert seen.is_complete


def test_searches_that_take_too_long() -> None:
    """Earlier mails that could not be searched in time are counted and told."""
    terms = replace(TERMS, limits=LookLimits(newest=2, search_seconds=0))
    (seen,) = look({"search": "* SEARCH 3 4 5 6 7\r\n{tag} OK done"}, terms)
    assert seen.left_out == ("'INBOX': 3 earlier mails were not searched: the server cannot do it, or not in time.",)


def test_questions_to_the_server_are_safe_and_short() -> None:
    """No address and no Message-ID can end a command, and each question is short."""
    people = tuple(WatchedPerson("x", f"person{number}@{'long' * 12}{number}.example") for number in range(300))
    bad = (
        WatchedPerson("x", 'a"b@x.example'),
        WatchedPerson("x", "a\r\nA1 DELETE INBOX@x"),
        WatchedPerson("x", "ü@x.example"),
    )
    threads = tuple(WatchedThread(f"<{number}{{5}}\r\n@x>", "x") for number in range(3))
    more = tuple(WatchedThread(f"<{number}@home.example>", "x") for number in range(300))
    one = replace(
        WATCHED.applications[0], people=people + bad, threads=threads + more, domains=frozenset({"bücher.example"})
    )
    for role in (*Role, None):
        questions = [" ".join(key) for key in search_keys(Watched((one,)), role)]
        assert max(len(question) for question in questions) < 8_000
        said = " ".join(questions)
        assert re.fullmatch(r"[!-~ ]+", said)
        assert "DELETE" not in said
        assert "{" not in said
        assert ("FROM xn--bcher-kva.example" in said) is (role is not Role.SENT)
        assert ("TO xn--bcher-kva.example" in said) is (role not in {Role.INBOX, Role.ARCHIVE, Role.JUNK, Role.TRASH})


def test_earlier_mails_are_searched_in_pieces() -> None:
    """Pieces of a search grow while the server is quick; together they reach every earlier mail once."""
    pieces = list[tuple[int, int]]()

    def answer(talk: Talk) -> None:
        first, _, last = talk.line.split()[4].partition(":")
        if last != "*":
            pieces.append((int(first), int(last)))
        saying("* SEARCH " + " ".join(map(str, range(1, 30_001))) if last == "*" else "* SEARCH 7 29999")(talk)

    terms = replace(TERMS, limits=LookLimits(newest=1_000))
    look({"search": answer, "fetch": "{tag} OK done"}, terms)
    assert pieces == [(28_001, 29_000), (24_001, 28_000), (8_001, 24_000), (1, 8_000)]


@pytest.mark.parametrize("said", ["", "* OK [UIDNEXT 0] x\r\n", "* OK [UIDNEXT 8] x\r\n"])
def test_a_folder_of_which_the_server_says_little(said: str) -> None:
    """A server that counts no mails, or tells no next number, is searched all the same."""
    at: dict[str, Action] = {"examine": f"* OK [UIDVALIDITY 3] x\r\n{said}{{tag}} OK [READ-ONLY] done"}
    (seen,) = look(at | {"fetch": saying(fetched())})
    assert ([mail.uid for mail in seen.mails], seen.last_uid) == ([7], 7)


def test_a_folder_of_a_million_mails() -> None:
    """A search never names more mails than one answer may hold; that earlier ones are left out is told."""
    asked = list[str]()

    def answer(talk: Talk) -> None:
        asked.append(talk.line)
        saying("* SEARCH 1000000")(talk)

    said = "* 1000000 EXISTS\r\n* OK [UIDVALIDITY 3] x\r\n* OK [UIDNEXT 1000001] x\r\n{tag} OK [READ-ONLY] done"
    (seen,) = look({"examine": said, "search": answer, "fetch": "{tag} OK done"})
    assert [line.split()[4] for line in asked] == ["700000:*"]
    assert (seen.last_uid, seen.is_complete) == (1_000_000, True)
    assert seen.left_out == ("'INBOX': mails before number 700000 were not looked at: they are too many.",)


def test_a_server_that_cannot_search_by_header() -> None:
    """A server that cannot search for the mails that are answered is asked for addresses alone."""

    def answer(talk: Talk) -> None:
        if "HEADER" in talk.line:
            talk.say(f"{talk.line.split()[0]} BAD what")
        else:
            saying("* SEARCH 3" if "FROM" in talk.line else "* SEARCH 3 4 5 6 7")(talk)

    one = replace(WATCHED.applications[0], threads=(WatchedThread("<1@home.example>", "x"),))
    terms = replace(TERMS, watched=Watched((one,)), limits=LookLimits(newest=2))
    (seen,) = look({"search": answer, "fetch": saying(fetched(3))}, terms)
    assert [mail.uid for mail in seen.mails] == [3]
    assert seen.left_out == ("'INBOX': 2 earlier mails were only searched for the addresses of your applications.",)
