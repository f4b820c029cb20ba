"""The server as it is started: over standard streams, over HTTP with a token, and behind the wall of its process."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import pytest
from assistant import ERAS, NAME, read_bytes, text_of
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from test_mcp_hostile import TOUCHES

from followup_mail.mcp.kept_token import FILE_NAME, find_token
from followup_mail.proposals.kept import FOLDER, KeptProposals
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and file modes are those of POSIX here")
PROGRAM = (sys.executable, "-m", "followup_mail")
CHANGES = [{"option": "discussed", "value": "tom: alerts at night"}]
HELLO = (
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},'
    '"clientInfo":{"name":"x","version":"1"}}}\n'
)
PATIENCE = 60
"""Seconds for what takes one or two; a machine may stall."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    with closing(make_demo_workspace(home, Clock(NEXT_MORNING))):
        pass
    (home / ".env").write_text("FOLLOWUP_NAME=Jo\nFOLLOWUP_EMAIL=jo@example.com\nFOLLOWUP_TIME_ZONE=UTC\n", "utf-8")
    (home / ".env").chmod(0o600)
    return home


@contextmanager
def started(home: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Run the command for a home, and end it."""
    command = [*PROGRAM, "--home", str(home), "mcp", *options]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def over_http(home: Path) -> Iterator[tuple[str, str, subprocess.Popen[str]]]:
    """Yield the address, the token and the process of a server over HTTP."""
    with started(home, "--http", "--port", "0") as process:
        assert process.stderr is not None
        address = process.stderr.readline().strip()
        token = (home / FILE_NAME).read_text("utf-8").strip()
        while "It ends with Ctrl-C" not in process.stderr.readline():
            assert process.poll() is None
        yield address, token, process


@pytest.mark.parametrize("mode", ERAS)
def test_it_is_served_over_standard_streams(home: Path, mode: str) -> None:
    """The installed command answers a client of either era, and proposes; nothing else of the home changes."""
    before = read_bytes(home)

    async def run() -> tuple[int, str]:
        program, *words = PROGRAM
        server = StdioServerParameters(command=program, args=[*words, "--home", str(home), "mcp"])
        async with Client(stdio_client(server), mode=mode, client_info=NAME) as client:
            await client.call_tool("read_today", {})
            given = {"application": SLUG, "changes": CHANGES, "why": "They said so."}
            done = await client.call_tool("propose_facts", given)
            return len((await client.list_tools()).tools), text_of(done)

    tools, said = asyncio.run(run())
    assert tools > 10
    assert "Kept as proposal 1" in said
    assert {name: content for name, content in read_bytes(home).items() if not name.startswith(FOLDER)} == before
    (kept,) = KeptProposals(home).waiting()
    assert kept.by == "Test Assistant"


def test_the_first_application_is_proposed_where_there_is_no_home_yet(tmp_path: Path) -> None:
    """Whoever begins with an assistant has no home folder: it is made for the first proposal, and holds only that."""
    home = tmp_path / "data" / "followup-mail"

    async def run() -> str:
        program, *words = PROGRAM
        server = StdioServerParameters(command=program, args=[*words, "--home", str(home), "mcp"])
        async with Client(stdio_client(server), mode=ERAS[0], client_info=NAME) as client:
            changes = [{"option": "company", "value": "Quarry Lane Vets"}, {"option": "role", "value": "Receptionist"}]
            return text_of(await client.call_tool("propose_application", {"changes": changes, "why": "You told me."}))

    assert "Kept as proposal 1" in asyncio.run(run())
    assert {name.split("/")[0] for name in read_bytes(home)} == {FOLDER}


def test_standard_output_is_the_protocol_alone(home: Path) -> None:
    """Nothing is printed before, between or after the messages, and the end of input ends it well."""
    with started(home) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"no message at all\n{HELLO}")
        process.stdin.flush()
        line = process.stdout.readline()
        rest, said = process.communicate(timeout=PATIENCE)
        assert line.startswith('{"jsonrpc":"2.0"')
        assert "You cannot send" in line
        assert (rest, said, process.returncode) == ("", "", 0)


@pytest.mark.parametrize("mode", ERAS)
def test_it_is_served_over_http(home: Path, mode: str) -> None:
    """With the token a client of either era is answered; the token is in a file for the user alone, and stays."""
    with over_http(home) as (address, token, _):

        async def run() -> str:
            headers = {"Authorization": f"Bearer {token}"}
            async with (
                httpx2.AsyncClient(headers=headers) as http,
                Client(streamable_http_client(address, http_client=http), mode=mode, client_info=NAME) as client,
            ):
                given = {"application": SLUG, "changes": CHANGES, "why": "They said so."}
                await client.call_tool("propose_facts", given)
                return text_of(await client.call_tool("list_proposals", {}))

        assert "Test Assistant" in asyncio.run(run())
    assert stat.S_IMODE((home / FILE_NAME).stat().st_mode) == 0o600
    assert len(token) > 40


def test_strangers_are_turned_away(home: Path) -> None:
    """Without the token, by another name of this machine, from a page of another site, or with a huge body: no."""
    with over_http(home) as (address, token, _):
        right = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        cases = (
            ({}, 401),
            ({"Authorization": "Bearer wrong"}, 401),
            ({"Authorization": f"Basic {token}"}, 401),
            ({"Authorization": f"Bearer {token[:-1]}"}, 401),
            ({**right, "Host": "evil.example"}, 421),
            ({**right, "Host": "127.0.0.1.evil.example:80"}, 421),
            ({**right, "Origin": "https://evil.example"}, 403),
            ({**right, "Origin": "null"}, 403),
        )
        with httpx2.Client() as http:
            for headers, status in cases:
                assert http.post(address, headers=headers, content=b"{}").status_code == status, headers
            assert http.get(address.replace("/mcp", "/.env")).status_code == 401
            assert http.post(address, headers=right, content=b"x" * 2_000_000).status_code == 413


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_well(home: Path, number: int) -> None:
    """Ctrl-C and SIGTERM end it with exit code 0, as they end the page."""
    with over_http(home) as (_, _, process):
        process.send_signal(number)
        out, said = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out) == (0, "")
        assert "still waits" in said


def test_a_token_is_made_once(tmp_path: Path) -> None:
    """It stays the same from one start to the next, and is shown when it is made."""
    token, is_new = find_token(tmp_path)
    assert is_new
    assert find_token(tmp_path) == (token, False)


def test_a_client_that_goes_away_ends_it_well(home: Path) -> None:
    """A client that is gone is no mistake: the server ends, and says nothing."""
    with started(home) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(HELLO)
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write('{"jsonrpc":"2.0","id":2,"method":"ping"}\n')
        process.stdin.close()
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read() == ""


def test_ctrl_c_ends_it_over_standard_streams(home: Path) -> None:
    """A server that waits for input ends at once when it is told to."""
    with started(home) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(HELLO)
        process.stdin.flush()
        process.stdout.readline()  # it answers, so it waits for the next message
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0


def run_once(home: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command with empty input and return how it ended."""
    command = [*PROGRAM, "--home", str(home), "mcp", *options]
    given = {**os.environ, **environment}
    return subprocess.run(command, input="", capture_output=True, text=True, timeout=PATIENCE, check=False, env=given)


def test_what_cannot_be_served_is_told_in_a_sentence(home: Path, tmp_path: Path) -> None:
    """A port in use, a token that others can read, an office, a port without --http, and the missing package."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run_once(home, "--http", "--port", str(taken.getsockname()[1]))
        assert (done.returncode, "Nothing can listen" in done.stderr) == (8, True)
    (home / FILE_NAME).write_text("x" * 50, "utf-8")
    (home / FILE_NAME).chmod(0o644)
    done = run_once(home, "--http", "--port", "0")
    assert (done.returncode, "Others can read the token" in done.stderr) == (4, True)
    done = run_once(home, FOLLOWUP_DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    assert (done.returncode, "office" in done.stderr, done.stdout) == (8, True, "")
    assert run_once(home, "--port", "9").returncode == 2
    (tmp_path / "mcp").mkdir()
    (tmp_path / "mcp" / "__init__.py").write_text("", "utf-8")  # another package of that name, or an old version
    done = run_once(home, PYTHONPATH=str(tmp_path))
    assert (done.returncode, "pip install 'followup-mail[mcp]'" in done.stderr) == (4, True)
    assert "Traceback" not in done.stderr


WALLED = """
import socket, sqlite3, subprocess, sys, os
from pathlib import Path
from followup_mail.services.assistants.only_proposals import wall_in
home = Path(sys.argv[1])
other = home.parent
(home / "proposals").mkdir()
wall_in(home)
tries = {
    "connect": lambda: socket.create_connection(("127.0.0.1", 9)),
    "name": lambda: socket.getaddrinfo("evil.example", 25),
    "datagram": lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)),
    "program": lambda: subprocess.run(["true"]),
    "python": lambda: subprocess.run([sys.executable, "-c", "pass"]),
    "shell": lambda: os.system("true"),
    "fork": lambda: os.fork(),
    "facts": lambda: (home / "applications" / "new.toml").write_text("x"),
    "settings": lambda: (home / ".env").open("a"),
    "raw": lambda: os.open(home / ".env", os.O_RDWR),
    "remove": lambda: (home / ".env").unlink(),
    "rename": lambda: (home / ".env").rename(home / "proposals" / "x"),
    "into": lambda: os.link(home / "proposals" / "ok", home / "out"),
    "link": lambda: os.symlink(home / ".env", home / "proposals" / "link"),
    "up": lambda: (home / "proposals" / ".." / "up").write_text("x"),
    "folder": lambda: (home / "new").mkdir(),
    "elsewhere": lambda: (other / "x").write_text("x"),
    "database": lambda: sqlite3.connect(other / "x.sqlite3"),
}
(home / "proposals" / "ok").write_text("fine")
for name, do in tries.items():
    try:
        do()
    except PermissionError as error:
        assert "a server for assistants" in str(error), (name, error)
    else:
        print("got through:", name)
"""


def test_the_process_is_walled_in(home: Path) -> None:
    """Behind the wall no connection, no program and no file but a proposal can be had, whatever the code tries."""
    before = read_bytes(home)
    command = [sys.executable, "-c", WALLED, str(home)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert {name: content for name, content in read_bytes(home).items() if name != f"{FOLDER}/ok"} == before


USED = """
import asyncio, json, sys
from pathlib import Path
from mcp.client import Client
from followup_mail.mcp.desk import Desk
from followup_mail.mcp.server import make_server
desk = Desk(Path(sys.argv[1]))
async def run():
    async with Client(make_server(desk)) as client:
        for name, arguments in json.loads(sys.argv[2]).items():
            await client.call_tool(name, arguments)
asyncio.run(run())
desk.close()
print(*sys.modules)
"""
SENDING = ("delivery.dispatch", "delivery.transport", "delivery.maildir", "mailbox.imap_connect", "mailbox.new_mail")
DECIDING = tuple(
    f".{name}"
    for name in (
        *("queueing.enqueue", "queueing.change_entry", "sending.queue_shown", "sending.send_now", "sending.deliver"),
        *("sending.run_due", "proposals.accept_proposal", "undo.undo_step"),
    )
)


def test_no_tool_loads_what_sends_or_decides(home: Path) -> None:
    """After every tool was called, no module is there that sends, queues, approves, accepts or reads a mailbox."""
    calls = json.dumps({name: arguments for name, (arguments, _) in TOUCHES.items()})
    command = [sys.executable, "-c", USED, str(home), calls]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    loaded = set(done.stdout.split())
    assert {"followup_mail.services.proposals.propose", "followup_mail.services.overview.today"} <= loaded
    assert loaded & {*(f"followup_mail.{name}" for name in SENDING), "imapclient", "yagmail"} == set()
    assert {name for name in loaded if name.startswith("followup_mail.services.") and name.endswith(DECIDING)} == set()
