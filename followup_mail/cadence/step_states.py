"""Where each proposed step stands at ``now``: done, queued, ruled out, missed, blocked, due or upcoming."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from msgspec.structs import replace

from followup_mail.cadence.channel_choice import quote_of
from followup_mail.cadence.entry_state import State
from followup_mail.cadence.planning_context import PlanningContext, goes_out, place_of
from followup_mail.cadence.proposal import Proposal
from followup_mail.cadence.skips import find_skips, say_skipped
from followup_mail.cadence.step import Against, Kind, Objection, Step, StepId, StepState, Waiting
from followup_mail.cadence.wording import say_day, say_list, say_number
from followup_mail.facts.terms import Status

ENTRY_WORDS = {
    State.IN_FOLDER: "its mail is in the folder and never left this computer",
    State.UNCLEAR: "it may or may not have been sent: check before you do anything else",
    State.DRAFT: "a draft of it waits in the outbox for your approval",
    State.FAILED: "a mail for it failed and waits in the outbox for your decision",
    State.MISSED: "a mail for it missed its time and waits in the outbox for your decision",
}

_LAST = datetime.max.replace(tzinfo=UTC)
IN_DRAFTS = "its draft is in your mailbox: send it from there"


def judge(context: PlanningContext, proposals: tuple[Proposal, ...]) -> tuple[Step, ...]:
    """Return the steps, in order of time. Contacts still to come in a round count towards its limit in that order."""
    ahead: Counter[tuple[int, str]] = Counter()
    steps: list[Step] = []
    for proposal in sorted(proposals, key=_in_time):
        same = (proposal.id.round, proposal.id.person)
        step = judge_one(context, proposal, ahead[same])
        if step.state in {StepState.DUE, StepState.UPCOMING} and step.kind.traits.counts:
            ahead[same] += 1
        steps.append(_after_thanks(_without_false_reason(proposal, step, steps), steps))
    return tuple(steps)


def _after_thanks(step: Step, before: list[Step]) -> Step:
    """Return a follow-up that is not due yet while the thank-you to the same person is: that one goes first."""
    if step.state is not StepState.DUE or not step.kind.traits.presses:
        return step
    thanks = any(
        earlier.state is StepState.DUE
        and earlier.kind.traits.thanks_for_interview
        and earlier.id.person == step.id.person
        for earlier in before
    )
    return replace(step, state=StepState.UPCOMING, note="your thank-you goes first") if thanks else step


def _without_false_reason(proposal: Proposal, step: Step, before: list[Step]) -> Step:
    """Return a step whose reason does not count from a follow-up that never went, or went earlier, as if it had."""
    if not (proposal.follows and proposal.due and proposal.due.if_left_out) or step.reason != proposal.reason:
        return step
    follows = next((earlier for earlier in before if earlier.id == proposal.follows), None)
    if follows is None or not _is_elsewhere(follows):
        return step
    return replace(step, reason=replace(proposal, due=proposal.due.left_out).reason)


def _is_elsewhere(step: Step) -> bool:
    """Return whether a step did not take place, or not on the day that was planned."""
    if step.state is StepState.DONE and step.at and step.due_at:
        return step.at.date() != step.due_at.date()
    return step.state in {StepState.MISSED, StepState.SKIPPED}


def judge_one(context: PlanningContext, proposal: Proposal, ahead: int) -> Step:
    """Return where one step stands; ``ahead`` contacts with the same person in its round are planned before it."""
    done, waiting = context.last_touch(proposal.id), context.waiting_for(proposal.id)
    if done and not done.reached and waiting and goes_out(waiting):
        done = None  # a call that reached nobody stops no mail, which is what the step comes to then
    if done:
        step = _step(proposal, StepState.DONE, at=done.at, note="" if done.reached else "it reached nobody")
        # Reckoned from the facts of today, a reason could be false by now.
        step = replace(step, reason=done.why or "you did this", went_by=done.channel)
        # What was done another way than planned went to the person themselves.
        return step if done.channel is step.channel else replace(step, via=None)
    against = list_objections(context, proposal, ahead)
    if waiting:
        return _queued(proposal, waiting, against)
    if against:
        return _skipped(proposal, against)
    if proposal.due_at is None and not proposal.needs:
        return _skipped(proposal, (Objection(Against.PLAN, "its date is too far ahead for this program"),))
    if proposal.last_at and proposal.is_over(context.now):
        return _step(proposal, StepState.MISSED, note=_missed_note(context, proposal.last_at))
    return _open(context, proposal)


def list_objections(context: PlanningContext, proposal: Proposal, ahead: int = 0) -> tuple[Objection, ...]:
    """Return all that rules a step out: the user, the outcome, what they said, the plan, the limit, in this order."""
    over, enough = ended(context, proposal.id.kind), over_limit(context, proposal.id, ahead)
    skipped = find_skips(context.application.skipped, proposal.id)
    found = (
        Objection(Against.PLAN, say_skipped(proposal.id)) if skipped else None,
        Objection(Against.ANSWERED, over) if over else None,
        no_contact(context),
        proposal.ruled_out,
        Objection(Against.LIMIT, enough) if enough else None,
    )
    return tuple(objection for objection in found if objection)


def ended(context: PlanningContext, kind: Kind) -> str:
    """Return what came of the application, when that ends or holds a follow-up of this kind, or nothing."""
    outcome = context.application.outcome
    on = f" on {say_day(outcome.on, context.year)}" if outcome.on else ""
    if outcome.status in kind.traits.outcomes:
        return ""
    words = {
        Status.REJECTED: f"they said no{on}",
        Status.REPLIED: f"they replied{on}: answer that first",
        Status.OFFER: f"you have had an offer{' since' + on[3:] if on else ''}",
        Status.WITHDRAWN: f"you withdrew{on}",
    }
    return words.get(outcome.status, "")


def over_limit(context: PlanningContext, step: StepId, ahead: int) -> str:
    """Return why one more contact with this person would be too many, or nothing."""
    limit = context.cadence.limit
    if not step.kind.traits.counts:
        return ""
    contacts = count_contacts(context, step)
    if limit.contacts is not None and contacts + ahead >= limit.contacts:
        return f"{say_number(limit.contacts)} contacts are the limit: time to let it rest"
    if step.kind.traits.in_chain and any(cadence_step.repeat for cadence_step in context.cadence.steps):
        return _calls_over(context, step)
    return ""


def count_contacts(context: PlanningContext, step: StepId) -> int:
    """Return how often the person was, or is about to be, contacted since the round; the step itself aside.

    For a question about a day that they named in a reply, only what came after the reply counts: they have answered.
    """
    round_ = next((round_ for round_ in context.rounds if round_.number == step.round), None)
    decision = context.decision(round_.last.start.date()) if round_ else None
    replied = context.day_named_in_reply(decision) if step.kind.traits.asks else None
    clock = place_of(context, None).clock
    done = [
        touch.step
        for touch in context.history.touches
        if (touch.step.round == step.round or (round_ is not None and touch.at >= round_.end))
        and not (replied and touch.at.astimezone(clock).date() <= replied)
    ]
    own = context.waiting_for(step)
    # Of two mails that wait, the one that leaves first is the contact that counts for the other.
    waiting = [
        entry.step
        for entry in context.history.waiting
        if goes_out(entry) and entry.step.round == step.round and not (own and entry.due_at > own.due_at)
    ]
    return sum(
        other.person == step.person and other.kind.traits.counts and other != step for other in (*done, *waiting)
    )


def _calls_over(context: PlanningContext, step: StepId) -> str:
    limit = context.cadence.limit
    calls = [
        touch
        for touch in context.history.touches
        if touch.step.kind is step.kind and touch.step.round == step.round and touch.step != step
    ]
    if sum(call.reached for call in calls) >= limit.calls_reached:
        return f"{say_number(limit.calls_reached)} calls reached somebody: leave the decision to them"
    if len(calls) >= limit.calls_tried:
        return f"{say_number(limit.calls_tried)} attempts are enough: leave the decision to them"
    return ""


def no_contact(context: PlanningContext) -> Objection | None:
    """Return that they ask for no contact at all, or None."""
    said = context.application.said
    return None if said.contact else Objection(Against.ASKED, f"they ask for no contact{quote_of(said)}")


def _queued(proposal: Proposal, waiting: Waiting, against: tuple[Objection, ...]) -> Step:
    """Return a step whose entry is in the outbox, with everything that speaks against sending it now."""
    named = proposal.named
    early = named.reason if named and waiting.due_at < named.at else ""
    stands = IN_DRAFTS if waiting.in_drafts else ENTRY_WORDS.get(waiting.state, "")
    if waiting.stays:
        note = "; ".join(filter(None, (stands, f"does not leave: {waiting.stays}")))
        step = _step(proposal, StepState.QUEUED, note=note, against=against)
        return replace(step, entry_state=waiting.state, stays=waiting.stays)
    note = "; ".join(words for words in (stands, early) if words)
    step = _step(proposal, StepState.QUEUED, at=waiting.due_at, note=note, against=against)
    is_early = waiting.early and proposal.due_at and step.at and step.at.date() < proposal.due_at.date()
    reason = waiting.early if is_early else step.reason
    return replace(step, reason=reason, too_early=early, entry_state=waiting.state)


def _skipped(proposal: Proposal, against: tuple[Objection, ...]) -> Step:
    return _step(proposal, StepState.SKIPPED, note=_say_first(against), against=against)


def _say_first(against: tuple[Objection, ...]) -> str:
    return against[0].words if against else ""


def _open(context: PlanningContext, proposal: Proposal) -> Step:
    """Return a step that may still happen. What an interview will bring cannot be missing before it is over."""
    early = proposal.known_from is not None and context.now < proposal.known_from
    entries = (entry.state for entry in context.history.waiting if entry.step == proposal.id)
    note = next((ENTRY_WORDS[state] for state in entries if state in ENTRY_WORDS), "")
    if proposal.needs and not early:
        return _step(proposal, StepState.BLOCKED, note=f"it needs {say_list(proposal.needs)}")
    due = proposal.due_at is not None and proposal.due_at <= context.now
    return _step(proposal, StepState.DUE if due else StepState.UPCOMING, note=note)


def _missed_note(context: PlanningContext, last_at: datetime) -> str:
    return f"its time passed on {say_day(last_at.date(), context.year)}"


def _step(
    proposal: Proposal,
    state: StepState,
    *,
    at: datetime | None = None,
    note: str = "",
    against: tuple[Objection, ...] = (),
) -> Step:
    route = proposal.route
    return Step(
        id=proposal.id,
        kind=proposal.id.kind,
        channel=route.way.channel,
        person=route.person,
        via=route.via,
        state=state,
        due_at=proposal.due_at,
        last_at=proposal.last_at,
        reason=proposal.reason,
        note=note,
        needs=proposal.needs,
        at=at.astimezone(route.place.clock) if at else None,
        objections=against,
        place=route.place,
        thanks_all=proposal.thanks_all,
    )


def _in_time(proposal: Proposal) -> tuple[datetime, int]:
    due_at = proposal.due_at
    return (due_at.astimezone(UTC) if due_at else _LAST, proposal.id.nth)
