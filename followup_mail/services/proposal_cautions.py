"""What a person should look at twice in a proposal: whoever wrote it may have been deceived, or want to deceive.

An address is the worst of it: whoever changes it gets the mails. So it is said before the difference, in a line of its
own, with what it is now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct

from followup_mail.facts.names import slugify
from followup_mail.proposals.proposal import ProposedMail
from followup_mail.regex import regex
from followup_mail.services.fact_differences import say_fact
from followup_mail.services.facts_draft import say_start
from followup_mail.services.plan_proposal import PlannedFacts

_LINK: Final = regex(
    r"(?i)\b[a-z][a-z0-9+.-]*://[^\s<>\"]+|\bwww\.[^\s<>\"]+|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>\"]*"
    r"|\b(?:[a-z0-9-]+\.)+(?:com|net|org|info|biz|io|co|dev|app|ai|me|to|ly|gg|xyz|link|click|page|site|online|top|eu|us|"
    r"uk|de|ch|at|fr|it|es|nl|ru|cn|in|example)\b"
)
_ADDRESS: Final = regex(r"[^\s<>\"(),;:@]+@[^\s<>\"(),;:@]+\.[^\s<>\"(),;:@.]+")
_OF_PERSON: Final = frozenset({"email", "phone", "name"})
_DAYS: Final = {"decision_by": "The day by which they decide", "not_before": "The day before which they want no word"}


class CautionKind(StrEnum):
    """What a caution is about."""

    ADDRESS = "address"
    """Mails would go elsewhere."""
    LINK = "link"
    """Words with a link or an address in them."""
    PERSON = "person"
    """Somebody new, gone, or by another name."""
    COMPANY = "company"
    """Another company or role."""
    DATE = "date"
    """A day or an interview that they named."""
    SENTENCE = "sentence"
    """A note that says more than the sentence it comes from, or that somebody else said."""


_ASKED_TWICE: Final = frozenset({CautionKind.ADDRESS, CautionKind.LINK})


class Caution(Struct, frozen=True):
    """One thing to look at twice."""

    kind: CautionKind
    words: str
    """A sentence."""

    @property
    def is_asked_twice(self) -> bool:
        """Whether a person says yes to it by itself: addresses and links are what a deceiver needs a yes for."""
        return self.kind in _ASKED_TWICE


def cautions_of_facts(planned: PlannedFacts) -> tuple[Caution, ...]:
    """Return what to look at twice in changed facts; the weightiest first."""
    before, after = planned.before, planned.after
    people = (_people(before), _people(after))
    return (
        *_addresses(*people),
        *(Caution(CautionKind.LINK, f"Words with {what}: {found}") for what, found in _links_in_facts(before, after)),
        *_persons(*people, is_new=not before),
        *(_companies(before, after) if before else ()),
        *(_dates(before, after) if before else ()),
    )


def cautions_of_mail(mail: ProposedMail) -> tuple[Caution, ...]:
    """Return what to look at twice in the words of a mail; our own frame is not among them."""
    words = f"{mail.subject}\n{mail.body}"
    return tuple(Caution(CautionKind.LINK, f"The mail has {what} in it: {found}") for what, found in _links(words))


def _links(text: str) -> Iterator[tuple[str, str]]:
    addresses = list(dict.fromkeys(_ADDRESS.findall(text)))
    yield from (("an address", found) for found in addresses)
    links = dict.fromkeys(found.rstrip(".,;:!?)") for found in _LINK.findall(text))
    yield from (("a link", found) for found in links if not any(found in address for address in addresses))


def _links_in_facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    known = set(_texts(before))
    for text in dict.fromkeys(_texts(after)):
        if text not in known:
            yield from _links(text)


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


Addresses = dict[str, tuple[str, tuple[str, ...]]]
"""By the key of a name: the name, and the addresses that somebody has in the file."""


def _people(document: Mapping[str, Any]) -> Addresses:
    found: Addresses = {}
    groups = [document.get("contacts", ()), *(each.get("people", ()) for each in document.get("interviews", ()))]
    for person in (person for group in groups for person in group):
        name, email = str(person.get("name", "")), str(person.get("email") or "")
        _, known = found.get(slugify(name), (name, ()))
        found[slugify(name)] = (name, tuple(dict.fromkeys([*known, *filter(None, [email])])))
    return found


def _addresses(before: Addresses, after: Addresses) -> Iterator[Caution]:
    everybody = {email.casefold(): name for name, emails in before.values() for email in emails}
    for key, (name, emails) in after.items():
        _, known = before.get(key, (name, ()))
        fresh = [email for email in emails if email not in known]
        if not fresh or (key not in before and all(email.casefold() in everybody for email in fresh)):
            continue
        goes, gone = " and ".join(fresh), " or ".join(known)
        if known:
            words = f"The address of {name} would change: mails to them would go to {goes} instead of {gone}."
        else:
            words = f"Mails to {name} would go to {goes}, which is in no fact yet."
        yield Caution(CautionKind.ADDRESS, f"{words}{_say_strange(fresh, list(everybody))}")


def _say_strange(fresh: Sequence[str], known: Sequence[str]) -> str:
    """Return what is strange about addresses, in sentences: a domain of nobody else, letters that look like others."""
    domains = {email.rpartition("@")[2] for email in known}
    strange = [domain for email in fresh if (domain := email.rpartition("@")[2].casefold()) not in domains]
    said = f" Nobody else in these facts has an address at {strange[0]}." if strange and domains else ""
    hidden = next((email for email in fresh if not email.isascii()), "")
    return (
        f"{said} Not all letters of {hidden} are of the plain alphabet: some may look like others." if hidden else said
    )


def _persons(before: Addresses, after: Addresses, *, is_new: bool) -> Iterator[Caution]:
    names = {email.casefold(): name for name, emails in before.values() for email in emails}
    renamed = set()
    for key, (name, emails) in after.items():
        if key in before:
            continue
        former = next((names[email.casefold()] for email in emails if email.casefold() in names), "")
        if former and slugify(former) not in after:
            renamed.add(slugify(former))
            yield Caution(CautionKind.PERSON, f"{former} would be called {name}.")
        elif not is_new:
            yield Caution(CautionKind.PERSON, f"{name} would be somebody new.")
    for key, (name, _) in before.items():
        if key not in after and key not in renamed:
            yield Caution(CautionKind.PERSON, f"{name} would be in these facts no more.")


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


def _starts(document: Mapping[str, Any]) -> list[str]:
    return [say_start(interview) for interview in document.get("interviews", ())]
