"""Mails of a request in the words that the user gave them before they are queued: written, composed and checked again.

What comes out are prepared mails like any others, so that they are queued in one transaction, as they were shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from followup_mail.cadence.requested_step import find_steps
from followup_mail.cadence.roster import list_members
from followup_mail.cadence.step import StepState
from followup_mail.checks import check_mail, choose_rules
from followup_mail.drafts.html_layout import lay_out
from followup_mail.errors import FollowupError
from followup_mail.message.compose import compose
from followup_mail.outbox.entry import BY_USER, WORDED_BY
from followup_mail.services.context.application_context import ApplicationContext, open_application
from followup_mail.services.context.mail_accounts import of_application
from followup_mail.services.context.request import Request
from followup_mail.services.writing.check_inputs import Background, make_check_context, read_background
from followup_mail.services.writing.early import without_early
from followup_mail.services.writing.prepare import prepare_in
from followup_mail.services.writing.prepared import Batch, Prepared, Written
from followup_mail.services.writing.sentences_of_theirs import find_of_theirs
from followup_mail.services.writing.who_writes import REMEMBERED, Asking, Author
from followup_mail.workspace import Workspace

_STILL: Final = frozenset({StepState.DUE, StepState.UPCOMING, StepState.MISSED, StepState.BLOCKED})


class Words(Struct, frozen=True):
    """What the user decided about one mail."""

    wording: str = ""
    """The wording it is written in; empty: as the request says."""
    subject: str = ""
    """A subject of the user's; empty: as written."""
    text: str = ""
    """A text of the user's; empty: as written."""
    ignore: tuple[str, ...] = ()
    """Codes of the check rules to leave out for this mail."""


class Worded(Struct, frozen=True):
    """The mails of a request, with what the user decided about each."""

    batch: Batch
    """In the words of the user, where there are some."""
    written: tuple[Prepared, ...]
    """The same mails as they are written without these words."""
    refused: Mapping[str, FollowupError] = field(default_factory=dict)
    """Why words of the user cannot become a mail, by the short name of the person; such a mail stays as written."""


def prepare_worded(
    workspace: Workspace, request: Request, words: Mapping[str, Words], asking: Asking = REMEMBERED
) -> Worded:
    """Write, compose and check every mail of a request, those that are queued already among them.

    ``words`` is by the short name of the person (``StepId.person``). Raises what ``prepare`` raises.
    """
    context = open_application(workspace, request.application)
    request = _with_queued(context, request)
    batch = prepare_in(workspace, context, request, asking=asking)
    if not any(words.values()):
        return Worded(batch, batch.prepared)
    workspace = of_application(workspace, context.application)
    background = read_background(workspace, context)
    around = _Around(workspace, context, background, request, words, asking.author is Author.GIVEN)
    anew = [_in_wording(around, one) for one in batch.prepared]
    refused: dict[str, FollowupError] = {}
    own = [_in_own_words(around, one, refused) for one in anew]
    return Worded(replace(batch, prepared=_check(around, own, anew)), _check(around, anew, anew), refused)


class _Around(Struct, frozen=True):
    """What is the same for all mails of a request."""

    workspace: Workspace
    context: ApplicationContext
    background: Background
    request: Request
    words: Mapping[str, Words]
    is_given: bool
    """Whether an assistant wrote the mails: then its sentences stay under the checks that its words have to pass."""

    def of(self, written: Written) -> Words:
        return self.words.get(written.step.id.person, Words())


def _with_queued(context: ApplicationContext, request: Request) -> Request:
    """Return the request for everybody of the plan, where some of its mails are queued and others are not."""
    if request.to or request.steps or request.kind is None:
        return request
    still = [step.id for step in find_steps(context.plan, request.kind) if step.state in _STILL]
    queued = [
        step.id
        for step in context.plan.steps
        if step.state is StepState.QUEUED and any(step.id.is_beside(other) for other in still)
    ]
    people = {step.person for step in (*still, *queued)}
    if not queued or "" in people:
        return request
    members = list_members(context.application)
    return replace(request, to=tuple(member.handle for member in members if member.handle in people))


def _in_wording(around: _Around, one: Prepared) -> Written:
    """Return a mail in the wording that was chosen for it alone. Raises ``TemplateError`` where that cannot be."""
    written, person = one.written, one.written.step.id.person
    wording = around.of(written).wording
    if not wording or wording == around.request.wording:
        return written
    alone = replace(around.request, wording=wording, to=(person,) if person else (), steps=(written.step.id,))
    batch = prepare_in(around.workspace, around.context, alone, asking=Asking(Author.OURS))
    return replace(batch.prepared[0].written, timing=written.timing)


def _in_own_words(around: _Around, written: Written, refused: dict[str, FollowupError]) -> Written:
    words = around.of(written)
    if not words.text and not words.subject:
        return written
    draft = written.draft
    subject, text = words.subject or draft.subject, words.text or draft.text
    try:
        html = lay_out(around.workspace.writer.render, subject, text)
        own = replace(draft, subject=subject, text=text, html=html, model="", own_words=())
        if (subject, text) != (draft.subject, draft.text) and not draft.wording.startswith(WORDED_BY):
            own = replace(own, wording=BY_USER)
        compose(own)
    except FollowupError as error:
        refused[written.step.id.person] = error
        return written
    return replace(written, draft=own, unwritable=None, model_use=written.model_use if around.is_given else None)


def _check(around: _Around, written: Sequence[Written], before: Sequence[Written]) -> tuple[Prepared, ...]:
    """Compose the mails and check each beside the others, as they are worded now; ``before``: without the user's."""
    request = around.request
    checked = []
    for one, theirs in zip(written, before, strict=True):
        left_out = around.of(one).ignore
        context = make_check_context(around.context, one, written, around.background)
        findings = check_mail(context, choose_rules(ignore=(*request.ignore, *left_out)))
        if request.early:
            findings = without_early(findings)
        if around.is_given:
            findings = find_of_theirs(findings, one.draft, theirs.draft)
        checked.append(Prepared(one, compose(one.draft), context, findings, left_out))
    return tuple(checked)
