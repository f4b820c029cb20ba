"""What the user says of seen mail is a step like any other: listed, looked at, taken back, done again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from outbox_samples import NOW, make_new
from seen_samples import make_seen, make_understood

from followup_mail.cli.views.show_undo import UndoWish, undo_and_show
from followup_mail.incoming.understood import Understanding
from followup_mail.outbox.seen_mail import SeenState
from followup_mail.outbox.store import Store
from followup_mail.services.overview.demo import Clock, make_demo_workspace
from followup_mail.services.undo.undo_step import list_steps
from followup_mail.workspace import Workspace

STEPS: dict[str, tuple[Callable[[Store], object], str, str]] = {
    "correct": (
        lambda store: store.correct_seen(1, make_understood(Understanding.NOTHING), NOW),
        "The mail m1 is understood again as: answer.",
        "The mail m1 is understood again as: nothing.",
    ),
    "settle": (
        lambda store: store.settle_seen(1, SeenState.DISMISSED, NOW),
        "The mail m1 is new again.",
        "The mail m1 is dismissed again.",
    ),
    "forget": (
        lambda store: store.forget_seen([1]),
        "The mail m1 is kept again.",
        "The mail m1 is forgotten.",
    ),
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A mail that an answer holds."""
    workspace = make_demo_workspace(tmp_path, Clock(NOW))
    workspace.store.add([make_new(1)], NOW)
    workspace.store.keep_seen([make_seen(1)], None, NOW)
    return workspace


@pytest.mark.parametrize("step", sorted(STEPS))
def test_it_is_taken_back_and_done_again(workspace: Workspace, step: str, capsys: pytest.CaptureFixture[str]) -> None:
    """By the next command, with a line that says what it does; and again."""
    act, undone, redone = STEPS[step]
    before = workspace.store.seen(), workspace.store.get(1)
    acting = Workspace(workspace.loaded, workspace.clock, command=f"inbox {step} m1")
    act(acting.store)
    after = acting.store.seen(), acting.store.get(1)
    assert after != before
    acting.close()
    (listed,) = list_steps(workspace)
    assert listed.applications == ("lumen",)
    undo_and_show(workspace, UndoWish(None, False, False, True), json=False)
    assert undone in capsys.readouterr().out
    assert (workspace.store.seen(), workspace.store.get(1)) == before
    undo_and_show(workspace, UndoWish(None, True, False, True), json=False)
    assert redone in capsys.readouterr().out
    assert (workspace.store.seen(), workspace.store.get(1)) == after
