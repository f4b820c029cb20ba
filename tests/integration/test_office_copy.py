"""A candidate's files on this machine, and the way of changes back into the office's database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from followup_mail.errors import OutboxError, RefusedError
from followup_mail.office.candidate_home import OfficeAccess, OfficeHome, office_link, opened_home
from followup_mail.office.candidates import add_candidate
from followup_mail.office.kept_paths import check_path, is_kept
from followup_mail.office.sealing import new_key
from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import ProposedChange, ProposedFacts

KEY = new_key()


class Office:
    """An office with one candidate of whom nothing is there yet."""

    def __init__(self, url: str, folder: Path) -> None:
        self.access = OfficeAccess(url, KEY, "ada@desk")
        self.environment = {"XDG_RUNTIME_DIR": str(folder)}
        self.name = f"Zoë {uuid4().hex[:12]}"
        with office_link(self.access) as database:
            add_candidate(database, self.name, "ada@desk")

    @contextmanager
    def open(self, actor: str = "ada@desk") -> Iterator[OfficeHome]:
        access = OfficeAccess(self.access.url, KEY, actor)
        with opened_home(access, self.name, self.environment, with_steps=True) as home:
            yield home

    def write(self, path: str, content: bytes | None, actor: str = "ada@desk") -> None:
        with self.open(actor) as home:
            place = home.folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                place.unlink()
            else:
                place.write_bytes(content)

    def fail(self, path: str, content: bytes) -> None:
        """Write a file, and fail."""
        with self.open() as home:
            (home.folder / path).write_bytes(content)
            raise ZeroDivisionError

    def read(self, path: str) -> bytes | None:
        with self.open() as home:
            place = home.folder / path
            return place.read_bytes() if place.is_file() else None


@pytest.fixture
def office(office_url: str, tmp_path: Path) -> Office:
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    return Office(office_url, folder)


def test_what_is_written_comes_back(office: Office) -> None:
    """A file that a command writes is there for the next one, on any machine, and gone when it was removed."""
    office.write("templates/thank-you/mine.txt", b"Hello\r\n")
    assert office.read("templates/thank-you/mine.txt") == b"Hello\r\n"
    with office.open() as home:
        (home.folder / "templates/thank-you/mine.txt").unlink()
    assert office.read("templates/thank-you/mine.txt") is None


def test_the_copy_is_private_and_goes(office: Office, tmp_path: Path) -> None:
    """The copy is readable for the user alone, and nothing of it stays, after an error either."""
    office.write(".env", b"FOLLOWUP_NAME=Zoe\n")
    with office.open() as home:
        assert home.folder.stat().st_mode & 0o777 == 0o700
        assert (home.folder / ".env").stat().st_mode & 0o777 == 0o600
    with pytest.raises(ZeroDivisionError):
        office.fail("calendar.json", b"{}")
    assert list((tmp_path / "run").iterdir()) == []


def test_what_a_killed_process_left_is_removed(office: Office, tmp_path: Path) -> None:
    """A copy whose process is gone is removed by the next one; one that is in use stays."""
    left = tmp_path / "run" / "followup-mail-office-left"
    left.mkdir()
    (left / ".alive").touch()
    (left / "secret").write_text("x")
    with office.open() as first, office.open():
        assert first.folder.is_dir()
        assert not left.exists()


def test_changes_before_an_error_are_kept(office: Office) -> None:
    """What a command had written before it failed stays written, as in a home folder."""
    with pytest.raises(ZeroDivisionError):
        office.fail("calendar.json", b"{}")
    assert office.read("calendar.json") == b"{}"


def test_two_who_change_one_file_do_not_overwrite_each_other(office: Office) -> None:
    """The second is told which file and who, the file stays as the first left it, and all else is kept."""
    office.write("accounts/work.env", b"1")

    def change() -> None:
        with office.open() as home:
            office.write("accounts/work.env", b"2", "bo@desk")
            (home.folder / "accounts/work.env").write_bytes(b"3")
            (home.folder / "proof-points.txt").write_bytes(b"mine")

    with pytest.raises(RefusedError, match=r"accounts/work\.env was changed by bo@desk") as refused:
        change()
    assert "not kept" in refused.value.sentence
    assert office.read("accounts/work.env") == b"2"
    assert office.read("proof-points.txt") == b"mine"


def test_the_last_tokens_are_kept(office: Office) -> None:
    """Tokens that a worker renewed meanwhile give way to later ones; those that were taken away stay away."""
    office.write("tokens/a@b.json", b"1")
    with office.open() as home:
        office.write("tokens/a@b.json", b"2", "a worker")
        (home.folder / "tokens/a@b.json").write_bytes(b"3")
    assert office.read("tokens/a@b.json") == b"3"
    with suppress(RefusedError), office.open() as home:
        office.write("tokens/a@b.json", None, "bo@desk")
        (home.folder / "tokens/a@b.json").write_bytes(b"4")
    assert office.read("tokens/a@b.json") is None


def test_a_file_that_was_deleted_meanwhile_stays_deleted(office: Office) -> None:
    """A change to a file that somebody else deleted meanwhile does not bring it back."""
    office.write("proof-points.txt", b"1")

    def change() -> None:
        with office.open() as home:
            office.write("proof-points.txt", None, "bo@desk")
            (home.folder / "proof-points.txt").write_bytes(b"2")

    with pytest.raises(RefusedError, match=r"proof-points\.txt"):
        change()
    assert office.read("proof-points.txt") is None


def test_facts_are_kept_before_they_change_here(office: Office) -> None:
    """Facts are in the database before the copy changes; what somebody else changed is not touched, here either."""
    office.write("applications/globex.toml", b"1")
    with office.open() as home:
        path = home.folder / "applications/globex.toml"
        home.copy.save_file(path, b"2")
        assert office.read("applications/globex.toml") == b"2"
        path.write_bytes(b"2")
        office.write("applications/globex.toml", b"3", "bo@desk")
        with pytest.raises(RefusedError, match=r"changed by bo@desk in the meantime; it was not touched"):
            home.copy.save_file(path, b"4")
    assert office.read("applications/globex.toml") == b"3"


def test_a_file_of_a_transaction_that_is_undone_is_kept_later(office: Office) -> None:
    """What was written within a transaction that fails is not in the way of the next change of the same file."""
    with office.open() as home:
        (home.folder / "undo").mkdir()
        step = home.folder / "undo/000001.20261228T093000Z.json"
        for content in (b"1", b"2"):
            with suppress(ZeroDivisionError), home.files.writing():
                step.write_bytes(content)
                home.copy.save("undo/")
                raise ZeroDivisionError
        step.write_bytes(b"3")
    assert office.read("undo/000001.20261228T093000Z.json") == b"3"


@pytest.mark.parametrize("path", ["outbox.sqlite3", "outbox.sqlite3-wal", "delivered/new/1", "log/run.log", "a/.lock"])
def test_what_belongs_to_a_machine_is_not_kept(path: str) -> None:
    """Outbox, mails in a folder, logs and locks are of one machine."""
    assert not is_kept(path)


@pytest.mark.parametrize(
    "path", [".env", "log/forgotten.json", "undo/.under-way", "written/.agreed", "tokens/a@b.json"]
)
def test_what_is_somebodys_is_kept(path: str) -> None:
    """Settings, tokens, steps and what was forgotten are the candidate's."""
    assert is_kept(path)


@pytest.mark.parametrize("path", ["../x", "/x", "a/../x", "a//x", "a\\x", "a/.", ""])
def test_no_file_lies_outside(path: str) -> None:
    """A path that would lead out of the folder is refused, and never written."""
    with pytest.raises(OutboxError, match="cannot be the name of a file"):
        check_path(path, "ann")


@pytest.mark.parametrize("path", ["applications/con.toml", "a:b", "a/x.", "NUL"])
def test_windows_has_names_of_its_own(path: str) -> None:
    """What Windows takes for a device, or cannot write, is refused there and nowhere else."""
    assert check_path(path, "ann", windows=False) == path
    with pytest.raises(OutboxError):
        check_path(path, "ann", windows=True)


def test_a_link_to_a_folder_is_not_followed(office: Office, tmp_path: Path) -> None:
    """Nothing outside of the copy gets into the database by a link to a folder."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret").write_text("x")
    with office.open() as home:
        (home.folder / "templates").symlink_to(tmp_path / "outside")
    assert office.read("templates/secret") is None


def test_proposals_are_kept_and_the_first_of_two_is_not_lost(office: Office) -> None:
    """Proposals are a candidate's like all files; of two with one number the first stays."""

    def propose(folder: Path, by: str) -> None:
        facts = ProposedFacts((ProposedChange("fit", f"can sing, says {by}"),))
        KeptProposals(folder).offer("lumen", by, facts, "", datetime(2026, 11, 18, tzinfo=UTC))

    with office.open() as home:
        propose(home.folder, "Helper")

    def propose_late() -> None:
        with office.open() as home:
            with office.open("bo@desk") as other:
                propose(other.folder, "First")
            propose(home.folder, "Second")

    with pytest.raises(RefusedError, match=r"proposals/000002\.json was changed by bo@desk"):
        propose_late()
    with office.open() as home:
        assert [one.by for one in KeptProposals(home.folder).waiting()] == ["Helper", "First"]
