"""A test mail to oneself: the same mail by the same road, and nothing about it is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from changing import replace
from outbox_samples import OFFLINE, Script
from workspace_samples import give_account

from followup_mail.cadence.step import Kind
from followup_mail.cli.views.sending import send_test_and_show
from followup_mail.delivery.network_errors import TRY_AGAIN
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.as_queued import take_queued
from followup_mail.services.queueing.edit_entry import reword_entry
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.sending.send_to_me import Trial, send_to_me
from followup_mail.services.writing.prepare import prepare
from followup_mail.workspace import Workspace

THANKS = Request(SLUG, Kind.THANK_YOU, even_taken=True)


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Workspace:
    """A workspace with an account, after an interview with three people."""
    return give_account(make_demo_workspace(tmp_path, clock))


def send_tests(workspace: Workspace) -> tuple[Trial, ...]:
    return send_to_me(workspace, prepare(workspace, THANKS).prepared)


def handed_to(workspace: Workspace) -> Script:
    transport = workspace.transport
    assert isinstance(transport, Script)
    return transport


def test_all_go_to_the_user_at_once_and_nowhere_else(workspace: Workspace) -> None:
    """Three mails, only the own address in envelope and header, the subject marked, the text as it is."""
    meant = prepare(workspace, THANKS).prepared
    send_tests(workspace)
    handed = handed_to(workspace).handed
    assert [message.rcpt_to for message in handed] == [("jordan@example.com",)] * 3
    for message, real in zip(handed, meant, strict=True):
        assert b"lumenfreight.example" not in message.content
        assert message.subject == f"[Test] {real.message.subject}"
        assert message.text == real.message.text


def test_it_is_no_contact_and_takes_no_step(workspace: Workspace) -> None:
    """The plan and the outbox are as they were, and the real mails can be queued."""
    before = open_application(workspace, SLUG).plan
    send_tests(workspace)
    assert open_application(workspace, SLUG).plan == before
    assert not workspace.has_store
    assert len(enqueue(workspace, Request(SLUG, Kind.THANK_YOU)).entries) == 3


def test_a_second_test_is_another_mail(workspace: Workspace, clock: Clock) -> None:
    """Mailboxes hide a mail whose id they have already."""
    from datetime import timedelta

    first = send_tests(workspace)
    clock.shows += timedelta(minutes=1)
    second = send_tests(workspace)
    ids = {trial.message.message_id for trial in (*first, *second)}
    assert len(ids) == 6


def test_without_an_account_it_goes_into_the_folder(tmp_path: Path, clock: Clock) -> None:
    """And the result says so."""
    workspace = make_demo_workspace(tmp_path, clock)
    trials = send_tests(workspace)
    assert all(trial.result.in_folder for trial in trials)
    assert len(list((tmp_path / "delivered" / "new").iterdir())) == 3


def test_what_is_queued_is_shown_and_tried_as_it_waits(workspace: Workspace) -> None:
    """After ``outbox edit`` a preview has the edited words, the bytes that will leave, and the moment."""
    (entry,) = enqueue(workspace, Request(SLUG, Kind.THANK_YOU, ("tom",))).entries
    text = entry.message.text.replace("Best,", "All the best,")
    reword_entry(workspace, entry, "The rota", text, ())
    prepared = prepare(workspace, Request(SLUG, Kind.THANK_YOU, ("tom",), even_taken=True)).prepared
    (mail,), (shown,) = take_queued(workspace, prepared)
    assert (mail.message.subject, mail.written.draft.text, shown.id) == ("The rota", text, entry.id)
    assert mail.message.content == workspace.store.content(entry.id)
    assert mail.written.timing.due_at == entry.ready_at
    assert "FM505" not in {finding.code for finding in mail.findings}
    assert send_to_me(workspace, [mail])[0].message.text == text


def test_a_test_shows_the_mail_and_what_speaks_against_it(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """What would stop the real mail is seen with the test, and no question is asked."""
    workspace.facts.change(SLUG, {"why_them": "I liked that you checks the jobs."})
    send_test_and_show(workspace, Request(SLUG, Kind.THANK_YOU, ("tom",), even_taken=True), ours=False, json=False)
    said = capsys.readouterr().out
    assert "Tom Okafor" in said
    assert workspace.sender.mailbox.name in said
    assert len(handed_to(workspace).handed) == 1


def test_a_test_that_was_not_sent_is_not_tried_again(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A server that does not answer: the test was not sent, and nothing promises that the program tries again."""
    offline = replace(OFFLINE, fix=f"Check the network; {TRY_AGAIN}")
    handed_to(workspace).parts["jordan@example.com"] = offline
    with pytest.raises(typer.Exit):
        send_test_and_show(workspace, Request(SLUG, Kind.THANK_YOU, ("tom",), even_taken=True), ours=False, json=False)
    printed = capsys.readouterr()
    assert f"this test was not sent: {offline.said}" in " ".join(printed.out.split())
    assert TRY_AGAIN not in printed.out + printed.err
