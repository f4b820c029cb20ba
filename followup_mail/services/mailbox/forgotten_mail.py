"""Which mail the user has forgotten: it still lies in the mailbox, and a look must not keep it again.

Kept as checksums in ``log/forgotten.json``, the latest ones. Where that is lost, a look that begins anew may keep such
a mail again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

from followup_mail.facts.atomic_files import make_folder, write_over
from followup_mail.facts.kept_json import read_kept
from followup_mail.outbox.seen_mail import MailPlace, SeenMail

_FILE: Final = "log/forgotten.json"
_MOST: Final = 10_000


def remember_forgotten(home: Path, mails: Iterable[SeenMail]) -> None:
    """Write down that these are not to be kept again. Raises ``FactsError`` when that cannot be written."""
    sums = [*read_forgotten(home), *(_sum(seen.place, seen.mail.message_id) for seen in mails)]
    make_folder(home, (home / _FILE).parent)
    write_over(home / _FILE, json.dumps([*dict.fromkeys(sums)][-_MOST:]) + "\n")


def read_forgotten(home: Path) -> tuple[str, ...]:
    """Return the checksums; none where there is no such file, or it cannot be read."""
    return tuple(known for known in read_kept(home / _FILE, list[object]) or () if isinstance(known, str))


def is_forgotten(forgotten: frozenset[str], place: MailPlace, message_id: str) -> bool:
    """Return whether a mail is among those whose checksums are given."""
    return bool(forgotten) and _sum(place, message_id) in forgotten


def _sum(place: MailPlace, message_id: str) -> str:
    """Return what tells a mail: its Message-ID, else where it lies."""
    known = message_id or f"{place.account}\n{place.folder}\n{place.uid_validity}\n{place.uid}"
    return sha256(known.encode()).hexdigest()[:24]
