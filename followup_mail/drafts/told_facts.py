"""Which of the facts on a conversation a mail uses, so that nothing is said twice and what says most comes first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, cast

from followup_mail.drafts.material import WANTS_TOLD
from followup_mail.drafts.own_words import strip_marks
from followup_mail.language.same_subject import shares_subject
from followup_mail.language.spoken_topics import first_together, is_plain

_TYPED: Final = ("moment", "link", "offer")
_TOLD: Final = (*_TYPED, "you_did", "convinced", "thanks_for", "your_words", "problem")
_OF_THEIRS: Final = (*_TOLD, "topic", "talked_about")
"""What a thank-you can say of the conversation; without any of it the mail names the post instead."""
_TELLING: Final = (*_OF_THEIRS, "experience", "proof")
_BOTH: Final = 2


def settle_told(facts: Mapping[str, object]) -> dict[str, object]:
    """Return the facts with those emptied that another says better; ``spoken`` becomes what is said of it."""
    settled = dict(facts)
    spoken = cast("list[str]", settled.pop("spoken"))
    for name in _said_twice(settled):
        settled[name] = ""
    together = first_together(spoken)
    # What was told is more than that it was talked about; but two things talked about are more than one told.
    is_told = any(settled.get(name) for name in _TOLD) or bool(settled["topic"] and len(together) < _BOTH)
    also = [] if settled["topic"] else _left_over(spoken, settled)[:1]
    settled["talked_about"] = " and ".join(also if is_told else together)
    settled["topic"] = settled["topic"] if is_told else ""
    settled["nothing_of_theirs"] = not any(settled.get(name) for name in _OF_THEIRS)
    settled["nothing_told"] = not any(settled.get(name) for name in _TELLING)
    return settled


def _left_over(spoken: Iterable[str], facts: Mapping[str, object]) -> list[str]:
    """Return what can be named beside what was told: nothing where the user's own sentences say what they want."""
    if any(facts.get(name) for name in _TYPED):
        return []
    said = strip_marks(". ".join(str(facts.get(name) or "") for name in _TELLING))
    return [topic for topic in spoken if topic not in said and is_plain(topic) and not shares_subject(topic, said)]


def _said_twice(facts: Mapping[str, object]) -> Iterator[str]:
    """Yield what they want where it stands a second time as the problem, which the candidate has an answer to."""
    for name in ("you_did", "thanks_for"):
        said = strip_marks(str(facts.get(name, ""))).removeprefix(WANTS_TOLD)
        if said and said[1:] in strip_marks(str(facts["problem"])):
            yield name
