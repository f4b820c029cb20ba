"""The files of proposals, in ``proposals/`` of the home folder: ``000012.json``, one for each.

Each is written whole or not at all, and its number is never given out again. What was decided is kept for a month, so
that whoever proposed it can look up what became of it; what nobody decides about is kept until somebody does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.facts.atomic_files import alone_in, make_folder, said_plainly, write_over
from followup_mail.proposals.proposal import Proposal, ProposedMail, Standing, What

FOLDER: Final = "proposals"
MOST_WAITING: Final = 40
"""Proposals that may wait at once: more would bury the one that matters."""
_KEPT_FOR: Final = timedelta(days=30)
_SIZE_LIMIT: Final = 256 * 1024
_LAST: Final = ".last"
"""The file with the greatest number given out: its proposal may be gone."""


class KeptProposals(Struct, frozen=True):
    """The proposals under a home folder."""

    home: Path

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self.home / FOLDER

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

    def add(self, application: str, by: str, what: What, why: str, now: datetime) -> Proposal:
        """Keep a new one under a number of its own. Its parts are clean already (``proposal.clean_mail`` and so on).

        Raises ``RefusedError`` while too many wait, ``FactsError`` when it cannot be written.
        """
        with self._alone():
            self._make_room(now)
            return self._add(application, by, what, why, now)

    def offer(self, application: str, by: str, what: What, why: str, now: datetime) -> Proposal:
        """Keep one as ``add`` does, unless the same waits already: then that is returned.

        A newer mail of a program takes the place of its older ones for the same step.
        """
        with self._alone():
            waiting = [proposal for proposal in self.waiting() if proposal.application == application]
            if same := next((proposal for proposal in waiting if proposal.what == what), None):
                return same
            older = [one for one in waiting if one.by == by and _is_for_same_step(one.what, what)]
            self._make_room(now, len(older))
            proposal = self._add(application, by, what, why, now)
            for one in older:
                self._write(replace(one, standing=Standing.REPLACED, decided_at=now))
            return proposal

    def _make_room(self, now: datetime, leaving: int = 0) -> None:
        """Drop what was decided long ago. Raises ``RefusedError`` while too many wait beside those that are leaving."""
        self._drop_old(now)
        if len(self.waiting()) - leaving >= MOST_WAITING:
            raise RefusedError(
                f"{MOST_WAITING} proposals wait already, and nobody can read more with care.",
                fix="Decide about some first: followup-mail proposals",
            )

    def _add(self, application: str, by: str, what: What, why: str, now: datetime) -> Proposal:
        proposal = Proposal(self._next_number(), application, by, now, what, why)
        write_over(self.folder / _LAST, f"{proposal.number}\n")
        self._write(proposal)
        return proposal

    def decide(self, number: int, standing: Standing, now: datetime) -> Proposal:
        """Write down what became of one; ``Standing.WAITS`` takes that back.

        Raises ``NotFoundError``, and ``FactsError`` when it cannot be written.
        """
        with self._alone():
            decided_at = None if standing is Standing.WAITS else now
            proposal = replace(self.get(number), standing=standing, decided_at=decided_at)
            self._write(proposal)
        return proposal

    def forget(self, application: str) -> None:
        """Remove all that is about an application. Raises ``FactsError`` when that cannot be done."""
        for proposal in self.all():
            if proposal.application == application:
                path = self._path(proposal.number)
                with said_plainly(path, "removed"):
                    path.unlink(missing_ok=True)

    def move(self, application: str, new: str) -> None:
        """Let what is about an application be about its new short name. Raises ``FactsError``."""
        if not any(proposal.application == application for proposal in self.all()):
            return
        with self._alone():
            for proposal in self.all():
                if proposal.application == application:
                    what = proposal.what
                    if isinstance(what, ProposedMail):
                        what = replace(what, step=replace(what.step, application=new))
                    self._write(replace(proposal, application=new, what=what))

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
        for proposal in self.all():
            if proposal.decided_at and proposal.decided_at <= now - _KEPT_FOR:
                self._path(proposal.number).unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("*.json") if path.stem.isascii() and path.stem.isdigit())

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}.json"

    def _write(self, proposal: Proposal) -> None:
        content = msgspec.json.format(msgspec.json.encode(proposal), indent=1)
        write_over(self._path(proposal.number), content + b"\n")


def _is_for_same_step(what: What, other: What) -> bool:
    return isinstance(what, ProposedMail) and isinstance(other, ProposedMail) and what.step == other.step


def _read(path: Path) -> Proposal | None:
    """Return a proposal; None where there is none, or it cannot be read."""
    try:
        if path.stat().st_size > _SIZE_LIMIT:
            return None
        return msgspec.json.decode(path.read_bytes(), type=Proposal)
    except (OSError, ValueError, msgspec.MsgspecError, RecursionError):
        return None
