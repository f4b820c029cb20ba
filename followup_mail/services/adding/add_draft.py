"""What was typed into ``add`` so far, kept on disk after each answer, so that ending in the middle loses nothing.

Answers are kept as they are written, not as they were said: "yesterday" is another day tomorrow.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from followup_mail.cadence.wording import say_list
from followup_mail.errors import FactsError
from followup_mail.facts.atomic_files import make_folder, write_over
from followup_mail.facts.pasted_people import PastedPerson
from followup_mail.facts.terms import Role
from followup_mail.workspace import Workspace

NEEDED: Final = ("company", "role")
"""The answers without which there is no application."""
FILE_NAME: Final = "unfinished-add.json"
_SIZE_LIMIT: Final = 1024 * 1024
_MORE: Final = ("convinced", "moments", "typed", "remarks")


class AddDraft(Struct):
    """The answers by their field, the people, and the notes on each."""

    answers: dict[str, str] = field(default_factory=dict)
    people: list[PastedPerson] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    """What was noted on each person, by name."""
    convinced: dict[str, str] = field(default_factory=dict)
    """What convinced the candidate about each person, by name."""
    moments: dict[str, str] = field(default_factory=dict)
    """The sentence that stands in the mail to each person, by name."""
    typed: dict[str, str] = field(default_factory=dict)
    """What a page could not read yet, by its field; it is kept to be corrected."""
    remarks: dict[str, str] = field(default_factory=dict)
    """What was guessed or left out when a card of a page was read, by the name of whom it made first."""

    @property
    def may_have_manager(self) -> bool:
        """Whether follow-ups may have to go to a hiring manager whom nobody has named yet.

        Not where a recruiter gets them, nor where the part of everybody is known.
        """
        parts = [person.role for person in self.people]
        return None in parts and not {Role.HIRING_MANAGER, Role.RECRUITER}.intersection(parts)

    @property
    def is_empty(self) -> bool:
        return not (any(self.answers.values()) or self.people or self.typed)

    @property
    def name(self) -> str:
        """What to call it: "Data Engineer at Lumen Freight"."""
        company, role = (self.answers.get(key, "") for key in NEEDED)
        return " at ".join(filter(None, (role, company))) or ", ".join(person.name for person in self.people)

    @property
    def summary(self) -> str:
        """What was kept, in one line: "Lumen Freight; Data Engineer; Priya Raman and Tom Okafor; 4 answers more"."""
        told = {key: text for key, text in self.answers.items() if text}
        first = [told.pop(key) for key in NEEDED if key in told]
        people = say_list([person.name or person.email for person in self.people])
        more = f"{len(told)} {'answer' if len(told) == 1 else 'answers'} more" if told else ""
        unread = f"{len(self.typed)} to be corrected" if self.typed else ""
        return "; ".join(filter(None, (*first, people, more, unread)))


def draft_path(workspace: Workspace) -> Path:
    """Return the file in which an unfinished entry is kept."""
    return workspace.home / FILE_NAME


def keep_draft(workspace: Workspace, draft: AddDraft) -> None:
    """Write down what was typed so far. Where that cannot be done, nothing is lost but the second chance."""
    with suppress(FactsError, OSError):
        make_folder(workspace.home, workspace.home)
        write_over(draft_path(workspace), write_draft(draft))


def write_draft(draft: AddDraft) -> str:
    """Return the text of the file; ``read_draft`` reads it back."""
    people = [
        {name: str(value) for name in PastedPerson.__struct_fields__ if (value := getattr(person, name))}
        for person in draft.people
    ]
    more = {name: told for name in _MORE if (told := getattr(draft, name))}
    return json.dumps({"answers": draft.answers, "people": people, "notes": draft.notes, **more}, indent=2) + "\n"


def read_draft(text: str) -> AddDraft | None:
    """Return the unfinished entry that a text holds; None when it is empty or none."""
    try:
        found = json.loads(text)
        people = [_read_person(person) for person in found["people"]]
        more = {name: _texts(found.get(name, {})) for name in _MORE}
        draft = AddDraft(_texts(found["answers"]), people, _texts(found["notes"]), **more)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return None if draft.is_empty else draft


def find_draft(workspace: Workspace) -> AddDraft | None:
    """Return the unfinished entry; None when there is none, or when the file is not ours any more."""
    path = draft_path(workspace)
    try:
        if path.stat().st_size > _SIZE_LIMIT:
            return None
        return read_draft(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def drop_draft(workspace: Workspace) -> None:
    """Remove the unfinished entry, once it is written down as an application."""
    with suppress(OSError):
        draft_path(workspace).unlink(missing_ok=True)


def _read_person(found: Mapping[str, Any]) -> PastedPerson:
    values = _texts(found)
    role = values.pop("role", "")
    return PastedPerson(**values, role=Role(role) if role else None)


def _texts(found: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in found.items()}
