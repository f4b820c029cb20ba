"""What a mail claims and no fact holds: the candidate's deeds and skills, what others did or said, what came of it.

An invention is told in few ways: "I have already ...", "Graham mentioned that ...", "as a result". Each begins with a
phrase, and counts when the facts hold neither it nor what follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from msgspec import Struct

from followup_mail.checks.clauses import Clause, clauses_of
from followup_mail.checks.context import Briefing
from followup_mail.checks.fact_index import FactIndex, Held, index_facts
from followup_mail.checks.figures import NUMBER_STEMS
from followup_mail.checks.parsed_mail import Doubt, ParsedMail
from followup_mail.checks.phrase_patterns import Phrases, phrases
from followup_mail.checks.prose import read_words, word_set, words_of
from followup_mail.checks.stock_words import GRAMMAR, is_letter_word, stem
from followup_mail.language.verb_forms import as_participle, as_past
from followup_mail.regex import regex

_OFFERED: Final = regex(
    r"\bwould (?:be|like|love|welcome|gladly|happily)\b|\bcould (?!see\b|tell\b|hear\b|read\b)|\bif you\b"
)
_NAME: Final = regex(r"(?:\b(?:he|she|they)|[A-Z][\w'-]+)(?: (?:also|even|kindly|has|had))?\s\Z")
_NO_NAMES: Final = word_set("You I We Thank Thanks As When That What This It And But So Since Your My The One If How")
_LEAST: Final = 0.34
"""With so little of what follows in one fact, nobody noted it."""
_NONE: Final = 0.2
_HALF: Final = 0.5
_OF_ONESELF: Final = 0.25
_FEWEST: Final = 2
_MANY_MISSING: Final = 4
_SUBJECT_WITHIN: Final = 4
_OWN: Final = word_set("i i've we we've")
_YOURS: Final = word_set("you you've")
_MANY: Final = 6
"""So many words after a phrase are looked at."""
_ASIDE: Final = {(word,) for word in ("when", "as", "like", "what", "where", "than")}
_NO_KEYS: Final = word_set("already since also now just myself")


class _Kind(Struct, frozen=True):
    message: str
    phrases: Phrases
    looks_at: str
    """``key``: whether the facts hold the words of the phrase; ``rest``: what follows it; ``both``: neither.

    ``phrase``: whether one fact has all words of the phrase.
    """
    sure: bool
    beside: frozenset[str] = frozenset()
    """Words of which the clause must have one."""
    names: bool = False
    """True where a name, or "she", must stand before the phrase."""
    strict: bool = False
    """True where other words for the same deed are so common that more must be missing."""
    every_word: bool = False
    """True where words that any letter has count, too."""


def unknown_claims(mail: ParsedMail, briefing: Briefing) -> Iterator[Doubt]:
    """Yield the claims of a mail that are told in one of the known ways and that no fact holds."""
    index = index_facts(briefing)
    for clause in clauses_of(mail):
        text = mail.plain(clause.span)
        if _OFFERED.search(text) or mail.plain(clause.sentence).endswith("?"):
            continue
        if _tells_unknown_deed(text, index):
            # Words alone cannot tell a deed from another way of saying a fact: three in a hundred honest mails had one.
            yield Doubt(clause.span, is_sure=False, message="No fact says so.")
            continue
        for kind in _kinds():
            if kind.beside and kind.beside.isdisjoint(words_of(text)):
                continue
            found = min(kind.phrases.find(mail.body, *clause.span), default=None)
            if found is None or (kind.names and not _follows_name(mail, found[0])):
                continue
            if doubt := _doubt(kind, mail, clause, found, index):
                yield Doubt(clause.span, kind.sure and doubt > 1, kind.message)
                break


def _tells_unknown_deed(text: str, index: FactIndex) -> bool:
    """Return whether a clause tells a deed, of the candidate's or the reader's, of which no fact has anything."""
    words = words_of(text)
    at = next((place for place, word in enumerate(words[:_SUBJECT_WITHIN]) if word in _OWN | _YOURS), None)
    if at is None:
        return False
    after = [word for word in words[at + 1 : at + 4] if word not in GRAMMAR and stem(word) not in NUMBER_STEMS]
    verb = next((word for word in after if as_past(word) or as_participle(word) or word.endswith("ed")), "")
    telling = [word for word in words if word not in GRAMMAR and not is_letter_word(word) and not word.isdigit()]
    is_other = bool(verb) and not is_letter_word(verb) and not index.held(verb)
    if not verb or len(telling) < (_FEWEST if is_other else _MANY_MISSING):
        return False
    share = index.share_in_one(telling) if is_other else index.share_in_one(telling) * _OF_ONESELF / _NONE
    return share <= (_OF_ONESELF if words[at] in _OWN else _NONE)


def _follows_name(mail: ParsedMail, start: int) -> bool:
    match = _NAME.search(mail.body.written[max(0, start - 30) : start])
    return match is not None and match[0].split()[0] not in _NO_NAMES


def _doubt(kind: _Kind, mail: ParsedMail, clause: Clause, found: tuple[int, int], index: FactIndex) -> int:
    """Return 0 where the facts may hold a claim, 1 where they hardly do, 2 where they do not."""
    key = [word for word in words_of(mail.body.plain[slice(*found)]) if word not in GRAMMAR and word not in _NO_KEYS]
    if kind.looks_at == "phrase":
        return 0 if key and any(all(fact.held(word) is Held.AS_A_WORD for word in key) for fact in index.each) else 2
    held = min((index.held(word) for word in key), default=Held.AS_A_WORD)
    if kind.looks_at == "key":
        return 0 if held is Held.AS_A_WORD else 2
    rest = _telling(mail, found[1], clause.span.end, kind)
    if kind.looks_at == "rest" and not rest:
        before = _telling(mail, clause.span.start, found[0], kind)
        is_aside = words_of(mail.body.plain[clause.span.start : found[0]])[-1:] in _ASIDE
        if is_aside and before and index.share_in_one(before) > _HALF:
            return 0  # "You rang when you said you would": what was said stands before.
    rest = rest or _telling(mail, found[1], clause.sentence.end, kind)
    if kind.looks_at == "rest":
        return _doubt_of_rest(kind, rest[:_MANY], index)
    rest = [*_telling(mail, clause.span.start, found[0], kind), *rest][:_MANY]
    share = index.share_in_one(rest)
    if held is Held.NOT:
        return 2 if not rest or share <= (_LEAST if kind.strict else _HALF) else int(share <= _HALF)
    return (share <= _LEAST) + (share <= _NONE and held is Held.AS_A_WORD)


def _doubt_of_rest(kind: _Kind, rest: list[str], index: FactIndex) -> int:
    """Return the doubt about what follows a phrase, as ``_doubt`` does; none where nothing telling follows."""
    if not rest:
        return 0
    share = index.share_in_one(rest)
    if not kind.every_word:
        return (share <= _LEAST) + (share <= _NONE)
    is_missing = any(index.held(word) is Held.NOT and not is_letter_word(word) for word in rest)
    return 2 if share <= _LEAST and is_missing else int(share <= _HALF)


def _telling(mail: ParsedMail, start: int, end: int, kind: _Kind) -> list[str]:
    """Return the words between two offsets that tell something."""
    words = [word for word in words_of(mail.body.plain[start:end]) if word not in GRAMMAR and not word.isdigit()]
    return words if kind.every_word else [word for word in words if not is_letter_word(word)]


@cache
def _kinds() -> tuple[_Kind, ...]:
    found = []
    deeds = "/".join(sorted(word_set(read_words("claims")["deeds"])))
    for table in read_words("invented_kinds").values():
        listed = phrases(table["phrases"].replace("{deed}", deeds))
        beside = word_set(table.get("beside", ""))
        options = {
            key: table[key] for key in ("message", "looks_at", "sure", "names", "every_word", "strict") if key in table
        }
        found.append(_Kind(phrases=listed, beside=beside, **options))
    return tuple(found)
