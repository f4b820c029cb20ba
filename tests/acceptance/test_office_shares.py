"""What an office shares with its candidates: their own goes before it, and it goes before what is built in."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk
from office_server import OWNER, OfficeServer

from followup_mail.cadence.cadence_files import PRESETS
from followup_mail.drafts.template_folders import TemplateFolders, built_in_templates
from followup_mail.office.sealing import new_key

WORDING = "Subject: Thank you for {{ day }}\n\nDear Sam,\n\nthe office's words.\n"


@pytest.fixture
def office(office_server: OfficeServer, stranger: Desk) -> Desk:
    """An office with one candidate, ann."""
    name = f"shares_{stranger.folder.name[-20:].replace('-', '_').lower()}"
    office_server.sql(f"DROP DATABASE IF EXISTS {name}")
    office_server.sql(f"CREATE DATABASE {name} OWNER {OWNER}")
    stranger.environment |= {
        "FOLLOWUP_DATABASE_URL": office_server.url(name),
        "FOLLOWUP_DATABASE_OWNER_URL": office_server.url(name, OWNER),
        "FOLLOWUP_OFFICE_KEY": new_key(),
        "FOLLOWUP_TIME_ZONE": "Europe/Vienna",
    }
    stranger.say("office", "migrate")
    stranger.say("office", "add", "ann")
    return stranger


def _write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return str(path)


def _places(desk: Desk) -> dict[str, str]:
    """Return whose each thank-you is, for ann."""
    rows = [line.split() for line in desk.say("--candidate", "ann", "templates", "list").splitlines()]
    return {row[1]: " ".join(row[2:]) for row in rows if row[:1] == ["thank_you"]}


def test_a_shared_template_is_everybodys_until_they_have_their_own(office: Desk, tmp_path: Path) -> None:
    """What the office shares is tried, shared, marked as the office's, hidden by an own file, and taken back."""
    short = (built_in_templates() / "thank_you" / "short_note.txt").read_text("utf-8")
    warm = _write(tmp_path, "templates/thank_you/warm_office.txt", short)
    hides = _write(tmp_path, "templates/thank_you/short_note.txt", short)
    method = _write(tmp_path, "cadences/spring-fair.toml", (PRESETS / "balanced.toml").read_text("utf-8"))
    assert office.say("office", "share", warm, hides, method).count("Shared with all candidates") == 3
    assert "Shared already as it is" in office.say("office", "share", warm)
    assert {one["path"]: one["version"] for one in office.json("office", "shared")} == {
        "cadences/spring-fair.toml": 1,
        "templates/thank_you/short_note.txt": 1,
        "templates/thank_you/warm_office.txt": 1,
    }
    places = _places(office)
    assert (places["warm_office"], places["short_note"]) == ("the office", "the office")
    assert "built in" in places.values()
    assert "spring-fair  (the office's)" in office.say("--candidate", "ann", "cadence", "list")

    office.say("--candidate", "ann", "templates", "copy", "thank_you/short_note")
    places = _places(office)
    assert places["warm_office"] == "the office"
    assert places["short_note"].endswith("short_note.txt")

    office.say("office", "unshare", "thank_you/warm_office")
    assert "warm_office" not in _places(office)
    assert "The office shares no" in office.run("office", "unshare", "thank_you/warm_office").stderr


def test_what_cannot_be_written_with_is_not_shared(office: Desk, tmp_path: Path) -> None:
    """A template that fails on sample facts is refused with what is wrong, and so are those beside it."""
    short = (built_in_templates() / "thank_you" / "short_note.txt").read_text("utf-8")
    good = _write(tmp_path, "thank_you/good.txt", short)
    for name, text, said in (
        ("thank_you/bad.txt", "Subject: x\n\n{{ nothing_of_this_name }}\n", "nothing_of_this_name"),
        ("no_such_kind/x.txt", short, "is never used"),
        ("cadences/bad.toml", "steps = 3\n", "bad.toml"),
        ("picture.png", "x", "neither a template nor a method"),
    ):
        done = office.run("office", "share", good, _write(tmp_path, name, text))
        assert done.returncode != 0
        assert said in done.stderr
    assert office.json("office", "shared") == []


def test_the_offices_wording_is_taken_before_a_built_in_one(tmp_path: Path) -> None:
    """Of several wordings of a kind an own one comes first, then the office's, then those that ship."""
    _write(tmp_path, "office/thank_you/zz.txt", WORDING)
    folders = TemplateFolders(tmp_path / "own", tmp_path / "office")
    found = {wording.name: (wording.own, wording.shared) for wording in folders.wordings("thank_you")}
    assert found["zz"] == (False, True)
    assert folders.is_own("thank_you/zz.txt")
    _write(tmp_path, "own/thank_you/zz.txt", WORDING)
    assert folders.wording("thank_you", "zz").own


def test_a_voice_is_the_candidates_own(office: Desk) -> None:
    """How one candidate writes is kept with their files, is nobody else's, and can be taken back."""
    office.say("office", "add", "bob")
    office.say("office", "set", "ann", "FOLLOWUP_TIME_ZONE=Europe/Vienna")
    said = "Thanks for the notes. I'd keep the second version, and it's shorter, too. I'll call you."
    mail = f"Hi Dana,\n\n{said}\n\nBest,\nAnn"
    office.say("--candidate", "ann", "voice", "add", _write(office.folder, "mine.txt", mail))
    assert office.json("--candidate", "ann", "voice", "show")["closings"] == ["Best"]
    assert office.json("--candidate", "bob", "voice", "show")["mails"] == 0
    assert "voice.toml is deleted" in office.say("--candidate", "ann", "undo", "--yes")
    assert office.json("--candidate", "ann", "voice", "show")["mails"] == 0
