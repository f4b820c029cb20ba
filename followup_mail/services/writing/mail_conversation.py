"""What a model is asked for one mail, one question after the other; who asks, and over which road, is not its matter.

A mail of a model's passes the same checks as any other, and those that only such a mail must pass; and the model looks
at it a second time, beside the facts. With faults it goes back once. If it still has an error, it is refused and the
reason said; a doubt that is left is a warning, for the user to weigh. The same answers give the same questions.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Final, TypeAlias

from msgspec import Struct

from followup_mail.checks import Finding
from followup_mail.drafts.template_folders import FACT_CHECK
from followup_mail.errors import SettingsError, WritingModelError
from followup_mail.services.writing.mail_frame import MailFrame
from followup_mail.services.writing.prepared import Surround, Written
from followup_mail.services.writing.wordings import read_guide
from followup_mail.writing_model.answer_form import CLAIMS, MAIL, AnswerForm
from followup_mail.writing_model.brief import Brief
from followup_mail.writing_model.model_mail import ModelMail, read_mail
from followup_mail.writing_model.own_doubts import ask_for_doubts, read_doubts
from followup_mail.writing_model.prompt import Messages, ask_again, make_messages
from followup_mail.writing_model.remembered import Remembered

MOST_QUESTIONS: Final = 4
"""A mail, a second look at it, the mail once more, a look at that."""
_ABOUT_NAMES: Final = "FM20"
"""The family of rules about names of people, firms and posts. What they know beside the facts is not for the model."""


class Question(Struct, frozen=True):
    """One question to a model."""

    messages: Messages
    form: AnswerForm


Talk: TypeAlias = Generator[Question, str, Remembered]
"""Yields questions, takes what was answered (or the error instead), returns the mail, or why there is none."""


class MailConversation(Struct, frozen=True):
    """All that is asked of a model for one mail."""

    frame: MailFrame
    by: str
    """What the model is called."""
    brief: Brief
    fact_check: str
    """The guide of the second look; empty for none."""
    others: Sequence[Written]
    """The other mails of the batch."""
    surround: Surround

    @classmethod
    def begin(
        cls, frame: MailFrame, by: str, brief: Brief, others: Sequence[Written], surround: Surround
    ) -> MailConversation:
        """Return the conversation about a mail. Raises ``TemplateError`` for a guide that cannot be read."""
        guide = frame.workspace.template_folders.guide(FACT_CHECK)
        return cls(frame, by, brief, read_guide(guide) if guide else "", others, surround)

    def talk(self) -> Talk:
        """Hold it: see ``Talk``. Raises ``WritingModelError`` where an answer is no mail, or none came."""
        messages = make_messages(self.frame.guide, self.brief)
        first = yield from self._try(messages)
        if not first.faults:
            return self._remembered(first)
        found = [self.frame.stand_ins.hide(_say(fault)) for fault in first.faults]
        second = yield from self._try(ask_again(messages, first.answer, found))
        return self._remembered(second if not second.errors or first.errors else first)

    def _try(self, messages: Messages) -> Generator[Question, str, _Try]:
        answer = yield Question(messages, MAIL)
        mail = read_mail(answer)
        tried = _Try(answer, mail, self._judge(mail, ()))
        if tried.errors or not (doubts := (yield from self._doubts(mail))):
            return tried
        return _Try(answer, mail, self._judge(mail, doubts), doubts)

    def _judge(self, mail: ModelMail, doubts: tuple[str, ...]) -> tuple[Finding, ...]:
        """Return the faults of a mail for which it goes back."""
        written = self.frame.fill(self.by, self.brief, mail, doubts)
        found = self.frame.find_faults(written, self.others, self.surround)
        shown = tuple(map(self.frame.stand_ins.show, doubts))
        return tuple(finding for finding in found if _is_fault(finding, shown))

    def _doubts(self, mail: ModelMail) -> Generator[Question, str, tuple[str, ...]]:
        """Return what the model itself doubts on a second look; nothing where it cannot be asked."""
        if not self.fact_check:
            return ()
        try:
            answer = yield Question(ask_for_doubts(self.fact_check, self.brief, mail), CLAIMS)
            return read_doubts(answer, mail)
        except (WritingModelError, SettingsError):
            return ()

    def _remembered(self, tried: _Try) -> Remembered:
        refused = " ".join(finding.message for finding in tried.errors[:2])
        return Remembered(tried.mail.subject, tried.mail.body, refused, str(self.frame.ours.draft.step), tried.doubts)


def hold(conversation: MailConversation, ask: Callable[[Question], str]) -> Remembered:
    """Hold a conversation to its end, asking each question.

    Raises ``WritingModelError`` and ``SettingsError`` as ``ask`` does, unless the conversation can do without.
    """
    talk = conversation.talk()
    try:
        question = next(talk)
        while True:
            try:
                answer = ask(question)
            except (WritingModelError, SettingsError) as error:
                question = talk.throw(error)
            else:
                question = talk.send(answer)
    except StopIteration as end:
        return _ended(end)


def replay(conversation: MailConversation, answers: Sequence[str | WritingModelError]) -> Question | Remembered:
    """Return what follows after these answers: the next question, or the end.

    Where nobody waits between question and answer, each step begins anew. Raises ``WritingModelError`` where an answer
    cannot be used.
    """
    talk = conversation.talk()
    try:
        question = next(talk)
        for answer in answers:
            question = talk.send(answer) if isinstance(answer, str) else talk.throw(answer)
    except StopIteration as end:
        return _ended(end)
    return question


def _ended(end: StopIteration) -> Remembered:
    assert isinstance(end.value, Remembered)
    return end.value


class _Try(Struct, frozen=True):
    """One answer with what was found in it."""

    answer: str
    mail: ModelMail
    faults: tuple[Finding, ...]
    doubts: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(fault for fault in self.faults if fault.is_error)


def _is_fault(finding: Finding, doubts: tuple[str, ...]) -> bool:
    """Return whether a mail goes back for it: an error, or what the model itself doubts.

    Our other warnings are the user's to weigh. Sent back, they made mails worse as often as better: four in five of
    those about figures were wrong.
    """
    return finding.is_error or finding.words in doubts


def _say(finding: Finding) -> str:
    """Return a finding as the model gets it, without what it could learn from it about other applications."""
    if finding.code.startswith(_ABOUT_NAMES) and finding.words:
        return f"'{finding.words}' is not in the facts like that. Leave it out, or write it as the facts have it."
    return f"{finding.message} {finding.fix}".strip()
