"""The zone of this machine: found for certain, or asked for; never UTC because nothing better was known."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from followup_mail.errors import SettingsError
from followup_mail.settings.own_zone import find_own_zone

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps its zone in the registry")


def _file_of(zone: str) -> bytes:
    return files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()


@pytest.fixture
def unnamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of which tzlocal knows no zone."""
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: None)


@pytest.mark.parametrize(
    ("given", "zone"),
    [
        ("Europe/Lisbon", "Europe/Lisbon"),
        (":America/Denver", "America/Denver"),
        ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        (":/usr/share/zoneinfo/posix/Europe/Paris", "Europe/Paris"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("pacific standard time", "America/Los_Angeles"),
        ("CST6CDT,M3.2.0,M11.1.0", "America/Chicago"),
        ("CST+6CDT5,M3.2.0/2:00:00,M11.1.0/2", "America/Chicago"),
        ("NZST-12NZDT,M9.5.0,M4.1.0/3", "Pacific/Auckland"),
        ("IST-5:30", "Asia/Kolkata"),
        ("<-03>3", "Etc/GMT+3"),
        ("EST5", "Etc/GMT+5"),
        ("UTC0", "UTC"),
    ],
)
def test_the_variable_is_understood(given: str, zone: str) -> None:
    """TZ names a zone, a file of one, the name that Windows has for it, or the rule that its clocks go by."""
    assert find_own_zone({"TZ": given}).key == zone


@pytest.mark.parametrize(
    ("given", "january", "july"),
    [
        ("EST5EDT,M3.2.0,M11.1.0", -5, -4),
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", 11, 10),
        ("<-03>3", -3, -3),
        ("EST5", -5, -5),
    ],
)
def test_a_rule_gives_the_clocks_that_it_says(given: str, january: int, july: int) -> None:
    """Whatever zone is taken for a rule: its offset in January and July is that of the rule."""
    zone = find_own_zone({"TZ": given})
    for month, hours in ((1, january), (7, july)):
        assert datetime(2027, month, 15, tzinfo=zone).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "given",
    [
        "nonsense",
        "UTC+2",
        "GMT-5",
        "CET-1CEST",
        "AAA3BBB,M1.1.0,M2.1.0",
        "Factory",
        "EST",
        "/dev/zero",
        "/no/file",
        "\x1b[2J",
    ],
)
def test_what_is_not_certain_is_asked_for(given: str) -> None:
    """A name of nothing, a rule of no place or with two meanings: an error that says which setting to set."""
    with pytest.raises(SettingsError) as told:
        find_own_zone({"TZ": given})
    assert "FOLLOWUP_TIME_ZONE" in told.value.fix
    assert "\x1b" not in told.value.sentence


def test_the_zone_that_was_probably_meant_is_named() -> None:
    """Where a rule leaves open when summer begins, the zone of its names is proposed, not taken."""
    with pytest.raises(SettingsError) as told:
        find_own_zone({"TZ": "CET-1CEST"})
    assert "probably Europe/Berlin" in told.value.fix


@pytest.mark.parametrize("given", ["UTC+2", "GMT+2", "UTC-2"])
def test_an_offset_whose_sign_has_two_meanings(given: str) -> None:
    """Why an offset from UTC is not taken: Unix counts it the other way round."""
    with pytest.raises(SettingsError, match="other way round"):
        find_own_zone({"TZ": given})


@pytest.mark.parametrize("target", ["/usr/share/zoneinfo/America/Chicago", "../gone/zoneinfo/America/Chicago"])
def test_a_link_tells_by_its_name(target: str, tmp_path: Path) -> None:
    """The link that a system keeps names its zone, also where the files of the system are missing."""
    (tmp_path / "localtime").symlink_to(target)
    assert find_own_zone({}, tmp_path / "localtime").key == "America/Chicago"


@pytest.mark.usefixtures("unnamed")
def test_a_copied_file_tells_by_its_clocks(tmp_path: Path) -> None:
    """A file that was copied instead of linked gives a zone whose clocks go the same way."""
    (tmp_path / "localtime").write_bytes(_file_of("America/Chicago"))
    assert find_own_zone({}, tmp_path / "localtime").key == "America/Chicago"


def test_a_copied_file_of_which_the_system_knows_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all zones with the same clocks, the one that the system names is taken."""
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "Europe/Madrid")
    (tmp_path / "localtime").write_bytes(_file_of("Europe/Berlin"))
    assert find_own_zone({}, tmp_path / "localtime").key == "Europe/Madrid"
    (tmp_path / "localtime").write_bytes(_file_of("America/Chicago"))
    assert find_own_zone({}, tmp_path / "localtime").key == "America/Chicago"


@pytest.mark.usefixtures("unnamed")
@pytest.mark.parametrize("kind", ["dangling", "garbage", "empty", "folder", "pipe", "loop", "missing"])
def test_a_broken_machine_is_no_utc(kind: str, tmp_path: Path) -> None:
    """Where the machine's own file is broken, or there is none, the zone is asked for."""
    path = tmp_path / "localtime"
    make = {
        "dangling": lambda: path.symlink_to("/no/such/file"),
        "garbage": lambda: path.write_bytes(b"\x00\xff" * 50),
        "empty": lambda: path.write_bytes(b""),
        "folder": path.mkdir,
        "pipe": lambda: os.mkfifo(path),
        "loop": lambda: path.symlink_to(path),
        "missing": lambda: None,
    }
    make[kind]()
    with pytest.raises(SettingsError) as told:
        find_own_zone({}, path)
    assert "FOLLOWUP_TIME_ZONE" in told.value.fix


def test_an_empty_variable_is_none(tmp_path: Path) -> None:
    """An empty TZ says nothing, so the machine's file decides."""
    (tmp_path / "localtime").symlink_to("/usr/share/zoneinfo/Europe/Rome")
    assert find_own_zone({"TZ": " "}, tmp_path / "localtime").key == "Europe/Rome"
