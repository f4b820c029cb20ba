"""The user's voice in the home folder: mails of theirs are measured and forgotten, what they show is kept."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.facts.atomic_files import alone_in, make_folder, said_plainly, write_over
from followup_mail.own_voice.own_mail import read_own_mail
from followup_mail.own_voice.voice_file import MOST, NAME, KeptVoice, read_voice, with_mail
from followup_mail.workspace import Workspace


class GivenMail(Struct, frozen=True):
    """A mail as it was given."""

    name: str
    """How an error calls it."""
    content: bytes


class VoiceAdded(Struct, frozen=True):
    """What came of showing mails."""

    kept: KeptVoice
    added: int
    known: tuple[str, ...]
    """The names of those that count already."""


def add_to_voice(workspace: Workspace, given: Sequence[GivenMail]) -> VoiceAdded:
    """Measure mails of the user's and keep what they show: of all of them, or of none.

    Raises ``FactsError`` for anything but a mail of theirs, ``RefusedError`` for more than are kept, and
    ``SettingsError`` for a broken file.
    """
    today = workspace.clock().date()  # in UTC: nothing here depends on the day
    heard = [read_own_mail(mail.content, mail.name, today, workspace.own_addresses) for mail in given]
    path = workspace.home / NAME
    make_folder(workspace.home, workspace.home)
    with said_plainly(path, "written"), alone_in(workspace.home):
        kept = read_voice(workspace.home)
        before = path.read_bytes() if kept else b""
        mails, text, known = list(kept.mails if kept else ()), before.decode("utf-8-sig"), list[str]()
        for mail, manner in zip(given, heard, strict=True):
            if manner in mails:
                known.append(mail.name)
                continue
            mails.append(manner)
            text = with_mail(text, manner)
        if len(mails) > MOST:
            fix = f"Show it fewer, or begin again with `followup-mail voice remove`; {MOST} are more than enough."
            raise RefusedError(f"Your voice would be made of {len(mails)} mails; {MOST} is the limit.", fix=fix)
        if len(known) < len(given):
            workspace.journal.note_file(path, before if kept else None, text.encode(), "")
            write_over(path, text)
    now = read_voice(workspace.home)
    assert now is not None
    return VoiceAdded(now, len(given) - len(known), tuple(known))


def read_stored(workspace: Workspace) -> bytes:
    """Return the file as it is; nothing where there is none. Raises ``FactsError`` when it cannot be read."""
    path = workspace.home / NAME
    with said_plainly(path, "read"):
        return path.read_bytes() if path.is_file() else b""


def remove_voice(workspace: Workspace) -> None:
    """Delete it, also from a file that cannot be read. Raises ``NotFoundError`` where there is none."""
    path = workspace.home / NAME
    with said_plainly(path, "removed"):
        if not path.is_file():
            raise NotFoundError("No voice is kept here.", fix="Show mails of yours: followup-mail voice add FILE")
        with alone_in(workspace.home):
            workspace.journal.note_file(path, path.read_bytes(), None, "")
            path.unlink()
