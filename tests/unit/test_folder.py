"""The embedded default: a maildir of .eml files."""

from __future__ import annotations

import errno
import mailbox
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from outbox_samples import make_handed

from followup_mail.delivery.maildir import FolderTransport, forget_messages
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, InterruptedDelivery, Phase, Verdict

HELLO = b"Message-ID: <1@example.com>\r\nSubject: Thank you\r\n\r\n.Dear Ada,\r\n"


def message(content: bytes = HELLO) -> Message:
    return make_handed("jordan@example.com", ("ada@example.org",), content)


def deliver(folder: Path, content: bytes = HELLO) -> AttemptResult:
    return FolderTransport(folder).deliver(message(content), lambda: None)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_mail_program_reads_it(tmp_path: Path) -> None:
    """The file is a message of a maildir, byte for byte what would have been sent, and the outcome says where it is."""
    outcome = deliver(tmp_path / "sent")
    (path,) = files(tmp_path)
    assert (outcome.verdict, outcome.phase, outcome.queue_id) == (Verdict.ACCEPTED, Phase.DONE, str(path))
    assert (path.suffix, path.parent.name) == (".eml", "new")
    assert path.read_bytes() == HELLO
    (message,) = mailbox.Maildir(tmp_path / "sent", create=False)
    assert message["Subject"] == "Thank you"
    assert "nothing was sent" in outcome.said
    assert outcome.in_folder
    assert FolderTransport.leaves_machine is False


@pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX")
def test_for_the_owner_only(tmp_path: Path) -> None:
    """Folders are 0700 and files 0600."""
    deliver(tmp_path / "sent")
    for path in [tmp_path / "sent", *(tmp_path / "sent").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_same_message_twice_is_one_file(tmp_path: Path) -> None:
    """The same Message-ID again, as after a crash, makes no second file, even with another Date."""
    first = deliver(tmp_path)
    again = deliver(tmp_path, b"Date: Wed, 18 Nov 2026 09:00:00 -0600\r\n" + HELLO)
    assert (again.verdict, again.queue_id) == (Verdict.ACCEPTED, first.queue_id)
    assert len(files(tmp_path)) == 1


def test_same_message_after_a_mail_program_saw_it(tmp_path: Path) -> None:
    """A message that a mail program has moved to cur/ and flagged is still the same message."""
    new = Path(deliver(tmp_path).queue_id)
    seen = new.rename(tmp_path / "cur" / f"{new.name}:2,S")
    assert deliver(tmp_path).queue_id == str(seen)
    assert files(tmp_path) == [seen]


@pytest.mark.parametrize(
    "head", [b"message-id:<1@example.com>", b"Message-ID:\r\n <1@example.com>", b"Message-Id:  <1@example.com> "]
)
def test_message_id_however_written(head: bytes, tmp_path: Path) -> None:
    """The Message-ID counts, however the header is written."""
    deliver(tmp_path)
    deliver(tmp_path, head + b"\r\n\r\nother\r\n")
    assert len(files(tmp_path)) == 1


def test_different_messages_are_different_files(tmp_path: Path) -> None:
    """Another Message-ID, or another content without one, is another file; ids in the body do not count."""
    contents = [HELLO, HELLO.replace(b"<1@", b"<2@"), b"Subject: x\r\n\r\nMessage-ID: <1@example.com>\r\n", b"x: y\r\n"]
    for content in contents:
        assert deliver(tmp_path, content).verdict is Verdict.ACCEPTED
    assert sorted(path.read_bytes() for path in files(tmp_path)) == sorted(contents)


def test_names_cannot_lead_elsewhere(tmp_path: Path) -> None:
    """A hostile Message-ID chooses no path."""
    deliver(tmp_path / "sent", b"Message-ID: <../../../evil@example.com>\r\n\r\nx\r\n")
    assert [path.parent for path in files(tmp_path)] == [tmp_path / "sent" / "new"]


def test_intent_comes_first(tmp_path: Path) -> None:
    """``before_data`` is called once, before anything is written; when it fails, nothing is."""
    seen: list[list[Path]] = []
    FolderTransport(tmp_path).deliver(message(), lambda: seen.append(files(tmp_path)))
    assert seen == [[]]

    def fail() -> None:
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError, match="disk full"):
        FolderTransport(tmp_path / "other").deliver(message(), fail)
    assert files(tmp_path / "other") == []


def test_refuses_what_smtp_would(tmp_path: Path) -> None:
    """A message that could not be sent is not filed either, so that a rehearsal tells the truth."""
    outcome = deliver(tmp_path, b"bare\nLF\n")
    assert outcome.verdict is Verdict.REFUSED
    assert files(tmp_path) == []


def test_forgetting(tmp_path: Path) -> None:
    """Copies are found by their Message-ID, also those that a mail program has moved, and nothing else is deleted."""
    for number in (b"1", b"2", b"3"):
        deliver(tmp_path, HELLO.replace(b"<1@", b"<%b@" % number))
    seen = Path(deliver(tmp_path).queue_id)
    seen.rename(tmp_path / "cur" / f"{seen.name}:2,S")
    assert forget_messages(tmp_path, ["<1@example.com>", "<2@example.com>", "<9@example.com>"]) == 2
    assert [b"<3@" in path.read_bytes() for path in files(tmp_path)] == [True]
    assert forget_messages(tmp_path / "never made", ["<1@example.com>"]) == 0


@pytest.mark.parametrize("broken", ["write", "fsync", "replace"])
def test_disk_that_fails(broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails at any step leaves no half file behind, and the attempt can be repeated."""

    def fail(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    deliver(tmp_path, b"first: make the folders\r\n")
    with monkeypatch.context() as patch:
        if broken == "replace":
            patch.setattr(Path, "replace", fail)
        else:
            patch.setattr(os, "fsync" if broken == "fsync" else "fdopen", fail)
        outcome = deliver(tmp_path)
    assert outcome.verdict is Verdict.DEFERRED
    assert "No space left" in outcome.said
    assert len(files(tmp_path)) == 1
    assert deliver(tmp_path).verdict is Verdict.ACCEPTED
    assert len(files(tmp_path)) == 2


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A path that is a file is named, and nothing is lost."""
    (tmp_path / "sent").write_text("in the way")
    outcome = deliver(tmp_path / "sent")
    assert outcome.verdict is Verdict.DEFERRED
    assert str(tmp_path / "sent") in outcome.said


def test_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while writing leaves nothing half done, and says that another try is safe."""

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupt)
        with pytest.raises(InterruptedDelivery) as caught:
            deliver(tmp_path)
    assert caught.value.result.verdict is Verdict.DEFERRED
    assert files(tmp_path) == []
