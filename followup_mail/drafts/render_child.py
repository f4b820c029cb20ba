"""The child process of ``render_process``: it renders templates that nobody vouches for, within limits it cannot lift.

One job a line in, one answer a line out, both JSON. It ends when its input does, which is when its parent is gone; and
a job that outlasts its parent is ended by a watchdog that no endless loop can keep from running.
"""

from __future__ import annotations

import faulthandler
import json
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

MEGABYTES: Final = 512
"""Of address space, from the moment the engine is loaded; POSIX only."""
LAST_SECONDS: Final = 3.0
"""After which a job ends itself, should nobody be left to end it sooner."""


def main() -> None:
    """Answer jobs until there are no more."""
    from followup_mail.drafts import template_engine  # noqa: F401 - loaded now, while there is memory and time for it

    # Ctrl-C goes to every process of the terminal; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_itself()
    print("ready", flush=True)
    for line in sys.stdin:
        faulthandler.dump_traceback_later(LAST_SECONDS, exit=True)
        print(json.dumps(_answer(json.loads(line))), flush=True)
        faulthandler.cancel_dump_traceback_later()


def _answer(job: Mapping[str, Any]) -> dict[str, object]:
    from followup_mail.drafts.template_engine import render, used_facts
    from followup_mail.drafts.template_errors import explain

    folders, template = [Path(folder) for folder in job["folders"]], job["template"]
    try:
        if job["facts"] is None:
            return {"names": used_facts(folders, template)}
        return {"text": render(folders, template, job["facts"])}
    except BaseException as error:  # MemoryError and RecursionError too: the parent must get an answer
        explained = explain(error, template)
        return {"sentence": explained.sentence, "fix": explained.fix}


def _limit_itself() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    limit = MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # rendering writes no files


if __name__ == "__main__":
    main()
