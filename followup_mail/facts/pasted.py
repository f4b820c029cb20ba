"""A person as people paste one from a mail program: "Priya Raman <priya@x.example>", in every order and dress.

RFC 5322 section 3.4 has two forms, ``Name <address>`` and ``address (Name)``; people write a dozen more. What is not
plain is refused: an address that ends up in a name would be greeted with "Dear priya@x.example".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from followup_mail.facts.clean import clean_email, clean_line, clean_person
from followup_mail.facts.unfit_values import UnfitError, quoted

_ADDRESS: Final = re.compile(r"(?i)<?\s*(?:mailto:\s*)?(?P<address>[^\s<>()\[\]\"“”„]+@[^\s<>()\[\]\"“”„]*)\s*>?")
_LINK: Final = re.compile(r"(?i)\A<?\s*mailto:([^\s<>?]+)(?:\?[^\s<>]*)?\s*>?\Z")
_FIELD: Final = re.compile(r"(?i)\A(?:to|from|cc|bcc|an|von|para|à)\s?:\s")
_ALSO_AT: Final = str.maketrans(dict.fromkeys("\uff20\ufe6b", "@"))
_OPENS, _CLOSES = "([<{", ")]>}"
_AROUND: Final = " \t,;:|/-\u2013\u2014"
_QUOTES: Final = (('"', '"'), ("'", "'"), ("\u201c", "\u201d"), ("\u201e", "\u201c"), ("\u2018", "\u2019"), ("`", "`"))
# Of "priya.raman@" a name can be read; of these, none.
_NO_NAMES: Final = frozenset(
    """
    admin acquisition business career careers chief club contact data department desk dev do engineering finance front
    general head help hello hiring hr human info it job jobs mail mailbox manager marketing me my no not office people
    post press private project recruiter recruiting recruitment reply resources sales science search security service
    shared staff support talent talents team tech the us work
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was understood."""

    name: str
    email: str = ""
    guessed: bool = False
    """Whether the name was taken from the address."""


def read_pasted(text: str) -> Pasted:
    """Return name and address of one person.

    Raises ``UnfitError`` with a sentence when there is no name, more than one address, or what is no address.
    """
    line = _FIELD.sub("", clean_line(text.replace("\t", " ")).translate(_ALSO_AT))
    if link := _LINK.match(line):
        line = unquote(link[1])
    found = {_bare(match["address"]).casefold(): match for match in _ADDRESS.finditer(line)}
    if len(found) > 1:
        raise UnfitError(f"{quoted(text)} holds {len(found)} addresses", "name each person alone")
    if not found:
        return _without_address(line)
    [match] = found.values()
    email = clean_email(_bare(match["address"]))
    name = _name_beside(_ADDRESS.sub(lambda one: " " * len(one[0]), line))
    if name:
        return Pasted(clean_person(name), email)
    return Pasted(_name_from(email, text), email, guessed=True)


def read_lone_address(text: str) -> str:
    """Return the address when the text holds nothing else; empty otherwise. Raises ``UnfitError`` for a bad one."""
    match = _ADDRESS.fullmatch(text.translate(_ALSO_AT).strip(_AROUND))
    return clean_email(_bare(match["address"])) if match else ""


def _bare(address: str) -> str:
    """Return an address without the punctuation that stands around it in a sentence."""
    return address.strip("'\u2018\u2019`,;:.{}|")


def _without_address(line: str) -> Pasted:
    """Return a name alone. What stands in angle brackets was meant as an address, and says why it is none."""
    name, bracket, inside = line.partition("<")
    inside = inside.rstrip("> ")
    if bracket and inside:
        return Pasted(clean_person(_name_beside(name)), clean_email(inside))
    return Pasted(clean_person(_name_beside(name)))


def _name_beside(rest: str) -> str:
    """Return what is left without the address: no empty brackets, nothing around it, no quotes about all of it."""
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
    """Return the name that an address says plainly: ``priya.raman@``."""
    words = re.split(r"[._]", email.rpartition("@")[0].casefold())
    is_plain = len(words) in {2, 3} and all(word.isalpha() and len(word) > 1 for word in words)
    if not is_plain or not _NO_NAMES.isdisjoint(words):
        right = f'write the name too: "Priya Raman <{email}>"'
        raise UnfitError(f"{quoted(text)} holds an address but no name", right)
    return " ".join(word.capitalize() for word in words)
