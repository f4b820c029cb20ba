"""What is asked for, and for whom: one kind of mail, for everybody concerned or for some."""

from __future__ import annotations

import difflib

from msgspec import Struct

from followup_mail.cadence.requested_step import find_steps
from followup_mail.cadence.roster import Member, list_members
from followup_mail.cadence.step import Kind, Plan, Step, StepId, StepState
from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.facts.addressees import is_meant
from followup_mail.facts.application import Application

_STILL_TO_WRITE = frozenset({StepState.DUE, StepState.UPCOMING, StepState.BLOCKED, StepState.MISSED})


class Request(Struct, frozen=True):
    """One command's wish, in the user's words."""

    application: str
    kind: Kind | None
    """None while it is still to be read, or with the whole plan."""
    to: tuple[str, ...] = ()
    wording: str = ""
    at: str = ""
    """A moment in the WHEN grammar; empty for the planned one."""
    at_once: bool = False
    """It is sent now or not at all, so what is true now may be said."""
    ignore: tuple[str, ...] = ()
    """Codes or names of check rules to leave out."""
    early: str = ""
    """Why it may leave days before the plan has it; empty when it may not."""
    to_drafts: bool = False
    """It is put into the Drafts folder of the user's mailbox, and not sent from here."""
    even_taken: bool = False
    """Also what is done or queued already: for a preview."""
    steps: tuple[StepId, ...] = ()
    """Exactly these steps of the plan; empty: those of the kind for the people named."""


def read_kind(text: str) -> Kind:
    """Return the kind meant by ``thank_you``, ``thank-you`` or ``Thank You``. Raises ``NotFoundError``."""
    wanted = text.strip().lower().replace("-", "_").replace(" ", "_")
    try:
        return Kind(wanted)
    except ValueError:
        near = difflib.get_close_matches(wanted, list(Kind), n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise NotFoundError(f"There is no kind '{text}'.", fix=f"{hint}There are: {', '.join(Kind)}.") from None


def find_members(application: Application, wanted: tuple[str, ...]) -> tuple[Member, ...]:
    """Return the people meant by names, parts of names or addresses. Raises ``NotFoundError`` for none or several."""
    members = list_members(application)
    return tuple(dict.fromkeys(_find_member(members, text, application.slug) for text in wanted))


def choose_steps(plan: Plan, kind: Kind, *, even_taken: bool) -> tuple[Step, ...]:
    """Return the steps of a kind that can be written, one per person; empty when the plan has none of that kind.

    Raises ``RefusedError`` when nothing is left to write: done, queued, ruled out. With ``even_taken``, for a look at
    what was or would have been written, those are returned instead.
    """
    of_kind = find_steps(plan, kind)
    still = tuple(step for step in of_kind if step.state in _STILL_TO_WRITE)
    only_blocked = all(step.state is StepState.BLOCKED for step in still)
    if only_blocked and len(still) < len(of_kind) and not even_taken:
        said = "; ".join(f"{_who(step)}: {step.standing}{f' ({step.note})' if step.note else ''}" for step in of_kind)
        raise RefusedError(
            f"No {kind} is left to write for {plan.application}: {said}.",
            fix=f"See `followup-mail plan {plan.application}`.",
        )
    return still or of_kind


def _who(step: Step) -> str:
    return step.person.name if step.person else "nobody known"


def _find_member(members: tuple[Member, ...], text: str, slug: str) -> Member:
    wanted = text.strip().casefold()
    exact = [
        one
        for one in members
        if wanted in {one.handle, one.person.name.casefold(), (one.person.email or "").casefold()}
    ]
    found = (
        exact
        or [one for one in members if wanted and wanted in one.person.name.casefold()]
        or [one for one in members if is_meant(text, one.person.name)]
    )
    if len(found) == 1:
        return found[0]
    names = ", ".join(one.person.name for one in found or members) or "nobody yet"
    if found:
        raise NotFoundError(f"'{text}' could be {names}.", fix="Write more of the name, or the address.")
    raise NotFoundError(f"'{text}' is nobody in {slug}.", fix=f"The facts know: {names}.")
