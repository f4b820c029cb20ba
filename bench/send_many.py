"""How fast many personalised mails leave: ours, a bare smtplib loop, mailmerge and yagmail, in one run.

    python bench/send_many.py                       # 500 and 5,000 mails
    python bench/send_many.py 200 --mailmerge PATH  # another count, and where the mailmerge command is

Everything goes to a sink on this machine, in a process of its own, that answers at once and counts what it took; a
contestant that loses or doubles a mail is reported. So the figures are what the sender itself costs, without a network.
``smtplib`` and our transport send the same finished bytes over one connection; mailmerge and ``yagmail.send`` write
each mail themselves, and connect for each one. *Everything* writes each mail from facts and a
template, and every step of it is on disk before the next begins (four commits with full sync a mail).
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
    parser.add_argument("--sink", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.sink:
        asyncio.run(run_sink())
        return
    for count in given.counts:
        compare(count, given.rounds, given.mailmerge)


def compare(count: int, rounds: int, mailmerge: str | None) -> None:
    """Print one table."""
    contestants: dict[str, tuple[Callable[[int, int], None], int]] = {
        "smtplib loop": (send_by_smtplib, rounds),
        "our transport": (send_by_us, rounds),
        "everything": (send_by_everything, 1),
        "yagmail.send": (send_by_yagmail, 1),
    }
    if mailmerge:
        contestants["mailmerge"] = (lambda port, many: send_by_mailmerge(port, many, mailmerge), 1)
    print(f"{count} mails{'' if mailmerge else ' (mailmerge is not installed)'}")
    base = 0.0
    for name, (send, times) in contestants.items():
        seconds = min(measure(send, count) for _ in range(times))
        base = base or seconds
        print(
            f"  {name:14} {seconds:8.2f} s {seconds / count * 1000:8.3f} ms a mail {seconds / base:7.2f} times smtplib"
        )


def measure(send: Callable[[int, int], None], count: int) -> float:
    """Return the seconds that a contestant takes; complain when the sink did not take each mail once."""
    with sink() as (port, process):
        began = time.perf_counter()
        send(port, count)
        seconds = time.perf_counter() - began
        process.terminate()
        took = int(process.stdout.read() or 0) if process.stdout else 0
    if took != count:
        print(f"  ! the sink took {took} of {count}")
    return seconds


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
    for to, content in write_mails(count):
        transport.deliver(Message(Mailbox("", to), "", "", "", SENDER, (to,), content=content), lambda: None)
    transport.close()


def send_by_everything(port: int, count: int) -> None:
    """Write each mail from its facts and template, compose, queue, claim, record the intent, send, settle."""
    from datetime import UTC, datetime

    from followup_mail.cadence.step import History, Kind, Step, StepId, StepState
    from followup_mail.delivery.dispatch import Dispatch, deliver_due
    from followup_mail.delivery.smtp_account import Account, Auth, Security
    from followup_mail.delivery.transport import SmtpTransport
    from followup_mail.drafts.assignment import Assignment, Writer
    from followup_mail.drafts.template_engine import render
    from followup_mail.drafts.template_folders import TemplateFolders
    from followup_mail.drafts.write_draft import write_draft
    from followup_mail.facts.application import Application, Channel
    from followup_mail.message.compose import compose
    from followup_mail.message.draft import Mailbox, Sender
    from followup_mail.outbox.entry import NewEntry, Timing
    from followup_mail.outbox.lease import name_worker
    from followup_mail.outbox.pre_send_check import GO
    from followup_mail.outbox.sqlite import SqliteStore

    now = datetime(2026, 11, 19, 15, tzinfo=UTC)
    met = {"start": "2026-11-18 14:00", "duration": "45 min", "time_zone": "America/Chicago"}
    with tempfile.TemporaryDirectory() as name:
        writer = Writer(Sender(Mailbox("Jordan Example", SENDER)), TemplateFolders(Path(name) / "t"), render)
        store = SqliteStore(Path(name) / "outbox.sqlite3")
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
            store.add([NewEntry(step_id, made, Timing(now, insisted=True))], now)
        transport = SmtpTransport(Account("127.0.0.1", port, Security.PLAIN, auth=Auth.NONE))
        dispatch = Dispatch(store, transport, lambda _: lambda *_: GO, name_worker(), lambda: now)
        for _ in deliver_due(dispatch):
            pass
        transport.close()
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
def sink() -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """Run the sink in a process of its own."""
    process = subprocess.Popen([sys.executable, __file__, "--sink"], stdout=subprocess.PIPE, text=True)
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

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.buffer = b""
        self.in_body = False
        self.say(b"220 sink")

    def data_received(self, data: bytes) -> None:
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
            else:
                self.say(b"221 bye" if line[:4].upper() == b"QUIT" else b"250 ok")

    def say(self, words: bytes) -> None:
        self.transport.write(words + b"\r\n")  # type: ignore[attr-defined]


async def run_sink() -> None:
    """Print the port, take mail until terminated, print how many."""
    import signal

    loop = asyncio.get_running_loop()
    ended = loop.create_future()
    loop.add_signal_handler(signal.SIGTERM, ended.set_result, None)
    server = await loop.create_server(Taking, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await ended
    print(Taking.took, flush=True)


if __name__ == "__main__":
    main()
