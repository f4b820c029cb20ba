"""A world in little: two workers, a user and a wrong clock act on one store, in any order.

``taken`` counts how often a server took each mail. As with a real transport it takes one only after the intent was
recorded. ``choose`` decides everything that is left to chance.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from changing import replace
from outbox_samples import (
    ACCEPTED,
    BAD_PASSWORD,
    GREYLISTED,
    LINK_LOST,
    NO_SUCH_USER,
    NOW,
    OFFLINE,
    REFUSED_TOKEN,
    RELEASED,
    make_mail,
    make_new,
    make_timing,
)
from seen_samples import make_report, make_seen, make_understood

from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.incoming.understood import Understanding
from followup_mail.outbox.attempt import AttemptResult
from followup_mail.outbox.claim import Claim, LeaseLostError, StoppedError
from followup_mail.outbox.entry import TAKES_STEP, Rewording, State
from followup_mail.outbox.lease import Worker
from followup_mail.outbox.pre_send_check import GO, Action, Ruling
from followup_mail.outbox.retry import decide
from followup_mail.outbox.sqlite import SqliteStore
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Cause, is_allowed

T = TypeVar("T")
Choose = Callable[[Sequence[T]], T]
Opener = Callable[[], Store]

WORKERS = (Worker("here:1:aa"), Worker("there:2:bb"))
LINK_LOST_BUT_TAKEN = replace(LINK_LOST, said="the link was lost after the server took it")
AFTER_DATA = (ACCEPTED, ACCEPTED, GREYLISTED, NO_SUCH_USER, LINK_LOST, LINK_LOST_BUT_TAKEN)
BEFORE_DATA = (GREYLISTED, NO_SUCH_USER, OFFLINE, BAD_PASSWORD, REFUSED_TOKEN)
RULINGS = (
    *[GO] * 6,
    Ruling(Action.POSTPONE, "night", NOW),
    Ruling(Action.MISS, "late"),
    Ruling(Action.BLOCK, "changed"),
)

ACTIONS = (
    *["work"] * 12,
    *[
        "overtake",
        "overtake",
        "recover",
        "recover",
        "late answer",
        "late answer",
        "resolve",
        "resolve",
        "pass time",
        "reopen",
        "come back",
        "come back",
        "answer",
        "correct",
    ],
    *["add", "resume", "retry", "cancel", "cancel_all", "hold", "edit", "reschedule", "approve"],
)


class OutboxModel:
    """One store and all who act on it."""

    def __init__(self, choose: Choose[T], lay: Callable[[], Opener] | None = None) -> None:
        """``lay`` makes an empty store and returns what opens it, each time anew; by default one in a file."""
        self.choose = choose
        self.folder = Path(tempfile.mkdtemp())
        self.opener = lay() if lay else self.open_file
        self.now = NOW
        self.claims: dict[int, Claim] = {}
        self.leaving: dict[int, Claim] = {}
        self.old: list[tuple[Claim, AttemptResult]] = []
        self.taken: Counter[int] = Counter()
        self.resends: Counter[int] = Counter()
        self.added = 0
        self.seen = 0
        self.open()

    def open(self) -> None:
        self.store = self.opener()

    def open_file(self) -> Store:
        store = SqliteStore(self.folder / "outbox.sqlite3")
        # Here it is about states, not about power cuts.
        store._connection.execute("PRAGMA synchronous = OFF")
        return store

    def close(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    def act(self) -> None:
        """Let somebody do something. A refusal is an answer like any other."""
        action, entry_id, worker = self.choose(ACTIONS), self.choose((1, 2, 3, 4, 5)), self.choose((0, 1))
        with suppress(RefusedError, NotFoundError):
            match action:
                case "work":
                    self.work(worker)
                case "overtake":
                    self.overtake()
                case "late answer":
                    if self.old:
                        self.settle(*self.old.pop(self.choose(range(len(self.old)))))
                case "recover":
                    dead = self.choose((True, False))
                    self.store.recover(self.now, lambda _: dead)
                case "pass time":
                    self.now += timedelta(minutes=self.choose((-600, -1, 1, 30, 60 * 24 * 40)))
                case "reopen":
                    self.store.close()
                    self.open()
                case "add":
                    self.add(entry_id, self.choose((State.QUEUED, State.DRAFT)))
                case "resolve":
                    was_sent = self.choose((True, False))
                    self.store.resolve(entry_id, was_sent, self.now)
                    self.resends[entry_id] += not was_sent
                case _:
                    self.wish(entry_id, action)

    # The user

    def add(self, n: int, state: State) -> None:
        self.store.add([make_new(n % 4, state=state)], self.now)
        self.added += 1

    def see(self, entry_id: int, action: str) -> None:
        """Let the mailbox hold an answer, or a report about a mail, or let the user say that one of them was none."""
        self.seen += action != "correct"
        if action == "correct":
            seen_id = self.choose((1, 2, 3, self.seen))
            self.store.correct_seen(seen_id, make_understood(Understanding.NOTHING), self.now)
        elif action == "answer":
            self.store.keep_seen([make_seen(self.seen)], None, self.now)
        else:
            named = (self.store.get(entry_id).message.message_id,)
            report = make_report(message_id=f"<{self.seen}@x.example>", returned=named, returned_to=())
            self.store.keep_seen([report], None, self.now)

    def wish(self, entry_id: int, wish: str) -> None:
        match wish:
            case "come back" | "answer" | "correct":
                self.see(entry_id, wish)
            case "edit":
                came_back = self.store.get(entry_id).was_sent_at
                was = self.store.get(entry_id).content_sha256
                self.store.edit(entry_id, Rewording(make_mail(9, content=b"new %d" % entry_id), was), self.now)
                # Other words under another Message-ID after the first came back: another mail, by the user's word.
                self.resends[entry_id] += came_back is not None
            case "reschedule":
                self.store.reschedule(entry_id, make_timing(self.now - NOW), self.now)
            case "cancel_all" | "hold":
                getattr(self.store, wish)("lumen", self.now, "they called")
            case "resume":
                self.store.resume("lumen", self.now)
                self.store.resume_account("jordan@home.example", self.now)
            case "approve" | "cancel" | "retry":
                getattr(self.store, wish)(entry_id, self.now)

    # The workers

    def work(self, worker: int) -> None:
        """Make a worker's next step: a claim, the intent, the end of the attempt, or death."""
        dies = self.choose((False, False, True))
        if worker in self.leaving:
            self.end_attempt(self.leaving.pop(worker), self.choose(AFTER_DATA), dies)
        elif worker in self.claims:
            early, claim = self.choose((None, None, None, *BEFORE_DATA)), self.claims.pop(worker)
            if early is None:
                self.record_intent(worker, claim)
            elif dies:
                self.old.append((claim, early))
            else:
                self.settle(claim, early)
        else:
            self.claim(worker, self.choose(RULINGS))
            if worker not in self.claims:
                self.bring_work()

    def bring_work(self) -> None:
        """See that the game goes on, and does not end in states in which nothing can happen any more."""
        self.wish(0, "resume")
        self.now = max(self.now, self.store.next_due_at(self.now) or self.now)
        self.add(self.added, State.QUEUED)

    def claim(self, worker: int, ruling: Ruling) -> None:
        if worker not in self.claims and worker not in self.leaving:
            claim = self.store.claim(WORKERS[worker], lambda *_: ruling, self.now)
            if isinstance(claim, Claim):
                self.claims[worker] = claim

    def overtake(self) -> None:
        """A worker is taken for dead while it lives, and the other one takes its entry."""
        for slow in list(self.claims):
            self.store.recover(self.now, lambda name, slow=slow: name == WORKERS[slow].name)
            self.claim(1 - slow, GO)

    def record_intent(self, worker: int, claim: Claim) -> None:
        try:
            self.store.record_intent(claim, self.now)
        except StoppedError:
            self.store.settle(claim, RELEASED, self.now)
        except LeaseLostError:
            pass
        else:
            self.leaving[worker] = claim

    def end_attempt(self, claim: Claim, outcome: AttemptResult, dies: bool) -> None:
        self.taken[claim.entry.id] += outcome in {ACCEPTED, LINK_LOST_BUT_TAKEN}
        if dies:
            self.old.append((claim, outcome))
        else:
            self.settle(claim, outcome)

    def settle(self, claim: Claim, outcome: AttemptResult) -> None:
        self.store.settle(claim, decide(claim.entry, outcome, self.now, 0.5), self.now)

    # What must hold

    def check_sending(self) -> None:
        """No mail left more often than the user said."""
        for entry_id, count in self.taken.items():
            assert count <= 1 + self.resends[entry_id], f"#{entry_id} left {count} times"

    def check(self) -> None:
        """Nothing left twice unless the user said so, nothing was lost, and every history is whole."""
        self.check_sending()
        entries = self.store.entries()
        assert len(entries) == self.added, "an entry vanished"
        for entry in entries:
            taken, resends = self.taken[entry.id], self.resends[entry.id]
            if taken and not resends:
                on_its_way = {State.SENDING, State.SENT, State.UNCLEAR}
                if entry.was_sent_at:
                    on_its_way = {State.FAILED, State.CANCELLED}
                assert entry.state in on_its_way, f"{entry.label} left, and is {entry.state} again"
            moves = self.store.transitions(entry.id)
            if entry.state is State.SENT:
                said_sent = any(move.cause is Cause.SAID_SENT for move in moves)
                assert taken or said_sent, f"{entry.label} is called sent and never left"
            assert moves[0].before is None
            for earlier, later in pairwise(moves):
                assert later.before is earlier.after
                assert is_allowed(earlier.after, later.cause)
        steps = Counter(entry.step for entry in entries if entry.state in TAKES_STEP)
        assert all(count == 1 for count in steps.values()), "two entries took one step"
        assert self.store.verify() == ()
