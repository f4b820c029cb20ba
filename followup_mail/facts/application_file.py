"""A facts file read and checked: an ``Application``, or every problem of the file at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from followup_mail.errors import FactsFileError, Problem
from followup_mail.facts.addressees import check_promises
from followup_mail.facts.application import Application
from followup_mail.facts.error_sentences import HEADERS, MISSING, SLUG_INSIDE, explain, guess
from followup_mail.facts.file_text import MEND, SIZE_LIMIT, TOO_LARGE
from followup_mail.facts.identity import check_people
from followup_mail.facts.line_numbers import Fault, LinePlace, Scan, scan
from followup_mail.facts.statements import read_toml
from followup_mail.facts.unfit_values import Finding, UnfitError, UnfitFactsError

PROBLEM_LIMIT: Final = 50
_SEVERAL: Final = frozenset({"contacts", "interviews", "people", "promised"})


def parse_application(text: str, path: Path, slug: str) -> Application:
    """Return the application that ``text`` describes.

    Raises ``FactsFileError`` with every problem, in order of lines; ``path`` is only named in it.
    """
    spoilt = _refuse_outright(text, path)
    if spoilt:
        raise FactsFileError([spoilt], fix=MEND)
    text = text.removeprefix("\ufeff")
    document, _ = read_toml(text)
    if document is not None and "slug" not in document and not _mistaken_people(Scan(document)):
        with suppress(UnfitFactsError):
            return Application.read({**document, "slug": slug})
    # Looking for the lines takes longer than reading the file, so it waits until there is something to say.
    faults = find_faults(scan(text), slug)
    raise FactsFileError(list(_as_problems(faults, path)), fix=MEND)


def find_faults(found: Scan, slug: str) -> list[Fault]:
    """Return everything wrong with a file that was taken apart, from its commas to its meaning."""
    faults = [*found.faults, *_mend_brackets(found), *_mistaken_people(found)]
    if "slug" in found.document:
        faults.append(Fault(found.line_of(("slug",)), ("slug",), *SLUG_INSIDE))
    try:
        Application.read({**found.document, "slug": slug})
    except UnfitFactsError as error:
        for one in error.findings:
            # Explaining looks for near words; a file with thousands of unknown keys gets a count instead.
            if len(faults) > PROBLEM_LIMIT:
                faults.append(Fault(0, (), ""))
            elif not _is_echo(one, found):
                faults.append(_as_fault(one, found))
    return faults


def _mistaken_people(found: Scan) -> list[Fault]:
    return [*check_people(found), *check_promises(found)]


def _refuse_outright(text: str, path: Path) -> Problem | None:
    """Return the one problem of a text that is not worth looking into."""
    if len(text.encode(errors="replace")) > SIZE_LIMIT:
        return Problem(path, 0, "", *TOO_LARGE)
    if not text.removeprefix("\ufeff").strip():
        return Problem(path, 0, "", "is empty", 'It needs at least company = "..." and role = "..."')
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return Problem(path, text.count("\n", 0, error.start) + 1, "", "contains half a character", "Leave it out")
    return None


def _mend_brackets(found: Scan) -> Iterator[Fault]:
    """Read [interviews] as [[interviews]], after saying so: what is below it is checked all the same."""
    interviews = found.document.get("interviews")
    tables: list[tuple[LinePlace, Any]] = [((), found.document)]
    tables += [(("interviews", at), one) for at, one in enumerate(interviews if isinstance(interviews, list) else [])]
    if isinstance(interviews, dict):
        tables.append((("interviews",), interviews))
    for base, table in tables:
        for key in _SEVERAL & table.keys() if isinstance(table, dict) else ():
            if isinstance(table[key], dict):
                header = HEADERS[key]
                where = (*base, key)
                yield Fault(found.line_of(where), where, f"{header[1:-1]} would be the only one", f"write {header}")
                table[key] = [table[key]]


def _is_echo(one: Finding, found: Scan) -> bool:
    """Return whether this problem only repeats another: a value that was not read, or a zone handed down."""
    where = one.where
    if any(where[:end] in found.unread for end in range(1, len(where) + 1)):
        return True
    is_zone = len(where) == 3 and where[0] == "interviews" and where[2] == "time_zone"
    return is_zone and not found.has(where) and found.has(("time_zone",))


def _as_fault(one: Finding, found: Scan) -> Fault:
    where = one.where
    reason = one.reason
    if isinstance(reason, UnfitError) and reason.field:
        where = (*where[:-1], reason.field)
    elif isinstance(reason, UnfitError) and not found.has(where) and where[-1:] == ("duration",):
        where = where[:-1]
    wrong, right = explain(one)
    return Fault(found.line_of(where), where, wrong, right)


def _as_problems(faults: list[Fault], path: Path) -> Iterator[Problem]:
    # A slip in a key leaves the right key missing; saying so twice helps nobody.
    meant = {(*fault.where[:-1], fault.right) for fault in faults if fault.wrong == "is not known"}
    faults = [
        one for one in faults if one.wrong != MISSING or (*one.where[:-1], guess(str(one.where[-1]))) not in meant
    ]
    told = sorted((fault for fault in faults if fault.wrong), key=lambda fault: fault.line)[:PROBLEM_LIMIT]
    for fault in told:
        yield Problem(path, fault.line, _written(fault.where), fault.wrong, _sentence(fault.right))
    if len(faults) > len(told):
        yield Problem(path, 0, "", f"there are {len(faults) - len(told):,} more problems", "Fix these first")


def _written(where: LinePlace) -> str:
    """Return a path as people count, from 1: ``interviews[1].people[2].email``."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{_short(part)}" for part in where)
    return "".join(parts).removeprefix(".")


def _short(key: str) -> str:
    return key if len(key) <= 60 and key.isprintable() else f"{''.join(filter(str.isprintable, key[:60]))}..."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
