"""The user's voice on the screen: mails taken in, what was understood, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.read_pasted import paste, read_pipe
from followup_mail.errors import FactsError
from followup_mail.incoming.given_file import read_given
from followup_mail.own_voice.own_mail import HOW
from followup_mail.own_voice.voice import ENOUGH
from followup_mail.own_voice.voice_file import NAME, KeptVoice, read_voice
from followup_mail.services.voice.describe_voice import say_changes, say_heard, say_more, voice_json
from followup_mail.services.voice.keep_voice import GivenMail, add_to_voice, remove_voice
from followup_mail.workspace import Workspace

_PIPE: Final = Path("-")
_EXCEPT: Final = (
    "Where the facts, a title or a country ask for another register, that comes first: only a closing that fits it is "
    "yours then."
)


def add_and_show(workspace: Workspace, files: Sequence[Path], json: bool) -> None:
    """Take mails in, and show what is known then."""
    added = add_to_voice(workspace, _read(files) if files else _ask_for_mails(json))
    if json:
        screen.emit_json(voice_json(added.kept))
        return
    for name in added.known:
        screen.note(f"{name} counts already.")
    _show(added.kept)
    if added.added:
        screen.note("Mails that wait in the outbox stay as they are; `followup-mail outbox rewrite APP` renews them.")


def show_voice(workspace: Workspace, json: bool) -> None:
    """Show what is known."""
    kept = read_voice(workspace.home)
    if json:
        screen.emit_json(voice_json(kept))
    elif kept is None:
        screen.out("Nothing is known yet of how you write; mails are worded as is usual where they go.")
        screen.note("Show three mails of yours: followup-mail voice add FILE FILE FILE")
    else:
        _show(kept)


def remove_and_show(workspace: Workspace) -> None:
    """Forget it, and say so."""
    remove_voice(workspace)
    screen.out("Forgotten: how you write. New mails are worded as is usual where they go.")
    screen.note("`followup-mail undo` brings it back.")


def _show(kept: KeptVoice) -> None:
    count, voice = len(kept.mails), kept.voice
    whence = f"{count} {'mail' if count == 1 else 'mails'} of yours" if count else NAME
    screen.out(screen.strong(f"How you write, from {whence}"))
    for sentence in say_heard(kept):
        screen.out(screen.wrap(sentence, "  "))
    changes = say_changes(voice)
    screen.out()
    screen.out(screen.strong("What our mails take over"))
    for sentence in (*changes, _EXCEPT) if changes else ("Nothing: there is no habit in it yet.",):
        screen.out(screen.wrap(sentence, "  "))
    if more := say_more(count):
        screen.out()
        screen.out(more)


def _read(files: Sequence[Path]) -> list[GivenMail]:
    return [_read_pipe() if path == _PIPE else _read_file(path) for path in dict.fromkeys(files)]


def _read_pipe() -> GivenMail:
    return GivenMail("What came through standard input", read_pipe(is_promised=True))


def _read_file(path: Path) -> GivenMail:
    try:
        return GivenMail(str(path), read_given(path.expanduser()))
    except FactsError as error:
        raise FactsError(error.sentence, fix=HOW) from None


def _ask_for_mails(json: bool) -> list[GivenMail]:
    """Return what is pasted, or comes through a pipe. Raises ``FactsError`` where there is nothing."""
    if screen.is_interactive() and not json:
        found = list(_pasted())
    else:
        found = [mail for mail in [_read_unasked()] if mail.content.strip()]
    if not found:
        raise FactsError("No mail was given.", fix=HOW)
    return found


def _read_unasked() -> GivenMail:
    return GivenMail("What came through standard input", read_pipe(is_promised=False))


def _pasted() -> Iterator[GivenMail]:
    """Yield what is pasted, up to three mails; an empty text ends it."""
    for number in range(1, ENOUGH + 1):
        text = paste(f"Paste a mail that you wrote ({number} of {ENOUGH}), then Enter; Enter alone: no more.")
        if not text.strip():
            return
        yield GivenMail(f"Mail {number}", text.encode(errors="replace"))
