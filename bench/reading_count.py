"""Count the answers of a blind reading with the keys: who was taken, how many sentences were broken, who agreed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from statistics import fmean
from typing import Any, Final

from bench.mail_sets import KINDS, MailKey

SIDES: Final = ("ours", "other")
_POINTS: Final = {"ours": 1.0, "tie": 0.5, "other": 0.0}


@dataclass(frozen=True, slots=True)
class KeyedPair:
    """What the key says of a pair."""

    mail: MailKey
    sides: Mapping[str, str]
    """Which side stood at ``A`` and at ``B``."""
    words: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Keys:
    """Everything that the keys of one reading say."""

    pairs: Mapping[int, KeyedPair]
    mails: Mapping[int, MailKey] = field(default_factory=dict)
    """The mails on the sheets of the second pass."""
    missing: Mapping[MailKey, str] = field(default_factory=dict)
    """Mails of ours that could not be written, and why."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one reader said about one pair."""

    reader: str
    pair: int
    taken: str
    """``ours``, ``other`` or ``tie``."""
    why: str = ""
    broken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The broken sentences of each side."""


@dataclass
class Answers:
    """All answers of all readers."""

    opinions: list[Opinion] = field(default_factory=list)
    invented: dict[MailKey, list[str]] = field(default_factory=dict)
    """Claims of ours that no note carries."""
    fact_mails: set[int] = field(default_factory=set)
    """The mails of the second pass that were answered."""
    faults: list[str] = field(default_factory=list)
    """Lines that could not be counted, each with its place."""


@dataclass(frozen=True, slots=True)
class Score:
    """How ours did in some pairs; a pair with several readers counts once."""

    pairs: int
    unwritten: int
    taken: float
    """Wins and half the ties in 100 pairs; a mail that could not be written is a pair lost."""
    taken_if_true: float
    """The same, with every pair lost in which ours made an invented claim."""
    broken: Mapping[str, float]
    """Broken sentences in 100 mails of each side."""
    words: Mapping[str, float]


def read_keys(texts: Iterable[str]) -> Keys:
    """Return what the texts of all key files say together."""
    pairs: dict[int, KeyedPair] = {}
    mails: dict[int, MailKey] = {}
    missing: dict[MailKey, str] = {}
    for text in texts:
        key = json.loads(text)
        pairs |= {row["pair"]: _as_pair(row) for row in key.get("pairs", ())}
        mails |= {row["mail"]: _mail_of(row) for row in key.get("mails", ())}
        missing |= {_mail_of(row): row["why"] for row in key.get("missing", ())}
    return Keys(pairs, mails, missing)


def read_readers(texts: Mapping[str, str], keys: Keys) -> Answers:
    """Return the answers of each reader, by the name of their file. What cannot be counted is kept as a fault."""
    answers = Answers()
    for reader, text in texts.items():
        seen: set[tuple[str, int]] = set()
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip() or line.strip().startswith("```"):
                continue
            try:
                row = json.loads(line)
                about = ("pair", row["pair"]) if "pair" in row else ("mail", row["mail"])
                if about in seen:
                    raise ValueError(f"{about[0]} {about[1]} is answered twice")
                _take(row, reader, keys, answers)
                seen.add(about)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                answers.faults.append(f"{reader}:{number}: {type(error).__name__}: {error}")
    answers.faults += _list_unanswered(answers, keys)
    return answers


def score(keys: Keys, answers: Answers, kind: str = "") -> Score:
    """Return the score of ours, of one kind or of all."""
    of_pair: dict[int, list[Opinion]] = {}
    for opinion in answers.opinions:
        if kind in {"", keys.pairs[opinion.pair].mail.kind}:
            of_pair.setdefault(opinion.pair, []).append(opinion)
    unwritten = sum(kind in {"", mail.kind} for mail in keys.missing)
    points = {pair: fmean(_POINTS[one.taken] for one in said) for pair, said in of_pair.items()}
    true = [0.0 if keys.pairs[pair].mail in answers.invented else value for pair, value in points.items()]
    return Score(
        len(of_pair) + unwritten,
        unwritten,
        _percent(points.values(), unwritten),
        _percent(true, unwritten),
        {side: 100 * _mean(_broken(said, side) for said in of_pair.values()) for side in SIDES},
        {side: _mean(keys.pairs[pair].words[side] for pair in of_pair) for side in SIDES},
    )


def list_agreements(answers: Answers) -> list[tuple[str, str, int, int]]:
    """Return for each two readers of the same pairs in how many they said the same, and of how many."""
    said: dict[str, dict[int, str]] = {}
    for opinion in answers.opinions:
        said.setdefault(opinion.reader, {})[opinion.pair] = opinion.taken
    found = []
    for first, second in combinations(sorted(said), 2):
        both = said[first].keys() & said[second].keys()
        if both:
            same = sum(said[first][pair] == said[second][pair] for pair in both)
            found.append((first, second, same, len(both)))
    return found


def make_table(keys: Keys, answers: Answers) -> str:
    """Return the scores as a Markdown table, a row for each kind and one for all."""
    rows = [_HEAD, _LINE]
    for kind in (*KINDS, ""):
        found = score(keys, answers, kind)
        if found.pairs:
            rows.append(_row(kind.replace("_", " ") or "all", found, with_facts=bool(answers.fact_mails)))
    return "\n".join(rows)


def explain_losses(keys: Keys, answers: Answers) -> Iterator[str]:
    """Yield what readers held against ours, mail by mail: for the next round."""
    for opinion in sorted(answers.opinions, key=lambda opinion: (keys.pairs[opinion.pair].mail, opinion.reader)):
        broken = opinion.broken.get("ours", ())
        if opinion.taken != "ours" or broken:
            yield f"{keys.pairs[opinion.pair].mail}: {opinion.taken}: {opinion.why}"
            yield from (f"    broken: {sentence}" for sentence in broken)
    for mail, claims in sorted(answers.invented.items()):
        yield from (f"{mail}: invented: {claim}" for claim in claims)
    yield from (f"{mail}: not written: {why}" for mail, why in sorted(keys.missing.items()))


_COLUMNS: Final = "kind,pairs,not written,taken,taken if true,broken in 100: ours,other,words: ours,other"
_HEAD: Final = f"| {_COLUMNS.replace(',', ' | ')} |"
_LINE: Final = "| --- |" + " ---: |" * 8


def _row(name: str, found: Score, *, with_facts: bool) -> str:
    true = f"{found.taken_if_true:.0f} %" if with_facts else "not read"
    per_side = [f"{figures[side]:.0f}" for figures in (found.broken, found.words) for side in SIDES]
    return f"| {name} | {found.pairs} | {found.unwritten} | {found.taken:.0f} % | {true} | {' | '.join(per_side)} |"


def _take(row: Mapping[str, Any], reader: str, keys: Keys, answers: Answers) -> None:
    """Take over one line. Raises ``ValueError`` or ``KeyError`` for what the keys do not know."""
    if "mail" in row:
        mail = keys.mails[row["mail"]]
        claims = _sentences(row["invented"])
        answers.fact_mails.add(row["mail"])
        if claims:
            answers.invented.setdefault(mail, []).extend(claims)
        return
    pair = keys.pairs[row["pair"]]
    verdict = str(row["verdict"]).strip()
    taken = "tie" if verdict.lower() == "tie" else pair.sides[verdict.upper()]
    broken = {pair.sides[at]: _sentences(found) for at, found in row.get("broken", {}).items()}
    answers.opinions.append(Opinion(reader, row["pair"], taken, str(row.get("why", "")), broken))


def _sentences(given: object) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise TypeError(f"a list of sentences is wanted, not {given!r}")
    return tuple(str(sentence) for sentence in given)


def _list_unanswered(answers: Answers, keys: Keys) -> list[str]:
    pairs = sorted(keys.pairs.keys() - {opinion.pair for opinion in answers.opinions})
    mails = sorted(keys.mails.keys() - answers.fact_mails) if answers.fact_mails else []
    gaps = {"pairs": pairs, "mails of the second pass": mails}
    return [f"no answer to {name} {', '.join(map(str, numbers))}" for name, numbers in gaps.items() if numbers]


def _as_pair(row: Mapping[str, Any]) -> KeyedPair:
    return KeyedPair(_mail_of(row), {at: row[at] for at in "AB"}, row["words"])


def _mail_of(row: Mapping[str, Any]) -> MailKey:
    return MailKey(row["application"], row["kind"], row["to"])


def _broken(said: list[Opinion], side: str) -> float:
    return fmean(len(opinion.broken.get(side, ())) for opinion in said)


def _percent(points: Iterable[float], unwritten: int) -> float:
    values = [*points, *([0.0] * unwritten)]
    return 100 * fmean(values) if values else 0.0


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return fmean(found) if found else 0.0
