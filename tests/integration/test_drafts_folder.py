"""Mails for the user to send: once in the Drafts folder of a real mailbox, and seen when sent, changed or deleted."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from changing import replace
from imapclient import IMAPClient
from mailboxes import as_user, file_copy, keep_mailbox
from servers import PASSWORD, USER
from workspace_samples import with_script

from followup_mail.cadence.step import Kind, StepState
from followup_mail.delivery.dispatch import Result
from followup_mail.errors import RefusedError
from followup_mail.mailbox.imap_client import BoundedClient
from followup_mail.outbox.draft_changes import DELETED_THERE, SENT_THERE
from followup_mail.outbox.entry import TO_DRAFTS, Entry, State
from followup_mail.outbox.recorded import StoreRecord
from followup_mail.services.applications.forget import forget_application
from followup_mail.services.applications.rename_application import rename_application
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.request import Request
from followup_mail.services.mailbox.notice_drafts import GRACE, DraftNews, notice_drafts
from followup_mail.services.mailbox.put_in_drafts import complete_drafts, put_in_drafts
from followup_mail.services.overview.demo import SLUG, Clock, make_demo_workspace
from followup_mail.services.overview.today import look_at_today
from followup_mail.services.queueing import change_entry
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.sending.run_due import run_once
from followup_mail.settings.secret import Secret
from followup_mail.workspace import Workspace

FOR_TOM = Request(SLUG, Kind.THANK_YOU, to=("tom",), to_drafts=True)


@pytest.fixture
def mailbox(good_tls: ssl.SSLContext, ca_file: Path) -> Iterator[tuple[int, Path]]:
    with keep_mailbox(good_tls) as port:
        yield port, ca_file


@pytest.fixture
def theirs(mailbox: tuple[int, Path]) -> Iterator[IMAPClient]:
    """The mailbox as the user's own program sees it."""
    with as_user(*mailbox) as client:
        for name in ("Drafts", "Sent", "Trash"):
            client.create_folder(name)
        yield client


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock, mailbox: tuple[int, Path]) -> Workspace:
    """A workspace with an account that has a mailbox."""
    port, ca_file = mailbox
    made = make_demo_workspace(tmp_path, clock)
    own = {"imap_host": "localhost", "imap_port": port, "imap_user": USER, "imap_password": Secret(PASSWORD)}
    return with_script(made, replace(made.settings, smtp_host="mail.example", smtp_ca_file=ca_file, **own))  # type: ignore[arg-type]


@pytest.fixture
def put(workspace: Workspace, theirs: IMAPClient) -> Entry:
    """The thank-you to Tom (#1), in the Drafts folder."""
    (entry,) = enqueue(workspace, FOR_TOM).entries
    return entry


def in_folder(client: IMAPClient, folder: str) -> dict[int, bytes]:
    client.select_folder(folder)
    uids = client.search("UNDELETED")
    return {uid: parts[b"RFC822"] for uid, parts in client.fetch(uids, ["RFC822"]).items()} if uids else {}


def take(client: IMAPClient, folder: str) -> bytes:
    """Take the one mail out of a folder."""
    ((uid, content),) = in_folder(client, folder).items()
    client.delete_messages([uid])
    client.expunge()
    return content


def move(client: IMAPClient, workspace: Workspace, to: str, *changes: tuple[bytes, bytes]) -> None:
    """Do what a mail program does with a draft: take it out, and file it elsewhere, perhaps with other words."""
    content = take(client, "Drafts")
    for before, after in changes:
        assert before in content
        content = content.replace(before, after)
    file_copy(client, to, content, workspace.now())


def new_id(entry: Entry) -> tuple[bytes, bytes]:
    return entry.message.message_id.encode(), b"<CA+new@mail.example>"


def test_queued_mail_lies_in_drafts(workspace: Workspace, put: Entry, theirs: IMAPClient) -> None:
    """It lies there once, as a draft that was read, with its planned moment; nothing sends it from here."""
    (content,) = in_folder(theirs, "Drafts").values()
    assert content.endswith(workspace.store.content(put.id).partition(b"\r\n\r\n")[2])
    ((uid, parts),) = theirs.fetch(theirs.search(), ["FLAGS"]).items()
    assert uid
    assert {b"\\Draft", b"\\Seen"} <= set(parts[b"FLAGS"])
    assert put.in_drafts
    assert put.timing.due_at > workspace.now()
    assert workspace.store.next_due_at(put.timing.due_at + timedelta(days=2)) is None
    with pytest.raises(RefusedError, match="waits in the outbox already"):
        enqueue(workspace, FOR_TOM)


def test_put_is_completed_once(workspace: Workspace, theirs: IMAPClient, clock: Clock) -> None:
    """What broke off, before or after it was put there, is completed by the next run, and lies there once."""
    enqueue(workspace, replace(FOR_TOM, to_drafts=False))
    entry = workspace.store.begin_put(1, workspace.now())
    file_copy(theirs, "Drafts", b"Date: Tue, 1 Dec 2026 09:00:00 +0000\r\n" + workspace.store.content(1), clock())
    assert (entry.state, entry.held) == (State.DRAFT, TO_DRAFTS)
    assert complete_drafts(workspace) == ()  # another program may be at it
    clock.shows += timedelta(minutes=6)
    (done,) = complete_drafts(workspace)
    assert done.in_drafts
    assert len(in_folder(theirs, "Drafts")) == 1
    assert complete_drafts(workspace) == ()


def test_mailbox_out_of_reach(workspace: Workspace, theirs: IMAPClient, clock: Clock) -> None:
    """A mailbox that cannot be reached is told; the mail stays meant for it, and is not sent from here instead."""
    off = with_script(workspace, replace(workspace.settings, imap_port=9))
    (entry,) = enqueue(off, FOR_TOM).entries
    assert (entry.state, entry.held) == (State.DRAFT, TO_DRAFTS)
    assert "localhost:9 cannot be reached" in entry.reason
    clock.shows = entry.timing.due_at
    today = look_at_today(off)
    assert ([one.id for one in today.undecided], [one.step.id for one in today.due if one.draft]) == ([1], [])
    (done,) = complete_drafts(workspace)
    assert done.in_drafts


def test_refused_by_the_checks_or_without_a_mailbox(workspace: Workspace, theirs: IMAPClient) -> None:
    """What would not be queued is not put there; without a mailbox nothing is queued at all."""
    none = with_script(workspace, replace(workspace.settings, imap_host=""))
    with pytest.raises(RefusedError, match="no Drafts folder"):
        enqueue(none, FOR_TOM)
    assert workspace.store.entries() == ()
    assert in_folder(theirs, "Drafts") == {}


def test_sent_as_it_was(workspace: Workspace, put: Entry, theirs: IMAPClient) -> None:
    """The draft in the Sent folder was sent: it counts, at the moment when it was filed."""
    move(theirs, workspace, "Sent")
    (noticed,) = notice_drafts(workspace).noticed
    assert noticed.news is DraftNews.SENT
    assert noticed.entry.state is State.SENT
    assert noticed.entry.reason.startswith(SENT_THERE)
    assert "other words" not in noticed.entry.reason
    assert noticed.entry.message == put.message
    step = next(step for step in open_application(workspace, SLUG).plan.steps if step.id == put.step)
    assert step.state is StepState.DONE


def test_sent_with_other_words_under_another_id(workspace: Workspace, put: Entry, theirs: IMAPClient) -> None:
    """What Gmail makes of a draft that is changed and sent counts as it went: words, subject and Message-ID."""
    move(theirs, workspace, "Sent", new_id(put), (b"Tom", b"Thomas"))
    (noticed,) = notice_drafts(workspace).noticed
    assert noticed.entry.state is State.SENT
    assert "with other words" in noticed.entry.reason
    assert noticed.entry.message.message_id == "<CA+new@mail.example>"
    assert "Thomas" in noticed.entry.message.text
    assert workspace.store.verify() == ()


def test_other_mail_to_the_same_person_is_not_it(workspace: Workspace, put: Entry, theirs: IMAPClient) -> None:
    """A mail to Tom about something else does not count as the draft being sent."""
    other = b"To: tom@lumen.example\r\nSubject: Lunch?\r\nMessage-ID: <l@x.example>\r\n\r\nAre you free on Monday?\r\n"
    file_copy(theirs, "Sent", other, workspace.now())
    (noticed,) = notice_drafts(workspace).noticed
    assert (noticed.news, noticed.entry) == (DraftNews.NOTHING, put)


@pytest.mark.parametrize("renewed", [True, False])
def test_changed_there(workspace: Workspace, put: Entry, theirs: IMAPClient, renewed: bool) -> None:
    """The user's words in the draft count from then on, whether or not the draft got a new Message-ID."""
    move(theirs, workspace, "Drafts", (b"Tom", b"Thomas"), *([new_id(put)] if renewed else []))
    (noticed,) = notice_drafts(workspace).noticed
    assert noticed.news is DraftNews.CHANGED
    assert noticed.entry.in_drafts
    assert "Thomas" in noticed.entry.message.text
    assert [one.news for one in notice_drafts(workspace).noticed] == [DraftNews.NOTHING]
    change = change_entry.cancel(workspace, put.id)
    assert "stays there" in change.draft
    assert len(in_folder(theirs, "Drafts")) == 1


def test_in_the_bin_is_deleted(workspace: Workspace, put: Entry, theirs: IMAPClient) -> None:
    """A draft in the bin was deleted: that is told at once, and not again, and its step is open."""
    move(theirs, workspace, "Trash")
    (noticed,) = notice_drafts(workspace).noticed
    assert (noticed.entry.state, noticed.entry.reason) == (State.CANCELLED, DELETED_THERE)
    assert notice_drafts(workspace).noticed == ()
    assert [entry.id for entry in look_at_today(workspace).deleted_there] == [put.id]


def test_earlier_draft_in_the_bin_says_nothing(
    workspace: Workspace, put: Entry, theirs: IMAPClient, clock: Clock
) -> None:
    """A draft of the same step that was deleted before, with the same Message-ID, is not taken for this one."""
    file_copy(theirs, "Trash", take(theirs, "Drafts"), clock() - timedelta(minutes=5))
    assert [one.news for one in notice_drafts(workspace).noticed] == [DraftNews.MISSING]


def test_nowhere_to_be_seen(workspace: Workspace, put: Entry, theirs: IMAPClient, clock: Clock) -> None:
    """It may be on its way out of an outbox; an hour later it counts as deleted, and its step is open again."""
    take(theirs, "Drafts")
    (noticed,) = notice_drafts(workspace).noticed
    assert noticed.news is DraftNews.MISSING
    assert noticed.entry.in_drafts
    assert [one.news for one in notice_drafts(workspace).noticed] == [DraftNews.MISSING]
    clock.shows += GRACE
    (noticed,) = notice_drafts(workspace).noticed
    assert (noticed.entry.state, noticed.entry.reason) == (State.CANCELLED, DELETED_THERE)
    today = look_at_today(workspace)
    assert today.in_drafts == ()
    assert [entry.id for entry in today.deleted_there] in ([], [put.id])
    assert notice_drafts(workspace).noticed == ()


def test_sent_after_it_was_missing(workspace: Workspace, put: Entry, theirs: IMAPClient, clock: Clock) -> None:
    """A draft that turns up in Sent after a while was sent; it was never taken for deleted."""
    content = take(theirs, "Drafts")
    notice_drafts(workspace)
    file_copy(theirs, "Sent", content, clock())
    clock.shows += GRACE
    assert [one.news for one in notice_drafts(workspace).noticed] == [DraftNews.SENT]


def test_unreadable_mailbox_says_nothing(workspace: Workspace, put: Entry, theirs: IMAPClient) -> None:
    """Where the mailbox cannot be read, or has no Sent folder, nothing is said of its drafts."""
    theirs.delete_folder("Sent")
    take(theirs, "Drafts")
    found = notice_drafts(workspace)
    assert found.noticed == ()
    assert len(found.errors) == 1
    assert workspace.store.get(put.id) == put


def test_cancel_takes_it_out(workspace: Workspace, put: Entry, theirs: IMAPClient) -> None:
    """Cancelled here, an untouched draft is deleted there, and no other mail with it."""
    file_copy(theirs, "Drafts", b"To: a@b.example\r\nSubject: Mine\r\n\r\nLeave it.\r\n")
    theirs.select_folder("Drafts")
    theirs.add_flags(theirs.search(["SUBJECT", "Mine"]), [b"\\Deleted"])
    change = change_entry.cancel(workspace, put.id)
    assert change.draft == "Its draft was deleted from your Drafts folder."
    assert workspace.store.get(put.id).state is State.CANCELLED
    theirs.select_folder("Drafts")
    assert len(theirs.search()) == 1


def test_cancel_after_it_was_sent(workspace: Workspace, put: Entry, theirs: IMAPClient) -> None:
    """What the user has sent cannot be cancelled any more, and is recorded as sent."""
    move(theirs, workspace, "Sent")
    with pytest.raises(RefusedError, match="sent already"):
        change_entry.cancel(workspace, put.id)
    assert workspace.store.get(put.id).state is State.SENT


def test_retry_sends_it_from_here(workspace: Workspace, put: Entry, theirs: IMAPClient) -> None:
    """``retry`` takes the draft out first; one that may still be sent there is not queued."""
    change = change_entry.retry(workspace, put.id)
    assert isinstance(change.entry, Entry)
    assert change.entry.state is State.QUEUED
    assert in_folder(theirs, "Drafts") == {}
    (again,) = put_in_drafts(workspace, (put.id,))
    assert again.in_drafts
    take(theirs, "Drafts")
    with pytest.raises(RefusedError, match="not sent twice"):
        change_entry.retry(workspace, put.id)


def test_entry_changed_while_it_is_put(
    workspace: Workspace, theirs: IMAPClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the user cancels it in between, no draft stays."""
    import followup_mail.mailbox.drafts_folder as folder

    append = folder.append_mail

    def cancel_meanwhile(*given: object) -> object:
        done = append(*given)  # type: ignore[arg-type]
        workspace.store.cancel(1, workspace.now())
        return done

    monkeypatch.setattr(folder, "append_mail", cancel_meanwhile)
    (entry,) = enqueue(workspace, FOR_TOM).entries
    assert entry.state is State.CANCELLED
    assert in_folder(theirs, "Drafts") == {}


def test_undo_never_puts_it_back_into_the_queue(workspace: Workspace, theirs: IMAPClient) -> None:
    """A mail that lies in the mailbox is not queued by undo: it could be sent from both places."""
    records: list[StoreRecord] = []
    enqueue(workspace, replace(FOR_TOM, to_drafts=False))
    workspace.store.record = records.append
    put_in_drafts(workspace, (1,))
    step = StoreRecord()
    for record in records:
        step = step.followed_by(record)
    (back,) = workspace.store.take_back(step, workspace.now(), "undo")
    assert "Drafts folder" in back.why_not
    assert workspace.store.get(1).in_drafts


def test_held_or_sent_mail_is_not_put_there(workspace: Workspace, theirs: IMAPClient) -> None:
    """What is held, or cannot be in the queue any more, is refused, and nothing changes."""
    enqueue(workspace, replace(FOR_TOM, to_drafts=False))
    workspace.store.hold(SLUG, workspace.now(), "they replied")
    with pytest.raises(RefusedError, match="held: they replied"):
        put_in_drafts(workspace, (1,))
    workspace.store.cancel(1, workspace.now())
    with pytest.raises(RefusedError, match="cancelled"):
        put_in_drafts(workspace, (1,))
    assert in_folder(theirs, "Drafts") == {}


def test_run_tells_what_was_sent_there(workspace: Workspace, put: Entry, theirs: IMAPClient) -> None:
    """A run sees that the user sent the draft, and tells it like any other result."""
    move(theirs, workspace, "Sent")
    told: list[Result] = []
    run_once(workspace, told.append, may_notify=False)
    assert [result.entry.state for result in told] == [State.SENT]


def test_answered_by_forget_and_rename(workspace: Workspace, put: Entry, theirs: IMAPClient) -> None:
    """Rename and forget say what happens to the draft, and leave it alone."""
    assert any("#1" in said for said in rename_application(workspace, SLUG, "lumen"))
    assert any("Drafts stay in your mailbox (#1)" in said for said in forget_application(workspace, "lumen"))
    assert len(in_folder(theirs, "Drafts")) == 1


def test_cancel_of_one_on_its_way(workspace: Workspace, theirs: IMAPClient) -> None:
    """Where a program died after it had put a draft there, a cancel takes that one out too."""
    enqueue(workspace, replace(FOR_TOM, to_drafts=False))
    workspace.store.begin_put(1, workspace.now())
    file_copy(theirs, "Drafts", workspace.store.content(1), workspace.now())
    assert "was deleted there" in change_entry.cancel(workspace, 1).draft
    assert in_folder(theirs, "Drafts") == {}


def test_server_without_uidplus(
    workspace: Workspace, put: Entry, theirs: IMAPClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the server cannot delete a single mail, nothing is marked or deleted, and the user is told."""
    known = BoundedClient.has_capability
    monkeypatch.setattr(BoundedClient, "has_capability", lambda self, name: name != "UIDPLUS" and known(self, name))
    change = change_entry.cancel(workspace, put.id)
    assert "could not be deleted" in change.draft
    assert len(in_folder(theirs, "Drafts")) == 1
