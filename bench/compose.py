"""How long one finished message takes, against the standard library's ``EmailMessage`` in the same run.

    python bench/compose.py

``compose`` includes the gate, the hash and reading the message back; the library's way does none of these.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from statistics import median

from msgspec.structs import replace

from followup_mail.cadence.step import Kind, StepId
from followup_mail.message.compose import compose
from followup_mail.message.draft import Draft, Mailbox, Sender

PARAGRAPH = "Thank you for the time you took on Tuesday, and for explaining how the two teams divide the work. " * 3
DRAFT = Draft(
    step=StepId("acme-data-engineer", Kind.THANK_YOU, 1, "renee-mueller"),
    sender=Sender(Mailbox("Sam Okafor", "sam@example.com")),
    to=Mailbox("Renée Müller", "renee@acme.example"),
    subject="Thank you für das Gespräch on Tuesday",
    text=f"Dear Renée,\n\n{PARAGRAPH.strip()}\n\n{PARAGRAPH.strip()}\n\nBest regards,\nSam Okafor\n",
    html=f"<p>Dear Renée,</p>\n<p>{PARAGRAPH}</p>\n<p>{PARAGRAPH}</p>\n<p>Best regards,<br>Sam Okafor</p>\n",
    wording="thank_you/warm",
)


def compose_by_library(draft: Draft) -> bytes:
    """Build about the same message with the library's policy for SMTP."""
    message = EmailMessage(policy=SMTP)
    for field, mailbox in (("From", draft.sender.mailbox), ("To", draft.to)):
        message[field] = Address(mailbox.name, addr_spec=mailbox.email)
    message["Subject"] = draft.subject
    message["Message-ID"] = "<0123456789abcdef0123456789abcdef@example.com>"
    message.set_content(draft.text)
    message.add_alternative(draft.html, subtype="html")
    return message.as_bytes()


def time_each(ways: dict[str, Callable[[int], object]], rounds: int = 15, times: int = 60) -> dict[str, float]:
    """Return the median microseconds of each way, measured in turns so that a busy machine is busy for all."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.perf_counter()
            for number in range(times):
                way(number)
            spent[name].append((time.perf_counter() - start) / times * 1e6)
    return {name: median(values) for name, values in spent.items()}


def main() -> None:
    """Print both times and their ratio."""
    took = time_each(
        {
            "compose": lambda number: compose(replace(DRAFT, subject=f"{DRAFT.subject} {number}")),
            "EmailMessage": lambda number: compose_by_library(replace(DRAFT, subject=f"{DRAFT.subject} {number}")),
        }
    )
    for name, microseconds in took.items():
        print(f"{name:>14}  {microseconds:7.0f} µs")
    print(f"{'ratio':>14}  {took['compose'] / took['EmailMessage']:7.2f}")


if __name__ == "__main__":
    main()
