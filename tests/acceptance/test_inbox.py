"""The mailbox is read: an answer stops what is queued, and everything that is understood can be seen and corrected."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
import trustme
from desk import Desk
from mailboxes import as_user, file_copy, keep_mailbox
from servers import PASSWORD, USER, Sink, check_password, serve, server_context

if sys.platform != "win32":
    from pseudo_terminal import start_on_terminal

PRIYA, TOM = "Dr. Priya Raman <priya@lumen.example>", "Tom Okafor <tom@lumen.example>"
NO = "Thank you for your time. We have decided to move forward with another candidate."


@dataclass
class Mailbox:
    """Somebody's mailbox and mail server, and the desk that reads it."""

    desk: Desk
    port: int
    ca_file: Path
    sink: Sink
    count: int = 0

    def put(self, sender: str, subject: str, text: str, **more: str) -> None:
        """Put a mail into the inbox, or into ``folder``; other names are headers, or an ``ics`` file."""
        self.count += 1
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, more.pop("to", "jordan@example.com"), subject
        mail["Date"], mail["Message-ID"] = datetime.now(UTC), f"<theirs-{self.count}@lumen.example>"
        folder, ics = more.pop("folder", "INBOX"), more.pop("ics", "")
        for name, value in more.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        if ics:
            mail.add_attachment(ics.encode(), maintype="text", subtype="calendar", params={"method": "REQUEST"})
        with as_user(self.port, self.ca_file) as client:
            file_copy(client, folder, mail.as_bytes(), datetime.now(UTC))

    def states(self) -> dict[int, str]:
        """Return the state of each entry, with "held" behind it."""
        listed = self.desk.json("outbox", "list", "--all")
        return {one["id"]: f"{one['state']}{' held' if one['held'] else ''}" for one in listed}


@pytest.fixture
def mailbox(interviewed: Desk, tmp_path: Path) -> Iterator[Mailbox]:
    """Somebody who was interviewed by three people, with a mail server and a mailbox."""
    authority, ca_file, sink = trustme.CA(), tmp_path / "ca.pem", Sink()
    authority.cert_pem.write_to_path(str(ca_file))
    tls = server_context(authority.issue_cert("localhost", "127.0.0.1"))
    login = {"authenticator": check_password, "tls_context": tls, "require_starttls": True, "auth_required": True}
    with serve(sink, **login) as smtp, keep_mailbox(tls) as port:  # type: ignore[arg-type]
        interviewed.environment |= {
            "FOLLOWUP_SMTP_HOST": "127.0.0.1",
            "FOLLOWUP_SMTP_PORT": str(smtp),
            "FOLLOWUP_SMTP_USER": USER,
            "FOLLOWUP_SMTP_PASSWORD": PASSWORD,
            "FOLLOWUP_SMTP_CA_FILE": str(ca_file),
            "FOLLOWUP_IMAP_HOST": "localhost",
            "FOLLOWUP_IMAP_PORT": str(port),
        }
        yield Mailbox(interviewed, port, ca_file, sink)


def test_an_answer_holds_what_is_queued(mailbox: Mailbox) -> None:
    """Once somebody has answered, nothing leaves, `today` shows their words, and resuming lets it go on."""
    mailbox.desk.say("queue", "lumen", "thank_you", "--at", "in 3 days 10:00")
    mailbox.put(PRIYA, "Monday", "Hi Jordan,\n\nThe team would like to see your handbook.\n\nPriya")
    assert "an answer" in mailbox.desk.say("inbox", "look")
    assert set(mailbox.states().values()) == {"queued held"}
    assert "The team would like to see your handbook." in mailbox.desk.say("today")
    assert mailbox.desk.json("today")["replied"] == ["lumen"]
    mailbox.desk.say("resume", "lumen")
    mailbox.desk.say("inbox", "look")
    assert set(mailbox.states().values()) == {"queued"}


def test_it_looks_before_each_mail(mailbox: Mailbox) -> None:
    """A mail that is due does not leave when an answer came a moment before, though nobody asked for a look."""
    mailbox.desk.queue_for_now("lumen", "thank_you", "--to", "tom")
    mailbox.put(TOM, "Today", "Good to meet you. Could you send me two dates?")
    mailbox.desk.run("run")
    assert mailbox.sink.received == []
    assert mailbox.states() == {1: "queued held"}


def test_what_was_written_before_the_interview_is_no_answer(mailbox: Mailbox) -> None:
    """Mail that came before the interview was to arrange it: nothing is held by it."""
    mailbox.desk.say("queue", "lumen", "thank_you", "--at", "in 3 days 10:00")
    before = datetime.now(UTC) - timedelta(days=2, hours=12)
    mail = f"From: {PRIYA}\nTo: jordan@example.com\nSubject: Time\nDate: {before:%a, %d %b %Y %H:%M:%S} +0000\n"
    with as_user(mailbox.port, mailbox.ca_file) as client:
        file_copy(client, "INBOX", f"{mail}Message-ID: <old@lumen.example>\n\nSee you at two!\n".encode(), before)
    mailbox.desk.say("inbox", "look")
    assert set(mailbox.states().values()) == {"queued"}


def test_a_no_is_proposed_and_recorded_by_one_command(mailbox: Mailbox) -> None:
    """A no is shown with the sentence that says so; accepting it records it, and undo takes that back."""
    mailbox.desk.say("queue", "lumen", "thank_you", "--to", "tom", "--at", "in 3 days 10:00")
    mailbox.put(PRIYA, "Your application", f"Dear Jordan,\n\n{NO}\n\nBest,\nPriya Raman")
    said = mailbox.desk.say("inbox", "look")
    assert "looks like a no" in said
    assert "We have decided to move forward with another candidate." in said
    assert mailbox.states() == {1: "queued held"}
    mailbox.desk.say("inbox", "accept", "m1")
    states = mailbox.states()
    assert states[1] == "cancelled"
    assert states[2] == "draft"
    mailbox.desk.say("undo", "--yes")
    assert mailbox.states()[1] == "queued held"
    assert "accept m1" in mailbox.desk.say("inbox")


@pytest.fixture
def misplaced(mailbox: Mailbox) -> Mailbox:
    """A no from Orbital that is said to belong to Lumen, for which a mail is queued."""
    mailbox.desk.say("queue", "lumen", "thank_you", "--to", "tom", "--at", "in 3 days 10:00")
    mia = ("--person", "Mia Hall <mia@orbital.example>")
    mailbox.desk.say("add", "orbital", "--company", "Orbital", "--role", "Cook", *mia)
    mailbox.put("Mia Hall <mia@orbital.example>", "Your application", f"Dear Jordan,\n\n{NO}\n\nBest,\nMia Hall")
    mailbox.desk.say("inbox", "look")
    mailbox.desk.say("inbox", "correct", "m1", "--application", "lumen")
    return mailbox


def test_a_no_that_does_not_fit_is_not_recorded_unasked(misplaced: Mailbox) -> None:
    """Without a terminal it is refused with what else to type, nothing is cancelled, and --yes records it."""
    desk = misplaced.desk
    refused = desk.run("inbox", "accept", "m1")
    assert refused.returncode == 8
    said = " ".join(refused.stderr.split())
    assert "The letter comes from orbital.example, which belongs to orbital (Orbital)" in said
    assert "Nothing was recorded." in said
    assert "followup-mail inbox correct m1 --application orbital" in said
    assert "followup-mail inbox accept m1 --yes" in said
    assert desk.run("inbox", "accept", "m1", "--json").returncode == 8
    assert misplaced.states() == {1: "queued held"}
    told = desk.run("inbox", "accept", "m1", "--yes")
    assert (told.returncode, "belongs to orbital" in " ".join(told.stderr.split())) == (0, True)
    assert misplaced.states()[1] == "cancelled"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_no_that_does_not_fit_is_asked_about(misplaced: Mailbox) -> None:
    """On a terminal Enter records nothing, and says how to put the mail where it belongs."""
    terminal = start_on_terminal(misplaced.desk, ("inbox", "accept", "m1"), 80, {})
    terminal.wait_for("Record it for lumen all the same? [y/N]")
    assert "belongs to orbital" in terminal.shown
    terminal.type("\n")
    assert terminal.end() == 8
    assert "inbox correct m1 --application orbital" in terminal.shown
    assert misplaced.states() == {1: "queued held"}


def test_wrong_understanding_is_taken_back(mailbox: Mailbox) -> None:
    """What is no answer after all lets the mails go on, and the facts wait again."""
    mailbox.desk.say("queue", "lumen", "thank_you", "--to", "tom", "--at", "in 3 days 10:00")
    mailbox.put(TOM, "Lunch", "The canteen is closed on Friday.")
    mailbox.desk.say("inbox", "look")
    assert mailbox.states() == {1: "queued held"}
    mailbox.desk.say("inbox", "correct", "m1", "--as", "nothing")
    assert mailbox.states() == {1: "queued"}
    assert mailbox.desk.json("today")["replied"] == []
    mailbox.desk.say("inbox", "look")
    assert mailbox.states() == {1: "queued"}
    mailbox.desk.say("undo", "--yes")
    assert mailbox.states() == {1: "queued held"}


def test_an_absence_lets_an_inquiry_wait(mailbox: Mailbox) -> None:
    """An automatic reply holds nothing; until the day that it names, only what asks for something waits."""
    mailbox.desk.say("queue", "lumen", "thank_you", "--to", "tom", "--at", "in 3 days 10:00")
    back = datetime.now(UTC) + timedelta(days=12)
    mailbox.put(TOM, "Automatic reply: hello", f"I am away and back on {back:%d %B %Y}.", Auto_Submitted="auto-replied")
    (seen,) = mailbox.desk.json("inbox", "look")[0]["new"]
    assert (seen["understood"], seen["back_on"]) == ("automatic reply", f"{back:%Y-%m-%d}")
    assert mailbox.states() == {1: "queued"}


def test_own_mail_counts_as_a_contact_once(mailbox: Mailbox) -> None:
    """A thank-you that the user wrote on the phone stands for the planned one, however often the mailbox is read."""
    mailbox.put("jordan@example.com", "Thank you", "Dear Tom, thank you for yesterday.", folder="Sent", to=TOM)
    assert "it counts as a contact" in mailbox.desk.say("inbox", "look").lower()
    mailbox.desk.say("inbox", "look")
    done = [one for one in mailbox.desk.json("plan", "lumen")["steps"] if one["state"] == "done"]
    assert [(one["kind"], one["person"]) for one in done] == [("thank_you", "Tom Okafor")]


def test_what_was_no_contact_is_struck(mailbox: Mailbox) -> None:
    """Mail of the user that is said to be nothing counts no more, and its step is due again; undo takes that back."""
    mailbox.put("jordan@example.com", "Parking", "Hi Tom, where do I park?", folder="Sent", to=TOM)
    mailbox.desk.say("inbox", "look")
    mailbox.desk.say("inbox", "correct", "m1", "--as", "nothing")
    assert _done(mailbox.desk) == []
    assert "counts again" in mailbox.desk.say("undo", "--yes")
    assert _done(mailbox.desk) == ["Tom Okafor"]


def _done(desk: Desk) -> list[str]:
    return [one["person"] for one in desk.json("plan", "lumen")["steps"] if one["state"] == "done"]


def test_unreadable_mailbox_keeps_no_thanks_waiting(mailbox: Mailbox) -> None:
    """While the mailbox cannot be read, thank-yous leave all the same, and `today` says what is wrong."""
    mailbox.desk.environment["FOLLOWUP_IMAP_PASSWORD"] = "wrong"
    mailbox.desk.queue_for_now("lumen", "thank_you", "--to", "tom")
    mailbox.desk.run("run")
    assert len(mailbox.sink.received) == 1
    told = mailbox.desk.run("today")
    assert "cannot be read" in told.stdout + told.stderr
    looked = mailbox.desk.run("inbox", "look")
    assert looked.returncode == 10
    assert "wrong" not in looked.stderr


def test_dry_run_keeps_nothing(mailbox: Mailbox) -> None:
    """A dry run names the mails whose text would be read; nothing is kept, and private mail is not among them."""
    mailbox.put(TOM, "Hello", "Can you call me?")
    mailbox.put("Aunt May <may@family.example>", "Sunday", "Are you coming?")
    trial = mailbox.desk.json("inbox", "look", "--dry-run")
    assert [one["subject"] for one in trial["would_read"]] == ["Hello"]
    assert mailbox.desk.json("inbox", "list")["mails"] == []


def test_what_is_kept_can_be_forgotten(mailbox: Mailbox) -> None:
    """Forgetting deletes what is kept of mail; of others' mail nothing was ever kept."""
    mailbox.put(TOM, "Hello", "Can you call me about the handbook?")
    mailbox.put("Aunt May <may@family.example>", "Sunday", "Are you coming to the lighthouse?")
    mailbox.desk.say("inbox", "look")
    content = (mailbox.desk.home / "outbox.sqlite3").read_bytes()
    assert b"handbook?" in content
    assert b"lighthouse" not in content
    mailbox.desk.say("inbox", "forget", "--all", "--yes")
    assert mailbox.desk.json("inbox", "list", "--all")["mails"] == []
    log = "".join(path.read_text("utf-8") for path in (mailbox.desk.home / "log").glob("*.log"))
    assert "handbook?" not in log


def test_forgotten_mail_is_not_kept_again(mailbox: Mailbox) -> None:
    """What was forgotten stays so, also when a new application has the mailbox looked through from the start."""
    mailbox.put(TOM, "Hello", "Can you call me about the handbook?")
    mailbox.desk.say("inbox", "look")
    mailbox.desk.say("inbox", "forget", "m1")
    new = ("--company", "Brewster", "--role", "Cook", "--person", "Ann Lee <ann@brewster.example>")
    mailbox.desk.say("add", "brewster", *new)
    mailbox.desk.say("inbox", "look")
    assert mailbox.desk.json("inbox", "list", "--all")["mails"] == []


def test_nothing_is_read_when_the_user_says_so(mailbox: Mailbox) -> None:
    """With FOLLOWUP_READ_MAILBOX=no a mail leaves although an answer lies there, and a look is refused."""
    mailbox.desk.environment["FOLLOWUP_READ_MAILBOX"] = "no"
    mailbox.put(TOM, "Hello", "Can you call me?")
    mailbox.desk.queue_for_now("lumen", "thank_you", "--to", "tom")
    mailbox.desk.run("run")
    assert len(mailbox.sink.received) == 1
    refused = mailbox.desk.run("inbox", "look")
    assert refused.returncode != 0
    assert "FOLLOWUP_READ_MAILBOX" in refused.stderr


def test_an_invitation_becomes_the_next_round(mailbox: Mailbox) -> None:
    """An appointment in their answer is taken into the facts by one command."""
    start = (datetime.now(UTC) + timedelta(days=5)).replace(hour=16, minute=0, second=0)
    event = f"DTSTAMP:{start:%Y%m%dT%H%M%SZ}\nDTSTART:{start:%Y%m%dT%H%M%SZ}\nDURATION:PT1H\nSUMMARY:Second interview"
    who = "ORGANIZER;CN=Priya Raman:mailto:priya@lumen.example\nATTENDEE;CN=Lena Vogt:mailto:lena@lumen.example"
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:u1", event, who)
    ics = "\n".join((*lines, "END:VEVENT", "END:VCALENDAR", ""))
    mailbox.put(PRIYA, "Second round", "We would love to see you again.", ics=ics)
    assert "inbox accept m1" in mailbox.desk.say("inbox", "look")
    mailbox.desk.say("inbox", "accept", "m1", "--yes")
    assert "Lena Vogt" in mailbox.desk.say("show", "lumen")


def test_a_draft_sent_by_the_user_counts_once(mailbox: Mailbox) -> None:
    """A draft that the user sends from the mailbox, under an id of its own, is that entry and no second contact."""
    with as_user(mailbox.port, mailbox.ca_file) as client:
        for folder in ("Drafts", "Sent"):
            client.create_folder(folder)
    mailbox.desk.say("queue", "lumen", "thank_you", "--to", "tom", "--to-drafts")
    with as_user(mailbox.port, mailbox.ca_file) as client:
        client.select_folder("Drafts")
        (uid,) = client.search()
        content = client.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"]
        client.delete_messages([uid])
        client.expunge()
        sent = re.sub(rb"(?im)^message-id: .*$", b"Message-ID: <new@program.example>\r", content)
        file_copy(client, "Sent", sent, datetime.now(UTC))
    mailbox.desk.say("inbox", "look")
    mailbox.desk.say("inbox", "look")
    assert mailbox.states() == {1: "sent"}
    assert mailbox.desk.json("inbox", "list", "--all")["mails"] == []
    done = [one for one in mailbox.desk.json("plan", "lumen")["steps"] if one["state"] == "done"]
    assert [(one["kind"], one["person"]) for one in done] == [("thank_you", "Tom Okafor")]
