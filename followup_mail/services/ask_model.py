"""Let the writing model write what a request asks for, judge it, and keep our own draft where it fails.

A mail of the model's passes the same checks as any other, and those that only such a mail must pass. One that fails
goes back once with what was found; then our own draft is used, and the reason is told. Both outcomes are remembered,
so that what was shown is what is queued.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from followup_mail.checks import Briefing, Finding, MailPart, check_mail, choose_rules
from followup_mail.drafts.assignment import Assignment
from followup_mail.drafts.write_draft import gather_facts
from followup_mail.errors import SettingsError, WritingModelError
from followup_mail.services.model_agreement import may_tell
from followup_mail.services.model_draft import make_model_draft
from followup_mail.services.prepared import ModelUse, Surround, Written
from followup_mail.services.who_writes import Asking, Author
from followup_mail.services.wordings import read_guide
from followup_mail.settings.table import secret_values
from followup_mail.workspace import Workspace
from followup_mail.writing_model.answer_form import MAIL
from followup_mail.writing_model.brief import Brief, make_brief
from followup_mail.writing_model.endpoint import Endpoint
from followup_mail.writing_model.model_mail import ModelMail, read_mail
from followup_mail.writing_model.prompt import Messages, ask_again, instructions, key_of, make_messages
from followup_mail.writing_model.remembered import Remembered, WrittenMails
from followup_mail.writing_model.stand_ins import StandIns, make_stand_ins

_OF_MODELS: Final = "FM9"
"""The family of the rules that only look at a model's mail."""
_SENT_BACK: Final = frozenset({MailPart.SUBJECT, MailPart.BODY})
"""What a model can put right. An address or a moment is no fault of its."""


def let_model_write(
    workspace: Workspace, asking: Asking, own: Sequence[tuple[Assignment, Written]], surround: Surround
) -> list[Written]:
    """Return the mails of a batch as the model that is set wrote them; ours where it may not, is away or fails."""
    written, endpoint = [ours for _, ours in own], workspace.writing_model
    assert endpoint is not None
    jobs = {at: _Job.make(workspace, endpoint, *pair) for at, pair in enumerate(own) if _is_for_model(workspace, *pair)}
    for at, job in jobs.items():
        written[at] = job.recall(again=asking.author in {Author.MODEL_AGAIN, Author.NOBODY})
    for at, job in jobs.items():
        if written[at].model_use is None:
            # A draft of ours that the model is still to replace is nobody's mail yet.
            others = [other for place, other in enumerate(written) if place not in jobs or other.model_use]
            written[at] = job.ask(asking, others, surround)
    return written


def _is_for_model(workspace: Workspace, assignment: Assignment, ours: Written) -> bool:
    """Tell whether a model may write a mail: not one in a wording that was named, or that somebody passes on."""
    step = ours.step
    is_plain = not (assignment.wording or step.via or step.thanks_all)
    return is_plain and bool(workspace.template_folders.guides(step.kind))


@dataclass(frozen=True, slots=True)
class _Job:
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
    def make(cls, workspace: Workspace, endpoint: Endpoint, assignment: Assignment, ours: Written) -> _Job:
        """Gather what it takes. Raises ``TemplateError`` for a guide that cannot be read."""
        reader, guides = ours.step.person, workspace.template_folders.guides(ours.step.kind)
        assert reader is not None
        stand_ins = make_stand_ins(assignment.application, reader, workspace.sender, secret_values(workspace.settings))
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
        companions = (companion.text for companion in surround(self.ours, others).companions)
        beside = (*companions, *self.memory.beside(self.ours.draft.step))
        brief = self.brief(dict.fromkeys(beside))
        to = self.ours.draft.to.name
        if asking.author is Author.NOBODY:
            asking.show_prompt(to, make_messages(self.guide, brief))
            return self.ours
        if why_not := self._may_not_ask(asking):
            return self._ours(brief, why_not)
        asking.tell(f"{self.endpoint.model} is writing the {self.ours.step.kind.traits.in_sentence} to {to} …")
        try:
            mail, refused = self._write(brief, others, surround)
        except (WritingModelError, SettingsError) as error:
            # It may answer the next time, so this is not remembered.
            return self._ours(brief, f"{error.sentence} {error.fix}".strip())
        answer = Remembered(mail.subject, mail.body, refused, step=str(self.ours.draft.step))
        self.memory.keep(self.key(brief), answer)
        return self._use(brief, answer)

    def brief(self, beside: Iterable[str]) -> Brief:
        """Return what the model is given; ``beside`` are mails to others of the panel."""
        reader = self.ours.step.person
        assert reader is not None
        return make_brief(self.assignment, reader, self.words, self.stand_ins, beside)

    def key(self, brief: Brief) -> str:
        """Return what the answer is remembered by."""
        return key_of(self.endpoint.model, self.guide, brief)

    def _may_not_ask(self, asking: Asking) -> str:
        """Return why the model is not asked; empty when it is."""
        if asking.author is Author.REMEMBERED:
            return "The writing model was not asked for it yet; `followup-mail preview` asks."
        if may_tell(self.workspace, self.endpoint, asking):
            return ""
        return "The writing model was not asked, since nobody has agreed to what would leave this machine."

    def _write(self, brief: Brief, others: Sequence[Written], surround: Surround) -> tuple[ModelMail, str]:
        """Return the model's mail, and why it cannot be used; a second try, if the first one has faults."""
        messages = make_messages(self.guide, brief)
        first = self._try(messages, brief, others, surround)
        if not first.findings:
            return first.mail, ""
        found = [self.stand_ins.hide(_say(finding)) for finding in first.findings]
        second = self._try(ask_again(messages, first.answer, found), brief, others, surround)
        best = second if not second.errors or first.errors else first
        return best.mail, " ".join(finding.message for finding in best.errors[:2])

    def _try(self, messages: Messages, brief: Brief, others: Sequence[Written], surround: Surround) -> _Try:
        from followup_mail.writing_model.chat import ask

        answer = ask(self.endpoint, messages, MAIL.schema)
        mail = read_mail(answer)
        context = surround(self._written(brief, mail, is_read=False), others)
        found = check_mail(context, choose_rules())
        return _Try(answer, mail, tuple(one for one in found if one.place in _SENT_BACK and _is_fault(one)))

    def _use(self, brief: Brief, answer: Remembered) -> Written:
        """Return the mail of an answer, or ours with the reason why not."""
        if answer.refused:
            return self._ours(brief, f"What it wrote did not pass: {answer.refused}")
        return self._written(brief, ModelMail(answer.subject, answer.body), is_read=answer.read)

    def _written(self, brief: Brief, mail: ModelMail, *, is_read: bool) -> Written:
        shown = ModelMail(self.stand_ins.show(mail.subject), self.stand_ins.show(mail.body))
        frame = replace(self.ours.draft, model=self.endpoint.model)
        draft = make_model_draft(self.workspace.writer, frame, self.words, shown, brief.own_sentences)
        briefing = Briefing(brief.facts, instructions(self.guide))
        use = ModelUse(self.key(brief), is_read, briefing=briefing)
        return replace(self.ours, draft=draft, unwritable=None, model_use=use)

    def _ours(self, brief: Brief, why_not: str) -> Written:
        return replace(self.ours, model_use=ModelUse(self.key(brief), why_not=why_not))


@dataclass(frozen=True, slots=True)
class _Try:
    """One answer with what was found in it."""

    answer: str
    mail: ModelMail
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_error)


def _is_fault(finding: Finding) -> bool:
    """Tell whether a mail goes back for it: an error, or a doubt about what only a model's mail is looked at for.

    A doubt about style is the user's to weigh: sent back, it made mails worse as often as better.
    """
    return finding.is_error or finding.code.startswith(_OF_MODELS)


def _say(finding: Finding) -> str:
    return f"{finding.message} {finding.fix}".strip()
