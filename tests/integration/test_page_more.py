"""The pages behind More: accounts, wordings, methods, checks, files, calendar, candidates and the service."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from page_client import PageClient
from servers import PASSWORD, USER, Sink, check_password, serve
from service_samples import Tools

from followup_mail.workspace import Workspace

FACTS = """\
company = "Lumen Freight"
role = "Data Engineer"
time_zone = "America/Chicago"

[[interviews]]
start = 2026-11-17T14:00:00-06:00
duration = "45 min"
format = "video"

[[interviews.people]]
name = "Priya Raman"
email = "priya.raman@lumen.example"
discussed = "the move to streaming"
"""


@pytest.fixture
def reader(tmp_path: Path, bare_surroundings: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[PageClient]:
    """Somebody who has entered the page of a home with one application."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "user" / name))
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    folder = tmp_path / "home" / "applications"
    folder.mkdir(parents=True)
    (folder / "lumen-freight.toml").write_text(FACTS, "utf-8")
    with PageClient(tmp_path / "home") as reader:
        yield reader.enter()


@pytest.mark.parametrize(
    "path", ["accounts", "methods", "wordings", "voice", "check", "files", "calendar", "candidates"]
)
def test_every_page_behind_more_is_there(reader: PageClient, path: str) -> None:
    """Each link of that page leads to a page, which is marked as one of them."""
    assert f'href="/{path}"' in reader.get("/more").text
    seen = reader.get(f"/{path}")
    assert seen.status == 200
    assert seen.text.count("<h1") == 1


def test_one_more_account_is_added_checked_used_and_removed(
    reader: PageClient, good_tls: object, ca_file: Path
) -> None:
    """Its password is on no page; the one in use is not removed."""
    with serve(Sink(), authenticator=check_password, tls_context=good_tls, require_starttls=True) as port:
        given = {"name": "work", "email": USER.replace("@", "@work."), "smtp_host": "localhost", "smtp_port": str(port)}
        page = reader.get("/accounts")
        told = [reader.send(page, "/accounts", **{**given, "password": PASSWORD, "smtp_user": USER})]
        assert "is added" in told[0].words
        told.append(reader.post("/accounts/check", {**_word(reader), "name": "work"}))
        assert "Nothing was sent." in told[1].words
        told.append(reader.post("/accounts/use", {**reader.get("/accounts").fields("/accounts/use")}))
        assert "New mails are written from work" in told[2].words
        assert all(PASSWORD not in seen.text for seen in told)
        fields = reader.get("/accounts").fields("/accounts/use")
        assert fields["name"] == ["main"]
        reader.post("/accounts/use", fields)
        gone = reader.send(reader.get("/accounts"), "/accounts/remove")
        assert "is removed" in gone.words
    assert list((reader.home / "accounts").glob("work*")) == []


def test_a_wrong_account_stays_typed_and_leaves_no_file(reader: PageClient) -> None:
    """What is wrong is told, everything but the password is still there, and nothing was written."""
    given = {"name": "Work!", "email": "jo@work.example", "smtp_host": "localhost", "password": "secret-word-9"}
    seen = reader.send(reader.get("/accounts"), "/accounts", **given)
    assert seen.status == 422
    assert seen.fields("/accounts")["email"] == ["jo@work.example"]
    assert "secret-word-9" not in seen.text
    assert not list((reader.home / "accounts").glob("*")) if (reader.home / "accounts").exists() else True


def _word(reader: PageClient) -> dict[str, list[str]]:
    return {"form_word": reader.get("/accounts").fields("/accounts")["form_word"]}


def test_a_wording_is_copied_changed_and_removed(reader: PageClient) -> None:
    """A text that does not work with the sample facts is not saved; one that does is used; removing it asks twice."""
    name = "thank_you/short_note"
    page = reader.get(f"/wordings/{name}")
    assert "Facts that it uses" in page.words
    page = reader.send(page, "/wordings/copy", **{"as": "mine"})
    own = reader.home / "templates" / "thank_you" / "mine.txt"
    text = own.read_text("utf-8")
    assert page.fields("/wordings/save")["text"][0].rstrip() == text.rstrip()
    broken = reader.send(page, "/wordings/save", text=text + "\n{{ nothing_of_that_name }}")
    assert broken.status == 422
    assert own.read_text("utf-8") == text
    saved = reader.send(page, "/wordings/save", text=text.rstrip() + "\n\nYours\n")
    assert "is saved" in saved.words
    assert reader.send(page, "/wordings/save", text=text).status == 409
    reader.send(saved, "/wordings/remove")
    assert not own.exists()


def test_a_method_shows_its_steps_and_source(reader: PageClient) -> None:
    """Every method leads to a page with its steps in words and where it comes from."""
    assert 'href="/methods/balanced"' in reader.get("/methods").text
    words = reader.get("/methods/balanced").words
    assert "From:" in words
    assert "after the interview" in words
    assert reader.get("/methods/nothing").status == 404


def test_a_mail_is_checked_as_typed_and_as_a_file(reader: PageClient) -> None:
    """What is found is shown with its rule, the form stays filled, and nothing is kept."""
    page = reader.get("/check")
    text = "Dear Pria,\n\nThank you for the interview at Lumen Fright.\n\nBest,\nJordan"
    fields = {"application": "lumen-freight", "kind": "thank_you", "to": "priya.raman@lumen.example"}
    seen = reader.send(page, "/check", **{**fields, "subject": "Thank you", "text": text})
    assert 'href="/check/rules/FM' in seen.text
    assert seen.fields("/check")["application"] == ["lumen-freight"]
    eml = f"To: priya.raman@lumen.example\nSubject: Thank you\n\n{text}\n".encode()
    other = reader.send(page, "/check", [("file", ("my.eml", eml))], application="lumen-freight")
    assert "my.eml" in other.words
    assert "Paste the text of a mail" in reader.send(page, "/check").words
    assert reader.get("/check/rules/FM301").status == 200


def test_all_that_is_due_is_checked(reader: PageClient) -> None:
    """One button checks every mail that is to be written; the form for another mail stays below."""
    seen = reader.send(reader.get("/check"), "/check/all")
    assert "What was found" in seen.words
    assert "lumen-freight" in seen.words


def test_a_file_is_allowed_and_not_any_more(reader: PageClient, tmp_path: Path) -> None:
    """A whole path is allowed, shown, and taken off; a partial one and the program's own are refused."""
    file = tmp_path / "study.pdf"
    file.write_bytes(b"%PDF-1.4")
    seen = reader.send(reader.get("/files"), "/files", path=str(file))
    assert str(file) in seen.words
    gone = reader.send(reader.get("/files"), "/files/remove")
    assert "No file from elsewhere is allowed" in gone.words
    assert "from its beginning" in reader.send(gone, "/files", path="study.pdf").words
    assert "not sent" in reader.send(gone, "/files", path=str(reader.home / ".env")).words


def test_a_calendar_is_a_file_and_looking_changes_nothing(reader: PageClient) -> None:
    """Only the form makes the file and remembers what was exported."""
    page = reader.get("/calendar")
    assert not (reader.home / "calendar.json").exists()
    seen = reader.send(page, "/calendar", application="lumen-freight")
    assert seen.headers["content-disposition"].endswith("filename*=UTF-8''lumen-freight.ics")
    assert seen.text.startswith("BEGIN:VCALENDAR")
    assert (reader.home / "calendar.json").exists()


def test_a_calendar_of_any_script_can_be_had(reader: PageClient) -> None:
    """An application may be called in Cyrillic or Japanese; headers are Latin-1."""
    facts = (reader.home / "applications" / "lumen-freight.toml").read_text("utf-8")
    (reader.home / "applications" / "газпром-株式会社.toml").write_text(facts, "utf-8")
    seen = reader.send(reader.get("/calendar"), "/calendar", application="газпром-株式会社")
    assert seen.status == 200
    assert unquote(seen.headers["content-disposition"]).endswith("газпром-株式会社.ics")


def test_a_candidate_is_put_on_the_list_and_taken_off(reader: PageClient, tmp_path: Path) -> None:
    """The row says how to open theirs; nothing of the folder is deleted."""
    folder = tmp_path / "bo"
    seen = reader.send(reader.get("/candidates"), "/candidates", name="Bo Berg", folder=str(folder))
    assert "followup-mail --candidate 'Bo Berg' open" in seen.words.replace("&#39;", "'")
    again = reader.send(seen, "/candidates", name="bo berg")
    assert again.status == 422
    gone = reader.send(again, "/candidates/remove")
    assert "There is nobody on the list" in gone.words
    assert folder.is_dir()


@pytest.mark.skipif(os.name == "nt", reason="the pretending tools are shell scripts")
def test_the_service_is_shown_before_it_is_installed(
    reader: PageClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is done by looking; what was shown is done by a yes, and taken away by another."""
    tools = Tools(tmp_path / "tools")
    tools.provide("crontab")
    monkeypatch.setenv("PATH", str(tools.folder))
    assert "not installed" in reader.get("/service").words
    assert "No mail server" in reader.get("/service/install").words
    page = reader.get("/service/install?force=yes&every=15")
    assert "Nothing has been done yet" in page.words
    assert reader.post("/service/install", {**page.fields("/service/install"), "every": "30"}).status == 409
    assert "looks every 15 min" in reader.send(page, "/service/install").words
    removal = reader.get("/service/remove")
    assert "It is removed" in reader.send(removal, "/service/remove").words


def test_nothing_here_opens_another_home(reader: PageClient) -> None:
    """The pages work in the home that they were opened for."""
    assert str(reader.home) in reader.get("/files").words
    assert Workspace.from_surroundings(reader.home).home == reader.home


MAIL = """\
Dear Margaret,

Thank you for the draft accounts. I have read them, and I would like to raise two points before the meeting.

Kind regards,
Jordan
"""


def test_a_mail_of_the_users_is_taken_in_and_forgotten(reader: PageClient) -> None:
    """What was understood is shown in sentences, nothing of the mail is; what is wrong is said, and nothing kept."""
    page = reader.get("/voice")
    assert "Forget how I write" not in page.words
    heard = reader.send(page, "/voice", mail=MAIL)
    assert ", by first name." in heard.words
    assert "Two more mails would make it surer." in heard.words
    assert "Margaret" not in heard.text
    assert "counts already" in reader.send(heard, "/voice", mail=MAIL).words
    wrong = reader.send(heard, "/voice", mail="Hi Dana,\n\nok.\n\nBest,\nJordan")
    assert wrong.status == 422
    assert "is too short" in wrong.words
    assert "Paste a mail, or choose a file." in reader.send(heard, "/voice", mail=" ").words
    gone = reader.send(reader.get("/voice"), "/voice/remove")
    assert "Forgotten" in gone.words
    assert not (reader.home / "voice.toml").exists()


def test_a_broken_voice_is_said_and_can_be_forgotten(reader: PageClient) -> None:
    """The page of a file that was broken by hand is there, says what is wrong, and begins again."""
    (reader.home / "voice.toml").write_text("greeting = 3\n", "utf-8")
    page = reader.get("/voice")
    assert (page.status, "write a text in quotation marks" in page.words) == (200, True)
    reader.send(page, "/voice/remove")
    assert not (reader.home / "voice.toml").exists()
