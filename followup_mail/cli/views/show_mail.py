"""A mail on the screen: the envelope as a person reads it, the text as it will arrive, and what the checks say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from followup_mail.checks import show_findings
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.labels import say_mailbox, say_when
from followup_mail.cli.views.model_view import say_author
from followup_mail.cli.views.own_words_view import show_text
from followup_mail.services.writing.prepared import Prepared


def show_all(prepared: Sequence[Prepared], own_zone: ZoneInfo) -> None:
    """Print every mail with its findings."""
    for number, one in enumerate(prepared, start=1):
        if number > 1:
            screen.out()
        show_one(one, own_zone, f"{number} of {len(prepared)}" if len(prepared) > 1 else "")


def show_one(prepared: Prepared, own_zone: ZoneInfo, count: str = "") -> None:
    """Print one mail with its findings."""
    written, draft = prepared.written, prepared.written.draft
    meant_for = written.step.person.name if written.step.person else draft.to.name
    screen.out(
        screen.strong(f"{written.step.kind.traits.in_heading} to {meant_for}") + (f"  ({count})" if count else "")
    )
    for label, value in _envelope(prepared, own_zone):
        screen.out(f"  {screen.dim(f'{label:<8}')} {value}", " " * 11)
    screen.out()
    show_text(draft)
    screen.out()
    show_checks(prepared)


def show_checks(prepared: Prepared) -> None:
    """Print what the checks found in one mail."""
    findings = prepared.findings
    if not findings:
        screen.out(screen.good("  Checks: nothing found."))
        return
    worst = screen.bad if any(one.is_error for one in findings) else screen.doubtful
    screen.out(worst("  Checks:"))
    for line in show_findings(prepared.context, findings).split("\n"):
        screen.out(f"  {line}" if line else "", "    ")


def _envelope(prepared: Prepared, own_zone: ZoneInfo) -> list[tuple[str, str]]:
    written, draft = prepared.written, prepared.written.draft
    rows = [("To", say_mailbox(draft.to))]
    if written.step.via:
        rows.append(("Via", f"{written.step.via.name} is asked to pass it on"))
    rows += [("From", say_mailbox(draft.sender.mailbox)), ("Subject", prepared.message.subject)]
    rows.append(
        ("Leaves", f"not as things stand: {written.stays}" if written.stays else say_when(written.timing, own_zone))
    )
    if written.why and not written.stays:
        rows.append(("Why then", written.why))
    if draft.thread:
        rows.append(("Thread", f"answers {draft.thread.message_id}"))
    rows += [("Attached", f"{Path(file.path).name} ({_size(len(file.content))})") for file in draft.attachments]
    return [*rows, *say_author(prepared)]


def _size(octets: int) -> str:
    if octets < 1024:
        return f"{octets} bytes"
    return f"{octets / 1024:.0f} KB" if octets < 1024 * 1024 else f"{octets / 1024 / 1024:.1f} MB"
