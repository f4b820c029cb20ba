"""The pages about all applications, about one, and Today, as a browser gets them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_client import PageClient

INTERVIEW = """
[[interviews]]
start = {start}
duration = "45 min"
[[interviews.people]]
name = "{name}"
{email}
discussed = "the move to streams"
convinced = "how the team reviews its incidents"
"""
LUMEN = 'company = "Lumen Freight"\nrole = "Data Engineer"\ntime_zone = "America/Chicago"\ncountry = "US"\n'
ACME = 'company = "Acme <b>& Söhne</b>"\nrole = "Ingenieur"\ntime_zone = "Europe/Berlin"\ncountry = "DE"\n'
ENDED = 'company = "Long Ended"\nrole = "Clerk"\ntime_zone = "America/Chicago"\n'


def _met(start: str, name: str, email: str = "") -> str:
    return INTERVIEW.format(start=start, name=name, email=f'email = "{email}"' if email else "")


@pytest.fixture
def reader(tmp_path: Path, bare_surroundings: None) -> Iterator[PageClient]:
    """Somebody with three applications: a thank-you is due, they have answered, one is over."""
    with PageClient(tmp_path / "home") as reader:
        _write(reader, "lumen", LUMEN + _met("2026-11-17T14:00:00-06:00", "Priya Raman", "priya@lumen.example"))
        answer = '[outcome]\nstatus = "replied"\non = 2026-11-16\n'
        met = _met("2026-11-02T10:00:00+01:00", "Jürgen <i>Groß</i>", "gross@acme.example")
        _write(reader, "acme", ACME + answer + met)
        _write(reader, "over", ENDED + '[outcome]\nstatus = "withdrawn"\non = 2026-10-01\n')
        yield reader.enter()


def _write(reader: PageClient, slug: str, text: str) -> None:
    folder = reader.home / "applications"
    folder.mkdir(exist_ok=True)
    (folder / f"{slug}.toml").write_text(text, "utf-8")


def test_the_table_shows_what_comes_next(reader: PageClient) -> None:
    """Each application has a line with its state and its next step, and a link to its page."""
    seen = reader.get("/applications")
    assert 'href="/applications/lumen"' in seen.text
    assert "Thank-you" in seen.words
    assert "they replied" in seen.words
    assert "Long Ended" not in seen.words


def test_what_was_written_into_facts_is_escaped_everywhere(reader: PageClient) -> None:
    """A name with marks of HTML is shown as it was written, in tables, titles and the picture."""
    for address in ("/", "/applications", "/applications?words=Groß", "/applications/acme"):
        seen = reader.get(address)
        assert seen.status == 200
        assert "<b>&" not in seen.text
        assert "<i>Groß" not in seen.text
        assert "Acme &lt;b&gt;&amp; Söhne&lt;/b&gt;" in seen.text


def test_a_search_says_what_it_found(reader: PageClient) -> None:
    """Words that stand in a note find the application, and the line says where they stand."""
    seen = reader.get("/applications?words=incidents")
    assert "what Priya Raman convinced you by: how the team reviews its incidents" in seen.words
    nothing = reader.get("/applications?words=zeppelin")
    assert 'No application matches "zeppelin".' in nothing.words


def test_a_search_that_fits_elsewhere_leads_there(reader: PageClient) -> None:
    """What is not among the open ones but among the ended is offered by a link."""
    assert 'href="/applications?show=all&amp;words=clerk"' in reader.get("/applications?words=clerk").text


def test_an_empty_home_says_how_to_begin(tmp_path: Path, bare_surroundings: None) -> None:
    """Where nothing is written down, both pages lead to the first interview."""
    with PageClient(tmp_path / "new") as reader:
        reader.enter()
        for address in ("/", "/applications"):
            assert 'href="/add"' in reader.get(address).text


def test_a_broken_file_hides_no_other(reader: PageClient) -> None:
    """What is wrong with one file is said beside the others, with a way to correct it."""
    _write(reader, "bad", "company = \n")
    seen = reader.get("/applications")
    assert 'href="/applications/bad/facts"' in seen.text
    assert "Lumen Freight" in seen.words
    alone = reader.get("/applications/bad")
    assert alone.status == 422
    assert 'href="/applications/bad/facts"' in alone.text


def test_all_that_ended_is_archived_by_one_button(reader: PageClient) -> None:
    """The button archives what the page named; the page that follows says so, and it can be taken back."""
    page = reader.get("/applications?show=ended")
    assert "Long Ended" in page.words
    seen = reader.send(page, "/applications/archive-ended")
    assert "One application is archived: Long Ended ." in seen.words
    assert "archived = true" in (reader.home / "applications/over.toml").read_text("utf-8")
    assert "Long Ended" in reader.get("/applications?show=archived").words


def test_an_old_page_archives_nothing_that_it_did_not_show(reader: PageClient) -> None:
    """When another application has ended since the page was made, nothing is archived and the page says why."""
    page = reader.get("/applications?show=ended")
    _write(reader, "later", ENDED + '[outcome]\nstatus = "withdrawn"\non = 2026-11-17\n')
    seen = reader.send(page, "/applications/archive-ended")
    assert seen.status == 409
    assert "archived" not in (reader.home / "applications/over.toml").read_text("utf-8")


def test_one_application_has_everything_about_it(reader: PageClient) -> None:
    """The page shows plan, facts, people and where each step is written or skipped."""
    seen = reader.get("/applications/lumen")
    for text in ("Lumen Freight: Data Engineer", "priya@lumen.example", "the move to streams", "balanced"):
        assert text in seen.words
    assert "two hours after your interview" in seen.words
    assert 'href="/applications/lumen/write/thank_you?to=priya-raman"' in seen.text
    assert 'href="#decide"' in seen.text


def test_each_step_is_in_picture_table_and_plan(reader: PageClient) -> None:
    """Every mark of the picture that is a step leads to that step below, and carries its reason."""
    seen = reader.get("/applications/lumen")
    leads = re.findall(r'<a class="one step[^"]*" href="#(step-\d+)" aria-label="([^"]+)"', seen.text)
    assert leads
    for place, said in leads:
        assert f'id="{place}"' in seen.text
        assert "Priya Raman" in said
    assert seen.text.count("<title>") >= len(leads)


def test_an_unknown_application_is_said_to_be_unknown(reader: PageClient) -> None:
    """An address with a name that nothing has leads to no error of the program."""
    assert reader.get("/applications/nobody").status == 404


def test_today_says_why_and_until_when(reader: PageClient) -> None:
    """What is due has its reason, its last sensible moment, its company as a link, and one button."""
    seen = reader.get("/")
    assert re.search(r'Thank-you to Priya Raman, <a href="/applications/lumen">Lumen Freight</a>', seen.text)
    assert "two hours after your interview" in seen.words
    assert "at the latest" in seen.words
    assert 'href="/applications/lumen/write/thank_you?to=priya-raman"' in seen.text
    assert 'href="/applications/acme">Acme &lt;b&gt;' in seen.text


def test_today_shows_the_interview_of_the_day_with_advice(reader: PageClient) -> None:
    """On the day of an interview the page says when it is, and what to ask before it is over."""
    _write(reader, "next", ENDED.replace("Long Ended", "Next Co") + _met("2026-11-18T16:00:00-06:00", "Sam Poe"))
    seen = reader.get("/")
    assert "Interview today, 16:00 to 16:45 in Chicago" in seen.words
    assert "ask what the next steps are" in seen.words
    assert '<a href="/applications/next">Next Co</a>' in seen.text


def test_long_lists_are_cut_and_say_so(reader: PageClient) -> None:
    """Of very many applications a page shows the first ones and how many there are; a search looks in all of them."""
    for number in range(130):
        _write(reader, f"firm-{number:03}", LUMEN.replace("Lumen Freight", f"Firm {number:03}"))
    first = reader.get("/applications?show=all")
    assert "1 to 100 of 133" in first.words
    second = reader.get("/applications?show=all&page=2")
    assert "101 to 133 of 133" in second.words
    named = set(re.findall(r"Firm \d{3}", first.words + second.words))
    assert len(named) == 130
    assert 'href="/applications?show=all&amp;page=2"' in first.text
    assert reader.get("/applications?show=all&page=99").words == second.words
    assert "Firm 129" in reader.get("/applications?show=all&words=129").words
    short = reader.get("/")
    more = re.search(r"And (\d+) more", short.words)
    assert more
    every = reader.get("/?every=1")
    assert len(re.findall("<li><span", every.text)) == len(re.findall("<li><span", short.text)) + int(more[1])
    assert "more" not in re.findall(r"And \d+ (\w+)", every.words)


def test_all_are_paused_and_go_on_together(reader: PageClient) -> None:
    """One press pauses every application that goes on, and says which; another lets them go on; each is one step."""
    page = reader.get("/applications")
    paused = reader.send(page, "/applications/pause-all", pause_until="in 2 weeks")
    assert "2 applications are paused" in paused.words
    assert "2 Dec 2026" in paused.words
    assert "paused_until" in (reader.home / "applications" / "lumen.toml").read_text("utf-8")
    assert "paused" not in (reader.home / "applications" / "over.toml").read_text("utf-8")
    assert reader.send(page, "/applications/pause-all").status == 409
    on = reader.send(paused, "/applications/resume-all")
    assert "These go on:" in on.words
    assert "paused" not in (reader.home / "applications" / "lumen.toml").read_text("utf-8")
    reader.send(on, "/undo")
    assert "paused_until" in (reader.home / "applications" / "lumen.toml").read_text("utf-8")


def test_a_pause_of_all_ends_no_longer_one(reader: PageClient) -> None:
    """What the user stopped until further notice does not go on by itself on the day until which all are paused."""
    path = reader.home / "applications" / "lumen.toml"
    path.write_text(f"paused = true\n{path.read_text('utf-8')}", "utf-8")
    seen = reader.send(reader.get("/applications"), "/applications/pause-all", pause_until="in 2 weeks")
    assert "One application is paused" in seen.words
    text = path.read_text("utf-8")
    assert "paused = true" in text
    assert "paused_until" not in text


def test_a_day_that_is_none_pauses_nothing(reader: PageClient) -> None:
    """What cannot be read as a day is shown again beside its field, and nothing is paused."""
    seen = reader.send(reader.get("/applications"), "/applications/pause-all", pause_until="32 <b>")
    assert seen.status == 422
    assert seen.fields("/applications/pause-all")["pause_until"] == ["32 <b>"]
    assert 'aria-invalid="true"' in seen.text
    assert "paused" not in (reader.home / "applications" / "lumen.toml").read_text("utf-8")


def test_no_part_of_a_page_stands_there_twice(reader: PageClient) -> None:
    """Each place of an application's page can be told from the others: no id and no heading comes twice."""
    text = reader.get("/applications/lumen").text
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert sorted(ids) == sorted(set(ids))
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", text)
    assert sorted(headings) == sorted(set(headings))
