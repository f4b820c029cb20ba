"""What a shell can complete: names of applications, people, kinds, methods, wordings, rules, and numbers of entries.

Somebody has pressed Tab and waits: names of files are read rather than files, nothing is checked, and nothing heavy is
imported. Each function returns pairs of a word and what it means.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

Words = Iterator[tuple[str, str]]
_RULES: Final = Path(__file__).parents[2] / "checks" / "rules"
_LARGEST: Final = 1024 * 1024
"""Bytes of a facts file that are read at most; larger ones are no facts."""


def name_applications(home: Path) -> Words:
    """Yield the short name of every application."""
    for path in sorted((home / "applications").glob("*.toml")):
        yield path.stem, ""


def name_people(home: Path, slug: str) -> Words:
    """Yield a word for everybody in an application's facts: of their name where it is theirs alone, else the address.

    Nothing where the file is no facts file.
    """
    path = home / "applications" / f"{Path(slug).name}.toml"
    if path.stat().st_size > _LARGEST:
        return
    facts = tomllib.loads(path.read_text("utf-8"))
    groups = (*facts.get("interviews", []), facts)
    listed = [one for group in groups for key in ("people", "contacts") for one in group.get(key, [])]
    everybody = {str(one["name"]): str(one.get("email", "")) for one in listed if one.get("name")}
    shared = Counter(chain.from_iterable(set(name.casefold().split()) for name in everybody))
    for name, email in everybody.items():
        own = (word for word in name.split() if shared[word.casefold()] == 1 and word.isalpha())
        if word := next(own, email):
            yield word, name


def name_kinds() -> Words:
    """Yield every kind of mail."""
    from followup_mail.cadence.kinds import Kind

    for kind in Kind:
        yield str(kind), kind.traits.in_heading


def name_methods(home: Path) -> Words:
    """Yield every method, the user's own first."""
    from followup_mail.cadence.cadence_files import name_cadences

    for name in name_cadences(home / "cadences"):
        yield name, ""


def name_wordings(home: Path) -> Words:
    """Yield every wording as ``KIND/NAME``."""
    from followup_mail.cadence.kinds import Kind
    from followup_mail.drafts.template_folders import TemplateFolders

    folders = TemplateFolders(home / "templates")
    for kind in Kind:
        for wording in folders.wordings(kind):
            yield f"{kind}/{wording.name}", ""


def name_rules() -> Words:
    """Yield the code of every check rule, with its name: both stand in the name of its file."""
    for path in sorted(_RULES.glob("fm*_*")):
        code, _, name = path.stem.partition("_")
        yield code.upper(), name.replace("_", " ")


def number_mails(home: Path) -> Words:
    """Yield the number of every mail that was seen in the mailbox, newest first, with what it is."""
    from followup_mail.outbox.entry_numbers import list_mail_numbers

    for number, what in list_mail_numbers(home / "outbox.sqlite3"):
        yield f"m{number}", what


def number_proposals(home: Path) -> Words:
    """Yield the number of every proposal that waits, with what it is about."""
    from followup_mail.proposals.kept import KeptProposals

    for proposal in KeptProposals(home).waiting():
        yield str(proposal.number), f"{proposal.application}, by {proposal.by}"


def number_entries(home: Path) -> Words:
    """Yield the number of every entry in the outbox, newest first, with its state."""
    from followup_mail.outbox.entry_numbers import list_numbers

    for number, state in list_numbers(home / "outbox.sqlite3"):
        yield str(number), state
