"""Whole tables of a list added to a facts file, or taken out of it; every other line stays as it is, byte for byte.

``rewrite_listed`` changes the keys of a table that is there. Here an interview, a person or a contact comes or goes.
The result is read again and compared with what it should be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from followup_mail.facts.rewrite_listed import Place, resolve_header
from followup_mail.facts.statements import key_path, read_statements, read_toml

Facts = Mapping[str, str | int]
"""The keys of a new table, in the order in which they are to stand."""
_UNSAFE: Final = "the file is written in a way that cannot be changed safely"
_AFTER_INTERVIEWS: Final = ("promised", "outcome")


def add_interview(text: str, interview: Facts, people: Sequence[Facts]) -> str:
    """Return ``text`` with one more interview after all others. Raises ``ValueError`` when that is not safe."""
    document = _document(text)
    blocks = list(_blocks(text))
    added = [_table("interviews", interview), *(_table("interviews.people", person) for person in people)]
    there = [block for block in blocks if block.place[:1] == ("interviews",)]
    at = there[-1].end if there else _before(text, blocks, _AFTER_INTERVIEWS)
    wanted = {**interview, "people": [dict(person) for person in people]} if people else dict(interview)
    return _checked(_insert(text, at, added), {**document, "interviews": [*document.get("interviews", []), wanted]})


def add_person(text: str, person: Facts, interview: int | None = None) -> str:
    """Return ``text`` with one more person in an interview, counted from 0, or as a contact.

    Raises ``ValueError`` when that is not safe.
    """
    document = _document(text)
    blocks = list(_blocks(text))
    if interview is None:
        there = [block for block in blocks if block.place[:1] == ("contacts",)]
        at = there[-1].end if there else _before(text, blocks, ("interviews", *_AFTER_INTERVIEWS))
        wanted = {**document, "contacts": [*document.get("contacts", []), dict(person)]}
        return _checked(_insert(text, at, [_table("contacts", person)]), wanted)
    there = [block for block in blocks if block.place[:2] == ("interviews", interview)]
    if not there:
        raise ValueError(_UNSAFE)
    interviews = list(document["interviews"])
    known = interviews[interview]
    interviews[interview] = {**known, "people": [*known.get("people", []), dict(person)]}
    return _checked(
        _insert(text, there[-1].end, [_table("interviews.people", person)]), {**document, "interviews": interviews}
    )


def remove_interview(text: str, interview: int) -> str:
    """Return ``text`` without an interview, counted from 0, and its people. Raises ``ValueError`` when not safe."""
    document = _document(text)
    there = [block for block in _blocks(text) if block.place[:2] == ("interviews", interview)]
    if not there:
        raise ValueError(_UNSAFE)
    lines = text.split("\n")
    for block in reversed(there):
        del lines[block.first : block.end]
        # The empty line that parted it from the next one goes too.
        if block.first < len(lines) - 1 and not lines[block.first].strip() and _is_blank(lines, block.first - 1):
            del lines[block.first]
    left = [one for at, one in enumerate(document["interviews"]) if at != interview]
    wanted = {key: value for key, value in document.items() if key != "interviews"}
    return _checked("\n".join(lines), {**wanted, "interviews": left} if left else wanted)


class _Block(NamedTuple):
    """The lines of one table: from its header up to, but without, ``end``; remarks right below it belong to it."""

    place: Place
    first: int
    end: int


def _blocks(text: str) -> Iterator[_Block]:
    lines = text.split("\n")
    counts: dict[tuple[str | int, ...], int] = {}
    place: Place = ()
    first = end = 0
    for statement in read_statements(text):
        stripped = statement.text.lstrip(" \t")
        if stripped.startswith("["):
            if place:
                yield _Block(place, first, _with_remarks(lines, end))
            place = tuple(resolve_header(key_path(statement.value or {}), stripped.startswith("[["), counts))
            first = statement.line - 1
        end = statement.line + statement.text.count("\n")
    if place:
        yield _Block(place, first, _with_remarks(lines, end))


def _with_remarks(lines: Sequence[str], end: int) -> int:
    while end < len(lines) and lines[end].lstrip(" \t").startswith("#"):
        end += 1
    return end


def _before(text: str, blocks: Sequence[_Block], names: Sequence[str]) -> int:
    """Return the line of the first table of these names, or of the remarks right above it; else the end."""
    lines = text.split("\n")
    at = next((block.first for block in blocks if block.place[0] in names), len(lines) - (not lines[-1]))
    while at and at < len(lines) and lines[at - 1].lstrip(" \t").startswith("#"):
        at -= 1
    return at


def _insert(text: str, at: int, tables: Sequence[str]) -> str:
    """Insert tables with an empty line around each, ended as the other lines are."""
    lines = text.split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    if at >= len(lines):  # the last line had no end
        lines[-1] += end if lines[-1] else ""
        at = len(lines)
    added = [line for table in tables for line in ["", *table.split("\n")]]
    if _is_blank(lines, at - 1):
        del added[0]
    if at >= len(lines) or lines[at].strip():
        added.append("")
    lines[at:at] = [line + end for line in added[:-1]] + ([added[-1] + end] if at < len(lines) else added[-1:])
    return "\n".join(lines)


def _is_blank(lines: Sequence[str], at: int) -> bool:
    return at < 0 or not lines[at].strip()


def _table(header: str, facts: Facts) -> str:
    import tomlkit

    return f"[[{header}]]\n{tomlkit.dumps(dict(facts))}".rstrip("\n")


def _document(text: str) -> dict[str, Any]:
    document, _ = read_toml(text)
    if document is None:
        raise ValueError("the file is not TOML")
    return document


def _checked(text: str, wanted: Mapping[str, Any]) -> str:
    if read_toml(text)[0] != wanted:
        raise ValueError(_UNSAFE)
    return text
