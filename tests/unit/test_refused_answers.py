"""What a short question says to an answer that it cannot take, and which keys it names."""

from __future__ import annotations

import pytest

from followup_mail.cli.terminal.live_prompts import LivePrompter
from followup_mail.cli.terminal.prompting import LinePrompt, Move
from followup_mail.cli.terminal.short_prompts import LiveShortPrompter, ShortQuestion
from followup_mail.cli.views.setup_questions import Questions
from followup_mail.facts.clean import clean_email, clean_name


class _Typed:
    """Somebody who types these lines; an empty one is Esc or Enter."""

    echoes = False

    def __init__(self, *lines: str) -> None:
        self._lines = list(lines)

    def ask(self, question: ShortQuestion) -> str | Move:
        return self._lines.pop(0)


@pytest.mark.parametrize(
    ("ask", "wrong", "right", "said"),
    [
        ("Your name", "", "Jo Hall", "No mail can be written without it."),
        ("Your name", "--", "Jo Hall", "'--' contains no letter."),
        ("Your name", "a" * 3000, "Jo Hall", "Your name is 3,000 characters long; "),
        ("Your e-mail address", "", "jo@x.example", "No mail can be written without it."),
    ],
)
def test_a_refusal_says_what_it_is_about(
    ask: str, wrong: str, right: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No answer is told what it is for, and no sentence lacks its subject; then the question comes again."""
    read = clean_email if "mail" in ask else clean_name
    assert Questions(_Typed(wrong, right)).text(ask, read) == right
    told = " ".join(capsys.readouterr().err.split())
    assert told.startswith(said)


@pytest.mark.parametrize(
    ("question", "can_be_left"),
    [
        (ShortQuestion("Your name", "", "", str, is_needed=True), False),
        (ShortQuestion("How long?", "Enter: 45 min", "", str, has_default=True), False),
        (ShortQuestion("Why do you fit?", "", "", str), True),
    ],
)
def test_esc_is_named_only_where_it_leaves_something_out(
    question: ShortQuestion, can_be_left: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that is needed, or that has a usual value, is not left out by any key."""
    asked: list[LinePrompt] = []

    def type_line(_self: LivePrompter, prompt: LinePrompt) -> str:
        asked.append(prompt)
        return ""

    monkeypatch.setattr(LivePrompter, "type_line", type_line)
    LiveShortPrompter().ask(question)
    assert [prompt.can_be_left for prompt in asked] == [can_be_left]
