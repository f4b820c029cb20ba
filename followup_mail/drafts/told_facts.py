"""Which of the facts on a conversation a mail uses, so that nothing is said twice and what says most comes first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from followup_mail.drafts.material import WANTS_TOLD
from followup_mail.drafts.own_words import strip_marks

_TOLD: Final = ("moment", "link", "offer", "you_did", "convinced", "thanks_for", "your_words", "topic", "problem")
_OF_THEIRS: Final = (*_TOLD, "talked_about")
"""What a thank-you can say of the conversation; without any of it the mail names the post instead."""
_TELLING: Final = (*_OF_THEIRS, "experience", "proof")


def settle_told(facts: Mapping[str, object]) -> dict[str, object]:
    """Return the facts with those emptied that another says better, and what is not there at all."""
    settled = dict(facts)
    for name in _said_twice(settled):
        settled[name] = ""
    # What was told is more than that it was talked about; but two things talked about are more than one told.
    settled["talked_about" if _says_more(settled) else "topic"] = ""
    settled["nothing_of_theirs"] = not any(settled.get(name) for name in _OF_THEIRS)
    settled["nothing_told"] = not any(settled.get(name) for name in _TELLING)
    return settled


def _said_twice(facts: Mapping[str, object]) -> Iterator[str]:
    """Yield what they want where it stands a second time as the problem, which the candidate has an answer to."""
    for name in ("you_did", "thanks_for"):
        said = strip_marks(str(facts.get(name, ""))).removeprefix(WANTS_TOLD)
        if said and said[1:] in strip_marks(str(facts["problem"])):
            yield name


def _says_more(facts: Mapping[str, object]) -> bool:
    """Return whether there is more of the conversation than one thing that was told, beside what was talked about."""
    if any(facts.get(name) for name in _TOLD if name != "topic"):
        return True
    return bool(facts["topic"]) and " and " not in str(facts["talked_about"])
