"""One mail for the writing model: asked, judged, sent back once, remembered.

A mail of the model's passes the same checks as any other, and those that only such a mail must pass; and the model
looks at it a second time, beside the facts. With faults it goes back once. If it still has an error, our own draft is
used and the reason said; a doubt that is left is a warning, for the user to weigh.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.checks import Briefing, Finding, MailPart, check_mail, choose_rules
from followup_mail.drafts.assignment import Assignment
from followup_mail.drafts.template_folders import FACT_CHECK
from followup_mail.drafts.write_draft import gather_facts
from followup_mail.errors import SettingsError, WritingModelError
from followup_mail.message.draft import Draft
from followup_mail.message.thread import reply_subject
from followup_mail.services.model_draft import make_model_draft
from followup_mail.services.model_privacy import hide_from_model, may_tell
from followup_mail.services.prepared import ModelUse, Surround, Written
from followup_mail.services.who_writes import Asking, Author
from followup_mail.services.wordings import read_guide
from followup_mail.workspace import Workspace
from followup_mail.writing_model.answer_form import MAIL
from followup_mail.writing_model.brief import Brief, make_brief
from followup_mail.writing_model.endpoint import Endpoint
from followup_mail.writing_model.model_mail import ModelMail, read_mail
from followup_mail.writing_model.own_doubts import find_doubts
from followup_mail.writing_model.prompt import Messages, ask_again, instructions, key_of, make_messages
from followup_mail.writing_model.remembered import Remembered, WrittenMails
from followup_mail.writing_model.stand_ins import StandIns

_ABOUT_NAMES: Final = "FM20"
"""The family of rules about names of people, firms and posts. What they know beside the facts is not for the model."""


class ModelJob(Struct, frozen=True):
    """One mail for the model to write."""

    workspace: Workspace
    endpoint: Endpoint
    assignment: Assignment
    ours: Written
    words: dict[str, object]
    """The facts as templates have them."""
    stand_ins: StandIns
    guide: str

    @classmethod
    def make(cls, workspace: Workspace, endpoint: Endpoint, assignment: Assignment, ours: Written) -> ModelJob:
        """Gather what it takes. Raises ``TemplateError`` for a guide that cannot be read."""
        reader, guides = ours.step.person, workspace.template_folders.guides(ours.step.kind)
        assert reader is not None
        stand_ins = hide_from_model(workspace, assignment.application, reader)
        words = gather_facts(workspace.writer, assignment, reader)
        return cls(workspace, endpoint, assignment, ours, words, stand_ins, "\n\n".join(map(read_guide, guides)))

    @property
    def memory(self) -> WrittenMails:
        return WrittenMails(self.workspace.home, self.ours.draft.step.application)

    def recall(self, *, again: bool) -> Written:
        """Return what was answered before; our draft, with nothing noted, where the model is still to be asked."""
        brief = self.brief(())
        known = None if again else self.memory.find(self.key(brief))
        return self._use(brief, known) if known else self.ours

    def ask(self, asking: Asking, others: Sequence[Written], surround: Surround) -> Written:
        """Ask the model, unless nobody agrees to it, and return its mail or ours with the reason."""
        step = self.ours.draft.step
        written = (other.draft.text for other in others if step.is_beside(other.draft.step))
        beside = (*written, *self.assignment.mails_beside(), *self.memory.beside(step))
        brief = self.brief(dict.fromkeys(beside))
        to = self.ours.draft.to.name
        if asking.author is Author.NOBODY:
            asking.show_prompt(to, make_messages(self.guide, brief))
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

    def brief(self, beside: Iterable[str]) -> Brief:
        """Return what the model is given; ``beside`` are mails to others of the panel."""
        reader = self.ours.step.person
        assert reader is not None
        return make_brief(self.assignment, reader, self.words, self.stand_ins, beside)

    def key(self, brief: Brief) -> str:
        """Return what the answer is remembered by."""
        frame = self.ours.draft
        files = (f"{file.filename} {file.sha256}" for file in frame.attachments)
        frame_words = (str(self.words[name]) for name in ("greeting", "sign_off", "signature"))
        thread = frame.thread.message_id if frame.thread else ""
        around = (str(frame.step), frame.to.email, *frame_words, *self.stand_ins.called(), thread, *files)
        return key_of(self.endpoint.model, self.guide, brief, around)

    def _may_not_ask(self, asking: Asking) -> str:
        """Return why the model is not asked; empty when it is."""
        if asking.author is Author.REMEMBERED:
            return "The writing model was not asked for it yet; `followup-mail preview` asks."
        if may_tell(self.workspace, self.endpoint, asking):
            return ""
        return "The writing model was not asked, since nobody has agreed to what would leave this machine."

    def _write(self, brief: Brief, others: Sequence[Written], surround: Surround) -> Remembered:
        """Return the model's mail, and why it cannot be used; a second try, if the first one has faults."""
        messages = make_messages(self.guide, brief)
        first = self._try(messages, brief, others, surround)
        if not first.faults:
            return self._remembered(first)
        found = [self.stand_ins.hide(_say(fault)) for fault in first.faults]
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
        context = surround(self._written(brief, mail, doubts), others)
        found = check_mail(context, choose_rules())
        shown = tuple(map(self.stand_ins.show, doubts))
        # In a thread the subject is theirs.
        places = {MailPart.BODY} if self.ours.draft.thread else {MailPart.BODY, MailPart.SUBJECT}
        return tuple(finding for finding in found if finding.place in places and _is_fault(finding, shown))

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
        show = self.stand_ins.show
        frame = replace(self.ours.draft, model=self.endpoint.model, subject=_subject_of_theirs(self.ours.draft))
        shown = ModelMail(show(mail.subject), show(mail.body))
        draft = make_model_draft(self.workspace.writer, frame, self.words, shown, brief.own_sentences)
        briefing = Briefing(brief.facts, instructions(self.guide), tuple(map(show, doubts)))
        use = ModelUse(self.key(brief), briefing=briefing)
        return replace(self.ours, draft=draft, unwritable=None, model_use=use)

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


def _subject_of_theirs(draft: Draft) -> str:
    """Return the subject of an answer to a letter that was pasted, which has no thread; else the model has its own."""
    is_answer = draft.step.kind.traits.answers_rejection and draft.subject == reply_subject(draft.subject)
    return draft.subject if is_answer else ""


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
