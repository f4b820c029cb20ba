"""How a collection of mails comes out as a whole: good mails stopped, errors found, how often a finding is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from followup_mail.checks import Finding, Severity, check_mail, rule_named
from followup_mail.errors import NotFoundError
from tests.corpus_loader import Note


@dataclass
class Totals:
    """Counts over a collection. A label or a finding is counted once a mail."""

    good: int = 0
    good_stopped: int = 0
    """Good mails with an error that is neither labelled nor arguable."""
    good_warned: int = 0
    bad: int = 0
    labelled: Counter[str] = field(default_factory=Counter)
    """By severity: what the labels say there is."""
    found: Counter[str] = field(default_factory=Counter)
    """By the severity of the label: labels that a rule of that name found."""
    right: Counter[str] = field(default_factory=Counter)
    """By the severity of the finding: the same, as an error is only a warning where the evidence carries no more."""
    false: Counter[str] = field(default_factory=Counter)
    """By severity: findings that no label expects, in good mails and bad ones."""
    faulty: int = 0
    """Bad mails with at least one labelled error."""
    faulty_stopped: int = 0
    """Those of them that any error stops."""

    def add(self, note: Note, findings: Iterable[Finding]) -> None:
        """Count one mail and what was found in it."""
        tripped = {one.name: one.severity for one in findings}
        false = {name: severity for name, severity in tripped.items() if name not in note.expect | note.arguable}
        self.false.update(false.values())
        if note.good:
            self.good += 1
            self.good_stopped += Severity.ERROR in false.values()
            self.good_warned += Severity.WARNING in false.values()
            return
        self.bad += 1
        expected = {name: severity_of(name) for name in note.expect}
        self.labelled.update(expected.values())
        self.found.update(severity for name, severity in expected.items() if name in tripped)
        self.right.update(tripped[name] for name in expected if name in tripped)
        if Severity.ERROR in expected.values():
            self.faulty += 1
            self.faulty_stopped += Severity.ERROR in tripped.values()

    def precision(self, severity: Severity) -> float:
        """Return how many of the findings of a severity are labelled: 0 to 1."""
        every = self.right[severity] + self.false[severity]
        return self.right[severity] / every if every else 1.0

    def recall(self, severity: Severity) -> float:
        """Return how many of the labels of a severity were found: 0 to 1."""
        return self.found[severity] / self.labelled[severity] if self.labelled[severity] else 1.0

    def cells(self) -> Iterator[str]:
        """Yield the cells of a row: see ``HEAD``."""
        yield f"{self.good_stopped} of {self.good} ({_share(self.good_stopped, self.good)})"
        yield f"{self.good_warned} ({_share(self.good_warned, self.good)})"
        for severity in (Severity.ERROR, Severity.WARNING):
            yield f"{self.found[severity]} of {self.labelled[severity]} ({self.recall(severity):.2f})"
            yield f"{self.precision(severity):.2f}"
        yield f"{self.faulty_stopped} of {self.faulty} ({_share(self.faulty_stopped, self.faulty)})"


HEAD = (
    "good mails stopped", "good mails warned about", "errors found", "precision of errors", "warnings found",
    "precision of warnings", "faulty mails stopped",
)  # fmt: skip


def count(notes: Iterable[Note]) -> Totals:
    """Return the totals of a collection."""
    totals = Totals()
    for note in notes:
        totals.add(note, check_mail(note.context))
    return totals


def severity_of(label: str) -> Severity:
    """Return the severity of the rule of that name; a label that no rule has yet counts as a warning."""
    try:
        return rule_named(label).severity
    except NotFoundError:
        return Severity.WARNING


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "-"
