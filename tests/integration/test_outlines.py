"""What is kept of applications between two commands: it never changes what ``today`` says, and hides nothing."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from changing import replace
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples
from random_home import SLUGS, RandomHome, write_facts

from followup_mail.services.applications.forget import forget_application
from followup_mail.services.overview.open_concerned import open_concerned
from followup_mail.services.overview.today import Today, look_at_today

ENDED = """\
company = "Acme"
role = "Engineer"
applied = 2026-08-03
[outcome]
status = "rejected"
on = 2026-09-01
"""
WAITING = """\
company = "Acme"
role = "Engineer"
time_zone = "America/Chicago"
country = "US"
[said]
decision_by = 2026-11-17
[[contacts]]
name = "Rita Recruit"
email = "rita@agency.example"
role = "recruiter"
[[interviews]]
start = "2026-11-{day:02} 14:00"
duration = "1 h"
"""


def _values(today: Today) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(today, name) for name in Today.__struct_fields__}
    found["broken"] = [(type(error), str(error)) for error in today.broken]
    found["companies"] = list(today.companies.items())
    return found


def _look(home: RandomHome, *, keeps: bool) -> dict[str, Any]:
    with closing(home.open(keeps=keeps)) as workspace:
        return _values(look_at_today(workspace))


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


def _make_home(folder: Path) -> RandomHome:
    home = RandomHome(folder / "home", folder / "cache", Random(7))
    home.path("x").parent.mkdir(parents=True)
    for slug in SLUGS:
        home.path(slug).write_text(ENDED, "utf-8")
    return home


def _count_quiet(home: RandomHome) -> int:
    with closing(home.open(keeps=True)) as workspace:
        return len(open_concerned(workspace, lambda one: one.archived).quiet)


def _file(home: RandomHome) -> Path:
    return next(home.cache.rglob("*.json"))


def test_what_asks_for_nothing_is_not_opened_again(tmp_path: Path) -> None:
    """The second look opens nothing of what rests, weeks later neither; a change of one file opens that one."""
    home = _make_home(tmp_path)
    assert [_count_quiet(home), _count_quiet(home)] == [0, len(SLUGS)]
    home.now += timedelta(days=40)
    assert _count_quiet(home) == len(SLUGS)
    home.path(SLUGS[0]).write_text(f"{ENDED}\n# seen", "utf-8")
    assert [_count_quiet(home), _count_quiet(home)] == [len(SLUGS) - 1, len(SLUGS)]
    home.settings = replace(home.settings, country="DE")
    assert _count_quiet(home) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such permissions")
def test_a_file_that_others_could_write_is_ignored(tmp_path: Path) -> None:
    """What others could have changed counts for nothing, a link neither; only the user can read what is written."""
    home = _make_home(tmp_path)
    _count_quiet(home)
    path = _file(home)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o620)
    assert _count_quiet(home) == 0
    assert path.stat().st_mode & 0o777 == 0o600
    path.replace(tmp_path / "elsewhere.json")
    path.symlink_to(tmp_path / "elsewhere.json")
    assert _count_quiet(home) == 0


def test_a_damaged_file_is_written_anew(tmp_path: Path) -> None:
    """Whatever stands there instead, nothing of it counts, and the next look finds a file that does."""
    home = _make_home(tmp_path)
    _count_quiet(home)
    path = _file(home)
    whole = path.read_bytes()
    mark, _, body = whole.partition(b"\n")
    changed = body.replace(b"rejected", b"offer")
    for content in (b"", b"\0", mark, mark + b"\n" + changed, sha256(b"[1]").hexdigest().encode() + b"\n[1]"):
        path.write_bytes(content)
        assert [_count_quiet(home), _count_quiet(home)] == [0, len(SLUGS)]
    assert path.read_bytes() == whole


def test_where_nothing_can_be_kept_everything_works(tmp_path: Path) -> None:
    """A folder that cannot be made is no error: each look opens everything."""
    home = _make_home(tmp_path)
    home.cache.write_text("a file where the folder should be", "utf-8")
    assert [_count_quiet(home), _count_quiet(home)] == [0, 0]
    assert _look(home, keeps=True) == _look(home, keeps=False)


def test_forgetting_an_application_forgets_what_is_kept(tmp_path: Path) -> None:
    """No name and no address of it stays in the folder of the cache."""
    home = _make_home(tmp_path)
    _count_quiet(home)
    with closing(home.open(keeps=True)) as workspace:
        forget_application(workspace, SLUGS[0])
    assert not list(home.cache.rglob("*.json"))


def test_a_day_that_gets_free_in_another_application_is_taken(tmp_path: Path) -> None:
    """Two applications of one recruiter keep off each other's days; once one has ended, the other has the first day."""
    home = _make_home(tmp_path)
    for slug, day in ((SLUGS[0], 9), (SLUGS[1], 10)):
        home.path(slug).write_text(WAITING.format(day=day), "utf-8")

    def days() -> dict[str, object]:
        found = [_look(home, keeps=keeps)["soon"] for keeps in (True, True, False)]
        assert found[0] == found[1] == found[2]
        return {due.application.slug: due.step.due_at.date() for due in found[0]}

    first = days()
    assert first[SLUGS[0]] < first[SLUGS[1]]
    home.path(SLUGS[0]).write_text(ENDED, "utf-8")
    assert days() == {SLUGS[1]: first[SLUGS[0]]}
