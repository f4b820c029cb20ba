"""Sets of applications and mails to compare: one JSON object a line, as `docs/mails-measured.md` describes.

``applications.jsonl`` has the notes of each application, a file of mails has one mail a line, and a file of answers has
what was asked later, one application a line with the nesting of the facts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final, NamedTuple

from followup_mail.cadence.step import Kind

KINDS: Final = (Kind.THANK_YOU, Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY, Kind.REJECTION_THANKS)
Notes = Mapping[str, Any]
"""One application of a set, as it stands in the file."""


class MailKey(NamedTuple):
    """What two mails that can be compared have in common."""

    application: str
    kind: str
    to: str

    def __str__(self) -> str:
        return f"{self.application} {self.kind} to {self.to}"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail of a set, or the sentence that says why there is none."""

    application: str
    kind: str
    to: str
    subject: str = ""
    body: str = ""
    missing: str = ""
    """Why it could not be written; empty when it could."""
    wording: str = ""
    """The wording, or the model that wrote it."""
    why_not: str = ""
    """Why the writing model's mail was not used."""
    findings: tuple[str, ...] = ()
    """The codes of what the checks found."""
    attached: tuple[str, ...] = ()
    at: str = ""
    """The moment it was written for."""

    @property
    def key(self) -> MailKey:
        return MailKey(self.application, self.kind, self.to)

    def as_line(self) -> str:
        """Return it as a line of a file of mails, without what is empty."""
        return json.dumps({name: value for name, value in asdict(self).items() if value}, ensure_ascii=False)


def read_applications(folder: Path, only: Iterable[str] = ()) -> dict[str, Notes]:
    """Return the applications of a set by id; of ``only`` those named, if any are."""
    found = {str(row["id"]): row for row in read_lines(folder / "applications.jsonl")}
    wanted = tuple(only) or tuple(found)
    if unknown := [name for name in wanted if name not in found]:
        raise SystemExit(f"{folder} has no application {', '.join(unknown)}; it has {', '.join(found)}.")
    return {name: found[name] for name in wanted}


def read_mails(path: Path) -> dict[MailKey, Mail]:
    """Return the mails of a file; what else stands in a line is left aside."""
    mails = [_as_mail(row) for row in read_lines(path)]
    found = {mail.key: mail for mail in mails}
    if len(found) < len(mails):
        raise SystemExit(f"{path} has two mails of the same kind to the same person.")
    return found


def read_answers(path: Path | None) -> dict[str, Notes]:
    """Return what was asked later, by application."""
    return {str(row["application"]): row for row in read_lines(path)} if path else {}


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the object on each line that is not empty."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise SystemExit(f"{path} cannot be read: {error.strerror}. A set has applications.jsonl.") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise SystemExit(f"{path}:{number}: {error}.") from None


def list_people(application: Notes) -> dict[str, Notes]:
    """Return everybody met, by name; the last entry of a person counts."""
    return {person["name"]: person for interview in application["interviews"] for person in interview["people"]}


def merge_answers(application: Notes, answers: Notes) -> Notes:
    """Return an application with what was asked later: tables are joined key by key, everything else is replaced.

    ``people`` names each person; what is said of them goes into every entry of theirs.
    """
    people: Mapping[str, Notes] = answers.get("people", {})
    if strangers := people.keys() - list_people(application).keys():
        raise SystemExit(f"Answers of {application['id']} name nobody who was met: {', '.join(sorted(strangers))}.")
    interviews = [
        {**interview, "people": [{**person, **people.get(person["name"], {})} for person in interview["people"]]}
        for interview in application["interviews"]
    ]
    merged = dict(application)
    for name, value in answers.items():
        if name == "promised":
            merged[name] = _join_promises(merged.get(name, []), value)
        elif name not in {"application", "people"}:
            merged[name] = {**merged.get(name, {}), **value} if isinstance(value, dict) else value
    return {**merged, "interviews": interviews}


def _join_promises(noted: list[Notes], answered: list[Notes]) -> list[Notes]:
    """Return the promises of the notes, each with what was answered about it, in order; answers add none."""
    return [{**promise, **more} for promise, more in zip_longest(noted, answered[: len(noted)], fillvalue={})]


def _as_mail(row: Mapping[str, Any]) -> Mail:
    known = {name: row[name] for name in Mail.__slots__ if name in row}
    lists = {name: tuple(value) for name, value in known.items() if isinstance(value, list)}
    return Mail(**{**known, **lists})
