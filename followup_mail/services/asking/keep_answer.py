"""Keep one answer in the facts file, at once, so that ending early loses nothing."""

from __future__ import annotations

from typing import Any, Final

from followup_mail.errors import OptionsError, RefusedError
from followup_mail.facts.application import Application
from followup_mail.facts.clean import clean_passage
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.language.note_answers import note_of_answer
from followup_mail.language.promises import names_in_promise
from followup_mail.services.asking.open_question import OpenQuestion
from followup_mail.workspace import Workspace

_ATTACHED: Final = "I have attached "


def keep_answer(workspace: Workspace, slug: str, question: OpenQuestion, answer: str) -> Application:
    """Write the answer where it belongs; every other line of the file stays.

    Raises ``UnfitError`` for what cannot be a fact, ``RefusedError`` when the person is not there any more, and as
    ``FactsFolder.change`` does.
    """
    if question.option:
        return _keep_by_option(workspace, slug, question, answer)
    value = clean_passage(answer)
    if question.place:
        application = workspace.facts.load(slug)
        _check_place(application, question)
        if question.key == "what":
            return workspace.facts.change(slug, _named_promise(application, question, value), question.place)
        kept = _with_note(application, question, value) if question.asked_by else value
        return workspace.facts.change(slug, {question.key: kept}, question.place)
    changes: dict[str, Any] = {question.table: {question.key: value}} if question.table else {question.key: value}
    return workspace.facts.change(slug, changes)


def _keep_by_option(workspace: Workspace, slug: str, question: OpenQuestion, answer: str) -> Application:
    from followup_mail.services.changing.change_application import apply_change, plan_change

    told = f"{question.about}: {answer}" if question.option == "discussed" else answer
    try:
        apply_change(workspace, plan_change(workspace, slug, {question.option: told}, lambda _: None))
    except OptionsError as error:
        raise UnfitError(error.sentence.partition(": ")[2], "") from None
    return workspace.facts.load(slug)


def _named_promise(application: Application, question: OpenQuestion, answer: str) -> dict[str, Any]:
    """Return what a file is called from now on, and whom it is for, which the words before it may have told."""
    promise = _entry(application, question)
    names = names_in_promise(promise, application.everyone())
    called = answer.removeprefix(_ATTACHED).rstrip(".")
    return {"what": called} if promise.to or not names else {"what": called, "to": " and ".join(names)}


def _with_note(application: Application, question: OpenQuestion, answer: str) -> list[str]:
    """Return the notes of a person with one more; answered a second time, the question has one note all the same."""
    notes = getattr(_entry(application, question), question.key)
    former = note_of_answer(question.asks, question.current) if question.current else ""
    return [*(note for note in notes if note != former), note_of_answer(question.asks, answer)]


def _check_place(application: Application, question: OpenQuestion) -> None:
    """Make sure that the entry is still that person's: the file may have been changed while somebody was typing."""
    node = _entry(application, question)
    if node is None or (question.place[-2] == "people" and node.name != question.about):
        raise RefusedError(
            f"the facts were changed in the meantime, and {question.about} is in another place; nothing was written",
            fix=f"Ask again: followup-mail ask {application.slug}",
        )


def _entry(application: Application, question: OpenQuestion) -> Any:
    """Return the entry that the answer belongs to; None when there is none any more."""
    node: Any = application
    try:
        for part in question.place:
            node = node[part] if isinstance(part, int) else getattr(node, part)
    except LookupError:
        return None
    return node
