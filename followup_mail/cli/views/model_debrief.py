"""What a writing model adds to a debrief: its questions, asked like ours, and its corrections, shown old and new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from followup_mail.cadence.kinds import Kind
from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.prompting import ListPrompt, Move, Prompter
from followup_mail.cli.views.ask_dialogue import Keep, go_through
from followup_mail.errors import FollowupError
from followup_mail.language.note_answers import tells_nothing
from followup_mail.services.asking.model_aside import (
    Aside,
    Suggestion,
    further_questions,
    has_more_to_ask,
    suggest_corrections,
)
from followup_mail.services.asking.open_question import OpenQuestion

_Found = TypeVar("_Found")


class ModelDebrief(Struct, frozen=True):
    """A writing model at a debrief, and what the debrief is about."""

    aside: Aside
    kind: Kind | None
    to: tuple[str, ...]
    """The people that it is about; empty for everybody."""

    def has_more(self) -> bool:
        """Return whether it may have a question that it was not asked for yet."""
        return has_more_to_ask(self.aside, self.kind, self.to)

    def go_on(self, prompter: Prompter, keep: Keep, answered: Callable[[], Sequence[OpenQuestion]]) -> None:
        """Ask the model's questions, then show its corrections; ``answered`` returns what was answered so far.

        When the model is away, that is said in a line, and it is not asked again. Raises ``EOFError`` and
        ``KeyboardInterrupt`` as the prompter does.
        """
        questions: list[OpenQuestion] = []
        is_there = _collect(questions, further_questions(self.aside, self.kind, self.to))
        go_through(questions, prompter, _unless_empty(keep))
        suggestions: list[Suggestion] = []
        if is_there:
            _collect(suggestions, suggest_corrections(self.aside, answered()))
        _offer(suggestions, prompter, keep)


def _collect(found: list[_Found], coming: Iterator[_Found]) -> bool:
    """Gather what comes, and tell whether the model was there to the end."""
    try:
        # Each at once, so that what came before it went away stays.
        for answer in coming:
            found.append(answer)
    except FollowupError as error:
        screen.note(screen.dim(f"Went on without the writing model: {error.sentence}"))
        return False
    return True


def _unless_empty(keep: Keep) -> Keep:
    """Return what keeps an answer, unless it says only that there is none."""

    def keep_or_leave(question: OpenQuestion, answer: str) -> None:
        if not tells_nothing(answer):
            keep(question, answer)

    return keep_or_leave


def _offer(suggestions: Sequence[Suggestion], prompter: Prompter, keep: Keep) -> None:
    """Show each sentence as it was typed and as the model would write it; only a choice takes the model's."""
    at = 0
    stored = [suggestion.question.current for suggestion in suggestions]
    while at < len(suggestions):
        suggestion = suggestions[at]
        mine = suggestion.question.current
        chosen = prompter.choose(
            ListPrompt(_heading(suggestion, at, len(suggestions)), [f"keep: {mine}", f"take: {suggestion.corrected}"])
        )
        if chosen is Move.BACK:
            at = max(at - 1, 0)
            continue
        wanted = suggestion.corrected if chosen == 1 else mine
        if wanted != stored[at]:
            keep(suggestion.question, wanted)
            stored[at] = wanted
        at += 1


def _heading(suggestion: Suggestion, at: int, count: int) -> list[str]:
    number = f" ({at + 1} of {count})" if count > 1 else ""
    return [f"{suggestion.question.about}{number}: a correction by {suggestion.model}"]
