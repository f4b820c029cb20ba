"""Follow-ups after a round: to one person, one after the other, restarting from the latest round."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.chain import (
    Chain,
    ChainLink,
    Past,
    after_reply,
    after_thanks,
    apart,
    asked,
    away_from,
    first_slot,
    list_links,
    list_past,
    next_slot,
)
from followup_mail.cadence.channel_choice import Route, choose_way, find_route, missing_facts
from followup_mail.cadence.contact_gap import Contact, keep_off, reached
from followup_mail.cadence.elsewhere import keep_off_day
from followup_mail.cadence.offset import shift
from followup_mail.cadence.pause_end import after_pause
from followup_mail.cadence.planning_context import PlanningContext, addressee
from followup_mail.cadence.proposal import Proposal, as_done, step_id
from followup_mail.cadence.roster import Member, Round
from followup_mail.cadence.step import Against, Objection, StepId
from followup_mail.cadence.step_dates import Dated, fit_in, latest, named_dates
from followup_mail.cadence.wording import say_day
from followup_mail.cadence.worktime import Place
from followup_mail.errors import WhenError
from followup_mail.facts.application import Person


def propose_follow_ups(context: PlanningContext, contacts: tuple[Contact, ...]) -> tuple[Proposal, ...]:
    """Return the follow-ups of the latest round, and, while that lies ahead, those it suspends.

    ``contacts``: all that was done, and the thank-yous that are planned.
    """
    latest, ended = context.latest, context.ended
    if latest is None:
        return ()
    against = suspended(context)
    before = _chain(context, ended, contacts) if ended and against else ()
    held = (replace(proposal, ruled_out=against) for proposal in before)
    return (*held, *_chain(context, latest, contacts))


def suspended(context: PlanningContext) -> Objection | None:
    """Return that a further round lies ahead while one is over, or None: they have answered."""
    latest, ended = context.latest, context.ended
    if latest is None or ended is None or ended is latest:
        return None
    day = say_day(latest.last.start.date(), context.year)
    return Objection(Against.ANSWERED, f"they have answered: round {latest.number} is on {day}")


def met_as(round_: Round, member: Member | None) -> Person | None:
    """Return somebody as met in a round, with what was said then; else as the facts know them."""
    if member is None:
        return None
    met = next((meeting.person for meeting in round_.meetings if meeting.member.handle == member.handle), None)
    return met or member.person


class _Plot(Struct, frozen=True):
    """One link on its way to a proposal."""

    link: ChainLink
    id: StepId
    route: Route
    near: frozenset[str]
    """The handles of those whom it reaches, or would usually reach: it keeps away from contacts with them."""

    @property
    def place(self) -> Place:
        return self.route.place

    @property
    def is_call(self) -> bool:
        return self.route.way.channel.traits.is_call

    @property
    def words(self) -> str:
        return "call" if self.is_call else self.link.cadence_step.kind.traits.in_sentence


def _chain(context: PlanningContext, round_: Round, contacts: tuple[Contact, ...]) -> tuple[Proposal, ...]:
    chain = Chain(context, round_, context.decision(round_.last.start.date()))
    plots = _plots(chain)
    dated = _dates(chain, plots, contacts)
    follows = (None, *(plot.id for plot in plots))
    proposals = [_propose(chain, plot, due, before) for plot, due, before in zip(plots, dated, follows, strict=False)]
    done = {earlier.step for earlier in list_past(context, round_)}
    ahead = [proposal.due_at for proposal in proposals if proposal.id not in done and not proposal.ruled_out]
    moments = [due_at for due_at in ahead if due_at]
    return tuple(_until_next(proposal, moments) for proposal in proposals)


def _plots(chain: Chain) -> list[_Plot]:
    """Return the links with whom each is for. A series of calls reaches a panel in turn, then the usual one."""
    in_turn = list_to_call(chain)
    plots = []
    for link in list_links(chain.context, chain.round, chain.decision):
        plot = _plot(chain, link, in_turn if link.cadence_step.repeat else [])
        made = chain.context.last_touch(plot.id)
        if link.cadence_step.repeat and (made is None or made.reached):
            in_turn = [member for member in in_turn if member.handle != plot.id.person]
        plots.append(plot)
    return plots


def list_to_call(chain: Chain) -> list[Member]:
    """Return those of a panel whose number is known; nobody when one person was met, or the user chose one."""
    met = [meeting.member for meeting in chain.round.meetings if meeting.member.person.phone]
    return [] if chain.context.to or len(met) < 2 else met


def _plot(chain: Chain, link: ChainLink, in_turn: list[Member]) -> _Plot:
    context = chain.context
    way = choose_way(link.cadence_step, context.application.said, context.cadence.calls)
    usual = addressee(context, chain.round, way.channel)
    if in_turn and way.channel.traits.is_call:
        usual = in_turn[0]
    step = step_id(context, link.cadence_step, chain.round.number, usual.handle if usual else "", link.nth)
    if not context.to:
        step = as_done(context, step)
    member = context.member(step.person)
    route = find_route(context, member, met_as(chain.round, member), way)
    near = frozenset({usual.handle} if usual else ())
    return _Plot(link, step, route, near | reached(context, step.person, route))


def _dates(chain: Chain, plots: list[_Plot], contacts: tuple[Contact, ...]) -> list[Dated | None]:
    """Date the chain. From the first link that lies beyond the calendar, none has a date."""
    links = {plot.id for plot in plots}
    outside = tuple(contact for contact in contacts if contact.step not in links)
    past = list_past(chain.context, chain.round)
    dates: list[Dated | None] = []
    slots: list[Dated] = []
    held: tuple[Dated, ...] = ()
    for n, plot in enumerate(plots):
        try:
            off = keep_off(chain.context, outside, plot.near, plot.place, is_call=plot.is_call)
            slots.append(_slot(chain, plots, n, slots, (past, off)))
            due, held = _open(chain, plot, slots[-1], past, held)
            free = after_pause(chain.context, plot.id, plot.route, due)
            free = keep_off_day(chain.context, plot.id, plot.route, free)
            held = _after_moved(chain, plot, free) if free is not due else held
            dates.append(free)
        except WhenError:
            dates += [None] * (len(plots) - n)
            break
    return dates


def _slot(
    chain: Chain, plots: list[_Plot], n: int, slots: list[Dated], away: tuple[tuple[Past, ...], tuple[Dated, ...]]
) -> Dated:
    """Return where a link belongs, as far as the links before it and contacts outside the chain decide."""
    plot, (past, off) = plots[n], away
    bounds = list(_after_links(chain, plots, n, slots))
    from_here = {plot.id for plot in plots[n:]}
    outside = tuple(earlier for earlier in past if earlier.step not in from_here)
    thanks = after_thanks(chain, plot.id.person, plot.place)
    bounds += [
        *named_dates(chain.context, chain.decision, plot.place),
        *after_reply(chain, plot.place),
        *thanks,
        *away_from(chain, outside, plot.place, is_call=plot.is_call),
        *off,
    ]
    return fit_in(latest(bounds), plot.place, any_hour=plot.route.any_hour)


def _after_links(chain: Chain, plots: list[_Plot], n: int, slots: list[Dated]) -> tuple[Dated, ...]:
    """Return where a link belongs by itself, and by the link before it."""
    plot = plots[n]
    if not slots:
        return (first_slot(chain, plot.link.cadence_step, plot.place),)
    if plot.link.again:
        return (slots[0],)
    slot = latest(slots)
    words, both_calls = _one_before(plots, n), plot.is_call and plots[n - 1].is_call
    base = next_slot(chain, plot.link.cadence_step, slot, words, plot.place)
    return (base, *apart(chain, slot, words, plot.place, both_calls=both_calls))


def _one_before(plots: list[_Plot], n: int) -> str:
    words = plots[n - 1].words
    return f"the {words} before it" if words == plots[n].words else f"the {words}"


def _open(
    chain: Chain, plot: _Plot, slot: Dated, past: tuple[Past, ...], held: tuple[Dated, ...]
) -> tuple[Dated, tuple[Dated, ...]]:
    """Return the date of a link, and what that means for open links after it.

    An open link also keeps away from later ones that were done before it.
    """
    if any(earlier.step == plot.id for earlier in past) or _overtaken(plot, past):
        return slot, held
    away = away_from(chain, past, plot.place, is_call=plot.is_call)
    due = fit_in(latest((slot, *held, *away)), plot.place, any_hour=plot.route.any_hour)
    if due.at.astimezone(UTC) == slot.at.astimezone(UTC):
        return slot, held
    return due, _after_moved(chain, plot, due)


def _after_moved(chain: Chain, plot: _Plot, due: Dated) -> tuple[Dated, ...]:
    """Return the bounds for open links after one that was moved from its slot."""
    interval, words = chain.context.interval, f"the {plot.words}"
    next_one = Dated(shift(due.at, interval, plot.place), f"{interval} after {words}")
    return (next_one, *apart(chain, due, words, plot.place, both_calls=plot.is_call))


def _propose(chain: Chain, plot: _Plot, due: Dated | None, follows: StepId | None) -> Proposal:
    cadence_step = plot.link.cadence_step
    missing = missing_facts(chain.context, cadence_step, plot.route.person, plot.id.person)
    named = named_dates(chain.context, chain.decision, plot.place) if due else ()
    past = list_past(chain.context, chain.round) if cadence_step.repeat else ()
    return Proposal(
        id=plot.id,
        cadence_step=cadence_step,
        route=plot.route,
        due=due,
        ruled_out=plot.route.way.ruled_out or _overtaken(plot, past) or _asked(chain, plot),
        needs=(*plot.route.needs, *missing),
        named=latest(named) if named else None,
        known_from=chain.round.end,
        follows=follows,
    )


def _asked(chain: Chain, plot: _Plot) -> Objection | None:
    """Return that another question was asked since the day that they named, or None."""
    if not plot.link.again:
        return None
    since = asked(chain.context, (plot.id.kind, plot.id.round), chain.decision, early=False)
    return Objection(Against.PLAN, "you have asked since the day that they named") if since - {plot.id.nth} else None


def _overtaken(plot: _Plot, past: tuple[Past, ...]) -> Objection | None:
    """Return that one of a series that comes later was made instead of this one, to whomever, or None."""
    if not plot.link.cadence_step.repeat:
        return None
    series = (plot.id.kind, plot.id.round)
    made = [earlier.step.nth for earlier in past if (earlier.step.kind, earlier.step.round) == series]
    overtaken = max(made, default=0) > plot.id.nth
    return Objection(Against.PLAN, "another call of the series was made instead") if overtaken else None


def _until_next(proposal: Proposal, ahead: list[datetime]) -> Proposal:
    """End a follow-up's window where the next one still ahead begins."""
    due_at, last_at = proposal.due_at, proposal.last_at
    if due_at is None or last_at is None:
        return proposal
    begins = min((later for later in ahead if later > due_at), default=last_at)
    return replace(proposal, ends_at=begins - timedelta(minutes=1)) if begins < last_at else proposal
