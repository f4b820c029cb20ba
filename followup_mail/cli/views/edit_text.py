"""Let the user change a text in their own editor, and ask again while it cannot be used. Nothing typed is lost."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.editor import choose_editor, run_editor, say_end
from followup_mail.cli.terminal.end_signals import Ended, EndedError, Ending, told_to_end
from followup_mail.cli.terminal.worksheet import Worksheet
from followup_mail.cli.views.show_holds import say_left_behind
from followup_mail.errors import FollowupError, NotFoundError, RefusedError
from followup_mail.outbox.entry import OPEN_IN_EDITOR, Entry
from followup_mail.outbox.lease import name_worker
from followup_mail.outbox.transitions import Cause, check_allowed
from followup_mail.services.edit_entry import reword_entry
from followup_mail.workspace import Workspace

Made = TypeVar("Made")


def edit_until(text: str, suffix: str, use: Callable[[str], Made], mark: str = "") -> Made | None:
    """Open ``text`` in the editor and hand what comes back to ``use``; again while ``use`` refuses it.

    Returns None when nothing was changed. Raises ``RefusedError`` when the editor fails or the user gives up, and
    ``EndedError`` when this process is told to end: what they typed stays in a file that is named.
    """
    editor = choose_editor()
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
            screen.note(error.fix)
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


def edit_entry(workspace: Workspace, entry_id: int, ignore: tuple[str, ...]) -> Entry:
    """Change subject and text of a queued mail; it cannot leave while the editor is open.

    Raises ``RefusedError`` when its state forbids that, or when it is open in another editor.
    """
    entry = workspace.store.get(entry_id)
    check_allowed(entry, Cause.EDITED)
    choose_editor()
    by = name_worker().name
    with told_to_end() as ending:
        try:
            say_left_behind(workspace, entry)
            entry = workspace.store.hold_entry(entry_id, workspace.now(), OPEN_IN_EDITOR, by)
            done = edit_until(
                f"Subject: {entry.message.subject}\n\n{entry.message.text}",
                ".txt",
                lambda typed: reword_entry(workspace, entry, *split_mail(typed), ignore),
                by.rpartition(":")[2],
            )
        finally:
            # It may have been forgotten meanwhile.
            with ending.undisturbed(), suppress(NotFoundError):
                workspace.store.resume_entry(entry_id, workspace.now(), by)
    if done is None:
        screen.note("Nothing was changed.")
    return workspace.store.get(entry_id)


def split_mail(typed: str) -> tuple[str, str]:
    """Return subject and text of a mail as it was typed. Raises ``RefusedError`` when it is not laid out like that."""
    head, _, rest = typed.replace("\r\n", "\n").partition("\n")
    gap, _, body = rest.partition("\n")
    label, colon, subject = head.partition(":")
    if not colon or label.strip().lower() != "subject" or not subject.strip() or gap.strip() or not body.strip():
        raise RefusedError('The first line must be "Subject: ...", then an empty line, then the text.')
    return subject.strip(), body.strip("\n") + "\n"
