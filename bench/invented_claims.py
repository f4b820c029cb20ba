"""How much of what a writing model invents is found, and how much else: ``python bench/invented_claims.py``.

``--set`` is a file of applications, ``--invented`` one of mails with what is invented in them (``words`` and ``sort``),
``--honest`` one of mails without; both files hold one mail a line (``docs/mails-measured.md``). Several sets may be
given. ``--hits`` also prints what was missed and what was found in honest mails; ``--rules`` takes other codes than
FM901.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.mail_sets import read_lines  # noqa: E402
from followup_mail.checks import Finding, Severity, check_mail, choose_rules  # noqa: E402
from tests.briefings import context_of  # noqa: E402

Row = Mapping[str, Any]


class Counts(NamedTuple):
    """How many of the labels of a sort an error found, a warning alone, nothing."""

    labels: int
    errors: int
    warnings: int


def main() -> None:
    """Print the figures of the files that the command line names."""
    given = read_arguments()
    applications = {row["id"]: row for path in given.set for row in read_lines(path)}
    codes = [given.rules]
    if given.invented:
        invented = [row for path in given.invented for row in read_lines(path) if row["application"] in applications]
        _print_sorts(count_labels(invented, applications, codes))
        if given.hits:
            _print_misses(invented, applications, codes)
    for path in given.honest or ():
        _print_honest(path, applications, codes, hits=given.hits)


def count_labels(mails: Iterable[Row], applications: Mapping[str, Row], codes: Iterable[str]) -> dict[str, Counts]:
    """Return how many of the labelled inventions were found, by sort."""
    labels, errors, warnings = Counter[str](), Counter[str](), Counter[str]()
    for mail in mails:
        found = findings_in(mail, applications, codes)
        for label in mail["invented"]:
            severity = found_at(label, mail, found)
            labels[label["sort"]] += 1
            errors[label["sort"]] += severity is Severity.ERROR
            warnings[label["sort"]] += severity is Severity.WARNING
    return {sort: Counts(labels[sort], errors[sort], warnings[sort]) for sort in sorted(labels)}


def findings_in(mail: Row, applications: Mapping[str, Row], codes: Iterable[str]) -> tuple[Finding, ...]:
    """Return what the rules of these codes find in a mail of a set."""
    return check_mail(context_of(applications[mail["application"]], mail), choose_rules(codes))


def found_at(label: Row, mail: Row, found: Iterable[Finding]) -> Severity | None:
    """Return how sure the surest finding is that touches the words of a label; None where there is none."""
    touching = {finding.severity for finding in found if _touches(label["words"], mail, finding)}
    return Severity.ERROR if Severity.ERROR in touching else next(iter(touching), None)


def _touches(words: str, mail: Row, finding: Finding) -> bool:
    """Return whether a finding and the words of a label overlap in the body, or one of them has the other."""
    start = mail["body"].find(words)
    at = _offset(mail["body"], finding)
    if start < 0 or at is None:
        return words in finding.words or (bool(finding.words) and finding.words in words)
    return at < start + len(words) and start < at + finding.length


def _offset(text: str, finding: Finding) -> int | None:
    if finding.place != "body" or not finding.line:
        return None
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: finding.line - 1]) + finding.column - 1


def _print_sorts(counts: Mapping[str, Counts]) -> None:
    total = Counts(*(sum(column) for column in zip(*counts.values(), strict=True)))
    for sort, (labels, errors, warnings) in {**counts, "all": total}.items():
        share = (errors + warnings) / labels
        print(
            f"{sort:12} {labels:4} labels: {errors:4} errors ({errors / labels:.2f}), {warnings:3} warnings, "
            f"{share:.2f} in all"
        )


def _print_misses(mails: Iterable[Row], applications: Mapping[str, Row], codes: list[str]) -> None:
    for mail in mails:
        found = findings_in(mail, applications, codes)
        for label in mail["invented"]:
            severity = found_at(label, mail, found)
            if severity is not Severity.ERROR:
                print(f"  {severity or 'missed'} {mail['application']} {label['sort']}: {label['words']}")
        for finding in found:
            if not any(_touches(label["words"], mail, finding) for label in mail["invented"]):
                print(f"  besides {mail['application']} {mail['kind']} {finding.severity}: {finding.words}")


def _print_honest(path: Path, applications: Mapping[str, Row], codes: list[str], *, hits: bool) -> None:
    mails = [row for row in read_lines(path) if row["application"] in applications]
    found = [findings_in(mail, applications, codes) for mail in mails]
    errors = sum(any(finding.is_error for finding in findings) for findings in found)
    warnings = sum(any(not finding.is_error for finding in findings) for findings in found)
    print(
        f"{path.name}: {len(mails)} honest mails, {errors} with an error "
        f"({errors / max(1, len(mails)):.3f}), {warnings} with a warning"
    )
    for mail, finding in _each(mails, found) if hits else ():
        print(f"  {mail['application']} {mail['kind']} {finding.severity}: {finding.words} | {finding.message}")


def _each(mails: list[Row], found: list[tuple[Finding, ...]]) -> Iterator[tuple[Row, Finding]]:
    for mail, findings in zip(mails, found, strict=True):
        yield from ((mail, finding) for finding in findings)


def read_arguments(*_: object) -> argparse.Namespace:
    """Return what the command line names."""
    parser = argparse.ArgumentParser(description="Count which inventions are found.")
    parser.add_argument("--set", type=Path, nargs="+", required=True)
    parser.add_argument("--invented", type=Path, nargs="*")
    parser.add_argument("--honest", type=Path, nargs="*")
    parser.add_argument("--rules", default="FM901")
    parser.add_argument("--hits", action="store_true")
    parser.add_argument("--across", action="store_true", help="for train_claims.py")
    return parser.parse_args()


if __name__ == "__main__":
    main()
