"""What stays ours of a mail whose words come from a writing model or an assistant: step, reader, frame and checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.checks import Briefing, Finding, MailPart, check_mail, choose_rules
from followup_mail.drafts.assignment import Assignment, Writer
from followup_mail.drafts.own_words import find_spans, strip_marks
from followup_mail.drafts.template_folders import VOICE
from followup_mail.drafts.write_draft import Words, fill_draft, gather_facts, tidy
from followup_mail.message.draft import Draft
from followup_mail.message.thread import reply_subject
from followup_mail.services.writing.model_privacy import hide_from_model
from followup_mail.services.writing.prepared import ModelUse, Surround, Written
from followup_mail.services.writing.wordings import read_guide
from followup_mail.workspace import Workspace
from followup_mail.writing_model.brief import Brief, make_brief
from followup_mail.writing_model.model_mail import ModelMail
from followup_mail.writing_model.prompt import instructions
from followup_mail.writing_model.stand_ins import StandIns
from followup_mail.writing_model.told_voice import with_voice


class MailFrame(Struct, frozen=True):
    """One mail whose words are to come from elsewhere."""

    workspace: Workspace
    assignment: Assignment
    ours: Written
    """The mail as our own wordings have it."""
    words: dict[str, object]
    """The facts as templates have them."""
    stand_ins: StandIns
    guide: str

    @classmethod
    def make(cls, workspace: Workspace, assignment: Assignment, ours: Written) -> MailFrame:
        """Gather what it takes. Raises ``TemplateError`` for a guide that cannot be read."""
        reader, guides = ours.step.person, workspace.template_folders.guides(ours.step.kind)
        assert reader is not None
        stand_ins = hide_from_model(workspace, assignment.application, reader)
        words = gather_facts(workspace.writer, assignment, reader)
        if workspace.writer.voice and (own := workspace.template_folders.guide(VOICE)):
            guides = (*guides, own)
        return cls(workspace, assignment, ours, words, stand_ins, "\n\n".join(map(read_guide, guides)))

    def brief(self, beside: Iterable[str]) -> Brief:
        """Return the facts for the words; ``beside`` are mails to others of the panel."""
        reader = self.ours.step.person
        assert reader is not None
        brief = make_brief(self.assignment, reader, self.words, self.stand_ins, beside)
        voice = self.workspace.writer.voice
        return with_voice(brief, voice, self.words) if voice else brief

    def fill(self, by: str, brief: Brief, mail: ModelMail, doubts: tuple[str, ...] = (), *, key: str = "") -> Written:
        """Return the mail with the words of ``by``; stand-ins in them become names again.

        ``doubts`` are words of it for which a second look found no fact.
        """
        show = self.stand_ins.show
        frame = replace(self.ours.draft, model=by, subject=_subject_of_theirs(self.ours.draft))
        shown = ModelMail(show(mail.subject), show(mail.body))
        draft = _make_draft(self.workspace.writer, frame, self.words, shown, brief.own_sentences)
        own = {*brief.own_sentences, *self.assignment.application.fit, *self.assignment.application.not_mentioned}
        briefing = Briefing(
            brief.facts,
            instructions(self.guide),
            tuple(map(show, doubts)),
            own=tuple(fact for fact in brief.facts if fact in own),
        )
        return replace(self.ours, draft=draft, unwritable=None, model_use=ModelUse(key, briefing=briefing))

    def find_faults(self, written: Written, others: Sequence[Written], surround: Surround) -> tuple[Finding, ...]:
        """Return what the checks find in the words of a mail that ``fill`` returned."""
        found = check_mail(surround(written, others), choose_rules())
        # In a thread the subject is theirs.
        places = {MailPart.BODY} if self.ours.draft.thread else {MailPart.BODY, MailPart.SUBJECT}
        return tuple(finding for finding in found if finding.place in places)


def _subject_of_theirs(draft: Draft) -> str:
    """Return the subject of an answer to a letter that was pasted, which has no thread; else the words have one."""
    is_answer = draft.step.kind.traits.answers_rejection and draft.subject == reply_subject(draft.subject)
    return draft.subject if is_answer else ""


def _make_draft(
    writer: Writer, frame: Draft, facts: Mapping[str, object], mail: ModelMail, own_sentences: Sequence[str]
) -> Draft:
    """Return ``frame``, which names the model, with the words of the model; ``facts`` are those that templates have."""
    greeting, closing, signature = (strip_marks(str(facts[name])) for name in ("greeting", "sign_off", "signature"))
    text = tidy(f"{greeting},\n\n{mail.body}\n\n{closing}\n{signature}")
    theirs = sorted((said.strip().rstrip(".") for said in own_sentences), key=text.find)
    draft = fill_draft(writer, frame, Words(mail.subject, text, find_spans(text, theirs)))
    return replace(draft, wording=f"written by {frame.model}")
