"""Run a program at a pretended moment: ``python tests/at_moment.py '2028-02-29 12:00' Asia/Kolkata pytest``.

The clock goes on from there, in that zone, for the program and all that it starts. The library faketime stands between
them and the system's clock, instead of a patch inside Python. So everything agrees: a test's own ``now``, commands in
processes of their own, SQLite, and what OpenSSL thinks of a certificate. The offset from the true time is fixed once;
with an absolute moment each new process would begin there again.

The package ``libfaketime`` on PyPI carries the library, so no tool of the system is needed; one that is installed there
serves as well.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

PLACES = ("/usr/lib/*/faketime", "/usr/lib*/faketime", "/usr/local/lib/faketime", "/opt/homebrew/lib/faketime")


def main(arguments: Sequence[str]) -> int:
    """Become the program, or say what is missing."""
    if len(arguments) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    moment, zone, *command = arguments
    shown = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    for library in _libraries():
        environment = pretend(shown, library)
        if _works(shown, environment):
            os.execvpe(command[0], command, {**os.environ, **environment})
    print(
        "The library faketime was not found, or does not work here. Install it with one of these:\n"
        "  python -m pip install libfaketime\n"
        "  python -m pip install --no-binary libfaketime libfaketime     (needs a C compiler)\n"
        "  apt-get install faketime",
        file=sys.stderr,
    )
    return 2


def pretend(moment: datetime, library: Path) -> Mapping[str, str]:
    """Return what the environment must say so that it is that moment, in its own zone."""
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME": f"{round(moment.timestamp() - time.time()):+d}",
        # A sleep until a pretended moment of the other clock would last as long as the offset.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "TZ": str(moment.tzinfo),
    }


def _libraries() -> Iterator[Path]:
    package = importlib.util.find_spec("libfaketime")
    for folder in package.submodule_search_locations or () if package else ():
        yield from Path(folder).rglob("libfaketime.so.1")
    for pattern in PLACES:
        yield from Path("/").glob(f"{pattern[1:]}/libfaketime.so.1")


def _works(moment: datetime, environment: Mapping[str, str]) -> bool:
    ask = [sys.executable, "-c", "import time; print(time.time())"]
    asked = subprocess.run(ask, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    return asked.returncode == 0 and abs(float(asked.stdout) - moment.timestamp()) < 60


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
