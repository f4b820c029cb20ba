"""Ask a line at a time: for terminals that can do no more, and for scripts that type the answers."""

from __future__ import annotations

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.choices import read_choice, show_options
from followup_mail.cli.terminal.prompting import LinePrompt, ListPrompt, Look, Move

_BACK = frozenset({"back", "<", "\x1b[a", "\x1b[d"})
_KEEP = frozenset({"k", "keep"})


class PlainPrompter:
    """Questions as lines of text."""

    def choose(self, prompt: ListPrompt) -> int | Move:
        """Ask for a number."""
        _say_heading(prompt.heading)
        count = show_options(prompt.options)
        while True:
            typed = screen.ask("Number (Enter skips, back goes back): ").strip().lower()
            if not typed:
                return Move.SKIP
            if typed in _BACK:
                return Move.BACK
            if (chosen := read_choice(typed, count)) is not None:
                return chosen
            screen.note(f"  Type a number from 1 to {count}.")

    def type_line(self, prompt: LinePrompt) -> str | Move:
        """Ask for the words; what does not fit is said, and taken back or kept."""
        _say_heading(prompt.heading)
        _say_hints(prompt)
        is_told = not prompt.on_empty
        while True:
            typed = screen.ask(f"{prompt.before} > " if prompt.before else "> ").strip()
            if not typed and (is_told or prompt.initial):
                return self._without_words(prompt)
            if not typed:
                screen.note(f"  ! {prompt.on_empty}", "    ")
                is_told = True
                continue
            if typed.lower() in _BACK:
                return Move.BACK
            answer = _settle(typed, prompt)
            if answer:
                return answer

    @staticmethod
    def _without_words(prompt: LinePrompt) -> str | Move:
        return prompt.initial or ("" if prompt.is_optional else Move.SKIP)


def _settle(typed: str, prompt: LinePrompt) -> str:
    """Return the answer, as typed or corrected; empty when it will be typed again."""
    while True:
        look = prompt.look(typed, True)
        screen.note(f"  {look.sentence}", "  ")
        if not look.remark:
            return typed
        screen.note(f"  ! {look.said}", "    ")
        if look.holds:
            screen.note("  Kept as it is, it holds the mail until it is mended.", "  ")
        _say_better(look)
        again = screen.ask("  Enter takes it, k keeps yours, or type it again: " if look.better else _KEEP_OR_AGAIN)
        again = again.strip()
        if not again and look.better:
            return look.better
        if not again or again.lower() in _KEEP:
            return typed
        if again.lower() in _BACK:
            return ""
        typed = again


_KEEP_OR_AGAIN = "  Enter keeps it, or type it again: "


def _say_better(look: Look) -> None:
    if look.better:
        screen.note(f"  Better: {look.better}", "  ")


def _say_heading(heading: object) -> None:
    screen.note()
    for line in heading if isinstance(heading, list | tuple) else ():
        screen.note(str(line), "  ")


def _say_hints(prompt: LinePrompt) -> None:
    if prompt.on_leaving and not prompt.initial:
        screen.note(f"  {prompt.on_leaving}", "  ")
    if prompt.initial:
        screen.note(f"  so far: {prompt.initial} (Enter keeps it)", "  ")
    elif prompt.suggestions:
        screen.note(f"  from your notes: {prompt.suggestions[0]}", "  ")
    elif prompt.hint:
        screen.note(f"  like: {prompt.hint}", "  ")
