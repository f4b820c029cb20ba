"""One list says which addresses nobody reads, and no person is on it."""

from __future__ import annotations

import pytest

from followup_mail.facts.no_reply import is_unread


@pytest.mark.parametrize(
    "address",
    [
        "no-reply@jobs.lumen.example",
        "NoReply@lumen.example",
        "no_reply@lumen.example",
        "do.not.reply@lumen.example",
        "donotreply2@lumen.example",
        "noreply+4711@lumen.example",
        "noreply-4711@lumen.example",
        "jobs-noreply@linkedin.example",
        "lumen.no-reply@lumen.example",
        "lumennoreply@lumen.example",
        "lumen+autoreply@talent.icims.example",
        "ne-pas-repondre@lumen.example",
        "nicht_antworten@lumen.example",
        "notification@jobvite.example",
        "lumen-notifications@ashbyhq.example",
        "job.alerts@lumen.example",
        "automail@lumen.example",
        "mailer@lumen.example",
        "system@successfactors.example",
        "hr-system@lumen.example",
        "greenhouse.mailer@lumen.example",
        "postmaster@lumen.example",
        "MAILER-DAEMON@lumen.example",
        "bounces+1@lumen.example",
        "lumen@myworkday.com",
        "lumen@wd3.myworkday.com",
        "Lumen.Freight@myworkday.example",
        "talent@ashbyhq.com",
        "lumen.fa.sender@workflow.message.us2.cloud.oracle.com",
        "lumen@invalidemail.taleo.net",
    ],
)
def test_what_machines_send_from_is_read_by_nobody(address: str) -> None:
    """Every way in which a system calls its mailbox, alone, with a tag, or behind the name of a company."""
    assert is_unread(address)


@pytest.mark.parametrize(
    "address",
    [
        "nora.reply@lumen.example",
        "eleno.reply@lumen.example",
        "system.analyst@lumen.example",
        "norman.mailer@lumen.example",
        "bruno@replyhaus.example",
        "alerta.gomez@lumen.example",
        "priya+notifications@lumen.example",
        "reply+8f3a@greenhouse-mail.example",
        "reply-8f3a@hire.lever.example",
        "priya@greenhouse.example",
        "priya.raman@workday.com",
        "jobs@lumen.example",
        "hr@lumen.example",
        "talent.team@lumen.example",
        "otto.auto@lumen.example",
        "notifyer.jones@lumen.example",
        "a.bot@lumen.example",
        "",
        "nobody",
    ],
)
def test_a_person_is_not_taken_for_a_machine(address: str) -> None:
    """Names that hold such a word, mailboxes that people share, and the way back into a tracking system."""
    assert not is_unread(address)
