"""Where every tool gets its workspace: opened again for each call, one call at a time, and only to read."""

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock
from typing import Final

from mcp.server.mcpserver.exceptions import ResourceError, ToolError
from mcp_types import CallToolResult

from followup_mail.drafts.render_process import BoundedRenderer
from followup_mail.errors import FollowupError
from followup_mail.mcp.answers import make_result
from followup_mail.services.assistants.reading_workspace import ReadingWorkspace, open_to_read
from followup_mail.services.assistants.telling import Told, Veil
from followup_mail.workspace import read_clock

_BROKEN: Final = "followup-mail failed at this ({}). Nothing was changed or sent. Tell the user: followup-mail doctor"


class Desk:
    """The home that is served."""

    def __init__(self, home: Path | None = None, env_file: Path | None = None, clock: Callable = read_clock) -> None:  # type: ignore[type-arg]
        self._places = (home, env_file)
        self._home = home or Path(os.environ.get("FOLLOWUP_HOME") or Path.home())
        self._clock = clock
        self._renderer = BoundedRenderer()
        self._one_at_a_time = RLock()

    def open(self) -> ReadingWorkspace:
        """Return the workspace as it is now; whoever opens it closes it. Raises ``SettingsError``, ``RefusedError``."""
        workspace = open_to_read(*self._places, clock=self._clock, renderer=self._renderer)
        self._home = workspace.home
        return workspace

    @contextmanager
    def opened(self) -> Iterator[ReadingWorkspace]:
        """Yield the workspace as it is now, to this call alone."""
        with self._one_at_a_time, closing(self.open()) as workspace:
            yield workspace

    def answer(self, tell: Callable[[ReadingWorkspace], Told]) -> CallToolResult:
        """Return what ``tell`` has to tell. Raises ``ToolError`` with a sentence for whatever prevents it."""
        with self.told_plainly(), self.opened() as workspace:
            return make_result(tell(workspace), Veil.of(workspace))

    def text(self, tell: Callable[[ReadingWorkspace], str]) -> str:
        """Return a text, such as a guide, without what the assistant may not learn. Raises ``ResourceError``."""
        with self.told_plainly(ResourceError), self.opened() as workspace:
            return Veil.of(workspace).cover_text(tell(workspace))

    @contextmanager
    def told_plainly(self, kind: type[ToolError | ResourceError] = ToolError) -> Iterator[None]:
        """Turn whatever is raised into such an error with a sentence; what was not foreseen is logged on stderr."""
        try:
            yield
        except FollowupError as error:
            ended = error.sentence if error.sentence.endswith((".", "!", "?")) else f"{error.sentence}."
            raise kind(self._cover(f"{ended} {error.fix}".strip())) from None
        except Exception as error:  # whatever it is, the assistant gets a sentence and no contents
            _log(error)
            raise kind(_BROKEN.format(type(error).__name__)) from None

    def _cover(self, sentence: str) -> str:
        return Veil(self._home).cover_text(sentence)

    def close(self) -> None:
        """End the process that renders templates."""
        self._renderer.close()


def _log(error: Exception) -> None:
    """Say on stderr where it happened; not what with: that may be private."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" in {Path(frame.filename).name}, line {frame.lineno}" for frame in last)
    print(f"followup-mail mcp: {type(error).__name__}{place}", file=sys.stderr)
