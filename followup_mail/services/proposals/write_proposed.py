"""A proposed mail as it would leave now: the words of a program in our frame, with our own beside them."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.roster import list_members
from followup_mail.cadence.step import Step, StepId, StepState
from followup_mail.errors import NotFoundError, RefusedError, TemplateError
from followup_mail.proposals.proposal import ProposedMail
from followup_mail.services.context.application_context import ApplicationContext, open_application
from followup_mail.services.context.request import Request
from followup_mail.services.writing.prepare import prepare_in
from followup_mail.services.writing.prepared import Prepared
from followup_mail.services.writing.who_writes import Asking, Author, GivenWords
from followup_mail.workspace import Workspace

_OPEN = frozenset({StepState.DUE, StepState.UPCOMING, StepState.BLOCKED})


class MailLookedAt(Struct, frozen=True):
    """A mail in given words."""

    prepared: Prepared
    """As it would leave, with what the checks found."""
    ours: Prepared | None
    """The same step in our own wording; None where that cannot be written."""
    request: Request
    """What it is queued by."""


def write_proposed(workspace: Workspace, mail: ProposedMail, by: str, ignore: tuple[str, ...] = ()) -> MailLookedAt:
    """Write a mail in the words of ``by`` for a step that is still to do. Findings are returned, not raised.

    ``ignore`` has the codes of check rules that a person left out.

    Raises ``NotFoundError`` for an application or step that is not there, ``RefusedError`` for a step that is done,
    queued or ruled out, and what keeps it from being written.
    """
    context = open_application(workspace, mail.step.application)
    request = replace(request_for(context, mail.step), ignore=ignore)
    asking = Asking(Author.GIVEN, given={mail.step: GivenWords(by, mail.subject, mail.body)})
    prepared = _only(prepare_in(workspace, context, request, asking=asking).prepared, mail.step)
    if not prepared.written.draft.model:
        raise RefusedError("There is nobody to write to in this step yet.", fix="Propose the person first.")
    return MailLookedAt(prepared, _ours(workspace, context, request), request)


def _ours(workspace: Workspace, context: ApplicationContext, request: Request) -> Prepared | None:
    try:
        return prepare_in(workspace, context, request, asking=Asking(Author.OURS)).prepared[0]
    except TemplateError:
        return None


def request_for(context: ApplicationContext, step: StepId) -> Request:
    """Return the request for exactly this step of the plan, or for a step that the plan does not have.

    Raises ``RefusedError`` for a step that is done, queued, ruled out or no mail, ``NotFoundError`` for none.
    """
    slug = context.application.slug
    if planned := context.plan.step(step):
        _refuse_unless_open(planned)
        return Request(slug, step.kind, steps=(step,))
    if step.person and all(member.handle != step.person for member in list_members(context.application)):
        raise NotFoundError(f"There is nobody called {step.person} in the facts of {slug}.")
    of_kind = [each.id for each in context.plan.steps if (each.kind, each.id.person) == (step.kind, step.person)]
    if of_kind or not step.person:
        known = of_kind or [each.id for each in context.plan.steps]
        raise NotFoundError(
            f"The plan of {slug} has no such {step.kind.traits.in_sentence} (any more): {step}.",
            fix=f"It has: {', '.join(map(str, known)) or 'nothing'}.",
        )
    return Request(slug, step.kind, to=(step.person,))


def _refuse_unless_open(step: Step) -> None:
    traits = step.kind.traits
    name = step.person.name if step.person else "nobody"
    if not step.channel.traits.is_sent:
        raise RefusedError(f"The {traits.in_sentence} to {name} goes by {step.channel}, not by mail.")
    if step.state not in _OPEN:
        note = f" ({step.note})" if step.note else ""
        already = " already" if step.state in {StepState.DONE, StepState.QUEUED} else ""
        raise RefusedError(f"The {traits.in_sentence} to {name} is {step.standing}{already}{note}.")


def _only(prepared: tuple[Prepared, ...], step: StepId) -> Prepared:
    if len(prepared) != 1 or prepared[0].written.draft.step != step:
        found = ", ".join(str(mail.written.draft.step) for mail in prepared)
        raise NotFoundError(f"There is no step {step} to write now.", fix=f"There is: {found}.")
    return prepared[0]
