"""What ``today`` has to tell, in short: a line and a command for each, the most urgent first.

For a screen that is too small for all of it. Steps of one kind that are due together, as the thank-yous to a panel
are, make one headline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from followup_mail.cadence.step import Step, StepState
from followup_mail.cadence.wording import say_day, say_list, say_some
from followup_mail.errors import FactsFileError
from followup_mail.outbox.entry import TO_DRAFTS, Entry, State
from followup_mail.outbox.seen_mail import SeenMail
from followup_mail.services.context.mending_command import lacks_now, say_needs
from followup_mail.services.mailbox.inbox_list import Wish, wish_of
from followup_mail.services.mailbox.inbox_words import say_what
from followup_mail.services.overview.due_steps import DueStep, SecondRound
from followup_mail.services.overview.interview_day import InterviewToday
from followup_mail.services.overview.today import Today
from followup_mail.services.proposals.proposal_words import say_waiting
from followup_mail.services.queueing.way_out import find_way_out
from followup_mail.services.sending.paused_accounts import say_until
from followup_mail.workspace import Workspace

_NAMED: Final = 2
"""So many people are named in one line; of more, the first and how many others."""
_IN_DOUBT: Final = frozenset({State.UNCLEAR, State.FAILED})
_TO_TYPE: Final = {
    State.UNCLEAR: "outbox resolve {id} --look",
    State.FAILED: "outbox retry {id}",
    State.MISSED: "outbox reschedule {id} --at WHEN",
    State.DRAFT: "outbox approve {id}",
}


class Headline(Struct, frozen=True):
    """One thing that the user should know or do."""

    mark: str
    """A word for how it stands: unclear, missed, due."""
    text: str
    command: str
    """What to type about it, without the program's name."""
    tail: str = ""
    """What follows ``text`` and must not be cut off: by when."""
    why: str = ""
    """Why it is so, or what to do about it, in a phrase or a sentence."""
    at: datetime | None = None
    """The moment that ``tail`` says: of what comes soon its own, else the last sensible one. Aware."""
    applications: tuple[str, ...] = ()
    """The short names of those that it is about."""
    also: str = ""
    """Another command that helps with it: to see what to say in a call, to correct facts."""


def list_headlines(workspace: Workspace, today: Today) -> tuple[Headline, ...]:
    """Return everything in short, the most urgent first.

    What is wrong or late, today's interviews, what can be done in time for a day at the most, what was missed and can
    still be sent, what is due, answers, the rest.
    """
    doubtful = [entry for entry in today.to_decide if entry.state in _IN_DOUBT and not entry.held]
    passed = [entry for entry in today.to_decide if entry.state is State.MISSED and not entry.held]
    others = [entry for entry in today.to_decide if entry not in (*doubtful, *passed)]
    ending, others_due = ([due for due in today.due if due.ends_soon is soon] for soon in (True, False))
    pressing, blocked = _split_blocked([due for due in others_due if due.step.state is StepState.BLOCKED])
    steps = [due for due in others_due if due.step.state is not StepState.BLOCKED]
    due, missed = ([one for one in steps if (one.step.state is StepState.MISSED) is late] for late in (False, True))
    # A missed step that lacks a fact cannot be sent as it is; a thank-you that lacks one may still have time.
    writable, unwritable = ([one for one in missed if bool(one.step.needs) is lacks] for lacks in (False, True))
    now = workspace.now()
    return (
        *_name_faults(workspace, today),
        *map(_of_entry, doubtful),
        *_of_delayed(today, now),
        *map(_of_interview, today.interviews),
        *_of_steps(ending, now),
        *map(_of_entry, passed),
        *_of_steps(writable, now),
        *_of_steps(due, now),
        *_of_steps(pressing, now),
        *_of_steps(unwritable, now),
        *map(_of_mail, today.mail),
        *_of_answers(today),
        *_of_proposals(today),
        *map(_of_second_round, today.second_rounds),
        *map(_of_entry, others),
        *_of_outdated(today),
        *list_soon(workspace, today),
        *_of_steps(blocked, now),
        *_of_folder(workspace, today),
        *_of_drafts(today),
        *_of_ended(today),
    )


def _of_interview(found: InterviewToday) -> Headline:
    slug = found.application.slug
    return Headline("today", found.in_short, f"plan {slug}", why=" ".join(found.advice), applications=(slug,))


def _split_blocked(blocked: Sequence[DueStep]) -> tuple[list[DueStep], list[DueStep]]:
    """Return what lacks a fact: first the thank-yous, whose time is running out, then what can wait."""
    thanks = [due for due in blocked if due.step.kind.traits.thanks_for_interview]
    return thanks, [due for due in blocked if due not in thanks]


def list_soon(workspace: Workspace, today: Today) -> tuple[Headline, ...]:
    """Return what comes within days."""
    return tuple(_of_steps(today.soon, workspace.now()))


def _name_faults(workspace: Workspace, today: Today) -> Iterator[Headline]:
    """Yield what keeps applications or mails from being read or sent at all."""
    for error in today.broken:
        slug = error.problems[0].file.stem if isinstance(error, FactsFileError) and error.problems else ""
        yield Headline("broken", error.sentence.split("\n", 1)[0], "doctor", also=f"edit {slug}" if slug else "")
    for damaged in today.damaged:
        yield Headline("broken", damaged.sentence, f"outbox cancel {damaged.id}")
    for pause in today.pauses:
        yield Headline("stopped", f"Nothing is sent from {pause.account} {say_until(pause, workspace)}", "doctor")
    for look in today.unread:
        yield Headline("unread", f"The mailbox of {look.account} cannot be read. {look.error}", "inbox look")


def _of_entry(entry: Entry) -> Headline:
    what = f"{entry.label} {entry.step.kind.traits.in_heading} to {entry.message.to.name}"
    about = (entry.step.application,)
    if entry.held == TO_DRAFTS:
        return Headline("held", f"{what}: {entry.held}", f"outbox to-drafts {entry.id}", applications=about)
    if entry.held:
        return Headline("held", f"{what}: {entry.held}", f"resume {entry.step.application}", applications=about)
    to_type = "outbox show {id}" if entry.was_sent_at else _TO_TYPE.get(entry.state, "outbox show {id}")
    command = find_way_out(entry) or to_type.format(id=entry.id)
    if entry.stays:
        text = f"{what} does not leave: {entry.stays}"
        return Headline("stays", text, command, why=entry.fix, applications=about)
    reason = f": {entry.reason}" if entry.reason else ""
    if entry.state is State.DRAFT:
        what = f"{what} waits for your approval"
    return Headline(str(entry.state), f"{what}{reason}", command, why=entry.fix, applications=about)


def _of_delayed(today: Today, now: datetime) -> Iterator[Headline]:
    for waiting in today.stranded:
        entry = waiting.entry
        what = f"{entry.label} to {entry.message.to.name} {waiting.why}"
        about = (entry.step.application,)
        yield Headline("waits", what, f"outbox show {entry.id}", why=waiting.fix, applications=about)
    for entry in today.late:
        if entry.is_past(now):
            yield _of_past(entry)
            continue
        what = f"{entry.label} {entry.step.kind.traits.in_heading} to {entry.message.to.name} should have left"
        why = " ".join(filter(None, (entry.reason, entry.fix))) or "Nothing has tried to send it yet."
        yield Headline("late", what, "run", why=why, at=entry.timing.due_at, applications=(entry.step.application,))


def _of_past(entry: Entry) -> Headline:
    what = f"{entry.label} {entry.step.kind.traits.in_heading} to {entry.message.to.name} does not go any more"
    why, command = "its last sensible moment has passed", f"outbox reschedule {entry.id} --at WHEN"
    return Headline("missed", f"{what}: {why}", command, applications=(entry.step.application,))


def _of_outdated(today: Today) -> Iterator[Headline]:
    for found in today.outdated:
        entry, about = found.entry, (found.entry.step.application,)
        if found.lost:
            yield Headline("lost", found.says_lost, f"outbox cancel {entry.id}", applications=about)
        else:
            what = f"{entry.label} {entry.step.kind.traits.in_heading} to {entry.message.to.name}"
            text, command = f"{what} {found.says_outdated}", f"outbox rewrite {entry.step.application}"
            yield Headline("outdated", text, command, applications=about)


def _of_steps(due: Sequence[DueStep], now: datetime) -> Iterator[Headline]:
    """Yield a headline for each group of steps that one command does for several people."""
    groups: dict[tuple[object, ...], list[DueStep]] = {}
    for found in due:
        step = found.step
        mended = found.command if step.needs else ""
        alike = (step.id.application, step.kind, step.channel, step.state, found.draft, mended, step.promise)
        groups.setdefault(alike, []).append(found)
    return (_of_group(group, now) for group in groups.values())


def _of_group(group: Sequence[DueStep], now: datetime) -> Headline:
    first, application = group[0], group[0].application
    to = _name_some([due.step.person.name if due.step.person else "nobody known yet" for due in group])
    what = f"{first.step.kind.traits.in_heading} to {to}, {application.company}"
    # For several people, the command without --to is for all of them.
    command = first.command if len(group) == 1 else first.command.partition(" --to ")[0]
    if first.step.needs or not first.step.channel.traits.is_sent:
        command = first.command
    mark = {StepState.BLOCKED: "lacks", StepState.UPCOMING: "soon"}.get(first.step.state, str(first.step.state))
    why, about = first.step.note or first.step.reason, (application.slug,)
    by = _find_moment(group)
    if lacks_now(first.step):
        text = f"{what}: {say_needs(first.step)}"
        return Headline(mark, text, command, why=first.step.reason, at=by, applications=about)
    if first.step.promise:
        text = f"{what}: {first.step.promise}"
        return Headline(mark, text, first.command, why=why, at=by, applications=about)
    also = _find_script(first) if len(group) == 1 else ""
    return Headline(mark, what, command, _say_by_when(first.step, by, now), why, by, about, also)


def _find_script(due: DueStep) -> str:
    """Return the command that shows what to say, for a step that the user does with their own hands."""
    step = due.step
    if step.channel.traits.is_sent or step.person is None or not step.channel.traits.script:
        return ""
    return f"script {due.application.slug} --channel {step.channel.word} --to {step.person.key}"


def _find_moment(group: Sequence[DueStep]) -> datetime | None:
    """Return when a group comes, or until when it makes sense."""
    if group[0].step.state is StepState.UPCOMING:
        return group[0].step.due_at
    return min((due.step.last_at for due in group if due.step.last_at), default=None)


def _say_by_when(step: Step, by: datetime | None, now: datetime) -> str:
    if by is None:
        return ""
    if step.state is StepState.UPCOMING:
        return f": {say_day(by.date(), now.year)}, {by:%H:%M}"
    if step.state is StepState.MISSED:
        return f": its time was {say_day(by.date(), now.year)}"
    return f": by {say_day(by.date(), now.year)}, {by:%H:%M}"


def _of_mail(seen: SeenMail) -> Headline:
    """Return what a mail of theirs says, with the command for what it asks; its words stand in `today --all`."""
    mail, wish = seen.mail, wish_of(seen)
    words = mail.sentence or mail.first_line
    what, about = f'{mail.name or mail.sender}, {mail.applications[0]}: {say_what(seen)}, "{words}"', mail.applications
    if wish is Wish.CHOOSE:
        what = f"{mail.name or mail.sender} answered: which application?"
        command = f"inbox correct {seen.label} --application APP"
        return Headline("answer", what, command, why=f'"{words}"' if words else "", applications=about)
    command = f"inbox accept {seen.label}" if wish is not Wish.NONE else f"resume {mail.applications[0]}"
    return Headline("answer", what, command, why=mail.why, applications=about[:1])


def _of_answers(today: Today) -> Iterator[Headline]:
    for application in today.to_answer:
        on = f" on {say_day(application.outcome.on, application.outcome.on.year)}" if application.outcome.on else ""
        what = f"{application.company} replied{on}; once you have answered:"
        yield Headline("answer", what, f"resume {application.slug}", applications=(application.slug,))


def _of_proposals(today: Today) -> Iterator[Headline]:
    if today.proposals:
        about = tuple(dict.fromkeys(proposal.application for proposal in today.proposals))
        yield Headline("decide", f"Proposals: {say_waiting(today.proposals)}", "proposals", applications=about)


def _of_second_round(found: SecondRound) -> Headline:
    text = f"{found.name}, {found.company}: met again in round {found.round}. Was that a second round?"
    return Headline("asks", text, f"edit {found.slug}", why=f"{found.sentence}.", applications=(found.slug,))


def _of_folder(workspace: Workspace, today: Today) -> Iterator[Headline]:
    if today.in_folder and workspace.leaves_machine:
        labels = say_some([entry.label for entry in today.in_folder], _NAMED)
        yield Headline("folder", f"{labels} never left this machine", "outbox list")


def _of_drafts(today: Today) -> Iterator[Headline]:
    if today.in_drafts:
        labels = say_some([entry.label for entry in today.in_drafts], _NAMED)
        verb = "waits" if len(today.in_drafts) == 1 else "wait"
        yield Headline("drafts", f"{labels} {verb} in your Drafts folder for you to send", "outbox list")


def _of_ended(today: Today) -> Iterator[Headline]:
    if today.long_ended:
        yield Headline("ended", say_long_ended(today.long_ended), "archive --ended", applications=today.long_ended)


def say_long_ended(slugs: Sequence[str]) -> str:
    """Return that applications could be archived."""
    verb = "has" if len(slugs) == 1 else "have"
    return f"{_name_some(slugs)} {verb} ended weeks ago and could be archived"


def _name_some(names: Iterable[str]) -> str:
    found = list(dict.fromkeys(names))
    if len(found) <= _NAMED:
        return say_list(found)
    return f"{found[0]} and {len(found) - 1} others"
