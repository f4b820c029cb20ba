"""Reads cards (vCard 2.1, 3.0 and 4.0): name, title, the preferred address and number, and the company."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from followup_mail.errors import FactsError
from followup_mail.incoming.found import Found, FoundPerson
from followup_mail.incoming.found_names import kept_line, kept_phone, kept_title, name_person, read_address
from followup_mail.incoming.given_file import as_octets, unfolded_text
from followup_mail.regex import regex

CARDS_LIMIT: Final = 30
_LINES_LIMIT: Final = 500
_LINE_LIMIT: Final = 2_000
_EDGE: Final = regex(rb"(?i)(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*\Z")
# Pictures and keys are long, and no facts; a note may hold anything.
_UNWANTED: Final = regex(r"(?im)^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY|NOTE|X-[\w-]+)[;:].*\n?")
# The card of somebody's assistant, inside of theirs (vCard 2.1).
_AGENT: Final = regex(
    rb"(?im)^(?:[\w-]+\.)?AGENT(?:;[^:\n]*)?:[ \t]*\n?BEGIN[ \t]*:[ \t]*VCARD[ \t]*\n"
    rb"(?:.*\n){0,500}?END[ \t]*:[ \t]*VCARD[ \t]*$"
)
# These have one value (in ORG each part has), and programs do not escape its comma: "Raman, Priya".
_ONE_VALUE: Final = regex(
    r'(?im)^(?P<key>(?:[\w-]+\.)?(?:FN|TITLE|ROLE|ORG)(?P<kinds>(?:;(?:"[^"\n]*"|[^":\n])*)?):)(?P<value>(?:.*=\n)*.*)$'
)
_OWN: Final = "it has your own address."
_AGAIN: Final = "Save the card again, as a .vcf file."
_EXTENSION: Final = regex(r"(?i);\s*ext=(\d{1,8})\Z")


def read_cards(content: bytes, name: str, own: frozenset[str] = frozenset()) -> Found:
    """Return whom the cards of a file describe, without the user, whose addresses in small letters are ``own``.

    Raises ``FactsError`` when there is no card of somebody else that can be read.
    """
    blocks = list(_blocks(_AGENT.sub(b"", as_octets(content).replace(b"\r\n", b"\n"))))
    if not blocks:
        raise FactsError(f"{name} has no whole card in it.", fix=_AGAIN)
    if len(blocks) > CARDS_LIMIT:
        raise FactsError(
            f"{name} has {len(blocks)} cards: it looks like a whole address book.", fix="Export the people you met."
        )
    notes: list[str] = []
    found = [_read_card(block, f"card {number} of {name}", notes, own) for number, block in enumerate(blocks, start=1)]
    cards = tuple(card for card in found if card)
    if not cards and any(note.endswith(_OWN) for note in notes):
        raise FactsError(f"{name} is your own card: it has your address.", fix="Give the card of somebody you met.")
    if not cards:
        raise FactsError(f"{name} has no card with a name or an address that can be read.", fix=_AGAIN)
    return Found(cards=cards, notes=tuple(notes))


def _blocks(content: bytes) -> Iterator[bytes]:
    """Yield each whole card of a file."""
    block: list[bytes] = []
    for line in content.split(b"\n"):
        edge = _EDGE.match(line)
        if edge and edge[1].upper() == b"BEGIN":
            block = [line]
        elif block:
            block.append(line)
        if edge and edge[1].upper() == b"END" and block:
            yield b"\n".join(block)
            block = []


def _read_card(block: bytes, name: str, notes: list[str], own: frozenset[str]) -> FoundPerson | None:
    lines = _UNWANTED.sub("", unfolded_text(block, name)).split("\n")[:_LINES_LIMIT]
    text = _ONE_VALUE.sub(_with_commas, "\n".join([*(line[:_LINE_LIMIT] for line in lines), "END:VCARD"]))
    contents = _parse(text, name, notes)
    emails = [found for line in _preferred(contents, "email") if (found := read_address(_text(line)))]
    if any(email.casefold() in own for email in emails):
        notes.append(f"Left out {name}: {_OWN}")
        return None
    email = emails[0] if emails else ""
    shown = _full_name(contents)
    person = name_person(shown, email, notes)
    if not person.name and not email:
        notes.append(f"Left out {name}: it has neither a name nor an address.")
        return None
    return FoundPerson(
        name=person.name,
        guess=person.guess,
        email=email,
        title=kept_title(_first(contents, "title") or _first(contents, "role"), notes) or person.title,
        phone=_phone(contents, notes),
        company=kept_line(_company(contents), notes),
    )


def _with_commas(line: re.Match[str]) -> str:
    """Return a line whose commas are escaped: they end no value."""
    comma = r"\\.|,|=2C" if "QUOTED-PRINTABLE" in line["kinds"].upper() else r"\\.|,"
    value = re.sub(comma, lambda found: found[0] if found[0][0] == "\\" else f"\\{found[0]}", line["value"])
    return line["key"] + value


def _parse(text: str, name: str, notes: list[str]) -> dict[str, list[Any]]:
    import logging

    import vobject

    logging.getLogger("vobject.base").setLevel(logging.CRITICAL)
    try:
        card = next(vobject.readComponents(text, ignoreUnreadable=True, allowQP=True))
    except Exception as error:  # whatever a parser makes of a broken card
        notes.append(f"Left out {name}: it cannot be read ({type(error).__name__}).")
        return {}
    contents: dict[str, list[Any]] = card.contents
    return contents


def _full_name(contents: dict[str, list[Any]]) -> str:
    """Return the name as it is shown; by its parts where that is missing, or its comma leaves open what comes first."""
    shown = _first(contents, "fn")
    named = contents.get("n", [])[:1] if not shown or "," in shown else []
    for value in (line.value for line in named):
        if shown and not (getattr(value, "given", "") and getattr(value, "family", "")):
            break
        parts = (getattr(value, part, "") for part in ("prefix", "given", "additional", "family", "suffix"))
        return " ".join(_joined(part) for part in parts if part).strip()
    return shown


def _phone(contents: dict[str, list[Any]], notes: list[str]) -> str:
    for line in _preferred(contents, "tel"):
        number = re.sub(r"(?i)\Atel:", "", _text(line))
        if "fax" not in _kinds(line) and (kept := kept_phone(_EXTENSION.sub(r" ext. \1", number), notes)):
            return kept
    return ""


def _company(contents: dict[str, list[Any]]) -> str:
    """Return the organisation without its departments."""
    for line in contents.get("org", []):
        value = line.value
        return _joined(value[0] if isinstance(value, list) and value else value).strip()
    return ""


def _first(contents: dict[str, list[Any]], key: str) -> str:
    return next((text for line in contents.get(key, []) if (text := _text(line))), "")


def _text(line: Any) -> str:
    return _joined(line.value).strip()


def _joined(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _preferred(contents: dict[str, list[Any]], key: str) -> list[Any]:
    """Return the lines of a property, the preferred one first, then those for work, those for home last."""
    return sorted(contents.get(key, []), key=_rank)


def _rank(line: Any) -> tuple[int, int]:
    kinds = _kinds(line)
    given = [str(value) for value in line.params.get("PREF", [])]
    by_number = int(given[0]) if given and given[0].isascii() and given[0].isdigit() else 101  # RFC 6350 section 5.3
    preferred = 1 if "pref" in kinds or (given and by_number == 101) else by_number
    return preferred, 0 if "work" in kinds else 2 if "home" in kinds else 1


def _kinds(line: Any) -> frozenset[str]:
    """Return the types of a line: ``TYPE=work,voice`` and, as in vCard 2.1, words without a name."""
    typed = [kind for value in line.params.get("TYPE", []) for kind in str(value).split(",")]
    return frozenset(kind.strip().casefold() for kind in (*typed, *line.singletonparams))
