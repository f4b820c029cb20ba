"""Follow-ups after a round: to one person, one after the other, restarting from the latest round."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC

from followup_mail.cadence.chain import (
    ChainLink,
    Past,
    Setting,
    after_reply,
    after_thanks,
    away_from,
    before,
    bounds_named,
    date_link,
    first_slot,
    list_links,
    list_past,
    next_slot,
)
from followup_mail.cadence.channel_choice import Route, Way, choose_way, find_route, missing_facts
from followup_mail.cadence.offset import shift
from followup_mail.cadence.planning_context import PlanningContext, addressee, place_of
from followup_mail.cadence.proposal import Proposal, as_done, deadline, step_id
from followup_mail.cadence.roster import Member, Round
from followup_mail.cadence.step import Against, Objection, StepId
from followup_mail.cadence.step_dates import Dated, latest
from followup_mail.cadence.wording import say_day
from followup_mail.cadence.worktime import Place
from followup_mail.errors import WhenError
from followup_mail.facts.application import Person


def propose_follow_ups(scene: PlanningContext) -> tuple[Proposal, ...]:
    """Return the follow-ups of the latest round, and, while that lies ahead, those it suspends."""
    latest, ended = scene.latest, scene.ended
    if latest is None:
        return ()
    against = suspended(scene)
    held = (replace(one, ruled_out=against) for one in _chain(scene, ended)) if ended and against else ()
    return (*held, *_chain(scene, latest))


def suspended(scene: PlanningContext) -> Objection | None:
    """Return that a further round lies ahead while one is over, or None: they have answered."""
    latest, ended = scene.latest, scene.ended
    if latest is None or ended is None or ended is latest:
        return None
    day = say_day(latest.last.start.date(), scene.year)
    return Objection(Against.ANSWERED, f"they have answered: round {latest.number} is on {day}")


def met_as(of: Round, member: Member | None) -> Person | None:
    """Return somebody as met in a round, with what was said then; else as the facts know them."""
    if member is None:
        return None
    met = next((one.person for one in of.meetings if one.member.handle == member.handle), None)
    return met or member.person


@dataclass(frozen=True, slots=True)
class _Plot:
    """One link on its way to a proposal."""

    link: ChainLink
    id: StepId
    member: Member | None
    way: Way
    route: Route
    place: Place

    @property
    def any_hour(self) -> bool:
        return not self.way.channel.traits.keeps_office_hours

    @property
    def words(self) -> str:
        return "call" if self.way.channel.traits.is_call else self.link.move.kind.traits.in_sentence


def _chain(scene: PlanningContext, of: Round) -> tuple[Proposal, ...]:
    setting = Setting(scene, of, scene.decision(of.last.start.date()))
    plots = [_plot(setting, link) for link in list_links(scene, of, setting.decision)]
    dated = _dates(setting, plots)
    proposals = [_propose(setting, plot, due) for plot, due in zip(plots, dated, strict=True)]
    done = {one.step for one in list_past(scene, of)}
    ahead = [one for one in proposals if one.id not in done and not one.ruled_out]
    return tuple(_until_next(one, ahead) for one in proposals)


def _plot(setting: Setting, link: ChainLink) -> _Plot:
    scene = setting.scene
    usual = addressee(scene, setting.of)
    step = step_id(scene, link.move, setting.of.number, usual.handle if usual else "", link.nth)
    if not scene.choices.to:
        step = as_done(scene, step)
    member = scene.member(step.person)
    person = met_as(setting.of, member)
    way = choose_way(link.move, scene.application.said, scene.cadence.calls)
    route = find_route(scene, member, person, way.channel)
    return _Plot(link, step, member, way, route, place_of(scene, route.via or route.person))


def _dates(setting: Setting, plots: list[_Plot]) -> list[Dated | None]:
    """Date the chain. From the first link that lies beyond the calendar, none has a date."""
    past = list_past(setting.scene, setting.of)
    dates: list[Dated | None] = []
    slot: Dated | None = None
    held: tuple[Dated, ...] = ()
    for n, plot in enumerate(plots):
        try:
            slot = _slot(setting, plots, n, slot, past)
            due, held = _open(setting, plot, slot, past, held)
            dates.append(due)
        except WhenError:
            dates += [None] * (len(plots) - n)
            break
    return dates


def _slot(setting: Setting, plots: list[_Plot], n: int, slot: Dated | None, past: tuple[Past, ...]) -> Dated:
    """Return where a link belongs, as far as the links before it and contacts outside the chain decide."""
    plot = plots[n]
    if slot is None:
        base = first_slot(setting, plot.link.move, plot.place)
    else:
        base = next_slot(setting, plot.link.move, slot, _one_before(plots, n), plot.place)
    from_here = {one.id for one in plots[n:]}
    earlier = away_from(setting, tuple(one for one in past if one.step not in from_here), plot.place)
    thanks = after_thanks(setting, plot.id.person, plot.place)
    bounds = (base, *bounds_named(setting, plot.place), *after_reply(setting, plot.place), *thanks, *earlier)
    return date_link(bounds, plot.place, any_hour=plot.any_hour)


def _one_before(plots: list[_Plot], n: int) -> str:
    words = plots[n - 1].words
    return f"the {words} before it" if words == plots[n].words else f"the {words}"


def _open(
    setting: Setting, plot: _Plot, slot: Dated, past: tuple[Past, ...], held: tuple[Dated, ...]
) -> tuple[Dated, tuple[Dated, ...]]:
    """Return the date of a link, and what that means for open links after it.

    An open link also keeps away from later ones that were done before it.
    """
    if any(one.step == plot.id for one in past) or _overtaken(plot, past):
        return slot, held
    due = date_link((slot, *held, *away_from(setting, past, plot.place)), plot.place, any_hour=plot.any_hour)
    if due.at.astimezone(UTC) == slot.at.astimezone(UTC):
        return slot, held
    interval = setting.scene.interval
    return due, (Dated(shift(due.at, interval, plot.place), f"{interval} after the {plot.words}"),)


def _propose(setting: Setting, plot: _Plot, due: Dated | None) -> Proposal:
    move = plot.link.move
    missing = missing_facts(setting.scene, move, plot.route.person, plot.id.person)
    reason = due.reason if due else "after your interview"
    named = bounds_named(setting, plot.place) if due else ()
    return Proposal(
        id=plot.id,
        move=move,
        channel=plot.way.channel,
        person=plot.route.person,
        via=plot.route.via,
        place=plot.place,
        due_at=due.at if due else None,
        last_at=deadline(move, due.at, plot.place) if due else None,
        reason=f"{reason}; {plot.way.because}" if plot.way.because else reason,
        ruled_out=plot.way.ruled_out or _overtaken(plot, list_past(setting.scene, setting.of)),
        needs=(*plot.route.needs, *missing),
        named=latest(named) if named else None,
        known_from=setting.of.end,
    )


def _overtaken(plot: _Plot, past: tuple[Past, ...]) -> Objection | None:
    """Return that a later call of a series was made instead of this one, to whomever, or None."""
    if not plot.link.move.repeat:
        return None
    series = (plot.id.kind, plot.id.round)
    made = [one.step.nth for one in past if (one.step.kind, one.step.round) == series]
    overtaken = max(made, default=0) > plot.id.nth
    return Objection(Against.PLAN, "a later call was made instead") if overtaken else None


def _until_next(proposal: Proposal, ahead: list[Proposal]) -> Proposal:
    """End a follow-up's window where the next one still ahead begins."""
    due_at, last_at = proposal.due_at, proposal.last_at
    if due_at is None or last_at is None:
        return proposal
    begins = min((one.due_at for one in ahead if one.due_at and one.due_at > due_at), default=last_at)
    return replace(proposal, last_at=before(begins)) if begins < last_at else proposal
