"""Read the collections of mails in ``tests/corpus``: one file, one note; or one file, many applications."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from followup_mail.cadence.step import Against, Kind, Objection, Step, StepId, StepState
from followup_mail.checks import CheckContext, Companion, with_facts
from followup_mail.facts.application import Application, Channel
from followup_mail.message.draft import Mailbox

CORPUS = Path(__file__).parent / "corpus"
KNOWN_KEYS = frozenset(
    """about expect arguable letter sender recipient facts siblings said_before other_companies own_addresses
    employer_domains attachments step_state step_note step_against
    step_due_at advert close_contact free_from
    """.split()
)


@dataclass(frozen=True, slots=True)
class Note:
    """One mail of the collection."""

    name: str
    context: CheckContext
    expect: frozenset[str]
    """Rules that it must trip; none for a good note."""
    arguable: frozenset[str]
    """Rules that it may trip: counted neither for nor against."""
    good: bool


def load_notes(folder: str) -> Iterator[Note]:
    """Yield the notes of ``good`` or ``bad``, in order of their names."""
    for path in sorted((CORPUS / folder).glob("*.toml")):
        yield load_note(path)


def load_collection(folder: str) -> Iterator[Note]:
    """Yield the mails of a collection in which a file holds several applications, each with its facts and mails."""
    for path in sorted((CORPUS / folder).glob("*.toml")):
        for application in tomllib.loads(path.read_text(encoding="utf-8"))["applications"]:
            yield from (_note_of(application, mail, path) for mail in application["mails"])


def _note_of(application: dict[str, Any], mail: dict[str, Any], path: Path) -> Note:
    letter = {key: mail[key] for key in ("subject", "text", "kind", "sent_at")}
    given = {**mail, "letter": letter, "sender": application["sender"]}
    given["facts"] = {**application["facts"], **mail.get("facts", {})}
    unknown = mail.keys() - KNOWN_KEYS - letter.keys() - {"id", "good"}
    if unknown:
        raise ValueError(f"{path}, {mail['id']}: unknown keys {sorted(unknown)}")
    return Note(
        name=f"{path.stem}/{mail['id']}",
        context=_context(given),
        expect=frozenset(mail.get("expect", [])),
        arguable=frozenset(mail.get("arguable", [])),
        good=mail["good"],
    )


def load_note(path: Path) -> Note:
    """Read one note; unknown keys are refused, so that a misspelt one is not silently without effect."""
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = given.keys() - KNOWN_KEYS
    if unknown:
        raise ValueError(f"{path}: unknown keys {sorted(unknown)}")
    return Note(
        name=path.stem,
        context=_context(given),
        expect=frozenset(given.get("expect", [])),
        arguable=frozenset(given.get("arguable", [])),
        good=path.parent.name == "good",
    )


def _context(given: dict[str, Any]) -> CheckContext:
    mail = given["letter"]
    sender, recipient = given.get("sender", {}), given.get("recipient", {})
    context = CheckContext(
        subject=mail["subject"],
        text=mail["text"].removeprefix("\n"),
        kind=Kind(mail["kind"]) if mail.get("kind") else None,
        sender=Mailbox(sender.get("name", ""), sender.get("email", "")),
        recipient=Mailbox(recipient.get("name", ""), recipient.get("email", "")),
        other_companies=tuple(given.get("other_companies", ())),
        companions=tuple(Companion("", text) for text in given.get("siblings", ())),
        said_before=tuple(given.get("said_before", ())),
        sends_at=mail.get("sent_at"),
        enclosures=tuple(given.get("attachments", ())),
        own_addresses=tuple(given.get("own_addresses", ())),
        employer_domains=tuple(given.get("employer_domains", ())),
        advert=given.get("advert", ""),
        close_contact=given.get("close_contact", ""),
        free_from=given.get("free_from", ""),
        step=_step(given, mail),
    )
    facts = {"slug": "corpus", **given["facts"]} if given.get("facts") else None
    return with_facts(context, Application.read(facts)) if facts else context


def _step(given: dict[str, Any], mail: dict[str, Any]) -> Step | None:
    if not given.get("step_state"):
        return None
    kind, against = Kind(mail["kind"]), given.get("step_against")
    return Step(
        id=StepId("corpus", kind, 1, "person"),
        kind=kind,
        channel=Channel.EMAIL,
        person=None,
        via=None,
        state=StepState(given["step_state"]),
        due_at=given.get("step_due_at"),
        last_at=None,
        reason="",
        note=given.get("step_note", ""),
        objections=(Objection(Against(against), given.get("step_note", "")),) if against else (),
    )
