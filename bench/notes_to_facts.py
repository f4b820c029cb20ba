"""From the notes of a set to a facts file: a key is written when the facts have such a field and it takes the value.

So the same set goes through before and after the facts learn a new field. What the facts do not take is told, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import tomlkit

from bench.mail_moments import Job
from bench.mail_sets import Notes, list_people
from followup_mail.facts.application import Application, Fact, Interview, Outcome, Person, Promise, Word

# What belongs to the set and not to the facts.
_OF_THE_SET: Final = {"id", "candidate"}
# The facts have another word for it.
_CALLED_HERE: Final = {"register": "tone"}
# These name a person in a set; the facts may want their address.
_PEOPLE_NAMED: Final = {"by", "ask", "to"}


@dataclass
class Notebook:
    """Collects what the facts did not take, each sentence once."""

    sentences: dict[str, None] = field(default_factory=dict)

    def note(self, sentence: str) -> None:
        self.sentences[sentence] = None


def write_facts(application: Notes, job: Job, notebook: Notebook) -> str:
    """Return the facts file as it stands when the mail of ``job`` is written."""
    met = [one for one in application["interviews"] if one["round"] <= job.known_round]
    everybody = list_people(application)
    people = list_people({"interviews": met})
    is_last = len(people) == len(everybody)
    emails = {name: _own_address(name, everybody) for name in everybody}
    writer = _Writer(emails, notebook)
    left = _OF_THE_SET | {"interviews", "promised", "said", "outcome"}
    facts = writer.table(Application, {key: value for key, value in application.items() if key not in left})
    if application.get("said", {}).get("by") in people or is_last:
        facts["said"] = writer.table(Word, _usual_channel(application.get("said", {})))
    facts["interviews"] = [writer.interview(interview) for interview in met]
    promised = [_name_reader(promise, everybody) for promise in application.get("promised", ())]
    known = [promise for promise in promised if (promise["to"] in people if "to" in promise else is_last)]
    facts["promised"] = [writer.table(Promise, promise) for promise in known]
    if job.knows_outcome:
        facts["outcome"] = writer.table(Outcome, application["outcome"])
    return tomlkit.dumps({key: value for key, value in facts.items() if value not in ({}, [], "")})


@dataclass(frozen=True)
class _Writer:
    """Takes over what a model has a field for."""

    emails: Mapping[str, str]
    notebook: Notebook

    def table(self, model: type[Fact], given: Notes) -> dict[str, Any]:
        """Return the keys of ``given`` that the model takes."""
        taken: dict[str, Any] = {}
        for key, value in given.items():
            name = _CALLED_HERE.get(key, key)
            if value in (None, "", [], {}):
                continue
            if name not in model.fields:
                self.notebook.note(f"{model.__name__} has no {name}")
                continue
            fitting = [one for one in self._ways(name, value) if takes(model, name, one)]
            if fitting:
                taken[name] = fitting[0]
            else:
                self.notebook.note(f"{model.__name__}.{name} does not take {value!r}")
        return taken

    def interview(self, given: Notes) -> dict[str, Any]:
        """Return one interview with its people, each at an address of their own."""
        table = self.table(Interview, {key: value for key, value in given.items() if key != "people"})
        people = ({**person, "email": self.emails[person["name"]]} for person in given["people"])
        return {**table, "people": [self.table(Person, person) for person in people]}

    def _ways(self, name: str, value: object) -> Iterable[object]:
        """Return the ways in which a value can be written: a person by name, or by address."""
        is_name = name in _PEOPLE_NAMED and isinstance(value, str) and self.emails.get(value)
        return (value, self.emails[str(value)]) if is_name else (value,)


def takes(model: type[Fact], name: str, value: object) -> bool:
    """Return whether a field of a model accepts a value by itself."""
    try:
        model.fields[name].read(value)
    except ValueError:
        return False
    return True


def _usual_channel(said: Notes) -> Notes:
    """Return what they said, with the channel as a word of the facts; where mail is no way, none is written."""
    channel = "email" if "email" in str(said.get("channel", "")) else ""
    return {**said, "channel": channel}


def _own_address(name: str, everybody: Mapping[str, Notes]) -> str:
    """Return an address that is nobody else's.

    A set may give the recruiter's address to those he forwards to, and the facts refuse one address for two people.
    """
    email = str(everybody[name].get("email", ""))
    owner = next(other for other, person in everybody.items() if str(person.get("email", "")) == email)
    if owner == name or not email:
        return email
    box, _, domain = email.partition("@")
    return f"{box}+{Person(name=name).key}@{domain}"


def _name_reader(promise: Notes, everybody: Mapping[str, Notes]) -> Notes:
    """Return a promise with whom it was made to, where exactly one of them is named in the note."""
    if promise.get("to"):
        return promise
    words = str(promise.get("what", "")).replace(",", " ").split()
    named = [name for name in everybody if {*name.split()} & {*words} - {"Mr", "Mrs", "Ms", "Dr", "Dr.", "Prof."}]
    return {**promise, "to": named[0]} if len(named) == 1 else promise
