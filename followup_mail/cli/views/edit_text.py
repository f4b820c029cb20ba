"""Let the user change a text in their own editor, and ask again while it cannot be used. Nothing typed is lost."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.editor import choose_editor, run_editor, say_end, say_how_to_leave
from followup_mail.cli.terminal.end_signals import Ended, EndedError, Ending, told_to_end
from followup_mail.cli.terminal.worksheet import Worksheet, find_worksheet
from followup_mail.errors import FollowupError, RefusedError
from followup_mail.services.queueing.change_entry import EntryChange
from followup_mail.services.queueing.edit_session import (
    EditSession,
    LeftBehind,
    end_session,
    find_left_behind,
    open_session,
    save_edit,
    start_editing,
    stop_editing,
)
from followup_mail.workspace import Workspace

Made = TypeVar("Made")


def edit_until(text: str, suffix: str, use: Callable[[str], Made], mark: str = "") -> Made | None:
    """Open ``text`` in the editor and hand what comes back to ``use``; again while ``use`` refuses it.

    Returns None when nothing was changed. Raises ``RefusedError`` when the editor fails or the user gives up, and
    ``EndedError`` when this process is told to end: what they typed stays in a file that is named.
    """
    editor = choose_editor()
    if how := say_how_to_leave(editor):
        # Most editors take the whole screen: whoever has not read it by then does not see it.
        with suppress(EOFError):
            screen.ask(f"{screen.wrap(how)}\nEnter opens it. ")
    with told_to_end() as ending:
        sheet = Worksheet(text, suffix, mark)
        try:
            return _edit(editor, sheet, use, ending)
        except KeyboardInterrupt:
            ended = Ended(signal.SIGINT)
        except Ended as heard:
            ended = heard
        except RefusedError as error:
            raise RefusedError(error.sentence, fix=" ".join(filter(None, (error.fix, sheet.leave())))) from None
        raise EndedError(ended, "Stopped; nothing was changed.", fix=sheet.leave())


def _edit(editor: Sequence[str], sheet: Worksheet, use: Callable[[str], Made], ending: Ending) -> Made | None:
    while True:
        typed = _typed(editor, sheet)
        if typed == sheet.text:
            sheet.discard()
            return None
        try:
            with ending.undisturbed():
                made = use(typed)
                sheet.discard()
                return made
        except FollowupError as error:
            ending.check()
            screen.note(error.sentence)
            screen.advise(error.fix)
            if not screen.is_interactive() or not screen.confirm("Open the editor again?"):
                raise RefusedError("Nothing was changed.") from None


def _typed(editor: Sequence[str], sheet: Worksheet) -> str:
    """Return what the file holds after the editor ended. Raises ``RefusedError`` when it is not to be used."""
    code = run_editor(editor, sheet.path)
    if code:
        # As with a commit message: who ends the editor with an error (`:cq`) does not want the text used.
        raise RefusedError(f"{say_end(code)}, so nothing was changed.")
    try:
        return sheet.read()
    except OSError:  # gone, a folder now, or not to be read
        raise RefusedError("The editor left no file, so nothing was changed.") from None


def edit_entry(workspace: Workspace, entry_id: int, ignore: tuple[str, ...]) -> EntryChange:
    """Change subject and text of a queued mail; it cannot leave while the editor is open.

    Raises ``RefusedError`` when its state forbids that, or when it is open in another editor.
    """
    session = open_session(workspace, entry_id)
    choose_editor()
    with told_to_end() as ending:
        try:
            _say_left_behind(session, find_left_behind(workspace, session))
            session = start_editing(workspace, session)
            done = edit_until(
                session.text, ".txt", lambda typed: save_edit(workspace, session, typed, ignore), session.mark
            )
        finally:
            with ending.undisturbed():
                stop_editing(workspace, session)
    if done is None:
        screen.note("Nothing was changed.")
    return end_session(workspace, session)


def _say_left_behind(session: EditSession, left: LeftBehind) -> None:
    if left.was_held:
        screen.note(f"An editor had {session.entry.label} open and is gone.")
    if left.mark and (typed := find_worksheet(left.mark)):
        screen.note(f"What was typed there: {typed}")
