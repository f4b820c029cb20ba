"""What was worked out about days off before, in a small file for the user alone.

Its first line says what the answers come from: the version of ``holidays``, this program, the format; and a checksum.
The second line is a JSON object: for ``COUNTRY/REGION/YEAR`` the days off by name, as numbers of the day of the year,
and the sentences on what is not known. A file that is damaged, foreign, of another version or writable by others is
as good as none, and is written again. Two processes may write it at once: one of them keeps nothing then.
"""

from __future__ import annotations

import os
import stat
import zlib
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import msgspec.json

from followup_mail.cadence.holidays_version import find_version
from followup_mail.errors import FollowupError
from followup_mail.facts.atomic_files import make_folder, write_over

_MOST_PLACES: Final = 300
"""Countries, regions and years; about 700 bytes each."""
_MOST_BYTES: Final = 1_000_000
_MOST_LETTERS: Final = 80
_LONGEST: Final = 400

PlaceYear = tuple[str, str, int]
"""Country, region and year."""


class KeptDaysOff:
    """The answers of one file, with those of this process. What is asked again comes out as it went in."""

    def __init__(self, path: Path | None) -> None:
        """``path`` is None where nothing is kept."""
        self.path = path
        self._new: dict[str, dict[str, Any]] = {}

    @cached_property
    def _version(self) -> str:
        """What answers come from; empty where that is not known: then none are kept."""
        return find_version() if self.path else ""

    @cached_property
    def _known(self) -> dict[str, Any]:
        return self._read()

    def days(self, country: str, region: str, year: int) -> dict[date, str] | None:
        """Return the days off in order, with their names; None when they were not kept."""
        kept = self._part("off", (country, region, year))
        try:
            return None if kept is None else _as_days(kept, year)
        except (AttributeError, TypeError, ValueError):
            return None

    def keep_days(self, place_year: PlaceYear, days: dict[date, str]) -> None:
        """Keep days off for later processes."""
        names: dict[str, list[int]] = {}
        for day, name in days.items():
            names.setdefault(name, []).append(day.timetuple().tm_yday)
        self._keep("off", place_year, names)

    def sentence(self, about: str, place_year: PlaceYear) -> str | None:
        """Return a sentence, which may be empty; None when it was not kept."""
        kept = self._part(about, place_year)
        return kept if isinstance(kept, str) and _is_plain(kept, _LONGEST) else None

    def keep_sentence(self, about: str, place_year: PlaceYear, sentence: str) -> None:
        """Keep a sentence for later processes."""
        if _is_plain(sentence, _LONGEST):
            self._keep(about, place_year, sentence)

    def save(self) -> None:
        """Write what this process has learnt, together with what others have written meanwhile."""
        new, self._new = self._new, {}
        if self.path is None or not new:
            return
        known = self._read()
        for key, parts in new.items():
            before = known.pop(key, None)
            known[key] = {**(before if isinstance(before, dict) else {}), **parts}
        text = msgspec.json.encode(dict(list(known.items())[-_MOST_PLACES:]))
        with suppress(OSError, FollowupError):
            make_folder(self.path.parent, self.path.parent)
            write_over(self.path, self._head(text).encode() + b"\n" + text)

    def _part(self, about: str, place_year: PlaceYear) -> object:
        parts = self._known.get(_key(place_year)) if self._version else None
        return parts.get(about) if isinstance(parts, dict) else None

    def _keep(self, about: str, place_year: PlaceYear, value: object) -> None:
        country, region, _ = place_year
        is_usual = len(country) == 2 and country.isalpha() and _is_plain(region, _MOST_LETTERS)
        if not self._version or not is_usual:
            return
        if not self._new:
            import atexit

            atexit.register(self.save)
        self._new.setdefault(_key(place_year), {})[about] = value

    def _read(self) -> dict[str, Any]:
        """Return what the file holds; nothing when it is not there, or not what this program wrote."""
        try:
            content = self.path.read_bytes() if self.path and _is_trusted(self.path) else b""
            head, _, text = content.partition(b"\n")
            known = msgspec.json.decode(text) if text and head == self._head(text).encode() else {}
        except (OSError, ValueError, RecursionError):
            return {}
        return known if isinstance(known, dict) else {}

    def _head(self, text: bytes) -> str:
        return f"followup-mail days off, {self._version}, checksum {zlib.crc32(text):08x}"


def _as_days(kept: Any, year: int) -> dict[date, str]:
    """Read days off. Raises ``AttributeError``, ``TypeError`` or ``ValueError`` when they are none of this year."""
    before = date(year, 1, 1).toordinal() - 1
    days = {before + number: name for name, numbers in kept.items() for number in numbers}
    last = date(year, 12, 31).toordinal()
    if not all(before < day <= last for day in days) or not all(_is_plain(name, _LONGEST) and name for name in kept):
        raise ValueError("not the days of a year")
    return {date.fromordinal(day): days[day] for day in sorted(days)}


def _is_plain(text: str, longest: int) -> bool:
    """Return whether a text can be printed as it is."""
    return len(text) <= longest and text.isprintable()


def _is_trusted(path: Path) -> bool:
    """Return whether it is a small file that only the user can write. On Windows the user's own folder sees to that."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_BYTES:
        return False
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o022)


def _key(place_year: PlaceYear) -> str:
    country, region, year = place_year
    return f"{country}/{region}/{year}"
