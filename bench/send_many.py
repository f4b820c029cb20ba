"""How fast many personalised mails leave: ours, a bare smtplib loop, mailmerge and yagmail, in one run.

    python bench/send_many.py                       # 500 and 5,000 mails
    python bench/send_many.py 200 --mailmerge PATH  # another count, and where the mailmerge command is
    python bench/send_many.py 40 --round-trip 50    # as if the server were 50 ms away; only who sends over one link

Everything goes to a sink on this machine, in a process of its own, that answers at once and counts what it took; a
contestant that loses or doubles a mail is reported. So the figures are what the sender itself costs, without a network.
``smtplib`` and our transport send the same finished bytes over one connection; mailmerge and ``yagmail.send`` write
each mail themselves, and connect for each one. *From the outbox* claims, sends and settles what was queued before, with
full sync. *Everything* also writes each mail from facts and a template, and queues all of them as one request.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import shutil
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from followup_mail.outbox.sqlite import SqliteStore

SENDER = "jordan@example.com"
TEXT = """Dear Person {number},

thank you for the time you took yesterday. What you said about project {number} stayed with me: the move from nightly
batches to a stream is just what I did last year, and I would gladly do it again with your team.

Should you want to see the notes I mentioned, they are one message away.

Best regards,
Jordan Example
"""


def main() -> None:
    """Run every contestant for every count, and print times and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("counts", nargs="*", type=int, default=[500, 5000])
    parser.add_argument("--mailmerge", default=shutil.which("mailmerge"), help="the mailmerge command")
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many is shown (mailmerge, yagmail: one)")
    parser.add_argument("--round-trip", type=float, default=0.0, help="milliseconds to the server and back")
    parser.add_argument("--sink", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.sink:
        asyncio.run(run_sink(given.round_trip / 1000))
        return
    for count in given.counts:
        compare(count, given.rounds, given.mailmerge, given.round_trip)


def compare(count: int, rounds: int, mailmerge: str | None, round_trip: float) -> None:
    """Print one table. The contestants take turns, so that other work on the machine meets all of them."""
    contestants: dict[str, Contestant] = {
        "smtplib loop": send_by_smtplib,
        "our transport": send_by_us,
        "from the outbox": send_from_outbox,
    }
    slow: dict[str, Contestant] = {"everything": send_by_everything, "yagmail.send": send_by_yagmail}
    if mailmerge:
        slow["mailmerge"] = lambda port, many: send_by_mailmerge(port, many, mailmerge)
    print(f"{count} mails{'' if mailmerge or round_trip else ' (mailmerge is not installed)'}")
    rows = {name: Taken() for name in contestants}
    for _ in range(rounds):
        for name, send in contestants.items():
            rows[name] = min(rows[name], measure(send, count, round_trip))
    rows |= {name: measure(send, count) for name, send in slow.items() if not round_trip}
    base = rows["smtplib loop"]
    for name, taken in rows.items():
        print(
            f"  {name:15} {taken.seconds:8.2f} s {taken.seconds / count * 1000:8.3f} ms a mail "
            f"{taken.seconds / base.seconds:7.2f} times smtplib   {taken.cpu:6.2f} s of processor time"
        )


Contestant = Callable[[int, int], None]


class Taken(NamedTuple):
    """What a contestant took, in seconds: by the clock, and of the processor in this process."""

    seconds: float = float("inf")
    cpu: float = 0.0


prepared: list[Taken] = []
"""When a contestant was ready to begin, if it had something to prepare that does not count."""


def now_taken() -> Taken:
    """Return the two clocks as they stand."""
    return Taken(time.perf_counter(), time.process_time())


def measure(send: Contestant, count: int, round_trip: float = 0.0) -> Taken:
    """Return what a contestant takes; complain when the sink did not take each mail once."""
    with sink(round_trip) as (port, process):
        prepared[:] = [now_taken()]
        send(port, count)
        ended, began = now_taken(), prepared[-1]
        process.terminate()
        took = int(process.stdout.read() or 0) if process.stdout else 0
    if took != count:
        print(f"  ! the sink took {took} of {count}")
    return Taken(ended.seconds - began.seconds, ended.cpu - began.cpu)


def write_mails(count: int) -> list[tuple[str, bytes]]:
    """Return recipients and finished messages."""
    head = "From: <{sender}>\r\nTo: <{to}>\r\nSubject: Thank you, {number}\r\nMessage-ID: <{number}@x>\r\n\r\n"
    mails = []
    for number in range(count):
        to = f"person{number}@example.org"
        body = TEXT.format(number=number).replace("\n", "\r\n")
        mails.append((to, (head.format(sender=SENDER, to=to, number=number) + body).encode()))
    return mails


def send_by_us(port: int, count: int) -> None:
    """Send through the transport of this project."""
    from followup_mail.delivery.smtp_account import Account, Auth, Security
    from followup_mail.delivery.transport import SmtpTransport
    from followup_mail.message.draft import Mailbox
    from followup_mail.message.message import Message

    transport = SmtpTransport(Account("127.0.0.1", port, Security.PLAIN, auth=Auth.NONE))
    mails = [Message(Mailbox("", to), "", "", "", SENDER, (to,), content=content) for to, content in write_mails(count)]
    for mail, following in zip(mails, [*mails[1:], None], strict=True):
        transport.deliver_on(mail, lambda: None, lambda following=following: following)
    transport.close()


def send_from_outbox(port: int, count: int) -> None:
    """Claim, check, record the intent, send and settle what is queued: a run over the outbox, with full sync."""
    from datetime import UTC, datetime

    from followup_mail.cadence.step import Kind, StepId
    from followup_mail.message.draft import Mailbox
    from followup_mail.message.message import Message
    from followup_mail.outbox.entry import NewEntry, Timing
    from followup_mail.outbox.sqlite import SqliteStore

    now = datetime(2026, 11, 19, 15, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as name:
        store = SqliteStore(Path(name) / "outbox.sqlite3")
        new = []
        for number, (to, content) in enumerate(write_mails(count)):
            text = TEXT.format(number=number)
            mail = Message(Mailbox("", to), "Thank you", text, f"<{number}@x>", SENDER, (to,), content=content)
            new.append(NewEntry(StepId(f"a{number}", Kind.THANK_YOU, 1, "ada"), mail, Timing(now, insisted=True)))
        store.add(new, now)
        prepared.append(now_taken())
        deliver_all(store, port, now)
        store.close()


def deliver_all(store: SqliteStore, port: int, now: datetime) -> None:
    """Deliver what is due, as ``followup-mail run`` does, with a check that lets everything pass."""
    from followup_mail.delivery.dispatch import Dispatch, deliver_due
    from followup_mail.delivery.smtp_account import Account, Auth, Security
    from followup_mail.delivery.transport import SmtpTransport
    from followup_mail.outbox.lease import name_worker
    from followup_mail.outbox.pre_send_check import GO

    transport = SmtpTransport(Account("127.0.0.1", port, Security.PLAIN, auth=Auth.NONE))
    dispatch = Dispatch(store, transport, lambda _: lambda *_: GO, name_worker(), lambda: now)
    for _ in deliver_due(dispatch):
        pass
    transport.close()


def send_by_everything(port: int, count: int) -> None:
    """Write each mail from its facts and template, compose, queue, claim, record the intent, send, settle."""
    from datetime import UTC, datetime

    from followup_mail.cadence.step import History, Kind, Step, StepId, StepState
    from followup_mail.drafts.assignment import Assignment, Writer
    from followup_mail.drafts.template_engine import render
    from followup_mail.drafts.template_folders import TemplateFolders
    from followup_mail.drafts.write_draft import write_draft
    from followup_mail.facts.application import Application, Channel
    from followup_mail.message.compose import compose
    from followup_mail.message.draft import Mailbox, Sender
    from followup_mail.outbox.entry import NewEntry, Timing
    from followup_mail.outbox.sqlite import SqliteStore

    now = datetime(2026, 11, 19, 15, tzinfo=UTC)
    met = {"start": "2026-11-18 14:00", "duration": "45 min", "time_zone": "America/Chicago"}
    with tempfile.TemporaryDirectory() as name:
        writer = Writer(Sender(Mailbox("Jordan Example", SENDER)), TemplateFolders(Path(name) / "t"), render)
        store = SqliteStore(Path(name) / "outbox.sqlite3")
        new = []
        for number in range(count):
            person = {"name": f"Ada Person{number}", "email": f"person{number}@example.org"}
            person |= {"discussed": [f"the move of project {number} to streaming"]}
            facts = {"slug": f"a{number}", "company": f"Company {number}", "role": "Data Engineer"}
            application = Application.read({**facts, "interviews": [{**met, "people": [person]}]})
            somebody = application.interviews[0].people[0]
            step_id = StepId(application.slug, Kind.THANK_YOU, 1, somebody.key)
            step = Step(step_id, step_id.kind, Channel.EMAIL, somebody, None, StepState.DUE, now, None, "")
            draft = write_draft(writer, Assignment(application, step, History(), now))
            made = compose(draft)
            new.append(NewEntry(step_id, made, Timing(now, insisted=True)))
        store.add(new, now)
        deliver_all(store, port, now)
        store.close()


def send_by_smtplib(port: int, count: int) -> None:
    """Send as simply as the standard library can."""
    with smtplib.SMTP("127.0.0.1", port, local_hostname="[127.0.0.1]") as server:
        for to, content in write_mails(count):
            server.sendmail(SENDER, [to], content)


def send_by_yagmail(port: int, count: int) -> None:
    """Send as yagmail's readme says."""
    import yagmail

    sender = yagmail.SMTP(
        SENDER, host="127.0.0.1", port=port, smtp_ssl=False, smtp_starttls=False, smtp_skip_login=True
    )
    for number in range(count):
        sender.send(f"person{number}@example.org", f"Thank you, Person {number}", TEXT.format(number=number))
    sender.close()


def send_by_mailmerge(port: int, count: int, command: str) -> None:
    """Send with the mailmerge command, from its three files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "mailmerge_server.conf").write_text(f"[smtp_server]\nhost = 127.0.0.1\nport = {port}\n")
        head = f"TO: {{{{email}}}}\nSUBJECT: Thank you, Person {{{{number}}}}\nFROM: Jordan Example <{SENDER}>\n\n"
        (folder / "mailmerge_template.txt").write_text(head + TEXT.replace("{number}", "{{number}}"))
        rows = "".join(f"person{number}@example.org,{number}\n" for number in range(count))
        (folder / "mailmerge_database.csv").write_text("email,number\n" + rows)
        subprocess.run([command, "--no-dry-run", "--no-limit"], cwd=folder, check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def sink(round_trip: float = 0.0) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """Run the sink in a process of its own."""
    command = [sys.executable, __file__, "--sink", "--round-trip", str(round_trip)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield int(process.stdout.readline() if process.stdout else 0), process
    finally:
        process.terminate()
        process.wait()
        if process.stdout:
            process.stdout.close()


class Taking(asyncio.Protocol):
    """The least of an SMTP server: it says yes to everything, and counts."""

    took = 0
    away = 0.0
    """Seconds to the client and back: what comes is heard so much later."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.buffer = b""
        self.in_body = False
        self.say(b"220 sink")

    def data_received(self, data: bytes) -> None:
        if self.away:
            asyncio.get_running_loop().call_later(self.away, self.hear, data)
        else:
            self.hear(data)

    def hear(self, data: bytes) -> None:
        self.buffer += data
        while True:
            end = b"\r\n.\r\n" if self.in_body else b"\r\n"
            line, found, rest = self.buffer.partition(end)
            if not found:
                return
            self.buffer = rest
            if self.in_body:
                type(self).took += 1
                self.in_body = False
                self.say(b"250 taken")
            elif line[:4].upper() == b"DATA":
                self.in_body = True
                self.say(b"354 go ahead")
            elif line[:4].upper() == b"EHLO":
                self.say(b"250-sink\r\n250 PIPELINING")
            else:
                self.say(b"221 bye" if line[:4].upper() == b"QUIT" else b"250 ok")

    def say(self, words: bytes) -> None:
        self.transport.write(words + b"\r\n")  # type: ignore[attr-defined]


async def run_sink(away: float) -> None:
    """Print the port, take mail until terminated, print how many."""
    import signal

    Taking.away = away
    loop = asyncio.get_running_loop()
    ended = loop.create_future()
    loop.add_signal_handler(signal.SIGTERM, ended.set_result, None)
    server = await loop.create_server(Taking, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await ended
    print(Taking.took, flush=True)


if __name__ == "__main__":
    main()
