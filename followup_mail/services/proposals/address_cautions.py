"""What to look at twice about people in changed facts: where mails would go, who is new, gone or called otherwise.

Every address that somebody of that very name did not have before is told: whoever gets a name gets its mails, however
the name and the address came together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from followup_mail.facts.names import slugify
from followup_mail.services.context.people_compared import (
    Known,
    People,
    find_look_alike,
    find_renames,
    has_mixed_letters,
    list_people,
    owners_of,
)
from followup_mail.services.proposals.caution import Caution, CautionKind, say_name


def caution_addresses(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Caution]:
    """Yield a caution for everybody whose mails would go elsewhere than mails to that name go now."""
    was, now = list_people(before), list_people(after)
    for key, known in now.items():
        words = _say_addresses(known, was, now) if _fresh(known, was) else _say_gone(known, was.get(key))
        if words:
            yield Caution(CautionKind.ADDRESS, words)


def list_fresh(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Return each address, in small letters, that a name would have and did not have, with the handle of the name."""
    was, now = list_people(before), list_people(after)
    return {(key, email.casefold()) for key, known in now.items() for email in _fresh(known, was)}


def caution_people(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Caution]:
    """Yield a caution for everybody who is new, gone or called otherwise."""
    was, now, renames = list_people(before), list_people(after), find_renames(before, after)
    for key, known in now.items():
        if key in was:
            continue
        name, former = say_name(known.name), renames.get(key)
        new = [f"{say_name(former)} would be called {name}."] if former else []
        new += [f"{name} would be somebody new."] if before and not former else []
        said = [*new, *_say_name(known.name, was, now, former)]
        if said:
            yield Caution(CautionKind.PERSON, " ".join(said))
    renamed = {slugify(former) for former in renames.values()}
    for key, known in was.items():
        if key not in now and key not in renamed:
            yield Caution(CautionKind.PERSON, f"{say_name(known.name)} would be in these facts no more.")


def _fresh(known: Known, was: People) -> list[str]:
    before = was.get(slugify(known.name))
    held = {email.casefold() for email in before.emails} if before else set()
    return [email for email in known.emails if email.casefold() not in held]


def _say_addresses(known: Known, was: People, now: People) -> str:
    fresh, before, owners = _fresh(known, was), was.get(slugify(known.name)), owners_of(was)
    name, goes = say_name(known.name), " and ".join(fresh)
    theirs = {email: owners[email.casefold()] for email in fresh if email.casefold() in owners}
    if before and before.emails:
        gone = " or ".join(before.emails)
        said = [f"The address of {name} would change: mails to them would go to {goes} instead of {gone}."]
    elif theirs:
        said = [f"Mails to {name} would go to {goes}."]
    else:
        said = [f"Mails to {name} would go to {goes}, which is in no fact of this application yet."]
    said += [f"Until now {email} is the address of {say_name(owner)}." for email, owner in theirs.items()]
    said += _say_name(known.name, was, now) if not before else []
    return " ".join([*said, *_say_strange(fresh, owners)])


def _say_gone(known: Known, before: Known | None) -> str:
    left = {email.casefold() for email in known.emails}
    gone = [email for email in before.emails if email.casefold() not in left] if before else []
    if not gone:
        return ""
    rest = f"mails to them would go to {' and '.join(known.emails)}" if known.emails else "no mail would reach them"
    return f"{say_name(known.name)} would not have the address {' and '.join(gone)} any more: {rest}."


def _say_name(name: str, was: People, now: People, former: str | None = None) -> Iterator[str]:
    alike = find_look_alike(name, was)
    if alike and alike.name != former:
        stays = "" if slugify(alike.name) in now else ", who would be in these facts no more"
        goes = f"; mails to {say_name(alike.name)} go to {' and '.join(alike.emails)} now" if alike.emails else ""
        yield f"The name is like that of {say_name(alike.name)}{stays}{goes}."
    if has_mixed_letters(name):
        yield "Not all letters of that name are of one alphabet: some may look like others."


def _say_strange(fresh: Sequence[str], known: Collection[str]) -> Iterator[str]:
    """Yield what is strange about addresses, in sentences: a domain of nobody else, letters that look like others."""
    domains = {email.rpartition("@")[2] for email in known}
    strange = [domain for email in fresh if (domain := email.rpartition("@")[2].casefold()) not in domains]
    if strange and domains:
        yield f"Nobody else in these facts has an address at {strange[0]}."
    hidden = next((email for email in fresh if not email.isascii()), "")
    if hidden:
        yield f"Not all letters of {hidden} are of the plain alphabet: some may look like others."
