"""Train the reader of tact: ``python bench/train_tact.py``. Needs scikit-learn, which nothing else does.

Reads the sentences in ``tests/corpus/sentences`` (a class and a sentence on each line, by writers who had not read the
rules) and, as fine ones, those of the mails in the corpus that have no such label. Trains a logistic regression for
each class against all the others, leaves out what hardly weighs anything, and writes the table that
``followup_mail.checks.tact_reader`` reads. ``--across`` trains without each part of the writers in turn and prints how
much of that part is found; nothing is written then.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple
from zlib import crc32

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from followup_mail.checks import all_rules  # noqa: E402
from followup_mail.checks.parsed_mail import parse_mail, parse_text  # noqa: E402
from followup_mail.checks.tact_features import features  # noqa: E402
from tests.corpus_loader import load_collection, load_notes  # noqa: E402

SENTENCES: Final = ROOT / "tests" / "corpus" / "sentences"
TABLE: Final = ROOT / "followup_mail" / "checks" / "words" / "tact_weights.json"
CLASSES: Final = (
    "other-offers", "ultimatum", "complaint", "begging", "pressure", "desperation", "flattery", "hollow-opener",
    "negotiating", "reproach", "reconsider", "apology",
)  # fmt: skip
FINE: Final = {"fine", "fine-near"}
PARTS: Final = 7
AT_LEAST: Final = 2
"""Sentences that a feature must stand in."""
LIGHTEST: Final = 0.08
"""Weights below this are left out."""


class Sentence(NamedTuple):
    """A line of training."""

    writer: str
    classes: frozenset[str]
    text: str


def read_sentences() -> list[Sentence]:
    """Return all sentences, in the order of the files."""
    found = [*_fine_sentences(), *_single_sentences()]
    for path in sorted(SENTENCES.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            given = json.loads(line)
            found.append(Sentence(path.stem, frozenset(given["c"].split()), given["s"]))
    return found


def _fine_sentences() -> Iterator[Sentence]:
    """Yield the sentences of mails in which nothing tactless is labelled: real ones are the hardest to leave alone."""
    for note in (*load_notes("good"), *load_notes("bad"), *load_collection("development")):
        if {*CLASSES, "generic", "apologies", "hedging", "feedback-requests"}.isdisjoint(note.expect | note.arguable):
            mail = parse_mail(note.context)
            group = note.name[:3] if "/" in note.name else note.name[:1]
            yield from (Sentence(group, frozenset({"fine"}), mail.written(span)) for span in mail.sentences)


def _single_sentences() -> Iterator[Sentence]:
    """Yield the sentences that the rules are tried on one by one, and those of our own mails."""
    tried = tomllib.loads((ROOT / "tests" / "corpus_sentences.toml").read_text("utf-8"))
    yield from (Sentence("tried", frozenset({"fine"}), text) for text in tried["innocent"])
    for name in CLASSES:
        yield from (Sentence("tried", frozenset({name}), text) for text in tried["guilty"].get(name, ()))
    for mail in (parse_mail(rule.good.context()) for rule in all_rules()):
        yield from (Sentence("ours", frozenset({"fine"}), mail.written(span)) for span in mail.sentences)
    gallery = (ROOT / "docs" / "gallery.md").read_text("utf-8")
    quoted = "\n".join(line[2:] for line in gallery.splitlines() if line.startswith(">"))
    for mail in (parse_text(text.strip("*\\")) for text in quoted.replace("**", "").split("Subject:")):
        yield from (Sentence("ours", frozenset({"fine"}), mail.written(span)) for span in mail.sentences)


def train(sentences: list[Sentence]) -> dict[str, Any]:
    """Return the table of weights, in hundredths."""
    from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-not-found]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found]

    made = [features(one.text) for one in sentences]
    often = Counter(feature for one in made for feature in one)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{name: 1 for name in one if often[name] >= AT_LEAST} for one in made]).tocsr()
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    weights: dict[str, list[int]] = {}
    bias = []
    for number, name in enumerate(CLASSES):
        model = LogisticRegression(C=1, max_iter=400, solver="liblinear")
        model.fit(matrix, [name in one.classes for one in sentences])
        bias.append(round(100 * float(model.intercept_[0])))
        for feature, weight in zip(vectorizer.feature_names_, model.coef_[0], strict=True):
            if abs(weight) >= LIGHTEST:
                weights.setdefault(feature, []).extend((number, round(100 * float(weight))))
    return {"classes": CLASSES, "bias": bias, "weights": dict(sorted(weights.items()))}


def score(table: dict[str, Any], text: str, number: int) -> float:
    """Return the score of a sentence for one class, as ``tact_reader`` does."""
    total = table["bias"][number]
    for feature in features(text):
        pairs = table["weights"].get(feature, ())
        total += sum(pairs[at + 1] for at in range(0, len(pairs), 2) if pairs[at] == number)
    return total / 100


def across(sentences: list[Sentence]) -> None:
    """Print, for each class, what is found of writers whom the training did not see, with 6 in 1,000 fine ones."""
    scores: dict[str, list[tuple[float, Sentence]]] = {name: [] for name in CLASSES}
    for part in range(PARTS):
        table = train([one for one in sentences if crc32(one.writer.encode()) % PARTS != part])
        for one in (one for one in sentences if crc32(one.writer.encode()) % PARTS == part):
            for number, name in enumerate(CLASSES):
                scores[name].append((score(table, one.text, number), one))
    for name, found in scores.items():
        fine = sorted((value for value, one in found if one.classes & FINE), reverse=True)
        above = fine[max(3, len(fine) * 6 // 1000)]
        hits = [value > above for value, one in found if name in one.classes]
        print(f"{name:14} {sum(hits):4} of {len(hits):4} ({sum(hits) / len(hits):.2f}) above {above:.2f}")


def main() -> None:
    """Train and write, or only measure."""
    sentences = read_sentences()
    if "--across" in sys.argv:
        across(sentences)
        return
    table = train(sentences)
    lines = ",\n".join(
        f"{json.dumps(key, ensure_ascii=False)}:{json.dumps(value, separators=(',', ':'))}"
        for key, value in table["weights"].items()
    )
    head = json.dumps({"classes": table["classes"], "bias": table["bias"]})[:-1]
    TABLE.write_text(f'{head},\n"weights":{{\n{lines}\n}}}}\n', encoding="utf-8")
    print(f"{len(sentences)} sentences, {len(table['weights'])} features, {TABLE.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
