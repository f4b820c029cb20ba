"""The word that joins what came of something: a result is joined by *and*, what it means for both by *so*."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.finite_verbs import find_verb
from followup_mail.language.known_words import LISTS, words_of
from followup_mail.language.verb_forms import as_past
from followup_mail.regex import regex

OPEN_JOINT: Final = ", so/and "
"""How a beginning writes a joint that its answer decides."""
_MODALS: Final = LISTS["joint_modals"]
_KNOWING: Final = LISTS["joint_knowing"]
_TYPED: Final = regex(r"(?i)^(?:(?:so|and)\b(?! (?:far|much|many|long|little|on)\b)[,\s]+)+")
_HAS_SO: Final = regex(
    r"(?i)(?:, so\b(?! (?:far|much|many|long|little|on)\b)"
    r"|\bso (?:that|i|you|he|she|it|we|they|the|our|my|no|nobody|everybody|everyone|people)\b)[^.?!]*$"
)
_BEHIND_A_VERB: Final = (
    LISTS["determiners"] | LISTS["prepositions"] | LISTS["adverbs"] | LISTS["subjects"] | {"me", "us", "them", "him"}
)


def join(words: str, behind: str = "") -> str:
    """Return an answer behind the joint that it needs: *, so I …*, *, and 18 of them …*, * and built …* or *. It …*.

    A sentence whose words so far, ``behind``, have a *so* gets no second one.
    """
    typed, words = typed_joint(words), without_joint(words)
    joint = _joint_before(words_of(words))
    joint = ", and " if joint == ", so " and _HAS_SO.search(behind) else joint
    # Whoever types a joint means it; other than that a deed that goes on has no comma.
    joint = f", {typed} " if typed and not (typed == "and" and joint == " and ") else joint
    return f"{joint}{words[:1].upper()}{words[1:]}" if joint == ". " else f"{joint}{words}"


def typed_joint(words: str) -> str:
    """Return the *so* or *and* that somebody typed before an answer; empty where they typed none."""
    typed = _TYPED.match(words)
    return typed[0].strip(" ,").split()[-1].lower().strip(",") if typed else ""


def without_joint(words: str) -> str:
    """Return an answer without the *so* or *and* that somebody typed."""
    return _TYPED.sub("", words)


def goes_on_with_verb(words: Sequence[str]) -> bool:
    """Return whether an answer goes on with a deed of the same person: *built the board for it*."""
    if not words or not as_past(words[0]):
        return False
    following = words[1:2]
    is_object = bool(following) and (following[0] in _BEHIND_A_VERB or following[0][0].isdigit())
    # "Lost orders fell by half" begins with a participle: its verb comes later.
    return is_object or find_verb(words[1:]) is None


def _joint_before(words: list[str]) -> str:
    if not words or words[0] == "which":
        return ", "
    if goes_on_with_verb(words):
        return " and "
    subject = words[0].split("'")[0]
    if subject in {"it", "that", "this"} and find_verb(words[:3]) is not None:
        return ". "
    verbs = [word for word in words[:6] if word in _MODALS or word.endswith(("'d", "'ll"))]
    says_knowing = subject in {"i", "we"} and any(word in _KNOWING for word in _behind_subject(words))
    return ", so " if verbs or says_knowing else ", and "


def _behind_subject(words: list[str]) -> list[str]:
    """Return the verb behind *I*, adverbs aside; *I'm* and *I've* bring their own."""
    if "'" in words[0]:
        return [words[0].partition("'")[2]]
    return [word for word in words[1:4] if word not in LISTS["adverbs"]][:1]
