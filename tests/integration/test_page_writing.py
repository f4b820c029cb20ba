"""The page on which mails are read, changed and let go: what was shown is what leaves, or nothing does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from model_server import ModelServer, well
from page_client import SETTINGS, PageClient, Seen
from servers import Sink, serve

from followup_mail.outbox.entry import Entry, State

PANEL = "/applications/lumen/write/thank_you"
INQUIRY = "/applications/oswin/write/status_inquiry"
GRACE = "grace-adeyemi"
"""The short name of who gets the inquiry."""
FACTS = """\
company = "Lumen Freight"
role = "Data Engineer"
time_zone = "America/Chicago"
country = "US"
fit = "I moved our nightly jobs to streaming last year."
[[interviews]]
start = 2026-11-17T10:00:00-06:00
duration = "45 min"
"""
PERSON = """\
[[interviews.people]]
name = "{name}"
email = "{email}"
role = "interviewer"
discussed = "{discussed}"
{more}
"""
PEOPLE = (
    (
        "Priya Raman",
        "priya@lumen.example",
        "the move to streaming",
        'moment = "You drew the outage on the whiteboard."',
    ),
    ("Tom Okafor", "tom@lumen.example", "late events and replays", 'moment = "You showed me how a replay works."'),
    ("Mei Zhao", "mei@lumen.example", "what dispatchers see at 5 am", 'moment = "You told me about the depots."'),
)
OSWIN = """\
company = "St Oswin's Hospital"
role = "Staff Nurse"
time_zone = "Europe/London"
country = "GB"
[said]
decision_by = 2026-11-27
[[interviews]]
start = 2026-11-10T14:00:00+00:00
duration = "45 min"
[[interviews.people]]
name = "Grace Adeyemi"
email = "grace@oswins.example"
role = "hiring manager"
discussed = "the handover board"
"""


def write_facts(home: Path, name: str = "lumen", facts: str = "") -> None:
    """Put facts into a home: three people met yesterday, unless others are given."""
    (home / "applications").mkdir(parents=True, exist_ok=True)
    people = "".join(PERSON.format(name=a, email=b, discussed=c, more=d) for a, b, c, d in PEOPLE)
    (home / "applications" / f"{name}.toml").write_text(facts or FACTS + people, "utf-8")


@pytest.fixture
def reader(tmp_path: Path, bare_surroundings: None) -> Iterator[PageClient]:
    """Somebody at the page of a home with facts about a panel of three, and about an inquiry for next week."""
    write_facts(tmp_path / "home")
    write_facts(tmp_path / "home", "oswin", OSWIN)
    with PageClient(tmp_path / "home") as reader:
        yield reader.enter()


def entries(reader: PageClient) -> tuple[Entry, ...]:
    """Return what is in the outbox."""
    with reader.desk.open() as workspace:
        return workspace.store.entries() if workspace.has_store else ()


def text_of(page: Seen, address: str, person: str) -> str:
    return page.fields(address)[f"text-{person}"][0]


def people_of(page: Seen, address: str) -> list[str]:
    return page.fields(address)["offered"]


def test_a_panel_is_read_side_by_side_and_queued(reader: PageClient) -> None:
    """Three notes stand beside each other; one press queues all of them, word for word as they were shown."""
    page = reader.get(PANEL)
    assert page.status == 200
    people = people_of(page, PANEL)
    assert len(people) == 3
    shown = [text_of(page, PANEL, person).strip() for person in people]
    after = reader.send(page, PANEL, do="queue")
    assert "Queued" in after.words
    queued = entries(reader)
    assert sorted(entry.message.text.strip() for entry in queued) == sorted(shown)
    assert {entry.state for entry in queued} == {State.QUEUED}


def test_only_what_is_chosen_is_queued_and_the_rest_stays(reader: PageClient) -> None:
    """Of a panel one mail is queued alone; the page then shows it as it waits, beside those that can be queued."""
    page = reader.get(PANEL)
    first = people_of(page, PANEL)[0]
    reader.send(page, PANEL, do="queue", take=[first])
    assert len(entries(reader)) == 1
    again = reader.get(PANEL)
    assert "shown as it is there" in again.words
    assert f'href="/outbox/{entries(reader)[0].id}"' in again.text
    assert len(people_of(again, PANEL)) == 2
    reader.send(again, PANEL, do="queue")
    assert len(entries(reader)) == 3


def test_the_html_part_is_shown_in_a_frame_that_may_do_nothing(reader: PageClient) -> None:
    """A frame has the HTML part under a policy without scripts, and may be shown by this page alone."""
    page = reader.get(INQUIRY)
    address = re.findall(r'<iframe sandbox [^>]*src="(/mail/\w+)"', page.text)
    assert len(address) == 2
    frame = reader.get(address[0])
    assert frame.headers["x-frame-options"] == "SAMEORIGIN"
    assert frame.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert "Grace" in frame.words
    assert reader.get("/mail/unknown").status == 404


def test_facts_are_escaped_in_both_parts(tmp_path: Path, bare_surroundings: None) -> None:
    """Facts full of markup are text on the page, in the frame and in the fields, whatever they try."""
    evil = OSWIN.replace("the handover board", "<script>alert(1)</script> and </textarea><b>boards</b>")
    write_facts(tmp_path / "home", "oswin", evil.replace("Grace Adeyemi", "Grace <img src=x onerror=alert(1)>"))
    with PageClient(tmp_path / "home") as reader:
        page = reader.enter().get(INQUIRY)
        framed = [reader.get(one).text for one in re.findall(r'src="(/mail/\w+)"', page.text)]
        for text in (page.text, *framed):
            assert not re.search(r"<script>|<img src=x|<b>boards", text)
            assert text.count("</textarea>") == len(re.findall(r"<textarea", text))


def test_findings_are_marked_and_stop_the_mail(reader: PageClient) -> None:
    """A wrong name is marked in the text, said beside it, and nothing is queued until it is mended or left out."""
    page = reader.get(INQUIRY)
    wrong = text_of(page, INQUIRY, GRACE).replace("Grace", "Marcus")
    stopped = reader.send(page, INQUIRY, do="queue", **{f"text-{GRACE}": wrong})
    assert stopped.status == 422
    assert "Nothing was queued: the checks stop it" in stopped.words
    assert re.search(r'<mark class="found error" id="m1-w1">Marcus', stopped.text)
    assert 'id="m1-f1"' in stopped.text
    assert text_of(stopped, INQUIRY, GRACE).strip() == wrong.strip()
    assert entries(reader) == ()
    left_out = reader.send(stopped, INQUIRY, do=f"ignore FM201 {GRACE}")
    assert "FM201: check it again" in left_out.words
    reader.send(left_out, INQUIRY, do="queue")
    (entry,) = entries(reader)
    assert "Marcus" in entry.message.text
    assert "FM201" in entry.ignored_rules


def test_a_replacement_is_one_press_away(reader: PageClient) -> None:
    """A misspelt word has its correction as a button, which changes that word and nothing else."""
    page = reader.get(INQUIRY)
    person = GRACE
    right = text_of(page, INQUIRY, person)
    typo = right.replace("questions", "quesitons").replace("Thank you", "I recieved it. Thank you")
    found = reader.send(page, INQUIRY, do="look", **{f"text-{person}": typo})
    number = re.findall(r'value="fix (\d+) grace', found.text)[0]
    mended = reader.send(found, INQUIRY, do=f"fix {number} {person}")
    assert len(re.findall(r"recieved|quesitons", text_of(mended, INQUIRY, person))) < len(
        re.findall(r"recieved|quesitons", typo)
    )


def test_an_edited_text_is_queued_as_it_was_typed(reader: PageClient) -> None:
    """Other words, another subject: they are what is in the outbox, in the text and in the HTML part."""
    page = reader.get(INQUIRY)
    person = GRACE
    own = text_of(page, INQUIRY, person).replace("\n\nBest", "\n\nThe night shift suits me well.\n\nBest")
    fields = {f"text-{person}": own.replace("\n", "\r\n"), f"subject-{person}": "Staff Nurse: a short question"}
    reader.send(page, INQUIRY, do="queue", **fields)
    (entry,) = entries(reader)
    assert entry.message.text.strip() == own.strip()
    assert entry.message.subject == "Staff Nurse: a short question"
    with reader.desk.open() as workspace:
        assert workspace.store.content(entry.id).count(b"night shift suits me well") == 2


def test_the_text_is_checked_while_it_is_typed(reader: PageClient) -> None:
    """The script gets the findings, the marked text and the frame's address for the text as it stands."""
    page = reader.get(INQUIRY)
    typed = {f"text-{GRACE}": "Hi Marcus,\n\nwhere do things stand?\n\nBest,\nJordan Example\n"}
    answer = reader.post(f"{INQUIRY}/look", {**page.fields(INQUIRY), **typed})
    assert 'data-part="behind"' in answer.text
    assert '<mark class="found error">Marcus</mark>' in answer.text
    assert reader.post(f"{INQUIRY}/look", typed).status == 403
    assert entries(reader) == ()


def test_words_that_cannot_become_a_mail_are_refused_beside_the_text(reader: PageClient) -> None:
    """A text with a character that no mail may have is not queued, and stays in its field."""
    page = reader.get(INQUIRY)
    stopped = reader.send(page, INQUIRY, do="queue", **{f"text-{GRACE}": "Hi Grace,\n\nso \u202e it is.\n"})
    assert "cannot be made" in stopped.words
    assert "so \u202e it is" in stopped.text
    assert entries(reader) == ()


def test_leaving_before_the_plan_needs_a_reason(reader: PageClient) -> None:
    """Sending now what the plan has tomorrow asks why; with a reason it is queued, and the reason is kept."""
    reader.now = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
    stopped = reader.send(reader.get(INQUIRY), INQUIRY, do="now")
    assert entries(reader) == ()
    assert "say why" in stopped.words
    after = reader.send(stopped, INQUIRY, do="now", early="they asked for it")
    assert "Take it back" in after.words
    (entry,) = entries(reader)
    with reader.desk.open() as workspace:
        assert "they asked for it" in str(workspace.store.transitions(entry.id)[0])


def test_what_is_sent_now_can_be_taken_back(reader: PageClient) -> None:
    """The page after it counts the minute down; taking back cancels the mail, and a second press does nothing more."""
    page = reader.get(PANEL)
    person = people_of(page, PANEL)[0]
    after = reader.send(page, PANEL, do="now", take=[person])
    assert 'data-seconds="60"' in after.text
    back = reader.send(after, f"{PANEL}/take-back")
    assert "Taken back, and not sent" in back.words
    assert 'action="/undo"' not in back.text, "to press it would let the mail go after all"
    assert [entry.state for entry in entries(reader)] == [State.CANCELLED]
    assert "Take it back" not in back.words


def test_another_moment_is_taken_with_the_press_that_named_it(reader: PageClient) -> None:
    """A moment typed in words is no change that is to be read first; whoever looks sees it by both clocks."""
    page = reader.get(INQUIRY)
    shown = reader.send(page, INQUIRY, do="look", at="wed 2 dec 9:00")
    assert "in London" in shown.words
    assert entries(reader) == ()
    reader.send(page, INQUIRY, do="queue", at="wed 2 dec 9:00")
    (entry,) = entries(reader)
    assert entry.timing.due_at == datetime(2026, 12, 2, 9, 0, tzinfo=UTC)


def test_a_day_of_the_calendar_is_their_day(reader: PageClient) -> None:
    """A day and a time chosen in the calendar are meant by their clock; weekends and holidays are named there."""
    page = reader.get(f"{INQUIRY}?at=2026-12-02+09:00")
    assert re.search(r'<td class="closed[^>]*>\s*<label title="Christmas Day">', page.text)
    shown = reader.send(page, INQUIRY, do="look", day="2026-12-03", time="10:15")
    assert "2026-12-03T10:15+00:00" in shown.text
    assert "a different time than the page said" not in shown.words
    other = reader.send(page, INQUIRY, do="month 2027-01")
    assert "January 2027" in other.words
    assert "2026-12-02T09:00+00:00" in other.text


def test_a_moment_that_is_not_understood_is_told_beside_its_field(reader: PageClient) -> None:
    """Nothing is queued for a moment that means nothing; what was typed stays, with what is wrong about it."""
    stopped = reader.send(reader.get(INQUIRY), INQUIRY, do="queue", at="soonish")
    assert stopped.status == 422
    assert 'value="soonish"' in stopped.text
    assert "soonish" in re.findall(r'id="w-at"[^>]*>(.*?)</p>', stopped.text)[0]
    assert entries(reader) == ()


def test_another_wording_is_shown_before_it_is_queued(reader: PageClient) -> None:
    """A wording chosen for one mail of a panel changes that mail alone, and is read before it is queued."""
    page = reader.get(PANEL)
    first, second, _ = people_of(page, PANEL)
    names = [
        one
        for one in re.findall(r'<option value="(\w+)"', page.text)
        if f"Now: {one.replace('_', ' ')}." not in page.words
    ]
    shown = reader.send(page, PANEL, do="queue", **{f"wording-{first}": names[0]})
    assert entries(reader) == ()
    assert f"Now: {names[0].replace('_', ' ')}." in shown.words
    assert text_of(shown, PANEL, second) == text_of(page, PANEL, second)


def test_an_old_tab_queues_nothing_that_it_did_not_show(reader: PageClient) -> None:
    """When the facts change behind a page, the press shows the new mail with what changed; words typed stay."""
    page = reader.get(INQUIRY)
    write_facts(reader.home, "oswin", OSWIN.replace("Staff Nurse", "Ward Nurse"))
    stopped = reader.send(page, INQUIRY, do="queue")
    assert "something has changed" in stopped.words
    assert "<ins>" in stopped.text
    assert entries(reader) == ()
    typed = (
        "Hi Grace,\n\nwhere do things stand with the decision about the Ward Nurse position?\n\nBest,\nJordan Example\n"
    )
    kept = reader.send(page, INQUIRY, do="queue", **{f"text-{GRACE}": typed})
    assert text_of(kept, INQUIRY, GRACE) == typed
    assert entries(reader) == ()
    reader.send(stopped, INQUIRY, do="queue")
    assert "Ward Nurse" in entries(reader)[0].message.text


def test_two_tabs_queue_once(reader: PageClient) -> None:
    """The second of two tabs is told that the mail is in the outbox, and queues nothing."""
    one, other = reader.get(INQUIRY), reader.get(INQUIRY)
    reader.send(one, INQUIRY, do="queue")
    again = reader.send(other, INQUIRY, do="queue")
    assert len(entries(reader)) == 1
    assert "shown as it is there" in again.words


def test_a_test_goes_to_the_user_alone(tmp_path: Path, bare_surroundings: None) -> None:
    """A test of the text as typed goes to the own address by the real server; nothing is queued, nothing typed lost."""
    sink = Sink()
    with serve(sink) as port:
        write_facts(tmp_path / "home", "oswin", OSWIN)
        server = f"FOLLOWUP_SMTP_HOST=127.0.0.1\nFOLLOWUP_SMTP_PORT={port}\n"
        settings = f"{SETTINGS}{server}FOLLOWUP_SMTP_SECURITY=plain\nFOLLOWUP_SMTP_AUTH=none\n"
        with PageClient(tmp_path / "home", settings=settings) as reader:
            page = reader.enter().get(INQUIRY)
            person = GRACE
            own = text_of(page, INQUIRY, person).replace("\n\nBest", "\n\nThe night shift suits me.\n\nBest")
            after = reader.send(page, INQUIRY, do="test", **{f"text-{person}": own})
            assert "was sent to jordan@example.com" in after.words
            assert text_of(after, INQUIRY, person).strip() == own.strip()
            assert entries(reader) == ()
    (mail,) = sink.received
    assert mail.rcpt_to == ("jordan@example.com",)
    assert b"night shift suits me" in mail.content
    assert b"grace@" not in mail.content


def test_a_warning_that_was_not_shown_is_read_first(reader: PageClient) -> None:
    """What is to leave now, on a Sunday, is queued once the page has said so; the second press lets it go."""
    reader.now = datetime(2026, 12, 6, 15, 0, tzinfo=UTC)
    page = reader.get(INQUIRY)
    warned = reader.send(page, INQUIRY, do="now")
    assert "the checks found something new" in warned.words
    assert "FM820" in warned.text
    assert entries(reader) == ()
    reader.send(warned, INQUIRY, do="now")
    assert len(entries(reader)) == 1


def test_a_writing_model_is_asked_by_its_button_alone(tmp_path: Path, bare_surroundings: None) -> None:
    """Looking asks nothing; the button does, and what the model wrote is what is queued."""
    body = "Is there any news yet on the Staff Nurse role? The handover board is still on my mind.\n\nI would be glad."
    write_facts(tmp_path / "home", "oswin", OSWIN)
    with ModelServer((well(json.dumps({"subject": "Staff Nurse: any news?", "body": body})),)).running() as server:
        settings = f"{SETTINGS}FOLLOWUP_WRITER_URL={server.url}\nFOLLOWUP_WRITER_MODEL=tiny-writer\n"
        with PageClient(tmp_path / "home", settings=settings) as reader:
            page = reader.enter().get(INQUIRY)
            assert server.asked == []
            shown = reader.send(page, INQUIRY, do="model")
            assert server.asked
            assert "Take our own wording" in shown.words
            before = len(server.asked)
            text = text_of(shown, INQUIRY, GRACE)
            reader.send(shown, INQUIRY, do="queue")
            assert len(server.asked) == before
            assert [entry.message.text.strip() for entry in entries(reader)] == [text.strip()]


def test_findings_name_no_option(reader: PageClient) -> None:
    """What mends a finding is said in the words of a page, without an option, a field of the file or a command."""
    page = reader.get(INQUIRY)
    stopped = reader.send(page, INQUIRY, do="show", at="saturday 23:00")
    said = re.findall(r'<p class="fix">(.*?)</p>', stopped.text, flags=re.DOTALL)
    assert said
    assert not [one for one in said if "`" in one or "--" in one]


def test_the_way_back_to_a_form_that_was_answered_stays_open(reader: PageClient) -> None:
    """A browser may keep the page that answers a form, so that its back button shows it and not an error of its own."""
    page = reader.get(INQUIRY)
    assert page.headers["cache-control"] == "no-store"
    assert "no-store" not in reader.send(page, INQUIRY, do="look").headers["cache-control"]


@pytest.mark.parametrize(
    ("to", "asked"),
    [
        ('to = "Priya Raman"\n', "Add to the promise in the facts its file, or the sentence that says when it comes."),
        ("", "Say in the facts to whom you promised it, or that you promised it to everybody."),
    ],
)
def test_what_a_promise_lacks_is_all_that_is_asked_for(reader: PageClient, to: str, asked: str) -> None:
    """Whose name is there is not asked for again, and no file is asked for where the name is missing."""
    file = reader.home / "applications" / "lumen.toml"
    file.write_text(f'{file.read_text("utf-8")}\n[[promised]]\nwhat = "the portfolio"\n{to}', "utf-8")
    words = reader.get(PANEL).words
    assert "You promised" in words
    assert asked in words
    assert ("Add to the promise" in words) == bool(to)
