"""What all tests share: the switch for long runs, and how hard the property tests look.

A normal run tries the same examples every time, so that a red run is about the change and not about luck. A long run
tries many more, others each time; what it finds becomes an ``@example``.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from office_server import MISSING, OfficeServer, find_programs, running_server
from pretended_clock import wait_in_time

settings.register_profile("usual", deadline=None, max_examples=40, derandomize=True, database=None)
settings.register_profile("long", deadline=None, max_examples=1_000, database=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long tests too, with many more examples")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--long") else "usual")
    _hear_signals()
    wait_in_time()
    # What is worked out in tests stays with them.
    os.environ["XDG_CACHE_HOME"] = str(config.rootpath / ".pytest_cache" / "user-cache")
    _keep_bytecode(config.rootpath / ".pytest_cache" / "bytecode")
    # What commands keep for the next time is of this run only, and not among what the user's own commands keep.
    os.environ["XDG_CACHE_HOME"] = folder = tempfile.mkdtemp(prefix="followup-mail-tests-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def _hear_signals() -> None:
    """Undo what a background job or nohup does to its children: whom a signal cannot reach, no test can interrupt."""
    for name, handler in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
        one = getattr(signal, name, None)
        if one is not None and signal.getsignal(one) is signal.SIG_IGN:
            signal.signal(one, handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    skipped = pytest.mark.skip(reason="a long run, only with --long")
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(skipped)


def _keep_bytecode(folder: Path) -> None:
    """Let the processes that tests start find compiled modules, where nothing may be written beside the sources.

    Otherwise each of them compiles the whole program, which takes longer than most of what it is started for.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        sys.dont_write_bytecode = False
        sys.pycache_prefix = os.environ.setdefault("PYTHONPYCACHEPREFIX", str(folder))


@pytest.fixture
def bare_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the settings of whoever runs the tests out of the environment."""
    for name in [name for name in os.environ if name.startswith("FOLLOWUP_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def office_server() -> Iterator[OfficeServer]:
    """The PostgreSQL server of this process: one for all its tests, as it takes a second to make."""
    if find_programs() is None:
        if os.environ.get("OFFICE_TESTS") == "required":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def office_url(office_server: OfficeServer) -> str:
    """The address of a database that is set up as an office. Each test adds a candidate of its own to it."""
    office_server.make_database("office")
    return office_server.url("office")


@pytest.fixture
def office_candidate(office_url: str) -> str:
    """The name of a candidate of the office of whom nothing is there yet."""
    from office_samples import new_candidate

    return new_candidate(office_url)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say that the page was not tried in a browser, where there is none: nobody counts dots."""
    skipped = [report for report in terminalreporter.stats.get("skipped", ()) if "tests/browser/" in report.nodeid]
    if skipped:
        why = skipped[0].longrepr[2] if isinstance(skipped[0].longrepr, tuple) else ""
        terminalreporter.write_line(f"{len(skipped)} tests of the page in a browser were left out. {why}")
