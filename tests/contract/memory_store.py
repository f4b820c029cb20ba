"""A second store, in memory: the proof that a store is one module of storage, and all rules come with ``Store``.

It keeps what SQLite's file keeps: entries, bytes, histories, touches, pauses, workers. Opened a second time with the
same tables it is the same store, as if another process had opened it.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from changing import replace

from followup_mail.cadence.step import StepId, Touch
from followup_mail.outbox.damaged_rows import Damaged
from followup_mail.outbox.entry import OPEN, TAKES_STEP, Entry, NewEntry, State
from followup_mail.outbox.recorded import Rows
from followup_mail.outbox.retry import Pause
from followup_mail.outbox.seen_changes import belong_again, without
from followup_mail.outbox.seen_mail import FolderMark, LastLook, MailPlace, NewSeen, SeenMail, SeenState
from followup_mail.outbox.storage import no_entry, no_mail
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Transition


@dataclass
class Tables:
    """Everything that a store holds."""

    entries: dict[int, Entry] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)
    histories: dict[int, list[Transition]] = field(default_factory=dict)
    touches: list[Touch] = field(default_factory=list)
    pauses: dict[str, Pause] = field(default_factory=dict)
    workers: dict[str, datetime] = field(default_factory=dict)
    seen: dict[int, SeenMail] = field(default_factory=dict)
    marks: dict[tuple[str, str], FolderMark] = field(default_factory=dict)
    looks: dict[str, LastLook] = field(default_factory=dict)
    last_id: int = 0
    last_seen_id: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)

    def names(self) -> list[str]:
        return [name for name in vars(self) if name != "lock"]


class MemoryStore(Store):
    """A ``Store`` of dictionaries. One lock stands for the database's: a transaction waits for the one before."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._tables.lock:
            before = {name: copy.deepcopy(getattr(self._tables, name)) for name in self._tables.names()}
            try:
                yield
            except BaseException:
                vars(self._tables).update(before)
                raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self._tables.lock:
            yield

    def get(self, entry_id: int) -> Entry:
        if entry_id not in self._tables.entries:
            raise no_entry(entry_id)
        return self._tables.entries[entry_id]

    def entries(
        self, *, application: str | None = None, states: Collection[State] = (), held: bool | None = None
    ) -> tuple[Entry, ...]:
        found = (
            entry
            for entry in self._tables.entries.values()
            if application in {None, entry.step.application}
            and (not states or entry.state in states)
            and held in {None, bool(entry.held)}
        )
        return tuple(sorted(found, key=lambda entry: (entry.timing.due_at.astimezone(UTC), entry.id)))

    def entry_ids(self) -> tuple[int, ...]:
        return tuple(sorted(self._tables.entries))

    def find_taken(self, step: StepId) -> Entry | None:
        return next((entry for entry in self.entries(states=TAKES_STEP) if entry.step == step), None)

    def _that_can_go(self, account: str | None, paused: Collection[str]) -> list[Entry]:
        waiting = self.entries(states={State.QUEUED}, held=False)
        found = [entry for entry in waiting if account in {None, entry.account} and entry.account not in paused]
        return sorted(found, key=lambda entry: (entry.ready_at, entry.id))

    def first_due(self, now: datetime, account: str | None, only: Collection[int] | None = None) -> Entry | None:
        ready = self._that_can_go(account, {pause.account for pause in self.pauses(now)})
        due = (entry for entry in ready if entry.ready_at <= now and (only is None or entry.id in only))
        return next(due, None)

    def next_due_at(self, now: datetime, account: str | None = None) -> datetime | None:
        until = {pause.account: pause.until for pause in self.pauses(now)}
        ready = [entry for entry in self._that_can_go(account, ()) if until.get(entry.account, now) is not None]
        return min((max(entry.ready_at, until.get(entry.account) or entry.ready_at) for entry in ready), default=None)

    def stored_content(self, entry_id: int) -> tuple[bytes | None, str]:
        return self._tables.contents.get(entry_id), self.get(entry_id).content_sha256

    def insert(self, new: NewEntry, account: str, now: datetime) -> int:
        self._tables.last_id += 1
        message, timing = new.message.without_content(), new.timing.at_place()
        entry = Entry(self._tables.last_id, new.step, message, new.message.sha256, timing, new.state, now)
        self._tables.entries[entry.id] = replace(entry, account=account, ignored_rules=new.ignored_rules, why=new.why)
        self._tables.contents[entry.id] = new.message.content
        self._tables.histories[entry.id] = []
        return entry.id

    def update(self, before: Entry, after: Entry) -> None:
        assert self._tables.entries[before.id] == before, "a rule decided about an entry that is not this one any more"
        self._tables.entries[before.id] = after

    def replace_content(self, entry_id: int, content: bytes) -> None:
        self._tables.contents[entry_id] = content

    def transitions(self, entry_id: int) -> tuple[Transition, ...]:
        self.get(entry_id)
        return tuple(self._tables.histories[entry_id])

    def add_transition(self, entry_id: int, transition: Transition) -> None:
        self._tables.histories[entry_id].append(transition)

    def handed_over_since(self, account: str, since: datetime) -> tuple[datetime, ...]:
        theirs = [entry.handed_at for entry in self._tables.entries.values() if entry.account == account]
        return tuple(sorted(at for at in theirs if at and at > since))

    def last_handed_over_to(self, domain: str) -> datetime | None:
        to_them = [entry.handed_at for entry in self._tables.entries.values() if entry.message.domain == domain]
        return max((at for at in to_them if at), default=None)

    def applications(self) -> tuple[str, ...]:
        return tuple(sorted({entry.step.application for entry in self._tables.entries.values()}))

    def touches(self, application: str | None = None) -> tuple[Touch, ...]:
        found = (touch for touch in self._tables.touches if application in {None, touch.step.application})
        return tuple(sorted(found, key=lambda touch: (touch.step.application, touch.at)))

    def history_marks(self) -> dict[str, str]:
        marks: dict[str, str] = {}
        for entry in self.entries():
            marks[entry.step.application] = f"{marks.get(entry.step.application, '')} {entry!r}"
        for touch in self.touches():
            marks[touch.step.application] = f"{marks.get(touch.step.application, '')} {touch!r}"
        return marks

    def add_touch(self, touch: Touch) -> None:
        self._tables.touches.append(touch)

    def delete_touch(self, touch: Touch) -> None:
        self._tables.touches.reverse()
        self._tables.touches.remove(touch)
        self._tables.touches.reverse()

    def rows_of(self, application: str) -> Rows:
        entries = self.entries(application=application)
        whole = (
            [{"entry": entry} for entry in entries],
            [{"bytes": self._tables.contents[entry.id]} for entry in entries],
            [{"moves": list(self._tables.histories[entry.id])} for entry in entries],
            [{"touch": touch} for touch in self.touches(application)],
        )
        rows = dict(zip(("entries", "contents", "moves", "touches"), whole, strict=True))
        return cast("Rows", rows | {"seen": [(one, application) for one in self._seen_of(application)]})

    def find_in_the_way(self, rows: Rows) -> Entry | None:
        taking = (row["entry"] for row in cast("Any", rows)["entries"] if row["entry"].state in TAKES_STEP)
        return next(filter(None, (self.find_taken(entry.step) for entry in taking)), None)

    def holds_any(self, rows: Rows) -> bool:
        kept = cast("Any", rows)
        return (
            any(row["entry"].id in self._tables.entries for row in kept["entries"])
            or any(row["touch"] in self._tables.touches for row in kept["touches"])
            or any(one.id in {now.id for now in self._seen_of(application)} for one, application in kept["seen"])
        )

    def put_back(self, rows: Rows) -> None:
        kept = cast("Any", rows)
        for entry, content, moves in zip(kept["entries"], kept["contents"], kept["moves"], strict=True):
            number = entry["entry"].id
            self._tables.entries[number] = entry["entry"]
            self._tables.contents[number], self._tables.histories[number] = content["bytes"], list(moves["moves"])
        self._tables.touches += [row["touch"] for row in kept["touches"]]
        for one, application in kept["seen"]:
            now = self._tables.seen.get(one.id)
            self.put_seen(belong_again(now, one, application) if now else one)

    def move_touches(self, before: StepId, after: StepId) -> None:
        moved = (replace(touch, step=after) if touch.step == before else touch for touch in self._tables.touches)
        self._tables.touches = list(moved)

    def delete_application(self, application: str) -> int:
        gone = self.entries(application=application)
        for table in (self._tables.entries, self._tables.contents, self._tables.histories):
            for entry in gone:
                del table[entry.id]
        self._tables.touches = [touch for touch in self._tables.touches if touch.step.application != application]
        for one in self._seen_of(application):
            left = without(one, application)
            if left:
                self.put_seen(left)
            else:
                self.delete_seen(one.id)
        return len(gone)

    def seen(self, application: str | None = None, states: Collection[SeenState] = ()) -> tuple[SeenMail, ...]:
        found = (
            one
            for one in self._tables.seen.values()
            if application in {None, *one.mail.applications} and (not states or one.state in states)
        )
        return tuple(sorted(found, key=lambda one: (one.mail.sent_at or one.seen_at, one.id), reverse=True))

    def _seen_of(self, application: str) -> tuple[SeenMail, ...]:
        return tuple(one for one in self.seen() if _belongs_to(one, application))

    def get_seen(self, seen_id: int) -> SeenMail:
        if seen_id not in self._tables.seen:
            raise no_mail(seen_id)
        return self._tables.seen[seen_id]

    def knows_mail(self, place: MailPlace, message_id: str) -> bool:
        theirs = [one for one in self._tables.seen.values() if one.place.account == place.account]
        if message_id:
            return any(one.mail.message_id == message_id for one in theirs)
        return any(one.place == place and not one.mail.message_id for one in theirs)

    def seen_as(self, message_id: str) -> tuple[SeenMail, ...]:
        return tuple(one for one in self._tables.seen.values() if one.mail.message_id == message_id)

    def insert_seen(self, new: NewSeen, seen_at: datetime) -> int:
        self._tables.last_seen_id += 1
        self.put_seen(SeenMail(self._tables.last_seen_id, new.place, new.mail, seen_at))
        return self._tables.last_seen_id

    def put_seen(self, seen: SeenMail) -> None:
        self._tables.seen[seen.id] = seen

    def delete_seen(self, seen_id: int) -> None:
        del self._tables.seen[seen_id]

    def folder_mark(self, account: str, folder: str) -> FolderMark | None:
        return self._tables.marks.get((account, folder))

    def put_folder_mark(self, mark: FolderMark) -> None:
        self._tables.marks[mark.account, mark.folder] = mark

    def delete_folder_marks(self, account: str) -> None:
        for key in [key for key in self._tables.marks if key[0] == account]:
            del self._tables.marks[key]

    def last_look(self, account: str) -> LastLook:
        return self._tables.looks.get(account.lower(), LastLook(account.lower()))

    def put_last_look(self, look: LastLook) -> None:
        self._tables.looks[look.account] = look

    def pauses(self, now: datetime) -> tuple[Pause, ...]:
        found = [pause for pause in self._tables.pauses.values() if pause.until is None or pause.until > now]
        return tuple(sorted(found, key=lambda pause: pause.account))

    def put_pause(self, pause: Pause, now: datetime) -> None:
        self._tables.pauses[pause.account] = pause

    def delete_pause(self, account: str) -> None:
        self._tables.pauses.pop(account, None)

    def workers(self) -> tuple[tuple[str, datetime], ...]:
        return tuple(sorted(self._tables.workers.items()))

    def put_worker(self, name: str, now: datetime, forget_before: datetime) -> None:
        kept = {other: at for other, at in self._tables.workers.items() if at >= forget_before}
        self._tables.workers = kept | {name: now}

    def verify(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None:
        pass

    # A value in memory cannot be damaged: nothing to list, nothing to cancel.

    def damaged(self, states: Collection[State] = OPEN) -> tuple[Damaged, ...]:
        return ()

    def cancel_damaged(self, entry_id: int) -> None:
        raise AssertionError("there is no damaged entry")


def _belongs_to(seen: SeenMail, application: str) -> bool:
    """Return whether a mail belongs to an application, or did before the user corrected that."""
    return any(application in mail.applications for mail in (seen.mail, seen.was) if mail)
