"""The link to the office's database is lost, or the database goes down, at any moment of sending: no mail leaves twice,
and where the link is back at once nothing is even in doubt.

The worst of it is a change that was made while nobody heard of it: the answer to a COMMIT that never comes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from changing import replace
from crash_child import smtp
from crash_play import check
from crash_server import Counting
from office_link import PLACES, BadLink, bad_link
from office_samples import new_candidate, open_store
from office_server import OfficeServer, running_server
from outbox_samples import NOW, WORKER, Script, make_go, make_new

from followup_mail.delivery.dispatch import Dispatch, deliver_due
from followup_mail.errors import OutboxError
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult
from followup_mail.outbox.entry import State

MAILS = 3


@pytest.fixture
def link(office_server: OfficeServer) -> Iterator[BadLink]:
    """A link to the office's database that breaks where it is told to."""
    # The name of a socket can't be as long as those of pytest's folders.
    with tempfile.TemporaryDirectory(prefix="fm-link-") as folder, bad_link(Path(folder), office_server.folder) as laid:
        yield laid


def fill(url: str) -> str:
    """Add a candidate with mails that are due; return the name."""
    name = new_candidate(url)
    store = open_store(url, name)
    store.add([make_new(n) for n in range(1, MAILS + 1)], NOW)
    store.close()
    return name


def send_all(dispatch: Dispatch) -> None:
    """Send as a worker does: what breaks off is begun again."""
    for _ in range(9):
        with suppress(OutboxError):
            dispatch.store.heartbeat(dispatch.worker, NOW)
            list(deliver_due(dispatch))
            return
    raise AssertionError("it breaks again and again")


@pytest.fixture(params=[False, True], ids=["one by one", "pipelining"])
def running(request: pytest.FixtureRequest, server: tuple[Counting, int]) -> tuple[Counting, int]:
    """A mail server that takes one command after the other, or several at once."""
    server[0].pipelines = request.param
    return server


@pytest.mark.parametrize("place", PLACES)
def test_a_link_that_is_lost_for_a_moment_costs_no_doubt(
    office_url: str, link: BadLink, running: tuple[Counting, int], request: pytest.FixtureRequest, place: str
) -> None:
    """Before or after a statement of a run, and after any COMMIT: each mail is taken once, and found sent."""
    counting, port = running
    step = 1 if "COMMIT" in place or request.config.getoption("--long") else 9
    number, is_over = 1 + counting.pipelines, False
    while not is_over:
        counting.taken.clear()
        store, transport = open_store(link.url(office_url), fill(office_url)), smtp(port)
        link.break_at(place, number)
        send_all(Dispatch(store, transport, make_go, WORKER, lambda: NOW, sleep=lambda _: None))
        is_over = not link.is_broken
        link.break_at("", 0)
        entries = tuple(sorted(store.entries(), key=lambda entry: entry.id))
        check(counting, entries, kills=0)
        assert [entry.state for entry in entries] == [State.SENT] * MAILS, f"lost at the {place} {number}"
        assert store.verify() == ()
        transport.close()
        store.close()
        number += step
    assert number > 7


def test_the_database_goes_down_in_the_middle_of_sending() -> None:
    """Down before an intent: nothing left, and the mail goes when it is back. Down before a settlement: it is written
    as soon as the database is back, and what was settled before is there."""
    with running_server() as server:
        server.make_database("office")
        name = fill(server.url("office"))
        store = open_store(server.url("office"), name)
        script = Script(before=lambda message: server.stop() if message.rcpt_to[0].startswith("person2") else None)
        dispatch = Dispatch(store, script, make_go, WORKER, lambda: NOW, sleep=lambda _: server.start())
        with pytest.raises(OutboxError, match="can't be reached"):
            list(deliver_due(dispatch))
        server.start()
        assert [entry.state for entry in store.entries()] == [State.SENT, State.SENDING, State.QUEUED]

        class GoesDown(Script):
            def deliver(self, message: Message, before_data: Callable[[], None]) -> AttemptResult:
                result = super().deliver(message, before_data)
                server.stop()
                return result

        store.heartbeat(WORKER, NOW)
        down = GoesDown()
        found = [(result.entry.id, result.entry.state) for result in deliver_due(replace(dispatch, transport=down))]
        assert found == [(2, State.QUEUED), (2, State.SENT), (3, State.SENT)]
        assert [mail.rcpt_to[0] for mail in script.handed + down.handed] == [
            f"person{n}@employer.example" for n in (1, 2, 3)
        ]
        assert store.verify() == ()
        store.close()
