"""Names as mail programs and signatures show them: with a title before or behind, turned, with a number below."""

from __future__ import annotations

import pytest

from followup_mail.facts.tidy_name import tidy_name, title_shown
from followup_mail.incoming.found_names import name_person
from followup_mail.incoming.inline_forward import find_inner
from followup_mail.incoming.signature import read_signature


@pytest.mark.parametrize(
    ("shown", "email", "name", "title"),
    [
        ("Hiring Coordinator - Dana Whitfield", "dana.whitfield@x.example", "Dana Whitfield", "Hiring Coordinator"),
        ("Dana Whitfield - Recruiter", "", "Dana Whitfield", "Recruiter"),
        ("Talent Team - Anna Li", "", "Anna Li", ""),
        ("\u00c9lodie Charpentier (RH)", "", "\u00c9lodie Charpentier", "RH"),
        ("Whitfield Dana [EXT]", "dana.whitfield@x.example", "Dana Whitfield", ""),
        ("Anna Li (Design)", "", "Anna Li (Design)", ""),
        ("Dana Whitfield - Lakeside", "", "Dana Whitfield", ""),
    ],
)
def test_a_title_beside_a_name_is_no_part_of_it(shown: str, email: str, name: str, title: str) -> None:
    """The person is found on either side of a dash, and what they do becomes their title."""
    assert (tidy_name(shown, email), title_shown(shown)) == (name, title)
    assert (name_person(shown, email, []).name, name_person(shown, email, []).title) == (name, title)


HEADING = """\
From: Castellanos, Renata <renata@x.example>
Sent: Thursday, November 19, 2026 2:12 PM
To: Ines Marchetti <ines@x.example>
Cc: O'Brien, Padraig <padraig@x.example>; Liu, Wei <wei@x.example>
Subject: Interview

See you on Monday.
"""


def test_outlook_writes_the_family_name_first() -> None:
    """A comma within a name parts no two people."""
    inner = find_inner(HEADING)
    assert inner is not None
    found = [name_person(shown, address, []).name for shown, address in (*inner.sender, *inner.others)]
    assert found == ["Renata Castellanos", "Ines Marchetti", "Padraig O'Brien", "Wei Liu"]


@pytest.mark.parametrize(
    ("lines", "phone"),
    [
        ("i. A. Ana Cruz\nNurse Manager\nTel.: +49 30 1234567", "+49 30 1234567"),
        ("Ana Cruz (RH)\nNurse Manager\nT\u00e9l. : +33 1 42 55 01 99", "+33 1 42 55 01 99"),
        ("Ana Cruz, MSN, RN\nNurse Manager\nO 312.555.0177", "312.555.0177"),
        ("Ana Cruz\nNurse Manager\nOffice: (312) 555-0177 ext. 4", "(312) 555-0177 ext. 4"),
        ("Ana Cruz\nNurse Manager\nT: +1 312 555 0177 | M: +1 312 555 0188", "+1 312 555 0177"),
        ("Ana Cruz\nNurse Manager\n+1 312 555 0177\n+1 312 555 0188", ""),
        ("Ana Cruz\nNurse Manager\nFax: +1 312 555 0177", ""),
    ],
)
def test_a_signature_gives_title_and_number(lines: str, phone: str) -> None:
    """Whatever label a number has, and whatever stands beside the name; of two numbers without a label, none."""
    assert read_signature(f"Best,\n{lines}\n", "Ana Cruz") == ("Nurse Manager", phone)
