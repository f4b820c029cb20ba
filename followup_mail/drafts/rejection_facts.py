"""What the answer to a rejection can say: how they told it, why, and whom the candidate met."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from followup_mail.drafts.filters import in_words, sentence
from followup_mail.drafts.material import liked_in_short
from followup_mail.drafts.own_words import mark
from followup_mail.facts.application import Application, Person, is_same_person
from followup_mail.facts.people import is_of_agency, name_together
from followup_mail.facts.terms import Told
from followup_mail.language.job_titles import is_internal
from followup_mail.language.known_beginnings import deed_thanked_for
from followup_mail.language.promises import is_delivered, promises_to
from followup_mail.language.rejection_reasons import ReasonKind
from followup_mail.language.rejection_words import Rejection, read_rejection
from followup_mail.regex import regex

_TOLD: Final = {Told.CALLED: "calling to tell me", Told.IN_PERSON: "telling me in person"}
_NOT_TOLD: Final = {False: "your interest in my application", True: "supporting my application"}
"""What somebody is thanked for who did not tell it, by whether they stand between."""
_NAMED_AT_MOST: Final = 4
_MOST_WORDS: Final = 20
_IS_STATE: Final = regex(
    r"(?:are|were|have|had|can|can't|could|won't|don't|didn't|never|know|knew|want|still"
    r"|(?:showed|let|gave) me)\b|sent\b"
)
_TOLD_HOW: Final = regex(r"^told me (?:how|that) you (?=\w)")
_SAYS_LITTLE: Final = regex(r"told me about \w+(?: \w+)?")
""" "What you told me about the package" is no memory."""
_TOLD_ABOUT: Final = regex(r"told me about\b")
_IS_OF_USE: Final = regex(
    r"(?i)^(?:my|the) (?!two\b|three\b).*\b(?:plan|sheet|template|checklist|tracker|list|wording|profile|guide|agenda"
    r"|rota|schedule|outline|recipe|method|form|script|draft)\b"
)
_IS_PAPER: Final = regex(r"(?i)\b(?:copy|copies|scan|certificates?|licen[cs]es?|referees?|references?|contacts?)\b")
_REMEMBERS: Final = regex(r"I (?:will remember|really enjoyed|won't forget)\b")
_CHOSEN: Final = regex(r"\b(?:chose|took|hired|picked) (?:somebody|someone|an internal)\b|\bpromote somebody\b")
_IS_NEED: Final = regex(r"(?:you|the client) (?:needs?|needed|was looking|were looking)\b")
_IS_WISH: Final = regex(r"\b(?:again|the next one)\b")
# For somebody between, who did not choose: "you need" is what the client needs.
_OF_THE_TEAM: Final = (
    (r"^you need\b", "the client needs"),
    (r"^you were\b", "the client was"),
    (r"^you\b", "the client"),
    (r"\byour\b", "their"),
    (r"\byou\b", "them"),
)


def about_rejection(application: Application, person: Person, at: datetime, read: str = "") -> dict[str, object]:
    """Return what templates can say about a rejection, as it is answered to one person, who was sent ``read``."""
    outcome = application.outcome
    held = (interview for interview in application.interviews if interview.end <= at)
    everyone = [met for interview in held for met in interview.people]
    met = [other for other in everyone if not is_same_person(other, person)]
    met_you = len(met) < len(everyone)
    rejection = read_rejection(outcome.reason, [person.name, *(other.name for other in met)])
    is_between = is_of_agency(person, application.everyone(), application.company)
    reason = rejection.reason
    if is_internal(application.role):
        reason = reason.replace("an internal candidate", "somebody from the team")
    reason = _for_the_team(reason) if is_between else reason
    # What goes on behind it is ours, and so is the full stop.
    typed = mark(sentence(outcome.understood).removesuffix("."))
    granted = typed or _grant(reason)
    told_how = _TOLD.get(outcome.told, "") if outcome.told else rejection.told
    is_teller = _may_have_told(application, person, told_how)
    return {
        "reason": reason,
        "granted": granted,
        # Whoever did not tell it explained nothing either.
        "told_why": is_teller and (rejection.gives_reason or bool(typed)),
        "told_how": told_how if is_teller else _NOT_TOLD[is_between],
        "told_by_reader": is_teller,
        "was_close": is_teller and rejection.was_close,
        "invited": mark(rejection.invited),
        "about_money": rejection.kind is ReasonKind.BUDGET,
        "to_learn": _is_to_learn(rejection),
        "somebody_chosen": bool(_CHOSEN.search(granted)),
        "promoted": rejection.kind is ReasonKind.INTERNAL and bool(_CHOSEN.search(granted)),
        "met_you": met_you,
        "called_me": is_teller and told_how.startswith("calling"),
        "left_with_you": _left_with(application, person, read),
        "remembered": say_remembered(person, outcome.parting),
        **_about_others(name_together(met, application.country), met, is_between=is_between, parting=outcome.parting),
        **({"onward_is_wish": True} if _IS_WISH.search(rejection.invited) and not outcome.onward else {}),
    }


def _may_have_told(application: Application, person: Person, told_how: str) -> bool:
    """Return whether it can be this person who told it: whose message it was; of a call nobody knows, where there are
    several people.
    """
    by = application.outcome.by
    if by:
        return by.casefold() == (person.email or "").casefold()
    return not told_how or len(application.everyone()) < 2


def _grant(reason: str) -> str:
    if not reason:
        return ""
    return (
        f"I can see why {reason}" if re.match(r"(?:you|the client) chose\b", reason) else f"I understand that {reason}"
    )


def _left_with(application: Application, person: Person, read: str) -> str:
    """Return what the candidate sent them that goes on being of use: "my count sheet". A certificate is not."""
    sent = (kept.thing for kept in promises_to(application, person) if kept.promise.file and is_delivered(kept, read))
    return next((thing for thing in sent if _IS_OF_USE.search(thing) and not _IS_PAPER.search(thing)), "")


def say_remembered(person: Person, parting: str) -> str:
    """Return what the reader did that the candidate thanked them for, as it follows "I remember": the one thing that
    tells them who writes. Nothing where the parting remembers something, nor from a note that is a whole sentence:
    readers found it dragged in.
    """
    if _REMEMBERS.match(parting):
        return ""
    typed = deed_thanked_for(person.moment)
    jotted = "" if person.moment else liked_in_short(person)
    deed = typed or (jotted.removeprefix("you ") if jotted.startswith("you ") else "")
    if not deed or len(deed.split()) > _MOST_WORDS or _SAYS_LITTLE.fullmatch(deed):
        return ""
    deed = _TOLD_HOW.sub("", deed)
    # "How you have it on the wall" would be about the way.
    joint = "what" if _TOLD_ABOUT.match(deed) else "that" if _IS_STATE.match(deed) else "how"
    return f"{joint} {mark(f'you {deed}') if typed else f'you {deed}'}"


def _for_the_team(reason: str) -> str:
    for pattern, words in _OF_THE_TEAM:
        reason = re.sub(pattern, words, reason)
    return reason


def _is_to_learn(rejection: Rejection) -> bool:
    """Return whether they missed something that can be learnt: experience or a language."""
    learnt = rejection.kind in {ReasonKind.EXPERIENCE, ReasonKind.LANGUAGE}
    return learnt and bool(_IS_NEED.match(rejection.reason))


def _about_others(names: list[str], met: Sequence[Person], *, is_between: bool, parting: str) -> dict[str, object]:
    """Return the others who were met: one is named beside the reader, up to four in a sentence of their own.

    A parting that wishes one of them well names them already. "To have met you, Ann and Ben" can be heard as if Ann and
    Ben were spoken to.
    """
    together = (
        ["you", *names] if len(names) == len(met) < 2 else ["you", "the team" if is_between else "your colleagues"]
    )
    if met and not 0 < len(names) <= _NAMED_AT_MOST:
        return {"others_met": "everyone I met", "you_and_others": in_words(together)}
    is_wished = any(name in parting for name in names)
    named = in_words(names) if len(names) > 1 and not is_wished else ""
    return {"others_met": in_words(names), "you_and_others": in_words(together), "others_named": named}
