"""A calendar made from facts on disk, again and again, as a user does over the weeks of a search."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unicodedata import normalize

import icalendar
import pytest
import vobject
from calendar_samples import HOSTILE, read_lines, read_texts
from changing import replace

from followup_mail.cadence.step import Kind, StepId, Touch
from followup_mail.errors import FactsFileError, FollowupError, NotFoundError, RefusedError
from followup_mail.facts.application import Channel, Status
from followup_mail.incoming.reply import read_received
from followup_mail.services.answers.record_outcome import record_outcome
from followup_mail.services.context.request import Request
from followup_mail.services.overview.calendars import LEDGER_NAME, forget_calendar, make_calendar, save_calendar
from followup_mail.services.overview.demo import AFTER_THE_INTERVIEW, DAY_AFTER, FACTS, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.enqueue import enqueue_planned
from followup_mail.workspace import Workspace

CALLS = FACTS.replace('channel = "email"', "").replace(
    'role = "hiring manager"',
    'role = "hiring manager"\nphone = "+1 312 555 0199"\npostal_address = ["1 Main St", "Chicago"]',
)
CALLS = 'cadence = "weekly-calls"\n' + CALLS


@pytest.fixture
def clock() -> Clock:
    return Clock(AFTER_THE_INTERVIEW)


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    workspace = make_demo_workspace(tmp_path / "home", clock)
    yield workspace
    if workspace.has_store:
        workspace.store.close()


def events(content: bytes) -> dict[str, icalendar.Event]:
    """The events of a file by title, after vobject accepted it too and agrees on what is in it."""
    theirs = vobject.readOne(content.decode())
    theirs.validate(raiseException=True)
    found = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert [one.uid.value for one in theirs.vevent_list] == [one["UID"] for one in found]
    assert [one.dtstart.value for one in theirs.vevent_list] == [one.decoded("DTSTART") for one in found]
    titles = read_texts(content, "SUMMARY")
    return dict(zip(titles, found, strict=True))


def numbers(content: bytes) -> dict[str, tuple[int, str]]:
    """SEQUENCE and STATUS by UID."""
    found = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {str(one["UID"]): (one["SEQUENCE"], str(one["STATUS"])) for one in found}


def without_stamps(content: bytes) -> list[tuple[str, str]]:
    """Everything but DTSTAMP."""
    return [line for line in read_lines(content) if line[0] != "DTSTAMP"]


def test_the_sample_becomes_a_calendar(workspace: Workspace) -> None:
    """One event for the interview and one for each step of the plan, at their moments in UTC."""
    content, count = make_calendar(workspace, SLUG)
    found = events(content)
    assert count == len(found) == 6
    assert {title: f"{one.decoded('DTSTART'):%d %b %H:%M}" for title, one in found.items()} == {
        "Interview (round 1): Data Engineer at Lumen Freight": "18 Nov 20:00",
        "Mail to Dr. Priya Raman (Lumen Freight): thank-you": "19 Nov 14:30",
        "Mail to Tom Okafor (Lumen Freight): thank-you": "19 Nov 14:34",
        "Mail to Elena Petrova (Lumen Freight): thank-you": "19 Nov 14:38",
        "Mail to Dr. Priya Raman (Lumen Freight): second note": "25 Nov 20:45",
        "Mail to Dr. Priya Raman (Lumen Freight): status inquiry": "09 Dec 20:45",
    }
    assert content.count(b"DTSTART:") == content.count(b"Z\r\nDTEND:") == count


def test_a_second_export_says_nothing_new(workspace: Workspace, clock: Clock) -> None:
    """An hour later the bytes are the same but for DTSTAMP, and the ledger is not even touched."""
    first, _ = make_calendar(workspace, "")
    before = _as_written(workspace.home / LEDGER_NAME)
    clock.shows += timedelta(hours=1)
    second, _ = make_calendar(workspace, "")
    assert first != second
    assert without_stamps(first) == without_stamps(second)
    assert _as_written(workspace.home / LEDGER_NAME) == before


def _as_written(path: Path) -> tuple[int, ...]:
    """Return what a file is known by, except when it was last read."""
    stat = path.stat()
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def test_a_change_of_facts_raises_the_number_of_what_changed_alone(workspace: Workspace, clock: Clock) -> None:
    """A decision date moves two steps: they get the next number, once; everything else keeps its own."""
    first = numbers(make_calendar(workspace, SLUG)[0])
    clock.shows += timedelta(minutes=5)
    workspace.facts.change(SLUG, {"said": {"decision_by": date(2026, 12, 4)}})
    content, _ = make_calendar(workspace, SLUG)
    second = numbers(content)
    assert first.keys() == second.keys()
    assert sorted(number for number, _ in second.values()) == [0, 0, 0, 0, 1, 1]
    changed = next(one for one in events(content).values() if one["SEQUENCE"] == 1)
    assert changed.decoded("LAST-MODIFIED") == clock.shows.astimezone(UTC)
    assert changed.decoded("CREATED") == AFTER_THE_INTERVIEW.astimezone(UTC)
    assert numbers(make_calendar(workspace, SLUG)[0]) == second


def test_a_rejection_calls_off_what_was_planned(workspace: Workspace, clock: Clock) -> None:
    """After a rejection the open steps are cancelled, the answer to it appears, the interview stays."""
    first = events(make_calendar(workspace, SLUG)[0])
    clock.shows = DAY_AFTER
    record_outcome(workspace, SLUG, Status.REJECTED, None, read_received(workspace.home / "their-answer.eml"))
    content, _ = make_calendar(workspace, SLUG)
    found = events(content)
    status = {title: str(one["STATUS"]) for title, one in found.items()}
    assert status["Called off: Mail to Dr. Priya Raman (Lumen Freight): second note"] == "CANCELLED"
    assert status["Called off: Mail to Dr. Priya Raman (Lumen Freight): status inquiry"] == "CANCELLED"
    assert status["Interview (round 1): Data Engineer at Lumen Freight"] == "CONFIRMED"
    (answer,) = [title for title in status if title.endswith("answer to the rejection")]
    assert status[answer] in {"TENTATIVE", "CONFIRMED"}
    note = "Mail to Dr. Priya Raman (Lumen Freight): second note"
    assert found[f"Called off: {note}"]["UID"] == first[note]["UID"]
    assert found[f"Called off: {note}"]["SEQUENCE"] == first[note]["SEQUENCE"] + 1
    assert found[f"Called off: {note}"]["DESCRIPTION"] == "Not to be done any more: they said no on Mon 23 Nov."
    assert not found[f"Called off: {note}"].walk("VALARM")


def test_a_person_taken_out_of_the_facts_is_called_off(workspace: Workspace) -> None:
    """A step that has gone from the plan is cancelled at its old time under its old UID."""
    make_calendar(workspace, SLUG)
    elena = workspace.facts.text(SLUG).index('[[interviews.people]]\nname = "Elena')
    workspace.facts.replace(SLUG, workspace.facts.text(SLUG)[:elena])
    found = events(make_calendar(workspace, SLUG)[0])
    gone = found["Called off: Mail to Elena Petrova (Lumen Freight): thank-you"]
    assert (str(gone["STATUS"]), gone["SEQUENCE"]) == ("CANCELLED", 1)
    assert f"{gone.decoded('DTSTART'):%d %b %H:%M}" == "19 Nov 14:38"


def test_what_is_done_is_shown_as_done(workspace: Workspace, clock: Clock) -> None:
    """A mail that was sent stands at its moment, takes no time and rings no bell."""
    make_calendar(workspace, SLUG)
    clock.shows = AFTER_THE_INTERVIEW + timedelta(days=1)
    step = StepId(SLUG, Kind.THANK_YOU, 1, "tom-okafor")
    workspace.store.log_touch(Touch(step, Channel.EMAIL, clock.shows - timedelta(hours=2)))
    done = events(make_calendar(workspace, SLUG)[0])["Done: Mail to Tom Okafor (Lumen Freight): thank-you"]
    assert done.decoded("DTSTART") == (clock.shows - timedelta(hours=2)).astimezone(UTC)
    assert (str(done["STATUS"]), str(done["TRANSP"]), done["SEQUENCE"]) == ("CONFIRMED", "TRANSPARENT", 1)
    assert not done.walk("VALARM")


def test_one_application_leaves_the_others_alone(workspace: Workspace) -> None:
    """Exporting one writes its events only, and neither cancels nor renumbers those of another."""
    workspace.facts.create("other", FACTS.replace("Lumen Freight", "Other"))
    everything = numbers(make_calendar(workspace, "")[0])
    one = numbers(make_calendar(workspace, "other")[0])
    assert len(one) == 6
    assert one.items() <= everything.items()
    assert numbers(make_calendar(workspace, "")[0]) == everything


def test_a_deleted_application_is_called_off_without_telling_about_it(workspace: Workspace) -> None:
    """After forgetting, nothing in the ledger names it, and the next full export cancels what was imported."""
    # Other people: of two applications with the same ones, each moves the other's days.
    workspace.facts.create("other", FACTS.replace("Lumen Freight", "Other").replace("@lumen", "@other"))
    before = numbers(make_calendar(workspace, "")[0])
    workspace.facts.remove(SLUG)
    forget_calendar(workspace, SLUG)
    ledger = (workspace.home / LEDGER_NAME).read_text("utf-8")
    assert "Lumen" not in ledger
    assert SLUG not in ledger
    after = numbers(make_calendar(workspace, "")[0])
    assert before.keys() == after.keys()
    assert sorted(after.values()) == [(0, "CONFIRMED"), *[(0, "TENTATIVE")] * 5, *[(1, "CANCELLED")] * 6]
    with pytest.raises(NotFoundError):
        make_calendar(workspace, SLUG)


def test_a_call_holds_its_script(workspace: Workspace) -> None:
    """What to say to a gatekeeper, on the phone and on voicemail is in the event, with both numbers."""
    workspace.facts.create("calls", CALLS)
    found = events(make_calendar(workspace, "calls")[0])
    call = found["Call Dr. Priya Raman (Lumen Freight): status inquiry"]
    text = str(call["DESCRIPTION"])
    for part in ("+1 312 555 0199", "If somebody else answers:", "When you reach them:", "On voicemail:"):
        assert part in text
    assert text.count("3 1 2, 5 5 5, 0 1 4 2") == 3
    assert "Call Dr. Priya Raman (Lumen Freight): status inquiry, no. 2" in found
    (alarm,) = call.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(minutes=-10)
    letter = found["Letter to Dr. Priya Raman (Lumen Freight): thank-you"]
    assert "The letter:\nDear Dr. Raman," in letter["DESCRIPTION"]


@pytest.mark.parametrize(("without", "missing"), [("phone", "FOLLOWUP_PHONE"), ("name", "FOLLOWUP_NAME")])
def test_a_missing_fact_is_said_and_stops_nothing(workspace: Workspace, without: str, missing: str) -> None:
    """The call is there with what is missing for its script, and without a path of this machine."""
    workspace.facts.create("calls", CALLS)
    poor = Workspace(replace(workspace.loaded, settings=replace(workspace.settings, **{without: ""})), workspace.clock)
    content, count = make_calendar(poor, "calls")
    assert count == 7
    calls = [one for title, one in events(content).items() if title.startswith("Call")]
    assert calls
    assert all(missing in one["DESCRIPTION"] for one in calls)
    assert str(workspace.home) not in content.replace(b"\r\n ", b"").decode()


def test_a_template_of_the_users_cannot_break_the_file(workspace: Workspace) -> None:
    """Control characters, other line ends and endless text from an own wording stay text within bounds."""
    folder = workspace.home / "templates" / "gatekeeper"
    folder.mkdir(parents=True)
    wording = "Hello\x00\x07\x1b[31m\u2028END:VEVENT\x85BEGIN:VALARM\r{{ full_name }}" + "x" * 9_000
    (folder / "plain.txt").write_text(wording, "utf-8")
    workspace.facts.create("calls", CALLS)
    found = events(make_calendar(workspace, "calls")[0])
    workspace.writer.render_own.__self__.close()  # type: ignore[attr-defined]  # the process that rendered it
    text = next(str(one["DESCRIPTION"]) for title, one in found.items() if title.startswith("Call"))
    assert "Hello[31m\nEND:VEVENT\nBEGIN:VALARM\nDr. Priya Raman" in text
    assert len(text) == 8_000


@pytest.mark.parametrize("text", [one for one in HOSTILE if len(one) < 200])
def test_hostile_facts_make_no_other_events(workspace: Workspace, text: str) -> None:
    """In whatever field it stands, a text like "END:VCALENDAR" adds and removes nothing."""
    as_toml = json.dumps(text, ensure_ascii=False)
    facts = CALLS.replace('"Lumen Freight"', as_toml).replace('"Data Engineer"', as_toml)
    facts = facts.replace('"1 Main St"', as_toml)
    if "@" not in text:  # an address in a title is refused
        facts = facts.replace('"Head of Data"', as_toml)
    facts = facts.replace('"the on-call rota and its quiet hours"', as_toml)
    facts = facts.replace('"It may take us a couple of weeks; a mail is always fine."', as_toml)
    workspace.facts.create("calls", CALLS)
    workspace.facts.create("hostile", facts)
    usual, hostile = (make_calendar(workspace, slug)[0] for slug in ("calls", "hostile"))
    assert [name for name, _ in read_lines(usual) if name in {"BEGIN", "END", "UID"}] == [
        name for name, _ in read_lines(hostile) if name in {"BEGIN", "END", "UID"}
    ]
    text = normalize("NFC", " ".join(text.split()))
    assert any(text[:40] in title for title in read_texts(hostile, "SUMMARY"))


def test_facts_with_problems_hide_no_other(workspace: Workspace, tmp_path: Path) -> None:
    """The others are written, the broken one is named, and what was exported of it before is not called off."""
    facts = FACTS.replace("Lumen Freight", "Other").replace("@lumen", "@other")
    workspace.facts.create("other", facts)
    before = numbers(make_calendar(workspace, "")[0])
    (workspace.facts.folder / "other.toml").write_text("company = 1\n", "utf-8")
    saved = save_calendar(workspace, "", tmp_path / "all.ics")
    assert [error.sentence.count("other.toml") > 0 for error in saved.broken] == [True]
    assert {revised.event.application for revised in saved.events} == {SLUG}
    workspace.facts.path("other").write_text(
        FACTS.replace("Lumen Freight", "Other").replace("@lumen", "@other"), "utf-8"
    )
    assert numbers(make_calendar(workspace, "")[0]) == before


def test_a_broken_method_hides_no_other(workspace: Workspace, tmp_path: Path) -> None:
    """A method that cannot be read keeps only its own applications out."""
    folder = workspace.home / "cadences"
    folder.mkdir()
    (folder / "mine.toml").write_text("nonsense", "utf-8")
    workspace.facts.create("other", 'cadence = "mine"\n' + FACTS.replace("Lumen Freight", "Other"))
    saved = save_calendar(workspace, "", tmp_path / "all.ics")
    assert "mine" in saved.broken[0].sentence
    assert {revised.event.application for revised in saved.events} == {SLUG}


def test_nothing_but_broken_facts_is_refused(workspace: Workspace) -> None:
    """No calendar of nothing is written over the one that is there."""
    workspace.facts.path(SLUG).write_text("company = 1\n", "utf-8")
    with pytest.raises(FactsFileError):
        make_calendar(workspace, "")


def test_an_empty_calendar_is_refused(workspace: Workspace) -> None:
    """A file without events opens nowhere; the reason is said instead."""
    workspace.facts.create("bare", 'company = "Acme"\nrole = "Cook"\n')
    with pytest.raises(RefusedError, match="nothing to put into a calendar"):
        make_calendar(workspace, "bare")
    assert not (workspace.home / LEDGER_NAME).exists()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"version": 1}'])
def test_a_damaged_ledger_stops_the_export(workspace: Workspace, content: bytes) -> None:
    """No calendar is made with numbers that may be wrong, and the damaged file is left for the user."""
    make_calendar(workspace, SLUG)
    (workspace.home / LEDGER_NAME).write_bytes(content)
    with pytest.raises(RefusedError, match="damaged") as caught:
        make_calendar(workspace, SLUG)
    assert str(workspace.home / LEDGER_NAME) in caught.value.sentence
    assert (workspace.home / LEDGER_NAME).read_bytes() == content


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_ledger_is_private(workspace: Workspace) -> None:
    """It names people, so nobody else on the machine may read it; no half-written file is left."""
    make_calendar(workspace, SLUG)
    assert (workspace.home / LEDGER_NAME).stat().st_mode & 0o777 == 0o600
    assert not list(workspace.home.glob(".calendar.json.*"))


def test_a_ledger_that_cannot_be_read_or_written_is_said_plainly(workspace: Workspace) -> None:
    """Something else in its place stops the export with a sentence."""
    (workspace.home / LEDGER_NAME).mkdir()
    with pytest.raises(FollowupError, match=r"calendar\.json could not be read"):
        make_calendar(workspace, SLUG)


def test_exports_at_the_same_time_lose_no_change(workspace: Workspace) -> None:
    """Six exports of different applications at once: the ledger knows the events of all."""
    slugs = [f"app-{n}" for n in range(6)]
    for slug in slugs:
        workspace.facts.create(slug, FACTS.replace("Lumen Freight", slug))
    failed: list[BaseException] = []

    def export(slug: str) -> None:
        try:
            make_calendar(Workspace(workspace.loaded, workspace.clock), slug)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=export, args=(slug,)) for slug in slugs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not failed
    known = json.loads((workspace.home / LEDGER_NAME).read_text("utf-8"))["events"].values()
    assert {one["application"] for one in known} == set(slugs)
    assert len(known) == 36


def test_the_command_writes_the_file(workspace: Workspace, tmp_path: Path) -> None:
    """``calendar --all FILE`` as people run it: a file that opens, and a sentence about it."""
    target = tmp_path / "out.ics"
    environment = {**os.environ, "FOLLOWUP_NAME": "Jordan Example", "FOLLOWUP_EMAIL": "jordan@example.com"}
    command = [sys.executable, "-m", "followup_mail", "--home", str(workspace.home), "calendar", "--all", str(target)]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = events(target.read_bytes())
    assert "Interview (round 1): Data Engineer at Lumen Freight" in found
    assert f"Wrote {len(found)} event{'s' * (len(found) != 1)} " in done.stdout  # one, once the plan is over
    assert datetime.now(UTC) - next(iter(found.values())).decoded("DTSTAMP") < timedelta(minutes=5)


def test_what_is_queued_in_a_pause_is_called_off(workspace: Workspace) -> None:
    """A mail does not leave while its application is paused, and comes back with the application."""
    enqueue_planned(workspace, Request(SLUG, None))
    queued = set(events(make_calendar(workspace, SLUG)[0]))
    workspace.facts.change(SLUG, {"paused_until": date(2026, 11, 23)})
    found = events(make_calendar(workspace, SLUG)[0])
    called_off = {title for title, one in found.items() if one["STATUS"] == "CANCELLED"}
    assert {f"Called off: {title}" for title in queued if title.endswith("thank-you")} == called_off
    workspace.facts.change(SLUG, {"paused_until": None})
    again = events(make_calendar(workspace, SLUG)[0])
    assert all(one["STATUS"] != "CANCELLED" for one in again.values())
