"""Words about somebody, said to them: "he came back with his own figures" is "you came back with your own figures".

A verb in the present loses its -s with its subject, also behind "and". Where it is not sure who is meant, nothing is
turned at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, verb_of
from followup_mail.language.verb_forms import as_base, as_participle, as_past, as_third

_PERSON: Final = frozenset({"he", "she"})
_AUXILIARIES: Final = {
    "is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't", "wasn't": "weren't",
    "hasn't": "haven't", "doesn't": "don't",
}  # fmt: skip
_SHORT: Final = {"he's": "he is", "she's": "she is", "he'd": "he would", "she'd": "she would", "he'll": "he will",
                 "she'll": "she will"}  # fmt: skip
_UNCHANGED: Final = frozenset(
    "will would can could should must may might won't wouldn't can't couldn't shouldn't had hadn't did didn't".split()
)
_ADVERBS: Final = frozenset(
    "really always still never also often just even only once now then first usually mostly actually personally "
    "clearly plainly quietly kindly immediately already simply".split()
)
_JOINS: Final = frozenset({"and", "but", "or", "then"})
_OBJECT_ENDS: Final = frozenset(
    {WordClass.PREPOSITION, WordClass.CONJUNCTION, WordClass.DETERMINER, WordClass.ADVERB, WordClass.AUXILIARY}
)
_OTHERS: Final = frozenset("who whom somebody someone anybody anyone nobody everybody everyone".split())
_ASKING: Final = frozenset({"to", "that", "what", "how", "why", "when", "where", "if", "whether", "who"})


def turn_words(words: Sequence[str], *, is_theirs: bool = False) -> list[str] | None:
    """Return words in full forms about a person as they are said to that person; None where it is not sure.

    ``is_theirs`` tells that the words begin with the verb, and that the person is its subject.
    """
    many = any(_is_many(word) for word in words)
    said: list[str] = []
    takes_verb, is_you = is_theirs, False
    for at, word in enumerate(words):
        small, following = word.lower(), words[at + 1].lower() if at + 1 < len(words) else ""
        if takes_verb and small not in _ADVERBS:
            verb = _with_you(small)
            if verb is None:
                return None
            said.append(word if verb == small else verb)
            takes_verb, is_you = False, True
        elif small in _PERSON or (small == "they" and not (many or is_theirs)):
            said.append("you")
            takes_verb = True
        elif is_you and at and words[at - 1].lower() in _JOINS and _is_third_only(small):
            said.append(_with_you(small) or small)
        else:
            is_another = small in {"himself", "herself"} and not _OTHERS.isdisjoint(words[:at])
            turned = None if is_another else _turned(small, following, many=many or is_theirs)
            if turned is None:
                return None
            said.append(turned or word)
            is_you = is_you and small not in {"who", "which"}
    return None if takes_verb else said


def full_forms(words: Sequence[str]) -> list[str]:
    """Return words with "he is" for "he's", or "he has" before a participle; a form with its comma stays."""
    spread: list[str] = []
    for at, word in enumerate(words):
        full = _SHORT.get(word.lower(), word).split()
        following = next((later.lower() for later in words[at + 1 :] if later.lower() not in _ADVERBS), "")
        is_perfect = word.lower().endswith("'s") and len(full) > 1 and as_participle(following) is not None
        spread += [full[0], "has"] if is_perfect else full
    return spread


def _is_many(word: str) -> bool:
    return word.lower() not in {"this", "is", "was", "has"} and WordClass.PLURAL in classes_of(word)


def _with_you(verb: str) -> str | None:
    """Return a verb in the form that "you" needs; None where a word is not a finite verb."""
    if verb in _AUXILIARIES:
        return _AUXILIARIES[verb]
    if verb in _UNCHANGED or verb in {"are", "were", "have", "do", "don't"}:
        return verb
    known = as_third(verb) or (verb_of(verb) if WordClass.VERB_S in classes_of(verb) else None)
    if known and known.third == verb:
        return known.base
    is_past = as_past(verb) is not None or WordClass.PAST in classes_of(verb)
    is_base = as_base(verb) is not None or WordClass.BASE in classes_of(verb)
    return verb if is_past or is_base else None


def _is_third_only(word: str) -> bool:
    return (as_third(word) is not None or word in _AUXILIARIES) and not classes_of(word) & NOUN_CLASSES


def _turned(word: str, following: str, *, many: bool) -> str | None:
    """Return another word for the same person, or nothing; None where it may be somebody else."""
    if word in {"himself", "herself"}:
        return "yourself"
    if word in {"his", "their"}:
        return "your" if word == "his" or not many else ""
    if word == "them":
        return "" if many else None
    if word in {"him", "hers"}:
        return "you" if word == "him" else "yours"
    if word == "her":
        is_object = not following or following in _ASKING or bool(classes_of(following) & _OBJECT_ENDS)
        return "you" if is_object and not classes_of(following) & NOUN_CLASSES else "your"
    return ""
