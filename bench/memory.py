"""Does memory stay flat over many sends? Queue and deliver in batches, and print the peak after each tenth.

    python bench/memory.py                # 100,000 sends, some minutes
    python bench/memory.py 5000

The transport only says yes, so that the outbox and the dispatch are what is measured. The ratio is the peak at the end
against the peak after the first tenth: 1.0 is flat.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from followup_mail.cadence.step import Kind, StepId
from followup_mail.delivery.dispatch import Dispatch, deliver_due
from followup_mail.message.draft import Mailbox
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict
from followup_mail.outbox.entry import NewEntry, Timing
from followup_mail.outbox.lease import name_worker
from followup_mail.outbox.pre_send_check import GO
from followup_mail.outbox.sqlite import SqliteStore

NOW = datetime(2026, 11, 19, 15, tzinfo=UTC)
CONTENT = b"Subject: Thank you\r\n\r\n" + b"Thank you for the conversation about the freight model.\r\n" * 40
BATCH = 500


class Yes:
    """A transport that takes everything."""

    leaves_machine = True

    def deliver(self, message: Message, before_data: object) -> AttemptResult:
        """Take it."""
        before_data()  # type: ignore[operator]
        return AttemptResult(Verdict.ACCEPTED, Phase.DONE, "250 ok", 250)

    def close(self) -> None:
        """Do nothing."""


def main() -> None:
    """Send, and print what memory was at its peak."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", nargs="?", type=int, default=100_000)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as name:
        store = SqliteStore(Path(name) / "outbox.sqlite3")
        dispatch = Dispatch(store, Yes(), lambda _: lambda *_: GO, name_worker(), lambda: NOW)
        peaks = []
        for start in range(0, count, BATCH):
            store.add([make_new(number) for number in range(start, min(start + BATCH, count))], NOW)
            for _ in deliver_due(dispatch):
                pass
            if (start // BATCH) % max(1, count // BATCH // 10) == 0:
                peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
                print(f"{start + BATCH:8} sent {peaks[-1]:8.1f} MB at most")
        print(f"last / first: {peaks[-1] / peaks[0]:.2f}")
        store.close()


def make_new(number: int) -> NewEntry:
    """Return a mail of the usual length."""
    to = f"person{number}@employer{number % 1000}.example"
    mail = Message(
        Mailbox("Ada", to),
        "Thank you",
        "Dear Ada,",
        f"<{number}@bench.example>",
        "me@bench.example",
        (to,),
        content=CONTENT,
    )
    return NewEntry(StepId(f"a{number}", Kind.THANK_YOU, 1, "ada"), mail, Timing(NOW, insisted=True))


if __name__ == "__main__":
    main()
