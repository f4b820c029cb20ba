"""Precision and recall of every rule on the collections of mails: ``python bench/checks_corpus.py``.

Prints the tables and writes them to ``docs/rules-measured.md``; ``--hits`` lists every finding that no label expects,
and every label that nothing tripped, in the mails that the rules are developed on. ``--record NOTE`` adds the totals of
today to ``rules_rounds.toml``. Of the mails for measuring nothing but totals is ever shown.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.corpus_totals import HEAD, Totals, count  # noqa: E402
from followup_mail.checks import Finding, Rule, all_rules, check_mail  # noqa: E402
from tests.corpus_loader import Note, load_collection, load_notes  # noqa: E402

PAGE = ROOT / "docs" / "rules-measured.md"
ROUNDS = ROOT / "bench" / "rules_rounds.toml"


@dataclass
class Score:
    """How one rule did."""

    rule: Rule
    expected: int = 0
    found: int = 0
    false_on_good: list[str] = field(default_factory=list)
    false_on_bad: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of all that it found, how much was there: good notes and unlabelled findings on bad ones count against it."""
        false = len(self.false_on_good) + len(self.false_on_bad)
        return self.found / (self.found + false) if self.found + false else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 1.0


def measure(notes: list[Note]) -> dict[str, Score]:
    """Return the score of every rule, by name."""
    scores = {rule.name: Score(rule) for rule in all_rules()}
    for note in notes:
        tripped = {one.name: one for one in check_mail(note.context)}
        for name in note.expect:
            if name in scores:
                scores[name].expected += 1
                scores[name].found += name in tripped
                if name not in tripped:
                    scores[name].missed.append(note.name)
        for name in tripped.keys() - note.expect - note.arguable:
            place = scores[name].false_on_good if note.good else scores[name].false_on_bad
            place.append(f"{note.name}: {_where(tripped[name])}")
    return scores


def page(scores: dict[str, Score], good: int, bad: int) -> str:
    """Return the tables as a Markdown page."""
    rounds = tomllib.loads(ROUNDS.read_text("utf-8"))["round"] if ROUNDS.is_file() else []
    lines = [_row(one["date"], one["mails"], one["note"], *one["cells"]) for one in rounds]
    rows = [
        _row(one.rule.code, one.rule.name, one.rule.severity, one.expected, f"{one.recall:.2f}", f"{one.precision:.2f}",
             len(one.false_on_good), len(one.false_on_bad))
        for one in scores.values()
    ]  # fmt: skip
    head = _row("date", "mails", "when", *HEAD) + _row(*["---"] * (3 + len(HEAD)))
    return _HEAD.format(good=good, bad=bad, rounds=head + "".join(lines)) + "".join(rows)


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |\n"


_HEAD = """# How well the rules do

A rule that cries wolf is switched off, and one that sleeps is worse. So what counts is how the rules do on mails that
nobody had seen when the rules were written. Made by `python bench/checks_corpus.py`.

## On mails that nobody here has read

`tests/corpus/measuring` holds 178 good mails and 335 bad ones, written by people who had not read the rules and
labelled by them with every fault that they put in. Nobody who works on the rules reads these mails: only their totals
are looked at. Four were written when the rules were finished (`h`, `i`, `l`, `n`); the rows before count the others.
`tests/corpus/development` holds 695, written in the same way by others; the rules are corrected on them, so
their figures say less with every round.

Stopped: an error was found that no label expects. Found: of the faults that the labels name, how many the rule of that
name found, be it as a warning where the evidence carries no more. Precision: of what the rules found, how much is
labelled; a second finding for one fault counts against it. Faulty mails stopped: of the mails with an error in the
labels, how many any error stopped.

What is still missed: complaints and other offers said sideways (of sentences by writers whom the training has not seen,
it finds one in five and one in two), a point that is told again in words that share nothing, a company that is named
where it could be a topic.

{rounds}
## On the old collection

Measured on the mails in `tests/corpus/good` and `tests/corpus/bad`: {good} good notes in many voices, and {bad} bad
ones, each labelled with the rules that it must trip. The rules were corrected until they made no mistake on them: the
table says what the tests hold, not what to expect of the next mail.

Recall: of the bad notes that are labelled with the rule, how many it found. Precision: of the notes it found something
in, how many are labelled with it; every finding in a good note counts against it, and so does one in a bad note that
is not labelled with it, unless the label says that it is arguable. A rule with no labelled note is measured only on
false alarms; its own samples are tested all the same.

| code | name | severity | labelled | recall | precision | false in good notes | unlabelled in bad notes |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |
"""


def _where(finding: Finding) -> str:
    return f"{finding.place}:{finding.line} {finding.words!r} {finding.message}"


def show_hits(notes: list[Note]) -> None:
    """Print every finding that no label expects, and every label that nothing tripped."""
    scores = measure(notes)
    for name, one in scores.items():
        for kind in ("false_on_good", "false_on_bad", "missed"):
            for line in getattr(one, kind):
                print(f"{one.rule.code} {name} {kind.upper():<14} {line}")
    labels = {label for note in notes for label in note.expect}
    print("labels without a rule:", sorted(labels - scores.keys()))


def record(note: str, totals: dict[str, Totals]) -> None:
    """Add the totals of today to the rounds."""
    today = datetime.now(UTC).date()
    with ROUNDS.open("a", encoding="utf-8") as stream:
        for mails, one in totals.items():
            cells = ", ".join(f'"{cell}"' for cell in one.cells())
            stream.write(f'[[round]]\ndate = "{today}"\nmails = "{mails}"\nnote = "{note}"\ncells = [{cells}]\n\n')


def main() -> None:
    """Measure, print, write."""
    good, bad = list(load_notes("good")), list(load_notes("bad"))
    if "--hits" in sys.argv:
        show_hits([*load_collection("development"), *good, *bad])
        return
    totals = {name: count(load_collection(name)) for name in ("development", "measuring")}
    if "--record" in sys.argv:
        record(sys.argv[sys.argv.index("--record") + 1], totals)
    PAGE.write_text(page(measure(good + bad), len(good), len(bad)), encoding="utf-8")
    for name, one in totals.items():
        print(name, *(f"  {head}: {cell}" for head, cell in zip(HEAD, one.cells(), strict=True)), sep="\n")


if __name__ == "__main__":
    main()
