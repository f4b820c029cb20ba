"""What the user did by hand while a mail for it was queued is not done a second time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from followup_mail.cadence.step import Kind
from followup_mail.cli.views.show_log import log_and_show
from followup_mail.outbox.entry import State
from followup_mail.services.by_hand.log_contact import Done
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import FACTS, SLUG
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.workspace import Workspace


def test_a_mail_written_by_hand_stops_the_queued_one(due: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Who wrote to Tom themselves and said so is told of the queued mail, and Tom gets no second one."""
    log_and_show(due, Done(SLUG, "email", "tom"), json=False)
    told = capsys.readouterr()
    assert "as the thank-you of round 1" in told.out
    assert "#1 was queued for the same and does not leave any more" in told.err
    assert "followup-mail outbox cancel 1" in told.err
    entry = next(iter(deliver_once(due))).entry
    assert (entry.state, entry.reason) == (State.CANCELLED, "you did this yourself on 2026-11-19, by email")


def test_what_was_sent_from_here_is_not_called_the_users_own_deed(due: Workspace) -> None:
    """Written down twice, and the first one taken back after its mail had left: the second names that mail."""
    due.facts.create("again", FACTS)
    enqueue(due, Request("again", Kind.THANK_YOU, to=("tom",)))
    before = {entry.id for entry in due.store.entries(application=SLUG)}
    first = next(iter(deliver_once(due))).entry
    assert (first.id in before, first.state) == (True, State.SENT)
    due.facts.remove(SLUG)
    due.clock.shows = due.now() + timedelta(days=3)  # type: ignore[attr-defined]
    (entry,) = [one.entry for one in deliver_once(due) if one.entry.step.application == "again"]
    assert (entry.state, entry.reason) == (State.CANCELLED, f"{first.label} was sent for it on 2026-11-19")


def test_a_call_that_reached_nobody_stops_nothing(due: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A voicemail is no thank-you: the queued one still leaves."""
    log_and_show(due, Done(SLUG, "call", "tom", "thank_you", reached=False), json=False)
    assert "does not leave" not in capsys.readouterr().err
    (step,) = [one for one in open_application(due, SLUG).plan.steps if one.id.person == "tom-okafor"][:1]
    assert (step.kind, step.standing) == (Kind.THANK_YOU, "queued")
    assert next(iter(deliver_once(due))).entry.state is State.SENT
