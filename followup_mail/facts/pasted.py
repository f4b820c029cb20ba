"""A person as copied from a mail program: "Priya Raman <priya@x.example>", in any order and with any punctuation.

RFC 5322 section 3.4 has two forms, ``Name <address>`` and ``address (Name)``; people write a dozen more. What is not
clear is refused: an address that ends up in a name would be greeted with "Dear priya@x.example".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from followup_mail.facts.clean import clean_email, clean_line, clean_person
from followup_mail.facts.name_case import NAME_WORDS
from followup_mail.facts.tidy_name import decode_words, sender_of, tidy_name, without_credentials
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.regex import regex

_ADDRESS: Final = regex(r"(?i)<?\s*(?:mailto:\s*)?(?P<address>[^\s<>()\[\]\"“”„]+@[^\s<>()\[\]\"“”„]*)\s*>?")
_LINK: Final = regex(r"(?i)\A<?\s*mailto:([^\s<>?]+)(?:\?[^\s<>]*)?\s*>?\Z")
FIELD_NAME: Final = regex(r"(?i)\A\s*(?:to|from|cc|bcc|an|von|para|à)\s?:\s+")
_ALSO_AT: Final = str.maketrans(dict.fromkeys("\uff20\ufe6b", "@"))
_OPENS, _CLOSES = "([<{", ")]>}"
_AROUND: Final = " \t,;:|/-\u2013\u2014"
_QUOTES: Final = (('"', '"'), ("'", "'"), ("\u201c", "\u201d"), ("\u201e", "\u201c"), ("\u2018", "\u2019"), ("`", "`"))
_NOT_NAMES: Final = NAME_WORDS["not_names"]


@dataclass(frozen=True, slots=True)
class Pasted:
    """The name and the address that were understood."""

    name: str
    email: str = ""
    told: str = field(default="", compare=False)
    """What was guessed, in a sentence for the user; empty when nothing was."""


def read_pasted(text: str) -> Pasted:
    """Return name and address of one person.

    Raises ``UnfitError`` with a sentence when there is no name, more than one address, or a bad address.
    """
    line = FIELD_NAME.sub("", clean_line(decode_words(text.replace("\t", " "))).translate(_ALSO_AT))
    if link := _LINK.match(line):
        line = unquote(link[1])
    found = {_bare(match["address"]).casefold(): match for match in _ADDRESS.finditer(line)}
    if len(found) > 1:
        raise UnfitError(f"{quoted(text)} contains {len(found)} addresses", "enter each person separately")
    if not found:
        return _without_address(line)
    [match] = found.values()
    email = clean_email(_bare(match["address"]))
    name = _name_beside(_ADDRESS.sub(lambda found: " " * len(found[0]), line))
    if name:
        return _tidied(name, email)
    name = _name_from(email, text)
    told = f"Took the name {name} from {email}: if it is another, correct it."
    return Pasted(name, email, told=told)


def read_lone_address(text: str) -> str:
    """Return the address when the text is nothing else; else empty. Raises ``UnfitError`` for a bad address."""
    match = _ADDRESS.fullmatch(text.translate(_ALSO_AT).strip(_AROUND))
    return clean_email(_bare(match["address"])) if match else ""


def read_address_told(text: str) -> str:
    """Return the address that somebody tells, alone or as pasted: "Priya Raman <priya@x.example>", "mailto:...".

    Raises ``UnfitError`` for none, and for several.
    """
    line = unquote(link[1]) if (link := _LINK.match(text.strip())) else text.translate(_ALSO_AT)
    found = {_bare(match["address"]).casefold(): match for match in _ADDRESS.finditer(line)}
    if len(found) > 1:
        raise UnfitError(f"{quoted(text)} contains {len(found)} addresses", "write one of them")
    return clean_email(_bare(next(iter(found.values()))["address"]) if found else text)


def _bare(address: str) -> str:
    """Return an address without the punctuation around it in a sentence."""
    return address.strip("'\u2018\u2019`,;:.{}|")


def _without_address(line: str) -> Pasted:
    """Return a name alone. Text in angle brackets should be an address; if not, the error says why."""
    name, bracket, inside = line.partition("<")
    inside = inside.rstrip("> ")
    if bracket and inside:
        return Pasted(clean_person(_name_beside(name)), clean_email(inside))
    return _tidied(_name_beside(name))


def _tidied(shown: str, email: str = "") -> Pasted:
    """Return the name alone of what a mail program shows, and tell what was changed."""
    name = clean_person(tidy_name(clean_person(shown), email))
    told = ""
    if name not in {shown, without_credentials(shown)}:
        told = f"Took the name {name} from {quoted(shown)}: if it is another, correct it."
    if email and (sender := sender_of(shown)):
        told += f" {email} may be the address of {quoted(sender)}: if it is, write their own."
    return Pasted(name, email, told=told)


def _name_beside(rest: str) -> str:
    """Return the rest without the address: no empty brackets, and no punctuation or quotation marks around it."""
    rest = " ".join(rest.replace("\\", "").split())
    rest = re.sub(r"([(\[<{\"'])\s*([)\]>}\"'])", " ", rest)
    while True:
        name = rest.strip(_AROUND)
        for left, right in (*_QUOTES, *zip(_OPENS, _CLOSES, strict=True)):
            inside = name[1:-1]
            if len(name) > 1 and name[0] == left and name[-1] == right and left not in inside:
                name = inside
        if name == rest:
            return " ".join(name.split())
        rest = name


def _name_from(email: str, text: str) -> str:
    """Return the name in an address such as ``priya.raman@``."""
    words = re.split(r"[._]", email.rpartition("@")[0].casefold())
    is_plain = len(words) in {2, 3} and all(word.isalpha() and len(word) > 1 for word in words)
    if not is_plain or not _NOT_NAMES.isdisjoint(words):
        right = f'write the name too: "Priya Raman <{email}>"'
        raise UnfitError(f"{quoted(text)} contains an address but no name", right)
    return " ".join(word.capitalize() for word in words)
