"""Who may enter the page, and what a browser may do with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_client import PageClient

from followup_mail.web.app import VIEWS
from followup_mail.web.frame.routes import Post


@pytest.fixture
def reader(tmp_path: Path, bare_surroundings: None) -> Iterator[PageClient]:
    """Somebody with the first address who has not used it yet."""
    with PageClient(tmp_path / "home") as reader:
        yield reader


def test_a_stranger_sees_nothing(reader: PageClient) -> None:
    """Without the first address no page is shown, and the answer says how to come in."""
    seen = reader.get("/")
    assert seen.status == 403
    assert "followup-mail open" in seen.words


def test_the_first_address_opens_the_page_once(reader: PageClient) -> None:
    """A ticket lets one browser in; whoever comes later with it stays outside."""
    ticket = reader.site.visits.make_ticket()
    assert reader.get(f"/enter?ticket={ticket}").status == 200
    assert reader.get("/").status == 200
    reader.client.cookies.clear()
    assert "has been used" in reader.get(f"/enter?ticket={ticket}").words


def test_the_cookie_is_for_this_site_only(reader: PageClient) -> None:
    """No script reads the cookie, and no other site can have it sent."""
    answer = reader.client.get("/enter", params={"ticket": reader.site.visits.make_ticket()})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("host", ["evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "192.168.1.5:PORT"])
def test_another_host_is_turned_away(reader: PageClient, host: str) -> None:
    """A name that was made to lead to this machine (DNS rebinding) shows nothing, even to who has entered."""
    reader.enter()
    assert reader.get("/", Host=host.replace("PORT", str(reader.port))).status == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "", "https://127.0.0.1:PORT"])
def test_a_form_from_elsewhere_does_nothing(reader: PageClient, origin: str) -> None:
    """A form of another site is refused even when the browser has entered."""
    word = reader.enter().get("/more").fields("/stop")["form_word"][0]
    answer = reader.client.post("/stop", data={"form_word": word}, headers=_origin(reader, origin))
    assert answer.status_code == 403
    assert reader.ended == []


def _origin(reader: PageClient, origin: str) -> dict[str, str]:
    return {"Origin": origin.replace("PORT", str(reader.port))} if origin else {}


def test_what_the_browser_calls_cross_site_does_nothing(reader: PageClient) -> None:
    """Where the browser says that a form comes from another site, that counts."""
    word = reader.enter().get("/more").fields("/stop")["form_word"][0]
    answer = reader.client.post(
        "/stop", data={"form_word": word}, headers={"Origin": reader.root, "Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("path", sorted({view.path for view in VIEWS if isinstance(view, Post)} | {"/stop"}))
def test_every_change_needs_the_word_of_a_form(reader: PageClient, path: str) -> None:
    """No address takes a form that does not carry the word of this browser's own pages."""
    seen = reader.enter().post(path.replace("{", "x").replace("}", "x").replace(":int", ""), {"form_word": "guessed"})
    assert seen.status in {403, 404}
    assert reader.ended == []


def test_every_answer_limits_what_a_browser_may_do(reader: PageClient) -> None:
    """Pages load nothing from elsewhere, run no script of their own text, and are shown in no frame."""
    for seen in (reader.get("/"), reader.enter().get("/"), reader.get("/nothing"), reader.get("/static/page.js")):
        policy = seen.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-inline" not in policy
        assert "frame-ancestors 'none'" in policy
        assert seen.headers["x-content-type-options"] == "nosniff"
        assert seen.headers["cache-control"] == "no-store"


def test_what_is_too_large_is_refused(reader: PageClient) -> None:
    """Nobody fills this machine's memory through a form."""
    assert reader.enter().post("/stop", {}, [("file", ("a.eml", b"x" * 31_000_000))]).status == 413


def test_only_the_secret_gets_a_ticket(reader: PageClient) -> None:
    """Another program is let in by the secret in the home folder, and by nothing else."""
    assert reader.client.post("/ticket").status_code == 403
    right = reader.client.post("/ticket", headers={"Authorization": "Bearer a secret"})
    assert reader.get(f"/enter?ticket={right.json()['ticket']}").status == 200


def test_it_ends_by_its_own_button(reader: PageClient) -> None:
    """Pressing the button ends the server, and the answer says so."""
    seen = reader.enter().send(reader.get("/more"), "/stop")
    assert "has ended" in seen.words
    assert reader.ended == [True]


@pytest.mark.parametrize("other", ['j={"a":"b c"}', "x", "a b=c", "=;", 'a="b', "FOLLOWUP=left over"])
def test_cookies_of_other_programs_shut_nobody_out(reader: PageClient, other: str) -> None:
    """Browsers send what programs at other ports of this machine set, in whatever form: the page knows its own."""
    reader.enter()
    own = reader.client.cookies[f"followup_{reader.port}"]
    reader.client.cookies.clear()
    other = other.replace("FOLLOWUP", f"followup_{reader.port}")
    assert reader.get("/more", Cookie=f"{other}; followup_{reader.port}={own}; {other}").status == 200


def test_a_ticket_is_used_up_by_a_browser_that_is_in(reader: PageClient) -> None:
    """An address that `open` printed lets nobody in once it was opened, by whatever browser."""
    ticket = reader.site.visits.make_ticket()
    reader.enter().get(f"/enter?ticket={ticket}")
    reader.client.cookies.clear()
    assert reader.get(f"/enter?ticket={ticket}").status == 403


@pytest.mark.parametrize(
    "to", ["//evil.example", "/\\evil.example", "/\t/evil.example", "/\n/evil.example", "/\r\\evil.example", "x:y"]
)
def test_the_first_address_leads_nowhere_else(reader: PageClient, to: str) -> None:
    """Coming in leads to a page of ours, however another site is spelled: browsers leave tabs and line ends out."""
    answer = reader.client.get("/enter", params={"ticket": reader.site.visits.make_ticket(), "to": to})
    assert 'content="0;url=/"' in answer.text


@pytest.mark.parametrize("path", ["/outbox/NUMBER", "/inbox/NUMBER", "/outbox/NUMBER/html"])
def test_a_number_of_any_length_is_no_mistake_of_ours(reader: PageClient, path: str) -> None:
    """A number that no mail can have is a page that is not there."""
    assert reader.enter().get(path.replace("NUMBER", "9" * 5000)).status == 404


@pytest.mark.parametrize("every", ["\N{SUPERSCRIPT TWO}", "9" * 5000, "-1", "0"])
def test_an_interval_that_is_none_is_the_usual_one(reader: PageClient, every: str) -> None:
    """What cannot be an interval is not a mistake of the program."""
    assert reader.enter().get(f"/service/install?every={every}").status in {200, 409}


@pytest.mark.parametrize("name", ["note", "half-\ud800"])
def test_half_a_character_is_shown_as_something_else(reader: PageClient, name: str) -> None:
    """A form in an encoding that has halves of characters is read, and no mistake of ours comes of it."""
    word = reader.enter().get("/more").fields("/stop")["form_word"][0]
    parts = {"form_word": word, "text": "+2AA-", name.encode("utf-7", "surrogatepass").decode(): "+2AA-"}
    body = "".join(f'--b\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{parts[key]}\r\n' for key in parts)
    kind = "multipart/form-data; boundary=b; charset=utf-7"
    headers = {"Origin": reader.root, "Content-Type": kind}
    assert reader.client.post("/check", content=f"{body}--b--\r\n", headers=headers).status_code < 500


@pytest.mark.parametrize(
    ("address", "field", "typed"),
    [
        ("/files", "path", "~nobody-of-that-name/cv.pdf"),
        ("/files", "path", "/cv\0.pdf"),
        ("/files", "path", "~\0"),
        ("/files/remove", "path", "/cv\0.pdf"),
        ("/outbox/rewrite", "entry", "9" * 5000),
    ],
)
def test_what_cannot_be_meant_is_no_mistake_of_ours(reader: PageClient, address: str, field: str, typed: str) -> None:
    """A path or a number that cannot be is answered like any other that is wrong."""
    word = reader.enter().get("/more").fields("/stop")["form_word"][0]
    seen = reader.post(address, {"form_word": word, "app": "lumen", field: typed})
    assert seen.status in {404, 409, 422}


def test_too_many_files_or_too_much_text_are_said_so(reader: PageClient) -> None:
    """Whoever chooses more files than are taken, or pastes a book, is told what the limit is."""
    word = reader.enter().get("/more").fields("/stop")["form_word"][0]
    many = [("file", (f"{number}.ics", b"x")) for number in range(21)]
    for seen in (
        reader.post("/add/from", {"form_word": word}, many),
        reader.post("/add/from", {"form_word": word, "text": "x" * 2_000_001}, many[:1]),
    ):
        assert seen.status == 413
        assert "At most 20 files" in seen.words


@pytest.mark.parametrize("folder", ["~nobody-of-that-name/home", "/a\0b"])
def test_a_folder_that_cannot_be_is_no_mistake_of_ours(reader: PageClient, folder: str) -> None:
    """The home of somebody whom nobody knows here is refused for somebody on the list, with the reason."""
    word = reader.enter().get("/more").fields("/stop")["form_word"][0]
    assert reader.post("/candidates", {"form_word": word, "name": "Ada", "folder": folder}).status == 422
