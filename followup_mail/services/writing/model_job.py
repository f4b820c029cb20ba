"""One mail for the writing model that is set: asked for, unless nobody agrees to that, and remembered.

What is asked and when it may be used is in ``mail_conversation``. Where it may not, our own draft is used and the
reason said.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import SettingsError, WritingModelError
from followup_mail.services.writing.mail_conversation import MailConversation, Question, hold
from followup_mail.services.writing.mail_frame import MailFrame
from followup_mail.services.writing.model_privacy import may_tell
from followup_mail.services.writing.prepared import ModelUse, Surround, Written
from followup_mail.services.writing.who_writes import Asking, Author
from followup_mail.workspace import Workspace
from followup_mail.writing_model.brief import Brief
from followup_mail.writing_model.endpoint import Endpoint
from followup_mail.writing_model.model_mail import ModelMail
from followup_mail.writing_model.prompt import key_of, make_messages
from followup_mail.writing_model.remembered import Remembered, WrittenMails


class ModelJob(Struct, frozen=True):
    """One mail for the model to write."""

    frame: MailFrame
    endpoint: Endpoint

    @property
    def workspace(self) -> Workspace:
        return self.frame.workspace

    @property
    def ours(self) -> Written:
        return self.frame.ours

    @property
    def memory(self) -> WrittenMails:
        return WrittenMails(self.workspace.home, self.ours.draft.step.application)

    def recall(self, *, again: bool) -> Written:
        """Return what was answered before; our draft, with nothing noted, where the model is still to be asked."""
        brief = self.frame.brief(())
        known = None if again else self.memory.find(self.key(brief))
        return self._use(brief, known) if known else self.ours

    def ask(self, asking: Asking, others: Sequence[Written], surround: Surround) -> Written:
        """Ask the model, unless nobody agrees to it, and return its mail or ours with the reason."""
        step = self.ours.draft.step
        written = (other.draft.text for other in others if step.is_beside(other.draft.step))
        beside = (*written, *self.frame.assignment.mails_beside(), *self.memory.beside(step))
        brief = self.frame.brief(dict.fromkeys(beside))
        to = self.ours.draft.to.name
        if asking.author is Author.NOBODY:
            asking.show_prompt(to, make_messages(self.frame.guide, brief))
            return self.ours
        if why_not := self._may_not_ask(asking):
            return self._ours(brief, why_not)
        asking.tell(f"{self.endpoint.model} is writing the {self.ours.step.kind.traits.in_sentence} to {to} …")
        try:
            answer = self._write(brief, others, surround)
        except (WritingModelError, SettingsError) as error:
            # It may answer the next time, so this is not remembered.
            return self._ours(brief, error.in_full)
        self.memory.keep(self.key(brief), answer)
        return self._use(brief, answer)

    def key(self, brief: Brief) -> str:
        """Return what the answer is remembered by."""
        frame, draft = self.frame, self.ours.draft
        files = (f"{file.filename} {file.sha256}" for file in draft.attachments)
        frame_words = (str(frame.words[name]) for name in ("greeting", "sign_off", "signature"))
        thread = draft.thread.message_id if draft.thread else ""
        around = (str(draft.step), draft.to.email, *frame_words, *frame.stand_ins.called(), thread, *files)
        return key_of(self.endpoint.model, frame.guide, brief, around)

    def _may_not_ask(self, asking: Asking) -> str:
        """Return why the model is not asked; empty when it is."""
        if asking.author is Author.REMEMBERED:
            return "The writing model was not asked for it yet; `followup-mail preview` asks."
        if may_tell(self.workspace, self.endpoint, asking):
            return ""
        return "The writing model was not asked, since nobody has agreed to what would leave this machine."

    def _write(self, brief: Brief, others: Sequence[Written], surround: Surround) -> Remembered:
        """Return the model's mail, or why it cannot be used."""
        return hold(MailConversation.begin(self.frame, self.endpoint.model, brief, others, surround), self._ask)

    def _ask(self, question: Question) -> str:
        from followup_mail.writing_model.chat import ask

        return ask(self.endpoint, question.messages, question.form.schema)

    def _use(self, brief: Brief, answer: Remembered) -> Written:
        """Return the mail of an answer, or ours with the reason why not."""
        if answer.refused:
            return self._ours(brief, f"What it wrote did not pass: {answer.refused}")
        written = self._written(brief, ModelMail(answer.subject, answer.body), answer.doubts)
        assert written.model_use is not None
        use = replace(written.model_use, is_read=answer.is_read, stamp=answer.stamp)
        return replace(written, model_use=use)

    def _written(self, brief: Brief, mail: ModelMail, doubts: tuple[str, ...] = ()) -> Written:
        return self.frame.fill(self.endpoint.model, brief, mail, doubts, key=self.key(brief))

    def _ours(self, brief: Brief, why_not: str) -> Written:
        return replace(self.ours, model_use=ModelUse(self.key(brief), why_not=why_not))
