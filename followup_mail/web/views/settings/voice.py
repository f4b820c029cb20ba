"""The user's voice: mails of theirs taken in, what was understood, what follows from it; and forgotten again."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from followup_mail.errors import FollowupError, SettingsError
from followup_mail.own_voice.voice_file import KeptVoice, read_voice
from followup_mail.services.voice.describe_voice import say_changes, say_heard, say_more
from followup_mail.services.voice.keep_voice import GivenMail, add_to_voice, read_stored, remove_voice
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.frame.shown import facts_version
from followup_mail.workspace import Workspace


def show_voice(asked: Asked) -> Response:
    """Show what is known."""
    with asked.open() as workspace:
        return _page(asked, workspace)


def add_mails(asked: Asked) -> Response:
    """Take in what was pasted or chosen: all of it, or nothing."""
    with asked.open("voice add") as workspace:
        given = _read(asked)
        try:
            added = add_to_voice(workspace, given) if given else None
        except FollowupError as error:
            return _page(asked, workspace, error)
        if added is None:
            return _page(asked, workspace, is_empty=True)
        return asked.go("/voice", "settings.voice_added", count=added.added)


def forget_voice(asked: Asked) -> Response:
    """Forget it, if it is what was shown."""
    with asked.open("voice remove") as workspace:
        asked.require_shown(_version(workspace))
        remove_voice(workspace)
        return asked.go("/voice", "settings.voice_removed")


def _read(asked: Asked) -> list[GivenMail]:
    pasted = asked.form.get("mail")
    files = [GivenMail(file.name, file.content) for file in asked.form.files.get("files", ())]
    given = [GivenMail(asked.filler.sentence("pasted"), pasted.encode())] if pasted.strip() else []
    return [*given, *files]


def _version(workspace: Workspace) -> str:
    return facts_version(read_stored(workspace).hex())


def _page(
    asked: Asked, workspace: Workspace, error: FollowupError | None = None, *, is_empty: bool = False
) -> Response:
    kept: KeptVoice | None = None
    broken: SettingsError | None = None
    try:
        kept = read_voice(workspace.home)
    except SettingsError as unreadable:
        broken = unreadable
    return asked.page(
        "settings/voice.html",
        422 if error or is_empty else 200,
        kept=kept,
        broken=broken,
        heard=say_heard(kept) if kept else (),
        changes=say_changes(kept.voice) if kept else (),
        more=say_more(len(kept.mails)) if kept else "",
        version=_version(workspace),
        typed=asked.form.get("mail"),
        error=error,
        is_empty=is_empty,
    )


ROUTES: Final = (Get("/voice", show_voice), Post("/voice", add_mails), Post("/voice/remove", forget_voice))
