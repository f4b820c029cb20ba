"""On a terminal, what a file leaves open is asked one thing at a time; nothing is written before a yes."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from invitation_samples import CARD_40, CONFIRMATION, GOOGLE, OWN, TEAMS, event

from followup_mail.cli.terminal import screen
from followup_mail.cli.views.import_dialogue import import_and_show
from followup_mail.errors import FactsError, RefusedError
from followup_mail.settings.load_settings import load_settings
from followup_mail.workspace import Workspace

NOW = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)
Give = Callable[..., dict[str, Any]]


@pytest.fixture
def give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Give:
    """Return a function that gives a file to ``add`` on a terminal, and returns the facts afterwards."""
    home = tmp_path / "home"
    monkeypatch.setattr(screen, "is_interactive", lambda: True)

    def run(content: bytes, *typed: str, own: str = OWN, card: bool = False, name: str = "") -> dict[str, Any]:
        settings = {"FOLLOWUP_TIME_ZONE": "America/Chicago", **({"FOLLOWUP_EMAIL": own} if own else {})}
        settings |= {"FOLLOWUP_NAME": name} if name else {}
        workspace = Workspace(load_settings(settings, home), lambda: NOW)
        path = tmp_path / "given"
        path.write_bytes(content)
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
        import_and_show(workspace, (None, [path]) if card else (path, []), "", {})
        return tomllib.loads((home / "applications" / "lumen-freight.toml").read_text("utf-8"))

    return run


def _new(give: Give, *more: str) -> dict[str, Any]:
    return give(GOOGLE, "Lumen Freight", "Data Engineer", "", "", "", *more)


def test_what_is_open_is_asked_with_a_proposal(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    """Company, position, zone and a missing name; Enter takes what is proposed."""
    facts = _new(give)
    said = capsys.readouterr().err
    assert "Which company? (Enter: Lumenfreight)" in said
    assert "Who is tom.okafor@lumenfreight.example? (- leaves them out) (Enter: Tom Okafor)" in said
    assert (facts["company"], facts["time_zone"]) == ("Lumen Freight", "America/Chicago")
    assert [one["name"] for one in facts["interviews"][0]["people"]] == ["Priya Raman", "Tom Okafor"]


def test_nobody_with_the_users_own_name_is_proposed(give: Give) -> None:
    """The user, invited at another address, is left out unless they say otherwise: nobody thanks themselves."""
    facts = give(GOOGLE, "Lumen Freight", "Data Engineer", "", "", "", "y", name="Tom Okafor")
    assert [one["name"] for one in facts["interviews"][0]["people"]] == ["Priya Raman"]


def test_a_guessed_name_can_be_put_right_or_left_out(give: Give) -> None:
    """What somebody types counts; an answer that is no name is asked again."""
    facts = give(GOOGLE, "Lumen Freight", "Data Engineer", "", "tom@x.example", "Thomas Okafor", "y")
    assert [one["name"] for one in facts["interviews"][0]["people"]] == ["Priya Raman", "Thomas Okafor"]


def test_nobody_is_made_up(give: Give) -> None:
    """A hyphen leaves somebody out."""
    facts = give(GOOGLE, "Lumen Freight", "Data Engineer", "", "-", "y")
    assert [one["name"] for one in facts["interviews"][0]["people"]] == ["Priya Raman"]


def test_a_no_writes_nothing(give: Give, tmp_path: Path) -> None:
    """Nor does the end of the input in the middle of the questions."""
    with pytest.raises(RefusedError, match="Nothing was written"):
        give(GOOGLE, "Lumen Freight", "Data Engineer", "", "", "n")
    with pytest.raises(RefusedError, match="nothing was written"):
        give(GOOGLE, "Lumen Freight")
    assert not (tmp_path / "home" / "applications").exists()


def test_the_user_is_asked_who_they_are(give: Give) -> None:
    """While no own address is set; who they are is nobody to thank."""
    facts = give(GOOGLE, "", "Lumen Freight", "Data Engineer", "", "", "y", own="")
    everyone = [one["name"] for one in (*facts["interviews"][0]["people"], *facts["contacts"])]
    assert everyone == ["Priya Raman", "Tom Okafor", "Robin Vega"]


def test_an_hour_that_is_missing_is_asked_for(give: Give) -> None:
    """For an event of a whole day the hour alone will do; for a floating one the clocks are asked for."""
    day = event("UID:a", "DTSTART;VALUE=DATE:20261118", "ATTENDEE;CN=Ada Love:mailto:ada@lumenfreight.example")
    facts = give(day, "Lumen Freight", "Data Engineer", "", "9:30", "45 min", "y")
    assert facts["interviews"][0]["start"] == "2026-11-18 09:30"
    floating = event("UID:b", "DTSTART:20261120T100000", "DURATION:PT1H", "ATTENDEE:mailto:ada@lumenfreight.example")
    facts = give(floating, "America/New_York", "2", "y")
    assert facts["interviews"][1]["start"] == "2026-11-20 10:00"
    assert facts["interviews"][1]["time_zone"] == "America/New_York"


def test_places_and_lengths_are_understood_as_elsewhere(give: Give) -> None:
    """A city without a zone of its own, a length in words; a small number of two readings is asked about."""
    floating = event("UID:b", "DTSTART:20261120T100000", "ATTENDEE:mailto:ada@lumenfreight.example")
    facts = give(floating, "Lumen Freight", "Data Engineer", "Minneapolis", "half an hour", "", "y")
    assert facts["interviews"][0]["duration"] == "30 min"
    assert facts["time_zone"] == "America/Chicago"
    later = event("UID:c", "DTSTART:20261127T100000", "ATTENDEE:mailto:ada@lumenfreight.example")
    facts = give(later, "Boston", "1", "1", "", "2", "y")
    assert facts["interviews"][1]["duration"] == "1 h"
    assert facts["interviews"][1]["time_zone"] == "America/New_York"


def test_the_moment_of_a_mail_is_asked_about(give: Give) -> None:
    """Enter takes what the mail names."""
    facts = give(CONFIRMATION, "Lumen Freight", "Data Engineer", "", "", "45 min", "", "y")
    assert facts["interviews"][0]["start"] == "2026-11-18 14:30"
    assert [one["name"] for one in facts["interviews"][0]["people"]] == ["Priya Raman"]


def test_the_round_is_asked_and_enter_takes_the_next(give: Give) -> None:
    """A number that is none is asked again."""
    _new(give, "y")
    facts = give(TEAMS, "nought", "", "y")
    assert [one["round"] for one in facts["interviews"]] == [1, 2]


def test_the_users_own_card_makes_nobody_a_contact(give: Give) -> None:
    """It is refused as what it is; a second address on it counts, too."""
    with pytest.raises(FactsError, match="your own card"):
        give(CARD_40, card=True, own="Tom@Home.example")


def test_whose_card_it_is_is_asked(give: Give) -> None:
    """Somebody met in the latest interview is put there."""
    give(GOOGLE, "Lumen Freight", "Data Engineer", "", "-", "y")
    facts = give(CARD_40.replace(b"Harbor Labs", b"Lumen Freight"), "y", "y", card=True)
    assert [one["name"] for one in facts["interviews"][0]["people"]] == ["Priya Raman", "Tom Okafor"]


def test_an_organiser_who_attends_is_named_once(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    """Calendars list the organiser among those invited."""
    lines = (
        "ORGANIZER;CN=Ada Love:mailto:ada@lumenfreight.example",
        "ATTENDEE;CN=Ada Love:mailto:ADA@lumenfreight.example",
    )
    give(event("UID:a", "DTSTART:20261118T140000Z", "DURATION:PT1H", *lines), "Lumen Freight", "Clerk", "", "y")
    assert "with Ada Love\n" in capsys.readouterr().err


_CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEMAIL:tom.okafor@lumenfreight.example\r\nEND:VCARD\r\n"


def test_a_card_corrects_a_name_that_was_guessed(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    """The name from an address gives way to the one on the card, and it is said."""
    _new(give, "y")
    facts = give(_CARD.format(name="T\u00f3m O'Kafor").encode(), "y", card=True)
    assert [one["name"] for one in facts["interviews"][0]["people"]] == ["Priya Raman", "T\u00f3m O'Kafor"]
    assert "Tom Okafor was a guess from the address; the name is T\u00f3m O'Kafor" in capsys.readouterr().err


def test_a_card_with_another_name_is_told(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that was typed stays, and what the card says instead is told."""
    give(GOOGLE, "Lumen Freight", "Data Engineer", "", "Thomas Okafor", "y")
    facts = give(_CARD.format(name="Tommy Okafor").encode(), "y", card=True)
    assert [one["name"] for one in facts["interviews"][0]["people"]] == ["Priya Raman", "Thomas Okafor"]
    assert (
        "Thomas Okafor: the file has the name Tommy Okafor; your facts keep Thomas Okafor." in capsys.readouterr().err
    )
