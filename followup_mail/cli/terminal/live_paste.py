"""Take a text that is pasted, by prompt_toolkit: the terminal tells where a paste ends, so Enter can end it."""

from __future__ import annotations

import shutil
import sys

from prompt_toolkit import PromptSession
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import create_output

from followup_mail.cli.terminal.folding import fold


def read_paste(heading: str) -> str:
    """Say the heading, and return what was pasted up to Enter.

    Where it was typed by hand, Enter begins a line, and Ctrl-D ends. Raises ``KeyboardInterrupt`` for Ctrl-C.
    """
    keys = KeyBindings()
    pasted = False

    @keys.add(Keys.BracketedPaste)
    def _paste(event: KeyPressEvent) -> None:
        nonlocal pasted
        pasted = True
        event.current_buffer.insert_text(event.data.replace("\r\n", "\n").replace("\r", "\n"))

    @keys.add("enter")
    def _enter(event: KeyPressEvent) -> None:
        if pasted or not event.current_buffer.text.strip():
            event.current_buffer.validate_and_handle()
        else:
            event.current_buffer.insert_text("\n")

    @keys.add("c-d")
    def _end(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    output = create_output(stdout=sys.stderr)
    if hasattr(output, "enable_cpr"):
        output.enable_cpr = False
    session: PromptSession[str] = PromptSession(
        FormattedText([("", f"{fold(heading, shutil.get_terminal_size().columns - 1)}\n> ")]),
        multiline=True,
        key_bindings=keys,
        output=output,
        editing_mode=EditingMode.EMACS,
        erase_when_done=True,
    )
    return session.prompt()
