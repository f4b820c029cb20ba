"""People are named as they are typed: without accents, by a part of the name, by the address."""

from __future__ import annotations

import pytest

from followup_mail.errors import NotFoundError
from followup_mail.facts.application import Application, Person
from followup_mail.services.context.request import find_members


def _panel() -> Application:
    people = (Person(name="Tom\u00e1s Quiroga", email="tq@x.example"), Person(name="Luc\u00eda Ferrer"))
    return Application(
        slug="pampa",
        company="Pampa Agro",
        role="Agronomist",
        time_zone="America/Argentina/Buenos_Aires",
        contacts=people,
    )


@pytest.mark.parametrize("text", ["tomas", "Tom\u00e1s", "quiroga", "tomas quiroga", "TQ@x.example", "tomas-quiroga"])
def test_accents_may_be_left_out_of_a_name(text: str) -> None:
    """Somebody who types `--to tomas` means Tom\u00e1s."""
    [found] = find_members(_panel(), (text,))
    assert found.person.name == "Tom\u00e1s Quiroga"


def test_who_is_not_there_is_nobody() -> None:
    """A name of nobody is refused with those who are known."""
    with pytest.raises(NotFoundError, match="is nobody in pampa"):
        find_members(_panel(), ("thomas",))
