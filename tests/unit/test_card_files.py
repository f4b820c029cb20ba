"""Cards of three versions say name, title, the preferred address and number, and the company."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invitation_samples import CARD_21, CARD_30, CARD_40
from property_budget import examples

from followup_mail.errors import FactsError
from followup_mail.incoming.business_cards import read_cards
from followup_mail.incoming.found import FoundPerson

JUERGEN = FoundPerson(
    name="Dr. Jürgen Müller",
    guess="Juergen Mueller",
    email="juergen.mueller@lumenfreight.example",
    title="Head of Cooling",
    phone="+49 171 555 0142",
    company="Lumen Freight",
)
PRIYA = FoundPerson(
    name="Priya Raman",
    guess="Priya Raman",
    email="priya.raman@lumenfreight.example",
    title="Head of Data",
    phone="+1 312 555 0199",
    company="Lumen Freight, Inc.",
)
TOM = FoundPerson(
    name="Tom Okafor",
    guess="Tom Okafor",
    email="tom.okafor@lumenfreight.example",
    title="Staff Engineer",
    phone="+1-312-555-0170 ext. 12",
    company="Harbor Labs",
)


@pytest.mark.parametrize(("content", "person"), [(CARD_21, JUERGEN), (CARD_30, PRIYA), (CARD_40, TOM)])
def test_each_version_is_read(content: bytes, person: FoundPerson) -> None:
    """Quoted-printable in two sets of characters, groups, folds, and the preferred of several; never a fax."""
    assert read_cards(content, "x.vcf").cards == (person,)


def test_several_cards_in_a_file_are_several_people() -> None:
    """In the order of the file, whatever their versions."""
    assert read_cards(CARD_21 + CARD_30 + CARD_40, "x.vcf").cards == (JUERGEN, PRIYA, TOM)


def test_one_bad_card_does_not_hide_the_others() -> None:
    """It is said which one is left out."""
    found = read_cards(b"BEGIN:VCARD\r\nVERSION:3.0\r\nTITLE:x\r\nEND:VCARD\r\n" + CARD_30, "x.vcf")
    assert found.cards == (PRIYA,)
    assert "card 1 of x.vcf" in found.notes[0]


def test_a_name_in_parts_is_put_together() -> None:
    """A card of version 2.1 may have no other name."""
    [card] = read_cards(b"BEGIN:VCARD\nVERSION:2.1\nN:Raman;Priya;;Dr.\nEND:VCARD\n", "x.vcf").cards
    assert card.name == "Dr. Priya Raman"


@pytest.mark.parametrize("version", ["2.1", "3.0", "4.0"])
@pytest.mark.parametrize(
    ("lines", "name", "title", "company"),
    [
        ("FN:Raman, Priya\nN:Raman;Priya;;;", "Priya Raman", "", ""),
        ("FN:Raman, Priya", "Priya Raman", "", ""),
        ("FN:Raman\\, Priya", "Priya Raman", "", ""),
        ("FN:Priya Raman, PhD", "Priya Raman", "", ""),
        ("FN:Raman Menon, Priya\nN:Raman Menon;Priya;;;", "Priya Raman Menon", "", ""),
        ("FN;ENCODING=QUOTED-PRINTABLE:Raman=2C Pri=\nya", "Priya Raman", "", ""),
        ("FN:Priya Raman\nTITLE:VP, Data\nORG:Lumen, Inc.;R, D", "Priya Raman", "VP, Data", "Lumen, Inc."),
        ('FN:Priya Raman\nwork.TITLE;X="a:b, c":VP, Data\\, AI', "Priya Raman", "VP, Data, AI", ""),
    ],
)
def test_a_comma_ends_no_value(version: str, lines: str, name: str, title: str, company: str) -> None:
    """Many programs write it bare in a name, a title and a company."""
    [card] = read_cards(f"BEGIN:VCARD\nVERSION:{version}\n{lines}\nEND:VCARD\n".encode(), "x.vcf").cards
    assert (card.name, card.title, card.company) == (name, title, company)


def test_the_users_own_card_is_left_out() -> None:
    """By any of its addresses; where there is no other card, that is what is said."""
    own = frozenset({"priya@home.example"})
    found = read_cards(CARD_21 + CARD_30, "x.vcf", own)
    assert found.cards == (JUERGEN,)
    assert found.notes == ("Left out card 2 of x.vcf: it has your own address.",)
    with pytest.raises(FactsError, match="your own card"):
        read_cards(CARD_30, "x.vcf", own)


@pytest.mark.parametrize("agent", ["AGENT:BEGIN:VCARD", "AGENT:\nBEGIN:VCARD", "agent;X=y: begin : vcard"])
def test_the_card_of_an_assistant_is_not_the_card(agent: str) -> None:
    """Version 2.1 puts it inside of the card of the one whom they assist."""
    inner = f"{agent}\nVERSION:2.1\nFN:Bo Li\nEMAIL:bo@x.example\nEND:VCARD"
    card = f"BEGIN:VCARD\nVERSION:2.1\n{inner}\nFN:Priya Raman\nEMAIL:priya@x.example\nEND:VCARD\n"
    found = read_cards((card + card.replace("Priya Raman", "Tom Ode")).encode(), "x.vcf").cards
    assert [(one.name, one.email) for one in found] == [
        ("Priya Raman", "priya@x.example"),
        ("Tom Ode", "priya@x.example"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "FN:Bo <evil@x.example>\\, eve@x.example\nEMAIL:bo.li@acme.example",
        "FN:Bo\\nBcc: evil@x.example\nEMAIL:bo.li@acme.example",
        "FN:Bo Li\nEMAIL:bo.li@acme.example\nTITLE:Head\\nBcc: x\nTEL:call me",
    ],
)
def test_nothing_is_smuggled_in_a_card(lines: str) -> None:
    """What cannot be a fact is left out, and that is said."""
    found = read_cards(f"BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD\n".encode(), "x.vcf")
    [card] = found.cards
    assert (card.name or card.guess, card.email, card.title, card.phone) == ("Bo Li", "bo.li@acme.example", "", "")
    assert found.notes


@pytest.mark.parametrize("content", [b"", b"BEGIN:VCARD\nFN:A", b"BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n", CARD_30 * 31])
def test_a_file_without_a_card_for_us_is_refused(content: bytes) -> None:
    """No card, half a card, an empty card, an address book."""
    with pytest.raises(FactsError):
        read_cards(content, "x.vcf")


_LINES = st.sampled_from(
    ["FN:Bo Li", "N:Li;Bo", "EMAIL:x", "TEL;TYPE=:", "PHOTO;ENCODING=b:////", "ORG:", "=", "N;X=:;"]
)


@given(st.lists(st.one_of(_LINES, st.text(max_size=20)), max_size=12))
@examples(2)
def test_whatever_a_card_holds_it_is_read_or_refused(lines: list[str]) -> None:
    """No card ends in a traceback, and no name holds an address."""
    content = "\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""]).encode()
    try:
        found = read_cards(content, "x.vcf")
    except FactsError:
        return
    assert all("@" not in card.name for card in found.cards)
