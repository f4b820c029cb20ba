"""Render the user's own templates in a child process with limits on time and memory.

The sandbox keeps a template from internals, but bounds neither: ``{% for %}`` inside ``{% for %}``, or a string
times a large number, would hang or exhaust this process. One child serves many renderings; it is killed at the
deadline and started anew for the next one. Limits on memory need POSIX; elsewhere the deadline alone holds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from followup_mail.errors import TemplateError

SECONDS: Final = 1.5
MEGABYTES: Final = 512


class BoundedRenderer:
    """A child process that renders templates. Use as a context manager, or ``close`` it."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> BoundedRenderer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def render(self, folders: Sequence[Path], template: str, facts: Mapping[str, object]) -> str:
        """Render as ``engine.render`` does. Raises ``TemplateError``, also past the deadline."""
        answer = self._ask({"folders": [str(one) for one in folders], "template": template, "facts": facts}, template)
        if "text" not in answer:
            raise TemplateError(answer["sentence"], fix=answer["fix"])
        return str(answer["text"])

    def close(self) -> None:
        """End the child."""
        if self._child:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def _ask(self, job: Mapping[str, object], template: str) -> dict[str, Any]:
        child = self._child or self._start()
        assert child.stdin is not None
        assert child.stdout is not None
        deadline = threading.Timer(SECONDS, child.kill)
        deadline.start()
        try:
            child.stdin.write(json.dumps(job) + "\n")
            child.stdin.flush()
            line = child.stdout.readline()
        except (BrokenPipeError, OSError):
            line = ""
        finally:
            deadline.cancel()
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        self.close()
        raise TemplateError(
            f"{template}: was stopped after {SECONDS:g} seconds, or asked for more than {MEGABYTES} MB.",
            fix="Look for a loop over many items, a repeated string or deep nesting in it.",
        )

    def _start(self) -> subprocess.Popen[str]:
        """Start the child and wait until it is ready, so that the deadline counts rendering alone."""
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", "followup_mail.drafts.bounded"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={key: value for key, value in os.environ.items() if not key.startswith("FOLLOWUP_")},
        )
        assert self._child.stdout is not None
        self._child.stdout.readline()
        return self._child


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    limit = MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _serve() -> None:
    """The child: one job a line in, one answer a line out."""
    from followup_mail.drafts.engine import explain, render

    _limit_memory()
    print("ready", flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        try:
            answer = {"text": render([Path(one) for one in job["folders"]], job["template"], job["facts"])}
        except BaseException as error:  # MemoryError and RecursionError too: the parent must get an answer
            told = explain(error, job["template"])
            answer = {"sentence": told.sentence, "fix": told.fix}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    _serve()
