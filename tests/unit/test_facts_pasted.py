"""A person pasted from a mail program is understood, or refused in a sentence; no address becomes a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.facts.pasted import Pasted, read_address_told, read_pasted
from followup_mail.facts.unfit_values import UnfitError

PRIYA = Pasted("Priya Raman", "priya@x.example")


@pytest.mark.parametrize(
    "text",
    [
        "Priya Raman <priya@x.example>",
        "Priya Raman<priya@x.example>",
        "Priya Raman < priya@x.example >",
        "Priya Raman <priya@x.example",
        "<priya@x.example> Priya Raman",
        '"Priya Raman" <priya@x.example>',
        "'Priya Raman' <priya@x.example>",
        "\u201cPriya Raman\u201d <priya@x.example>",
        '\\"Priya Raman\\" <priya@x.example>',
        "Priya Raman <mailto:priya@x.example>",
        "Priya Raman [mailto:priya@x.example]",
        "Priya Raman mailto:priya@x.example",
        "Priya Raman priya@x.example",
        "priya@x.example Priya Raman",
        "priya@x.example (Priya Raman)",
        "Priya Raman (priya@x.example)",
        "Priya Raman, priya@x.example",
        "Priya Raman: priya@x.example",
        "Priya Raman - priya@x.example",
        "Priya Raman | priya@x.example",
        "Priya Raman <priya@x.example>,",
        "Priya Raman <priya@x.example> <mailto:priya@x.example>",
        "Priya Raman priya@x.example <priya@x.example>",
        "Priya Raman <priya\uff20x.example>",
        "To: Priya Raman <priya@x.example>",
        "Priya Raman\t<priya@x.example>",
        "\u200bPriya Raman\u00a0<priya@x.example>",
    ],
)
def test_every_usual_form_is_understood(text: str) -> None:
    """Name and address are found in whatever order and dress a mail program shows them."""
    assert read_pasted(text) == PRIYA


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Priya Raman, Jr. <priya@x.example>", "Priya Raman, Jr."),
        ("John Smith Jr. <priya@x.example>", "John Smith Jr."),
        ("Nguyễn Văn An <priya@x.example>", "Nguyễn Văn An"),
        ("Prof. Dr. Dr. h.c. Müller <priya@x.example>", "Prof. Dr. Dr. h.c. Müller"),
        ("TJ Miller <priya@x.example>", "TJ Miller"),
        ("Anna Li (Design) <priya@x.example>", "Anna Li (Design)"),
        ("Pat O'Brien <priya@x.example>", "Pat O'Brien"),
        ('James "Jim" Raman <priya@x.example>', 'James "Jim" Raman'),
        ("Jean-Luc <priya@x.example>", "Jean-Luc"),
    ],
)
def test_a_name_keeps_what_belongs_to_it(text: str, name: str) -> None:
    """Commas, remarks, apostrophes and nicknames inside a name stay."""
    assert read_pasted(text) == Pasted(name, "priya@x.example")


_CREDENTIALS = "PhD|Ph.D.|SHRM-CP|RN|BSN, RN|MSN, RN, CCRN|PHR|PMP|CPA|MBA|MD|CFA|Esq.|P.E.|LCSW|Jr., MD"


@pytest.mark.parametrize("credentials", _CREDENTIALS.split("|"))
def test_credentials_behind_a_comma_are_no_part_of_a_name(credentials: str) -> None:
    """No greeting, handle or address line has them; a generation stays."""
    name = f"Priya Raman{', Jr.' if 'Jr.' in credentials else ''}"
    assert read_pasted(f"Priya Raman, {credentials} <priya@x.example>") == Pasted(name, "priya@x.example")
    assert read_pasted(f"Priya Raman, {credentials}") == Pasted(name)


@pytest.mark.parametrize("text", ["Priya Raman", '"Priya Raman"', "Priya Raman <>", "Priya Raman,"])
def test_a_name_alone_is_a_name(text: str) -> None:
    """The address may be missing."""
    assert read_pasted(text) == Pasted("Priya Raman")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("priya.raman@x.example", "Priya Raman"),
        ("<priya.raman@x.example>", "Priya Raman"),
        ("mailto:priya_raman@x.example", "Priya Raman"),
        ("mailto:priya.raman%40x.example?subject=Hello", "Priya Raman"),
        ("PRIYA.RAMAN@x.example", "Priya Raman"),
        ("priya.raman@x.example <priya.raman@x.example>", "Priya Raman"),
    ],
)
def test_a_plain_address_says_the_name(text: str, name: str) -> None:
    """Of an address made of first name and surname the name is taken, and known to be a guess."""
    read = read_pasted(text)
    assert read.name == name
    assert read.told.startswith(f"Took the name {name} from")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<priya@x.example>", "no name"),
        ("priya@x.example", "no name"),
        ("mailto:priya@x.example", "no name"),
        ("p.raman@x.example", "no name"),
        ("priya.raman2@x.example", "no name"),
        ("talent.acquisition@x.example", "no name"),
        ("no.reply@x.example", "no name"),
        ('"" <priya@x.example>', "no name"),
        ("Priya <priya@x.example>, Tom <tom@x.example>", "2 addresses"),
        ("Priya <priya@x>", "not an e-mail address"),
        ("Priya <priya>", "not an e-mail address"),
        ("Priya priya@x.example,com", "not an e-mail address"),
        ("Priya @ Lumen", "contains an address"),
        ("@priya", "contains an address"),
        ("Priya Raman priya(at)x.example", "contains an address"),
        ("!!! <priya@x.example>", "contains no letter"),
        ("", "is empty"),
        ("<>", "contains no letter|is empty"),
    ],
)
def test_what_is_not_plain_is_refused(text: str, told: str) -> None:
    """Where the name or the address is missing, or there are two, one sentence says so."""
    with pytest.raises(UnfitError, match=told):
        read_pasted(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Raman, Priya (London)", "Priya Raman"),
        ("Raman, Priya", "Priya Raman"),
        ("'Priya Raman' via Calendar", "Priya Raman"),
        ("Priya Raman via Calendar", "Priya Raman"),
        ("RAMAN Priya", "Priya Raman"),
        ("Priya RAMAN", "Priya Raman"),
        ("PRIYA RAMAN", "Priya Raman"),
        ("priya raman", "Priya Raman"),
        ("Priya Raman [Acme]", "Priya Raman"),
        ("[EXT] Priya Raman", "Priya Raman"),
        ("Priya Raman (she/her)", "Priya Raman"),
        ("Priya Raman (External)", "Priya Raman"),
        ("Priya Raman | Acme", "Priya Raman"),
        ("Priya Raman - HR", "Priya Raman"),
        ("Priya Raman, Acme", "Priya Raman"),
        ("Priya Raman, Head of Data", "Priya Raman"),
        ("Dr. Raman, Priya - HR", "Dr. Priya Raman"),
        ("Raman, Dr. Priya", "Dr. Priya Raman"),
        ("Raman Jr., John", "John Raman Jr."),
        ("Sr. Pablo RUIZ", "Sr. Pablo Ruiz"),
        ("van der Berg, Anna", "Anna van der Berg"),
        ("VAN DER BERG Anna", "Anna van der Berg"),
        ("NGUYEN Van An", "Nguyen Van An"),
        ("Raman Menon, Priya", "Priya Raman Menon"),
        ("=?utf-8?Q?Jos=C3=A9_Garc=C3=ADa?=", "José García"),
        ("=?UTF-8?B?UmFtYW4sIFByaXlh?=", "Priya Raman"),
        ("=?utf-8?Q?Jos=C3=A9?= =?utf-8?Q?_Garc=C3=ADa?=", "José García"),
    ],
)
def test_a_name_as_a_directory_has_it_is_tidied(text: str, name: str) -> None:
    """The name that is kept is the person's alone, in the order in which it is said, and the change is known."""
    for pasted in (f"{text} <priya@x.example>", f'"{text}" <priya@x.example>'):
        read = read_pasted(pasted)
        assert read == Pasted(name, "priya@x.example")
        assert read.told or "=?" in text


@pytest.mark.parametrize("text", ["Raman, Priya (London)", "RAMAN Priya", "'Priya Raman' via Calendar", "Raman,Priya"])
def test_a_name_alone_is_tidied_too(text: str) -> None:
    """The address may be missing."""
    assert read_pasted(text) == Pasted("Priya Raman")


def test_an_address_behind_a_list_is_told() -> None:
    """The address beside "via" belongs to a list or a calendar, not to the person."""
    assert "Calendar" in read_pasted("'Priya Raman' via Calendar <calendar@x.example>").told


@pytest.mark.parametrize("text", ["Priya Raman <priya@x.example>", "Priya Raman, PhD", "O'Brien-Hall <p@x.example>"])
def test_nothing_is_told_where_nothing_was_changed(text: str) -> None:
    """A plain name is taken as it is, without a word."""
    assert read_pasted(text).told == ""


def test_a_broken_encoded_word_is_kept_or_refused() -> None:
    """What a mail program could not decode ends neither the command nor the name."""
    assert read_pasted("Priya =?nothing?Q?x?= <priya@x.example>").name.startswith("Priya")


_PIECES = st.sampled_from(
    [
        "Priya",
        "Raman",
        "priya@x.example",
        "tom@y.example",
        "<",
        ">",
        "(",
        ")",
        '"',
        "'",
        ",",
        ":",
        "mailto:",
        "@",
        " ",
        ".",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=10).map("".join)))
def test_no_name_ever_holds_an_address(text: str) -> None:
    """Whatever was pasted, a name without an at sign comes of it, or a sentence."""
    try:
        read = read_pasted(text)
    except UnfitError as error:
        assert str(error)  # noqa: PT017
        return
    assert read.name.strip()
    assert "@" not in read.name
    assert "mailto:" not in read.name.lower()


@pytest.mark.parametrize(
    "text",
    [
        "sean@x.example",
        "Se\u00e1n Kelly <sean@x.example>",
        "<sean@x.example>",
        "mailto:sean@x.example",
        "mailto:sean@x.example?subject=Hello",
        "Sean Kelly (sean@x.example)",
    ],
)
def test_an_address_alone_may_be_pasted_with_its_name(text: str) -> None:
    """Where only an address is asked for, what stands beside it does no harm."""
    assert read_address_told(text) == "sean@x.example"


@pytest.mark.parametrize(("text", "why"), [("sean", "not an e-mail"), ("a@x.example, b@x.example", "2 addresses")])
def test_no_address_or_two_are_refused(text: str, why: str) -> None:
    """Nobody's address is guessed."""
    with pytest.raises(UnfitError, match=why):
        read_address_told(text)
