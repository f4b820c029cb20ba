"""What other applications only plan: two that name the same day for one recruiter do not both keep it.

The one whose first interview was earlier keeps its day, and of two on one day the one whose short name comes first. So
no plan depends on one that depends on it, and every view names the same days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from followup_mail.cadence.set_aside import is_snoozed, say_set_aside
from followup_mail.cadence.step import Plan, StepState
from followup_mail.facts.application import Application
from followup_mail.facts.unparsed import may_have_address
from followup_mail.services.context.written_elsewhere import WrittenTo
from followup_mail.workspace import Workspace

_AHEAD = frozenset({StepState.DUE, StepState.UPCOMING})


def in_order(applications: Iterable[Application]) -> list[Application]:
    """Return applications in the order in which they choose their days."""
    return sorted(applications, key=rank)


def with_planned(written: WrittenTo, application: Application, plan: Plan, shared: frozenset[str]) -> WrittenTo:
    """Return ``written`` with the mails that a plan has ahead for ``shared`` addresses.

    Each counts on its own day only: one that stays undone keeps nothing away from the days after.
    """
    return with_days(written, application.slug, ((one, at) for one, at in list_ahead(plan) if one in shared))


def list_ahead(plan: Plan) -> Iterator[tuple[str, datetime]]:
    """Yield the address and the moment of each mail that a plan has ahead."""
    for step in plan.steps:
        reached = step.via or step.person
        email = (reached.email or "").casefold() if reached else ""
        if email and step.due_at and step.state in _AHEAD and step.channel.traits.is_sent:
            yield email, step.due_at


def with_days(written: WrittenTo, slug: str, ahead: Iterable[tuple[str, datetime]]) -> WrittenTo:
    """Return ``written`` with the mails that an application has ahead."""
    found: dict[str, tuple[tuple[str, datetime], ...]] = {}
    for email, at in ahead:
        found[email] = (*found.get(email, written.get(email, ())), (slug, at))
    return {**written, **found} if found else written


def keeps_days(application: Application, today: date) -> bool:
    """Return whether what an application plans counts: nothing is done for one that is put aside or snoozed."""
    return not say_set_aside(application, today) and not is_snoozed(application, today)


def find_shared(applications: Iterable[Application]) -> frozenset[str]:
    """Return the addresses that stand in several applications."""
    return find_in_several(map(list_emails, applications))


def find_in_several(each: Iterable[frozenset[str]]) -> frozenset[str]:
    """Return the addresses that stand in several of the given sets."""
    seen: set[str] = set()
    shared: set[str] = set()
    for emails in each:
        shared |= emails & seen
        seen |= emails
    return frozenset(shared)


def find_earlier(workspace: Workspace, application: Application) -> list[Application]:
    """Return the applications that choose their days before this one and share an address with it, in order.

    Those that share one with them count as well. What cannot be read is told elsewhere.
    """
    contents = {slug: content for slug, content in workspace.facts.contents() if slug != application.slug}
    found: dict[str, Application] = {}
    unsure: list[Application] = []
    wanted = list_emails(application)
    while wanted:
        near = [slug for slug, content in contents.items() if may_have_address(content, wanted)]
        for slug in near:
            del contents[slug]
        # One in which the look was not sure, and which turns out to share nothing now, may share with these later.
        unsure += [one for one in workspace.facts.load_these(near) if rank(one) < rank(application)]
        new = [one for one in unsure if not wanted.isdisjoint(list_emails(one))]
        unsure = [one for one in unsure if wanted.isdisjoint(list_emails(one))]
        found |= {one.slug: one for one in new}
        wanted = frozenset().union(*map(list_emails, new))
    return in_order(found.values())


def rank(application: Application) -> tuple[float, str]:
    """Return what an application's place among those that choose their days goes by: the first interview, the name."""
    starts = (interview.start.timestamp() for interview in application.interviews)
    return min(starts, default=float("inf")), application.slug


def list_emails(application: Application) -> frozenset[str]:
    """Return the addresses of contacts and people met, in lower case."""
    return frozenset(person.email.casefold() for person in application.everyone() if person.email)
