"""The files of proposals, in ``proposals/`` of the home folder: ``000012.json``, one for each.

Each is written whole or not at all, and its number is never given out again. What was decided is kept for a month, so
that whoever proposed it can look up what became of it; what nobody decides about is kept until somebody does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.step import StepId
from followup_mail.errors import FactsError, NotFoundError, RefusedError
from followup_mail.facts.atomic_files import alone_in, make_folder, said_plainly, write_over
from followup_mail.proposals.proposal import WHY_LIMIT, Proposal, ProposedMail, Proposer, Standing, What, clean_by

FOLDER: Final = "proposals"
MOST_WAITING: Final = 40
"""Proposals that may wait at once: among more, what matters would not be seen."""
_KEPT_FOR: Final = timedelta(days=30)
_MOST_REPLACED: Final = 20
_SIZE_LIMIT: Final = 256 * 1024
_LAST: Final = ".last"
"""The file with the greatest number given out: its proposal may be gone."""


RecordChange: TypeAlias = Callable[[Path, bytes | None, bytes | None, str], object]


class KeptProposals(Struct, frozen=True):
    """The proposals under a home folder."""

    home: Path
    record: RecordChange | None = None
    """Called with a file before and after, and its application, before a person changes what became of it."""

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self.home / FOLDER

    def tidied(self, now: datetime) -> KeptProposals:
        """Return itself without what was decided a month ago; what cannot be removed now is removed another time."""
        if any(_is_old(proposal, now) for proposal in self.all()):
            with suppress(FactsError), self._alone():
                self._drop_old(now)
        return self

    def all(self) -> tuple[Proposal, ...]:
        """Return every proposal that can be read, oldest first."""
        found = (_read(path) for path in self._files())
        return tuple(proposal for proposal in found if proposal)

    def waiting(self) -> tuple[Proposal, ...]:
        """Return those that nobody has decided about, oldest first."""
        return tuple(proposal for proposal in self.all() if proposal.waits)

    def get(self, number: int) -> Proposal:
        """Return one by its number. Raises ``NotFoundError``."""
        if found := _read(self._path(number)):
            return found
        waiting = ", ".join(str(proposal.number) for proposal in self.waiting())
        fix = f"There are: {waiting}." if waiting else "None waits."
        raise NotFoundError(f"There is no proposal {number}.", fix=fix)

    def offer(self, application: str, by: str | Proposer, what: What, why: str, now: datetime) -> Proposal:
        """Keep a new proposal under its own number, unless the same waits already: then that is returned.

        Its parts are clean already (``proposal.clean_mail`` and so on). A newer mail of a program takes the place of
        its older mails for the same step, and facts take the place of those that ``by`` numbers. Raises
        ``RefusedError`` where these are not its own, or wait no more, and while too many wait; ``FactsError`` when it
        cannot be written.
        """
        by, replaces = (by.by, by.replaces) if isinstance(by, Proposer) else (by, 0)
        with self._alone():
            waiting = [proposal for proposal in self.waiting() if proposal.application == application]
            own = [proposal for proposal in waiting if proposal.by == by]
            replaced_facts = _named(own, replaces)
            if same := next((proposal for proposal in waiting if proposal.what == what), None):
                return same
            older = [proposal for proposal in own if _is_for_same_step(proposal.what, what)] + replaced_facts
            self._make_room(now, len(older))
            proposal = Proposal(self._next_number(), application, by, now, what, why)
            write_over(self.folder / _LAST, f"{proposal.number}\n")
            self._write(proposal)
            for replaced in older:
                self._write(replace(replaced, standing=Standing.REPLACED, decided_at=now))
            return proposal

    def _make_room(self, now: datetime, leaving: int = 0) -> None:
        """Drop what was decided long ago. Raises ``RefusedError`` while too many wait beside those that are leaving."""
        self._drop_old(now)
        if len(self.waiting()) - leaving >= MOST_WAITING:
            raise RefusedError(
                f"{MOST_WAITING} proposals wait already, and nobody can read more with care.",
                fix="Decide about some first: followup-mail proposals",
            )

    def decide(self, number: int, standing: Standing, now: datetime, *, what: What | None = None) -> Proposal:
        """Write down what became of a proposal; ``Standing.WAITS`` takes that back. ``what``: the part accepted.

        Raises ``NotFoundError``, ``RefusedError`` for declining what was decided since, ``FactsError`` when it cannot
        be written.
        """
        with self._alone():
            found = self.get(number)
            if standing is Standing.DECLINED and not found.waits:
                raise RefusedError(f"Proposal {number} was {found.standing} already.")
            decided_at = None if standing is Standing.WAITS else now
            return self._change(
                found, replace(found, standing=standing, decided_at=decided_at, what=what or found.what)
            )

    def note_queued(self, number: int, sha256: str) -> Proposal:
        """Write down which mail is about to be queued for a proposal. Raises ``RefusedError`` when it waits no more."""
        with self._alone():
            found = self.get(number)
            if not found.waits:
                raise RefusedError(f"Proposal {number} was {found.standing} already.")
            return self._change(found, replace(found, queued=sha256))

    def files_of(self, application: str) -> tuple[Path, ...]:
        """Return the files of all that is about an application."""
        return tuple(self._path(proposal.number) for proposal in self.all() if proposal.application == application)

    def forget(self, application: str) -> None:
        """Remove all that is about an application. Raises ``FactsError`` when that cannot be done."""
        for path in self.files_of(application):
            with said_plainly(path, "removed"):
                path.unlink(missing_ok=True)

    def move(self, application: str, new: str, move_step: Callable[[StepId], StepId] | None = None) -> None:
        """Let what is about an application be about its new short name; ``move_step`` says what becomes of a step.

        Raises ``FactsError`` when it cannot be written.
        """
        if not self.files_of(application):
            return
        with self._alone():
            for proposal in self.all():
                if proposal.application == application:
                    what = proposal.what
                    if isinstance(what, ProposedMail):
                        step = move_step(what.step) if move_step else replace(what.step, application=new)
                        what = replace(what, step=step)
                    self._change(proposal, replace(proposal, application=new, what=what))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        make_folder(self.home, self.folder)
        with said_plainly(self.folder, "written"), alone_in(self.folder):
            yield

    def _next_number(self) -> int:
        given = [int(path.stem) for path in self._files()]
        with suppress(OSError, ValueError):
            given.append(int((self.folder / _LAST).read_text("ascii")))
        return max(given, default=0) + 1

    def _drop_old(self, now: datetime) -> None:
        """Drop what was decided long ago, and all but the last that a program itself replaced: it may do so all day."""
        known = self.all()
        replaced = [proposal.number for proposal in known if proposal.standing is Standing.REPLACED]
        old = {proposal.number for proposal in known if _is_old(proposal, now)} | {*replaced[:-_MOST_REPLACED]}
        for number in old:
            self._path(number).unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("*.json") if path.stem.isascii() and path.stem.isdigit())

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}.json"

    def _change(self, was: Proposal, proposal: Proposal) -> Proposal:
        """Write a proposal that is there already, once the change is on record."""
        path = self._path(proposal.number)
        if self.record:
            self.record(path, path.read_bytes(), _content(proposal), was.application)
        self._write(proposal)
        return proposal

    def _write(self, proposal: Proposal) -> None:
        write_over(self._path(proposal.number), _content(proposal))


def _content(proposal: Proposal) -> bytes:
    return msgspec.json.format(msgspec.json.encode(proposal), indent=1) + b"\n"


def _is_old(proposal: Proposal, now: datetime) -> bool:
    return bool(proposal.decided_at and proposal.decided_at <= now - _KEPT_FOR)


def _is_for_same_step(what: What, other: What) -> bool:
    return isinstance(what, ProposedMail) and isinstance(other, ProposedMail) and what.step == other.step


def _named(own: list[Proposal], number: int) -> list[Proposal]:
    """Return the proposal of facts of a number, in a list; no proposal for 0. Raises ``RefusedError``."""
    facts = [proposal for proposal in own if not isinstance(proposal.what, ProposedMail)]
    named = [proposal for proposal in facts if proposal.number == number]
    if number and not named:
        waiting = ", ".join(str(proposal.number) for proposal in facts)
        fix = f"Waiting from you: {waiting}." if waiting else "Nothing from you is waiting: leave `replaces` out."
        raise RefusedError(f"No proposal {number} of yours with facts of this application waits.", fix=fix)
    return named


def _read(path: Path) -> Proposal | None:
    """Return a proposal; None where there is none, or it cannot be read."""
    try:
        return read_proposal(path.read_bytes()) if path.stat().st_size <= _SIZE_LIMIT else None
    except OSError:
        return None


def read_proposal(content: bytes) -> Proposal | None:
    """Return the proposal of a file; None for what is none. Whatever wrote it, name and remark are one line each."""
    try:
        found = msgspec.json.decode(content, type=Proposal)
    except (ValueError, msgspec.MsgspecError, RecursionError):
        return None
    return replace(found, by=clean_by(found.by), why=" ".join(found.why.split())[:WHY_LIMIT])
