"""Facts, cadence, history and ``now`` to a plan: every follow-up with its date, person, channel, state and reason.

A pure function: the same in gives the same out. Read on in ``thank_yous``, ``follow_ups`` and ``application_steps``,
which propose the steps of their kinds, then in ``step_states``, which says where each one stands.
"""

from __future__ import annotations

from datetime import UTC, datetime

from followup_mail.cadence.application_steps import propose_checks, propose_rejection
from followup_mail.cadence.contact_gap import list_contacts
from followup_mail.cadence.elsewhere import keep_off_days
from followup_mail.cadence.follow_ups import propose_follow_ups
from followup_mail.cadence.pause_end import wait_for_pauses_end
from followup_mail.cadence.plan_notes import write_notes
from followup_mail.cadence.planning_context import PlanningContext
from followup_mail.cadence.step import Kind, Plan, Step
from followup_mail.cadence.step_states import judge
from followup_mail.cadence.steps_outside_plan import propose_remains
from followup_mail.cadence.thank_yous import propose_thanks


def plan_from(context: PlanningContext) -> Plan:
    """Return the plan of an application whose circumstances were looked up."""
    thanks = propose_thanks(context)
    proposals = (
        *propose_checks(context),
        *thanks,
        *propose_follow_ups(context, list_contacts(context, thanks)),
        *propose_rejection(context),
    )
    proposals = wait_for_pauses_end(context, (*proposals, *propose_remains(context, proposals)))
    proposals = keep_off_days(context, proposals)
    steps = tuple(sorted(judge(context, proposals), key=_in_time))
    return Plan(context.application.slug, context.cadence.name, steps, write_notes(context, proposals, steps))


_LAST = datetime.max.replace(tzinfo=UTC)
_ORDER = {kind: n for n, kind in enumerate(Kind)}


def _in_time(step: Step) -> tuple[datetime, int]:
    """Order by when it happened or will; what has no date comes last."""
    moment = step.at or step.due_at
    return (moment.astimezone(UTC) if moment else _LAST, _ORDER[step.kind])
