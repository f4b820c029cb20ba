"""Whom an answer to a letter goes to: by its address, by how its sender is shown, and by who signed it.

Where these name two people, one of them wrote for the other; then whoever signed is answered at an address that the
facts know, else whoever sent it, and the user may choose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from followup_mail.checks.name_match import Likeness, compare, fold, name_words
from followup_mail.checks.prose import words_of
from followup_mail.facts.application import Application, Person
from followup_mail.facts.mail_address import is_same_address, local_part
from followup_mail.facts.no_reply import is_unread
from followup_mail.incoming.letter import Letter
from followup_mail.incoming.signature import read_signed_address
from followup_mail.incoming.signed_name import find_signature, is_shared_mailbox, name_of_sender

_ALIKE: Final = frozenset({Likeness.SAME, Likeness.ACCENT, Likeness.SHORT})


class Answered(Struct, frozen=True):
    """Somebody whom an answer may go to."""

    name: str = ""
    """Empty for a mailbox of nobody in particular."""
    email: str = ""
    known: Person | None = None
    """Who that is in the facts."""
    told: str = ""
    """What the user should know about it, as a sentence."""
    asks: str = ""
    """Why a person has to say whether somebody else is meant, as a sentence; empty where nothing speaks against it."""
    is_instead: bool = False
    """Whether this is somebody whom the letter does not come from: they do not have its thread."""

    @property
    def is_new(self) -> bool:
        """Return whether this person has to be added to the facts."""
        return bool(self.name and self.email and self.known is None)

    @property
    def is_out_of_reach(self) -> bool:
        """Return whether the writer is known by name alone: somebody else gets the answer."""
        return bool(self.told and not self.name)

    @property
    def moves(self) -> bool:
        """Return whether the facts have another address of this person, or none."""
        return bool(self.known and self.email and not is_same_address(self.email, self.known.email or ""))


def whom_to_answer(letter: Letter, application: Application) -> tuple[Answered, ...]:
    """Return whom an answer may go to, the likeliest first; two where one wrote for another."""
    sender = letter.received.sender
    everyone = application.everyone()
    known = next((one for one in everyone if one.email and is_same_address(one.email, sender)), None)
    company = set(words_of(application.company))
    shown, signed = (
        "" if company.issuperset(words_of(name)) else name
        for name in (name_of_sender(letter.name, sender), find_signature(letter.text))
    )
    shown = _whole_name(shown, sender)
    if signed and shown and is_alike(signed, shown):
        signed = ""
    if known:
        return _from_known(known, signed, everyone)
    if not sender or is_unread(sender):
        signer = signed or shown
        found = _by_name_alone(sender, (signed, shown), everyone) or _at_signed_address(letter, signer, everyone)
        return (found or _out_of_reach(sender, signer),)
    return _from_stranger(sender, shown, signed, everyone)


def is_alike(name: str, other: str) -> bool:
    """Return whether two names can be one person's: "Tom" and "Thomas Okafor"."""
    shorter, longer = sorted((name_words(name), name_words(other)), key=len)
    return bool(shorter) and all(any(compare(word, its) in _ALIKE for its in longer) for word in shorter)


def _from_known(known: Person, signed: str, everyone: Sequence[Person]) -> tuple[Answered, ...]:
    sent = Answered(known.name, known.email or "", known)
    if not signed or is_alike(signed, known.name):
        return (sent,)
    return _sent_for(sent, signed, everyone)


def _from_stranger(sender: str, shown: str, signed: str, everyone: Sequence[Person]) -> tuple[Answered, ...]:
    if not shown and signed:
        known = _find(signed, everyone)
        if known and known.email and not _is_address_of(sender, known.name):
            return (_at_own_address(sender, known),)
        return (_at(sender, _whole_name(signed, sender), everyone),)
    sent = _at(sender, shown, everyone)
    return _sent_for(sent, signed, everyone) if signed else (sent,)


def _sent_for(sent: Answered, signed: str, everyone: Sequence[Person]) -> tuple[Answered, ...]:
    """Return the signer first where the facts know an address of theirs."""
    signer = _find(signed, everyone)
    if signer and signer.email and signer.email != sent.email:
        told = f"{sent.name} sent the letter, and {signer.name} signed it: the answer goes to {signer.name}."
        return (Answered(signer.name, signer.email, signer, told), sent)
    told = f"{sent.name} sent the letter, and {signed} signed it: the answer goes to {sent.name}."
    return (Answered(sent.name, sent.email, sent.known, told),)


def _at(sender: str, name: str, everyone: Sequence[Person]) -> Answered:
    known = _find(name, everyone) if name else None
    if known and known.email and is_shared_mailbox(sender):
        return _at_own_address(sender, known)
    if known is None:
        told = f"{name} was not among the people of this application, and is added as a contact." if name else ""
        return Answered(name, sender, None, told)
    before = f" instead of {known.email}" if known.email else ""
    return Answered(known.name, sender, known, f"{known.name} wrote from {sender}, which is in the facts now{before}.")


def _at_own_address(sender: str, known: Person) -> Answered:
    told = f"The letter came from {sender}, and {known.name} wrote it: the answer goes to {known.email}."
    return Answered(known.name, known.email or "", known, told)


def _is_address_of(sender: str, name: str) -> bool:
    """Return whether an address has a part of a name in it: j.weber@ and jweber@ are those of Jonas Weber."""
    local = re.split(r"[._+-]", local_part(sender).casefold())
    words = [fold(word) for word in name_words(name)]
    initials = {word[0] for word in words[:-1]}
    return any(len(word) > 2 and not {word, *(f"{one}{word}" for one in initials)}.isdisjoint(local) for word in words)


def _by_name_alone(sender: str, names: Sequence[str], everyone: Sequence[Person]) -> Answered | None:
    """Return the person known by a name, where nobody reads the address that the letter came from, or it has none."""
    person = next((found for name in names if (found := _find(name, everyone))), None)
    if person is None or not person.email:
        return None
    told = f"Nobody reads {sender}: the answer goes to {person.name}." if sender else ""
    return Answered(person.name, person.email, person, told)


def _at_signed_address(letter: Letter, name: str, everyone: Sequence[Person]) -> Answered | None:
    """Return whoever signed at the address below their name, where it is one of theirs."""
    email = read_signed_address(letter.text, name)
    if not email or is_unread(email) or not _is_address_of(email, name):
        return None
    return _at(email, _whole_name(name, email), everyone)


def _out_of_reach(sender: str, name: str) -> Answered:
    return Answered("", sender, None, f"{name} wrote it, but no address of theirs is known." if name else "")


def _find(name: str, everyone: Sequence[Person]) -> Person | None:
    """Return the only person whom a name can mean."""
    found = [one for one in everyone if name and is_alike(name, one.name)]
    return found[0] if len(found) == 1 else None


def _whole_name(name: str, sender: str) -> str:
    """Return "Tom Okafor" for "Tom" at tom.okafor@."""
    whole = name_of_sender(sender)
    return whole if " " in whole and " " not in name and name and is_alike(name, whole) else name
