"""What is kept of applications between two commands: it never changes what ``today`` says, and hides nothing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples
from random_home import SLUGS, RandomHome, write_facts

from followup_mail.services.open_concerned import open_concerned
from followup_mail.services.today import Today, look_at_today
from followup_mail.workspace import Workspace


def _values(today: Today) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(today, name) for name in Today.__struct_fields__}
    found["broken"] = [(type(error), str(error)) for error in today.broken]
    found["companies"] = list(today.companies.items())
    return found


def _look(home: RandomHome, *, keeps: bool) -> dict[str, Any]:
    with closing(home.open(keeps=keeps)) as workspace:
        return _values(look_at_today(workspace))


def _count_quiet(workspace: Workspace) -> int:
    with closing(workspace):
        return len(open_concerned(workspace, lambda one: one.archived or one.paused).quiet)


def play(seed: int, steps: int) -> int:
    """Let things happen to a home, and compare after each; return how many looks were compared."""
    with TemporaryDirectory() as folder:
        home = RandomHome(Path(folder) / "home", Path(folder) / "cache", Random(seed))
        for _ in range(len(SLUGS)):
            with closing(home.open(keeps=False)) as workspace:
                write_facts(home, workspace)
        for _ in range(steps):
            for _ in range(home.random.choice((0, 1, 1, 2))):
                home.happen()
            kept_first = home.random.random() < 0.5
            first, second = _look(home, keeps=kept_first), _look(home, keeps=not kept_first)
            for name, value in first.items():
                assert value == second[name], (seed, name)
    return steps


@examples(0.2)
@given(st.integers(0, 2**32))
def test_today_is_the_same_with_what_is_kept(seed: int) -> None:
    """Whatever happens to facts, outbox, settings, clock and what is kept, each value is what it would be without."""
    play(seed, 8)
