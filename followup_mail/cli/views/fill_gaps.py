"""The gaps of one sentence, filled one after the other by somebody who types, or takes what is offered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.prompting import LinePrompt, ListPrompt, Look, Move, Prompter
from followup_mail.cli.views.settle_answer import StandBy, settle
from followup_mail.language.answers import complete
from followup_mail.language.beginnings import OPEN_GAP, Beginning, Shape
from followup_mail.services.asking.look_at_answer import look_at_gap
from followup_mail.services.asking.open_question import OpenQuestion, words_for_gap
from followup_mail.services.asking.question_starts import Start

_MOST_REMINDERS: Final = 8
_OWN: Final = "in my own words"
_NOTHING: Final = "nothing more"


def fill(
    question: OpenQuestion,
    start: Start,
    prompter: Prompter,
    heading: Sequence[str],
    stand_by: StandBy,
    typed_before: str = "",
) -> str | Move:
    """Ask for the words of each gap that has none yet, on one growing sentence; the first begins with ``typed_before``.

    Ended before the sentence is whole, what there is of it is shown: half a sentence is not kept.
    """
    words = [*start.words]
    try:
        return _fill(question, start, words, prompter, heading, stand_by, typed_before)
    except (EOFError, KeyboardInterrupt):
        if len(words) > len(start.words):
            begun = start.beginning.fill([*words, OPEN_GAP][: len(start.beginning.gaps)])
            screen.note(f"\nNot kept, since it is not finished: {begun}", "  ")
        raise


def _fill(
    question: OpenQuestion,
    start: Start,
    words: list[str],
    prompter: Prompter,
    heading: Sequence[str],
    stand_by: StandBy,
    typed_before: str,
) -> str | Move:
    """As ``fill``; ``words`` grows with what is typed."""
    beginning = start.beginning
    former = [typed_before, *("" for _ in beginning.gaps[1:])]
    while len(words) < len(beginning.gaps):
        beginning, typed = _fill_gap(question, start, beginning, words, prompter, heading[:1], former[len(words)])
        if typed is Move.BACK:
            if len(words) == len(start.words):
                return Move.BACK
            at = len(words)
            former[at - 1] = words.pop()
        elif isinstance(typed, Move):
            return typed
        else:
            former[len(words)] = typed
            words.append(typed)
        if len(words) == len(beginning.gaps):
            sentence = complete(beginning, words, question.known).sentence
            settled = settle(question, sentence, prompter, heading[:1], stand_by)
            if settled is not Move.BACK:
                return settled
            former[-1] = words.pop()
    return Move.BACK


def _fill_gap(
    question: OpenQuestion,
    start: Start,
    beginning: Beginning,
    words: Sequence[str],
    prompter: Prompter,
    heading: Sequence[str],
    initial: str,
) -> tuple[Beginning, str | Move]:
    """Ask for the words of one gap, and return them with the beginning, which may end otherwise now.

    Whoever took the sentence so far can take what follows, too; how a moment ends is for everybody to choose.
    """
    is_choice = bool(start.words) or (beginning.gaps[len(words)].optional and beginning.other_end is not None)
    offered = words_for_gap(question, beginning, len(words)) if is_choice and not initial else ()
    while offered:
        chosen = _choose_words(beginning, words, offered, question.nudge, prompter, heading)
        if not isinstance(chosen, Beginning):
            return beginning, chosen
        typed = prompter.type_line(_line_prompt(question, chosen, words, heading, ""))
        if typed is not Move.BACK:
            return chosen, typed
    return beginning, prompter.type_line(_line_prompt(question, beginning, words, heading, initial))


def _choose_words(
    beginning: Beginning,
    words: Sequence[str],
    offered: Sequence[str],
    nudge: str,
    prompter: Prompter,
    heading: Sequence[str],
) -> str | Move | Beginning:
    """Return the words that were taken, empty for none of a gap that may stay empty; to type others, the beginning
    that they end.
    """
    is_optional = beginning.gaps[len(words)].optional
    so_far = beginning.fill(words).partition(OPEN_GAP)[0].rstrip()
    said = (beginning.fill([*words, text]).removeprefix(so_far.rstrip(".")).lstrip(" .,") for text in offered)
    ends = [beginning, *([beginning.other_end] if is_optional and beginning.other_end else [])]
    own = [_OWN] if len(ends) < 2 else [f"{end.gaps[-1].before.lstrip('. ')}{OPEN_GAP}" for end in ends]
    options = [*said, *own, *([_NOTHING] if is_optional else [])]
    asked = [*heading, so_far, *([nudge] if nudge and is_optional else [])]
    chosen = prompter.choose(ListPrompt(asked, options))
    if isinstance(chosen, Move):
        return "" if chosen is Move.SKIP and is_optional else chosen
    if chosen < len(offered):
        return offered[chosen]
    return "" if chosen == len(offered) + len(ends) else ends[chosen - len(offered)]


def _line_prompt(
    question: OpenQuestion, beginning: Beginning, words: Sequence[str], heading: Sequence[str], initial: str
) -> LinePrompt:
    at = len(words)
    gap = beginning.gaps[at]

    def look(text: str, is_finished: bool) -> Look:
        shown = look_at_gap(question, beginning, [*words, text], at, is_finished=is_finished)
        remark, more = (shown.remarks[0], len(shown.remarks) - 1) if shown.remarks else ("", 0)
        return Look(shown.sentence, remark, shown.better, more, shown.holds)

    before = beginning.fill([*words, OPEN_GAP]).partition(OPEN_GAP)[0].rstrip()
    fitting = [start.words[0] for start in question.starts if at == 0 and start.beginning.gaps[0].shape is gap.shape]
    fitting += question.deeds if gap.shape is Shape.DID else ()
    hint = beginning.hints[at] if at < len(beginning.hints) else ""
    notes = question.own_notes if gap.shape is Shape.DID else question.reminders
    nudge = question.nudge if gap.optional else ""
    if gap.shape is not Shape.DID:  # what others said is nothing that the candidate did
        fitting += [line.text for line in question.from_text]
    return LinePrompt(
        [*heading, *say_notes(notes)], before, hint, look, initial, fitting, gap.optional, nudge,
        is_settled_next=at == len(beginning.gaps) - 1,
    )  # fmt: skip


def say_notes(notes: Sequence[str]) -> list[str]:
    """Return notes as they stand above a question."""
    return [f"your note: {note}" for note in notes[:_MOST_REMINDERS]]
