"""Whether words of a no are said of now: not under a condition, not in quotation marks, not as a question.

"If someone else gets the role, I will tell you" ends nothing, nor does "would you mind if it were filled?".
"""

from __future__ import annotations

from typing import Final

from followup_mail.regex import regex

_IF: Final = (
    r"(?:(?:even |only )?if|whether|in case|unless|until|till"
    r"|should (?:you|we|they|it|the|your)|once we|before (?:we|they|you|it|the)"
    r"|assuming|suppos\w+|falls|sollten?|wenn|ob|bevor"
    r"|si (?!(?:è|sono|ha|tratta|chiud\w*)\b)(?:vous|nous|on|le|la|les|tu|tú|no|el|il|elle|votre|jamais"
    r"|\w+mos|\w+an)"
    r"|s'il|au cas où|avant que|en caso de|cuando|mientras|qualora|nel caso|se (?:non|la|il|lei|dovess\w+|scegli\w+)"
    r"|indien|mocht\w*|zodra|als (?:we|wij|je|u|het|de|ze|iemand))"
)
_CONDITION: Final = regex(rf"\b{_IF}\b")
_HONEST: Final = regex(
    r"\bif (?:i'm|i am|i may|we're|we are|i can) (?:\w+ ){0,2}(?:honest|frank|blunt|candid)|\bif you (?:want|ask|must)"
    r"|\bwenn ich (?:ehrlich|offen)|\bsi (?:je peux être|soy)\b|\bwhether we like it or not|\bif it helps\b"
)
_BREAK: Final = regex(r"[,;:()\u2013\u2014]|\s-\s|\b(?:but|aber|mais|pero|maar|however)\b")
_TURN: Final = regex(r"[;:\u2013\u2014]|\s-\s|\b(?:but|aber|doch|mais|pero|ma|maar|however)\b")
_QUOTED: Final = regex(
    '\u201c[^\u201d]{1,300}\u201d|\u201e[^\u201c\u201d]{1,300}[\u201c\u201d]|\u00ab[^\u00bb]{1,300}\u00bb|"[^"]{1,300}"'
)


def is_said_now(sentence: str, start: int, end: int) -> bool:
    """Return whether what stands from ``start`` to ``end`` of a sentence in small letters is said of now."""
    return not (
        _is_under_condition(sentence, start)
        or any(one.start() <= start and end <= one.end() for one in _QUOTED.finditer(sentence))
        or (sentence.endswith("?") and not _BREAK.search(sentence, end))
    )


def _is_under_condition(sentence: str, start: int) -> bool:
    """Return whether words stand in a conditional clause, or in what follows from one that opens the sentence."""
    plain = _HONEST.sub(lambda found: " " * len(found[0]), sentence)
    if not start:  # a pattern that looks at the whole sentence
        return bool(_CONDITION.match(plain.lstrip()))
    turned = max((one.end() for one in _TURN.finditer(plain, 0, start)), default=0)
    if _CONDITION.match(plain[turned:].lstrip()):
        return True
    clause = max((one.end() for one in _BREAK.finditer(plain, 0, start)), default=0)
    found = _CONDITION.search(plain, clause)
    return found is not None and found.start() < start
