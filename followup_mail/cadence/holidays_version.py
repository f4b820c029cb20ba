"""What answers about holidays come from: the installed version of ``holidays``, and this program's own rules.

Neither is imported for it. The version is in the name of the folder that an installer puts beside the package.
"""

from __future__ import annotations

from importlib.machinery import PathFinder
from pathlib import Path
from typing import Final

from followup_mail import __version__

_FORMAT: Final = 1
_RULES: Final = ("fresh_days_off.py", "regions.py")
"""What decides here which days count and what is said about them."""
_ENDINGS: Final = (".dist-info", ".egg-info")


def find_version() -> str:
    """Return a line that is another one after any upgrade; empty where the version of ``holidays`` is not certain."""
    try:
        spec = PathFinder.find_spec("holidays")
        origin = spec.origin if spec else None
        if not origin:
            return ""
        folder = Path(origin).absolute().parent.parent
        found = [path for path in folder.iterdir() if path.name.startswith("holidays-") and path.suffix in _ENDINGS]
        if len(found) != 1:
            return ""
        marks = (found[0].stat(), *(Path(__file__).with_name(name).stat() for name in _RULES))
    except (OSError, ImportError, ValueError):
        return ""
    times = "-".join(f"{mark.st_mtime_ns:x}" for mark in marks)
    return f"format {_FORMAT}, {found[0].stem}, followup-mail {__version__}, as of {times}"
