"""Train the score of claims: ``python bench/train_claims.py --set A --invented B --honest C``. Needs scikit-learn.

Nothing else does. The files are those of ``bench/invented_claims.py``. A clause counts as invented when it has most of
a labelled claim. The words that honest letters use without a fact are counted by application, and so is everything that is kept
aside: ``--across`` trains without each application in turn and prints what is found there; nothing is written then.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.invented_claims import read_arguments  # noqa: E402
from bench.mail_sets import read_lines  # noqa: E402
from followup_mail.checks.claim_features import Clause, claim_features, clauses_of, missing_words  # noqa: E402
from followup_mail.checks.parsed_mail import ParsedMail, parse_mail  # noqa: E402
from followup_mail.checks.stock_words import stem  # noqa: E402
from tests.briefings import context_of  # noqa: E402

TABLE: Final = ROOT / "followup_mail" / "checks" / "words" / "claim_weights.json"
OTHER_SORTS: Final = {"number", "name", "date", "quotation"}
STRENGTH: Final = 0.3
AT_LEAST: Final = 2
HONEST_ERRORS, HONEST_WARNINGS = 0.01, 0.12


class Example(NamedTuple):
    """A clause of training."""

    application: str
    mail: int
    is_honest: bool
    """Whether its mail has nothing invented."""
    clause: Clause
    label: int
    """1 invented, 0 not, -1 neither: invented, but not a claim."""
    parsed: ParsedMail


def read_examples(given: Any) -> list[Example]:
    """Return the clauses of all mails."""
    applications = {row["id"]: row for path in given.set for row in read_lines(path)}
    rows = [row for path in (*given.invented, *given.honest) for row in read_lines(path)]
    found = []
    for number, row in enumerate(row for row in rows if row["application"] in applications):
        parsed = parse_mail(context_of(applications[row["application"]], row))
        for clause in clauses_of(parsed):
            label = _label(row, clause)
            found.append(Example(row["application"], number, "invented" not in row, clause, label, parsed))
    return found


def _label(row: Mapping[str, Any], clause: Clause) -> int:
    for label in row.get("invented", ()):
        start = row["body"].find(label["words"])
        end = start + len(label["words"])
        shared = min(end, clause.span.end) - max(start, clause.span.start)
        if start >= 0 and shared > 0:
            is_most = shared * 2 >= min(end - start, clause.span.end - clause.span.start)
            is_claim = label["sort"] not in OTHER_SORTS and is_most
            return 1 if is_claim else -1
    return 0


def count_words(examples: Iterable[Example]) -> dict[str, int]:
    """Return in how many applications' honest letters each word stands that no fact has."""
    seen = {(stem(word), one.application) for one in examples if one.label == 0 for word in missing_words(one.parsed, one.clause)}
    counted = Counter(word for word, _ in seen)
    return {word: count for word, count in sorted(counted.items()) if count >= 1}


def without(counted: Mapping[str, int], own: Iterable[Example]) -> dict[str, int]:
    """Return the counts without those of one application."""
    mine = {stem(word) for one in own if one.label == 0 for word in missing_words(one.parsed, one.clause)}
    return {word: count - (word in mine) for word, count in counted.items()}


def feature_rows(examples: list[Example]) -> list[dict[str, float]]:
    """Return the features of all clauses, each with the words of the other applications only."""
    counted = count_words(examples)
    by_application: dict[str, list[Example]] = {}
    for one in examples:
        by_application.setdefault(one.application, []).append(one)
    ordinary = {name: without(counted, own) for name, own in by_application.items()}
    return [claim_features(one.parsed, one.clause, one.parsed.context.briefing, ordinary[one.application]) for one in examples]


def train(rows: list[dict[str, float]], labels: list[int]) -> dict[str, float]:
    """Return the weight of each feature."""
    from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-not-found]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found]

    kept = [(row, label) for row, label in zip(rows, labels, strict=True) if label >= 0]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([row for row, _ in kept])
    model = LogisticRegression(C=STRENGTH, max_iter=3000, class_weight={0: 1, 1: 3}, fit_intercept=False)
    model.fit(matrix, [label for _, label in kept])
    return dict(zip(vectorizer.feature_names_, map(float, model.coef_[0]), strict=True))


def score(weights: Mapping[str, float], row: Mapping[str, float]) -> float:
    """Return how much the features speak for an invention."""
    return sum(weights.get(name, 0.0) * value for name, value in row.items())


def across(examples: list[Example], rows: list[dict[str, float]]) -> list[float]:
    """Return the score of each clause by a training that did not see its application."""
    scores = [0.0] * len(examples)
    for name in sorted({one.application for one in examples}):
        inside = [at for at, one in enumerate(examples) if one.application == name]
        outside = [at for at, one in enumerate(examples) if one.application != name]
        weights = train([rows[at] for at in outside], [examples[at].label for at in outside])
        for at in inside:
            scores[at] = score(weights, rows[at])
    return scores


def choose_threshold(examples: list[Example], scores: list[float], share: float) -> float:
    """Return the score that the highest clause of so many honest mails lies above."""
    highest: dict[int, float] = {}
    for one, value in zip(examples, scores, strict=True):
        if one.is_honest:
            highest[one.mail] = max(value, highest.get(one.mail, -99.0))
    ordered = sorted(highest.values(), reverse=True)
    return ordered[int(len(ordered) * share)]


def main() -> None:
    """Train and write, or only measure."""
    given = read_arguments()
    examples = read_examples(given)
    rows = feature_rows(examples)
    scores = across(examples, rows)
    limits = [choose_threshold(examples, scores, share) for share in (HONEST_ERRORS, HONEST_WARNINGS)]
    invented = [value for one, value in zip(examples, scores, strict=True) if one.label == 1]
    for name, limit in zip(("error", "warning"), limits, strict=True):
        print(f"{name} above {limit:.2f}: {sum(value > limit for value in invented)} of {len(invented)} invented clauses")
    if given.across:
        for value, one in sorted(zip(scores, examples, strict=True), key=lambda pair: -pair[0]) if given.hits else ():
            if one.label == 1 or (one.label == 0 and value > limits[1]):
                print(f"{value:6.2f} {one.label} {one.is_honest} {one.application}: {one.parsed.written(one.clause.span)!r}")
        return
    weights = train(rows, [one.label for one in examples])
    ordinary = {word: count for word, count in count_words(examples).items() if count >= AT_LEAST}
    table = {
        "error": round(limits[0], 2),
        "warning": round(limits[1], 2),
        "weights": {name: round(value, 2) for name, value in sorted(weights.items())},
        "ordinary": " ".join(f"{word}:{count}" for word, count in ordinary.items()),
    }
    TABLE.write_text(json.dumps(table, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(examples)} clauses, {len(weights)} features, {len(ordinary)} words, {TABLE.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
