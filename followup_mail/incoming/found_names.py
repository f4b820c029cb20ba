"""Names, addresses, titles and numbers as files have them, passed through the gate of the facts or left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from followup_mail.facts.clean import clean_line, clean_person, clean_phone, clean_title
from followup_mail.facts.no_reply import is_unread
from followup_mail.facts.pasted import read_pasted
from followup_mail.facts.tidy_name import decode_words, tidy_name, title_shown
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.facts.word_lists import read_phrases
from followup_mail.incoming.found import FoundPerson
from followup_mail.incoming.saved_senders import good_address
from followup_mail.regex import regex

_WORDS: Final = read_phrases(Path(__file__).with_suffix(".toml"))
_MAILTO: Final = regex(r"(?i)\A\s*<?\s*mailto:\s*")
_WORD: Final = regex(r"[^\W\d_]+")


def read_address(text: str) -> str:
    """Return the address in ``mailto:priya@x.example`` or bare; empty for anything else."""
    return good_address(unquote(_MAILTO.sub("", text)).partition("?")[0].strip(" <>"))


def name_person(shown: str, email: str, notes: list[str]) -> FoundPerson:
    """Return a person by the name that is shown with an address; ``notes`` get what had to be left out."""
    name = _name(shown, email, notes)
    return FoundPerson(
        name=name, guess=_guess(email), email=email, title=kept_title(title_shown(shown) if name else "", [])
    )


def kept(clean: Callable[[str], str], text: str, what: str, notes: list[str]) -> str:
    """Return a text as a fact, or nothing and a note that it was left out."""
    try:
        return clean(text) if text.strip() else ""
    except UnfitError as error:
        notes.append(f"Left out {what}: {error.wrong}.")
        return ""


def kept_title(text: str, notes: list[str]) -> str:
    """Return a job title, or nothing."""
    return kept(clean_title, text, f"the title {quoted(text)}", notes)


def kept_phone(text: str, notes: list[str]) -> str:
    """Return a telephone number, or nothing."""
    return kept(clean_phone, text, f"the number {quoted(text)}", notes)


def kept_line(text: str, notes: list[str]) -> str:
    """Return one line, or nothing."""
    return kept(clean_line, text, quoted(text), notes)


def is_room(name: str, email: str) -> bool:
    """Return whether an attendee is a room or a thing: by its address, or by what it is called."""
    local, _, host = email.casefold().rpartition("@")
    if _is_at(host, _WORDS["room_hosts"]):
        return True
    said = f" {' '.join(_WORD.findall(name.casefold()))} "
    if any(f" {phrase} " in said for phrase in _WORDS["room_names"]):
        return True
    return not _WORDS["room_words"].isdisjoint(re.split(r"[-_.0-9]+", local))


def is_machine(email: str) -> bool:
    """Return whether an address is that of a calendar, a scheduling service or a no-reply sender."""
    host = email.casefold().rpartition("@")[2]
    return bool(email) and (is_unread(email) or _is_at(host, _WORDS["service_hosts"]))


def _is_at(host: str, hosts: frozenset[str]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def _name(shown: str, email: str, notes: list[str]) -> str:
    bare = " ".join(decode_words(shown).strip("\"' ").split(" ")).strip()
    # Calendars show the address, or the part before the @, where they know no name.
    if not bare or bare.casefold() in {email.casefold(), email.casefold().rpartition("@")[0]}:
        return ""
    try:
        if ";" in bare:  # several people, or a line that is meant to be taken apart
            raise UnfitError(f"{quoted(bare)} is not one name")
        return clean_person(tidy_name(clean_person(bare), email))
    except UnfitError as error:
        notes.append(f"Left out the name that {email or 'a file'} is shown with: {error.wrong}.")
        return ""


def _guess(email: str) -> str:
    try:
        return read_pasted(email).name if email else ""
    except ValueError:
        return ""
