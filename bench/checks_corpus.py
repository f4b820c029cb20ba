"""Precision and recall of every rule on the collection of notes: ``python bench/checks_corpus.py``.

Prints the table and writes it to ``docs/rules-measured.md``; ``--hits`` lists every finding that no label expects,
and every label that nothing tripped.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from followup_mail.checks import Finding, Rule, all_rules, check_mail  # noqa: E402
from tests.corpus_loader import Note, load_notes  # noqa: E402

PAGE = ROOT / "docs" / "rules-measured.md"


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
    """Return the table as a Markdown page."""
    rows = "".join(
        f"| {one.rule.code} | {one.rule.name} | {one.rule.severity} | {one.expected} | {one.recall:.2f} | "
        f"{one.precision:.2f} | {len(one.false_on_good)} | {len(one.false_on_bad)} |\n"
        for one in scores.values()
    )
    return _HEAD.format(good=good, bad=bad) + rows


_HEAD = """# How well the rules do

Measured on the collection in `tests/corpus`: {good} good notes in many voices, and {bad} bad ones, each labelled with
the rules that it must trip. Made by `python bench/checks_corpus.py`.

Recall: of the bad notes that are labelled with the rule, how many it found. Precision: of the notes it found something
in, how many are labelled with it; every finding in a good note counts against it, and so does one in a bad note that
is not labelled with it, unless the label says that it is arguable. A rule with no labelled note is measured only on
false alarms; its own samples are tested all the same.

Notes and rules were written apart, but the rules were then corrected until they made no mistake on the notes. So the
table says what the tests hold, not what to expect of the next mail. For that, there are single sentences that the rules
had not seen: innocent sentences as close to a phrase as their author could think of, and guilty sentences in other
words. Three rounds, each before the rules were corrected on it:

| round | innocent sentences | wrongly found | guilty sentences | found |
| --- | ---: | ---: | ---: | ---: |
| first | 91 | 16 (18 %) | 94 | 66 (70 %) |
| second | 40 | 9 (23 %) | 47 | 27 (57 %) |
| third | 40 | 4 (10 %) | 40 | 30 (75 %) |

The innocent sentences are worst cases. Nearly all wrong findings, and nearly all misses, belong to the rules of tact
(FM4, FM804, FM805, FM822 to FM824), which look for phrases. They are a net with holes: they find what people usually
write, not everything that somebody could mean. These sentences are now in `tests/corpus_sentences.toml`, except four
guilty sentences that the rules still miss.

## On the collection

| code | name | severity | labelled | recall | precision | false in good notes | unlabelled in bad notes |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |
"""


def _where(finding: Finding) -> str:
    return f"{finding.place}:{finding.line} {finding.words!r} {finding.message}"


def main() -> None:
    """Measure, print, write."""
    good, bad = list(load_notes("good")), list(load_notes("bad"))
    scores = measure(good + bad)
    text = page(scores, len(good), len(bad))
    if "--hits" in sys.argv:
        for name, one in scores.items():
            for kind in ("false_on_good", "false_on_bad", "missed"):
                for line in getattr(one, kind):
                    print(f"{one.rule.code} {name} {kind.upper():<14} {line}")
        labels = {label for note in bad for label in note.expect}
        print("labels without a rule:", sorted(labels - scores.keys()))
        return
    PAGE.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
