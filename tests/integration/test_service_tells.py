"""What runs leave behind: the log has all of it, the desktop is told once what needs the user, delivery comes first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from changing import replace
from outbox_samples import BAD_PASSWORD, LINK_LOST, NO_SUCH_USER, NOW, attempt, bring_into, go, make_mail, make_new
from servers import FaultyServer, Sink, serve
from service_samples import Tools

from followup_mail.background.heartbeat import read_heartbeat
from followup_mail.cli.views import run_view
from followup_mail.cli.views.service_run import run_unseen
from followup_mail.delivery.smtp_account import Auth, Security
from followup_mail.errors import OutboxError, SettingsError
from followup_mail.message.draft import Mailbox
from followup_mail.outbox.entry import OPEN_IN_EDITOR, NewEntry, State
from followup_mail.outbox.pre_send_check import Action, Ruling
from followup_mail.services.applications.forget import forget_application
from followup_mail.services.context import fresh_check
from followup_mail.services.overview.demo import FACTS, Clock
from followup_mail.services.queueing.wait_for_others import wait_for_others
from followup_mail.services.sending import deliver, run_log
from followup_mail.services.sending.run_log import TOLD, record_failed_start, recorded
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the pretending tools are shell scripts")

PRIYA = Mailbox("Dr. Priya Raman", "priya.raman@lumenfreight.example")
TOM = Mailbox("Tom Okafor", "tom.okafor@lumenfreight.example")


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    """A desktop that only pretends."""
    made = Tools(tmp_path / "bin")
    made.provide("notify-send", "osascript")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return made


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock, tools: Tools, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Somebody with a mail server that nobody has started. What the fresh look finds is not the point here."""
    del tools
    monkeypatch.setattr(fresh_check, "make_check", lambda *_: go)
    settings = Settings(
        name="Jordan Example",
        email="jordan@home.example",
        smtp_host="127.0.0.1",
        smtp_port=9,
        smtp_security=Security.PLAIN,
        smtp_auth=Auth.NONE,
        time_zone="America/Chicago",
    )
    made = Workspace(Loaded(settings, tmp_path / "home", {}), clock)
    made.facts.create("lumen", FACTS)
    return made


@pytest.fixture
def sink(workspace: Workspace) -> Iterator[Sink]:
    """The server, started."""
    sink = Sink()
    with serve(sink) as port:
        _set(workspace, smtp_port=port)
        yield sink


def _set(workspace: Workspace, **changes: Any) -> None:
    object.__setattr__(workspace, "loaded", replace(workspace.loaded, settings=replace(workspace.settings, **changes)))


def _mail(to: Mailbox, n: int = 1) -> NewEntry:
    new = make_new(n, insisted=True)
    content = new.message.content.replace(f"person{n}@employer.example".encode(), to.email.encode())
    return replace(new, message=make_mail(n, to=to, rcpt_to=(to.email,), content=content))


def _log(workspace: Workspace) -> list[str]:
    """Return the lines of the log without moment and process."""
    path = workspace.log_folder / "followup-mail.log"
    return [line.partition("] ")[2] for line in path.read_text("utf-8").splitlines()]


def _told(tools: Tools) -> list[str]:
    """Return what was said on the desktop, each in one string."""
    joined = "\n".join(tools.calls)
    return [one for one in joined.split("notify-send ") if one]


def _tell(workspace: Workspace) -> None:
    with recorded(workspace, "run"):
        pass


def test_a_run_in_the_background(
    workspace: Workspace, sink: Sink, tools: Tools, capsys: pytest.CaptureFixture[str]
) -> None:
    """It delivers, prints nothing, says nothing on the desktop, and the log and ``status`` know what it did."""
    workspace.store.add([_mail(PRIYA)], NOW)
    run_unseen(lambda: workspace, None, None)
    assert len(sink.received) == 1
    assert capsys.readouterr().out == ""
    assert _told(tools) == []
    assert _log(workspace) == ["service started", "#1 sent lumen thank_you done: 250 2.0.0", "service ended: 1 sent"]
    beat = read_heartbeat(workspace.log_folder)
    assert beat is not None
    assert (beat.started_at, beat.ended_at, beat.said, beat.is_well) == (NOW, NOW, "1 sent", True)


def test_the_log_has_no_words_of_anybody(workspace: Workspace, sink: Sink) -> None:
    """Neither subject, text, names, addresses nor the server's words are in the log, also when it refuses."""
    sink.refused[TOM.email] = f"550 5.1.1 <{TOM.email}> Tom Okafor is not known here"
    workspace.store.add([_mail(PRIYA, 1), _mail(TOM, 2)], NOW)
    with pytest.raises(typer.Exit) as ended:
        run_unseen(lambda: workspace, None, None)
    assert ended.value.exit_code == 7
    text = "\n".join(_log(workspace))
    assert "#2 failed lumen thank_you rcpt: 550 5.1.1 NEEDS YOU" in text
    assert "service ended: 1 sent, 1 failed; NEEDS YOU: #2" in text
    words = ("Tuesday", "thank you.", "Priya", "Tom", "Okafor", "@", "known", "jordan", "lumenfreight")
    assert [word for word in words if word in text] == []


def test_without_a_server_nothing_goes_into_a_folder(workspace: Workspace, tools: Tools) -> None:
    """In the background nobody would see that mails only went into a folder: nothing is delivered, and that is told."""
    _set(workspace, smtp_host="")
    workspace.store.add([_mail(PRIYA)], NOW)
    for _ in range(2):
        with pytest.raises(SettingsError, match="No mail server"):
            run_unseen(lambda: workspace, None, None)
    assert workspace.store.get(1).state is State.QUEUED
    assert len(_told(tools)) == 1
    beat = read_heartbeat(workspace.log_folder)
    assert beat is not None
    assert not beat.is_well


def test_a_start_that_fails_is_recorded(tmp_path: Path, tools: Tools) -> None:
    """Settings that can't be read are in the log of the home the service is for, and told once."""
    home = tmp_path / "home"
    home.mkdir()

    def fail() -> Workspace:
        raise SettingsError("FOLLOWUP_EMAIL: 'x' is no address", fix="Correct it.")

    for _ in range(2):
        with pytest.raises(SettingsError):
            run_unseen(fail, home, None)
    log = (home / "log" / "followup-mail.log").read_text()
    assert log.count("FOLLOWUP_EMAIL: 'x' is no address NEEDS YOU") == 2
    assert len(_told(tools)) == 1


def test_a_home_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    """A service whose home is not there, perhaps on a drive that is not mounted, leaves no empty one in its place."""
    record_failed_start(tmp_path / "gone", SettingsError("x"))
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("state", [State.FAILED, State.UNCLEAR, State.MISSED])
def test_each_trouble_is_told_once(workspace: Workspace, tools: Tools, state: State) -> None:
    """An entry that needs the user is told once, not at each run, looked into or not; after a retry once more."""
    entry = bring_into(workspace.store, state)
    _tell(workspace)
    workspace.store.hold_entry(entry.id, NOW, OPEN_IN_EDITOR)
    workspace.store.resume_entry(entry.id, NOW)
    _tell(workspace)
    (told,) = _told(tools)
    assert f"#1 thank you, lumen: {state}" in told
    assert "Person" not in told
    if state is State.UNCLEAR:
        workspace.store.resolve(entry.id, was_sent=False, now=NOW)
    else:
        workspace.store.retry(entry.id, NOW)
    _tell(workspace)
    assert len(_told(tools)) == 1
    attempt(workspace.store, LINK_LOST if state is State.UNCLEAR else NO_SUCH_USER, NOW + timedelta(minutes=1))
    _tell(workspace)
    assert len(_told(tools)) == 2


def test_a_hold_is_told_but_not_an_open_editor(workspace: Workspace, tools: Tools, clock: Clock) -> None:
    """A mail held by a reply is told. One open in an editor is not, unless it was left so for half a day."""
    workspace.store.add([make_new(1), make_new(2)], NOW)
    workspace.store.hold_entry(1, NOW, OPEN_IN_EDITOR)
    workspace.store.hold_entry(2, NOW, "they replied")
    _tell(workspace)
    (told,) = _told(tools)
    assert "#2 thank you, lumen: held: they replied" in told
    assert "#1" not in told
    clock.shows = NOW + timedelta(hours=13)
    _tell(workspace)
    assert "#1 thank you, lumen: held: open in an editor" in _told(tools)[1]


def test_an_account_that_rests_is_told(workspace: Workspace, tools: Tools) -> None:
    """A refused login is told once, with what to type; that the account is paused is in the log of every run."""
    workspace.store.add([make_new(1)], NOW)
    attempt(workspace.store, BAD_PASSWORD)
    _tell(workspace)
    _tell(workspace)
    (told,) = _told(tools)
    assert "followup-mail doctor" in told
    assert [line.count("paused until you settle it NEEDS YOU") for line in _log(workspace) if "ended" in line] == [1, 1]


def test_many_troubles_are_one_notification(workspace: Workspace, tools: Tools) -> None:
    """However many entries need the user, a run says so once, naming the first ones."""
    for n in range(1, 9):
        bring_into(workspace.store, State.FAILED, n)
    _tell(workspace)
    (told,) = _told(tools)
    assert told.count("failed") == 3
    assert "and 5 more" in told


def test_what_was_not_shown_is_shown_later(workspace: Workspace, tools: Tools) -> None:
    """Nobody logged in, no desktop: the next run tries again."""
    bring_into(workspace.store, State.FAILED)
    tools.refuse("notify-send", ".")
    _tell(workspace)
    tools.relent("notify-send")
    _tell(workspace)
    _tell(workspace)
    assert len(_told(tools)) == 2


def test_no_desktop_tool_is_no_trouble(workspace: Workspace, tools: Tools) -> None:
    """Without a tool for the desktop the log has it, and nothing fails."""
    (tools.folder / "notify-send").unlink()
    bring_into(workspace.store, State.FAILED)
    _tell(workspace)
    assert _log(workspace)[-1] == "run ended: nothing was due; NEEDS YOU: #1"


def test_a_desktop_that_hangs_is_given_up(workspace: Workspace, tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tool that does not answer is ended after its time, and the run goes on."""
    (tools.folder / "notify-send").write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    monkeypatch.setattr("followup_mail.background.desktop.TIMEOUT", 0.2)
    bring_into(workspace.store, State.FAILED)
    _tell(workspace)
    assert not (workspace.log_folder / TOLD).exists()


def test_notify_no(workspace: Workspace, tools: Tools) -> None:
    """FOLLOWUP_NOTIFY=no keeps the desktop quiet; the log still has it."""
    _set(workspace, notify=False)
    bring_into(workspace.store, State.FAILED)
    _tell(workspace)
    assert _told(tools) == []
    assert "NEEDS YOU: #1" in _log(workspace)[-1]


@pytest.mark.parametrize("spoilt", [b"", b"{}", b"[[[[", b"\xff", b'[1, null, "1:failed:1"]'])
def test_a_spoilt_memory_is_begun_anew(workspace: Workspace, tools: Tools, spoilt: bytes) -> None:
    """A file of what was told that can't be read leads to one notification too many, not to none."""
    bring_into(workspace.store, State.FAILED)
    workspace.log_folder.mkdir()
    (workspace.log_folder / TOLD).write_bytes(spoilt)
    _tell(workspace)
    _tell(workspace)
    assert len(_told(tools)) == (0 if b"failed" in spoilt else 1)


def test_an_outbox_in_trouble_is_told_and_the_rest_remembered(
    workspace: Workspace, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An outbox that can't be read is told; once it can be again, what was told before is not repeated."""
    bring_into(workspace.store, State.FAILED)
    _tell(workspace)

    def fail(*_: Any, **__: Any) -> Any:
        raise OutboxError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(workspace.store, "entries", fail)
        with pytest.raises(OutboxError), recorded(workspace, "run"):
            fail()
    assert "The disk is full." in _told(tools)[1]
    _tell(workspace)
    assert len(_told(tools)) == 2


def test_a_log_that_cannot_be_written_stops_nothing(workspace: Workspace, sink: Sink) -> None:
    """With a file where the log's folder should be, the mail goes out all the same."""
    workspace.log_folder.write_text("in the way")
    workspace.store.add([_mail(PRIYA)], NOW)
    run_unseen(lambda: workspace, None, None)
    assert len(sink.received) == 1
    assert workspace.store.get(1).state is State.SENT


def test_a_mistake_of_the_program_is_logged(workspace: Workspace) -> None:
    """What nobody foresaw is in the log by its kind alone, and goes on as it came."""
    with pytest.raises(ZeroDivisionError), recorded(workspace, "run"):
        raise ZeroDivisionError("tom@lumen.example")
    assert _log(workspace)[-1] == "run: a mistake of its own: ZeroDivisionError NEEDS YOU"


def test_a_watch_tells_while_it_runs(workspace: Workspace, tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    """``run --watch`` tells once per round of deliveries, not once per mail, and does not wait for its end."""
    workspace.store.add([make_new(n) for n in (1, 2)], NOW)
    monkeypatch.setattr(
        fresh_check, "make_check", lambda *_: lambda *_: Ruling(Action.MISS, "its last sensible moment was")
    )
    told_at_pause: list[int] = []

    def keep_delivering(dispatches: Any, stop: Any, report: Callable[[Any], None]) -> None:
        for _ in range(2):
            for result in deliver.deliver_due(dispatches[0], stop=stop):
                report(result)
            stop.wait(0)
            told_at_pause.append(len(_told(tools)))

    monkeypatch.setattr(deliver, "keep_delivering", keep_delivering)
    run_view.run_and_show(workspace, watch=True, limit=None, json=False)
    assert told_at_pause == [1, 1]
    assert _log(workspace)[-1].startswith("run --watch ended: 2 missed; NEEDS YOU: #1 #2")


def test_somebody_in_front_of_it_is_not_told_twice(
    workspace: Workspace, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A single run in a terminal says on the screen what needs the user, so the desktop stays quiet."""
    bring_into(workspace.store, State.FAILED)
    monkeypatch.setattr("followup_mail.cli.terminal.screen.is_read", lambda: True)
    run_view.run_and_show(workspace, watch=False, limit=None, json=False)
    assert _told(tools) == []
    monkeypatch.setattr("followup_mail.cli.terminal.screen.is_read", lambda: False)
    run_view.run_and_show(workspace, watch=False, limit=None, json=False)
    assert len(_told(tools)) == 1


def test_a_run_beside_another_says_so(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """While another run sends the only mail, ``run`` says so instead of that nothing is queued; that is no failure."""
    bring_into(workspace.store, State.SENDING)
    workspace.store.heartbeat(replace(deliver.name_worker()), NOW)
    run_view.run_and_show(workspace, watch=False, limit=None, json=False)
    assert "another run is sending #1 at this moment" in capsys.readouterr().out


def test_send_waits_for_the_run_that_was_quicker(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """When a run in the background takes what ``send`` has queued, ``send`` tells what came of it there."""
    claimed = bring_into(workspace.store, State.SENDING)
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            monkeypatch.setattr(workspace.store, "get", lambda _: replace(claimed, state=State.SENT))

    entries = wait_for_others(workspace, {claimed.id}, sleep)
    assert ([entry.state for entry in entries], len(slept)) == ([State.SENT], 3)
    monkeypatch.undo()
    still = wait_for_others(workspace, {claimed.id}, lambda _: None)
    run_view.tell_result(workspace, run_view.Result(still[0]))
    assert "another run is sending it now" in capsys.readouterr().out


def test_forgetting_reaches_the_log(workspace: Workspace) -> None:
    """``forget`` takes the application out of the log as well."""
    bring_into(workspace.store, State.FAILED)
    with recorded(workspace, "run") as record:
        record.note(run_view.Result(workspace.store.get(1)))
    assert any("lumen" in line for line in _log(workspace))
    forget_application(workspace, "lumen")
    assert not any("lumen" in line for line in _log(workspace))


def test_a_stop_lets_the_mail_in_hand_arrive(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Logging out sends SIGTERM: the mail in hand is finished and settled, the next one stays queued."""
    workspace.store.add([_mail(PRIYA, 1), _mail(TOM, 2)], NOW)
    server = FaultyServer({"dot": lambda talk: (os.kill(os.getpid(), 15), talk.say("250 ok"))[1]})
    with server.running() as port:
        _set(workspace, smtp_port=port)
        run_unseen(lambda: workspace, None, None)
    assert [workspace.store.get(n).state for n in (1, 2)] == [State.SENT, State.QUEUED]
    assert len(server.took) == 1


def test_told_keys_name_nobody(workspace: Workspace) -> None:
    """What is remembered on disk holds numbers and states only."""
    bring_into(workspace.store, State.FAILED)
    _tell(workspace)
    assert (workspace.log_folder / TOLD).read_text() == '["1:failed:1"]\n'
    assert run_log.TOLD == "told.json"
