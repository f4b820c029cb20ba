"""Labelled mails: a folder with ``watched.toml``, ``labels.toml`` and NAME.eml; and what the program makes of them.

``tests/corpus/README.md`` says what the labels mean.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from followup_mail.incoming.tenors import Tenor
from followup_mail.incoming.understand import may_be_theirs, understand
from followup_mail.incoming.understood import Understood
from followup_mail.incoming.watched import Watched, WatchedApplication, WatchedPerson, WatchedThread

DEVELOPMENT = Path(__file__).parent / "corpus" / "answers" / "development"
NONE = "none"


@dataclass(frozen=True, slots=True)
class Judged:
    """One mail, what its label says, and what the program made of it."""

    name: str
    label: dict[str, Any]
    found: Understood | None
    why_read: str

    @property
    def expected(self) -> tuple[str, ...]:
        """What is right; the first is likelier where there are two."""
        said = self.label["understanding"]
        return (said,) if isinstance(said, str) else tuple(said)

    @property
    def said(self) -> str:
        return self.found.understanding.value if self.found else NONE

    @property
    def is_no(self) -> bool:
        return bool(self.found and self.found.tenor is Tenor.NO)

    def mistakes(self) -> list[str]:
        """Return what is wrong, in words."""
        if self.said not in self.expected:
            return [f"{self.said!r} instead of {' or '.join(self.expected)!r}"]
        wrong = [] if self.found is None or self.why_read else ["its body would not be read"]
        if self.found is None:
            return wrong
        told: dict[str, tuple[Any, Any]] = {
            "applications": (set(self.label.get("applications", ())), set(self.found.applications)),
            "a no": (self.label.get("tenor") == "no", self.is_no),
            "back_on": (self.label.get("back_on"), self.found.back_on),
            "returned_to": (set(self.label.get("returned_to", ())), set(self.found.returned_to)),
            "an invitation": (self.label.get("invitation", False), self.found.has_invitation),
        }
        if "returned" in self.label:
            told["returned"] = (set(self.label["returned"]), set(self.found.returned))
        return wrong + [f"{what}: {got} instead of {wanted}" for what, (wanted, got) in told.items() if wanted != got]


def load_watched(folder: Path) -> tuple[Watched, date]:
    """Return what is looked for in a folder of mails, and the day on which they are read."""
    read = tomllib.loads((folder / "watched.toml").read_text("utf-8"))
    applications = tuple(_application(one) for one in read["application"])
    return Watched(applications, frozenset(read["own"])), read["today"]


def _application(read: dict[str, Any]) -> WatchedApplication:
    return WatchedApplication(
        slug=read["slug"],
        company=read["company"],
        role=read["role"],
        since=read["since"],
        people=tuple(WatchedPerson(**one) for one in read.get("people", ())),
        domains=frozenset(read.get("domains", ())),
        threads=tuple(WatchedThread(**one) for one in read.get("threads", ())),
        is_open=read.get("is_open", True),
    )


def judge(folder: Path) -> list[Judged]:
    """Let the program read each mail of a folder."""
    watched, today = load_watched(folder)
    judged = []
    for name, label in tomllib.loads((folder / "labels.toml").read_text("utf-8")).items():
        content = (folder / f"{name}.eml").read_bytes()
        head = content.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"
        judged.append(Judged(name, label, understand(content, watched, today), may_be_theirs(head, watched)))
    return judged
