"""What a run leaves behind: lines in the log, and once for each thing that needs the user a word on their desktop."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from followup_mail.background.desktop import find_bus, show_on_desktop
from followup_mail.background.heartbeat import Heartbeat, write_heartbeat
from followup_mail.background.log_lines import NEEDS_YOU, say_entry, say_pause, say_summary
from followup_mail.background.logfile import append_line, clean_line
from followup_mail.delivery.dispatch import Result
from followup_mail.errors import FollowupError, OutboxError
from followup_mail.facts.atomic_files import write_over
from followup_mail.facts.kept_json import read_kept
from followup_mail.outbox.entry import NEEDS_USER, OPEN, Entry, State
from followup_mail.outbox.retry import Pause
from followup_mail.outbox.transitions import Cause
from followup_mail.services.context.mail_accounts import every_account
from followup_mail.services.queueing.editor_holds import editing_of
from followup_mail.services.queueing.stranded import find_overdue
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

SERVICE: Final = "service"
"""What a run of the service calls itself."""
TOLD: Final = "told.json"
"""In the log folder: what the user was told on the desktop, and need not be told again."""
_TITLE: Final = "followup-mail needs you"
_MOST_LINES: Final = 3


@dataclass
class RunRecord:
    """The record of one run."""

    workspace: Workspace
    by: str
    """What runs: ``run``, ``run --watch``, ``service``."""
    may_tell: bool
    """False when the user sits in front of it and reads."""
    states: list[State] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)
    """What broke off: what to remember it by, and what to say."""

    def write(self, text: str) -> None:
        """Add a line to the log."""
        append_line(self.workspace.log_folder, text, self.workspace.now())

    def note(self, result: Result | OutboxError) -> None:
        """Write down what became of an entry."""
        if isinstance(result, OutboxError):
            self.note_break(result)
            return
        self.states.append(result.entry.state)
        self.write(say_entry(result.entry, result.attempt))
        if result.pause:
            self.write(say_pause(result.pause))

    def follow(self, results: Iterable[Result]) -> Iterator[Result]:
        """Write down each result as it comes, and pass it on."""
        for result in results:
            self.note(result)
            yield result

    def note_break(self, error: BaseException) -> str:
        """Write down that something broke off, and return how that was put."""
        from hashlib import sha256

        said = error.sentence if isinstance(error, FollowupError) else f"a mistake of its own: {type(error).__name__}"
        said = clean_line(said)
        self.broken[f"broke:{sha256(said.encode()).hexdigest()[:16]}"] = said
        self.write(f"{self.by}: {said} {NEEDS_YOU}")
        return said

    def tell(self) -> None:
        """Say on the desktop what needs the user, unless that was said before."""
        if self.may_tell and self.workspace.settings.notify:
            _tell_new(self.workspace, self.broken)
        self.broken.clear()


@contextmanager
def recorded(workspace: Workspace, by: str, may_tell: bool = True) -> Iterator[RunRecord]:
    """Record a run from its start to its end, however it ends. What cannot be recorded does not stop it."""
    record = RunRecord(workspace, by, may_tell)
    started_at = workspace.now()
    _beat(workspace, by, Heartbeat(started_at))
    record.write(f"{by} started")
    try:
        yield record
    except (KeyboardInterrupt, SystemExit):
        record.write(f"{by} was stopped")
        raise
    except BaseException as error:
        said = record.note_break(error)
        _beat(workspace, by, Heartbeat(started_at, workspace.now(), said, is_well=False))
        raise
    else:
        sums = [say_summary(record.states, _peek_at_waiting(workspace)), *map(say_pause, _peek_at_rests(workspace))]
        said = "; ".join([*sums, *_peek_at_stranded(workspace)])
        record.write(f"{by} ended: {said}")
        _beat(workspace, by, Heartbeat(started_at, workspace.now(), said))
    finally:
        record.tell()


def record_failed_start(home: Path, error: FollowupError) -> None:
    """Record that the service could not even begin, in the home folder that it is for."""
    with suppress(type(error)), recorded(Workspace(Loaded(Settings(), home, {})), SERVICE):
        raise error


def _beat(workspace: Workspace, by: str, beat: Heartbeat) -> None:
    if by == SERVICE:
        write_heartbeat(workspace.log_folder, beat)


def _find_waiting(workspace: Workspace) -> tuple[Entry, ...]:
    """Return the entries that wait for the user, one at work in the editor aside. Raises ``OutboxError``."""
    found = (*workspace.store.entries(states=NEEDS_USER), *workspace.store.entries(states=OPEN, held=True))
    by_number = {one.id: one for one in found if not _is_at_work(workspace, one)}
    return tuple(by_number[number] for number in sorted(by_number))


def _is_at_work(workspace: Workspace, entry: Entry) -> bool:
    """Return whether the user has the entry open in an editor; not when that editor is gone."""
    editing = editing_of(workspace, entry)
    return editing is not None and not editing.is_left(workspace.now())


def _peek_at_waiting(workspace: Workspace) -> tuple[Entry, ...]:
    with suppress(FollowupError):
        return _find_waiting(workspace)
    return ()


def _peek_at_rests(workspace: Workspace) -> tuple[Pause, ...]:
    with suppress(FollowupError):
        return workspace.store.pauses(workspace.now())
    return ()


def _peek_at_stranded(workspace: Workspace) -> tuple[str, ...]:
    """Say which mails were due and wait for an account that is not set: "nothing was due" alone would be untrue."""
    with suppress(FollowupError):
        if labels := " ".join(one.entry.label for one in find_overdue(workspace)):
            return (f"waits for its account: {labels} {NEEDS_YOU}",)
    return ()


def _tell_new(workspace: Workspace, broken: Mapping[str, str]) -> None:
    """Tell what was not told yet, and remember it once it was shown."""
    path = workspace.log_folder / TOLD
    told = {known for known in read_kept(path, list[object]) or () if isinstance(known, str)}
    try:
        needs = {
            **{_name(workspace, entry): _say(entry) for entry in _find_waiting(workspace)},
            **_find_rests(workspace),
            **_find_mail(workspace),
            **broken,
        }
        kept = told & set(needs)
    except FollowupError:
        needs, kept = dict(broken), told
    new = {key: sentence for key, sentence in needs.items() if key not in told}
    machine = workspace.machine
    if new and show_on_desktop(machine.platform, _TITLE, _put(list(new.values())), find_bus(machine)):
        kept = kept | set(new)
    if kept != told:
        with suppress(OSError, FollowupError):
            write_over(path, json.dumps(sorted(kept)) + "\n")


def _find_rests(workspace: Workspace) -> dict[str, str]:
    if any(one.until is None for one in workspace.store.pauses(workspace.now())):
        refused = "The mail server refuses the account, so nothing more is sent."
        return {"account": f"{refused} When that is settled, type: followup-mail doctor"}
    return {}


def _find_mail(workspace: Workspace) -> dict[str, str]:
    """Return what came into the mailbox and asks for something: which application, and nobody's name or words."""
    if not any(way.reads_mailbox for way in every_account(workspace)):
        return {}
    from followup_mail.services.mailbox.inbox_list import read_inbox
    from followup_mail.services.mailbox.inbox_words import say_what

    return {
        f"mail:{seen.id}": f"{seen.label}, {', '.join(seen.mail.applications)}: {say_what(seen)}"
        for seen in read_inbox(workspace).open
    }


def _name(workspace: Workspace, entry: Entry) -> str:
    """Return what to remember an entry's trouble by; when it comes back after a retry, it is another one."""
    moves = workspace.store.transitions(entry.id)
    if entry.held:
        return f"{entry.id}:held:{sum(one.cause is Cause.HELD for one in moves)}"
    return f"{entry.id}:{entry.state}:{sum(one.after is entry.state is not one.before for one in moves)}"


def _say(entry: Entry) -> str:
    """Return what stands on a desktop that others may see: no names of people."""
    kind = str(entry.step.kind).replace("_", " ")
    return f"{entry.label} {kind}, {entry.step.application}: {f'held: {entry.held}' if entry.held else entry.state}"


def _put(sentences: list[str]) -> str:
    more = len(sentences) - _MOST_LINES
    shown = [*sentences[:_MOST_LINES], *([f"and {more} more"] if more > 0 else [])]
    return "\n".join([*shown, "What to do: followup-mail today"])
