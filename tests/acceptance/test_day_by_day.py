"""Deciding about applications at the command line: what is said, what is asked, and what a script gets."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from desk import Desk

from followup_mail.services.health.doctor import LOOKS


def test_a_pause_and_its_end_are_said(interviewed: Desk) -> None:
    """Somebody pauses everything, finds it in the list and in the plan, cannot send, and goes on."""
    assert "lumen is paused" not in interviewed.say("plan", "lumen")
    assert "1 application is paused: nothing is sent or proposed." in interviewed.say("pause", "--all")
    assert "paused" in interviewed.say("list")
    assert "`followup-mail resume lumen` goes on with it" in interviewed.say("plan", "lumen")
    refused = interviewed.run("queue", "lumen", "thank_you", "--to", "tom", "--ours")
    assert refused.returncode == 8
    assert "followup-mail resume lumen" in refused.stderr
    assert interviewed.json("today")["hidden"] == {"lumen": "paused"}
    assert "lumen goes on." in interviewed.say("resume", "--all")
    assert "No application is paused." in interviewed.say("resume", "--all")


def test_a_queued_mail_is_not_cancelled_without_a_yes(interviewed: Desk) -> None:
    """Without a terminal, `skip` and `archive` change nothing as long as a mail is queued, and say what to add."""
    interviewed.say("queue", "lumen", "thank_you", "--to", "tom", "--ours")
    for command in (("skip", "lumen", "thank_you", "--to", "tom"), ("archive", "lumen")):
        refused = interviewed.run(*command)
        assert refused.returncode == 8
        assert "--yes" in refused.stderr
    assert interviewed.json("outbox", "list")[0]["state"] == "queued"
    done = interviewed.json("skip", "lumen", "thank_you", "--to", "tom", "--yes")
    assert (done["skipped"]["person"], done["cancelled"]) == ("Tom Okafor", 1)
    assert interviewed.json("outbox", "list") == []
    states = {step["person"]: step["state"] for step in interviewed.json("plan", "lumen")["steps"]}
    assert states["Tom Okafor"] == "skipped"
    interviewed.say("skip", "lumen", "thank_you", "--undo")
    assert "skipped" not in interviewed.say("plan", "lumen")


def test_an_archived_application_is_found_when_asked_for(interviewed: Desk) -> None:
    """It leaves `list` and `today`, and the way to it is said."""
    interviewed.say("archive", "lumen")
    assert "Every application is archived" in interviewed.say("list")
    assert "lumen" in interviewed.say("list", "archived")
    missing = interviewed.run("list", "streaming")
    assert "1 that fits is archived: followup-mail list streaming --all" in missing.stderr
    (found,) = interviewed.json("list", "streaming", "--all")["applications"]
    assert found["matched"] == ["discussed with Dr. Priya Raman: the move from nightly batches to streaming"]
    assert "Nothing is due today." in interviewed.say("today")
    interviewed.say("archive", "lumen", "--undo")
    assert "lumen" in interviewed.say("list")


def test_what_is_not_found_is_said_with_what_there_is(interviewed: Desk) -> None:
    """One sentence, the applications that there are, and the words that can be asked."""
    done = interviewed.run("list", "cobol")
    assert done.returncode == 0
    assert done.stdout == "No application has to do with 'cobol'.\n"
    assert "There is 1 application: lumen." in done.stderr
    assert "archived" in done.stderr


def test_notes_are_kept_and_shown(interviewed: Desk) -> None:
    """A note gets its day, is found by a search, and stands in no mail."""
    interviewed.say("note", "lumen", "Priya is on leave until the 30th")
    interviewed.say("note", "lumen", "call the café back")
    lines = interviewed.say("note", "lumen").splitlines()
    assert [line.partition(": ")[2] for line in lines] == ["Priya is on leave until the 30th", "call the café back"]
    assert "your notes: " in interviewed.say("list", "CAFE")
    assert "on leave" not in interviewed.say("preview", "lumen", "thank_you", "--ours")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("pause",), "Name an application, or --all."),
        (("pause", "lumen", "--all"), "Name an application, or --all."),
        (("resume",), "Name an application, or --all."),
        (("archive",), "Name an application, or --ended."),
        (("snooze", "lumen"), "Name a day, or --undo."),
        (("snooze", "lumen", "yesterday"), "The day: 'yesterday' has passed"),
        (("pause", "lumen", "--until", "2020-01-01"), "has passed"),
        (("skip", "lumen", "thank_you", "--undo"), "No thank-you of lumen was skipped."),
        (("skip", "lumen", "thank_you"), "each is a step of its own"),
        (("archive", "lumen", "--undo"), "The application lumen is not archived."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(interviewed: Desk, command: tuple[str, ...], said: str) -> None:
    """Nothing is changed, there is no traceback, and the next line says what to type."""
    before = (interviewed.home / "applications" / "lumen.toml").read_bytes()
    done = interviewed.run(*command)
    assert done.returncode in {2, 8}
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert (interviewed.home / "applications" / "lumen.toml").read_bytes() == before


def test_scripts_get_what_doctor_says(desk: Desk) -> None:
    """The same facts as in the text, with stable words for the marks, and the same exit code."""
    text = desk.run("doctor")
    done = desk.json("doctor")
    assert done["ok"] == (text.returncode == 0)
    assert [check["what"] for check in done["checks"]] == [look.what for look in LOOKS]
    assert {check["severity"] for check in done["checks"]} <= {"ok", "warning", "fault"}
    assert {check["state"] for check in done["checks"]} <= {"ok", "doubtful", "not ok"}
    for check in done["checks"]:
        assert f"{check['what']}: {check['said']}" in text.stdout
    broken = desk.run("doctor", "--json", FOLLOWUP_EMAIL="")
    assert broken.returncode == 1
    assert '"ok": false' in broken.stdout


def test_scripts_get_what_a_calendar_holds(interviewed: Desk) -> None:
    """The events of the file, each with its UID."""
    saved = interviewed.json("calendar", "lumen", "plan.ics")
    written = (interviewed.folder / "plan.ics").read_text("utf-8").replace("\n ", "")
    assert saved["count"] == len(saved["events"]) == written.count("BEGIN:VEVENT")
    assert all(f"UID:{event['uid']}" in written for event in saved["events"])
    assert {event["application"] for event in saved["events"]} == {"lumen"}


def test_a_mail_that_leaves_on_a_sunday_is_told(interviewed: Desk) -> None:
    """Who names a day is told that nobody works then, and only then."""
    today = datetime.now(ZoneInfo("America/Chicago")).date()
    sunday = today + timedelta(days=13 - today.weekday())
    told = interviewed.run("queue", "lumen", "thank_you", "--to", "tom", "--at", f"{sunday} 9:00")
    assert f"#1 leaves on Sun {sunday.day} {sunday:%b}: that is the weekend where Tom Okafor is." in told.stderr
    told = interviewed.run("queue", "lumen", "thank_you", "--to", "priya")
    assert "the weekend" not in told.stderr


def test_a_search_for_a_picture_finds_nothing(interviewed: Desk) -> None:
    """A word without a letter or a digit is no reason to list everything."""
    assert "No application has to do with" in interviewed.say("list", "\N{SLIGHTLY SMILING FACE}")


@pytest.mark.parametrize(
    ("typed", "does"),
    [("redo", "undo --redo"), ("search", "list WORD"), ("rename", "change APP --rename"), ("delete", "forget APP")],
)
def test_a_word_that_is_no_command_leads_to_the_one_that_does_it(desk: Desk, typed: str, does: str) -> None:
    """Not the command with the most letters in common, but the one that does what was meant."""
    refused = desk.run(typed, "lumen")
    assert refused.returncode == 2
    assert f"followup-mail {does}" in refused.stderr


def test_the_length_of_a_new_interview_is_assumed_and_said(interviewed: Desk) -> None:
    """`change --start` alone takes the usual length and names it; `--help` says so too."""
    changed = interviewed.run("change", "lumen", "--start", "2026-12-02 10:00")
    assert (changed.returncode, "45 min is assumed" in changed.stderr) == (0, True)
    assert "else 45 min." in " ".join(interviewed.say("change", "--help").split())
