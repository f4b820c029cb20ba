"""An address that looks like another one is told with its letters; one that is written in its own script is not."""

from __future__ import annotations

import pytest
from changing import replace
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.checks import check_mail, choose_rules
from followup_mail.checks.look_alikes import strange_letters
from followup_mail.checks.samples import Sample
from followup_mail.message.draft import Mailbox


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("priya@lumen-freight\u0430.example", 'the "\u0430" in "lumen-freight\u0430" is a Cyrillic letter (U+0430)'),
        ("priya@lum\u0435n.example", 'the "\u0435" in "lum\u0435n" is a Cyrillic letter (U+0435)'),
        (
            "priya@lum\u0435n-fr\u0435ight-c\u043e.example",
            'the "\u0435" and the "\u043e" in "lum\u0435n-fr\u0435ight-c\u043e" are Cyrillic letters (U+0435, U+043E)',
        ),
        ("priya@n\u03bfrthwind.example", 'the "\u03bf" in "n\u03bfrthwind" is a Greek letter (U+03BF)'),
        ("priya@n\u0585rthwind.example", 'the "\u0585" in "n\u0585rthwind" is an Armenian letter (U+0585)'),
        ("\u0440riya@lumen.example", 'the "\u0440" in "\u0440riya" is a Cyrillic letter (U+0440)'),
        ("\u041friya@lumen.example", 'the "\u041f" in "\u041friya" is a Cyrillic letter (U+041F)'),
        ("priya@mail.lum\u0435n.example", 'the "\u0435" in "lum\u0435n" is a Cyrillic letter (U+0435)'),
        ("priya@xn--lumn-x4d.example", 'the "\u0435" in "lum\u0435n" is a Cyrillic letter (U+0435)'),
        ("priya@XN--LUMN-X4D.example", 'the "\u0435" in "lum\u0435n" is a Cyrillic letter (U+0435)'),
        (
            "ivan@\u043f\u043e\u0447\u0442a.\u0440\u0444",
            'the "a" in "\u043f\u043e\u0447\u0442a" is a Latin letter (U+0061)',
        ),
    ],
)
def test_strange_letters_are_named(address: str, told: str) -> None:
    """Each letter of another script than the word around it is named with its script and its number in Unicode."""
    assert strange_letters(address) == [told]


@pytest.mark.parametrize(
    "address",
    ["hr@\u0430\u0440\u0440\u04cf\u0435.com", "hr@xn--80ak6aa92e.com", "\u0441\u043e\u0441\u043e@lumen.example"],
)
def test_a_word_that_only_looks_latin_is_told(address: str) -> None:
    """Where every letter of a word passes for a Latin one, among Latin ones, all of them are named."""
    [told] = strange_letters(address)
    assert "are Cyrillic letters" in told


@pytest.mark.parametrize(
    "address",
    [
        "priya@lumen.example",
        "почта@пример.рф",
        "иван.петров@почта.рус",
        "hr@пример.com",
        "hr@xn--e1afmkfd.com",
        "müller@bäckerei.example",
        "zoë.o'brien@straße.example",
        "łukasz@żółw.example",
        "ıtır@çiçek.example",
        "nguyễn@việt.example",
        "例@例え.jp",
        "info@東京shop.jp",
        "kim@한국abc.kr",
        "επαφή@παράδειγμα.ελ",
        "info@παράδειγμα.gr",
        "info@հայաստան.am",
        "info@ไทยshop.example",
        "שלום@דוגמה.example",
        "info@интернет-shop.example",
        "hr@аренда24.example",
        "hr@123.example",
        "xn--@xn--.example",
        "hr@xn--zzzzzz--.example",
        "",
        "@",
        "no address",
    ],
)
def test_addresses_in_their_own_script_pass(address: str) -> None:
    """Accents, other scripts and several of them in words of their own are no disguise."""
    assert strange_letters(address) == []


def test_both_ends_are_looked_at_and_it_is_a_warning() -> None:
    """The rule looks at recipient and sender, stops nothing, and says whose address it is."""
    context = replace(
        Sample("One.").context(),
        recipient=Mailbox("Dr. Catherine Okafor", "c@n\u043erthwind.example"),
        sender=Mailbox("Sam Rivera", "s\u0430m@rivera.example"),
    )
    found = check_mail(context, choose_rules(["FM706"]))
    assert [one.is_error for one in found] == [False, False]
    assert {one.message.partition(",")[0] for one in found} == {
        "In the address of the recipient",
        "In the address of the sender",
    }


@given(st.text(max_size=40))
def test_any_text_is_looked_at(text: str) -> None:
    """No address, however broken, stops the look."""
    for said in strange_letters(text):
        assert "U+" in said
