"""Which files facts can have attached: those beside them, below the home, and what the user confirmed elsewhere."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from followup_mail.cadence.step import Kind
from followup_mail.errors import FactsError, NotFoundError
from followup_mail.message import attachments
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import AFTER_THE_INTERVIEW, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.edit_entry import reword_entry
from followup_mail.services.queueing.enqueue import enqueue, enqueue_planned
from followup_mail.services.typed.allowed_files import NAME, confirm_file, forget_file, read_confirmed
from followup_mail.services.typed.attachable import _OWN_FOLDERS, allow_file, read_promised
from followup_mail.services.writing.prepare import prepare
from followup_mail.workspace import Workspace

REQUEST = Request(SLUG, Kind.THANK_YOU)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_demo_workspace(tmp_path / "home", Clock(AFTER_THE_INTERVIEW))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A file that is nowhere near the home folder."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "study.pdf").write_bytes(b"%PDF-1.7")
    return folder / "study.pdf"


def promise(workspace: Workspace, file: str | Path) -> None:
    path = workspace.facts.path(SLUG)
    path.write_text(
        f"{path.read_text('utf-8')}\n[[promised]]\nwhat = 'the case study'\nto = 'everybody'\nfile = '{file}'\n",
        "utf-8",
    )


def attached(workspace: Workspace, file: str | Path, confirm: bool | None = None) -> list[Path]:
    """Promise a file, write the thank-yous, and return the questions that were asked, if anybody was there."""
    promise(workspace, file)
    asked: list[Path] = []

    def answer(path: Path) -> bool:
        asked.append(path)
        return bool(confirm)

    found = prepare(workspace, REQUEST) if confirm is None else prepare(workspace, REQUEST, answer)
    assert all(one.written.draft.attachments[0].content == b"%PDF-1.7" for one in found.prepared)
    return asked


@pytest.mark.parametrize("place", ["applications/study.pdf", "applications/sent/study.pdf", "papers/study.pdf"])
@pytest.mark.parametrize("absolute", [False, True])
def test_files_of_the_home_folder_need_no_word(workspace: Workspace, place: str, absolute: bool) -> None:
    """Beside the facts, in a folder there, and elsewhere below the home folder, by either kind of path."""
    path = workspace.home / place
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"%PDF-1.7")
    assert attached(workspace, path if absolute else os.path.relpath(path, workspace.facts.folder), confirm=False) == []


def test_a_file_elsewhere_is_asked_for_once(workspace: Workspace, elsewhere: Path) -> None:
    """The question comes once for all mails, and never again; the list is for the user alone."""
    assert attached(workspace, elsewhere, confirm=True) == [elsewhere]
    assert read_confirmed(workspace.home) == (str(elsewhere),)
    assert (workspace.home / NAME).stat().st_mode & 0o077 == 0
    assert prepare(workspace, REQUEST).prepared


@pytest.mark.parametrize("confirm", [None, False])
def test_a_file_elsewhere_is_refused_without_a_yes(workspace: Workspace, elsewhere: Path, confirm: bool | None) -> None:
    """A no, or nobody to ask: nothing is written, and the command that allows the file is named."""
    with pytest.raises(FactsError, match="you have not confirmed it") as caught:
        attached(workspace, elsewhere, confirm)
    assert f"followup-mail allow-file {elsewhere}" in caught.value.fix
    assert read_confirmed(workspace.home) == ()


def test_queueing_asks_and_refuses_alike(workspace: Workspace, elsewhere: Path) -> None:
    """Without a yes nothing is queued; what the plan leaves out names the command too."""
    promise(workspace, elsewhere)
    with pytest.raises(FactsError, match="not confirmed"):
        enqueue(workspace, REQUEST)
    planned = enqueue_planned(workspace, REQUEST)
    entries, left = planned.entries, planned.left_out
    assert not [one for one in entries if one.step.kind is Kind.THANK_YOU]
    assert any("allow-file" in one for one in left)
    queued = enqueue(workspace, REQUEST, lambda _: True).entries
    assert all(one.message.attached[0].path == elsewhere for one in queued)


def test_a_relative_path_never_leads_outside(workspace: Workspace, elsewhere: Path) -> None:
    """Neither by dots nor by a link, even where the file is confirmed: only its absolute path was."""
    confirm_file(workspace.home, elsewhere)
    (workspace.facts.folder / "link.pdf").symlink_to(elsewhere)
    (workspace.facts.folder / "linked").symlink_to(elsewhere.parent)
    for relative in (os.path.relpath(elsewhere, workspace.facts.folder), "link.pdf", "linked/study.pdf"):
        with pytest.raises(FactsError, match="outside your followup-mail folder") as caught:
            read_promised(workspace, workspace.facts.folder / relative, absolute=False)
        assert "absolute path" in caught.value.fix


def test_a_confirmation_is_for_where_the_path_led(workspace: Workspace, elsewhere: Path, tmp_path: Path) -> None:
    """A link that is turned to another file afterwards has to be confirmed again."""
    link, other = tmp_path / "study", elsewhere.with_name("private.txt")
    other.write_text("private", "utf-8")
    link.symlink_to(elsewhere)
    assert allow_file(workspace, link) == elsewhere
    assert read_promised(workspace, link).content == b"%PDF-1.7"
    link.unlink()
    link.symlink_to(other)
    with pytest.raises(FactsError, match=r"private\.txt is not attached"):
        read_promised(workspace, link)


OWN = [
    ".env",
    "outbox.sqlite3",
    "outbox.sqlite3-wal",
    "calendar.json",
    NAME,
    f"applications/{SLUG}.toml",
    f"applications/{SLUG}.notes.txt",
    "log/runs.log",
    "delivered/000001.eml",
    "cadences/mine.toml",
    "accounts/work.env",
    "tokens/jo@example.com.json",
    "undo/000001.20270101T000000Z.json",
    "previews/lumen.html",
    "proposals/000001.json",
    "written/lumen.json",
]


def test_every_folder_of_ours_is_known_as_ours() -> None:
    """A folder that docs/architecture.md lists among the places of our state is refused as a source of attachments."""
    page = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text("utf-8")
    rows = page.partition("## Where state is")[2].partition("\n## ")[0].splitlines()
    places = [row.split(" | ")[1] for row in rows if row.count(" | ") == 2 and "cache folder" not in row]
    folders = {folder for place in places for folder in re.findall(r"`([a-z-]+)/|folder `([a-z-]+)`", place)}
    named = {name for pair in folders for name in pair if name} - {"applications", "office"}
    assert {"tokens", "undo", "written"} <= named <= set(_OWN_FOLDERS)


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("disguise", ["none", "symlink", "hard link", "hard link elsewhere"])
def test_the_programs_own_files_are_never_attached(
    workspace: Workspace, tmp_path: Path, name: str, disguise: str
) -> None:
    """Not by their own name, nor by a link of either kind, nor with a yes."""
    own = workspace.home / name
    own.parent.mkdir(exist_ok=True)
    own.touch()
    path = {
        "none": own,
        "symlink": workspace.facts.folder / "cv.pdf",
        "hard link": workspace.facts.folder / "cv.pdf",
        "hard link elsewhere": tmp_path / "cv.pdf",
    }[disguise]
    if disguise == "symlink":
        path.symlink_to(own)
    elif disguise != "none":
        path.hardlink_to(own)
    for absolute in (True, False):
        with pytest.raises(FactsError, match="one of the files of followup-mail itself"):
            read_promised(workspace, path, lambda _: True, absolute=absolute)
    with pytest.raises(FactsError, match="one of the files of followup-mail itself"):
        allow_file(workspace, path)


def test_settings_that_lie_elsewhere_are_ours_too(workspace: Workspace, tmp_path: Path) -> None:
    """A ``.env`` that is a link leads to a file that holds the password, whatever it is called."""
    kept = tmp_path / "dotfile"
    kept.write_text("FOLLOWUP_NAME=x", "utf-8")
    (workspace.home / ".env").symlink_to(kept)
    with pytest.raises(FactsError, match="followup-mail itself"):
        read_promised(workspace, kept, lambda _: True)


@pytest.mark.parametrize("name", [f"{SLUG}.toml~", f".{SLUG}.toml.swp", f".{SLUG}.toml.1a2b.tmp", ".lock"])
def test_copies_of_facts_are_never_attached(workspace: Workspace, name: str) -> None:
    """What an editor or a crash left beside a facts file holds the same notes."""
    (workspace.facts.folder / name).write_text("x", "utf-8")
    with pytest.raises(FactsError, match="followup-mail itself"):
        read_promised(workspace, workspace.facts.folder / name, absolute=False)


def test_what_was_checked_is_what_is_read(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is exchanged between the check and the reading, or turned into a link, is not read."""
    path, secret = workspace.facts.folder / "cv.pdf", tmp_path / "secret"
    path.write_text("harmless", "utf-8")
    secret.write_text("secret", "utf-8")

    def exchange(real: Path, found: os.stat_result) -> None:
        path.unlink()
        path.symlink_to(secret)

    assert attachments.read_attachment(path, exchange).content == b"harmless"
    monkeypatch.setattr(attachments.os.path, "realpath", str)
    with pytest.raises(FactsError, match="cannot be read"):
        attachments.read_attachment(path, lambda *_: None)


def test_an_edit_reads_by_the_same_rule(workspace: Workspace, elsewhere: Path) -> None:
    """Words of a queued mail are changed with its file as long as that is allowed."""
    promise(workspace, elsewhere)
    entry, *_ = enqueue(workspace, REQUEST, lambda _: True).entries
    forget_file(workspace.home, elsewhere)
    with pytest.raises(FactsError, match="not confirmed"):
        reword_entry(workspace, entry, entry.message.subject, entry.message.text, ())
    allow_file(workspace, elsewhere)
    assert reword_entry(workspace, entry, entry.message.subject, entry.message.text, ()).message.attached


def test_the_list_can_be_shortened(workspace: Workspace, elsewhere: Path) -> None:
    """A path is taken off by its name, also when the file is gone; another one is told."""
    allow_file(workspace, elsewhere)
    allow_file(workspace, elsewhere)
    assert read_confirmed(workspace.home) == (str(elsewhere),)
    elsewhere.unlink()
    assert forget_file(workspace.home, elsewhere) == str(elsewhere)
    assert read_confirmed(workspace.home) == ()
    with pytest.raises(NotFoundError, match="not among the files"):
        forget_file(workspace.home, elsewhere)


def test_a_file_of_the_home_folder_needs_no_allowing(workspace: Workspace) -> None:
    """It is not put on the list."""
    (workspace.facts.folder / "cv.pdf").write_text("x", "utf-8")
    assert allow_file(workspace, workspace.facts.folder / "cv.pdf") is None
    assert read_confirmed(workspace.home) == ()


@pytest.mark.parametrize(("name", "says"), [("gone.pdf", "No such file"), (".", "not a file"), ("a\0b", "null byte")])
def test_what_is_no_file_cannot_be_allowed(workspace: Workspace, tmp_path: Path, name: str, says: str) -> None:
    """Allowing says at once what would stand in the way later."""
    with pytest.raises(FactsError, match=says):
        allow_file(workspace, tmp_path / name)
    assert read_confirmed(workspace.home) == ()


def test_a_name_that_hides_something_cannot_be_confirmed(workspace: Workspace, elsewhere: Path) -> None:
    """A line break in a folder's name would be two lines of the list."""
    folder = elsewhere.parent / "a\nb"
    folder.mkdir()
    (folder / "cv.pdf").write_text("x", "utf-8")
    with pytest.raises(FactsError, match="cannot be shown"):
        allow_file(workspace, folder / "cv.pdf")
