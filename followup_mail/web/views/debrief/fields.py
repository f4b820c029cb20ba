"""The fields of the debrief as a form sends them, and which of its buttons was pressed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import fields, replace

from followup_mail.services.adding.add_form import FIELDS, Card
from followup_mail.web.frame.asked import Form

MOST_CARDS: Final = 50


class Sent(Struct, frozen=True):
    """What a form sent."""

    typed: Mapping[str, str]
    """The answers by field, each with the reading that was chosen for it."""
    cards: tuple[Card, ...]
    wants_card: bool
    """Whether one more card is to be shown next."""
    anchor: str
    """The part of the page to go on with: ``#people``."""
    is_pressed: bool
    """False when the script sent it while somebody was typing."""
    removed: Card | None = None


def read_sent(form: Form) -> Sent:
    """Return what the fields hold, with what the pressed button does to the cards."""
    numbers = [number for number in form.all("card") if number.isdecimal()][:MOST_CARDS]
    cards = {number: _read_card(form, number) for number in numbers}
    go, _, which = form.get("go").partition(":")
    removed = cards.pop(which, None) if go == "remove" else None
    taken = {number: sentence for number in cards if (sentence := form.get(f"take-{number}"))}
    for number, sentence in taken.items():
        cards[number] = replace(cards[number], moment=sentence)
        which = number
    return Sent(
        typed={key: _read_answer(form, key) for key in FIELDS},
        cards=tuple(cards.values()),
        wants_card=go == "person",
        anchor=_anchor(go, which, cards),
        is_pressed=form.get("go") != "quiet",
        removed=removed if removed and not removed.is_empty else None,
    )


def _read_answer(form: Form, key: str) -> str:
    """Return what was typed, or the reading of it that was chosen; what was typed after that counts more."""
    text, meant = form.get(key), form.get(f"reading-{key}")
    return meant if meant and text == form.get(f"had-{key}") else text


def _anchor(go: str, which: str, cards: Mapping[str, Card]) -> str:
    """Return where to go on."""
    if go == "to" and which.isalpha():
        return f"#{which}"
    if which in cards:
        return f"#person-{list(cards).index(which)}"
    return "#people" if go == "remove" else ""


def _read_card(form: Form, number: str) -> Card:
    return Card(**{part.name: form.get(f"{part.name}-{number}") for part in fields(Card)})
