"""What a worker writes: lines that a machine can read, and no word of anybody."""

from __future__ import annotations

import io
import json
import logging
from datetime import UTC, datetime

import psycopg

from followup_mail.errors import OutboxError, SettingsError
from followup_mail.worker.log_lines import EngineLines, WorkerLog

NOW = datetime(2026, 11, 18, 14, 30, tzinfo=UTC)


def _log(stream: io.StringIO) -> WorkerLog:
    return WorkerLog("host:1:abc", lambda: NOW, stream)


def test_each_line_is_json() -> None:
    """A line has the moment, the level, what happened, who wrote it; nothing is written of what is not known."""
    stream = io.StringIO()
    _log(stream).write("mail", candidate=3, domain="", late_seconds=0)
    assert json.loads(stream.getvalue()) == {
        "at": "2026-11-18T14:30:00.000+00:00",
        "level": "info",
        "event": "mail",
        "worker": "host:1:abc",
        "candidate": 3,
        "late_seconds": 0,
    }


def test_what_is_said_about_a_candidate_is_not_written() -> None:
    """An error in somebody's files may hold their words: its kind is told, and where the rest is to be seen."""
    stream = io.StringIO()
    log = _log(stream)
    log.tell_error(SettingsError("FOLLOWUP_EMAIL: ada@acme.example is no address.", fix="Ask Ada."), 3, "deliver")
    log.tell_error(ValueError("ada@acme.example"), 3, "plan")
    log.tell_error(OutboxError("ada.toml of Ada can't be laid out.", fix="Make room."), 3, "deliver")
    away = OutboxError("The office's database can't be reached.", fix="See that it runs.")
    away.__cause__ = psycopg.OperationalError()
    log.tell_error(away, 3, "deliver")
    told = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert "ada" not in stream.getvalue().lower()
    assert [line["kind"] for line in told] == ["SettingsError", "ValueError", "OutboxError", "OutboxError"]
    assert told[3]["said"] == "The office's database can't be reached."


def test_the_engine_writes_no_arguments_and_no_traceback() -> None:
    """What the engine and the driver log is told by its kind alone."""
    stream = io.StringIO()
    record = logging.LogRecord("procrastinate", logging.ERROR, "", 0, "deliver(who='ada@acme.example')", (), None)
    record.action = "side_task_failed"
    EngineLines(_log(stream)).emit(record)
    assert json.loads(stream.getvalue())["event"] == "engine broke off"
    assert "ada" not in stream.getvalue()


def test_a_stream_that_is_gone_stops_nothing() -> None:
    """A closed pipe behind the worker costs lines, not mails."""
    stream = io.StringIO()
    log = _log(stream)
    stream.close()
    log.write("mail")


def test_on_a_terminal_it_is_readable() -> None:
    """Somebody who looks at it gets a sentence, not JSON."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    _log(stream).write("mail", candidate=3, late_seconds=2.5)
    assert stream.getvalue().endswith("mail: candidate 3, late seconds 2.5\n")
