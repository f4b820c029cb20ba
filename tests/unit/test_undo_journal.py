"""Operations on disk: written whole, read back the same, joined, kept for their time and then gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from changing import replace
from hypothesis import given
from hypothesis import strategies as st
from outbox_samples import NOW, make_entry, make_step
from seen_samples import make_seen, make_understood

from followup_mail.cadence.step import Touch
from followup_mail.facts.channels import Channel
from followup_mail.outbox.entry import State
from followup_mail.outbox.recorded import ChangedEntry, ChangedSeen, StoreRecord
from followup_mail.outbox.seen_mail import SeenMail, SeenState
from followup_mail.undo.journal import FOLDER, KEPT_FOR, UNDER_WAY, Journal
from followup_mail.undo.operation import FileChange, Operation
from followup_mail.undo.operation_file import read_operation, write_operation

CONTENT = st.none() | st.binary(max_size=40)
STATES = st.sampled_from([State.DRAFT, State.QUEUED, State.CANCELLED, State.MISSED])
ENTRIES = st.builds(
    lambda number, before, after, content: ChangedEntry(
        before and replace(make_entry(before), id=number), replace(make_entry(after), id=number), content, content[::-1]
    ),
    st.integers(1, 3),
    st.none() | STATES,
    STATES,
    st.binary(max_size=20),
)
CALL = Touch(make_step(9), Channel.PHONE, NOW, True, "they were kind")
ANSWER = SeenMail(4, make_seen().place, make_understood(references=("<a@b.example>",)), NOW, was=make_understood())
SEEN = st.sampled_from(
    [
        ChangedSeen(ANSWER, None),
        ChangedSeen(ANSWER, replace(ANSWER, state=SeenState.DISMISSED, was=None)),
        ChangedSeen(replace(ANSWER, mail=make_understood(applications=("acme",)), was=None), replace(ANSWER, id=5)),
    ]
)
OPERATIONS = st.builds(
    lambda files, entries, touches, rows, seen: Operation(
        7,
        "rejected lumen",
        NOW,
        tuple(FileChange(f"applications/{name}.toml", name, before, after) for name, before, after in files),
        StoreRecord(tuple(entries), (CALL,) * touches, (("lumen", {"contents": rows}),), seen=tuple(seen)),
        "lumen",
        NOW + timedelta(minutes=3),
    ),
    st.lists(st.tuples(st.sampled_from(["lumen", "acme"]), CONTENT, CONTENT), max_size=3),
    st.lists(ENTRIES, max_size=3),
    st.integers(0, 1),
    st.lists(st.fixed_dictionaries({"entry_id": st.integers(1, 9), "bytes": st.binary(max_size=20)}), max_size=2),
    st.lists(SEEN, max_size=2),
)


class Clock:
    """A clock that shows what it was set to."""

    shows: datetime = NOW

    def __call__(self) -> datetime:
        return self.shows


def _journal(home: Path, clock: Clock, command: str = "edit lumen") -> Journal:
    return Journal(home, command, clock)


def _note(home: Path, clock: Clock, name: str = "lumen", command: str = "edit lumen") -> Journal:
    journal = _journal(home, clock, command)
    journal.note_file(home / "applications" / f"{name}.toml", b"old", b"new")
    return journal


@given(OPERATIONS)
def test_an_operation_is_read_as_it_was_written(operation: Operation) -> None:
    """Bytes, moments, states and rows come back the same."""
    assert read_operation(write_operation(operation)) == operation


@given(OPERATIONS, st.sampled_from(["lumen", "acme"]))
def test_nothing_of_an_application_is_left(operation: Operation, application: str) -> None:
    """What is erased of an operation tells nothing of the application any more, and all of the other."""
    left = operation.without(application)
    assert left is None or application not in left.applications
    kept = {change.path for change in operation.files if change.application != application}
    assert {change.path for change in left.files} == kept if left else not kept


def test_several_changes_of_a_file_are_one(tmp_path: Path) -> None:
    """Before the first, after the last; and where both are the same, nothing changed."""
    clock = Clock()
    journal = _note(tmp_path, clock)
    journal.note_file(tmp_path / "applications" / "lumen.toml", b"new", b"newer")
    (operation,) = journal.operations()
    assert operation.files == (FileChange("applications/lumen.toml", "lumen", b"old", b"newer"),)
    journal.note_file(tmp_path / "applications" / "lumen.toml", b"newer", b"old")
    assert journal.operations() == ()


def test_without_a_command_nothing_is_recorded(tmp_path: Path) -> None:
    """What a run in the background changes is no step of the user's."""
    _note(tmp_path, Clock(), command="")
    assert not (tmp_path / FOLDER).exists()


def test_steps_have_numbers_and_the_latest_fifty_are_kept(tmp_path: Path) -> None:
    """Each process writes an operation of its own; of too many the oldest go."""
    clock = Clock()
    for _ in range(53):
        clock.shows += timedelta(seconds=1)
        _note(tmp_path, clock)
    numbers = [operation.number for operation in _journal(tmp_path, clock).operations()]
    assert numbers == list(range(4, 54))


@pytest.mark.parametrize(("after", "is_kept"), [(KEPT_FOR - timedelta(seconds=2), True), (KEPT_FOR, False)])
def test_steps_go_after_a_month(tmp_path: Path, after: timedelta, is_kept: bool) -> None:
    """Then their files are deleted by the next command."""
    clock = Clock()
    journal = _note(tmp_path, clock)
    clock.shows += after
    assert journal.needs_tidying is not is_kept
    journal.purge()
    assert bool(journal.operations()) is is_kept


def test_what_was_forgotten_goes_after_a_day_with_all_older_steps_about_it(tmp_path: Path) -> None:
    """And only that: other applications, and steps about a new one of the same name, stay."""
    clock = Clock()
    _note(tmp_path, clock, "lumen", "add lumen")
    _note(tmp_path, clock, "acme", "add acme")
    forgetting = _journal(tmp_path, clock, "forget lumen")
    forgetting.begin_forgetting("lumen")
    forgetting.note_file(tmp_path / "applications" / "lumen.toml", b"new", None)
    _note(tmp_path, clock, "lumen", "add lumen")
    clock.shows += timedelta(hours=23, minutes=59)
    forgetting.purge()
    assert len(forgetting.operations()) == 4
    clock.shows += timedelta(minutes=1)
    forgetting.purge()
    assert [(one.number, one.command) for one in forgetting.operations()] == [(2, "add acme"), (4, "add lumen")]


def _rename(home: Path, clock: Clock, old: str, new: str, into: bytes | None = None) -> Journal:
    """Record a rename, or with ``into`` that one application becomes part of another."""
    journal = _journal(home, clock, f"change {old} --rename {new}")
    journal.note_file(home / "applications" / f"{new}.toml", into, b"all of it")
    journal.note_file(home / "applications" / f"{old}.toml", b"old", None)
    return journal


def test_what_an_application_was_called_before_goes_with_it(tmp_path: Path) -> None:
    """Steps under every former name are erased, and not those of another application that took such a name later."""
    clock = Clock()
    _note(tmp_path, clock, "lumen")
    _note(tmp_path, clock, "acme", "add acme")
    _rename(tmp_path, clock, "lumen", "freight")
    _note(tmp_path, clock, "lumen", "add lumen")
    _rename(tmp_path, clock, "second", "freight", b"new")
    _rename(tmp_path, clock, "freight", "cargo")
    journal = _note(tmp_path, clock, "second", "add second")
    journal.erase("cargo")
    assert [operation.command for operation in journal.operations()] == ["add acme", "add lumen", "add second"]


def test_a_name_that_was_taken_back_is_a_former_name(tmp_path: Path) -> None:
    """A rename that was undone is erased, with what was done under that name; a later user of the name keeps theirs."""
    clock = Clock()
    journal = _rename(tmp_path, clock, "lumen", "freight")
    _note(tmp_path, clock, "freight")
    clock.shows += timedelta(minutes=1)
    journal.mark(journal.operations()[0], clock.shows)
    clock.shows += timedelta(minutes=1)
    _note(tmp_path, clock, "freight", "add freight")
    journal.erase("lumen")
    assert [operation.command for operation in journal.operations()] == ["add freight"]


def test_two_that_became_one_and_two_again_have_names_of_their_own(tmp_path: Path) -> None:
    """After a merge that was undone, forgetting one of the two leaves what is on record of the other."""
    clock = Clock()
    _note(tmp_path, clock, "lumen")
    _note(tmp_path, clock, "acme", "add acme")
    journal = _rename(tmp_path, clock, "lumen", "acme", b"new")
    journal.mark(journal.operations()[-1], clock.shows)
    journal.erase("lumen")
    assert [operation.command for operation in journal.operations()] == ["add acme"]


def test_contacts_of_others_keep_the_way_back(tmp_path: Path) -> None:
    """What is erased of a step takes no move of a contact of another application with it."""
    step, other = make_step(1), replace(make_step(1), application="acme")
    record = StoreRecord(moved_touches=((step, make_step(2)), (other, replace(other, round=2))))
    operation = Operation(1, "change", NOW, (), record)
    assert set(operation.applications) == {step.application, "acme"}
    left = operation.without(step.application)
    assert left is not None
    assert left.outbox.moved_touches == record.moved_touches[1:]


def test_forgotten_mail_goes_after_a_day_from_every_step(tmp_path: Path) -> None:
    """What a mail said goes from older steps too, unless the user has brought it back."""
    clock, corrected = Clock(), ChangedSeen(ANSWER, replace(ANSWER, state=SeenState.DISMISSED))
    for brought_back in (True, False):
        home = tmp_path / str(brought_back)
        _journal(home, clock, "inbox nothing 4").note_store(StoreRecord(seen=(corrected,)))
        _note(home, clock)
        journal = _journal(home, clock, "inbox forget 4")
        journal.note_store(StoreRecord(seen=(ChangedSeen(ANSWER, None),)))
        if brought_back:
            journal.mark(journal.operations()[-1], clock.shows)
        clock.shows += timedelta(hours=24)
        assert journal.needs_tidying
        journal.purge()
        kept = [operation.command for operation in journal.operations()]
        assert kept == (["inbox nothing 4", "edit lumen"] if brought_back else ["edit lumen"])
        words = [path for path in home.rglob("*.json") if ANSWER.mail.first_line in path.read_text("utf-8")]
        assert bool(words) is brought_back


def test_a_damaged_step_hides_no_other(tmp_path: Path) -> None:
    """A file that cannot be read is passed over."""
    clock = Clock()
    _note(tmp_path, clock)
    journal = _note(tmp_path, clock)
    first = min((tmp_path / FOLDER).glob("*.json"))
    first.write_text("{}")
    assert [operation.number for operation in journal.operations()] == [2]
    (tmp_path / FOLDER / UNDER_WAY).write_text("")
    assert journal.needs_tidying
