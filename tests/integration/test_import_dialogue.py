"""On a terminal, what a file leaves open is asked one thing at a time; nothing is written before a yes."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from invitation_samples import CARD_40, CONFIRMATION, GOOGLE, OWN, TEAMS, change, event

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

    def run(
        content: bytes, *typed: str, own: str = OWN, card: bool = False, name: str = "", **given: str
    ) -> dict[str, Any]:
        slug = given.pop("slug", "lumen-freight")
        settings = {"FOLLOWUP_TIME_ZONE": "America/Chicago", **({"FOLLOWUP_EMAIL": own} if own else {})}
        settings |= {"FOLLOWUP_NAME": name} if name else {}
        workspace = Workspace(load_settings(settings, home), lambda: NOW)
        path = tmp_path / "given"
        path.write_bytes(content)
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
        given.setdefault("format_", "video")
        import_and_show(workspace, (None, [path]) if card else (path, []), given.pop("app", ""), given)
        return tomllib.loads((home / "applications" / f"{slug}.toml").read_text("utf-8"))

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
    facts = give(CONFIRMATION, "Lumen Freight", "Data Engineer", "", "", "", "", "y")
    assert (facts["interviews"][0]["start"], facts["interviews"][0]["duration"]) == ("2026-11-18 14:30", "45 min")
    assert [one["name"] for one in facts["interviews"][0]["people"]] == ["Priya Raman"]


def test_the_round_is_asked_and_enter_takes_the_next(give: Give) -> None:
    """A number that is none is asked again."""
    _new(give, "y")
    facts = give(TEAMS, "nought", "", "y")
    assert [one["round"] for one in facts["interviews"]] == [1, 2]


@pytest.mark.parametrize(("typed", "kept"), [("", 2), ("1", 1), ("3", 3)])
def test_the_round_that_an_invitation_names_is_proposed(
    give: Give, capsys: pytest.CaptureFixture[str], typed: str, kept: int
) -> None:
    """In a new application, too: Enter takes it, and it is shown before it is written."""
    mail = change(CONFIRMATION, ("Subject: Your interview", "Subject: Second interview"))
    facts = give(mail, "Lumen Freight", "Data Engineer", "", "", "", "", typed, "y")
    assert facts["interviews"][0].get("round", 1) == kept
    assert "The invitation says 'Second interview'. Which round is it?" in capsys.readouterr().err


def test_a_round_that_nobody_could_be_asked_about_is_told(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal it stays the first, and the option that says otherwise is named."""
    mail = change(CONFIRMATION, ("Subject: Your interview", "Subject: Final round"))
    told = {"company": "Lumen Freight", "role": "Data Engineer", "start": "2026-11-18 14:30", "yes": "y"}
    assert give(mail, **told)["interviews"][0].get("round", 1) == 1
    assert "The invitation says 'Final round', and 1 is taken: --round 2" in capsys.readouterr().err


_DECIDING = change(CONFIRMATION, ("at 2:30 pm.", "at 2:30 pm. We expect to decide by 4 December."))


@pytest.mark.parametrize(("typed", "day"), [("", "2026-12-04"), ("11 december", "2026-12-11"), ("-", "")])
def test_the_day_by_which_they_decide_is_proposed(
    give: Give, capsys: pytest.CaptureFixture[str], typed: str, day: str
) -> None:
    """With their sentence, which is kept beside it; another day can be typed, or none."""
    facts = give(_DECIDING, "Lumen Freight", "Data Engineer", "", "", "", "", typed, "y")
    said = facts.get("said", {})
    assert str(said.get("decision_by", "")) == day
    assert said.get("quote", "") == ("We expect to decide by 4 December." if day else "")
    assert "By when do they decide? (- for no day) (Enter: 2026-12-04)" in " ".join(capsys.readouterr().err.split())


def test_the_day_comes_into_an_application_that_is_there(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    """It is asked once: a day that the facts have is not asked about again."""
    give(CONFIRMATION, "Lumen Freight", "Data Engineer", "", "", "", "", "y")
    assert str(give(_DECIDING, "", "y")["said"]["decision_by"]) == "2026-12-04"
    capsys.readouterr()
    give(_DECIDING)
    assert "By when do they decide?" not in capsys.readouterr().err


def test_a_day_that_nobody_could_be_asked_about_is_told(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal nothing is taken from their words: the option that keeps the day is named."""
    told = {"company": "Lumen Freight", "role": "Data Engineer", "start": "2026-11-18 14:30", "yes": "y"}
    assert "decision_by" not in give(_DECIDING, **told).get("said", {})
    assert "add --decision-by 2026-12-04" in " ".join(capsys.readouterr().err.split())


_NAMING = change(CONFIRMATION, ("at 2:30 pm.", "at 2:30 pm. You will meet Ana and our chef Luis."))


@pytest.mark.parametrize(
    ("typed", "met"), [(("", ""), {"Ana": "", "Luis": "Chef"}), (("n", "y"), {"Luis": "Chef"}), (("n", "n"), {})]
)
def test_who_is_only_named_is_offered_as_somebody_to_meet(
    give: Give, capsys: pytest.CaptureFixture[str], typed: tuple[str, ...], met: dict[str, str]
) -> None:
    """A yes makes them a person of the interview, a no leaves them out; either way no option has to be typed."""
    facts = give(_NAMING, "Lumen Freight", "Data Engineer", "", "", "", "", *typed, "y")
    people = facts["interviews"][0]["people"]
    assert {one["name"]: one.get("title", "") for one in people if "email" not in one} == met
    said = " ".join(capsys.readouterr().err.split())
    assert "The mail names Luis, Chef. Do you meet them? y or n (Enter: y)" in said
    assert "--person" not in said


def test_who_is_only_named_is_told_where_nobody_can_be_asked(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is met on a guess: the option that adds them is named."""
    told = {"company": "Lumen Freight", "role": "Data Engineer", "start": "2026-11-18 14:30", "yes": "y"}
    assert "Luis" not in str(give(_NAMING, **told))
    assert 'If you meet them, add --person "Luis; Chef".' in " ".join(capsys.readouterr().err.split())


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


def test_the_hour_of_a_mail_is_by_its_clocks(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    """The zone that stands behind it is taken, and said; the user's own is not."""
    mail = change(CONFIRMATION, ("at 2:30 pm", "at 2:30 pm (Oslo time)"))
    facts = give(mail, "Lumen Freight", "Data Engineer", "", "45 min", "", "y")
    assert (facts["time_zone"], facts["interviews"][0]["start"]) == ("Europe/Oslo", "2026-11-18 14:30")
    assert "by the clocks of Europe/Oslo" in capsys.readouterr().err


def test_clocks_that_are_not_plain_are_asked_about(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    """With the words of the mail, and without the user's own zone as the answer of Enter."""
    mail = change(CONFIRMATION, ("at 2:30 pm", "at 2:30 pm CST"))
    facts = give(mail, "Lumen Freight", "Data Engineer", "", "Shanghai", "", "45 min", "", "y")
    assert (facts["time_zone"], facts["interviews"][0]["start"]) == ("Asia/Shanghai", "2026-11-18 14:30")
    shown = " ".join(capsys.readouterr().err.split())
    assert "The mail gives hours by the clocks of 'CST', which is not plain. In which time zone are they?" in shown
    assert "they? (Enter:" not in shown


def test_a_cancelled_interview_does_not_come_back(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    """An older version of its invitation is ignored and said, whenever it is given; a newer one counts."""

    def version(number: int, *lines: str, method: str = "REQUEST") -> bytes:
        given = ("UID:x1", f"SEQUENCE:{number}", "DTSTART:20261118T143000Z", "DTEND:20261118T150000Z", *lines)
        return event(*given, "ATTENDEE;CN=Ada Love:mailto:ada@acme.example", method=method)

    give(version(0), "Lumen Freight", "Data Engineer", "", "y")
    give(version(2, method="CANCEL"), "y")
    facts = give(version(1))
    assert "version 2 cancelled it" in capsys.readouterr().err
    assert not facts.get("interviews")
    give(version(2, method="CANCEL"))
    assert "written down already" in capsys.readouterr().err
    assert len(give(version(3), "y")["interviews"]) == 1


def test_what_was_said_is_asked_for_once_somebody_was_met(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    """Not where the interview is still to come, nor after a cancellation that leaves none."""
    _new(give, "y")
    assert "What was said" not in capsys.readouterr().err
    past = change(GOOGLE, ("20261118T", "20261111T"), ("SEQUENCE:0", "SEQUENCE:1"))
    give(past, "", "y")
    assert "What was said" in capsys.readouterr().err


def test_which_application_it_is_for_may_be_any(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    """Not only one of those that the file suggests; what is none is asked again."""
    _new(give, "y")
    give(GOOGLE.replace(b"6ebn1fq0k3", b"other"), "Atlas", "Analyst", "", "", "y", app="new", slug="atlas")
    give(event("DTSTART:20261211T143000Z", "DTEND:20261211T150000Z", *_ZED), "Zed", "Clerk", "", "y", slug="zed")
    facts = give(CONFIRMATION, "nowhere", "zed", "-", "", "y", slug="zed")
    assert "is no application" in capsys.readouterr().err.casefold()
    assert "robin.vega@lumenfreight.example" in {one["email"] for one in facts["contacts"]}


_ZED = ("UID:z1", "ATTENDEE;CN=Zoe Zed:mailto:zoe@zed.example")


def test_another_company_that_is_named_is_another_application(give: Give) -> None:
    """Somebody of the same name in it does not make a file belong to an application at another company."""
    _new(give, "y")
    namesake = ("UID:n1", "ATTENDEE;CN=Priya Raman:mailto:priya@atlas.example", "DTSTART:20261211T143000Z")
    options = {"company": "Atlas", "role": "Clerk"}
    facts = give(event(*namesake), "", "", "y", slug="atlas", **options)
    assert facts["company"] == "Atlas"
    with pytest.raises(RefusedError, match="--company says Atlas"):
        give(event("UID:n2", *namesake[1:]), app="lumen-freight", company="Atlas")


@pytest.mark.parametrize(
    ("title", "typed", "met"),
    [
        ("Art Director", [], ["Robin Vega", "Priya Raman"]),
        ("Talent Partner", [], ["Priya Raman"]),
        ("", ["y"], ["Robin Vega", "Priya Raman"]),
        ("", ["n"], ["Priya Raman"]),
    ],
)
def test_who_wrote_is_met_unless_they_only_arrange_it(give: Give, title: str, typed: list[str], met: list[str]) -> None:
    """A title tells; where there is none, it is asked."""
    mail = change(CONFIRMATION, ("Talent Partner | Lumen Freight", title or "www.lumenfreight.example"))
    facts = give(mail, "Lumen Freight", "Data Engineer", "", "", "", "", *typed, "y")
    assert [one["name"] for one in facts["interviews"][0]["people"]] == met


def test_who_is_known_to_arrange_interviews_is_not_met(give: Give) -> None:
    """By the facts, although they are in copy."""
    give(CONFIRMATION, "Lumen Freight", "Data Engineer", "", "-", "", "y")
    other = change(
        CONFIRMATION, ("Robin Vega", "Tom Okafor"), ("robin.vega@", "tom.okafor@"), ("priya.raman@", "robin.vega@")
    )
    facts = give(change(other, ("Talent Partner", "Data Lead")), "", "", "y")
    assert [one["name"] for one in facts["interviews"][0]["people"]] == ["Tom Okafor"]


def test_how_they_meet_is_asked_where_it_is_not_plain(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    """And the place that the invitation names is kept in the notes."""
    there = event("UID:p1", "DTSTART:20261211T143000Z", "DTEND:20261211T150000Z", "LOCATION:Lumen Freight", _ADA)
    facts = give(there, "Lumen Freight", "Clerk", "", "", "y", format_="")
    assert (
        "How do you meet: video, phone or onsite? The place is 'Lumen Freight'. (Enter: onsite)"
        in capsys.readouterr().err
    )
    assert facts["interviews"][0]["format"] == "onsite"
    assert "Where: Lumen Freight" in facts["notes"]


_ADA = "ATTENDEE;CN=Ada Love:mailto:ada@acme.example"


def test_a_mail_says_how_they_meet(give: Give) -> None:
    """Where it plainly says so, nobody is asked."""
    mail = change(CONFIRMATION, ("at 2:30 pm", "at 2:30 pm at our offices, 4 High Street"))
    facts = give(mail, "Lumen Freight", "Data Engineer", "", "", "", "", "y", format_="")
    assert facts["interviews"][0]["format"] == "onsite"


_TALK = ("UID:s9", "DTSTART:20261118T143000Z", "DTEND:20261118T150000Z", "DESCRIPTION:Bring a laptop.", _ADA)


def test_the_notes_follow_an_interview_that_moves_or_is_cancelled(give: Give) -> None:
    """Nothing is headed by a day on which nothing takes place."""
    give(event(*_TALK), "Lumen Freight", "Clerk", "", "y")
    moved = event(*(line.replace("20261118", "20261119") for line in _TALK), "SEQUENCE:1")
    assert give(moved, "y")["notes"].startswith("Invitation for Thu 19 Nov")
    cancelled = event(*_TALK, "SEQUENCE:2", method="CANCEL")
    assert give(cancelled, "y")["notes"].startswith("Invitation for Thu 19 Nov 2026, which was cancelled:")


def test_what_the_organiser_wrote_comes_along_with_a_later_invitation(give: Give) -> None:
    """Where the interview was typed, or taken from a mail, before."""
    give(event(*_TALK[1:3], _ADA), "Lumen Freight", "Clerk", "", "y")
    assert "Bring a laptop." in give(event(*_TALK), "y")["notes"]


def test_a_series_that_is_cancelled_takes_its_interviews_out(give: Give) -> None:
    """Although each was taken by its place in the series; an older one does not come back."""
    one = event(*_TALK, "RECURRENCE-ID:20261118T143000Z", "SEQUENCE:3")
    give(one, "Lumen Freight", "Clerk", "", "y")
    assert not give(event(*_TALK, "SEQUENCE:4", method="CANCEL"), "y").get("interviews")
    assert not give(one).get("interviews")


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
