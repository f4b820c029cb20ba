"""A process that has imported the whole program, and becomes a copy of the command each time it is asked.

Starting Python and importing takes four fifths of the time of a command, and these tests run some hundreds of them. A
copy (``fork``) that is made after the imports and before anything else has its own environment, folder, streams, exit
code and end, as if it had just been started. What a start itself may get wrong is tested with the installed command:
``test_hostile_folder`` and ``test_streams`` run every command so.

Run as a program it reads one order as a line of JSON from standard input, and answers with one on standard output.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import re
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

SECONDS = 60
# What commands import when they need it.
LATE = """
    concurrent.futures dotenv email.generator email.policy email_validator holidays holidays.countries.united_states
    icalendar imapclient jinja2 platformdirs rich.console rich.table smtplib sqlite3 ssl tomlkit
    tzlocal yagmail
"""


class WarmProcess:
    """The process, seen from the tests."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", __file__],
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def run(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], typed: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one command with ``typed`` as its standard input; return its exit code and what it printed."""
        order = {"arguments": arguments, "folder": str(folder), "environment": environment, "typed": typed}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        done = json.loads(self._process.stdout.readline())
        if done["code"] is None:
            raise subprocess.TimeoutExpired(list(arguments), SECONDS, done["stdout"], done["stderr"])
        return subprocess.CompletedProcess(list(arguments), done["code"], done["stdout"], done["stderr"])

    def end(self) -> None:
        """End it, as soon as it has nothing to do."""
        self._process.communicate()


def _serve() -> int:
    """Answer orders until there are none; in a copy, return the exit code of the command that it became."""
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    _import_all()
    sys.path.append(str(Path(__file__).parents[1]))
    importlib.import_module("pretended_clock").wait_in_time()
    while line := orders.readline():
        order = json.loads(line)
        given, told, complained = os.pipe(), os.pipe(), os.pipe()
        if not (child := os.fork()):
            _become(order, given, told, complained)
            orders.close()
            answers.close()
            _leave(_command())
        for unused in (given[0], told[1], complained[1]):
            os.close(unused)
        with os.fdopen(given[1], "wb") as stdin, contextlib.suppress(BrokenPipeError):
            stdin.write(order["typed"].encode())
        _answer(answers, *_wait(child, told[0], complained[0]))
    return 0


def _import_all() -> None:
    import followup_mail

    for module in pkgutil.walk_packages(followup_mail.__path__, "followup_mail."):
        with contextlib.suppress(ImportError):  # what only another system has
            importlib.import_module(module.name)
    for name in LATE.split():
        importlib.import_module(name)
    importlib.import_module("followup_mail.language.spelling").spellings_of("recieve")  # a second for its dictionaries
    gc.collect()
    gc.freeze()  # copies share what is not touched


def _become(order: dict[str, Any], *pipes: tuple[int, int]) -> None:
    """Take on the surroundings of an order, as a new process would have them."""
    given, told, complained = pipes
    for number, end in enumerate((given[0], told[1], complained[1])):
        os.dup2(end, number)
    for pipe in pipes:
        for end in pipe:
            os.close(end)
    sys.stdin = sys.__stdin__ = os.fdopen(0, encoding=sys.stdin.encoding, closefd=False)
    sys.stdout = sys.__stdout__ = os.fdopen(1, "w", encoding=sys.stdout.encoding, closefd=False)
    sys.stderr = sys.__stderr__ = os.fdopen(2, "w", buffering=1, encoding=sys.stderr.encoding, closefd=False)
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()
    os.chdir(order["folder"])
    sys.argv = ["followup-mail", *order["arguments"]]


def _command() -> int:
    from followup_mail.__main__ import main
    from followup_mail.working_folder import keep_out

    keep_out()
    return main()


def _leave(code: int) -> NoReturn:
    """End a copy as Python does, but without taking apart all that was imported: most commands take less time."""
    threading._shutdown()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _wait(child: int, *pipes: int) -> tuple[int | None, list[bytes]]:
    """Return the exit code of a copy, none if it took too long, and what it wrote."""
    written: dict[int, bytes] = dict.fromkeys(pipes, b"")
    deadline = time.monotonic() + SECONDS
    in_time = True
    with selectors.DefaultSelector() as selector:
        for pipe in pipes:
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map() and (in_time := time.monotonic() < deadline):
            for key, _ in selector.select(1):
                chunk = os.read(key.fd, 65536)
                written[key.fd] += chunk
                if not chunk:
                    selector.unregister(key.fd)
    for pipe in pipes:
        os.close(pipe)
    if not in_time:
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return (code if in_time else None), list(written.values())


def _answer(answers: BinaryIO, code: int | None, written: list[bytes]) -> None:
    stdout, stderr = (re.sub(r"\r\n?", "\n", text.decode()) for text in written)  # as subprocess reads text
    answers.write(json.dumps({"code": code, "stdout": stdout, "stderr": stderr}).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    sys.exit(_serve())
