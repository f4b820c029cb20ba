"""Where the page works: the home folder and the settings that it was started for, opened again for each question.

A page that is open all day must see what a command or an editor changed since. So between two questions nothing is kept
but the process that renders templates, and what is proven to be the same still: facts whose files have not changed,
and plans of the same facts and the same outbox for as long as time changes nothing about them; both for looking only.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from followup_mail.errors import SettingsError
from followup_mail.settings.load_settings import defaults_for
from followup_mail.workspace import Workspace, read_clock

if TYPE_CHECKING:
    from followup_mail.cadence.kept import Kept
    from followup_mail.drafts.render_process import BoundedRenderer


def _make_renderer() -> BoundedRenderer:
    from followup_mail.drafts.render_process import BoundedRenderer

    return BoundedRenderer()


def _keep() -> Kept:
    from followup_mail.cadence.kept import Kept

    return Kept(read_clock)


@dataclass(frozen=True)
class Desk:
    """What is needed to open a workspace."""

    home: Path | None = None
    """As named on the command line; None: the home that the environment names."""
    env_file: Path | None = None
    clock: Callable[[], datetime] = read_clock  # aware
    renderer: BoundedRenderer = field(default_factory=_make_renderer)
    kept: Kept = field(default_factory=_keep)
    settings_changed: Callable[[], object] = lambda: None
    """Called when a page has changed the settings: whoever delivers meanwhile has to read them again."""
    delivers: bool = False
    """Whether mails that fall due leave while the page is open."""

    @property
    def where(self) -> Path:
        """The home folder, for a look at it that needs no settings."""
        return self.home or defaults_for(os.environ).home

    @contextmanager
    def open(self, command: str = "", *, sends: bool = False) -> Iterator[Workspace]:
        """Open the workspace for one question. With ``command``, what is changed is a step that can be taken back.

        Whoever changes something decides by plans that are made for this alone, and whoever ``sends`` mails by facts
        that are read for this alone, too.

        To be entered and left in one thread, since the outbox belongs to the thread that opened it. Raises
        ``SettingsError`` with every problem of the settings.
        """
        opened = Workspace.from_surroundings(self.home, self.env_file, command)
        kept = self.kept.without_plans() if command else self.kept
        workspace = self._complete(opened, None if sends else kept)
        try:
            if (workspace.home / "undo").is_dir() and workspace.journal.needs_tidying:
                from followup_mail.services.undo.undo_step import finish_interrupted

                workspace.journal.purge()
                finish_interrupted(workspace)
            yield workspace
        finally:
            workspace.close()

    @contextmanager
    def open_to_examine(self) -> Iterator[tuple[Workspace, SettingsError | None]]:
        """Open it whatever is wrong with the settings, and say what is."""
        try:
            workspace, error = Workspace.from_surroundings(self.home, self.env_file), None
        except SettingsError as unreadable:
            workspace, error = Workspace(defaults_for(os.environ, self.home)), unreadable
        workspace = self._complete(workspace, self.kept)
        try:
            yield workspace, error
        finally:
            workspace.close()

    def _complete(self, workspace: Workspace, kept: Kept | None) -> Workspace:
        return replace(workspace, clock=self.clock, renderer=self.renderer, kept=kept)
