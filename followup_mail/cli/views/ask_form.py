"""Ask for the sentences of an application, and say what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from followup_mail.cadence.kinds import Kind
from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.prompting import Prompter
from followup_mail.cli.views.ask_dialogue import go_through, say_answer
from followup_mail.cli.views.model_view import find_debrief
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.language.spelling import prepare_spelling
from followup_mail.services.asking.ask_questions import FOR_PEOPLE_MET, open_questions
from followup_mail.services.asking.asked_before import essential_questions, remember_offer, was_offered
from followup_mail.services.asking.keep_answer import keep_answer
from followup_mail.services.asking.open_question import OpenQuestion
from followup_mail.services.asking.stand_by import stand_by
from followup_mail.services.asking.text_questions import text_questions, with_sentences
from followup_mail.services.typed.kept_text import kept_lines, kept_path
from followup_mail.services.writing.who_writes import Asking
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.cli.views.model_debrief import ModelDebrief

_NUMBERS: Final = {1: "One", 2: "Two", 3: "Three", 4: "Four"}


def ask_for_sentences(
    workspace: Workspace,
    slug: str,
    questions: Sequence[OpenQuestion],
    *,
    kind: Kind | None = None,
    to: str = "",
    model: ModelDebrief | None = None,
    plain: bool = False,
) -> tuple[OpenQuestion, ...]:
    """Ask the questions, and return those answered, each with its answer. Ended early, what was answered is kept.

    Behind them come the questions of a writing model, and its corrections of what was typed.
    """
    if not questions and not (model and model.has_more()):
        return ()
    prepare_spelling(questions[0].known.country if questions else "")
    kept: dict[object, OpenQuestion] = {}

    def keep(question: OpenQuestion, answer: str) -> bool:
        try:
            keep_answer(workspace, slug, question, answer)
        except UnfitError as error:
            screen.note(f"  Not kept: {error}.", "  ")
            return False
        kept[_where(question)] = replace(question, current=answer)
        return True

    def renew(question: OpenQuestion) -> OpenQuestion:
        """Return the question with what the answers since have brought to it."""
        if not kept or question.asked_by or question.option:
            return question
        found = open_questions(workspace.facts.load(slug), workspace.now(), kind, to, again=True)
        same = next((other for other in found if _where(other) == _where(question)), question)
        return replace(same, from_text=question.from_text, current=question.current or same.current)

    try:
        prompter = choose_prompter(plain)
        go_through(questions, prompter, keep, renew, partial(stand_by, workspace, slug))
        if model:
            model.go_on(prompter, keep, lambda: tuple(kept.values()))
    except (EOFError, KeyboardInterrupt):
        screen.note("\nYour answers so far are kept.")
    for question in kept.values():
        screen.note(screen.wrap(say_answer(question), "  "))
    return tuple(kept.values())


def _where(question: OpenQuestion) -> object:
    """Return where the answer is kept: the same question has the same place, whatever else became of it."""
    return question.place, question.table, question.key


def questions_with_text(
    workspace: Workspace, slug: str, kind: Kind | None = None, to: str = "", *, again: bool = False
) -> tuple[OpenQuestion, ...]:
    """Return what is open, with the sentences of a kept transcript that fit each question."""
    application = workspace.facts.load(slug)
    questions = open_questions(application, workspace.now(), kind, to, again=again)
    return with_sentences(questions, application, kept_lines(workspace, slug))


def lead_through_text(
    workspace: Workspace,
    slug: str,
    kind: Kind | None = None,
    to: str = "",
    *,
    again: bool = False,
    plain: bool = False,
) -> int | None:
    """Show the sentences of a kept transcript at the questions they fit, and return how many answers were kept.

    None when somebody ends early. Nothing is asked where nobody can answer, or for another mail than a thank-you.
    """
    lines = kept_lines(workspace, slug)
    if not lines or kind not in {None, FOR_PEOPLE_MET} or not (plain or screen.is_interactive()):
        return 0
    application = workspace.facts.load(slug)
    questions = text_questions(application, lines, workspace.now(), to, again=again)
    if not questions:
        return 0
    count = 0
    screen.note(f"From {kept_path(workspace, slug)}: a number takes a sentence, and you can change it then.")

    def keep(question: OpenQuestion, answer: str) -> bool:
        nonlocal count
        try:
            keep_answer(workspace, slug, question, answer)
        except UnfitError as error:
            screen.note(f"  Not kept: {error}.", "  ")
            return False
        count += 1
        screen.note(f"  Kept: {answer}", "  ")
        return True

    try:
        go_through(questions, choose_prompter(plain), keep)
    except (EOFError, KeyboardInterrupt):
        screen.note("\nYour answers so far are kept.")
        return None
    return count


def offer_to_ask(workspace: Workspace, slug: str, kind: Kind, to: tuple[str, ...], asking: Asking) -> None:
    """Before a mail is shown, offer once to ask what it lacks; not where nobody can be asked."""
    if not (screen.is_interactive() and screen.is_read()):
        return
    application = workspace.facts.load(slug)
    questions = essential_questions(application, workspace.now(), kind, to)
    if not questions or was_offered(workspace, application.slug, kind):
        return
    remember_offer(workspace, application.slug, kind)
    if screen.agree(_words_of_offer(questions)):
        model = find_debrief(workspace, application.slug, asking, kind, to)
        ask_for_sentences(workspace, application.slug, questions, kind=kind, model=model)
        screen.note()
    else:
        screen.note(f"To be asked later: followup-mail ask {application.slug}")


def _words_of_offer(questions: Sequence[OpenQuestion]) -> str:
    people = len({question.about for question in questions})
    count = _NUMBERS.get(len(questions) // people, "A few")
    each = f" for each of {people} people" if people > 1 else ""
    which = "These mails have" if people > 1 else "This mail has"
    questions_make = "questions make" if count != "One" else "question makes"
    return f"{which} only your notes. {count} {questions_make} it yours{each}: ask now?"


def choose_prompter(plain: bool) -> Prompter:
    """Return live prompts where the terminal can show them, else plain lines."""
    if plain or not screen.is_interactive() or not screen.can_be_live():
        from followup_mail.cli.terminal.plain_prompts import PlainPrompter

        return PlainPrompter()
    from followup_mail.cli.terminal.live_prompts import LivePrompter

    return LivePrompter()
