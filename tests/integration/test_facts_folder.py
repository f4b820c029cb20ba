"""The folder of facts on a real disk: private, never overwritten, never half, whatever the name or the file."""

from __future__ import annotations

import os
import stat
import sys
from datetime import date
from pathlib import Path

import pytest

from followup_mail.errors import FactsError, FactsFileError, FollowupError, NotFoundError, RefusedError
from followup_mail.facts import atomic_files, facts_folder
from followup_mail.facts.facts_folder import FactsFolder

GOOD = '# mine\ncompany = "Acme"\nrole = "Engineer"\n'
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions and special files")
not_root = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")


@pytest.fixture
def facts(tmp_path: Path) -> FactsFolder:
    return FactsFolder(tmp_path / "home")


def left_over(facts: FactsFolder) -> list[str]:
    return sorted(one.name for one in facts.folder.iterdir() if one.name.endswith(".tmp"))


def test_an_empty_home_is_empty(facts):
    """Looking into a home that is not there makes nothing and finds nothing."""
    assert (facts.slugs(), facts.load_all()) == ((), ([], []))
    assert not facts.home.exists()


def test_what_was_made_is_found(facts):
    """An application that was made can be loaded, listed and read as it was written."""
    path = facts.create("acme", GOOD)
    facts.create("acme-data", GOOD)
    assert facts.slugs() == ("acme", "acme-data")
    assert facts.load("acme").company == "Acme"
    assert (facts.text("acme"), path) == (GOOD, facts.path("acme"))
    assert left_over(facts) == []


@posix
def test_facts_are_private(facts):
    """Files are 0600 and folders 0700, also after a rewrite, and after an editor has loosened them."""
    path = facts.create("acme", GOOD)
    path.chmod(0o644)
    facts.change("acme", {"country": "DE"})
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path, facts.folder, facts.home)] == [0o600, 0o700, 0o700]
    facts.replace("acme", GOOD)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_overwritten(facts):
    """Making an application twice refuses, and leaves the first as it was."""
    facts.create("acme", GOOD)
    with pytest.raises(RefusedError, match="was not touched"):
        facts.create("acme", GOOD.replace("Acme", "Apex"))
    assert facts.text("acme") == GOOD
    assert left_over(facts) == []


def test_nothing_is_written_when_anything_is_wrong(facts):
    """A file with a problem is neither made, nor replaces, nor results from a change."""
    with pytest.raises(FactsFileError):
        facts.create("acme", "company = ")
    assert not facts.home.exists()
    facts.create("acme", GOOD)
    with pytest.raises(FactsFileError):
        facts.replace("acme", "company = ")
    with pytest.raises(FactsFileError):
        facts.change("acme", {"outcome": {"status": "lost"}})
    assert facts.text("acme") == GOOD


def test_a_byte_order_mark_stays(facts):
    """A file that an editor began with a byte order mark keeps it, with its line ends, through any change."""
    facts.create("acme", GOOD)
    path = facts.path("acme")
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    facts.change("acme", {"outcome": {"status": "replied"}})
    changed = path.read_bytes()
    assert changed.startswith(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    facts.replace("acme", facts.text("acme").replace("Acme", "Apex"))
    assert path.read_bytes() == changed.replace(b"Acme", b"Apex")


@pytest.mark.parametrize(
    "slug",
    [
        "../x",
        "/etc/passwd",
        "a/b",
        "a\\b",
        "a\x00b",
        ".",
        "..",
        "",
        "CON",
        "nul",
        "Acme",
        "acme\n",
        "a" * 9999,
        "\ud800",
        " ",
    ],
)
def test_a_hostile_slug_names_nothing(facts, slug, tmp_path):
    """A path, a device, capitals or controls find nothing, make nothing and remove nothing."""
    facts.create("acme", GOOD)
    (tmp_path / "home" / "x.toml").write_text(GOOD)
    before = sorted(one for one in tmp_path.rglob("*") if one.name != ".lock")
    for act in (
        lambda: facts.load(slug),
        lambda: facts.text(slug),
        lambda: facts.path(slug),
        lambda: facts.create(slug, GOOD),
        lambda: facts.replace(slug, GOOD),
        lambda: facts.change(slug, {}),
        lambda: facts.remove(slug),
    ):
        with pytest.raises((NotFoundError, FactsError)) as caught:
            act()
        assert caught.value.fix
        assert str(caught.value).isprintable()
    assert sorted(one for one in tmp_path.rglob("*") if one.name != ".lock") == before


@pytest.mark.parametrize(
    ("slug", "fix"),
    [("Acme", "Did you mean acme"), ("acm", "acme"), ("data", "acme-data"), ("zzz", "followup-mail list")],
)
def test_the_nearest_name_is_offered(facts, slug, fix):
    """Who mistypes a name is told the right one and the folder."""
    facts.create("acme", GOOD)
    facts.create("acme-data", GOOD)
    with pytest.raises(NotFoundError) as caught:
        facts.load(slug)
    assert str(facts.folder) in caught.value.sentence
    assert fix in caught.value.fix


def test_one_bad_file_does_not_hide_the_others(facts):
    """Listing gives every application that can be read, and one error for each file that cannot."""
    facts.create("acme", GOOD)
    (facts.folder / "bad.toml").write_text("x = \n")
    (facts.folder / "My File.toml").write_text(GOOD)
    (facts.folder / ".acme.toml.swp").write_text("")
    (facts.folder / "acme.toml~").write_text("")
    known, errors = facts.load_all()
    assert [one.slug for one in known] == ["acme"]
    assert [one.problems[0].file.name for one in errors] == ["My File.toml", "bad.toml"]
    assert "Rename it to my-file.toml" in str(errors[0])


@posix
@pytest.mark.parametrize(
    ("make", "wrong"),
    [
        (lambda path: path.write_bytes(b'company = "A"\nrole = "\xfc"\n'), "is not UTF-8 text: byte 0xFC"),
        (lambda path: path.write_bytes(GOOD.encode("utf-16")), "is not UTF-8 text"),
        (lambda path: path.write_text(""), "is empty"),
        (lambda path: path.write_text("#" * 300_000), "is larger than 256 KB"),
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: os.mkfifo(path), "is not a plain file"),  # noqa: PLW0108  # Windows has no mkfifo
        (lambda path: path.symlink_to("/dev/zero"), "is not a plain file"),
        (lambda path: path.symlink_to(path), "is a link that leads back to itself"),
        (lambda path: path.symlink_to("/nowhere"), "is a link to a file that is not there"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(facts, make, wrong):
    """Wrong encodings, folders, pipes, devices and broken links are named, and never waited for."""
    facts.create("acme", GOOD)
    facts.path("acme").unlink()
    make(facts.path("acme"))
    for act in (facts.load, lambda slug: facts.change(slug, {"country": "DE"})):
        with pytest.raises(FactsFileError) as caught:
            act("acme")
        [problem] = caught.value.problems
        assert wrong in problem.wrong
    assert len(facts.load_all()[1]) == 1


@posix
@not_root
def test_a_file_that_may_not_be_read(facts):
    """Missing permission is said as such."""
    facts.create("acme", GOOD).chmod(0)
    with pytest.raises(FactsFileError, match="may not be read"):
        facts.load("acme")


def test_a_file_in_the_way_of_a_folder(tmp_path):
    """A home that is a file is named, and left alone."""
    (tmp_path / "home").write_text("precious")
    facts = FactsFolder(tmp_path / "home")
    with pytest.raises(FactsError, match="is in the way"):
        facts.create("acme", GOOD)
    assert facts.slugs() == ()
    assert (tmp_path / "home").read_text() == "precious"


def test_a_change_keeps_the_users_hand(facts):
    """A change of single facts keeps remarks and order, makes the table it needs, and returns what is true now."""
    facts.create("acme", GOOD)
    known = facts.change("acme", {"outcome": {"status": "rejected", "on": date(2026, 12, 1)}, "cadence": None})
    assert known == facts.load("acme")
    assert known.outcome.on == date(2026, 12, 1)
    assert facts.text("acme") == f'{GOOD}\n[outcome]\nstatus = "rejected"\non = 2026-12-01\n'


def test_an_edit_made_from_an_old_text_is_refused(facts):
    """What another command wrote while an editor was open is not lost."""
    facts.create("acme", GOOD)
    opened = facts.text("acme")
    facts.change("acme", {"country": "DE"})
    with pytest.raises(RefusedError, match="was changed by something else"):
        facts.replace("acme", opened + "# late\n", instead_of=opened)
    assert facts.load("acme").country == "DE"
    assert facts.replace("acme", GOOD, instead_of=facts.text("acme")).country is None


def test_an_editor_that_saves_in_the_same_instant_wins(facts, monkeypatch):
    """A save between our reading and our writing is kept, and the change refused rather than laid over it."""
    facts.create("acme", GOOD)

    def rewrite_late(text: str, _changes: object) -> str:
        facts.path("acme").write_text(GOOD + "# saved\n")
        return text + 'country = "DE"\n'

    monkeypatch.setattr(facts_folder, "rewrite", rewrite_late)
    with pytest.raises(RefusedError, match="was changed by something else"):
        facts.change("acme", {"country": "DE"})
    assert facts.text("acme") == GOOD + "# saved\n"


@posix
def test_a_link_stays_a_link(facts, tmp_path):
    """Facts kept elsewhere and linked are changed where they are."""
    facts.create("acme", GOOD)
    elsewhere = facts.path("acme").rename(tmp_path / "mine.toml")
    facts.path("acme").symlink_to(elsewhere)
    facts.change("acme", {"country": "DE"})
    assert facts.path("acme").is_symlink()
    assert 'country = "DE"' in elsewhere.read_text()


def test_a_crash_while_writing_leaves_the_old_file(facts, monkeypatch):
    """When the disk fails before the replacing step, the old file is whole and nothing else is left."""

    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    facts.create("acme", GOOD)
    monkeypatch.setattr(atomic_files.os, "fsync", fail)
    for act in (lambda: facts.change("acme", {"country": "DE"}), lambda: facts.create("other", GOOD)):
        with pytest.raises(FactsError, match="no space left on device") as caught:
            act()
        assert caught.value.fix.startswith("Nothing was changed.")
    assert facts.text("acme") == GOOD
    assert facts.slugs() == ("acme",)
    assert left_over(facts) == []


@posix
def test_a_disk_without_hard_links(facts, monkeypatch):
    """Where no hard links exist, a new file is made all the same and still never overwrites."""

    def refuse(*_paths: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(atomic_files.os, "link", refuse)
    facts.create("acme", GOOD)
    with pytest.raises(RefusedError):
        facts.create("acme", GOOD.replace("Acme", "Apex"))
    assert facts.text("acme") == GOOD
    assert left_over(facts) == []


@posix
def test_a_disk_without_hard_links_that_is_full(facts, monkeypatch):
    """Where no hard links exist and no name can be given either, nothing is left of the new file."""

    def refuse(*_paths: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(atomic_files.os, "link", refuse)
    with monkeypatch.context() as full:
        full.setattr(atomic_files.Path, "replace", refuse)
        with pytest.raises(FactsError):
            facts.create("acme", GOOD)
    assert (facts.slugs(), left_over(facts)) == ((), [])
    facts.create("acme", GOOD)


def test_forgetting_leaves_nothing(facts):
    """Removing an application takes its file and what a crash left of it, and nothing of another."""
    facts.create("acme", GOOD)
    facts.create("acme-2", GOOD)
    (facts.folder / ".acme.toml.1234.tmp").write_text(GOOD)
    (facts.folder / ".acme-2.toml.1234.tmp").write_text(GOOD)
    facts.remove("acme")
    assert facts.slugs() == ("acme-2",)
    assert left_over(facts) == [".acme-2.toml.1234.tmp"]
    with pytest.raises(NotFoundError):
        facts.remove("acme")


def test_a_bad_file_can_be_forgotten(facts):
    """A file need not be right to be removed."""
    facts.create("acme", GOOD)
    facts.path("acme").write_text("x = ")
    facts.remove("acme")
    assert facts.slugs() == ()


def test_every_error_has_a_next_step(facts):
    """Each refusal of the folder tells what to do next."""
    facts.create("acme", GOOD)
    for act in (
        lambda: facts.load("none"),
        lambda: facts.create("acme", GOOD),
        lambda: facts.create("No Slug", GOOD),
        lambda: facts.replace("acme", GOOD, instead_of="other"),
        lambda: facts.replace("acme", ""),
    ):
        with pytest.raises(FollowupError) as caught:
            act()
        assert caught.value.fix
