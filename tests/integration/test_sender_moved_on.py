"""The address in the settings changed while mails were queued, perhaps because the login of the old one was refused."""

from __future__ import annotations

import os

import pytest
from workspace_samples import give_account

from followup_mail.errors import OutboxError, RefusedError
from followup_mail.outbox.entry import State
from followup_mail.outbox.retry import Pause
from followup_mail.services.queueing.edit_entry import reword_entry
from followup_mail.services.queueing.stranded import find_stranded
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.services.sending.paused_accounts import end_rest, list_pauses
from followup_mail.workspace import Workspace


@pytest.fixture
def moved(due: Workspace) -> Workspace:
    """A thank-you is queued from the old address and due; the settings name a new one."""
    return give_account(due, "jordan@new.example")


def test_a_mail_leaves_only_from_the_address_it_was_written_from(moved: Workspace) -> None:
    """What was shown as coming from one address waits for its own account, and that is told."""
    assert list(deliver_once(moved)) == []
    assert moved.store.get(1).state is State.QUEUED
    (stranded,) = find_stranded(moved)
    assert "jordan@example.com" in stranded.why
    assert "jordan@new.example" in stranded.why
    assert "outbox cancel 1" in stranded.fix


def test_other_words_do_not_leave_as_somebody_else(moved: Workspace) -> None:
    """To edit a mail under another address would change its sender in passing, so it is refused."""
    with pytest.raises(RefusedError, match=r"written from jordan@example\.com"):
        reword_entry(moved, moved.store.get(1), "Thank you", "Dear Tom,\n\nthank you for the on-call rota.\n", ())


def test_a_login_that_works_ends_the_rest_of_an_address_that_is_gone(moved: Workspace) -> None:
    """Doctor says that it takes the account up again; so it does, also under a new address."""
    moved.store.pause(Pause("jordan@example.com", "535 5.7.8 wrong"), moved.now())
    end_rest(moved)
    assert list_pauses(moved) == ()


@pytest.mark.skipif(os.name != "posix", reason="links need rights there")
def test_an_outbox_out_of_reach_is_not_an_empty_one(moved: Workspace) -> None:
    """The disk with the outbox is not there: nobody is told that nothing is queued."""
    moved.store.close()
    del moved.__dict__["store"]
    moved.store_path.unlink()
    moved.store_path.symlink_to("/nowhere/outbox.sqlite3")
    with pytest.raises(OutboxError, match=r"is a link to /nowhere/outbox\.sqlite3, and nothing is there"):
        list(deliver_once(moved))
