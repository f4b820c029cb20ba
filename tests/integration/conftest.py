"""What integration tests share: certificates, made once per process."""

from __future__ import annotations

import ssl
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from crash_play import Ground
from crash_server import Counting, count_mails
from office_samples import OfficePlace, new_candidate
from servers import server_context
from workspace_samples import give_account

from followup_mail.cadence.step import Kind
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.workspace import Workspace


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """A certificate authority that nobody knows but these tests."""
    return trustme.CA()


@pytest.fixture(scope="session")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its certificate, to trust."""
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture(scope="session")
def good_tls(authority: trustme.CA) -> ssl.SSLContext:
    """The settings of a server with a good certificate for this machine."""
    return server_context(authority.issue_cert("localhost", "127.0.0.1"))


@pytest.fixture
def clock() -> Clock:
    """The clock of a demonstration workspace: what it shows is set by the test."""
    return Clock()


@pytest.fixture
def queued(tmp_path: Path, clock: Clock) -> Workspace:
    """A workspace in which a thank-you to Tom (#1) is queued for half past eight of the next morning.

    It has an account; the server behind it takes whatever comes.
    """
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU, to=("tom",)))
    return workspace


@pytest.fixture
def due(queued: Workspace, clock: Clock) -> Workspace:
    """The same workspace when that morning has come."""
    clock.shows = NEXT_MORNING
    return queued


@pytest.fixture
def server() -> Iterator[tuple[Counting, int]]:
    """A mail server that counts what it takes, and its port."""
    with count_mails() as running:
        yield running


@pytest.fixture
def fast_path(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one. A kill loses nothing of it."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as name:
        yield Path(name)


@pytest.fixture(params=["sqlite", "postgres"])
def ground(request: pytest.FixtureRequest) -> Ground:
    """Each kind of store that several processes use."""
    if request.param == "sqlite":
        folder = request.getfixturevalue("fast_path")
        return Ground(lambda name: folder / f"{name}.sqlite3", 1)
    url = request.getfixturevalue("office_url")
    return Ground(lambda _: OfficePlace(url, new_candidate(url)), 1 if request.config.getoption("--long") else 3)
