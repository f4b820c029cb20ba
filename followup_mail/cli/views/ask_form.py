"""Ask for the sentences of an application, and say what became of it."""

from __future__ import annotations

import os

from followup_mail.cadence.kinds import Kind
from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.prompting import Prompter
from followup_mail.cli.views.ask_dialogue import go_through
from followup_mail.language.spelling import prepare_spelling
from followup_mail.services.ask_questions import OpenQuestion, open_questions
from followup_mail.services.keep_answer import keep_answer
from followup_mail.workspace import Workspace

_DUMB = frozenset({"", "dumb", "unknown"})


def ask_for_sentences(
    workspace: Workspace, slug: str, kind: Kind | None = None, to: str = "", *, again: bool = False, plain: bool = False
) -> int:
    """Ask what is open, and return how many questions were answered. Ended early, what was answered is kept."""
    application = workspace.facts.load(slug)
    questions = open_questions(application, workspace.now(), kind, to, again=again)
    if not questions:
        return 0
    prepare_spelling(application.country or "")
    kept: list[str] = []

    def keep(question: OpenQuestion, answer: str) -> None:
        keep_answer(workspace, application.slug, question, answer)
        kept.append(answer)
        screen.note(f"  {answer}" if plain else screen.wrap(answer, "  "))

    try:
        go_through(questions, choose_prompter(plain), keep)
    except (EOFError, KeyboardInterrupt):
        screen.note("\nYour answers so far are kept.")
    return len(kept)


def choose_prompter(plain: bool) -> Prompter:
    """Return live prompts where the terminal can show them, else plain lines."""
    if plain or not screen.is_interactive() or not _can_be_live():
        from followup_mail.cli.terminal.plain_prompts import PlainPrompter

        return PlainPrompter()
    from followup_mail.cli.terminal.live_prompts import LivePrompter

    return LivePrompter()


def _can_be_live() -> bool:
    return os.name == "nt" or os.environ.get("TERM", "").lower() not in _DUMB
