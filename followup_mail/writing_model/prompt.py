"""What a writing model is asked: the guide as its instructions, the facts as a message of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final

from followup_mail.writing_model.answer_form import MAIL, AnswerForm
from followup_mail.writing_model.brief import Brief

Messages = tuple[Mapping[str, str], ...]

_TO_COLLEAGUES: Final = "already_written_to_colleagues"
_AGAIN: Final = (
    "That mail cannot be used yet:\n{findings}\n\nWrite it again without these faults, and keep what was good. "
    "Leave a thing out rather than write round it. Answer in the same form."
)


def make_messages(guide: str, brief: Brief) -> Messages:
    """Return the messages that ask for a mail."""
    given = dict(brief.given)
    if brief.given_of_others:
        given[_TO_COLLEAGUES] = list(brief.given_of_others)
    return compose_prompt(guide, MAIL, given)


def compose_prompt(guide: str, form: AnswerForm, given: Mapping[str, object]) -> Messages:
    """Return the messages that ask for something: instructions, and what is given as JSON in a message of its own."""
    return (
        {"role": "system", "content": instructions(guide, form)},
        {"role": "user", "content": json.dumps(given, ensure_ascii=False, indent=1)},
    )


def instructions(guide: str, form: AnswerForm = MAIL) -> str:
    """Return everything that is said besides the facts."""
    return f"{guide.strip()}\n\n{form.text}"


def ask_again(messages: Sequence[Mapping[str, str]], answer: str, findings: Iterable[str]) -> Messages:
    """Return the messages that send a mail back once, with what is wrong with it."""
    listed = "\n".join(f"- {finding}" for finding in findings)
    again = {"role": "user", "content": _AGAIN.format(findings=listed)}
    return (*messages, {"role": "assistant", "content": answer}, again)


def key_of(model: str, guide: str, brief: Brief, around: Sequence[str]) -> str:
    """Return what the same mail is known by: the same facts, guide and model give the same mail.

    ``around`` is what the model does not get and the reader does: the recipient, names, signature, files. What was
    written to colleagues does not count: a mail that was read stays as it is when another one changes.
    """
    whole = json.dumps([model, instructions(guide), brief.given, *around], ensure_ascii=False, sort_keys=True)
    return sha256(whole.encode()).hexdigest()
