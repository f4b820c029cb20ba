"""Cadences as files: the presets that come along, and the user's own ``*.toml``, whose name is the file's."""

from __future__ import annotations

import difflib
import os
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from followup_mail.cadence.cadence_table import Where, Wrong, read_cadence
from followup_mail.cadence.method import Cadence
from followup_mail.errors import CadenceError, FactsFileError, NotFoundError, Problem
from followup_mail.facts.file_text import read_facts
from followup_mail.facts.line_numbers import Scan, scan

PRESETS: Final = Path(__file__).parent / "presets"
DEFAULT: Final = "balanced"


def name_cadences(folder: Path | None = None, shared: Path | None = None) -> tuple[str, ...]:
    """Return the names of all cadences: the user's own, those of the office, then the presets they do not replace."""
    own = _files(folder) if folder else {}
    office = [name for name in sorted(_files(shared) if shared else {}) if name not in own]
    return (*sorted(own), *office, *(name for name in sorted(_presets()) if name not in {*own, *office}))


def find_cadence(name: str, folder: Path | None = None, shared: Path | None = None) -> Cadence:
    """Return a cadence by name; the user's own file goes before the office's in ``shared``, and that before a preset.

    Raises ``NotFoundError`` with the nearest name, ``CadenceError`` with every problem of a bad file.
    """
    for place in filter(None, (folder, shared)):
        files = _files(place) if _may_hold(place, name) else {}
        if name in files:
            return load_cadence(files[name], own=True)
    if name in _presets():
        return _preset(name)
    known = name_cadences(folder, shared)
    near = difflib.get_close_matches(name[:60], known, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise NotFoundError(f"There is no cadence '{name[:60]}'.", fix=f"{hint}There are: {', '.join(known)}.")


def load_cadence(path: Path, *, own: bool = True) -> Cadence:
    """Read one cadence file. Raises ``CadenceError`` with every problem and its line."""
    return _understand(path, _read(path), own)


@lru_cache(maxsize=64)
def _understand(path: Path, text: str, own: bool) -> Cadence:
    """Return what a file says, once for each text: it is the method of many applications."""
    found = scan(text)
    problems = [Problem(path, fault.line, _written(fault.where), fault.wrong, fault.right) for fault in found.faults]
    if problems:
        raise CadenceError(problems, fix=_fix(path))
    cadence, wrong = read_cadence(found.document, path.stem, own=own)
    if wrong:
        raise CadenceError([_problem(path, found, mistake) for mistake in wrong], fix=_fix(path))
    return cadence


@cache
def _preset(name: str) -> Cadence:
    return load_cadence(PRESETS / f"{name}.toml", own=False)


@cache
def _presets() -> frozenset[str]:
    """Return the names of the built-in cadences, which stay the same as long as the program runs."""
    return frozenset(_files(PRESETS))


def _may_hold(folder: Path, name: str) -> bool:
    """Return False where the folder certainly has no such file: asked once for every application."""
    if not name.replace("-", "").replace("_", "").isalnum():
        return True
    try:
        os.lstat(folder / f"{name}.toml")
    except FileNotFoundError:
        # What cannot be listed is an error, which is said where it is listed.
        return folder.exists() and not os.access(folder, os.R_OK)
    except OSError:
        return True
    return True


def _files(folder: Path) -> dict[str, Path]:
    """Return the cadence files of a folder by name; nothing when there is no such folder."""
    try:
        return {path.stem: path for path in sorted(folder.iterdir()) if path.suffix == ".toml" and path.stem}
    except FileNotFoundError:
        return {}
    except OSError as error:
        problem = Problem(folder, 0, "", f"cannot be read: {error.strerror}")
        raise CadenceError([problem], fix="Put your own cadences in a folder that you can read.") from None


def _read(path: Path) -> str:
    try:
        return read_facts(path)
    except FactsFileError as error:
        # The reading is the same for both kinds of file, only the words name the other one.
        problems = [
            replace(problem, right=problem.right.replace("facts file", "cadence file")) for problem in error.problems
        ]
        raise CadenceError(problems, fix=_fix(path)) from None
    except FileNotFoundError:
        raise CadenceError([Problem(path, 0, "", "no longer exists")], fix=_fix(path)) from None


def _problem(path: Path, found: Scan, wrong: Wrong) -> Problem:
    return Problem(path, found.line_of(wrong.where), _written(wrong.where), wrong.wrong, wrong.right)


def _written(where: Where) -> str:
    """Return a path as the user would write it, counting from 1: ``steps[2].offset``."""
    words = ""
    for part in where:
        words += f"[{part + 1}]" if isinstance(part, int) else f"{'.' if words else ''}{part}"
    return words


def _fix(path: Path) -> str:
    return f"Fix {path.name}. For an example, see `followup-mail cadence show {DEFAULT}`."
