"""One question after the other, each answer kept at once; the same for live prompts and for plain lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.prompting import LinePrompt, ListPrompt, Look, Move, Prompter, typed_so_far
from followup_mail.cli.views.fill_gaps import fill, say_notes
from followup_mail.cli.views.settle_answer import StandBy, has_faults, settle
from followup_mail.incoming.transcript import TranscriptLine
from followup_mail.language.beginnings import OWN_WORDS
from followup_mail.services.asking.open_question import OpenQuestion
from followup_mail.services.asking.question_starts import Start
from followup_mail.services.asking.text_questions import as_taken

Keep = Callable[[OpenQuestion, str], bool | None]
"""Keeps an answer; False when it is not fit to be kept, and the question is to be asked again."""
_KEPT: Final = Start(OWN_WORDS, ())
"""The answer so far, which begins as whoever wrote it began."""
Renew = Callable[[OpenQuestion], OpenQuestion]


def go_through(
    questions: Sequence[OpenQuestion],
    prompter: Prompter,
    keep: Keep,
    renew: Renew = lambda question: question,
    stand_by: StandBy = lambda _sentence: None,
) -> int:
    """Ask all questions, and return how many were answered. Going back asks the one before again.

    An answer can leave nothing to ask by a later question, which is then passed over; or bring it something to take:
    ``renew`` returns a question as the facts make it now. ``stand_by`` is told of each sentence that somebody calls
    right although something does not fit in it.

    Raises ``EOFError`` or ``KeyboardInterrupt`` when somebody ends early; what was answered is kept by then.
    """
    asked = list(questions)
    answered: set[int] = set()
    at, step = 0, 1
    before: OpenQuestion | None = None
    while at < len(asked):
        if any(earlier.makes_moot(asked[at]) for earlier in asked[:at]):
            at += step
            continue
        asked[at] = renew(asked[at])
        try:
            answer = _ask(asked[at], prompter, f"{at + 1} of {len(asked)}", _say_before(before, asked[at]), stand_by)
        except (EOFError, KeyboardInterrupt) as end:
            _offer_half(asked[at], typed_so_far(end), keep)
            raise
        before, step = None, 1
        if answer is Move.BACK:
            at, step = max(at - 1, 0), -1
            continue
        if isinstance(answer, str) and asked[at].keeps(answer):
            if keep(asked[at], answer) is False:
                continue
            asked[at] = replace(asked[at], current=answer, is_right=False)
            answered.add(at)
            before = asked[at]
            if more := _ask_for_more(asked[at]):
                asked.insert(at + 1, more)
        at += 1
    return len(answered)


def _offer_half(question: OpenQuestion, typed: str, keep: Keep) -> None:
    """Ask whether what stood in the line is to be kept, when somebody ends there."""
    if typed and screen.agree(f"Not kept yet: {typed}\nKeep it?"):
        keep(question, typed)
        screen.note(f"Kept as it is: {typed}", "  ")


def _say_before(before: OpenQuestion | None, question: OpenQuestion) -> str:
    """Return the line that repeats the answer before, with whom it is about where the next one is about another."""
    if before is None:
        return ""
    on = "" if before.about == question.about else f" on {before.about}"
    return f"your answer{on}: {say_answer(before)}"


def say_answer(question: OpenQuestion) -> str:
    """Return a question's answer as it is shown: a sentence as it is, a name or a note behind what was asked."""
    if question.beginnings:
        return question.current
    return f"{question.asks} {dict(question.choices).get(question.current, question.current)}"


def _ask(question: OpenQuestion, prompter: Prompter, number: str, said: str, stand_by: StandBy) -> str | Move:
    """Ask one question; an answer is a sentence, a value to choose, or a note. ``said`` repeats the answer before."""
    heading = _heading(question, number, said)
    if question.choices:
        return _ask_choice(question, prompter, heading)
    if question.option and question.option != "decision_by":
        return _ask_from_text(question, prompter, heading)
    if not question.beginnings:
        note = LinePrompt(heading, "", question.wants, lambda text, _finished: Look(text), question.current)
        return prompter.type_line(note)
    while True:
        taken = _choose_beginning(question, prompter, heading)
        if taken is _KEPT:
            sentence = _keep(question, prompter, heading, stand_by)
        elif isinstance(taken, Start):
            sentence = fill(question, taken, prompter, heading, stand_by)
        else:
            return taken
        if sentence is not Move.BACK:
            return sentence


def _keep(question: OpenQuestion, prompter: Prompter, heading: Sequence[str], stand_by: StandBy) -> str | Move:
    """Keep the answer so far; where something does not fit in it, ask first, and let it be changed."""
    if question.is_right or not has_faults(question, question.current):
        return Move.SKIP
    settled = settle(question, question.current, prompter, heading[:1], stand_by)
    return settled if settled is not Move.BACK else fill(question, _KEPT, prompter, heading, stand_by, question.current)


def _ask_for_more(question: OpenQuestion) -> OpenQuestion | None:
    """Return the question again, with the sentences that were not taken, where several answers can be kept."""
    places = range(len(question.from_text))
    rest = tuple(
        question.from_text[at] for at in places if as_taken(question, question.from_text[at]) != question.current
    )
    return replace(question, from_text=rest, current="") if question.takes_several and rest else None


def _ask_from_text(question: OpenQuestion, prompter: Prompter, heading: Sequence[str]) -> str | Move:
    """Ask which sentence is to be kept; what is taken can be changed before it is."""
    shown = [say_line(line) for line in question.from_text]
    while True:
        chosen = prompter.choose(ListPrompt(heading, [*shown, "in my own words"]))
        if isinstance(chosen, Move):
            return chosen
        taken = as_taken(question, question.from_text[chosen]) if chosen < len(shown) else ""
        line = LinePrompt(heading[:1], "", question.wants, lambda text, _finished: Look(text), taken)
        answer = prompter.type_line(line)
        if answer is not Move.BACK:
            return answer


def say_line(line: TranscriptLine) -> str:
    """Return a sentence of a transcript with whoever said it."""
    return f"{line.label}: {line.text}" if line.label else line.text


def _ask_choice(question: OpenQuestion, prompter: Prompter, heading: Sequence[str]) -> str | Move:
    shown = [f"{words} (so far)" if value == question.current else words for value, words in question.choices]
    marked = next((at for at, (value, _) in enumerate(question.choices) if value == question.current), 0)
    chosen = prompter.choose(ListPrompt(heading, shown, marked))
    return chosen if isinstance(chosen, Move) else question.choices[chosen][0]


def _choose_beginning(question: OpenQuestion, prompter: Prompter, heading: Sequence[str]) -> Start | str | Move:
    """Return a beginning, with the words that the notes bring to it, or a whole sentence that was taken.

    The answer so far comes last, and marked, so that the others keep their numbers.
    """
    starts = [*question.starts, *(Start(beginning, ()) for beginning in (*question.beginnings, OWN_WORDS))]
    shown = [*(start.shown for start in question.starts), *(beginning.shown for beginning in question.beginnings)]
    shown.append("in my own words")
    kept = [f"keep: {question.current}"] if question.current else []
    chosen = prompter.choose(ListPrompt(heading, [*shown, *kept], len(shown) if kept else 0))
    if isinstance(chosen, Move):
        return chosen
    if chosen == len(shown):
        return _KEPT
    start = starts[chosen]
    if not start.is_whole:
        return start
    return Move.SKIP if start.sentence == question.current else start.sentence


def _heading(question: OpenQuestion, number: str, said: str) -> list[str]:
    first = f"{question.goes_into or question.about} ({number}): {question.asks}"
    kept = [said] if said else []
    wants = [question.wants] if question.wants and question.beginnings else []
    asker = question.asked_by and f"asked by {question.asked_by}, from your notes; half a sentence will do"
    is_listed = question.option and question.option != "decision_by"
    told = [] if is_listed else [f"in your text: {say_line(line)}" for line in question.from_text]
    return [first, *filter(None, [asker]), *kept, *wants, *say_notes(question.reminders), *told]
