"""The log: small, private, shared by several processes, and never in the way of a delivery."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from outbox_samples import NOW

from followup_mail.background import logfile
from followup_mail.background.logfile import FILE, append_line, forget_word

SECOND = timedelta(seconds=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "log"


def _lines(folder: Path) -> list[str]:
    """Return all lines of all files, the oldest first."""
    names = [*(f"{FILE}.{number}" for number in range(logfile.OLD_FILES, 0, -1)), FILE]
    texts = [(folder / name).read_text("utf-8") for name in names if (folder / name).exists()]
    return "".join(texts).splitlines()


def test_a_line_has_moment_and_process(folder: Path) -> None:
    """A line begins with its moment in UTC and the process that wrote it, and is one line."""
    assert append_line(folder, "run\nstarted", NOW)
    assert _lines(folder) == [f"2026-11-18T15:00:00Z [{os.getpid()}] run started"]


@pytest.mark.skipif(os.name == "nt", reason="modes as on POSIX")
def test_it_is_for_the_user_alone(folder: Path) -> None:
    """Folder and file can be read by nobody else, whatever the umask."""
    before = os.umask(0)
    try:
        append_line(folder, "x", NOW)
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600


def test_it_never_grows_beyond_six_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Full files move on, five old ones are kept, and the newest lines are the ones that stay."""
    monkeypatch.setattr(logfile, "LARGEST", 500)
    for number in range(200):
        append_line(folder, f"line {number}", NOW)
    files = sorted(path.name for path in folder.iterdir())
    assert files == [FILE, *(f"{FILE}.{number}" for number in range(1, 6))]
    assert all(path.stat().st_size < 600 for path in folder.iterdir())
    numbers = [int(line.rpartition(" ")[2]) for line in _lines(folder)]
    assert numbers == list(range(numbers[0], 200))


def test_processes_share_it(folder: Path) -> None:
    """Four processes that write at once while files move on lose no line and mix none."""
    program = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from followup_mail.background import logfile; logfile.LARGEST = 20_000\n"
        "for n in range(300): logfile.append_line(Path(sys.argv[1]), f'{sys.argv[2]} {n}', datetime.now(UTC))"
    )
    folder.parent.mkdir(exist_ok=True)
    writers = [subprocess.Popen([sys.executable, "-c", program, str(folder), f"w{n}"]) for n in range(4)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0, 0]
    said = [line.split("] ")[1] for line in _lines(folder)]
    assert sorted(said) == sorted(f"w{n} {m}" for n in range(4) for m in range(300))


@pytest.mark.skipif(os.name == "nt", reason="pipes as on POSIX")
@pytest.mark.parametrize("what", ["no home", "folder is a file", "log is a folder", "log is a pipe", "read-only"])
def test_trouble_is_no_trouble(tmp_path: Path, what: str) -> None:
    """Where the log can't be written, that is told by the result, not by an error, and nobody waits."""
    home = tmp_path / "home"
    folder = home / "log"
    if what != "no home":
        home.mkdir()
    if what == "folder is a file":
        folder.write_text("")
    elif what == "log is a folder":
        (folder / FILE).mkdir(parents=True)
    elif what == "log is a pipe":
        folder.mkdir()
        os.mkfifo(folder / FILE)
    elif what == "read-only":
        folder.symlink_to("/proc")
    assert append_line(folder, "x", NOW) is False
    assert home.exists() == (what != "no home")


def test_a_lock_left_behind_is_cleared(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that was killed while it moved files does not keep the log growing for ever."""
    monkeypatch.setattr(logfile, "LARGEST", 10)
    append_line(folder, "full", NOW)
    lock = folder / f".{FILE}.moving"
    lock.touch()
    os.utime(lock, (NOW.timestamp(), NOW.timestamp()))
    append_line(folder, "soon", NOW + 10 * SECOND)
    assert not (folder / f"{FILE}.1").exists()
    append_line(folder, "later", NOW + 100 * SECOND)
    append_line(folder, "after that", NOW + 101 * SECOND)
    assert (folder / f"{FILE}.1").exists()
    assert len(_lines(folder)) == 4


def test_an_application_is_forgotten(folder: Path) -> None:
    """Forgetting takes out every line that names the application, in old files too, and no line of another one."""
    for slug in ("lumen", "lumen-freight", "xlumen"):
        append_line(folder, f"#1 sent {slug} thank_you", NOW)
    (folder / f"{FILE}.1").write_text("old #7 sent lumen thank_you\nold start\n")
    forget_word(folder, "lumen")
    assert [line.partition(" ")[2].removeprefix(f"[{os.getpid()}] ") for line in _lines(folder)] == [
        "start",
        "#1 sent lumen-freight thank_you",
        "#1 sent xlumen thank_you",
    ]
