"""Whether a mail names something from the conversation that the facts tell of.

A topic may be one word ("Kafka", "parking"), so no count of words can tell; and it may be made of words that stand in
any follow-up ("your team"), so those count only together, in their order, and where something is said about them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from typing import Final

from followup_mail.cadence.roster import list_entries
from followup_mail.checks.concrete_words import claims, own_words
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.prose import normal, word_set, words_of
from followup_mail.checks.stock_words import GRAMMAR, is_hollow, is_stock, stem
from followup_mail.facts.application import Application
from followup_mail.regex import regex

_NAMED_OF: Final = 3
"""Of so many words that are special to a fact, the mail must have one."""
_CLAIMED_OF: Final = 1.5
"""The same in a sentence that only claims: "patient care" in it says nothing of "patients afraid of needles"."""
_PLAIN_PHRASE: Final = 3
"""Words of a phrase that need nothing before them to be about something, though each of them stands in any mail."""
_BEFORE: Final = 60
_HOLLOW: Final = word_set("""
    role roles position positions post job jobs vacancy company companies opportunity opportunities interview
    interviews conversation application meeting candidacy
    thing things stuff topic topics subject subjects point points matter matters question questions detail details item
    items issue issues aspect aspects lot lots sort sorts kinds number range variety step steps interesting important
    various different certain useful relevant general
""")
# These say something alone ("your team"), and nothing beside a word that says nothing: "the job and the team".
_HOLLOW_BESIDE: Final = word_set("""
    team teams people work culture business organisation organization department environment responsibilities
    responsibility duties requirements tasks expectations industry
""")
_ASKING: Final = word_set("how what why who where when which")
_NO_NAMES: Final = word_set(
    "a all and anything both everything few it lot many more much nothing of some something that this"
)
_SPOKEN_ABOUT: Final = regex(
    r"\b(?:about|regarding|concerning|idea of|interested in|discussion of|was|is|remember|forgotten|"
    r"(?:thoughts?|views?|opinions?|honest|frank|advice|ideas|words?|remarks?|take|stor(?:y|ies)|stand|conversation|"
    r"talk(?:ed|ing)?|sp[eo]a?k(?:e|en|ing)?|chat|discussion|candid|clear) on)"
    r"[ \n]+\Z"
)
# "I was pleased to learn more about your team" is what everybody writes.
_SAID_BY_ALL: Final = regex(
    r"\b(?:learn\w*|hear\w*|know|knowing|excited|enthusiastic|passionate|information|questions?|more)\b[^.!?]*\Z"
)


def names_a_fact(mail: ParsedMail) -> bool:
    """Return whether the mail names one of the facts of the conversation, or a reason that goes with them."""
    facts = mail.context.facts
    if facts is None:
        return False
    words, empty = own_words(mail), claims(mail)
    with_claims = own = special_stems(mail, spellings([word.plain for word in words]))
    if empty:
        told = [word.plain for word in words if not any(start <= word.start < end for start, end in empty)]
        own = special_stems(mail, spellings(told))
    return any(_is_named(mail, own, with_claims, fact) for fact in _facts_of(facts))


def spellings(words: Sequence[str]) -> Iterator[str]:
    """Yield words as they are, and as others write them: "open-source" and "open source", "data base", "database"."""
    yield from words
    yield from map("".join, pairwise(words))
    yield from map("".join, zip(words, words[1:], words[2:], strict=False))
    for word in words:
        if "-" in word:
            yield from (word.replace("-", ""), *word.split("-"))


def special_stems(mail: ParsedMail, words: Iterable[str]) -> frozenset[str]:
    """Return the stems of words that neither stand in any mail nor are names."""
    names = mail.known.names
    return frozenset(stem(word) for word in words if not is_stock(word) and word not in names)


def _facts_of(facts: Application) -> Iterator[str]:
    for person in list_entries(facts):
        yield from person.discussed
        yield from (person.convinced, person.moment, person.link, person.offer)
    yield from facts.fit
    yield from facts.not_mentioned
    yield from (facts.why_them, facts.unsaid.point, facts.unsaid.problem, facts.unsaid.use, facts.unsaid.also)


def _is_named(mail: ParsedMail, own: frozenset[str], with_claims: frozenset[str], fact: str) -> bool:
    words = words_of(fact)
    special = special_stems(mail, [word.replace("-", "") for word in words])
    own, with_claims = (there | _parted(words, there) for there in (own, with_claims))
    if special:
        tells = special - {stem(word) for word in words if is_hollow(word)}
        is_named = len(special & own) * _NAMED_OF >= len(special) and bool(own & (tells or special))
        return is_named or len(special & with_claims) * _CLAIMED_OF >= len(special)
    telling = _telling(words) - mail.known.names
    # What is not a word, or only a small word, is a name of something: "C++", "Go".
    is_name = not any(word not in GRAMMAR and len(word) > 1 for word in words) and not fact.strip().islower()
    is_name = is_name and (fact.strip().isupper() or not _NO_NAMES.issuperset(words))
    if not fact.strip() or not (telling or is_name):
        return False
    return any(_is_about(before, len(words)) for before in _words_before(mail, fact.strip(" .;,:"), is_name))


def _parted(words: Sequence[str], there: Set[str]) -> frozenset[str]:
    """Return the stems of two words of a fact that the mail writes as one."""
    as_one = ((first, second) for first, second in pairwise(words) if stem(first + second) in there)
    return frozenset(stem(word) for pair in as_one for word in pair)


def _telling(words: Iterable[str]) -> frozenset[str]:
    """Return the words that say something, each ordinary, as a topic: none in "various things"."""
    said = frozenset(words)
    nouns = said - GRAMMAR
    # "What matters to your team" is a thought; "the job and the team" is a list.
    is_list = nouns & _HOLLOW and said.isdisjoint(_ASKING)
    return nouns - _HOLLOW - (_HOLLOW_BESIDE if is_list else frozenset())


def _is_about(before: str, words: int) -> bool:
    """Return whether what stands before a phrase of ordinary words says something about it."""
    is_about = words >= _PLAIN_PHRASE or _SPOKEN_ABOUT.search(before) is not None
    return is_about and not _SAID_BY_ALL.search(before)


def _words_before(mail: ParsedMail, words: str, is_name: bool) -> Iterator[str]:
    """Yield what stands before each place of these words; the name of something is looked for as it is written."""
    plain = mail.plain(mail.core)
    phrase = r"[\s-]+".join(re.escape(part) for part in (words if is_name else normal(words)).split())
    for found in re.finditer(rf"(?<!\w){phrase}(?!\w)", mail.written(mail.core) if is_name else plain):
        yield plain[max(0, found.start() - _BEFORE) : found.start()]
