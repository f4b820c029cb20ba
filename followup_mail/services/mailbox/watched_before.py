"""Who was looked for by the last look into a mailbox: somebody new may have written before it.

Kept as checksums in ``log/watched.json``. Where that is lost, one look takes longer and finds what is known already.
"""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from followup_mail.errors import FollowupError
from followup_mail.facts.atomic_files import make_folder, write_over
from followup_mail.facts.kept_json import read_kept
from followup_mail.incoming.watched import Watched

_FILE: Final = "log/watched.json"


class WatchedBefore:
    """What the last look into the mailbox of an account looked for."""

    def __init__(self, home: Path, account: str) -> None:
        self._home, self._account = home, account

    def lacks(self, watched: Watched) -> bool:
        """Return whether an application or an address is looked for that the last look knew nothing of."""
        return not _sums(watched) <= set(self._read().get(self._account, ()))

    def remember(self, watched: Watched) -> None:
        """Write down what is looked for from now on: before a look that goes through everything, and after each."""
        known = self._read()
        sums = sorted(_sums(watched))
        if known.get(self._account) != sums:
            with suppress(OSError, FollowupError):
                make_folder(self._home, (self._home / _FILE).parent)
                write_over(self._home / _FILE, json.dumps({**known, self._account: sums}) + "\n")

    def _read(self) -> dict[str, list[str]]:
        return read_kept(self._home / _FILE, dict[str, list[str]]) or {}


def _sums(watched: Watched) -> set[str]:
    each = {one.slug for one in watched.applications}
    each |= {person.email for one in watched.applications for person in one.people}
    return {sha256(name.encode()).hexdigest()[:16] for name in each if name}
