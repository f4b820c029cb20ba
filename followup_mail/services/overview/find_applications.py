"""Search the applications: by names, by whatever was written down, and by where they stand. Case and accents count not.

A word that says where an application stands (``due``, ``rejected``, ``archived``) is not looked for in notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from followup_mail.cadence.set_aside import ARCHIVED, PAUSED, is_snoozed, say_set_aside
from followup_mail.cadence.step import Step, StepState
from followup_mail.facts.application import Application, Status
from followup_mail.facts.names import slugify
from followup_mail.services.context.application_context import ApplicationContext
from followup_mail.services.overview.searched_facts import IN_EACH_LINE, Labelled, list_names, list_texts

SNOOZED: Final = "snoozed"
SOON: Final = "soon"
_BY_STEP: Final = {
    str(state): state for state in (StepState.DUE, StepState.QUEUED, StepState.UPCOMING, StepState.MISSED)
}
_BLOCKED: Final = str(StepState.BLOCKED)
STATE_WORDS: Final = (*Status, "ended", *_BY_STEP, SOON, _BLOCKED, PAUSED, SNOOZED, ARCHIVED)
"""The words that say where an application stands."""
SOON_SPAN: Final = timedelta(days=3)
"""What comes within it is told beforehand."""
MISSED_SPAN: Final = timedelta(weeks=1)
"""How long what was missed is told. It is kept all the same: `outbox list`, `plan` and `list` show it."""
_SHOWN: Final = 60
"""Letters of a text that are shown around what matched."""


def read_words(words: Sequence[str]) -> tuple[str, ...]:
    """Return search words as they are compared; what has neither letter nor digit is dropped."""
    return tuple(filter(None, (slugify(word) for word in words)))


def stands(context: ApplicationContext, word: str) -> bool:
    """Return whether a word of ``STATE_WORDS`` says where an application stands."""
    application, today = context.application, context.now.date()
    aside = say_set_aside(application, today)
    if word in {PAUSED, ARCHIVED}:
        return aside.startswith(word)
    if word == SNOOZED:
        return is_snoozed(application, today)
    if word == "ended":
        return application.outcome.status.is_end
    if word == _BLOCKED:
        step = None if aside else next_step(context)
        return step is not None and step.state is StepState.BLOCKED
    if word in _BY_STEP or word == SOON:
        return not aside and any(_is_step(step, word, context.now) for step in context.plan.steps)
    return word == application.outcome.status


def _is_step(step: Step, word: str, now: datetime) -> bool:
    if word == SOON:
        return step.state is StepState.UPCOMING and step.due_at is not None and step.due_at <= now + SOON_SPAN
    return step.state is _BY_STEP[word]


def next_step(context: ApplicationContext) -> Step | None:
    """Return the step that comes next: one whose mail is unclear, then due, due but for a fact, queued, upcoming."""
    steps = context.plan.steps
    unclear = (step for step in steps if step.entry_state == "unclear")
    due = (step for step in steps if step.state is StepState.DUE)
    lacking = (step for step in steps if step.state is StepState.BLOCKED and step.due_at and step.due_at <= context.now)
    rest = (StepState.QUEUED, StepState.UPCOMING, StepState.BLOCKED)
    later = (step for state in rest for step in steps if step.state is state)
    return next((step for found in (unclear, due, lacking, later) for step in found), None)


def match(context: ApplicationContext, words: Sequence[str]) -> tuple[str, ...] | None:
    """Return what of an application matches, in words, when all of the words do; None when one does not."""
    found: list[str] = []
    for word in words:
        said = _match_word(context, word)
        if said is None:
            return None
        found.append(said)
    return tuple(dict.fromkeys(filter(None, found)))


def _match_word(context: ApplicationContext, word: str) -> str | None:
    """Return what matches one word: an empty text for what a line of the list shows anyway."""
    if word in STATE_WORDS and stands(context, word):
        return ""
    texts = _searched(context.application, in_notes=word not in STATE_WORDS)
    return next((_say(label, text, word) for label, text in texts if word in slugify(text)), None)


def _searched(application: Application, *, in_notes: bool) -> Iterator[Labelled]:
    yield from list_names(application)
    if in_notes:
        yield from list_texts(application)


def _say(label: str, text: str, word: str) -> str:
    if label == IN_EACH_LINE:
        return ""
    return f"{label}: {_excerpt(text, word)}" if label else text


def _excerpt(text: str, word: str) -> str:
    """Return the part of a long text in which the word stands."""
    if len(text) <= _SHOWN:
        return text
    # The folded text is about as long as the text itself: near enough to find the place.
    at = max(0, slugify(text).find(word) - _SHOWN // 3)
    begin = text.rfind(" ", 0, at) + 1 if at else 0
    cut = text[begin : begin + _SHOWN].rsplit(" ", 1)[0]
    return f"{'...' if begin else ''}{cut}{'...' if begin + len(cut) < len(text) else ''}"
