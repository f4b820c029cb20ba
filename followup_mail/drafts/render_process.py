"""Render the user's own templates in a child process (``render_child``) with limits on time and memory.

The sandbox keeps a template from internals, but bounds neither: ``{% for %}`` inside ``{% for %}``, or a string
times a large number, would hang or exhaust this process. One child serves many renderings; it is killed at the
deadline and started again for the next one. Limits on memory need POSIX; elsewhere the deadline alone holds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Timer
from typing import Any, Final

from followup_mail.drafts.render_child import MEGABYTES
from followup_mail.errors import TemplateError

SECONDS: Final = 1.5
"""For one rendering."""
_STARTING_SECONDS: Final = 20.0
_PACKAGES: Final = Path(__file__).parents[2]
_LOOK: Final = "Look for a loop over many items, a repeated string or deep nesting in it."


class BoundedRenderer:
    """A child process that renders templates, started when first needed. Ends with this object, or on ``close``."""

    def __init__(self) -> None:
        self._lock = Lock()
        """One job at a time: a page asks from several threads."""
        self._child: subprocess.Popen[str] | None = None
        self._end: weakref.finalize[[subprocess.Popen[str]], BoundedRenderer] | None = None

    def __enter__(self) -> BoundedRenderer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def render(self, folders: Sequence[Path], template: str, facts: Mapping[str, object]) -> str:
        """Render as ``template_engine.render`` does. Raises ``TemplateError``, also past the deadline."""
        return str(self._ask(folders, template, facts)["text"])

    def used_facts(self, folders: Sequence[Path], template: str) -> list[str]:
        """Return the names of facts as ``template_engine.used_facts`` does. Raises ``TemplateError``."""
        return list(self._ask(folders, template, None)["names"])

    def close(self) -> None:
        """End the child."""
        if self._end:
            self._end()
        self._child = self._end = None

    def _ask(self, folders: Sequence[Path], template: str, facts: Mapping[str, object] | None) -> dict[str, Any]:
        job = json.dumps(
            {"folders": [str(folder.absolute()) for folder in folders], "template": template, "facts": facts}
        )
        with self._lock:
            line = self._take_turn(template, job)
        answer: dict[str, Any] = json.loads(line)
        if "sentence" in answer:
            raise TemplateError(answer["sentence"], fix=answer["fix"])
        return answer

    def _take_turn(self, template: str, job: str) -> str:
        child = self._child if self._child and self._child.poll() is None else self._start()
        with _deadline(child, SECONDS) as too_late:
            try:
                line = _exchange(child, job)
            except BaseException:  # Ctrl-C: the answer to this job must not become the answer to the next one
                self.close()
                raise
        if not line:
            self.close()
            raise TemplateError(f"{template}: was stopped: {_why(too_late)}.", fix=_LOOK)
        return line

    def _start(self) -> subprocess.Popen[str]:
        """Start the child and wait until it is ready, so that the deadline counts rendering alone."""
        self.close()
        child = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", "-m", "followup_mail.drafts.render_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env=_environment(),
        )
        self._child, self._end = child, weakref.finalize(self, _end, child)
        with _deadline(child, _STARTING_SECONDS):
            ready = _exchange(child, "")
        if not ready:
            self.close()
            raise TemplateError(
                "The process that renders your own templates did not start.",
                fix=f"Try `{sys.executable} -P -m followup_mail.drafts.render_child`; what it says tells why.",
            )
        return child


def _exchange(child: subprocess.Popen[str], job: str) -> str:
    """Hand over a job, if any, and return the answer; nothing when the child is gone."""
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        if job:
            child.stdin.write(job + "\n")
            child.stdin.flush()
        return child.stdout.readline()
    except OSError:
        return ""


@contextmanager
def _deadline(child: subprocess.Popen[str], seconds: float) -> Iterator[Event]:
    """Kill the child unless the block ends in time; the event tells whether that happened."""
    too_late = Event()

    def kill() -> None:
        too_late.set()
        child.kill()

    timer = Timer(seconds, kill)
    timer.start()
    try:
        yield too_late
    finally:
        timer.cancel()


def _end(child: subprocess.Popen[str]) -> None:
    child.kill()
    child.communicate()


def _environment() -> dict[str, str]:
    """Return the environment of the child: without our settings, among which are secrets; with our own code."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("FOLLOWUP_")}
    # An empty element would be the working folder.
    path = [str(_PACKAGES), *filter(None, kept.get("PYTHONPATH", "").split(os.pathsep))]
    return {**kept, "PYTHONPATH": os.pathsep.join(path)}


def _why(too_late: Event) -> str:
    return (
        f"it took longer than {SECONDS:g} seconds"
        if too_late.is_set()
        else f"it asked for more than {MEGABYTES} MB, or nests too deeply"
    )
