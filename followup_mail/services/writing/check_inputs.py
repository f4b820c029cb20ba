"""Lay a draft before the checks, with all that is known around it: the panel, what was said before, the files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.roster import list_members
from followup_mail.cadence.step import StepId
from followup_mail.checks import CheckContext, Companion, with_facts
from followup_mail.outbox.entry import in_zone
from followup_mail.services.context.application_context import ApplicationContext, reached_person
from followup_mail.services.context.close_contacts import shares_day, with_close_contact
from followup_mail.services.context.other_companies import OtherCompanies
from followup_mail.services.writing.prepared import Written
from followup_mail.workspace import Workspace

_ADVERT_LIMIT = 200_000
"""Bytes. Longer than any advert."""


class Background(Struct, frozen=True):
    """What the checks are told besides the draft; the same for every draft of one request."""

    other_companies: OtherCompanies
    own_addresses: tuple[str, ...]
    employer_domains: tuple[str, ...]
    advert: str


def read_background(workspace: Workspace, context: ApplicationContext) -> Background:
    """Gather it: the companies of the other applications, the settings, the job advert."""
    advert = _read_advert(workspace.facts.path(context.application.slug).parent, context.application.advert)
    return Background(
        OtherCompanies(workspace.facts, context.application),
        workspace.own_addresses,
        workspace.settings.employer_domains,
        advert,
    )


def _read_advert(folder: Path, name: str | None) -> str:
    """Return the beginning of the advert; nothing when there is none to read: one warning less, and no harm."""
    try:
        path = folder / (name or "")
        if not name or not path.is_file():
            return ""
        with path.open("rb") as stream:
            return stream.read(_ADVERT_LIMIT).decode("utf-8", errors="replace")
    except OSError:
        return ""


def surround(
    bare: CheckContext,
    context: ApplicationContext,
    background: Background,
    step: StepId | None,
    beside: Iterable[Companion] = (),
) -> CheckContext:
    """Return a mail with all that is known around it, the same for every road by which it came.

    ``bare`` has its words, its envelope, its step and what is attached; ``step`` is the identity of that step, which
    the plan need not have. ``beside`` are notes to others of the same panel that were written with it; those that were
    sent or wait are known from the history.
    """
    history = context.history
    names = {member.handle: member.person.name for member in list_members(context.application)}
    besides = [touch for touch in history.told if step and touch.text and step.is_beside(touch.step)]
    companions = [Companion(names.get(touch.step.person, touch.step.person), touch.text) for touch in besides]
    before = history.told_before(step, bare.sends_at) if step else ()
    known = replace(
        bare,
        other_companies=background.other_companies.named_in(bare.subject, bare.text),
        companions=(*beside, *companions),
        said_before=tuple(touch.text for touch in before if touch.text),
        own_addresses=background.own_addresses,
        employer_domains=background.employer_domains,
        advert=background.advert,
        defaults=context.planning.defaults,
    )
    return with_facts(with_close_contact(known, context), context.application)


def make_check_context(
    context: ApplicationContext, one: Written, batch: Sequence[Written], background: Background
) -> CheckContext:
    """Return what the checks look at for one of several drafts written together."""
    bare = CheckContext(
        subject=one.draft.subject,
        text=one.draft.text,
        kind=one.step.kind,
        sender=one.draft.sender.mailbox,
        recipient=one.draft.to,
        person=reached_person(one.step),
        step=one.step,
        sends_at=in_zone(one.timing.due_at, one.timing.place.zone),
        enclosures=tuple(file.filename for file in one.draft.attachments),
        briefing=one.model_use.briefing if one.model_use else None,
        thread_subject=one.draft.subject if one.draft.thread else "",
        shared_day=one.timing.insisted and shares_day(context, one.step, one.timing.due_at),
    )
    beside = (Companion(_name(other), other.draft.text) for other in batch if other is not one)
    return surround(bare, context, background, one.step.id, beside)


def _name(one: Written) -> str:
    return one.step.person.name if one.step.person else one.draft.to.name
