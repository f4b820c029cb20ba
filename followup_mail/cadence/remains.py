"""What the history holds beside the plan: done or queued outside the cadence, or for people gone from the facts."""

from __future__ import annotations

from followup_mail.cadence.model import FOLLOW_UPS, unplanned
from followup_mail.cadence.proposal import Proposal
from followup_mail.cadence.scene import TAKES_STEP, Scene, place_of
from followup_mail.cadence.step import StepId
from followup_mail.cadence.words import say_day
from followup_mail.facts.model import Channel


def propose_remains(scene: Scene, planned: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """Return a proposal for everything in the history that the plan does not hold yet, each identity once."""
    known = {one.id for one in planned}
    found: dict[StepId, Proposal] = {}
    for touch in sorted(scene.history.touches, key=lambda one: one.at):
        if touch.step not in known:
            found[touch.step] = _remains(scene, touch.step, touch.channel, "you did this")
    for waiting in scene.history.waiting:
        if waiting.step not in known | found.keys() and waiting.state in TAKES_STEP:
            found[waiting.step] = _remains(scene, waiting.step, Channel.EMAIL, "you queued this")
    return tuple(found.values())


def _remains(scene: Scene, step: StepId, channel: Channel, reason: str) -> Proposal:
    member = scene.member(step.person)
    person = member.person if member else None
    return Proposal(
        id=step,
        move=unplanned(step.kind, channel),
        channel=channel,
        person=person,
        via=None,
        place=place_of(scene, person),
        due_at=None,
        last_at=None,
        reason=reason,
        ruled_out=_overtaken(scene, step),
    )


def _overtaken(scene: Scene, step: StepId) -> str:
    """Return why a follow-up of an earlier round has lost its point, or nothing."""
    latest = scene.latest
    if latest is None or step.kind not in FOLLOW_UPS or step.round == latest.number:
        return ""
    return f"round {latest.number} on {say_day(latest.last.start.date(), scene.year)} has come since"
