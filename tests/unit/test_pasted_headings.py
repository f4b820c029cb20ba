"""People in what mail and calendar programs show around them: headings, "wrote:", "to me", the guests of a meeting."""

from __future__ import annotations

import pytest

from followup_mail.facts.pasted_people import read_people
from followup_mail.facts.unfit_values import UnfitError

OWN = frozenset({"beatriz@olmedo.example", "beatriz olmedo"})
DANA, LUIS, SOO = (
    ("Dana Mbeki", "dmbeki@x.example"),
    ("Luis Ortega", "lortega@x.example"),
    ("Soo-jin Kim", "sj@x.example"),
)
ENGLISH = """\
From: Mbeki, Dana <dmbeki@x.example>
Sent: Thursday, November 19, 2026 2:12 PM
To: Beatriz Olmedo <beatriz@olmedo.example>
Cc: Ortega, Luis <lortega@x.example>; Kim, Soo-jin <sj@x.example>
Subject: RE: Interview - Charge Nurse, NICU
"""
GERMAN = """\
Von: Mbeki, Dana <dmbeki@x.example>
Gesendet: Mittwoch, 25. November 2026 09:12
An: Beatriz Olmedo <beatriz@olmedo.example>; Ortega, Luis <lortega@x.example>
Betreff: Termin am Montag
"""
FRENCH = """\
De : Dana Mbeki <dmbeki@x.example>
Envoy\u00e9 : jeudi 19 novembre 2026 14:12
\u00c0 : Beatriz Olmedo <beatriz@olmedo.example>
Objet : Entretien
"""
SPANISH = """\
De: Dana Mbeki <dmbeki@x.example>
Enviado el: jueves, 19 de noviembre de 2026 14:12
Para: Beatriz Olmedo <beatriz@olmedo.example>; Luis Ortega <lortega@x.example>
Asunto: Entrevista
"""
FORWARD = """\
---------- Forwarded message ---------
From: Dana Mbeki <dmbeki@x.example>
Date: Tue, Nov 24, 2026 at 4:31 PM
Subject: Interview
To: Beatriz Olmedo <beatriz@olmedo.example>
"""


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (ENGLISH, [DANA, LUIS, SOO]),
        (GERMAN, [DANA, LUIS]),
        (FRENCH, [DANA]),
        (SPANISH, [DANA, LUIS]),
        (FORWARD, [DANA]),
        ("To: Dana Mbeki <dmbeki@x.example>, Beatriz Olmedo <beatriz@olmedo.example>", [DANA]),
        ("On Nov 23, 2026, at 4:05 PM, Soo-jin Kim <sj@x.example> wrote:", [SOO]),
        ("Am 23.11.2026 um 16:05 schrieb Soo-jin Kim <sj@x.example>:", [SOO]),
        ("Le lun. 23 nov. 2026 \u00e0 16:05, Soo-jin Kim <sj@x.example> a \u00e9crit :", [SOO]),
        ("El lun, 23 nov 2026 a las 16:05, Soo-jin Kim (<sj@x.example>) escribi\u00f3:", [SOO]),
        (
            "Dana Mbeki <dmbeki@x.example>\nMon, Nov 23, 4:05 PM (2 days ago)\nto me, Luis, Soo-jin",
            [DANA, ("Luis", ""), ("Soo-jin", "")],
        ),
        ("Dana Mbeki <dmbeki@x.example>\n10:14 AM (2 hours ago)\nto me", [DANA]),
        ("Ortega, Luis; Kim, Soo-jin", [("Luis Ortega", ""), ("Soo-jin Kim", "")]),
        ("Ortega, Luis;", [("Luis Ortega", "")]),
    ],
)
def test_a_heading_gives_its_people_alone(text: str, people: list[tuple[str, str]]) -> None:
    """In four languages no label, day or subject becomes a person or a title, and nobody has met themselves."""
    read = read_people(text, own=OWN)
    assert [(person.name, person.email) for person in read.people] == people
    assert not any(person.title for person in read.people)


def test_what_else_a_heading_says_is_named() -> None:
    """The day and the subject are left out, and it is said."""
    assert read_people(FRENCH, own=OWN).left_out == ("Envoy\u00e9 : jeudi 19 novembre 2026 14:12", "Objet : Entretien")


def test_nobody_but_the_user() -> None:
    """A line with the own address alone names nobody whom the user has met."""
    with pytest.raises(UnfitError, match="names nobody but you"):
        read_people("To: Beatriz Olmedo <beatriz@olmedo.example>", own=OWN)


GOOGLE = """\
Staff RN - NICU interview
Tuesday, November 24 \u00b7 9:00 \u2013 10:00am
Time zone: America/Denver
Google Meet joining info
Video call link: https://meet.google.com/abc-defg-hij
Or dial: (US) +1 240-555-0100 PIN: 123 456 789#
Guests
Dana Mbeki
Organizer
Luis Ortega
lortega@x.example
grace.lindqvist@x.example
Beatriz Olmedo
"""
SIDE_PANEL = """\
Charge Nurse interview
4 guests
3 yes, 1 awaiting
Dana Mbeki (Organizer)
dmbeki@x.example
Luis Ortega - optional
beatriz@olmedo.example
Description
Please bring your license
30 minutes before
"""
MAILED = """\
Staff RN interview
When
Tuesday Nov 24, 2026 \u22c5 9am \u2013 10am (Mountain Time - Denver)
Location
Lakeside Hospital, 4 West
Organizer
Dana Mbeki
dmbeki@x.example
Guests
Dana Mbeki - organizer
Luis Ortega
View all guest info
"""


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (GOOGLE, [("Dana Mbeki", ""), LUIS, ("Grace Lindqvist", "grace.lindqvist@x.example")]),
        (SIDE_PANEL, [DANA, ("Luis Ortega", "")]),
        (MAILED, [DANA, ("Luis Ortega", "")]),
    ],
)
def test_an_invitation_gives_its_guests(text: str, people: list[tuple[str, str]]) -> None:
    """Copied from a calendar in the browser, it gives whoever is invited, without the user."""
    assert [(person.name, person.email) for person in read_people(text, own=OWN).people] == people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("1. Dina Karim\n2. Paul Ostrow", [("Dina Karim", ""), ("Paul Ostrow", "")]),
        ("- Dina Karim, Architect\n- Paul Ostrow", [("Dina Karim", "Architect"), ("Paul Ostrow", "")]),
        ("Recruiter: Tess Hale", [("Tess Hale", "")]),
        ("Site manager: Tess Hale <tess@x.example>", [("Tess Hale", "Site manager")]),
        ("I spoke to Gwen Tate, the store manager", [("Gwen Tate", "store manager")]),
        ("Dina Karim (she/her)\nSolutions Architect", [("Dina Karim", "Solutions Architect")]),
        ("Thanks,\nMick\n\nMick Doyle\nForeman, Site 3", [("Mick Doyle", "Foreman, Site 3")]),
        ("Prof. Elena Roth, Department of Chemistry", [("Prof. Elena Roth", "")]),
        (
            "* Dina Karim - Site Manager\n* Una Moss - Safety Lead",
            [("Dina Karim", "Site Manager"), ("Una Moss", "Safety Lead")],
        ),
        ("Gordon Hall, General Counsel", [("Gordon Hall", "General Counsel")]),
        ("Elias Thorne III - Managing Director", [("Elias Thorne III", "Managing Director")]),
        ("Maya from the night team", [("Maya", "")]),
        ("Panel: Nell Fry, Otto Beck", [("Nell Fry", ""), ("Otto Beck", "")]),
        ("Name: Una Reid\nTitle: VP Engineering", [("Una Reid", "VP Engineering")]),
        ("Monday with Erin Falk", [("Erin Falk", "")]),
        ("Tamar Levi, Head of Sales, EMEA - tamar@x.example", [("Tamar Levi", "Head of Sales, EMEA")]),
        ("Lorna Beck, MSN, RN, CNL\nClinical Nurse Leader", [("Lorna Beck", "Clinical Nurse Leader")]),
        ("On Mon, 30 Nov 2026 at 18:02, Nell Fry <nell@x.example> wrote:\n> Hi Ines", [("Nell Fry", "")]),
        ("Best,\nJun\n--\nJun Tanaka\nManager", [("Jun Tanaka", "Manager")]),
        ("Fergus Hall - Staff Engineer, Platform", [("Fergus Hall", "Staff Engineer, Platform")]),
    ],
)
def test_lists_and_what_leads_to_a_name(text: str, people: list[tuple[str, str]]) -> None:
    """Numbers, dashes, "I spoke to", a title before a colon and pronouns are no part of a name."""
    assert [(person.name, person.title) for person in read_people(text).people] == people
