"""Home folders taken into an office and out of it: nothing is lost, and nothing is sent from both."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from filled_home import fill_home
from office_server import OfficeServer
from outbox_samples import GO, NOW, WORKER, make_new
from page_client import PageClient
from random_home import RandomHome

from followup_mail.cadence.step import Touch
from followup_mail.errors import OutboxError, RefusedError
from followup_mail.facts.channels import Channel
from followup_mail.office.kept_paths import find_kept
from followup_mail.office.sealing import new_key
from followup_mail.outbox.columns import Columns
from followup_mail.outbox.pre_send_check import Ruling
from followup_mail.outbox.sqlite import SqliteStore
from followup_mail.outbox.whole_outbox import TABLES, WholeOutbox, whole_outbox
from followup_mail.services.applications.forget import forget_application
from followup_mail.services.office import office_export
from followup_mail.services.office.office_deletion import delete_from_office
from followup_mail.services.office.office_export import export_candidate
from followup_mail.services.office.office_import import import_home
from followup_mail.services.undo.undo_step import finish_interrupted, look_back, take_step_back
from followup_mail.settings.candidates import quote_name
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.moved_home import NAME, read_mark
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace, open_for_candidate

KEY = new_key()
LATER = NOW + timedelta(days=30)


def let_go(*_: object) -> Ruling:
    return GO


@pytest.fixture
def office(office_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Loaded:
    """The settings of an office; copies lie in a folder of the test."""
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    settings = Settings(database_url=Secret(office_url), office_key=Secret(KEY), actor="ada@desk")
    return Loaded(settings, tmp_path, {})


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which much has happened, with names beyond ASCII."""
    home = tmp_path_factory.mktemp("filled") / "home"
    with PageClient(home) as reader:
        fill_home(reader)
    (home / "templates" / "thank_you").mkdir(parents=True)
    (home / "templates" / "thank_you" / "größe.txt").write_bytes(b"\xef\xbb\xbfHello\r\n")
    (home / "accounts").mkdir()
    (home / "accounts" / "work.env").write_text("FOLLOWUP_EMAIL=jo@work.example\nFOLLOWUP_SMTP_HOST=smtp.example\n")
    (home / "log").mkdir(exist_ok=True)
    (home / "log" / "forgotten.json").write_text("[]\n")
    return home


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    """A copy of that home."""
    shutil.copytree(filled, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def name() -> str:
    return f"Zoë {uuid4().hex[:12]}"


def read_files(home: Path) -> dict[str, bytes]:
    return {path: place.read_bytes() for path, place in find_kept(home)}


def read_rows(home: Path) -> dict[str, list[Columns]]:
    """Return all rows of an outbox; the numbers of lines of history mean nothing."""
    with whole_outbox(home / "outbox.sqlite3") as outbox:
        rows = {table: list(outbox.rows(table)) for table in TABLES}
        numbers = outbox.last_numbers()
    lines = sorted(rows["moves"], key=lambda row: (row["entry_id"], row["id"]))
    rows["moves"] = [{key: value for key, value in row.items() if key != "id"} for row in lines]
    return {**rows, "numbers": [dict(numbers)]}


@pytest.mark.parametrize("kind", ["filled", 0, 1])
def test_there_and_back_nothing_is_lost(
    kind: str | int, office: Loaded, name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A home that went into the office and came out again has the same files, byte by byte, and the same rows."""
    if isinstance(kind, int):
        lived = RandomHome(tmp_path / "random", tmp_path / "cache", Random(kind))
        lived.home.mkdir()
        for _ in range(40):
            lived.happen()
        home = lived.home
        (home / "aside.sqlite3").unlink(missing_ok=True)
    else:
        home = request.getfixturevalue("home")
    files, rows = read_files(home), read_rows(home)
    imported = import_home(office, home, name)
    assert (imported.files, imported.entries) == (len(files), len(rows["entries"]))
    exported = export_candidate(office, name, tmp_path / "out", move=True)
    assert (exported.files, exported.entries) == (imported.files, imported.entries)
    assert read_files(tmp_path / "out") == files
    assert read_rows(tmp_path / "out") == rows
    assert read_mark(tmp_path / "out") is None


def test_numbers_go_on_where_they_were(office: Loaded, home: Path, name: str) -> None:
    """What the office adds to a home that it took over gets the next number, and none a second time."""
    last = read_rows(home)["numbers"][0]["entries"]
    import_home(office, home, name)
    with open_for_candidate(office, name) as workspace:
        workspace.store.forget("harbor")
        added = workspace.store.add([make_new(99)], NOW)
    assert added[0].id == last + 1


def test_the_home_is_closed_for_who_has_it_open_too(office: Loaded, home: Path, name: str) -> None:
    """A service that had the outbox open before it went into the office claims nothing any more, and says why."""
    with closing(SqliteStore(home / "outbox.sqlite3")) as running:
        import_home(office, home, name)
        with pytest.raises(OutboxError, match="moved into an office, as Zoë"):
            running.claim(WORKER, let_go, LATER)


def test_a_home_in_the_office_delivers_nothing(office: Loaded, home: Path, name: str) -> None:
    """Whoever works in the old home is told who sends now; reading goes on."""
    import_home(office, home, name)
    with closing(Workspace(Loaded(Settings(home=home), home, {}))) as workspace:
        assert workspace.store.entries()
        with pytest.raises(RefusedError, match="Nothing is sent from"):
            _ = workspace.transport


def test_what_is_being_sent_is_not_moved(office: Loaded, home: Path, name: str) -> None:
    """While a mail is on its way the home stays as it is, and the office gets nothing."""
    with closing(SqliteStore(home / "outbox.sqlite3")) as store, store.writing():
        store._write(
            "UPDATE entries SET state = 'sending', claimed_by = 'x', lease_until = '2999-01-01T00:00:00.000000Z' "
            "WHERE state = 'queued'"
        )
    before = read_files(home)
    with pytest.raises(RefusedError, match="is being sent at this moment"):
        import_home(office, home, name)
    assert (read_files(home), read_mark(home)) == (before, None)
    with open_for_candidate(office, name) as workspace:
        assert (workspace.store.entries(), list(find_kept(workspace.home))) == ((), [])


def test_a_home_goes_into_one_candidate_only(office: Loaded, home: Path, name: str, tmp_path: Path) -> None:
    """A home that is in the office is not taken a second time, whatever name is given."""
    import_home(office, home, name)
    with pytest.raises(RefusedError, match="in the office already"):
        import_home(office, home)
    with pytest.raises(RefusedError, match="cannot be imported as"):
        import_home(office, home, f"{name} 2")


def test_an_import_that_broke_off_is_completed(
    office: Loaded, home: Path, name: str, office_server: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the database dies after the home was closed, neither sends; the same import again takes all of it."""
    rows, files = read_rows(home), read_files(home)
    url = office_server.url("office", "postgres")  # type: ignore[attr-defined]
    close = WholeOutbox.close_for_good

    def close_and_die(self: WholeOutbox, said: str) -> None:
        close(self, said)
        with psycopg.connect(url, autocommit=True) as link:
            link.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'office_app' "
                "AND state = 'idle in transaction' AND query NOT LIKE '%pg_terminate%'"
            )

    monkeypatch.setattr(WholeOutbox, "close_for_good", close_and_die)
    with pytest.raises(OutboxError):
        import_home(office, home, name)
    monkeypatch.undo()
    assert (home / NAME).exists()
    assert import_home(office, home).name == name
    with open_for_candidate(office, name) as workspace:
        assert {entry.id for entry in workspace.store.entries()} == {row["id"] for row in rows["entries"]}
        assert read_files(workspace.home).items() >= {
            (path, content) for path, content in files.items() if not path.startswith("undo/")
        }


def test_a_copy_sends_nothing(office: Loaded, home: Path, name: str, tmp_path: Path) -> None:
    """What is exported without moving is a copy: it refuses to change or send, and the office goes on."""
    import_home(office, home, name)
    export_candidate(office, name, tmp_path / "copy")
    says = pytest.raises(OutboxError, match="this is a copy of what an office had")
    with closing(SqliteStore(tmp_path / "copy" / "outbox.sqlite3")) as store, says:
        store.claim(WORKER, let_go, LATER)
    with open_for_candidate(office, name) as workspace:
        assert workspace.store.entries()


def test_after_moving_out_the_office_sends_nothing(office: Loaded, home: Path, name: str, tmp_path: Path) -> None:
    """Who had the candidate at hand when they were moved out adds and claims nothing; others are refused."""
    import_home(office, home, name)
    with open_for_candidate(office, name) as workspace:
        export_candidate(office, name, tmp_path / "out", move=True)
        with pytest.raises(OutboxError, match="moved out of the office"):
            workspace.store.add([make_new(99)], NOW)
        assert workspace.store.claim(WORKER, let_go, LATER) is None
    with pytest.raises(RefusedError, match="was moved out of the office"), open_for_candidate(office, name):
        pass
    with pytest.raises(RefusedError, match="moved out of the office already"):
        export_candidate(office, name, tmp_path / "second", move=True)


def test_who_moved_out_can_come_back(office: Loaded, home: Path, name: str, tmp_path: Path) -> None:
    """A folder that came out of the office goes into it again, once what the office still had is deleted."""
    import_home(office, home, name)
    export_candidate(office, name, tmp_path / "out", move=True)
    before = read_files(tmp_path / "out")
    with pytest.raises(RefusedError, match="when everything was moved out") as refused:
        import_home(office, tmp_path / "out", name)
    assert f"office delete {quote_name(name)} --yes" in refused.value.fix
    delete_from_office(office, name, sure=True)
    assert import_home(office, tmp_path / "out", name).files == len(before)
    with open_for_candidate(office, name) as workspace:
        assert workspace.store.verify() == ()


def test_what_was_forgotten_in_the_office_comes_back_outside(
    office: Loaded, home: Path, name: str, tmp_path: Path
) -> None:
    """A step that an office recorded is taken back in the folder that came out of it: each row as a file has it."""
    out = tmp_path / "out"
    call = Touch(make_new(3, application="harbor").step, Channel.PHONE, NOW, text="called", why="they asked for it")
    with closing(SqliteStore(home / "outbox.sqlite3")) as store:
        store.log_touch(call)
    before = read_rows(home)
    import_home(office, home, name)
    with open_for_candidate(office, name, command="forget harbor") as workspace:
        forget_application(workspace, "harbor")
    export_candidate(office, name, out, move=True)
    assert read_rows(out)["entries"] != before["entries"]
    with closing(Workspace(Loaded(Settings(home=out), out, {}), command="undo")) as workspace:
        take_step_back(workspace, look_back(workspace))
        assert call in workspace.store.touches("harbor")
        assert workspace.store.verify() == ()
    assert read_rows(out) == before


@pytest.mark.parametrize("killed_at", [0, 1, 2])
def test_what_was_forgotten_before_the_office_comes_back_behind_it(
    office: Loaded, office_server: OfficeServer, home: Path, name: str, killed_at: int
) -> None:
    """Also where taking it back died in the office: the next command completes it, in the office or in the folder."""
    out, before = home.parent / "out", read_rows(home)
    with closing(Workspace(Loaded(Settings(home=home), home, {}), command="forget harbor")) as workspace:
        forget_application(workspace, "harbor")
    with psycopg.connect(office_server.url("office", "postgres"), autocommit=True) as link:
        link.execute("ALTER SEQUENCE followup.moves_id_seq RESTART")  # as if the office were new
    import_home(office, home, name)
    if killed_at:
        context = multiprocessing.get_context("fork")
        child = context.Process(target=_die_taking_back, args=(office, name, killed_at))
        child.start()
        child.join()
        assert child.exitcode == -signal.SIGKILL
    export_candidate(office, name, out, move=True)
    with closing(Workspace(Loaded(Settings(home=out), out, {}))) as workspace:
        if not finish_interrupted(workspace):
            take_step_back(workspace, look_back(workspace))
        assert workspace.store.verify() == ()
    assert read_rows(out) == before


def _die_taking_back(office: Loaded, name: str, at: int) -> None:
    """Take the last step back, and die before the outbox is changed (1), or when it was (2)."""
    with open_for_candidate(office, name, command="") as workspace:
        step, store = look_back(workspace), workspace.store
        take_back = store.take_back

        def die(*given: Any, only_look: bool = False, **how: Any) -> object:
            done = take_back(*given, only_look=only_look or at == 1, **how)
            if not only_look:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        store.take_back = die  # type: ignore[method-assign]
        take_step_back(workspace, step)


def test_a_move_that_broke_off_is_completed(
    office: Loaded, home: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the program dies after the office had stopped, neither sends; the same command again opens the folder."""
    import_home(office, home, name)

    def die(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(office_export, "_open_again", die)
    with pytest.raises(KeyboardInterrupt):
        export_candidate(office, name, tmp_path / "out", move=True)
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    says = pytest.raises(OutboxError, match="not complete")
    with closing(SqliteStore(tmp_path / "out" / "outbox.sqlite3")) as store, says:
        store.claim(WORKER, let_go, LATER)
    assert export_candidate(office, name, tmp_path / "out", move=True).moved
    with closing(SqliteStore(tmp_path / "out" / "outbox.sqlite3")) as store:
        store.cancel_all("harbor", NOW, "they said no")


def test_nothing_is_left_behind_unsaid(office: Loaded, home: Path, name: str, tmp_path: Path) -> None:
    """A folder that is only a link, and settings of the office itself, are refused before anything is taken."""
    (tmp_path / "elsewhere").mkdir()
    (home / "cadences").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedError, match="link to another folder"):
        import_home(office, home, name)
    (home / "cadences").unlink()
    with (home / ".env").open("a") as file:
        file.write(f"FOLLOWUP_OFFICE_KEY={KEY}\n")
    with pytest.raises(RefusedError, match=r"settings of the office: FOLLOWUP_OFFICE_KEY\.") as refused:
        import_home(office, home, name)
    assert KEY not in refused.value.sentence
