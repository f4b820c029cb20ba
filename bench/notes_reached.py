"""How many thank-yous from notes alone say something of the conversation: ``python bench/notes_reached.py``.

The notes are those of the applications in ``tests/corpus``, as other people jotted them down; nobody is asked anything.
A mail that FM301 finds generic would not leave. Of the applications for measuring only the counts are shown; ``--list``
shows the notes of the others that no mail says anything of.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import tomlkit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from followup_mail.cadence.step import Kind  # noqa: E402
from followup_mail.errors import FollowupError  # noqa: E402
from followup_mail.services.context.request import Request  # noqa: E402
from followup_mail.services.overview.demo import Clock  # noqa: E402
from followup_mail.services.writing.prepare import prepare  # noqa: E402
from followup_mail.settings.load_settings import load_settings  # noqa: E402
from followup_mail.workspace import Workspace  # noqa: E402

CORPUS = ROOT / "tests" / "corpus"
A_DAY_LATER = timedelta(hours=20)
Table = Mapping[str, Any]


class Written(NamedTuple):
    """The thank-you to one person, by what the checks say of it."""

    notes: tuple[str, ...]
    is_generic: bool
    is_broken: bool


def main() -> None:
    """Print the counts of both collections."""
    for name in ("development", "measuring"):
        found = [one for path in sorted((CORPUS / name).glob("*.toml")) for one in write_all(path)]
        generic = [one for one in found if one.is_generic]
        broken = sum(one.is_broken for one in found)
        print(
            f"{name}: {len(found)} thank-yous, {len(generic)} say nothing of the talk, {broken} have a broken sentence"
        )
        if name == "development" and "--list" in sys.argv:
            print(*(f"  {' | '.join(one.notes)}" for one in generic), sep="\n")


def write_all(path: Path) -> Iterator[Written]:
    """Yield the thank-yous of the applications of a file, each in a home folder of its own."""
    for application in tomllib.loads(path.read_text("utf-8"))["applications"]:
        with tempfile.TemporaryDirectory() as folder:
            yield from _write(application, Path(folder))


def _write(application: Table, home: Path) -> Iterator[Written]:
    facts = {key: value for key, value in application["facts"].items() if key not in {"outcome", "promised"}}
    starts = [datetime.fromisoformat(str(interview["start"])) for interview in facts.get("interviews", ())]
    if not starts:
        return
    zone = ZoneInfo(facts.get("time_zone", "UTC"))
    sender = application["sender"]
    (home / ".env").write_text(f'FOLLOWUP_NAME="{sender["name"]}"\nFOLLOWUP_EMAIL="{sender["email"]}"\n', "utf-8")
    (home / "applications").mkdir()
    (home / "applications" / "x.toml").write_text(tomlkit.dumps(facts), "utf-8")
    now = max(start if start.tzinfo else start.replace(tzinfo=zone) for start in starts) + A_DAY_LATER
    workspace = Workspace(load_settings({}, home), Clock(now))
    try:
        people = {person["name"]: person for met in facts["interviews"] for person in met["people"]}
        for name, person in people.items():
            try:
                batch = prepare(
                    workspace, Request("x", Kind.THANK_YOU, (name,), ignore=("too-early",), even_taken=True)
                )
            except FollowupError:
                continue
            for prepared in batch.prepared:
                codes = {finding.code for finding in prepared.findings}
                yield Written(tuple(person.get("discussed", ())), "FM301" in codes, "FM106" in codes)
    finally:
        workspace.close()


if __name__ == "__main__":
    main()
