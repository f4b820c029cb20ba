"""Ask with the sentence growing below what is typed, by prompt_toolkit. Imported only when somebody is asked."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import HSplit, Layout, Window
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.output import ColorDepth, create_output

from followup_mail.cli.terminal.folding import fold
from followup_mail.cli.terminal.prompting import LinePrompt, ListPrompt, Move

_WIDEST = 100
_CHOICE_KEYS = "a number takes it · or ↑↓ and Enter · Esc skips · ← goes back"
_LINE_KEYS = "Enter moves on · {tab}↑ goes back · Esc skips"
_NEEDED_KEYS = "Enter moves on · {tab}↑ goes back"
_PART_KEYS = f"{_NEEDED_KEYS} · Esc leaves this out"
_TAB_KEY = "Tab takes · "
_KEEPS = "Enter again keeps it as it is"
_KEEPS_AND_HOLDS = "Enter again keeps it; the mail waits until it is mended"
_SLIP = 0.5
"""Seconds within which an Enter behind a number is a habit, not an answer to the next list."""
Text = list[tuple[str, str]]


class LivePrompter:
    """Questions that show what becomes of an answer while it is typed."""

    def __init__(self) -> None:
        self._is_numbered = False

    def choose(self, prompt: ListPrompt) -> int | Move:
        """Show the list, and move through it."""
        screen = _ListScreen(prompt, time.monotonic() + _SLIP if self._is_numbered else 0)
        chosen = screen.run()
        self._is_numbered = screen.is_numbered
        return chosen

    def type_line(self, prompt: LinePrompt) -> str | Move:
        """Show the line, the sentence and the remark."""
        self._is_numbered = False
        return _LineScreen(prompt).run()


class _ListScreen:
    """A list; an Enter that comes before ``deaf_until`` still belongs to the number that was just typed."""

    def __init__(self, prompt: ListPrompt, deaf_until: float = 0) -> None:
        self._prompt = prompt
        self._deaf_until = deaf_until
        self.is_numbered = False
        self._at = prompt.marked

    def run(self) -> int | Move:
        keys = _keys_that_end()
        count = len(self._prompt.options)

        @keys.add("up")
        def _up(event: KeyPressEvent) -> None:
            if self._at == 0:
                event.app.exit(result=Move.BACK)
            self._at = max(self._at - 1, 0)

        @keys.add("down")
        def _down(event: KeyPressEvent) -> None:
            self._at = min(self._at + 1, count - 1)

        @keys.add("left")
        def _back(event: KeyPressEvent) -> None:
            event.app.exit(result=Move.BACK)

        @keys.add("enter")
        def _take(event: KeyPressEvent) -> None:
            if time.monotonic() >= self._deaf_until:
                event.app.exit(result=self._at)
            self._deaf_until = 0

        @keys.add("escape", eager=True)
        def _skip(event: KeyPressEvent) -> None:
            event.app.exit(result=Move.SKIP)

        for number in range(min(count, 9)):
            keys.add(str(number + 1))(self._exit_with(number))
        chosen: int | Move = _run(Window(FormattedTextControl(self._text, show_cursor=False), wrap_lines=False), keys)
        return chosen

    def _exit_with(self, number: int) -> Callable[[KeyPressEvent], None]:
        def leave(event: KeyPressEvent) -> None:
            self.is_numbered = True
            event.app.exit(result=number)

        return leave

    def _text(self) -> FormattedText:
        lines = _heading(self._prompt.heading)
        for number, option in enumerate(self._prompt.options):
            mark = "›" if number == self._at else " "
            style = "bold" if number == self._at else ""
            lines.append((style, _folded(f"{mark} {number + 1}  {option}", "     ") + "\n"))
        lines.append(("class:dim", _folded(_CHOICE_KEYS)))
        return FormattedText(lines)


class _LineScreen:
    def __init__(self, prompt: LinePrompt) -> None:
        self._prompt = prompt
        self._buffer = Buffer(multiline=False)
        self._buffer.text = prompt.initial
        self._buffer.cursor_position = len(prompt.initial)
        self._is_finished = False
        self._suggested = 0

    def run(self) -> str | Move:
        self._buffer.on_text_changed += self._changed
        before: Any = Window(FormattedTextControl(self._before), wrap_lines=False, dont_extend_height=True)
        line: Any = Window(
            BufferControl(self._buffer, input_processors=[BeforeInput("> ")]), wrap_lines=True, dont_extend_height=True
        )
        below: Any = Window(FormattedTextControl(self._below), wrap_lines=False, dont_extend_height=True)
        typed: str | Move = _run(HSplit([before, line, below]), self._keys())
        return typed

    def _changed(self, _buffer: Buffer) -> None:
        self._is_finished = False

    def _typed(self) -> str:
        """Return what was typed and not taken yet, with what stands before it; empty for what was there before."""
        typed = self._buffer.text.strip()
        return f"{self._prompt.before} {typed}".strip() if typed and typed != self._prompt.initial else ""

    def _keys(self) -> KeyBindings:
        keys = _keys_that_end(self._typed)

        @keys.add("enter")
        def _enter(event: KeyPressEvent) -> None:
            answer = self._finish(self._buffer.text.strip())
            if answer is not None:
                event.app.exit(result=answer)

        @keys.add("tab")
        def _tab(event: KeyPressEvent) -> None:
            self._take()

        @keys.add("up")
        def _up(event: KeyPressEvent) -> None:
            event.app.exit(result=Move.BACK)

        @keys.add("left")
        def _left(event: KeyPressEvent) -> None:
            if self._buffer.cursor_position:
                self._buffer.cursor_position -= 1
            else:
                event.app.exit(result=Move.BACK)

        @keys.add("escape", eager=True)
        def _skip(event: KeyPressEvent) -> None:
            event.app.exit(result="" if self._prompt.is_optional else Move.SKIP)

        return keys

    def _finish(self, typed: str) -> str | Move | None:
        """Return the answer; None when something is said first: Enter again keeps it, or skips."""
        if typed.lower() == "back":
            return Move.BACK
        look = self._prompt.look(typed, True) if typed else None
        is_told = bool(look.remark if look else self._prompt.on_empty)
        is_asked_next = look is not None and look.holds and self._prompt.is_settled_next
        if is_told and not (self._is_finished or is_asked_next):
            self._is_finished = True
            return None
        return typed or ("" if self._prompt.is_optional else Move.SKIP)

    def _take(self) -> None:
        """Take the corrected words; in an empty line, the next words from the notes."""
        typed, offered = self._buffer.text.strip(), self._prompt.suggestions
        if offered and (not typed or typed in offered):
            taken = offered[self._suggested % len(offered)]
            self._suggested += 1
        else:
            taken = self._prompt.look(typed, True).better if typed else ""
        if taken:
            self._buffer.text = taken
            self._buffer.cursor_position = len(taken)

    def _before(self) -> FormattedText:
        return FormattedText([*_heading(self._prompt.heading), ("bold", _folded(self._prompt.before))])

    def _below(self) -> FormattedText:
        typed = self._buffer.text.strip()
        if not typed and self._is_finished:
            said = _folded(f"! {self._prompt.on_empty}", "  ")
            return FormattedText(
                [("class:remark", f"{said}\n"), ("class:dim", _folded(self._keys_shown(can_take=False)))]
            )
        if not typed:
            keys = self._keys_shown(can_take=bool(self._prompt.suggestions))
            hinted = [_folded(line) for line in (self._prompt.on_leaving, self._hint(), keys) if line]
            return FormattedText([("class:dim", "\n".join(hinted))])
        look = self._prompt.look(typed, self._is_finished)
        lines: Text = [("", "\n" + _folded(look.sentence, "  ") + "\n")]
        if look.remark:
            lines.append(("class:remark", _folded(f"! {look.said}", "  ") + "\n"))
        if look.better:
            lines.append(("class:better", _folded(f"Tab: {look.better}", "     ") + "\n"))
        keeps = _KEEPS_AND_HOLDS if look.holds else _KEEPS
        keys = self._keys_shown(can_take=bool(look.better))
        lines.append(("class:dim", _folded(keeps if self._is_finished and look.remark else keys)))
        return FormattedText(lines)

    def _keys_shown(self, *, can_take: bool) -> str:
        optional_keys = _PART_KEYS if self._prompt.can_be_left else _NEEDED_KEYS
        keys = optional_keys if self._prompt.is_optional else _LINE_KEYS
        return keys.replace("{tab}", _TAB_KEY if can_take else "")

    def _hint(self) -> str:
        offered, hint = self._prompt.suggestions, self._prompt.hint
        if offered:
            return f"Tab, from your notes: {offered[0]}"
        return f"like: {hint}" if hint else ""


def _heading(lines: Sequence[str]) -> Text:
    """Return the question with as many of the notes below it as leave room for the rest."""
    room = max(shutil.get_terminal_size().lines // 3, 1)
    shown: Text = []
    for line in lines:
        folded = _folded(line, "  ") + "\n"
        room -= folded.count("\n")
        if shown and room < 0:
            break
        shown.append(("class:dim" if shown else "bold", folded))
    return shown


def _folded(text: str, hang: str = "") -> str:
    return fold(text, min(shutil.get_terminal_size().columns, _WIDEST) - 1, hang)


def _keys_that_end(typed: Callable[[], str] = lambda: "") -> KeyBindings:
    """Return the keys that end a dialogue; the exception has what is in the line, so that it is not lost."""
    keys = KeyBindings()

    @keys.add("c-c")
    def _interrupt(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt(*filter(None, [typed()])))

    @keys.add("c-d")
    def _end(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError(*filter(None, [typed()])))

    return keys


def _run(container: Any, keys: KeyBindings) -> Any:
    """Show a screen below what is there until a key ends it, and take it away again."""
    from prompt_toolkit.key_binding import merge_key_bindings
    from prompt_toolkit.key_binding.defaults import load_key_bindings
    from prompt_toolkit.styles import Style

    output: Any = create_output(stdout=sys.stderr)
    # Asking the terminal where the cursor is takes an answer that not every terminal gives.
    if hasattr(output, "enable_cpr"):
        output.enable_cpr = False
    is_plain = bool(os.environ.get("NO_COLOR"))
    colours = {"dim": "", "remark": "bold", "better": ""} if is_plain else _COLOURS
    application: Application[Any] = Application(
        layout=Layout(container),
        key_bindings=merge_key_bindings([load_key_bindings(), keys]),
        style=Style.from_dict(colours),
        color_depth=ColorDepth.DEPTH_1_BIT if is_plain else None,
        output=output,
        erase_when_done=True,
    )
    application.ttimeoutlen = 0.05
    return application.run()


_COLOURS = {"dim": "ansibrightblack", "remark": "ansiyellow", "better": "ansigreen"}
