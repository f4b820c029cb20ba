"""After facts have changed: which mails that wait would read differently now, and writing them again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.step import Step, StepId
from followup_mail.checks import check_mail, choose_rules
from followup_mail.errors import FactsError, NotFoundError, TemplateError
from followup_mail.facts.application import Application
from followup_mail.facts.names import slugify
from followup_mail.message.compose import compose
from followup_mail.message.message import Message
from followup_mail.outbox.entry import WAITS, Entry, Rewording, Rewriting, State, Timing
from followup_mail.outbox.pre_send_check import Action
from followup_mail.outbox.transitions import Cause
from followup_mail.services.context.application_context import ApplicationContext, open_application, open_loaded
from followup_mail.services.context.contact_checks import waits_for_plan
from followup_mail.services.context.facts_rulings import find_done, judge_by_facts, judge_by_interview, weigh
from followup_mail.services.context.mail_accounts import of_entry
from followup_mail.services.context.put_right import read_put_right
from followup_mail.services.context.renamed_people import find_renamed, with_renamed
from followup_mail.services.context.whose_words import is_worded_by_others, say_whose_words
from followup_mail.services.queueing.edit_entry import check_words, choose_id, word_for
from followup_mail.services.writing.check_inputs import make_check_context, read_background
from followup_mail.services.writing.early import without_early
from followup_mail.services.writing.mail_reading import Reading, read_draft, read_entry, say_at, say_files, say_moment
from followup_mail.services.writing.prepared import Written
from followup_mail.services.writing.spread_out import spread_out
from followup_mail.services.writing.text_difference import differing_sentences
from followup_mail.services.writing.write_anew import Around, find_step_of, find_timing, write_anew
from followup_mail.workspace import Workspace

_STOPS: Final = frozenset({Action.BLOCK, Action.CANCEL})


class Outdated(Struct, frozen=True):
    """A mail that waits and does not read any more as it would be written now."""

    entry: Entry
    was: Reading
    now: Reading
    message: Message | None = None
    """The mail as it would be written now; None where it is not to be written again."""
    told_only: str = ""
    """Why it is not written again, in a phrase."""
    lost: str = ""
    """Why it has lost its point, in a phrase: it is better cancelled."""
    renamed: bool = False
    """Whether its reader has another name since, so that it would not leave. ``entry`` has the new step then."""

    @property
    def would_not_leave(self) -> bool:
        """Whether the check before sending stops it as it is."""
        return bool(self.lost) or self.renamed

    @property
    def only_moves(self) -> bool:
        """Whether nothing differs but the moment."""
        return replace(self.now, timing=self.was.timing) == self.was != self.now

    @property
    def says_outdated(self) -> str:
        """What is outdated about it, and when it leaves as it is unless something is done, in a phrase."""
        what = "would leave at another moment by the facts" if self.only_moves else "no longer reads like the facts"
        entry = self.entry
        if entry.state is not State.QUEUED or entry.held or entry.stays or self.would_not_leave:
            return what
        return f"{what}, and leaves {say_at(entry.ready_at, entry.timing.place)} as it is"

    @property
    def can_be_settled(self) -> bool:
        """Whether it can be written again, or cancelled."""
        return bool(self.message or self.lost)

    @property
    def says_lost(self) -> str:
        """That a mail that has lost its point does not go, and why."""
        what = f"{self.entry.label} {self.entry.step.kind.traits.in_heading} to {self.entry.message.to.name}"
        return f"{what} does not go any more: {self.lost}"

    def differences(self) -> list[str]:
        """Return what differs, each line after ``- `` as it was or ``+ `` as it would be."""
        was, now = self.was, self.now
        pairs = (
            ("To: ", was.to, now.to),
            ("Subject: ", was.subject, now.subject),
            ("Attached: ", say_files(was), say_files(now)),
            ("Leaves: ", say_moment(was.timing), say_moment(now.timing)),
        )
        heads = [line for label, old, new in pairs if old != new for line in (f"- {label}{old}", f"+ {label}{new}")]
        return [*heads, *differing_sentences(was.text, now.text)]


def read_before(workspace: Workspace, slugs: Iterable[str]) -> dict[str, Application]:
    """Return the facts of applications as they are before a change, for ``find_outdated``; those that can be read."""
    known = set(workspace.facts.slugs())
    found: dict[str, Application] = {}
    for slug in slugs:
        with suppress(FactsError):
            found |= {slug: workspace.facts.load(slug)} if slug in known else {}
    return found


def find_outdated(
    workspace: Workspace, slug: str, before: Application | None = None, even_same: Collection[int] = ()
) -> tuple[Outdated, ...]:
    """Return the mails of an application that wait and would be written differently now, or not at all.

    One whose words the user or a writing model chose can only be compared with the facts ``before`` the change. Those
    of ``even_same`` are among them although they read as they would now: they go on from a mail that never left.
    """
    entries = workspace.store.entries(application=slug)
    waiting = sorted((entry for entry in entries if entry.state in WAITS), key=lambda entry: entry.id)
    if not waiting:
        return ()
    context = open_application(workspace, slug)
    earlier = open_loaded(workspace, before) if before else None
    renamed = find_renamed(context.planning, entries, before, lambda: read_put_right(workspace, slug))
    context = replace(context, planning=with_renamed(context.planning, renamed))
    search = _Search(workspace, context, earlier, entries, {}, renamed, [], even_same)
    return tuple(found for entry in waiting if (found := search.look_at(entry)))


def rewrite(workspace: Workspace, outdated: Sequence[Outdated]) -> tuple[Entry, ...]:
    """Write again what can be, and cancel what has lost its point: all of it or nothing. Returns them as they stand.

    Raises ``RefusedError`` when one of them was changed or sent meanwhile.
    """
    new = [
        Rewriting(
            found.entry.id,
            Rewording(found.message, found.entry.content_sha256, found.entry.ignored_rules, found.entry.step),
            found.now.timing,
        )
        for found in outdated
        if found.message
    ]
    lost = {found.entry.id: found.lost for found in outdated if found.lost}
    return workspace.store.carry_through(new, lost, workspace.now()) if new or lost else ()


class _Search(Struct, frozen=True):
    """What the mails of one application are compared with."""

    workspace: Workspace
    context: ApplicationContext
    earlier: ApplicationContext | None
    entries: tuple[Entry, ...]
    renewed: dict[int, Written]
    renamed: Mapping[int, StepId]
    """The steps of today of those whose reader has another name since."""
    moved: list[tuple[Step, Timing]]
    """Those that have another moment by now: mails to one panel keep their minutes."""
    even_same: Collection[int]

    def look_at(self, entry: Entry) -> Outdated | None:
        """Return what is outdated about an entry; None when nothing is."""
        if entry.id not in self.renamed:
            return self._look_at_named(entry)
        found = self._look_at_named(replace(entry, step=self.renamed[entry.id]))
        return found and replace(found, renamed=True)

    def _look_at_named(self, entry: Entry) -> Outdated | None:
        was = read_entry(entry)
        around = Around(self.context, self.entries, self.renewed)
        then = around.when_written(entry)
        try:
            step = find_step_of(then, entry)
        except NotFoundError:
            return Outdated(entry, was, was, lost=f"there is nobody called {_name_of(entry)} in the facts any more")
        if lost := self._find_loss(entry):
            return Outdated(entry, was, was, lost=lost)
        if objection := weigh(entry, step):
            return Outdated(entry, was, was, lost=objection)
        timing = self._in_turn(then, step, entry.timing, find_timing(self.workspace, then, entry, step))
        try:
            written = write_anew(of_entry(self.workspace, entry), then, entry, step, timing)
        except (FactsError, TemplateError, NotFoundError) as error:
            if is_worded_by_others(entry) and not self._written_before(entry) and entry.id not in self.renamed:
                return None  # it needs no words of ours, and there never were any
            return Outdated(entry, was, was, told_only=f"it cannot be written any more: {error.sentence.rstrip('.')}")
        return self._compare(entry, around.without(entry), written)

    def _in_turn(self, then: ApplicationContext, step: Step, was: Timing, now: Timing) -> Timing:
        """Return a new moment minutes apart from those of the others of a panel."""
        if now == was:
            return now
        turn = spread_out(self.workspace, then, [*self.moved, (step, now)])[-1]
        self.moved.append((step, turn))
        return turn

    def _find_loss(self, entry: Entry) -> str:
        """Return why the check before sending would stop an entry for good, whatever its words and its address."""
        known = next((person.email for person in self.context.application.everyone() if person.email), "")
        addressed = replace(entry, message=replace(entry.message, to=replace(entry.message.to, email=known)))
        application, at = self.context.application, max(entry.ready_at, self.context.now)
        if done := find_done(entry, self.context.history):
            return done
        rulings = (
            judge_by_facts(addressed if known else entry, application),
            judge_by_interview(entry, application, at),
        )
        return next((ruling.reason for ruling in rulings if ruling.action in _STOPS), "")

    def _compare(self, entry: Entry, alone: ApplicationContext, written: Written) -> Outdated | None:
        was, now = read_entry(entry), read_draft(written)
        if told_only := self._why_not_ours(entry):
            if entry.id in self.renamed and not self._other_sender(entry):
                return self._under_new_name(entry, was, written)
            # What somebody else worded is never as we would write it: what counts is whether ours has changed.
            earlier = self._written_before(entry) or (was if entry.id in self.renamed else None)
            if earlier is None or earlier == now or _reads_so_already(was, earlier, now):
                return None
            return Outdated(entry, earlier, now, told_only=told_only)
        moves = self.workspace.store.transitions(entry.id)
        if any(move.cause is Cause.RETRIED for move in moves):  # its files count as they were in the preview
            now = replace(now, attached=was.attached)
        same = was == (replace(now, timing=was.timing) if self._moves_by_itself(entry, now.timing) else now)
        if same and entry.id not in self.renamed and entry.id not in self.even_same:
            return None
        self.renewed[entry.id] = written
        if stopped := self._find_error(entry, alone, written):
            return Outdated(entry, was, now, told_only=f"as it would read now it does not pass the checks: {stopped}")
        message = compose(written.draft, choose_id(self.workspace, entry))
        return Outdated(entry, was, now, message)

    def _moves_by_itself(self, entry: Entry, planned: Timing) -> bool:
        """Return whether the check before sending lets it wait for a later day, since something happened meanwhile."""
        happened = waits_for_plan(entry, self.context.history)
        return happened and planned.due_at.astimezone(UTC) > entry.timing.due_at.astimezone(UTC)

    def _why_not_ours(self, entry: Entry) -> str:
        """Return whose words an entry has, if they are not ours; or why it cannot be written again."""
        return say_whose_words(self.workspace, entry) or self._other_sender(entry)

    def _other_sender(self, entry: Entry) -> str:
        own, given = of_entry(self.workspace, entry).sender.mailbox.email, entry.message.mail_from
        return "" if own.lower() == given.lower() else f"it was written from {given}"

    def _under_new_name(self, entry: Entry, was: Reading, written: Written) -> Outdated:
        """Return that the words which somebody else chose go on, as they are, to their reader's name of today."""
        to, subject, text = written.draft.to, entry.message.subject, entry.message.text
        now = replace(was, to=f"{to.name} <{to.email}>")
        findings = without_early(check_words(self.workspace, entry, subject, text))
        if stopped := "; ".join(finding.message for finding in findings if finding.is_error):
            return Outdated(entry, was, now, told_only=f"under the new name it does not pass the checks: {stopped}")
        return Outdated(entry, was, now, word_for(self.workspace, entry, subject, text).message)

    def _written_before(self, entry: Entry) -> Reading | None:
        """Return how we would have written an entry by the facts before the change."""
        if self.earlier is None:
            return None
        entry = next(one for one in self.entries if one.id == entry.id)  # with the name that it had then
        then = Around(self.earlier, self.entries, {}).when_written(entry)
        try:
            step = find_step_of(then, entry)
            timing = find_timing(self.workspace, then, entry, step)
            return read_draft(write_anew(of_entry(self.workspace, entry), then, entry, step, timing))
        except (FactsError, TemplateError, NotFoundError):
            return None

    def _find_error(self, entry: Entry, alone: ApplicationContext, written: Written) -> str:
        around = make_check_context(alone, written, (), read_background(self.workspace, alone))
        # On what day it leaves was decided before.
        findings = without_early(check_mail(around, choose_rules(ignored_before=entry.ignored_rules)))
        return "; ".join(finding.message.rstrip(".") for finding in findings if finding.is_error)


def _name_of(entry: Entry) -> str:
    """Return the name of the one a mail is for; only the short one is known where it goes through somebody else."""
    name = entry.message.to.name
    return name if entry.step.person.startswith(slugify(name)) else f"'{entry.step.person}'"


def _reads_so_already(was: Reading, earlier: Reading, now: Reading) -> bool:
    """Return whether what somebody worded says already what ours would say now: a change of facts was taken back."""
    if was.to != now.to or replace(earlier, text="") != replace(now, text=""):
        return False
    said, lines = " ".join(was.text.split()), differing_sentences(earlier.text, now.text)
    return all((" ".join(line[2:].split()) in said) is line.startswith("+") for line in lines)
