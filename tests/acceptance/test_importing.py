"""Files that somebody was sent become facts: shown first, written in one piece, kept up to date."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from desk import Desk
from invitation_samples import (
    APPLE,
    CARD_21,
    CARD_30,
    CARD_40,
    CONFIRMATION,
    FORWARDED,
    GOOGLE,
    OUTLOOK,
    OWN,
    TEAMS,
    change,
    event,
    mail_with_calendar,
)

LUMEN = ("--company", "Lumen Freight", "--role", "Data Engineer", "--zone", "America/Chicago")


@pytest.fixture
def invited(desk: Desk) -> Desk:
    """Somebody who gets invitations at a private address."""
    desk.environment["FOLLOWUP_EMAIL"] = OWN
    return desk


def _give(desk: Desk, content: bytes, name: str = "invite.ics") -> Path:
    path = desk.folder / name
    path.write_bytes(content)
    return path


def _add(desk: Desk, content: bytes, *options: str) -> Any:
    return desk.json("add", *options, "--from", str(_give(desk, content)), "--yes")


def _facts(desk: Desk, slug: str = "lumen-freight") -> dict[str, Any]:
    return tomllib.loads((desk.home / "applications" / f"{slug}.toml").read_text("utf-8"))


def test_an_invitation_becomes_an_application(invited: Desk) -> None:
    """Moment, people, organiser and identity; the user, the room and the conference are left out."""
    done = _add(invited, GOOGLE, *LUMEN)
    assert (done["application"], done["written"], done["is_new"]) == ("lumen-freight", True, True)
    facts = _facts(invited)
    [interview] = facts["interviews"]
    assert (interview["start"], interview["duration"], interview["format"]) == ("2026-11-18 14:30", "45 min", "video")
    assert (interview["invitation"], interview["invitation_sequence"]) == ("6ebn1fq0k3@google.com", 0)
    assert [one["name"] for one in interview["people"]] == ["Priya Raman", "Tom Okafor"]
    assert [(one["name"], one["role"]) for one in facts["contacts"]] == [("Robin Vega", "coordinator")]
    assert facts["notes"].endswith("You will talk about the pipeline.\nPlease bring a laptop.")
    assert "meet.google.com" not in str(facts)
    assert any("Tom Okafor" in sentence for sentence in done["told"])


def test_nothing_is_written_unless_somebody_agrees(invited: Desk) -> None:
    """Without a terminal and without --yes it is shown, and refused."""
    done = invited.run("add", "--from", str(_give(invited, GOOGLE)), *LUMEN)
    assert done.returncode == 8
    assert '+ name = "Priya Raman"' in done.stdout
    assert "--yes" in done.stderr
    assert not (invited.home / "applications").exists()


def test_a_script_is_told_everything_that_is_missing(invited: Desk) -> None:
    """With what was guessed, which is not taken: the company of the people's domain, the user's own zone."""
    done = invited.run("add", "--from", str(_give(invited, event("DTSTART:20261118T143000", "UID:a"))), "--yes")
    assert done.returncode == 2
    assert all(option in done.stderr for option in ("--company", "--role", "--zone"))
    done = invited.run("add", "--from", str(_give(invited, GOOGLE)), "--yes")
    assert "Perhaps Lumenfreight" in done.stderr


def test_options_that_cannot_be_read_are_said_all_at_once(invited: Desk) -> None:
    """Each with what is wrong; nothing is written."""
    day = _give(invited, event("UID:a", "DTSTART;VALUE=DATE:20261118", "ATTENDEE;CN=Ada Love:mailto:ada@x.example"))
    wrong = ("--zone", "Nowhere", "--start", "noonish", "--duration", "soon", "--person", "@")
    done = invited.run("add", "--from", str(day), "--company", "Acme", "--role", "Clerk", *wrong, "--yes")
    assert done.returncode == 2
    assert all(f"{option}: " in done.stderr for option in wrong[::2])
    assert not (invited.home / "applications").exists()


def test_whoever_the_user_may_be_is_not_thanked(stranger: Desk) -> None:
    """While no own address is set, an address that anybody can have is asked about."""
    done = stranger.run("add", "--from", str(_give(stranger, GOOGLE)), *LUMEN, "--yes")
    assert done.returncode == 2
    assert "FOLLOWUP_EMAIL is missing" in done.stderr


def test_the_organiser_is_met_where_nobody_else_is(invited: Desk) -> None:
    """A manager who invites to a conversation of two is no coordinator."""
    _add(invited, TEAMS, *LUMEN)
    facts = _facts(invited)
    assert [one["name"] for one in facts["interviews"][0]["people"]] == ["Priya Raman"]
    assert "contacts" not in facts


def test_a_second_invitation_goes_where_it_belongs(invited: Desk) -> None:
    """Known by its people; which round it is has to be said, and the user's remarks stay."""
    _add(invited, GOOGLE, *LUMEN)
    path = invited.home / "applications" / "lumen-freight.toml"
    path.write_text(path.read_text("utf-8").replace("[said]", "# mine\n[said]"), "utf-8")
    refused = invited.run("add", "--from", str(_give(invited, TEAMS)), "--yes")
    assert refused.returncode == 2
    assert "--round 1 or --round 2" in refused.stderr
    done = _add(invited, TEAMS, "--round", "2")
    assert not done["is_new"]
    first, second = _facts(invited)["interviews"]
    assert (first["round"], second["round"], second["start"]) == (1, 2, "2026-11-24 10:00")
    assert [one["name"] for one in second["people"]] == ["Priya Raman"]
    assert "# mine\n" in path.read_text("utf-8")


def test_an_update_moves_the_interview_and_an_older_one_does_not(invited: Desk) -> None:
    """By identity and version; what was noted about people stays, and new people come along."""
    _add(invited, GOOGLE, *LUMEN, "--discussed", "priya: the pipeline")
    moved = change(GOOGLE, ("20261118", "20261119"), ("SEQUENCE:0", "SEQUENCE:2"))
    more = change(moved, ("X-GOOGLE", "ATTENDEE;CN=Elena Petrova:mailto:elena@lumenfreight.example\r\nX-GOOGLE"))
    done = _add(invited, more)
    assert any("moves from Wed 18 Nov" in sentence for sentence in done["told"])
    [interview] = _facts(invited)["interviews"]
    assert (interview["start"], interview["invitation_sequence"]) == ("2026-11-19 14:30", 2)
    assert [one["name"] for one in interview["people"]] == ["Priya Raman", "Tom Okafor", "Elena Petrova"]
    assert interview["people"][0]["discussed"] == ["the pipeline"]
    before = _facts(invited)
    old = _add(invited, GOOGLE)
    assert not old["written"]
    assert any("Ignored" in sentence for sentence in old["told"])
    assert _facts(invited) == before


def test_the_same_file_twice_changes_nothing(invited: Desk) -> None:
    """Each maker's."""
    for number, content in enumerate((GOOGLE, OUTLOOK, APPLE)):
        _add(invited, content, f"app-{number}", *LUMEN)
        assert not _add(invited, content, f"app-{number}")["written"]


def test_a_cancellation_takes_the_interview_out(invited: Desk) -> None:
    """Given again, it changes nothing; one that no interview has says so."""
    _add(invited, GOOGLE, *LUMEN)
    cancelled = change(GOOGLE, ("METHOD:REQUEST", "METHOD:CANCEL"), ("SEQUENCE:0", "SEQUENCE:1"))
    assert any("was cancelled" in sentence for sentence in _add(invited, cancelled)["told"])
    assert "interviews" not in _facts(invited)
    assert not _add(invited, cancelled)["written"]
    other = change(cancelled, ("6ebn1fq0k3", "7fco2gr1l4"))
    unknown = invited.run("add", "lumen-freight", "--from", str(_give(invited, other)), "--yes")
    assert unknown.returncode == 9
    assert "no interview of lumen-freight" in unknown.stderr


def test_a_cancellation_waits_for_queued_mails(invited: Desk) -> None:
    """While a mail about the interview is queued, it stays, and the command to type is said."""
    held = change(GOOGLE, ("20261118", f"{datetime.now(UTC) - timedelta(days=2):%Y%m%d}"))
    _add(invited, held, *LUMEN, "--discussed", "priya: the move from nightly batches to streaming")
    invited.say("queue", "lumen-freight", "thank_you", "--to", "priya", "--at", "in 2 days 11:00")
    invited.say("queue", "lumen-freight", "thank_you", "--to", "tom", "--at", "in 2 days 12:00", "--ignore", "FM3")
    cancelled = change(held, ("METHOD:REQUEST", "METHOD:CANCEL"), ("SEQUENCE:0", "SEQUENCE:1"))
    done = invited.run("add", "--from", str(_give(invited, cancelled)), "--yes")
    assert done.returncode == 8
    assert "followup-mail outbox cancel 1 and followup-mail outbox cancel 2" in " ".join(done.stderr.split())
    assert len(_facts(invited)["interviews"]) == 1


def test_an_interview_typed_by_hand_is_known_by_its_moment(invited: Desk) -> None:
    """Its invitation is added to it instead of a second interview."""
    invited.say("add", *LUMEN, "--start", "2026-11-18 14:30", "--duration", "45 min", "--person", "Priya Raman")
    _add(invited, GOOGLE, "lumen-freight")
    [interview] = _facts(invited)["interviews"]
    assert interview["invitation"] == "6ebn1fq0k3@google.com"
    assert [one["name"] for one in interview["people"]] == ["Priya Raman", "Tom Okafor"]


def test_an_invitation_is_not_put_into_two_applications(invited: Desk) -> None:
    """Naming another application than the one that has it is refused."""
    _add(invited, GOOGLE, *LUMEN)
    invited.say("add", "other", "--company", "Other", "--role", "Clerk")
    done = invited.run("add", "other", "--from", str(_give(invited, GOOGLE)), "--yes")
    assert done.returncode == 8
    assert "lumen-freight already" in done.stderr


def test_cards_complete_who_is_there_and_add_who_is_not(invited: Desk) -> None:
    """Nothing is written over, and a card of another company is pointed out."""
    _add(invited, GOOGLE, *LUMEN)
    cards = [
        option
        for number, card in enumerate((CARD_21, CARD_30, CARD_40))
        for option in ("--card", str(_give(invited, card, f"{number}.vcf")))
    ]
    done = invited.json("add", *cards, "--yes")
    facts = _facts(invited)
    assert [one.get("title") for one in facts["interviews"][0]["people"]] == ["Head of Data", "Staff Engineer"]
    assert facts["contacts"][-1]["name"] == "Dr. Jürgen Müller"
    assert any("Harbor Labs, not Lumen Freight" in sentence for sentence in done["told"])


def test_a_card_with_a_title_completes_who_is_there(invited: Desk) -> None:
    """ "Eng. Ada B. Love" on a card is Ada Love of the invitation, and nobody new."""
    _add(invited, event(*START, "ATTENDEE;CN=Ada Love:mailto:ada@lumenfreight.example"), *LUMEN)
    card = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Eng. Ada B. Love\r\nTITLE:Head of Works\r\nEND:VCARD\r\n"
    invited.say("add", "lumen-freight", "--card", str(_give(invited, card, "ada.vcf")), "--yes")
    facts = _facts(invited)
    assert [(one["name"], one["title"]) for one in facts["interviews"][0]["people"]] == [("Ada Love", "Head of Works")]
    assert not facts.get("contacts")


def test_a_card_goes_with_an_invitation(invited: Desk) -> None:
    """The card names whom the invitation does not."""
    card = _give(invited, CARD_40, "tom.vcf")
    _add(invited, GOOGLE, *LUMEN, "--card", str(card))
    tom = _facts(invited)["interviews"][0]["people"][1]
    assert (tom["name"], tom["title"]) == ("Tom Okafor", "Staff Engineer")


def test_a_mail_makes_contacts_and_only_proposes_a_moment(invited: Desk) -> None:
    """What a text names is no interview before somebody says so."""
    done = _add(invited, CONFIRMATION, *LUMEN)
    facts = _facts(invited)
    assert "interviews" not in facts
    assert [one["name"] for one in facts["contacts"]] == ["Robin Vega", "Priya Raman"]
    assert any('--start "2026-11-18 14:30"' in sentence for sentence in done["told"])


def test_a_moment_that_is_said_makes_an_interview(invited: Desk) -> None:
    """Who wrote is the coordinator then, and who is in copy was met."""
    _add(invited, FORWARDED, *LUMEN, "--start", "2026-11-18 14:30", "--duration", "45 min")
    facts = _facts(invited)
    assert [one["name"] for one in facts["interviews"][0]["people"]] == ["Priya Raman"]
    assert [(one["name"], one["title"]) for one in facts["contacts"]] == [("Robin Vega", "Talent Partner")]


def test_a_mail_with_a_calendar_inside_is_an_invitation(invited: Desk) -> None:
    """The signature completes the organiser."""
    _add(invited, mail_with_calendar(OUTLOOK), "--company", "Lumen Freight", "--role", "Data Engineer")
    facts = _facts(invited)
    assert facts["interviews"][0]["start"] == "2026-11-18 14:30"
    assert facts["time_zone"] == "Europe/Berlin"
    assert facts["contacts"][0]["title"] == "Recruiting Coordinator"


def test_where_it_belongs_is_asked_when_several_fit(invited: Desk) -> None:
    """Two applications at one company: a script names one, or "new"."""
    for slug in ("first", "second"):
        invited.say("add", slug, *LUMEN, "--person", "Elena Petrova <elena@lumenfreight.example>")
    done = invited.run("add", "--from", str(_give(invited, GOOGLE)), "--yes")
    assert done.returncode == 2
    assert "first, second or new" in done.stderr
    assert _add(invited, GOOGLE, "second")["application"] == "second"
    assert _add(invited, TEAMS, "new", *LUMEN)["is_new"]


def test_an_application_that_has_ended_is_left_alone(invited: Desk) -> None:
    """A second application at the same company is another one; a file with mistakes is pointed out."""
    invited.say("add", "first", *LUMEN, "--person", "Elena Petrova <elena@lumenfreight.example>")
    invited.say("outcome", "first", "withdrawn")
    (invited.home / "applications" / "spoilt.toml").write_text("company =", "utf-8")
    done = _add(invited, GOOGLE, *LUMEN)
    assert done["application"] == "lumen-freight"
    assert any("spoilt.toml cannot be told" in sentence for sentence in done["told"])


def test_an_archived_application_is_left_alone(invited: Desk) -> None:
    """What somebody put away takes no invitation in by itself."""
    invited.say("add", "first", *LUMEN, "--person", "Elena Petrova <elena@lumenfreight.example>")
    invited.say("archive", "first")
    assert _add(invited, GOOGLE, *LUMEN[:2], "--role", "Analyst", *LUMEN[4:])["application"] == "lumen-freight"


def test_two_people_of_one_name_are_told_without_a_file(invited: Desk) -> None:
    """The facts file is not there yet, so what is wrong is said without it."""
    twins = GOOGLE.replace(b"Priya Raman", b"Tom Okafor").replace(b"CN=Tom;", b"CN=Tom Okafor;")
    done = invited.run(
        "add", "--from", str(_give(invited, twins)), *LUMEN, "--person", "Tom Okafor <t@b.example>", "--yes"
    )
    assert done.returncode == 2
    assert "Tom Okafor" in done.stderr
    assert ".toml" not in done.stderr


def test_cards_alone_begin_an_application(invited: Desk) -> None:
    """Who is on them becomes a contact."""
    card = str(_give(invited, CARD_30, "priya.vcf"))
    invited.say("add", "--card", card, "--company", "Lumen Freight", "--role", "Data Engineer", "--yes")
    assert [one["name"] for one in _facts(invited)["contacts"]] == ["Priya Raman"]


def test_options_for_a_new_application_do_not_change_an_old_one(invited: Desk) -> None:
    """They are refused, all at once, and nothing is written."""
    _add(invited, GOOGLE, *LUMEN)
    before = _facts(invited)
    done = invited.run(
        "add", "--from", str(_give(invited, TEAMS)), "--round", "2", "--yes", "--role", "x", "--fit", "y"
    )
    assert done.returncode == 2
    assert "--role" in done.stderr
    assert "--fit" in done.stderr
    assert _facts(invited) == before


def test_a_file_with_mistakes_is_not_changed(invited: Desk) -> None:
    """What is wrong with it is said, and it stays."""
    _add(invited, GOOGLE, *LUMEN)
    path = invited.home / "applications" / "lumen-freight.toml"
    path.write_text(path.read_text("utf-8") + "\nodd = 1\n", "utf-8")
    before = path.read_bytes()
    done = invited.run("add", "lumen-freight", "--from", str(_give(invited, TEAMS)), "--round", "2", "--yes")
    assert done.returncode == 3
    assert path.read_bytes() == before


START = ("DTSTART:20261118T143000Z", "DTEND:20261118T151500Z", "UID:team@x")


def test_the_mailbox_of_a_team_is_nobody_to_thank(invited: Desk) -> None:
    """A team among the guests is left out and said; the invitation is taken all the same, and no option is blamed."""
    team = "ATTENDEE;CN=Talent Acquisition Team:mailto:talent@lumenfreight.example"
    done = _add(invited, event(*START, team, "ATTENDEE;CN=Ada Love:mailto:ada@lumenfreight.example"), *LUMEN)
    assert [one["name"] for one in _facts(invited)["interviews"][0]["people"]] == ["Ada Love"]
    assert any("Talent Acquisition Team" in sentence and "Left out" in sentence for sentence in done["told"])


def test_a_person_whose_name_holds_a_title_is_taken_from_an_invitation(invited: Desk) -> None:
    """Only what was typed as a person is looked at for a title in the wrong place."""
    _add(invited, event(*START, "ATTENDEE;CN=Dean Martin Cole:mailto:dean@lumenfreight.example"), *LUMEN)
    assert [one["name"] for one in _facts(invited)["interviews"][0]["people"]] == ["Dean Martin Cole"]
