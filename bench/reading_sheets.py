"""Sheets for a blind reading, and the keys to them: what a reader sees says nothing about where a mail comes from.

Everything here is text in, text out; ``blind_reading`` writes the files.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from bench.mail_sets import Mail, MailKey, Notes, list_people

WORDS: Final[Mapping[str, Any]] = tomllib.loads(Path(__file__).with_name("reading_words.toml").read_text("utf-8"))
PER_SHEET: Final = 16
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_RULE: Final = "=" * 78


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mails for the same purpose, in the order in which the reader sees them."""

    number: int
    ours: Mail
    other: Mail
    ours_first: bool

    @property
    def in_order(self) -> tuple[Mail, Mail]:
        return (self.ours, self.other) if self.ours_first else (self.other, self.ours)


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet and its key, which are kept in different folders."""

    name: str
    sheet: str
    key: str


def pair_mails(ours: Mapping[MailKey, Mail], other: Mapping[MailKey, Mail], seed: int) -> list[Pair]:
    """Return every pair of which both mails were written, shuffled, with a toss for which one stands first."""
    random = Random(seed)
    both = sorted(key for key in ours.keys() & other.keys() if not (ours[key].missing or other[key].missing))
    random.shuffle(both)
    return [Pair(number, ours[key], other[key], random.random() < 0.5) for number, key in enumerate(both, 1)]


def list_missing(ours: Mapping[MailKey, Mail], other: Mapping[MailKey, Mail]) -> dict[MailKey, str]:
    """Return what the other side has and ours has not, with the reason: each counts as a pair lost."""
    there = [key for key, mail in other.items() if not mail.missing]
    absent = Mail("", "", "", missing="not in the file")
    return {key: found.missing for key in there if (found := ours.get(key, absent)).missing}


def make_sheets(pairs: Iterable[Pair], applications: Mapping[str, Notes], per_sheet: int = PER_SHEET) -> list[Paper]:
    """Return the sheets of a reading, as even in length as can be."""
    return [_pair_paper(f"sheet-{number}", part, applications) for number, part in _deal(list(pairs), per_sheet)]


def make_fact_sheets(
    mails: Iterable[Mail], applications: Mapping[str, Notes], seed: int, per_sheet: int = PER_SHEET
) -> list[Paper]:
    """Return the sheets of the second pass: each mail with the notes of its application beside it."""
    written = sorted((mail for mail in mails if not mail.missing), key=lambda mail: mail.key)
    Random(seed).shuffle(written)
    numbered = list(enumerate(written, 1))
    return [_fact_paper(f"facts-{number}", part, applications) for number, part in _deal(numbered, per_sheet)]


def show_mail(mail: Mail) -> str:
    """Return a mail as a reader sees it: as it is, but for what nobody sees and could still tell where it is from."""
    lines = _INVISIBLE.sub("", f"Subject: {mail.subject}\n\n{mail.body}").splitlines()
    text = "\n".join(re.sub(r"[^\S\n]", " ", line).rstrip() for line in lines)
    return unicodedata.normalize("NFC", re.sub(r"\n{3,}", "\n\n", text)).strip()


def count_words(mail: Mail) -> int:
    """Return how many words the body has."""
    return len(mail.body.split())


def _pair_paper(name: str, pairs: list[Pair], applications: Mapping[str, Notes]) -> Paper:
    parts = [f"{WORDS['mails']}\n\n{WORDS['how'].strip()}"]
    for pair in pairs:
        first, second = (show_mail(mail) for mail in pair.in_order)
        about = _introduce(pair.ours, applications[pair.ours.application])
        parts.append(f"{_RULE}\nPair {pair.number}\n\n{about}\n\n--- A ---\n\n{first}\n\n--- B ---\n\n{second}")
    return Paper(name, "\n\n".join(parts) + "\n", _as_json({"pairs": [_key_of(pair) for pair in pairs]}))


def _key_of(pair: Pair) -> dict[str, object]:
    sides = ("ours", "other") if pair.ours_first else ("other", "ours")
    words = {"ours": count_words(pair.ours), "other": count_words(pair.other)}
    return {"pair": pair.number, **pair.ours.key._asdict(), "A": sides[0], "B": sides[1], "words": words}


def _fact_paper(name: str, mails: list[tuple[int, Mail]], applications: Mapping[str, Notes]) -> Paper:
    parts = [f"{WORDS['facts']}\n\n{WORDS['how_facts'].strip()}"]
    for number, mail in mails:
        notes = "\n".join(_list_notes({key: v for key, v in applications[mail.application].items() if key != "id"}))
        sent = f"Sent on {mail.at[:10]}. " if mail.at else ""
        head = f"{_RULE}\nMail {number}\n\n{sent}To {mail.to}."
        parts.append(f"{head}\n\n{show_mail(mail)}\n\n--- the notes ---\n\n{notes}")
    key = [{"mail": number, **mail.key._asdict()} for number, mail in mails]
    return Paper(name, "\n\n".join(parts) + "\n", _as_json({"mails": key}))


def _introduce(mail: Mail, application: Notes) -> str:
    person = list_people(application)[mail.to]
    title = person.get("title")
    known = {"candidate": application["candidate"]["name"], "company": application["company"]}
    reader = WORDS["reader"].format(
        name=mail.to, title=f", {title}" if title else "", role=application["role"], **known
    )
    return f"{reader}\n{WORDS['kinds'][mail.kind].format(**known)}"


def _list_notes(value: object, name: str = "", depth: int = 0) -> Iterator[str]:
    """Yield notes as indented lines, whatever fields they have."""
    indent = "  " * depth
    label = name.replace("_", " ")
    if isinstance(value, Mapping):
        if name:
            yield f"{indent}{label}:"
        for key, item in value.items():
            yield from _list_notes(item, str(key), depth + bool(name))
    elif isinstance(value, list | tuple):
        yield f"{indent}{label}:"
        for item in value:
            if isinstance(item, Mapping):
                yield f"{indent}  -"
                yield from _list_notes(item, "", depth + 2)
            else:
                yield f"{indent}  - {item}"
    elif value not in ("", None):
        yield f"{indent}{label}: {value}"


def _deal(items: list[Any], per_sheet: int) -> Iterator[tuple[int, list[Any]]]:
    """Yield the number of each sheet with its part, the parts as equal as can be."""
    count = max(1, round(len(items) / per_sheet))
    for number in range(count):
        part = items[number * len(items) // count : (number + 1) * len(items) // count]
        if part:
            yield number + 1, part


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
