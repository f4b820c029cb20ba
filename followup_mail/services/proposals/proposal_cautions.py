"""What a person should look at twice in a proposal: whoever wrote it may have been deceived, or want to deceive.

An address is the worst of it: whoever changes it gets the mails. So it is said before the difference, in a line of its
own, with what it is now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from followup_mail.facts.alignment import align
from followup_mail.proposals.proposal import ProposedMail
from followup_mail.services.changing.fact_differences import say_fact
from followup_mail.services.changing.facts_draft import say_start
from followup_mail.services.proposals.address_cautions import caution_addresses, caution_people
from followup_mail.services.proposals.caution import Caution, CautionKind, say_name
from followup_mail.services.proposals.link_words import find_links
from followup_mail.services.proposals.plan_proposal import PlannedFacts

_OF_PERSON: Final = frozenset({"email", "phone", "name"})
_WAYS: Final = {
    "time_zone": "The time zone",
    "country": "The country",
    "region": "The region",
    "contact": "That they may be written to",
    "channel": "How they want to be reached",
    "calls": "Whether calls are welcome",
    "interval": "How long between mails",
    "by": "Who said that",
    "ask": "Whom to ask",
}
_DAYS: Final = {"decision_by": "The day by which they decide", "not_before": "The day before which they want no word"}


def cautions_of_facts(planned: PlannedFacts) -> tuple[Caution, ...]:
    """Return what to look at twice in changed facts; the weightiest first."""
    before, after = planned.before, planned.after
    return (
        *caution_addresses(before, after),
        *(Caution(CautionKind.LINK, f"Words with {what}: {found}") for what, found in _links_in_facts(before, after)),
        *caution_people(before, after),
        *(_companies(before, after) if before else ()),
        *(_dates(before, after) if before else ()),
        *(_ways(before, after) if before else ()),
    )


def cautions_of_mail(mail: ProposedMail) -> tuple[Caution, ...]:
    """Return what to look at twice in the words of a mail; our own frame is not among them."""
    words = f"{mail.subject}\n{mail.body}"
    return tuple(Caution(CautionKind.LINK, f"The mail has {what} in it: {found}") for what, found in find_links(words))


def _links_in_facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    known = set(_texts(before))
    for text in dict.fromkeys(_texts(after)):
        if text not in known:
            yield from find_links(text)


def _texts(value: Any, key: str = "") -> Iterator[str]:
    """Yield every text of a table but names, addresses and numbers of people: what a mail may say."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, key)
    elif isinstance(value, str) and key not in _OF_PERSON:
        yield value


def _companies(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Caution]:
    for key in ("company", "role"):
        if before.get(key) != after.get(key):
            words = f"The {key} would be {say_fact(after.get(key))} instead of {say_fact(before.get(key))}."
            yield Caution(CautionKind.COMPANY, words)


def _dates(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Caution]:
    was, now = before.get("said", {}), after.get("said", {})
    for key, what in _DAYS.items():
        if was.get(key) != now.get(key):
            old, new = (say_fact(each.get(key), has_year=True) for each in (was, now))
            words = f"{what} would be {new}; now it is {old}. Mails may leave at other moments then."
            yield Caution(CautionKind.DATE, words)
    starts, fresh = (_starts(document) for document in (before, after))
    for start in [start for start in fresh if start not in starts]:
        yield Caution(CautionKind.DATE, f"An interview on {start} is in no fact yet.")
    for start in [start for start in starts if start not in fresh]:
        yield Caution(CautionKind.DATE, f"The interview on {start} would be gone, or at another time.")


def _ways(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Caution]:
    """Yield what decides when, how and to whom mails go, and is no day that they named."""
    tables = [(before, after, ""), (before.get("said", {}), after.get("said", {}), "")]
    meetings = (before.get("interviews", ()), after.get("interviews", ()))
    for old, new in align(*meetings):
        if old is not None and new is not None:
            tables.append((meetings[0][old], meetings[1][new], f" of the interview on {say_start(meetings[1][new])}"))
    changes = [
        (f"{what}{whose}", was.get(key), now.get(key)) for was, now, whose in tables for key, what in _WAYS.items()
    ]
    was, now = _parts(before), _parts(after)
    changes += [(f"The part of {say_name(name)}", was[name], now[name]) for name in now if name in was]
    for what, old, new in changes:
        if old != new:
            words = f"{what} would be {say_fact(new)}; now it is {say_fact(old)}."
            yield Caution(CautionKind.DATE, f"{words} Mails may leave at other moments or go to others then.")


def _parts(document: Mapping[str, Any]) -> dict[str, str]:
    groups = [document.get("contacts", ()), *(each.get("people", ()) for each in document.get("interviews", ()))]
    return {str(one.get("name", "")): str(one.get("role", "")) for group in groups for one in group}


def _starts(document: Mapping[str, Any]) -> list[str]:
    return [say_start(interview) for interview in document.get("interviews", ())]
