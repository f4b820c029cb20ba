"""Addresses and phone numbers are found in every notation, and dates, amounts and file names are not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.language.addresses import find_addresses

PHONES = [
    "+44 7700 900318", "+1 (312) 555-0142", "(312) 555 0142", "020 7946 0321", "01 44 55 66 78", "612 345 679",
    "312 555 2018", "0049 30 1234568", "312.555.0142", "81234568", "Tel.312-555-0142", "tel.3125550142",
    "312-555-0142x7", "312-555-0142ext9", "312_555_0142", "312,555,0142", "312\u2013555\u20130142",
    "312\u2011555\u20110142", "312\u00b7555\u00b70142", "9876-5432", "8345/6788", "0171/4458",
    "four one two six six six", "ext 4712", "\uff13\uff11\uff12\uff0d\uff15\uff15\uff15\uff0d\uff10\uff11\uff14\uff12",
]  # fmt: skip
WEB = [
    "okafor.de", "lumen.ai", "lumen.co.uk/jobs", "portal.okafor.co.uk/login?tok=xyz987", "notion.so/plan",
    "t.me/idawest", "bit.ly/k7", "ftp://a.b/c", "@idawest", "ida@localhost", "i.w@x", "ida(at)west.de",
    "ida [at] west.de", "ida at west dot de", "lumen dot example", "vile.pw/login", "vile.io/x", "vile.link",
    "hxxp://vile[.]com", "vile[.]com", "example dot com slash ida", "vile (dot) pw",
    "\uff56\uff49\uff4c\uff45\uff0e\uff43\uff4f\uff4d", "LUMEN.COM", "Vile.Com", "www.lumen.it", "https://lumen.it",
    "10.17.3.18:8080", "lumen\u200b.de",
]  # fmt: skip
NEITHER = [
    "12,500 units", "1,100,000 rows", "1.100.000 rows", "1 100 000 rows", "25000000 rows", "10 000 000 rows",
    "1,234,567.89", "12,500-13,000 a day", "4000-5000 units", "2024-25", "2019-2024", "2019/2020", "2026/27",
    "2019, 2020, 2021", "1,500 staff in 2020 12,000 today", "Q3 2024 10000 units", "12.03.2026", "2026-03-01 14:30",
    "3/4/2026", "20260301", "14.30-15.45", "9:30-10:45", "shifts 6-14/14-22", "24/7/365", "ISO 9001",
    "ISO 27001:2022", "EN 60601-1-2", "Python 3.11.2", "version 1.2.3.4", "3.14159265", "99.99999%", "plan.pdf",
    "list.de.csv", "main.py", "readme.md", "node.js", "ASP.NET", "the dot com years", "the dot net team", "e.g. this",
    "i.e. that", "7 a.m. sharp", "the U.S. team", "it was done.so we went", "done.it was late", "over.in spring",
    "there.no way", "in Ulm.De Groot spoke", "3 @ 5 euro", "5 boxes @40", "@angular/core", "one two three",
    "the 1980s", "call 3000 customers",
]  # fmt: skip


def without(text: str) -> str:
    for start, end in reversed(find_addresses(text)):
        text = f"{text[:start]}#{text[end:]}"
    return text


@pytest.mark.parametrize("address", [*PHONES, *WEB])
def test_an_address_is_found_in_any_notation(address: str) -> None:
    """It is found whole, alone and inside a sentence."""
    assert without(address) == "#"
    assert without(f"she gave me {address}, and left") == "she gave me #, and left"
    assert without(f"({address}).") == "(#)."


def test_words_glued_to_a_number_hide_no_number() -> None:
    """A number needs no space before it."""
    assert without("WhatsApp3125550142") == "WhatsApp#"


@pytest.mark.parametrize("text", NEITHER)
def test_what_is_no_address_stays(text: str) -> None:
    """Dates, amounts, norms, versions, files and full stops without a space are no addresses."""
    assert without(text) == text
    assert without(f"we had {text}, and more") == f"we had {text}, and more"


@given(st.text(max_size=60))
def test_spans_are_in_order_and_inside_the_text(text: str) -> None:
    """Whatever the text is, spans never overlap and never leave it."""
    ends = [0]
    for start, end in find_addresses(text):
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)


@pytest.mark.parametrize("piece", ["7 ", "a.", "dot ", "one ", "1,111", "@", "(", "x at dot ", "+(", "1-1 ", "a@"])
def test_a_long_text_takes_a_moment(piece: str) -> None:
    """No text of an attacker makes the search slow."""
    begun = time.perf_counter()
    find_addresses(piece * 3_000)
    assert time.perf_counter() - begun < 2
