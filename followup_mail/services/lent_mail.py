"""A mail in the words of a model that is not ours to ask: whoever has it gets the questions and brings the answers.

Nothing is remembered between two answers: each time the conversation is held anew up to where it stands, from the facts
as they are then. Its end is a proposal like any other; nothing of it is queued before a person has accepted it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from followup_mail.errors import RefusedError, WritingModelError
from followup_mail.proposals.proposal import WHY_LIMIT, ProposedMail
from followup_mail.services.application_context import open_application
from followup_mail.services.mail_accounts import of_application
from followup_mail.services.mail_conversation import MailConversation, Question, replay
from followup_mail.services.mail_frame import MailFrame
from followup_mail.services.prepare import write_ours
from followup_mail.services.request import Request, read_kind
from followup_mail.services.write_proposed import refuse_unless_open
from followup_mail.workspace import Workspace
from followup_mail.writing_model.model_reply import without_thinking
from followup_mail.writing_model.remembered import Remembered, WrittenMails

_LONGEST_ANSWER: Final = 64 * 1024

Answer: TypeAlias = str | WritingModelError
"""What a model answered, or why it did not."""


def begin_lent_mail(workspace: Workspace, request: tuple[str, str, str], by: str) -> MailConversation:
    """Return the conversation about one mail; ``request`` is application, kind and person, ``by`` the model's name.

    Raises ``NotFoundError`` for what there is not, and ``RefusedError`` for a mail that no model writes.
    """
    application, kind, person = request
    wanted = read_kind(kind)
    context = open_application(workspace, application)
    workspace = of_application(workspace, context.application)
    ours = write_ours(workspace, context, Request(context.application.slug, wanted, (person,) if person else ()))
    if len(ours.mails) != 1:
        names = ", ".join(written.draft.to.name for _, written in ours.mails)
        raise RefusedError(f"That would be several mails: to {names}.", fix="Name the person.")
    assignment, written = ours.mails[0]
    if written.step.person is None or not workspace.template_folders.guides(wanted):
        raise RefusedError(f"No model writes a mail of the kind {wanted}.", fix="It comes in our own wordings.")
    if planned := context.plan.step(written.draft.step):
        refuse_unless_open(planned)
    frame = MailFrame.make(workspace, assignment, written)
    step = written.draft.step
    beside = (*assignment.mails_beside(), *WrittenMails(workspace.home, step.application).beside(step))
    return MailConversation.begin(frame, by, frame.brief(dict.fromkeys(beside)), (), ours.surround)


def go_on(conversation: MailConversation, answers: Sequence[Answer]) -> Question | Remembered:
    """Return the next question after these answers, or the end. Raises ``WritingModelError`` as ``replay`` does."""
    return replay(conversation, [_fit_to_read(answer) for answer in answers])


def as_proposal(conversation: MailConversation, end: Remembered) -> tuple[ProposedMail, str]:
    """Return the mail with the names of people, and what is left to doubt in it, in a sentence.

    Raises ``RefusedError`` for a mail that did not pass.
    """
    if end.refused:
        raise RefusedError(f"What the model wrote did not pass: {end.refused}", fix="Our own wording stays.")
    show = conversation.frame.stand_ins.show
    mail = ProposedMail(conversation.frame.ours.draft.step, show(end.subject), show(end.body))
    return mail, _say_doubts([show(doubt) for doubt in end.doubts])


def _fit_to_read(answer: Answer) -> Answer:
    if isinstance(answer, str) and len(answer) > _LONGEST_ANSWER:
        return WritingModelError("The model answered with far more than a mail.")
    return without_thinking(answer) if isinstance(answer, str) else answer


def _say_doubts(doubts: Sequence[str]) -> str:
    """Return the doubts as one sentence that fits beside a proposal."""
    if not doubts:
        return ""
    said = "The model itself found no fact for: " + "; ".join(f'"{doubt}"' for doubt in doubts)
    return f"{said}." if len(said) < WHY_LIMIT else f"{said[: WHY_LIMIT - 1]}…"
