"""One employer hears from all candidates of an office together only so often an hour."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from changing import replace
from office_samples import add_asker
from office_server import OfficeServer
from outbox_samples import ACCEPTED, NOW, make_mail, make_new, make_timing
from worker_samples import add_candidate, make_office, surroundings

from followup_mail.cadence.step import Kind
from followup_mail.message.draft import Mailbox
from followup_mail.office.asker import Asker
from followup_mail.office.database import OfficeDatabase, OwnLink
from followup_mail.office.employer_limits import SPAN, EmployerLimits, check_employer
from followup_mail.office.postgres_store import PostgresStore
from followup_mail.outbox.claim import Claim, Withheld
from followup_mail.outbox.entry import Entry, NewEntry, State
from followup_mail.outbox.lease import Worker
from followup_mail.outbox.retry import decide
from followup_mail.services.context.fresh_check import make_check
from followup_mail.settings.load_settings import load_settings
from followup_mail.workspace import open_for_candidate

WORKER = Worker("there:1:ab")
USUAL = EmployerLimits()


@contextmanager
def _signed_in(url: str) -> Iterator[OfficeDatabase]:
    with closing(OwnLink(url)) as link:
        yield OfficeDatabase(link)


def _mail_to(address: str, n: int = 1, kind: Kind = Kind.THANK_YOU, last_after: timedelta | None = None) -> NewEntry:
    new = make_new(n)
    message = make_mail(n, to=Mailbox("Ida", address), rcpt_to=(address,), content=new.message.content)
    return replace(new, message=message, step=replace(new.step, kind=kind), timing=make_timing(last_after=last_after))


def _send(database: OfficeDatabase, asker: Asker, limits: EmployerLimits, now: datetime = NOW) -> Entry:
    """Let a worker look at the candidate's first due mail; return how it stands then: sent, or what keeps it."""
    store = PostgresStore(database, asker)
    result = store.claim(WORKER, check_employer(database, limits), now)
    if isinstance(result, Withheld):
        return result.entry
    assert isinstance(result, Claim)
    store.record_intent(result, now)
    return store.settle(result, decide(result.entry, ACCEPTED, now, 0.5), now)


def _queue(url: str, mails: Sequence[NewEntry]) -> list[Asker]:
    """Add a candidate for each mail, and queue it."""
    askers = [add_asker(url) for _ in mails]
    with _signed_in(url) as database:
        for asker, mail in zip(askers, mails, strict=True):
            PostgresStore(database, asker).add([mail], NOW)
    return askers


@pytest.fixture
def domain(office_candidate: str) -> str:
    """A domain that no other test writes to."""
    return f"{office_candidate}.example"


def test_workers_on_several_machines_keep_one_limit_together(office_url: str, domain: str) -> None:
    """Of fifty mails to one employer ten leave at once, whichever worker takes them; each other has its own turn."""
    askers = _queue(office_url, [_mail_to(f"person-{n}@{domain}") for n in range(50)])

    def work(mine: Sequence[Asker]) -> list[Entry]:
        with _signed_in(office_url) as database:
            return [_send(database, asker, USUAL) for asker in mine]

    with ThreadPoolExecutor(4) as pool:
        entries = [entry for done in pool.map(work, [askers[n::4] for n in range(4)]) for entry in done]
    waiting = sorted(entry.ready_at for entry in entries if entry.state is State.QUEUED)
    assert sum(entry.state is State.SENT for entry in entries) == 10
    assert len(waiting) == 40
    assert waiting[0] == NOW + SPAN
    assert all(later - earlier >= SPAN / 10 for earlier, later in pairwise(waiting))
    assert waiting[-1] <= NOW + 5 * SPAN


@pytest.mark.parametrize("seed", range(3))
def test_no_hour_has_more_than_the_limits_and_everything_leaves(office_url: str, domain: str, seed: int) -> None:
    """However many write to whom, each hour keeps to both limits, and every mail leaves in the end."""
    luck = random.Random(seed)
    limits = EmployerLimits(luck.randint(2, 5), luck.randint(1, 2))
    where = [domain, domain, f"other-{domain}", "gmail.com"]
    mails = [_mail_to(f"{domain[:12]}-{luck.randint(1, 4)}@{luck.choice(where)}") for _ in range(16)]
    waiting, sent = dict.fromkeys(_queue(office_url, mails), NOW), list[Entry]()
    looks = 0
    with _signed_in(office_url) as database:
        while waiting:
            looks += 1
            assert looks <= 10 * len(mails)
            asker = min(waiting, key=lambda one: (waiting[one], luck.random()))
            entry = _send(database, asker, limits, now := waiting[asker])
            if entry.state is State.SENT:
                sent.append(entry)
                del waiting[asker]
            else:
                assert entry.ready_at > now
                waiting[asker] = entry.ready_at
    for most, of in ((limits.per_domain, _employer_of), (limits.per_address, lambda entry: entry.message.to.email)):
        gone = defaultdict[str, list[datetime]](list)
        for entry in sent:
            assert entry.handed_at
            gone[of(entry)].append(entry.handed_at)
        for moments in gone.values():
            assert all(later - earlier >= SPAN for earlier, later in zip(moments, moments[most:], strict=False))


def _employer_of(entry: Entry) -> str:
    """Return what the limit of a domain counts: at a public provider, nothing that two addresses share."""
    return entry.message.to.email if entry.message.domain == "gmail.com" else entry.message.domain


def _send_all(url: str, mails: Sequence[NewEntry], limits: EmployerLimits) -> list[Entry]:
    with _signed_in(url) as database:
        return [_send(database, asker, limits) for asker in _queue(url, mails)]


def test_a_thank_you_that_would_be_missed_leaves_up_to_twice_the_limit(office_url: str, domain: str) -> None:
    """Thanks that cannot wait leave beyond the limit; what is beyond twice the limit too is missed, and says so."""
    soon = timedelta(minutes=30)
    entries = _send_all(
        office_url, [_mail_to(f"p{n}@{domain}", last_after=soon) for n in range(5)], EmployerLimits(2, 2)
    )
    assert [entry.state for entry in entries] == [State.SENT] * 4 + [State.MISSED]
    assert "limit of 2 mails an hour" in entries[-1].reason
    assert "its last sensible moment comes before its turn" in entries[-1].reason
    assert "Call, or write again" in entries[-1].fix


def test_what_presses_for_an_answer_never_leaves_beyond_the_limit(office_url: str, domain: str) -> None:
    """A follow-up that cannot wait is missed at once, while there is time to do something else."""
    mails = [
        _mail_to(f"p{n}@{domain}", kind=Kind.ADDITIONAL_DETAIL, last_after=timedelta(minutes=30)) for n in range(3)
    ]
    entries = _send_all(office_url, mails, EmployerLimits(2, 2))
    assert [entry.state for entry in entries] == [State.SENT, State.SENT, State.MISSED]


def test_at_a_public_provider_only_the_address_counts(office_url: str, domain: str) -> None:
    """Many may write to many at gmail.com, and two an hour to one of them."""
    mails = [_mail_to(f"{domain}-{n // 3}@gmail.com") for n in range(6)]
    states = [entry.state for entry in _send_all(office_url, mails, EmployerLimits(1, 2))]
    assert states == [State.SENT, State.SENT, State.QUEUED] * 2


def test_the_reason_tells_nothing_of_the_others(office_url: str, domain: str) -> None:
    """Who waits for others learns the limit and the moment, and no name, address or word of theirs."""
    first, second = (_mail_to(address) for address in (f"ida@{domain}", f"bo@{domain}"))
    entries = _send_all(office_url, [first, second], EmployerLimits(1, 1))
    assert entries[1].reason == f"the office's limit of 1 mail an hour to {domain} is reached"
    assert entries[1].fix == ""


def test_a_machine_whose_clock_is_ahead_does_not_open_the_door(office_url: str, domain: str) -> None:
    """Mails that a wrong clock dated up to an hour ahead count as mails of now."""
    askers = _queue(office_url, [_mail_to(f"p{n}@{domain}") for n in range(2)])
    with _signed_in(office_url) as database:
        assert _send(database, askers[0], EmployerLimits(1, 1), NOW + timedelta(minutes=50)).state is State.SENT
        held: Any = _send(database, askers[1], EmployerLimits(1, 1))
    assert (held.state, held.ready_at) == (State.QUEUED, NOW + SPAN)


def test_the_check_before_each_send_of_an_office_knows_the_limits(office_server: OfficeServer, tmp_path: Path) -> None:
    """Of two candidates with a mail to one employer, as their facts and settings have it, one sends and one waits."""
    url = make_office(office_server, "limits")
    office = load_settings(surroundings(url, tmp_path) | {"FOLLOWUP_OFFICE_PER_DOMAIN": "1"})
    results = []
    for number, account in [add_candidate(office, 9, 1, "onecompany") for _ in range(2)]:
        with _signed_in(url) as database, database.for_all("the test") as link:
            row = link.execute("SELECT name_of_candidate(%s) AS name", (number,)).fetchone() or {}
        with open_for_candidate(office, row["name"], "worker-1") as workspace:
            (entry,) = workspace.store.entries()
            worker = Worker("there:1:ab", account=account)
            results.append(workspace.store.claim(worker, make_check(workspace, entry), workspace.now()))
    assert isinstance(results[0], Claim)
    assert isinstance(results[1], Withheld)
    assert results[1].entry.reason == "the office's limit of 1 mail an hour to onecompany.example is reached"
