"""Reads a mail that invites to an interview or confirms one: who wrote, who is in copy, what it names and brings.

A mail that the user passed on to themselves counts as the one inside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from email.message import Message
from typing import Final, NamedTuple

from msgspec.structs import replace

from followup_mail.cadence.wording import say_day, say_list
from followup_mail.errors import FactsError, FollowupError
from followup_mail.facts.unfit_values import quoted
from followup_mail.incoming.calendar_events import read_calendar
from followup_mail.incoming.copied_mail import is_copied_mail, read_copied_mail
from followup_mail.incoming.found import Found, FoundPerson
from followup_mail.incoming.found_names import is_machine, is_room, name_person, read_address
from followup_mail.incoming.inline_forward import Mailbox, find_inner
from followup_mail.incoming.machine_sent import name_machine
from followup_mail.incoming.mail_calendar import is_calendar
from followup_mail.incoming.meeting_place import format_of_mail
from followup_mail.incoming.moved_moments import without_old
from followup_mail.incoming.named_decision import find_decision
from followup_mail.incoming.named_in_mail import is_same_person
from followup_mail.incoming.named_moments import find_moments
from followup_mail.incoming.named_people import find_named
from followup_mail.incoming.named_places import find_place
from followup_mail.incoming.quotation import blank_quotes
from followup_mail.incoming.saved_mail import field, plain_bytes, read_words, sent_at
from followup_mail.incoming.saved_senders import list_senders, raw_addresses
from followup_mail.incoming.saved_text import leaves, parse_saved, text_of
from followup_mail.incoming.signature import read_signature

_FIELD_LIMIT: Final = 20_000
_TEXT_LIMIT: Final = 50_000
_PEOPLE_LIMIT: Final = 20
_MESSAGES: Final = frozenset({"message/rfc822", "message/global"})


class _Reading(NamedTuple):
    """For whom a mail is read."""

    name: str
    own: frozenset[str]
    prefer: Sequence[str]
    today: date


def read_invitation_mail(
    content: bytes, name: str, own: frozenset[str], today: date, prefer: Sequence[str] = ()
) -> Found:
    """Return what a saved mail tells of people and conversations.

    ``today`` stands in for the day of a mail without a date; the other arguments are as for ``read_calendar``. Raises
    ``FactsError`` when the file is no mail of a person, or its calendar cannot be used.
    """
    plain, reading = plain_bytes(content, name), _Reading(name, own, prefer, today)
    return _read_copied(plain, reading) if is_copied_mail(plain) else _read(parse_saved(plain), reading, depth=0)


def _read_copied(content: bytes, reading: _Reading) -> Found:
    copied = read_copied_mail(content, reading.name, reading.today, reading.own)
    inner = copied.inner
    people = _people(inner.sender, inner.others, inner.body, reading)
    words = Found(text=f"{copied.subject}\n{inner.body}"[:_TEXT_LIMIT])
    written_on = copied.on or reading.today
    found = (
        people.with_more(words).with_more(_moments(inner.body, written_on)).with_more(_decision(inner.body, written_on))
    )
    return _with_named(inner.body, found)


def _read(message: Message, reading: _Reading, depth: int) -> Found:
    parts = list(leaves(message))
    calendars = [part for part in parts if is_calendar(part)]
    attached = _attached(parts)
    is_own = any(address.casefold() in reading.own for address in list_senders(message))
    if attached is not None and depth == 0 and not calendars and (is_own or len(parts) <= 2):
        return _read(attached, reading, depth + 1)
    text = text_of(parts)[:_TEXT_LIMIT]
    subject = read_words(field(message, "Subject", _FIELD_LIMIT))
    kinds = frozenset({message.get_content_type(), *(part.get_content_type() for part in parts)})
    if not calendars and (what := name_machine(message, kinds, subject, text)):
        raise FactsError(f"{reading.name} {what}.", fix="Name a mail that somebody wrote to you.")
    inner = find_inner(text) if is_own else None
    found = _from_calendars(calendars, reading).with_more(Found(text=f"{subject}\n{text}"))
    senders = inner.sender if inner else _addresses(message, "From")
    others = inner.others if inner else [*_addresses(message, "To"), *_addresses(message, "Cc")]
    words = inner.body if inner else blank_quotes(text)
    found = found.with_more(_people(senders, others, words, reading))
    sent = sent_at(message)
    written_on = sent.date() if sent else reading.today
    found = found.with_more(_decision(words, written_on))
    if not found.events:
        found = found.with_more(_moments(words, written_on))
    return _with_named(words, found)


def _attached(parts: list[Message]) -> Message | None:
    """Return the first message that is attached as a whole."""
    for part in parts:
        inner = part.get_payload() if part.get_content_type() in _MESSAGES else None
        if isinstance(inner, list) and inner and isinstance(inner[0], Message):
            return inner[0]
    return None


def _from_calendars(calendars: list[Message], reading: _Reading) -> Found:
    """Return what the calendar files of a mail tell. Outlook and Google attach the same one twice."""
    found = Found()
    refused: FollowupError | None = None
    for part in calendars:
        payload = part.get_payload(decode=True)
        try:
            read = read_calendar(
                payload if isinstance(payload, bytes) else b"", reading.name, reading.own, reading.prefer
            )
        except FactsError as error:
            refused = error
            continue
        known = {event.uid for event in found.events if event.uid}
        fresh = tuple(event for event in read.events if event.uid not in known)
        found = found.with_more(Found(events=fresh, notes=read.notes if fresh else ()))
    if refused and not found.events:
        raise refused
    return found


def _people(senders: Sequence[Mailbox], others: Sequence[Mailbox], words: str, reading: _Reading) -> Found:
    """Return who wrote, with what the signature says, and then everybody else whom it was sent to."""
    notes: list[str] = []
    people: dict[str, FoundPerson] = {}
    for number, (shown, address) in enumerate([*senders[:1], *others][:_PEOPLE_LIMIT]):
        email = read_address(address)
        if not email or email.casefold() in reading.own or is_machine(email) or is_room(shown, email):
            continue
        person = name_person(shown, email, notes)
        if number == 0 and senders:
            title, phone = read_signature(words, person.name or person.guess)
            person = replace(person, title=title or person.title, phone=phone)
        people.setdefault(email.casefold(), person)
    sender = read_address(senders[0][1]) if senders else ""
    return Found(people=tuple(people.values()), sender=sender, notes=tuple(notes))


def _with_named(words: str, found: Found) -> Found:
    """Return what was found with the titles that the words give, and who is named and neither wrote nor read.

    Only where a moment is named: other mails name many people.
    """
    named = dict(one.partition("; ")[::2] for one in find_named(words)) if found.moments or found.events else {}
    people = tuple(replace(one, title=one.title or _title_of(one.name, named)) for one in found.people)
    invited = [one for event in found.events for one in (*event.attendees, event.organiser) if one]
    known = [name for one in (*people, *invited) for name in (one.name, one.guess) if name]
    others = [name for name in named if not any(_is_of(name, other) for other in known)]
    return replace(found, people=people, named=tuple(FoundPerson(name=one, title=named[one]) for one in others))


def _is_of(name: str, known: str) -> bool:
    """Return whether a name, perhaps the first alone, is that of somebody who is known."""
    return is_same_person(name, known) or (" " not in name and name in known.split())


def _decision(words: str, written_on: date) -> Found:
    decision = find_decision(words, written_on)
    return Found(decision=decision.sentence, decision_by=decision.days)


def _title_of(name: str, named: Mapping[str, str]) -> str:
    return next((title for other, title in named.items() if is_same_person(other, name)), "")


def _addresses(message: Message, name: str) -> list[Mailbox]:
    """Return the names and addresses of a field as people read them."""
    return [(read_words(shown), address) for shown, address in raw_addresses(message, name)]


def _moments(words: str, written_on: date) -> Found:
    """Return the moments that a mail names; the days without an hour become a note."""
    moments, days, zones, unread = find_moments(words, written_on)
    moments = without_old(words, moments, written_on)
    notes = tuple(f"The mail names {say_day(day, year=0)}, without an hour that is sure." for day in days)
    if unread:
        notes = (f"The mail may name a moment that is not understood: {quoted(unread)}. --start says when it begins.",)
    known = {one.zone for one in zones}
    how = format_of_mail(words)
    if len(zones) > 1 or "" in known:
        return Found(moments=moments, format=how, clocks=say_list([quoted(one.words) for one in zones]))
    notes = notes if not moments else ()
    if known or not moments:
        return Found(moments=moments, zone=next(iter(known), ""), format=how, notes=notes)
    place, zone = find_place(words, written_on)
    return Found(moments=moments, place=place, place_zone=zone, format=how)
