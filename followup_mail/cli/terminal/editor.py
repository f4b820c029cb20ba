"""The user's editor: which one it is, whether it can work here, and how it ended.

Without a terminal an editor that needs one would wait for ever, or read a pipe as if it were typed. So it is not
started then; one that has a window of its own, and a script, are.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from followup_mail.cadence.wording import say_list
from followup_mail.cli.terminal.end_signals import Ended
from followup_mail.errors import RefusedError

_SET: Final = "Set VISUAL or EDITOR to an editor, with its path if it is not in PATH."
_SET_WINDOW: Final = "Type this on a terminal, or set VISUAL or EDITOR to an editor with a window of its own."

_TERMINAL_NAMES: Final = """
    vi vim vimx nvim nvi view rvim rview vimdiff ex elvis vile vis neatvi e3 e3vi kak kakoune hx helix
    nano rnano pico jpico joe rjoe jstar jmacs mcedit micro ne tilde dte jed mg zile qemacs aee ee slap amp ox
    msedit ed red edbrowse sensible-editor
"""
_IN_TERMINAL: Final = frozenset(_TERMINAL_NAMES.split())
"""Editors that work in the terminal, by the names of their programs."""
_IN_WINDOW: Final = frozenset({"gvim", "gview", "gvimdiff", "rgvim", "rgview", "evim", "eview", "mvim"})
"""Editors with a window whose program, where the name leads to, is that of an editor of the terminal."""
_WINDOW_OR_TERMINAL: Final = frozenset({"emacs", "emacs-nox", "emacsclient", "xemacs"})
"""Editors that open a window where there is a display, unless they are told to stay in the terminal."""
_STAY: Final = frozenset({"-nw", "-t", "--no-window-system", "--no-windows", "--tty", "-nox"})
_NEEDS_NONE: Final = {
    "vi": {"-g", "-es", "-Es", "-s"},
    "vim": {"-g", "-es", "-Es", "-s"},
    "nvim": {"-es", "-Es", "--headless"},
    "ex": {"-s"},
    "ed": {"-s"},
    "emacs": {"--batch", "-batch", "--script"},
}
"""Options by which an editor of the terminal opens a window, or works through a script."""
_STARTERS: Final = frozenset({"env", "command", "nice", "nohup", "sudo", "doas", "exec", "time", "stdbuf", "busybox"})
"""Programs that start the program that is named after them."""
_SHELLS: Final = frozenset({"sh", "bash", "dash", "zsh", "ksh"})
_USUAL: Final = {
    # In TextEdit, quotation marks that are typed become curly ones, and those mean nothing in a file of facts.
    "darwin": (("nano",), ("open", "-W", "-n", "-t")),
}
_USUAL_ELSEWHERE: Final = (("nano",), ("pico",), ("micro",), ("vi",))
_HOW_TO_LEAVE: Final = {
    "nano": "In nano, Ctrl-O and Enter save, and Ctrl-X leaves.",
    "pico": "In pico, Ctrl-O and Enter save, and Ctrl-X leaves.",
    "micro": "In micro, Ctrl-S saves, and Ctrl-Q leaves.",
    "vi": "In vi, type i to write. Esc, then :wq and Enter, saves and leaves; Esc, then :q! and Enter, only leaves.",
    "open": "Save with Cmd-S, then quit the editor with Cmd-Q.",
    "notepad": "Save with Ctrl-S, then close the window.",
}
"""What to say about editors that nobody chose."""
_PATIENCE: Final = 3.0
"""Seconds that an editor has to end after a signal, before it is ended."""


def choose_editor() -> tuple[str, ...]:
    """Return the command of the user's editor, to be followed by the name of a file.

    That is VISUAL or EDITOR, and on a terminal without them the first that is there of those that say how to leave
    them, such as nano or Notepad; ``vi`` only where there is nothing else. Raises ``RefusedError`` when there is none,
    when it is not installed, and when it needs a terminal and there is none.
    """
    named = _named()
    if not named and not _has_terminal():
        raise RefusedError("There is no terminal for an editor, and neither VISUAL nor EDITOR is set.", fix=_SET_WINDOW)
    words = _split(named) if named else _usual()
    program = _find(words[0])
    if program is None:
        raise RefusedError(f"The editor '{words[0]}' is not installed, or not where PATH says.", fix=_SET)
    if not _has_terminal() and needs_terminal(words, program):
        raise RefusedError(f"The editor '{named}' needs a terminal, and there is none.", fix=_SET_WINDOW)
    return (program, *words[1:])


def say_how_to_leave(command: Sequence[str]) -> str:
    """Return how to save and leave the editor of a command; empty when the user has set one, and knows."""
    return "" if _named() else _HOW_TO_LEAVE.get(_name(command[0]), "")


def _named() -> str:
    return next(filter(str.strip, (os.environ.get("VISUAL", ""), os.environ.get("EDITOR", ""))), "").strip()


def needs_terminal(words: Sequence[str], program: str = "") -> bool:
    """Return whether an editor of this command works in the terminal; ``program`` is where its first word was found."""
    name, real, options = _name(words[0]), _name(os.path.realpath(program or words[0])), set(words[1:])
    if rest := _started_by(name, words[1:]):
        return needs_terminal(rest)
    if name in _IN_WINDOW or options & (_NEEDS_NONE.get(name, set()) | _NEEDS_NONE.get(real, set())):
        return False
    if name in _WINDOW_OR_TERMINAL:
        return bool(options & _STAY) or name.endswith("nox") or not _has_display(name)
    return name in _IN_TERMINAL or real in _IN_TERMINAL


def _started_by(name: str, words: Sequence[str]) -> Sequence[str]:
    """Return the command that ``env``, ``sudo`` or ``sh -c`` start; empty when this is none of them."""
    if name in _SHELLS and "-c" in words[:-1]:
        return _split(words[words.index("-c") + 1])
    if name not in _STARTERS:
        return ()
    first = next((at for at, word in enumerate(words) if not word.startswith("-") and "=" not in word), len(words))
    return words[first:]


def run_editor(command: Sequence[str], path: Path) -> int:
    """Open a file in the editor and return its exit code. Raises ``RefusedError`` when it cannot be started.

    Raises ``Ended`` when this process is told to end; the editor is told so too, and has ended by then.
    """
    try:
        editor = subprocess.Popen([*command, str(path)])  # noqa: S603  # the user's own editor
    except (OSError, ValueError) as error:
        raise RefusedError(f"The editor '{command[0]}' cannot be started.", fix=_SET) from error
    try:
        return editor.wait()
    except Ended as ended:
        _end(editor, ended.number)
        raise
    except KeyboardInterrupt:
        _end(editor, None)  # the terminal told it already
        raise Ended(signal.SIGINT) from None


def say_end(code: int) -> str:
    """Return how an editor ended that did not end well."""
    if code < 0:
        with suppress(ValueError):
            return f"The editor was ended by {signal.Signals(-code).name}"
    return f"The editor ended with code {code}"


def _usual() -> tuple[str, ...]:
    """Return the first usual editor that is installed. Raises ``RefusedError`` when none is."""
    if sys.platform == "win32":
        # Windows looks for a bare name in the working folder first.
        return (str(Path(os.environ.get("SYSTEMROOT") or r"C:\Windows", "System32", "notepad.exe")),)
    usual = _USUAL.get(sys.platform, _USUAL_ELSEWHERE)
    if found := next((words for words in usual if _find(words[0])), None):
        return found
    names = say_list([words[0] for words in usual], "nor")
    raise RefusedError(f"There is no editor here: neither {names} is installed.", fix=f"Install nano. {_SET}")


def _split(named: str) -> tuple[str, ...]:
    try:
        if os.name != "nt":
            return tuple(shlex.split(named))
        return tuple(word.strip('"') for word in shlex.split(named, posix=False))
    except ValueError as error:
        raise RefusedError(f"The editor '{named}' cannot be read: {error}.", fix=_SET) from None


def _find(name: str) -> str | None:
    """Return the program of that name: a path as it stands, a bare name by PATH."""
    found = shutil.which(name)
    if sys.platform == "win32" and found and Path(name).name == name and not Path(found).is_absolute():
        return None  # Windows looks into the working folder first, whatever PATH says
    return found


def _name(program: str) -> str:
    """Return ``vim`` for ``/usr/bin/vim.basic``, ``emacs`` for ``emacs-29.1``, ``hx`` for ``HX.EXE``."""
    stem = re.split(r"[/\\]", program)[-1].lower().partition(".")[0]
    return re.sub(r"-?\d+$", "", stem) or stem


def _has_terminal() -> bool:
    return all(one is not None and one.isatty() for one in (sys.stdin, sys.stdout))


def _has_display(name: str) -> bool:
    if sys.platform in {"win32", "darwin"} or name == "emacsclient":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _end(editor: subprocess.Popen[bytes], number: int | None) -> None:
    """Let the editor end, as it would by itself: most keep what was typed when they are told to end."""
    if number is not None:
        with suppress(OSError):
            editor.send_signal(number)
    for end in (editor.terminate, editor.kill):
        with suppress(subprocess.TimeoutExpired):
            editor.wait(_PATIENCE)
            return
        end()
    editor.wait()
