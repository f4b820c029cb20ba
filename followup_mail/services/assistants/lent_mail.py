"""A mail in the words of a model that is not ours to ask: whoever has it gets the questions and brings the answers.

Nothing is remembered between two answers: each time the conversation is held anew up to where it stands, from the facts
as they are then. Its end is a proposal like any other; nothing of it is queued before a person has accepted it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from msgspec.structs import replace

from followup_mail.cadence.step import StepId
from followup_mail.errors import RefusedError, WritingModelError
from followup_mail.proposals.proposal import WHY_LIMIT, ProposedMail
from followup_mail.services.assistants.tell_mail import tell_mail_proposed
from followup_mail.services.assistants.telling import Told
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.mail_accounts import of_application
from followup_mail.services.proposals.propose import propose_mail
from followup_mail.services.proposals.write_proposed import request_for
from followup_mail.services.writing.mail_conversation import MailConversation, Question, replay
from followup_mail.services.writing.mail_frame import MailFrame
from followup_mail.services.writing.prepare import write_ours
from followup_mail.workspace import Workspace
from followup_mail.writing_model.model_reply import without_thinking
from followup_mail.writing_model.remembered import Remembered, WrittenMails

_LONGEST_ANSWER: Final = 64 * 1024

Answer: TypeAlias = str | WritingModelError
"""What a model answered, or why it did not."""


def begin_lent_mail(workspace: Workspace, step: StepId, by: str) -> MailConversation:
    """Return the conversation about the mail of a step; ``by`` is what the model is called.

    Raises ``NotFoundError`` for a step that there is not, and ``RefusedError`` for one that is done, queued, ruled out,
    or that no model writes.
    """
    context = open_application(workspace, step.application)
    workspace = of_application(workspace, context.application)
    if not workspace.template_folders.guides(step.kind):
        raise RefusedError(f"No model writes a mail of the kind {step.kind}.", fix="It comes in our own wordings.")
    ours = write_ours(workspace, context, request_for(context, step))
    pair = next((pair for pair in ours.mails if pair[1].draft.step == step), None)
    if pair is None or pair[1].step.person is None:
        raise RefusedError("There is nobody to write to in this step yet.", fix="Propose the person first.")
    frame = MailFrame.make(workspace, *pair)
    beside = (*pair[0].mails_beside(), *WrittenMails(workspace.home, step.application).beside(step))
    return MailConversation.begin(frame, by, frame.brief(dict.fromkeys(beside)), (), ours.surround)


def go_on(conversation: MailConversation, answers: Sequence[Answer]) -> Question | Remembered:
    """Return the next question after these answers, or the end. Raises ``WritingModelError`` as ``replay`` does."""
    return replay(conversation, [_fit_to_read(answer) for answer in answers])


def propose_lent(workspace: Workspace, conversation: MailConversation, answers: Sequence[Answer]) -> Told:
    """Keep the mail that a conversation ends with as a proposal, with what is left to doubt in it.

    Raises ``WritingModelError`` where the answers hold no mail, ``RefusedError`` for one that did not pass, and as
    ``propose_mail`` does.
    """
    end = go_on(conversation, answers)
    if isinstance(end, Question):
        raise WritingModelError("The model did not answer.")
    if end.refused:
        raise RefusedError(f"What the model wrote did not pass: {end.refused}", fix="Our own wording stays.")
    show = conversation.frame.stand_ins.show
    doubt = _say_doubts([show(doubt) for doubt in end.doubts])
    mail = ProposedMail(conversation.frame.ours.draft.step, show(end.subject), show(end.body))
    told = tell_mail_proposed(propose_mail(workspace, mail, conversation.by, doubt))
    return replace(told, quoted={**told.quoted, "left_to_doubt": doubt}) if doubt else told


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
