"""Days off that were worked out before come out of their file as they went in; a doubtful file is as good as none."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from followup_mail.cadence import days_off as front
from followup_mail.cadence import holidays_version, kept_days_off
from followup_mail.cadence.days_off import days_off, holiday_gap, keep_answers_in, region_gap
from followup_mail.cadence.fresh_days_off import work_out_days_off, work_out_holiday_gap, work_out_region_gap
from followup_mail.cadence.kept_days_off import KeptDaysOff

PLACES = [
    *(("DE", ""), ("DE", "BY"), ("DE", "Bayern"), ("DE", "Atlantis"), ("US", ""), ("US", "IL"), ("GB", "")),
    *(("GB", "Scotland"), ("IL", ""), ("AE", ""), ("CN", ""), ("JP", ""), ("NZ", ""), ("CH", "ZH"), ("QQ", "")),
    *(("IR", ""), ("FR", ""), ("CA", "Québec")),
]
YEARS = (1950, 2028, 2150)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where answers are kept during a test; this process has asked for nothing yet."""
    monkeypatch.setattr(front, "_kept", KeptDaysOff(None))
    path = tmp_path / "cache" / "followup-mail" / "days-off.txt"
    _as_a_new_process(path)
    yield path
    front._kept._new.clear()
    for one in (days_off, holiday_gap, region_gap):
        one.cache_clear()


def _as_a_new_process(path: Path) -> None:
    front._kept.save()
    for one in (days_off, holiday_gap, region_gap):
        one.cache_clear()
    keep_answers_in(path.parent / "another")
    keep_answers_in(path)


def _ask(country: str, region: str, year: int) -> tuple[list[object], str, str]:
    place_year = (country, region, year)
    return list(days_off(*place_year).items()), holiday_gap(*place_year), region_gap(*place_year)


def _fresh(country: str, region: str, year: int) -> tuple[list[object], str, str]:
    place_year = (country, region, year)
    return (
        list(work_out_days_off(*place_year).items()),
        work_out_holiday_gap(*place_year),
        work_out_region_gap(*place_year),
    )


@pytest.fixture
def no_package(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and from then on nothing can be worked out afresh."""
    return lambda: monkeypatch.setitem(sys.modules, "followup_mail.cadence.fresh_days_off", None)


@pytest.mark.parametrize(("country", "region"), PLACES)
def test_what_is_kept_is_what_was_worked_out(
    path: Path, no_package: Callable[[], None], country: str, region: str
) -> None:
    """A second process gets the same days, in the same order, and the same sentences, without the package."""
    fresh = [_fresh(country, region, year) for year in YEARS]
    assert [_ask(country, region, year) for year in YEARS] == fresh
    _as_a_new_process(path)
    no_package()
    assert [_ask(country, region, year) for year in YEARS] == fresh


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"[1]", b"[2]"),  # the first of January moved by a day
        lambda content: content.replace(b"format 1", b"format 2"),
        lambda content: content.replace(b"holidays-", b"holidays-9"),
        lambda content: b"\xff\x00" + content,
        lambda content: content + b"[" * 100_000,
        lambda content: content + b" " * 2_000_000,
    ],
    ids=["empty", "half", "a digit", "format", "version", "bytes", "deep", "huge"],
)
def test_a_damaged_or_foreign_file_is_ignored(path: Path, damage: Callable[[bytes], bytes]) -> None:
    """Whatever is wrong with the file: the answers are worked out afresh, and the file is written anew."""
    fresh = _ask("US", "IL", 2026)
    _as_a_new_process(path)
    good = path.read_bytes()
    path.write_bytes(damage(good))
    _as_a_new_process(path)
    assert front._kept.days("US", "IL", 2026) is None
    assert _ask("US", "IL", 2026) == fresh
    _as_a_new_process(path)
    assert path.read_bytes() == good


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"US//2026": []}',
        '{"US//2026": {"off": [1]}}',
        '{"US//2026": {"off": {"Day": 1}}}',
        '{"US//2026": {"off": {"Day": [0]}}}',
        '{"US//2026": {"off": {"Day": [366]}}}',
        '{"US//2026": {"off": {"Day": ["1"]}}}',
        '{"US//2026": {"off": {"A\\u001b[2J": [1]}}}',
        '{"US//2026": {"off": {"": [1]}}}',
        '{"US//2026": {"gap": "A\\u001b[2J"}}',
    ],
)
def test_what_makes_no_sense_is_ignored(path: Path, text: str) -> None:
    """Even where the checksum is right, days that are none and names that cannot be printed are asked for again."""
    path.parent.mkdir(parents=True)
    kept = KeptDaysOff(path)
    path.write_text(f"{kept._head(text.encode())}\n{text}", "utf-8")
    path.chmod(0o600)
    assert kept.days("US", "", 2026) is None
    assert kept.sentence("gap", ("US", "", 2026)) is None


def test_another_version_of_the_rules_is_another_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an upgrade nothing of before is believed."""
    _ask("US", "", 2026)
    _as_a_new_process(path)
    monkeypatch.setattr(kept_days_off, "find_version", lambda: "format 1, holidays-99")
    assert KeptDaysOff(path).days("US", "", 2026) is None


def test_nothing_is_kept_where_the_version_is_not_certain(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the package without a version, or with two, is asked each time."""
    monkeypatch.setattr(kept_days_off, "find_version", lambda: "")
    _as_a_new_process(path)
    _ask("US", "", 2026)
    _as_a_new_process(path)
    assert not path.exists()


def test_the_version_needs_one_folder_of_an_installer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The version is in the name of the folder beside the package that would be imported; two folders name none."""
    (tmp_path / "holidays").mkdir()
    (tmp_path / "holidays" / "__init__.py").write_text("raise SystemExit", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert holidays_version.find_version() == ""
    (tmp_path / "holidays-1.2.dist-info").mkdir()
    first = holidays_version.find_version()
    assert ", holidays-1.2, " in first
    (tmp_path / "holidays-1.3.dist-info").mkdir()
    assert holidays_version.find_version() == ""
    (tmp_path / "holidays-1.2.dist-info").rmdir()
    assert holidays_version.find_version() not in {"", first}


@pytest.mark.skipif(sys.platform == "win32", reason="there the user's own folder protects it")
def test_only_a_file_that_nobody_else_can_write_is_believed(path: Path) -> None:
    """Somebody else on this computer cannot turn a holiday into a working day."""
    _ask("US", "", 2026)
    _as_a_new_process(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert KeptDaysOff(path).days("US", "", 2026)
    path.chmod(0o666)
    assert KeptDaysOff(path).days("US", "", 2026) is None
    path.unlink()
    os.mkfifo(path)  # reading it would never end
    assert KeptDaysOff(path).days("US", "", 2026) is None


def test_where_nothing_can_be_written_everything_still_works(tmp_path: Path, path: Path) -> None:
    """On a disk that cannot be written the answers are the same, and no error is raised."""
    (tmp_path / "file").write_text("", "utf-8")
    _as_a_new_process(tmp_path / "file" / "days-off.txt")
    assert _ask("US", "", 2026) == _fresh("US", "", 2026)
    _as_a_new_process(path)


def test_two_processes_add_to_one_file(path: Path) -> None:
    """What another process has written in the meantime stays."""
    one, other = KeptDaysOff(path), KeptDaysOff(path)
    for process, year in ((one, 2026), (other, 2027)):
        process.keep_days(("US", "", year), work_out_days_off("US", "", year))
    one.save()
    other.save()
    later = KeptDaysOff(path)
    assert later.days("US", "", 2026) == work_out_days_off("US", "", 2026)
    assert later.days("US", "", 2027) == work_out_days_off("US", "", 2027)


def test_the_file_stays_small(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest answers are kept, up to a number; a region that is no name is not kept at all."""
    monkeypatch.setattr(kept_days_off, "_MOST_PLACES", 3)
    kept = KeptDaysOff(path)
    for year in range(2020, 2030):
        kept.keep_sentence("gap", ("US", "", year), "something")
    for region in ("x" * 10_000, "\udc80", "\x1b[2J"):
        kept.keep_sentence("gap", ("US", region, 2026), "something")
    kept.save()
    later = KeptDaysOff(path)
    found = [year for year in range(2020, 2030) if later.sentence("gap", ("US", "", year))]
    assert found == [2027, 2028, 2029]
    assert later.sentence("gap", ("US", "x" * 10_000, 2026)) is None
