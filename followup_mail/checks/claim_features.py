"""What tells a claim that no fact holds from what any letter says: the features of a clause, for a trained score."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from followup_mail.checks.context import Briefing
from followup_mail.checks.fact_index import FactIndex, Held, index_facts
from followup_mail.checks.misspellings import ordinary_words
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import read_words, word_set
from followup_mail.checks.stock_words import GRAMMAR, is_stock, stem
from followup_mail.language.lexicon import WordClass, classes_of, verb_of
from followup_mail.language.verb_forms import as_past

_LISTS: Final = read_words("claims")
_CUT: Final = re.compile(
    r"[;:\u2014\u2013()]|(?<=\w),(?=\s)|\s(?=(?:but|because|although|though|whereas)\s)|"
    r"\s(?=(?:and|so|while|since|as|where|which|who|that)\s+(?:i|you|we|he|she|they|it|my|your|his|her|their|our|the|nobody|"
    r"everybody|have|has|had|was|were|is|are|made|makes|led|gave)\b)|\s(?=which\s)"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_FIRST: Final = word_set("i i'm i've i'd i'll we we've we'd me my mine our ours us myself")
_SECOND: Final = word_set("you you're you've you'd you'll your yours yourself")
_THIRD: Final = word_set("he she they his her their him them he's she's they're they've")
_MODAL: Final = word_set("would could might may should will shall can i'd you'd i'll you'll we'd we'll won't wouldn't couldn't can't cannot")
_FEELS: Final = word_set(_LISTS["feels"])
_TELLS: Final = word_set("said told mentioned explained showed described asked suggested called promised warned noted added put stressed admitted confirmed shared")
_CAUSE: Final = re.compile(r"\b(?:because|as a result|which (?:led|made|meant|helped|gave)|thanks to|so that|led to|due to|that is (?:how|why)|in order to)\b")
_STRONG: Final = word_set("all every always never only most entire entirely whole fully completely single exactly everyone everybody nobody any best first own alone personally myself since already ever")
_FEW_WORDS: Final = 3


class Clause(NamedTuple):
    """A clause of a mail, and the sentence that it is part of."""

    span: TextSpan
    sentence: TextSpan


@dataclass(frozen=True, slots=True)
class _Words:
    """The telling words of a stretch of text, by how far the facts hold them."""

    all: tuple[str, ...]
    telling: tuple[str, ...]
    missing: tuple[str, ...]
    near: tuple[str, ...]
    held: tuple[str, ...]


def clauses_of(mail: ParsedMail) -> Iterator[Clause]:
    """Yield the clauses of the core, none of them shorter than three words where it can be joined to the next."""
    for sentence in mail.sentences:
        start = sentence.start
        for cut in [*(match.start() for match in _CUT.finditer(mail.body.plain, *sentence)), sentence.end]:
            is_last = cut == sentence.end
            if len(_WORD.findall(mail.body.plain[start:cut])) >= _FEW_WORDS or is_last:
                yield Clause(_trimmed(mail, start, cut), sentence)
                start = cut


def missing_words(mail: ParsedMail, clause: Clause) -> tuple[str, ...]:
    """Return the telling words of a clause that no fact has in any form."""
    assert mail.context.briefing
    return _read(mail.plain(clause.span), index_facts(mail.context.briefing)).missing


def _trimmed(mail: ParsedMail, start: int, end: int) -> TextSpan:
    text = mail.body.plain[start:end]
    return TextSpan(start + len(text) - len(text.lstrip(" ,;:()\n\u2014\u2013")), start + len(text.rstrip()))


def claim_features(mail: ParsedMail, clause: Clause, briefing: Briefing, ordinary: Mapping[str, int]) -> dict[str, float]:
    """Return the features of a clause; ``ordinary`` has how many applications' letters use a word that no fact has."""
    index = index_facts(briefing)
    text, whole = mail.plain(clause.span), mail.plain(clause.sentence)
    own, every = _read(text, index), _read(whole, index)
    found: dict[str, float] = {"bias": 1.0}
    found |= _coverage(own, index, ordinary, "")
    found |= {f"s:{name}": value for name, value in _coverage(every, index, ordinary, "").items()}
    found |= _grammar(own, text, index, ordinary)
    found |= {f"s:{name}": 1.0 for name in _mood(every.all, whole)}
    return found


def _read(text: str, index: FactIndex) -> _Words:
    words = tuple(_WORD.findall(text))
    telling = tuple(word for word in words if word not in GRAMMAR and len(word) > 1)
    by_level: dict[Held, list[str]] = {level: [] for level in Held}
    for word in telling:
        by_level[index.held(word)].append(word)
    return _Words(words, telling, *(tuple(by_level[level]) for level in Held))


def _coverage(words: _Words, index: FactIndex, ordinary: Mapping[str, int], prefix: str) -> dict[str, float]:
    rare = [word for word in words.missing if _rarity(word, ordinary) > _RARE]
    usual = len(words.missing) - len(rare)
    solid = [word for word in words.telling if not is_stock(word)]
    known = [word for word in solid if index.held(word)]
    one = index.most_in_one(known) if known else 0
    return {
        "rare": min(len(rare), 6) / 3,
        "rare>0": float(bool(rare)),
        "rare>1": float(len(rare) > 1),
        "rarity": min(sum(_rarity(word, ordinary) for word in words.missing), 8.0) / 4,
        "usual": min(usual, 6) / 3,
        "near": min(len(words.near), 6) / 3,
        "held": min(len(words.held), 6) / 3,
        "share": len(words.missing) / len(words.telling) if words.telling else 0.0,
        "solid missing": min(len(solid) - len(known), 6) / 3,
        "one fact": one / len(solid) if solid else 0.0,
        "nothing": float(not solid),
    }


_RARE: Final = 0.5


def _rarity(word: str, ordinary: Mapping[str, int]) -> float:
    """Return 1 for a word that no letter has without a fact for it, less for one that some have."""
    return 1 / (1 + ordinary.get(stem(word), 0))


def _grammar(words: _Words, text: str, index: FactIndex, ordinary: Mapping[str, int]) -> dict[str, float]:
    verbs = [word for word in words.all if _is_past(word)]
    odd = [word for word in verbs if index.held(word) is not Held.AS_A_WORD and word not in _FEELS and word not in _TELLS]
    person = _person(words.all)
    moods = _mood(words.all, text)
    found = {name: 1.0 for name in moods}
    found[f"person {person}"] = 1.0
    found["past"] = float(bool(verbs))
    found[f"odd past {person}"] = float(bool(odd))
    found[f"odder past {person}"] = max((_rarity(word, ordinary) for word in odd), default=0.0)
    is_claim = not moods & {"modal", "question", "if", "feels"}
    found["rare claim"] = is_claim * min(sum(_rarity(word, ordinary) for word in words.missing), 6.0) / 3
    found[f"rare claim {person}"] = found["rare claim"]
    found["length"] = min(len(words.all), 20) / 10
    return found


def _person(words: Sequence[str]) -> str:
    """Return whose clause it is: that of the first pronoun."""
    for word in words:
        for name, group in (("i", _FIRST), ("you", _SECOND), ("they", _THIRD)):
            if word in group:
                return name
    return "none"


def _mood(words: Sequence[str], text: str) -> frozenset[str]:
    found = {
        "modal": not _MODAL.isdisjoint(words),
        "question": "?" in text,
        "if": not {"if", "should", "whether", "unless"}.isdisjoint(words),
        "feels": not _FEELS.isdisjoint(words),
        "tells": not _TELLS.isdisjoint(words),
        "cause": bool(_CAUSE.search(text)),
        "strong": not _STRONG.isdisjoint(words),
        "perfect": not {"have", "has", "had", "i've", "you've", "we've"}.isdisjoint(words),
        "is": not {"is", "are", "was", "were", "am", "i'm", "it's", "that's"}.isdisjoint(words),
        "not": any(word.endswith("n't") or word in {"not", "no", "never"} for word in words),
        "attached": not {"attached", "enclosed", "attach"}.isdisjoint(words),
        "to do": bool(re.search(r"\b(?:to|of|by|for|in) [a-z]+(?:ing)?\b", text)) and "to" in words,
    }
    return frozenset(name for name, is_so in found.items() if is_so)


@lru_cache(maxsize=8192)
def _is_past(word: str) -> bool:
    return bool(as_past(word)) or bool(classes_of(word) & {WordClass.PAST, WordClass.PARTICIPLE}) or (word.endswith("ed") and len(word) > 4)
