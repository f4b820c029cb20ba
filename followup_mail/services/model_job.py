"""One mail for the writing model: asked, judged, sent back once, remembered.

A mail of the model's passes the same checks as any other, and those that only such a mail must pass; and the model
looks at it a second time, beside the facts. With faults it goes back once. If it still has an error, our own draft is
used and the reason said; a doubt that is left is a warning, for the user to weigh.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.checks import Finding
from followup_mail.drafts.template_folders import FACT_CHECK
from followup_mail.errors import SettingsError, WritingModelError
from followup_mail.services.mail_frame import MailFrame
from followup_mail.services.model_privacy import may_tell
from followup_mail.services.prepared import ModelUse, Surround, Written
from followup_mail.services.who_writes import Asking, Author
from followup_mail.services.wordings import read_guide
from followup_mail.workspace import Workspace
from followup_mail.writing_model.answer_form import MAIL
from followup_mail.writing_model.brief import Brief
from followup_mail.writing_model.endpoint import Endpoint
from followup_mail.writing_model.model_mail import ModelMail, read_mail
from followup_mail.writing_model.own_doubts import find_doubts
from followup_mail.writing_model.prompt import Messages, ask_again, key_of, make_messages
from followup_mail.writing_model.remembered import Remembered, WrittenMails

_ABOUT_NAMES: Final = "FM20"
"""The family of rules about names of people, firms and posts. What they know beside the facts is not for the model."""


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
            return self._ours(brief, f"{error.sentence} {error.fix}".strip())
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
        """Return the model's mail, and why it cannot be used; a second try, if the first one has faults."""
        messages = make_messages(self.frame.guide, brief)
        first = self._try(messages, brief, others, surround)
        if not first.faults:
            return self._remembered(first)
        found = [self.frame.stand_ins.hide(_say(fault)) for fault in first.faults]
        second = self._try(ask_again(messages, first.answer, found), brief, others, surround)
        return self._remembered(second if not second.errors or first.errors else first)

    def _try(self, messages: Messages, brief: Brief, others: Sequence[Written], surround: Surround) -> _Try:
        from followup_mail.writing_model.chat import ask

        answer = ask(self.endpoint, messages, MAIL.schema)
        mail = read_mail(answer)
        tried = _Try(answer, mail, self._judge(brief, mail, (), others, surround))
        if tried.errors or not (doubts := self._doubts(brief, mail)):
            return tried
        return _Try(answer, mail, self._judge(brief, mail, doubts, others, surround), doubts)

    def _judge(
        self, brief: Brief, mail: ModelMail, doubts: tuple[str, ...], others: Sequence[Written], surround: Surround
    ) -> tuple[Finding, ...]:
        """Return the faults of a mail for which it goes back."""
        found = self.frame.find_faults(self._written(brief, mail, doubts), others, surround)
        shown = tuple(map(self.frame.stand_ins.show, doubts))
        return tuple(finding for finding in found if _is_fault(finding, shown))

    def _doubts(self, brief: Brief, mail: ModelMail) -> tuple[str, ...]:
        """Return what the model itself doubts on a second look; nothing where it cannot be asked."""
        guide = self.workspace.template_folders.guide(FACT_CHECK)
        try:
            return find_doubts(self.endpoint, read_guide(guide), brief, mail) if guide else ()
        except (WritingModelError, SettingsError):
            return ()

    def _remembered(self, tried: _Try) -> Remembered:
        refused = " ".join(finding.message for finding in tried.errors[:2])
        step = str(self.ours.draft.step)
        return Remembered(tried.mail.subject, tried.mail.body, refused, step, tried.doubts)

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
    """Tell whether a mail goes back for it: an error, or what the model itself doubts.

    Our other warnings are the user's to weigh. Sent back, they made mails worse as often as better: four in five of
    those about figures were wrong.
    """
    return finding.is_error or finding.words in doubts


def _say(finding: Finding) -> str:
    """Return a finding as the model gets it, without what it could learn from it about other applications."""
    if finding.code.startswith(_ABOUT_NAMES) and finding.words:
        return f"'{finding.words}' is not in the facts like that. Leave it out, or write it as the facts have it."
    return f"{finding.message} {finding.fix}".strip()
