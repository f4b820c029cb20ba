"""Killed at every write of a step and of taking it back: nothing is half, or the next command makes it whole.

Real processes, real SIGKILL: at every SQL statement, and at every change to the file system.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from crash_play import KILLED, end, start
from undo_child import do, open_home

from followup_mail.cadence.step import Kind
from followup_mail.errors import NotFoundError
from followup_mail.outbox.entry import State
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import FACTS, SLUG
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.undo.undo_step import finish_interrupted, look_back, take_step_back
from followup_mail.undo.journal import UNDER_WAY

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")

Seen = tuple[bytes | None, tuple[object, ...]]


@pytest.fixture(scope="module")
def queued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an application and a mail to each of three people, queued."""
    home = tmp_path_factory.mktemp("queued")
    workspace = open_home(home, "")
    workspace.facts.create(SLUG, FACTS)
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU))
    workspace.close()
    return home


@pytest.fixture
def homes(queued: Path, fast_path: Path) -> Iterator[Path]:
    """Copies of that home, a new one each time."""
    return (Path(shutil.copytree(queued, fast_path / str(number))) for number in range(10_000))


def _look(home: Path) -> Seen:
    """Everything that a user can see: facts, and mails with their bytes, but not their history."""
    workspace = open_home(home, "")
    path = workspace.facts.path(SLUG)
    facts = path.read_bytes() if path.exists() else None
    store = workspace.store
    seen = tuple((entry, store.content(entry.id)) for entry in store.entries())
    assert store.verify() == ()
    workspace.close()
    return facts, seen


@pytest.mark.parametrize("job", ["reject", "forget"])
def test_a_step_that_died_can_be_taken_back(homes: Iterator[Path], job: str) -> None:
    """Wherever it died: what it had done by then goes back, so that facts and mails are as before it."""
    before = _look(next(homes))
    code, fatal = KILLED, 0
    while code == KILLED:
        home, fatal = next(homes), fatal + 1
        code = end(start(do, home, job, fatal))
        workspace = open_home(home, "")
        try:
            take_step_back(workspace, look_back(workspace))
        except NotFoundError:
            assert code == KILLED  # it had not begun
        workspace.close()
        assert _look(home) == before, f"at write {fatal}"
    assert code == 0
    assert fatal > 10


@pytest.mark.parametrize("job", ["reject", "forget"])
def test_an_undo_that_died_is_completed(homes: Iterator[Path], fast_path: Path, job: str) -> None:
    """Wherever it died: not begun, or completed by the next command, even if that dies too; never half."""
    before, done = _look(next(homes)), next(homes)
    assert end(start(do, done, job, 0)) == 0
    after, outcomes, code, fatal = _look(done), [], KILLED, 0
    while code == KILLED:
        fatal += 1
        home = Path(shutil.copytree(done, fast_path / f"undo-{fatal}"))
        code = end(start(do, home, "undo", fatal))
        end(start(do, home, "finish", 3))
        workspace = open_home(home, "")
        finish_interrupted(workspace)
        workspace.close()
        assert not (home / "undo" / UNDER_WAY).exists()
        outcomes.append(_look(home))
        assert outcomes[-1] in (before, after), f"at write {fatal}"
    assert code == 0
    assert (outcomes[0], outcomes[-1]) == (after, before)
    assert fatal > 10


def test_an_undo_of_a_dead_step_does_nothing_more(homes: Iterator[Path]) -> None:
    """A step that died before it did anything is passed over: the step before is the last one."""
    home = next(homes)
    assert end(start(do, home, "reject", 0)) == 0
    workspace = open_home(home, "")
    step = look_back(workspace)
    take_step_back(workspace, step)
    workspace.journal.mark(step.operation, None)  # as if it were there and had done nothing
    with pytest.raises(NotFoundError):
        look_back(workspace)
    assert {entry.state for entry in workspace.store.entries()} == {State.QUEUED}
