"""The pages of the inbox, with a real mailbox behind them."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from mailboxes import as_user, file_copy, keep_mailbox
from page_client import SETTINGS, PageClient, Seen
from servers import PASSWORD, USER, FaultyServer, hang_up

from followup_mail.cadence.kinds import Kind
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import AFTER_THE_INTERVIEW, FACTS, NEXT_MORNING, SLUG
from followup_mail.services.queueing.enqueue import enqueue

PRIYA = "Dr. Priya Raman <priya.raman@lumenfreight.example>"
NO = "Thank you for your time. We have decided to move forward with another candidate."

INVITATION = """\
BEGIN:VCALENDAR
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:u1
DTSTAMP:20261119T140000Z
DTSTART:20261124T160000Z
SUMMARY:Second interview
ORGANIZER;CN=Priya Raman:mailto:priya.raman@lumenfreight.example
ATTENDEE;CN=Lena Vogt:mailto:lena.vogt@lumenfreight.example
END:VEVENT
END:VCALENDAR
"""
"""Without its length, which has to be asked for."""


@dataclass
class Mailbox:
    """Somebody at the page, and what comes into their mailbox."""

    reader: PageClient
    port: int
    ca_file: Path
    put_at: datetime = field(default=NEXT_MORNING - timedelta(hours=1))
    count: int = 0

    def put(self, text: str, sender: str = PRIYA, subject: str = "Your interview", ics: str = "") -> None:
        """Put a mail into it."""
        self.count += 1
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, "jordan@example.com", subject
        mail["Date"], mail["Message-ID"] = self.put_at, f"<theirs-{self.count}@lumenfreight.example>"
        mail.set_content(text)
        if ics:
            mail.add_attachment(ics.encode(), maintype="text", subtype="calendar", params={"method": "REQUEST"})
        with as_user(self.port, self.ca_file) as client:
            file_copy(client, "INBOX", mail.as_bytes(), self.put_at)

    def look(self) -> Seen:
        """Press the button."""
        return self.reader.send(self.reader.get("/inbox"), "/inbox/look")

    def press(self, button: str, page: Seen | None = None, /, **fields: str) -> Seen:
        """Press a button of the first mail, on a page that was opened before or is opened now."""
        return self.reader.send(page or self.reader.get("/inbox/1"), f"/inbox/1/{button}", **fields)

    def entry(self, number: int) -> Entry:
        with self.reader.desk.open() as workspace:
            return workspace.store.get(number)


@pytest.fixture
def mailbox(tmp_path: Path, bare_surroundings: None, good_tls: ssl.SSLContext, ca_file: Path) -> Iterator[Mailbox]:
    """Somebody whose thank-you to Tom (#1) is queued, with a mailbox that is read."""
    with keep_mailbox(good_tls) as port:
        more = {"HOST": "localhost", "PORT": port, "USER": USER, "PASSWORD": PASSWORD}
        lines = [f"FOLLOWUP_IMAP_{name}={value}" for name, value in more.items()]
        smtp = {"HOST": "127.0.0.1", "PORT": 9, "SECURITY": "plain", "AUTH": "none", "CA_FILE": ca_file}
        lines += [f"FOLLOWUP_SMTP_{name}={value}" for name, value in smtp.items()]
        settings = "\n".join([SETTINGS, *lines, ""])
        home = tmp_path / "home"
        home.mkdir(mode=0o700)
        (home / ".env").touch(0o600)
        (home / ".env").write_text(settings, "utf-8")
        with PageClient(home, AFTER_THE_INTERVIEW) as reader:
            with reader.desk.open("add") as workspace:
                workspace.facts.create(SLUG, FACTS)
                enqueue(workspace, Request(SLUG, Kind.THANK_YOU, to=("tom",)))
            reader.now = NEXT_MORNING
            yield Mailbox(reader.enter(), port, ca_file)


def test_without_a_mailbox(tmp_path: Path, bare_surroundings: None) -> None:
    """Where no mailbox is set the page says so, and leads to where it is set."""
    with PageClient(tmp_path / "home") as reader:
        seen = reader.enter().get("/inbox")
        assert "No mailbox is set up" in seen.words
        assert 'href="/setup"' in seen.text
        assert reader.get("/inbox/1").status == 404


def test_an_answer_is_found_and_holds_what_is_queued(mailbox: Mailbox) -> None:
    """A look tells what came; the mail is shown with its words, and what was done because of it."""
    assert "has not been looked at yet" in mailbox.reader.get("/inbox").words
    mailbox.put("Hi Jordan,\n\nThe team would like to see your <b>handbook</b>.\n\nPriya")
    seen = mailbox.look()
    assert "1 new mail" in seen.words
    assert "would like to see your &lt;b&gt;handbook" in seen.text
    assert "Held: #1" in seen.words
    assert mailbox.entry(1).held
    assert "Nothing new" in mailbox.look().words


def test_what_would_be_read(mailbox: Mailbox) -> None:
    """A trial names the mails and keeps nothing of them."""
    mailbox.put("Hi Jordan,\n\nWhen can you come?\n\nPriya", subject="<i>Monday</i>")
    seen = mailbox.reader.send(mailbox.reader.get("/inbox"), "/inbox/try")
    assert "&lt;i&gt;Monday" in seen.text
    assert "Nothing was kept." in seen.words
    assert mailbox.reader.get("/inbox/1").status == 404


def test_a_mailbox_that_cannot_be_read(mailbox: Mailbox) -> None:
    """A wrong password is told by the look, and stays on the page until it is right."""
    path = mailbox.reader.home / ".env"
    path.write_text(path.read_text("utf-8").replace(PASSWORD, "wrong"), "utf-8")
    assert "could not be read" in mailbox.look().words
    assert "cannot be read" in mailbox.reader.get("/inbox").words


def test_a_no_is_recorded_once(mailbox: Mailbox) -> None:
    """A no asks first; recording it cancels what is queued and drafts the answer, and an older window does nothing."""
    mailbox.put(f"Dear Jordan,\n\n{NO}\n\nBest,\nPriya Raman")
    assert "Asks for a decision" in mailbox.look().words
    page = mailbox.reader.get("/inbox/1")
    assert "looks like a no" in page.words
    seen = mailbox.press("accept", page)
    assert "Recorded: they said no." in seen.words
    assert seen.address.startswith("/outbox/2")
    assert (mailbox.entry(1).state, mailbox.entry(2).state) == (State.CANCELLED, State.DRAFT)
    again = mailbox.press("accept", page)
    assert again.status == 409
    assert "taken up already" in again.words


def test_a_no_that_does_not_fit_asks_first(mailbox: Mailbox) -> None:
    """A no that somebody else signed asks whom to answer, as a letter does that was pasted; then it is recorded."""
    mailbox.put(f"Dear Jordan,\n\n{NO}\n\nKind regards,\nTom Okafor")
    mailbox.look()
    asks = mailbox.press("accept")
    assert "Whom do you answer?" in asks.words
    assert "Nothing is recorded yet." in asks.words
    assert mailbox.entry(1).state is State.QUEUED
    seen = mailbox.press("accept", asks, whom="1")
    assert "Recorded: they said no." in seen.words
    assert mailbox.entry(2).message.to.email == "priya.raman@lumenfreight.example"


def test_a_no_of_another_application_asks_first(mailbox: Mailbox) -> None:
    """A no that names another employer is recorded for nobody until it is confirmed; it can be given to that one."""
    other = FACTS.replace("Lumen Freight", "Harbor Labs").replace("lumenfreight.example", "harborlabs.example")
    with mailbox.reader.desk.open("add") as workspace:
        workspace.facts.create("harbor-labs", other)
    mailbox.put(f"Dear Jordan,\n\nabout your application at Harbor Labs: {NO}\n\nBest,\nPriya Raman")
    mailbox.look()
    asks = mailbox.press("accept")
    assert "Does this letter belong here?" in asks.words
    seen = mailbox.reader.send(asks, "/inbox/1/correct")
    assert "Corrected." in seen.words
    # The letter came from another address than the one that is known there.
    whom = mailbox.press("accept", seen)
    assert "harborlabs.example" in whom.words
    mailbox.press("accept", whom)
    with mailbox.reader.desk.open() as workspace:
        statuses = {slug: str(workspace.facts.load(slug).outcome.status) for slug in workspace.facts.slugs()}
    assert statuses == {SLUG: "waiting", "harbor-labs": "rejected"}


def test_a_mail_of_two_applications_is_given_to_one(mailbox: Mailbox) -> None:
    """Where a mail can belong to two applications each has a button; the one that is pressed gets it."""
    with mailbox.reader.desk.open("add") as workspace:
        workspace.facts.create("second", FACTS.replace("Lumen Freight", "Harbor Labs"))
    mailbox.put("Hi Jordan,\n\nwhen can you come?\n\nPriya")
    mailbox.look()
    page = mailbox.reader.get("/inbox/1")
    assert "It belongs to second" in page.words
    first = page.fields("/inbox/1/correct")["application"]
    seen = mailbox.press("correct", page)
    assert "It belongs to" not in seen.words
    with mailbox.reader.desk.open() as workspace:
        statuses = {slug: str(workspace.facts.load(slug).outcome.status) for slug in workspace.facts.slugs()}
    assert [slug for slug, status in statuses.items() if status == "replied"] == first


def test_a_mistake_is_corrected(mailbox: Mailbox) -> None:
    """What was taken for a no is only an answer; what is nothing holds nothing; an old window changes nothing."""
    mailbox.put(f"Dear Jordan,\n\n{NO}\n\nBest,\nPriya Raman")
    mailbox.look()
    old = mailbox.reader.get("/inbox/1")
    seen = mailbox.press("correct", what="answer")
    assert "Corrected." in seen.words
    assert "looks like a no" not in seen.words
    stale = mailbox.press("correct", old, what="nothing")
    assert stale.status == 409
    assert "was changed in the meantime" in stale.words
    mailbox.press("correct", what="nothing")
    with mailbox.reader.desk.open() as workspace:
        assert str(workspace.facts.load(SLUG).outcome.status) == "waiting"


def test_a_correction_that_cannot_be(mailbox: Mailbox) -> None:
    """What makes no sense is refused on the same page, with what was typed."""
    mailbox.put("Hi Jordan,\n\nWhen can you come?\n\nPriya")
    mailbox.look()
    assert mailbox.press("correct").status == 409
    seen = mailbox.press("correct", back_on="someday <b>")
    assert seen.status == 409
    assert seen.fields("/inbox/1/correct")["back_on"] == ["someday <b>"]


def test_forgetting(mailbox: Mailbox) -> None:
    """One mail, or all of them after a tick, are kept no more; the next look does not bring them back."""
    mailbox.put("Hi Jordan,\n\nWhen can you come?\n\nPriya")
    mailbox.look()
    listed = mailbox.reader.get("/inbox")
    assert mailbox.reader.send(listed, "/inbox/forget").status == 409
    assert "is deleted" in mailbox.press("forget").words
    assert "Nothing new" in mailbox.look().words
    assert mailbox.reader.get("/inbox/1").status == 404


def test_an_appointment_goes_into_the_facts_after_a_look_at_it(mailbox: Mailbox) -> None:
    """What is open is asked, what would be written is shown, and only then it is written: as the next round."""
    mailbox.put("Hi Jordan,\n\nplease see the invitation.\n\nPriya", ics=INVITATION)
    mailbox.look()
    seen = mailbox.press("appointment")
    assert "How long does it take?" in seen.words
    assert "To be written into the facts" in mailbox.press("appointment", seen, **{"point duration:u1": ""}).words
    assert "aria-invalid" in mailbox.press("appointment", seen, **{"point duration:u1": "<b>"}).text
    seen = mailbox.press("appointment", seen, **{"point duration:u1": "1 hour"})
    assert "To be written into the facts" in seen.words
    with mailbox.reader.desk.open() as workspace:
        assert len(workspace.facts.load(SLUG).interviews) == 1
    done = mailbox.press("appointment", seen)
    assert done.address.startswith(f"/applications/{SLUG}")
    with mailbox.reader.desk.open() as workspace:
        assert [one.round for one in workspace.facts.load(SLUG).interviews] == [1, 2]


def test_a_draft_in_the_mailbox(mailbox: Mailbox) -> None:
    """A mail that waits is put into the Drafts folder, and its page tells where it is and what became of it there."""
    with as_user(mailbox.port, mailbox.ca_file) as client:
        client.create_folder("Drafts")
        client.create_folder("Sent")
    reader = mailbox.reader
    seen = reader.send(reader.get("/outbox/1"), "/outbox/1/to-drafts")
    assert "in the Drafts folder of your mailbox" in seen.words
    assert mailbox.entry(1).in_drafts
    assert "The draft is there as it was." in reader.send(seen, "/outbox/1/look-at-draft").words
    assert "Cancelled." in reader.send(reader.get("/outbox/1"), "/outbox/1/cancel").words
    with as_user(mailbox.port, mailbox.ca_file) as client:
        assert client.select_folder("Drafts")[b"EXISTS"] == 0


@pytest.mark.parametrize("was_filed", [True, False])
def test_an_unclear_mail_is_looked_for(mailbox: Mailbox, was_filed: bool) -> None:
    """A copy in the Sent folder closes it as sent; where none is, that is explained and it stays unclear."""
    reader, path = mailbox.reader, mailbox.reader.home / ".env"
    with FaultyServer({"dot": hang_up}).running() as port:
        path.write_text(path.read_text("utf-8").replace("SMTP_PORT=9\n", f"SMTP_PORT={port}\n"), "utf-8")
        reader.send(reader.get("/outbox"), "/outbox/run")
    assert mailbox.entry(1).state is State.UNCLEAR
    content = reader.client.get("/outbox/1/message.eml").content
    with as_user(mailbox.port, mailbox.ca_file) as client:
        client.create_folder("Sent")
        if was_filed:
            file_copy(client, "Sent", content, NEXT_MORNING)
    seen = reader.send(reader.get("/outbox/1"), "/outbox/1/look")
    if was_filed:
        assert "it was sent, and is recorded so" in seen.words
    else:
        assert "It is not in the folder 'Sent'." in seen.words
    assert mailbox.entry(1).state is (State.SENT if was_filed else State.UNCLEAR)
