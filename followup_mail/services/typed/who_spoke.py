"""Who said a sentence of a kept transcript: the candidate, somebody of the facts, or somebody who is only called so.

Anybody may take any name in a meeting, "Me" and "The user" included, and an assistant believes what it reads. So a
label makes nobody the candidate but the candidate's own name; and a label that nobody knows is told as a quotation.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from followup_mail.facts.addressees import is_meant
from followup_mail.facts.unfit_values import quoted
from followup_mail.incoming.transcript_search import is_label_of
from followup_mail.language.hidden_orders import is_order
from followup_mail.regex import regex

CANDIDATE: Final = "the user"
"""How the candidate is called to an assistant."""
_SOMEBODY: Final = "somebody"
_ME: Final = "me"
"""How recorders call the one who recorded."""
_REMARK: Final = regex(r"\([^()]*\)")
_ROLES: Final = frozenset({"host", "guest", "organizer", "organiser", "candidate", "me", "you"})
"""What stands before a name in parentheses: "Host (Priya Raman)"."""
_WORD: Final = regex(r"[^\W_]+")
_OURS: Final = frozenset(
    {"user", "assistant", "system", "developer", "followup", "ai", "bot", "model", "llm", "tool", "prompt", "please"}
)
"""Words that no name has: with them a label would sound like us, like the user, or like an order."""


def find_own_labels(labels: Collection[str], name: str, people: Collection[str]) -> frozenset[str]:
    """Return which of all labels of a transcript are the candidate's; ``people`` are the full names in the facts.

    A name that one of them has too is nobody's. "Me" counts where everybody else is one of them.
    """
    unclear = {label for label in labels if any(is_label_of(label, one) for one in people)}
    own = {label for label in labels if _is_name(label, name)} if name else set()
    others = {label for label in labels if label and label.casefold() != _ME}
    if own or not others <= unclear:
        return frozenset(own - unclear)
    return frozenset(label for label in labels if label.casefold() == _ME)


def say_who(label: str, people: Collection[str], *, is_own: bool) -> str:
    """Return how an assistant is told who said a sentence; empty where nobody is named."""
    if is_own:
        return CANDIDATE
    known = [one for one in people if label and is_label_of(label, one)]
    if len(known) == 1:
        return known[0]
    if is_order(label) or is_order(f"{label}:") or _OURS & set(_WORD.findall(label.casefold())):
        return _SOMEBODY
    return f"{_SOMEBODY} called {quoted(label)}" if label else ""


def _is_name(label: str, name: str) -> bool:
    """Return whether a label has nothing but the name; "Eve (Jordan Example)" has more."""
    bare = _REMARK.sub(" ", label).strip()
    remarks = _REMARK.findall(label) if bare.casefold() in _ROLES else []
    plain = _REMARK.sub(" ", name)
    return is_meant(bare, plain) or any(is_meant(remark.strip("()"), plain) for remark in remarks)
