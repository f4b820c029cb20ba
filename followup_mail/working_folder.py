"""Keep modules and programs of the working folder out: somebody else may have filled it.

Python looks for modules there after ``-m``, and where PYTHONPATH has an empty element (a colon too many); systems look
for programs there where PATH has one, and Windows does always. Imports nothing that is not loaded with Python itself,
as that could come from there already.
"""

# ruff: noqa: PTH100, PTH109, PTH117, PTH120
# pathlib is not loaded yet.

import os
import sys

_XDG = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


def keep_out() -> None:
    """Change the search for modules and programs, of this process and of those it starts.

    A folder that is named, and be it ``.``, stays. Relative folders of settings and data are invalid by the XDG Base
    Directory Specification, and are ignored.
    """
    if os.name == "nt":
        # https://learn.microsoft.com/windows/win32/api/processenv/nf-processenv-needcurrentdirectoryforexepathw
        os.environ["NODEFAULTCURRENTDIRECTORYINEXEPATH"] = "1"
    for name in _XDG:
        if name in os.environ and not os.path.isabs(os.environ[name]):
            del os.environ[name]
    folders = os.environ.get("PATH", "x").split(os.pathsep)
    if not any(folders):
        del os.environ["PATH"]  # then the system's own default counts
    elif "" in folders:
        os.environ["PATH"] = os.pathsep.join(filter(None, folders))
    _forget_modules()


def _forget_modules() -> None:
    try:
        here = os.getcwd()
    except OSError:
        return  # it was removed, and what was in it
    own = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    if here in {own, os.path.dirname(os.__file__)}:
        return
    if sys.path[:1] in ([""], [here]):
        del sys.path[0]
    if "" in os.environ.get("PYTHONPATH", "x").split(os.pathsep):
        sys.path[:] = [one for one in sys.path if one not in {"", here}]
