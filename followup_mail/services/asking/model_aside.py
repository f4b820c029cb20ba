"""What a writing model does beside a debrief: one question per person, and corrections of what was typed.

Both are suggestions. What does not pass its gate is dropped silently; nothing changes unless the user says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.requested_step import Wish, make_step
from followup_mail.drafts.assignment import Assignment
from followup_mail.drafts.template_folders import PROOFREADING, QUESTION
from followup_mail.drafts.write_draft import gather_facts
from followup_mail.facts.application import Application, Person
from followup_mail.facts.rewrite_listed import Place
from followup_mail.language.known_facts import known_for
from followup_mail.services.asking.ask_questions import FOR_PEOPLE_MET, asks_about_people, people_to_thank
from followup_mail.services.asking.asked_before import remember_question, was_questioned
from followup_mail.services.asking.open_question import OpenQuestion
from followup_mail.services.context.application_context import open_loaded
from followup_mail.services.writing.model_privacy import hide_from_model, may_tell
from followup_mail.services.writing.who_writes import Asking, Author
from followup_mail.services.writing.wordings import read_guide
from followup_mail.workspace import Workspace
from followup_mail.writing_model.answer_form import PROOFREADING as CORRECTED
from followup_mail.writing_model.answer_form import QUESTION as ASKED
from followup_mail.writing_model.answer_form import AnswerForm
from followup_mail.writing_model.brief import Brief, make_brief, whose_english
from followup_mail.writing_model.endpoint import Endpoint
from followup_mail.writing_model.json_answer import ask_for_object
from followup_mail.writing_model.mere_correction import is_mere_correction, plain_correction, put_back
from followup_mail.writing_model.model_question import read_question
from followup_mail.writing_model.stand_ins import StandIns

_NOTES = ("notes_on_the_conversation", "what_spoke_for_them")
_MOST_NOTES = 20
"""The facts file takes no more of them for one person."""


class Aside(Struct, frozen=True):
    """A writing model that may be asked during a debrief, and the voice of the front."""

    workspace: Workspace
    slug: str
    endpoint: Endpoint
    asking: Asking

    def ask(self, guide: str, form: AnswerForm, given: Mapping[str, object]) -> dict[str, object]:
        """Return what the model answers; an empty answer where the guide is not there.

        Raises ``WritingModelError``, ``SettingsError`` and ``TemplateError``.
        """
        found = self.workspace.template_folders.guide(guide)
        return ask_for_object(self.endpoint, read_guide(found), form, given) if found else {}

    def may_ask(self) -> bool:
        """Return whether facts may go to the model, asking the user where that is still open."""
        return may_tell(self.workspace, self.endpoint, self.asking)

    def stand_ins(self, application: Application, reader: Person) -> StandIns:
        """Return the stand-ins for what goes to the model."""
        return hide_from_model(self.workspace, application, reader)


class Suggestion(Struct, frozen=True):
    """A sentence as somebody typed it, and as the model would write it."""

    question: OpenQuestion
    """The question that was answered, with the answer."""
    corrected: str
    model: str
    """Whose correction it is."""


def has_more_to_ask(aside: Aside, kind: Kind | None, to: tuple[str, ...]) -> bool:
    """Return whether there is somebody for whom the model was not asked for a question yet."""
    return any(True for _ in _people_to_ask_about(aside, aside.workspace.facts.load(aside.slug), kind, to))


def further_questions(aside: Aside, kind: Kind | None, to: tuple[str, ...]) -> Iterator[OpenQuestion]:
    """Yield the model's question for each person met who has notes; nothing where the notes are enough.

    Raises ``FollowupError`` when the model is away; what was yielded before that stays good.
    """
    application = aside.workspace.facts.load(aside.slug)
    for place, person in _people_to_ask_about(aside, application, kind, to):
        brief, stand_ins = _brief_for(aside, application, person)
        if not any(brief.given.get(name) for name in _NOTES):
            continue
        if not aside.may_ask():
            return
        aside.asking.tell(f"{aside.endpoint.model} is reading your notes on {person.name} …")
        asked = read_question(aside.ask(QUESTION, ASKED, brief.given), brief.facts, stand_ins.show)
        remember_question(aside.workspace, aside.slug, person, _round(application, place))
        if asked:
            yield OpenQuestion(
                "discussed", asked, "", person.name, known_for(application, person),
                place=place, reminders=person.discussed, asked_by=aside.endpoint.model,
            )  # fmt: skip


def suggest_corrections(aside: Aside, answered: Sequence[OpenQuestion]) -> Iterator[Suggestion]:
    """Yield the sentences among the answers that the model would correct, and only correct; they are asked for once.

    Raises ``FollowupError`` when the model is away.
    """
    application = aside.workspace.facts.load(aside.slug)
    typed = [question for question in answered if _is_typed(question)]
    people = application.everyone()
    if not (typed and people and aside.may_ask()):
        return
    aside.asking.tell(f"{aside.endpoint.model} is proof-reading what you typed …")
    stand_ins = aside.stand_ins(application, people[0])
    hidden = [stand_ins.hide(question.current) for question in typed]
    given = {"sentences": hidden, "spelling": whose_english(typed[0].known.country)}
    answer = aside.ask(PROOFREADING, CORRECTED, given).get("sentences")
    if not isinstance(answer, list) or len(answer) != len(typed):
        return
    for question, old, new in zip(typed, hidden, answer, strict=True):
        corrected = plain_correction(old, new)
        if is_mere_correction(old, corrected, question.known) and (shown := put_back(question.current, old, corrected)):
            yield Suggestion(question, shown, aside.endpoint.model)


def _is_typed(question: OpenQuestion) -> bool:
    """Return whether an answer is a sentence that was typed now."""
    return bool(question.beginnings) and question.current not in question.ready


def _people_to_ask_about(
    aside: Aside, application: Application, kind: Kind | None, to: tuple[str, ...]
) -> Iterator[tuple[Place, Person]]:
    if not asks_about_people(application, kind):
        return
    now = aside.workspace.now()
    asked = dict(met for wanted in to or ("",) for met in people_to_thank(application, now, kind, wanted))
    for place, person in asked.items():
        has_notes = bool(person.discussed or person.convinced) and len(person.discussed) < _MOST_NOTES
        is_again = aside.asking.author is Author.MODEL_AGAIN
        if has_notes and (
            is_again or not was_questioned(aside.workspace, aside.slug, person, _round(application, place))
        ):
            yield place, person


def _brief_for(aside: Aside, application: Application, person: Person) -> tuple[Brief, StandIns]:
    """Return the facts for a mail to this person, as the model would get them to write it."""
    context = open_loaded(aside.workspace, application)
    step = make_step(context.planning, Wish(FOR_PEOPLE_MET, person.key))
    assignment = Assignment(application, step, context.history, context.now, defaults=context.planning.defaults)
    stand_ins = aside.stand_ins(application, person)
    words = gather_facts(aside.workspace.writer, assignment, person)
    return make_brief(assignment, person, words, stand_ins, ()), stand_ins


def _round(application: Application, place: Place) -> int:
    number = place[1]
    assert isinstance(number, int)
    return application.interviews[number].round
