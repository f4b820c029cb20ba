"""Who is surely dead, and what lies on a network drive."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from followup_mail.outbox.lease import is_process_gone, name_worker
from followup_mail.outbox.network_drive import network_drive_of


def test_every_worker_has_a_name_of_its_own() -> None:
    """Two workers of one process are told apart."""
    assert name_worker().name != name_worker().name


def test_a_living_process_is_not_dead() -> None:
    """This very process is alive."""
    assert not is_process_gone(name_worker().name)


@pytest.mark.parametrize("name", ["elsewhere:999999:abcd", "", "x", ":::", f"{platform.node()}:none:abcd"])
def test_when_in_doubt_it_lives(name: str) -> None:
    """A worker on another machine, or of a name that says nothing, may be alive."""
    assert not is_process_gone(name)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/net/home/jo/outbox", "nfs4"),
        ("/net", "nfs4"),
        ("/nether/outbox", ""),
        ("/net/local disk/outbox", ""),
        ("/home/jo/outbox", ""),
    ],
)
def test_the_longest_mount_point_decides(tmp_path: Path, path: str, kind: str) -> None:
    """A folder on NFS is found, also with a local disk mounted beneath."""
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/a / ext4 rw 0 0\nserver:/x /net nfs4 rw 0 0\n/dev/b /net/local\\040disk ext4 rw 0 0\n")
    assert network_drive_of(Path(path), mounts) == kind


def test_without_a_list_of_mounts_nothing_is_said(tmp_path: Path) -> None:
    """On systems that cannot be asked, opening the file decides."""
    assert network_drive_of(Path("/net/x"), tmp_path / "missing") == ""
