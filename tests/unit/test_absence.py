"""From which day on somebody is there again, as notes of absence say it; and who only wrote such a note."""

from __future__ import annotations

from datetime import date

import pytest

from followup_mail.incoming.absence import find_return, says_more

MONDAY = date(2026, 12, 7)
LONDON, BERLIN, CHICAGO, SEATTLE = 0, 60, -300, -480


@pytest.mark.parametrize(
    ("subject", "text", "offset", "back_on"),
    [
        ("", "I am out of the office and will be back on Monday 14 December.", None, "2026-12-14"),
        ("Out of office until 12/14", "", CHICAGO, "2026-12-15"),
        ("Abwesenheitsnotiz", "Ich bin bis einschließlich 11.12. nicht im Büro.", BERLIN, "2026-12-12"),
        ("Réponse automatique", "Je suis absent jusqu'au 14 décembre inclus.", BERLIN, "2026-12-15"),
        ("", "I am away from 7 to 11 December with no access.", LONDON, "2026-12-12"),
        ("", "I will return next Tuesday.", LONDON, "2026-12-08"),
        ("", "I'll be out of the office until further notice on parental leave.", LONDON, None),
        ("", "Bin vom 7.12. bis 18.12.2026 im Urlaub. Ab dem 21.12. bin ich wieder da.", BERLIN, "2026-12-21"),
        ("", "Estaré fuera de la oficina hasta el 11 de diciembre. Regreso el lunes 14.", BERLIN, "2026-12-14"),
        ("", "Ik ben afwezig van 7 t/m 11 december en op maandag 14 december weer bereikbaar.", BERLIN, "2026-12-14"),
        ("", "Sono in ferie dal 7 all'11 dicembre. Rientrerò il 14 dicembre.", BERLIN, "2026-12-14"),
        ("", "Sono assente fino all'11 dicembre compreso.", BERLIN, "2026-12-12"),
        ("", "I am out of office 7 Dec - 11 Dec.", LONDON, "2026-12-12"),
        ("OOO: back Jan 4", "", LONDON, "2027-01-04"),
        ("", "I'm on leave, returning 4 January 2027.", LONDON, "2027-01-04"),
        ("", "I will be out starting 07/12/2026 and will not return until 14/12/2026.", BERLIN, "2026-12-14"),
        ("", "Ich bin nicht vor dem 14. Dezember wieder da.", BERLIN, "2026-12-14"),
        ("", "Je ne serai pas joignable avant le 14 décembre.", BERLIN, "2026-12-14"),
        ("", "I was out of office until 20 October.", LONDON, None),
        ("", "I have left the company. Please contact hr@x.example.", LONDON, None),
        ("", "Je serai de retour le lundi 14 décembre.", BERLIN, "2026-12-14"),
        ("", "Je suis en congés du 7 au 11 décembre.", BERLIN, "2026-12-12"),
        ("", "Je serai absente à partir du 7 décembre jusqu'au 18 décembre.", BERLIN, "2026-12-19"),
        ("", "Ich bin am 14.12.2026 wieder im Büro.", BERLIN, "2026-12-14"),
        ("", "Ich bin derzeit nicht im Hause und ab Montag, dem 14. Dezember wieder für Sie da.", BERLIN, "2026-12-14"),
        ("", "I am out of the office today and back tomorrow.", LONDON, "2026-12-08"),
        ("", "I am out of the office all week.", LONDON, "2026-12-14"),
        ("", "Thank you for your mail of 7 December. I am out until 12/11/2026.", SEATTLE, "2026-12-12"),
        ("", "I am away until 03/04.", LONDON, "2027-04-04"),
        ("", "From December 7th to December 11th. I will respond on December 14th.", CHICAGO, "2026-12-14"),
        ("", "I am out of office. Back 14/12.", LONDON, "2026-12-14"),
        ("", "Out of office: 2026-12-07 to 2026-12-11", LONDON, "2026-12-12"),
        ("", "I will be out until the end of the year.", LONDON, "2027-01-01"),
        ("", "Ich bin bis zum 04.01. im Urlaub.", BERLIN, "2027-01-05"),
        ("", "I am on maternity leave until August 2027.", LONDON, "2027-09-01"),
        ("", "De vuelta el 14 de diciembre. Estaré fuera del 7 al 11 de diciembre.", BERLIN, "2026-12-14"),
        ("", "Tot en met 11 december ben ik met vakantie.", BERLIN, "2026-12-12"),
        ("", "I'm out of the office returning Wednesday 9th December", LONDON, "2026-12-09"),
        ("", "I'm out of the office with limited access until I return on December 9.", LONDON, "2026-12-09"),
        ("Abwesend bis 11.12.2026", "", BERLIN, "2026-12-12"),
        ("", "Ich bin bis April nicht im Büro.", BERLIN, "2027-05-01"),
        ("", "Ich bin bis Mai nicht im Büro.", BERLIN, "2027-06-01"),
        ("", "Ik ben afwezig tot mei.", BERLIN, "2027-06-01"),
        ("", "Sono assente. Non leggo mai la posta in ferie.", BERLIN, None),
        ("", "Ich bin erst ab dem 15. Dezember wieder erreichbar.", BERLIN, "2026-12-15"),
        ("", "I'll be travelling and return on the 14th.", LONDON, "2026-12-14"),
        ("", "Bin im Urlaub bis zum 13. Dezember.", BERLIN, "2026-12-14"),
    ],
)  # fmt: skip
def test_the_day_of_the_return_is_found(subject: str, text: str, offset: int | None, back_on: str | None) -> None:
    """Back on, until, from and to, in six languages; none where none is named, long past, or more than a year ahead."""
    found = find_return(subject, text, MONDAY, offset)
    assert found == (date.fromisoformat(back_on) if back_on else None)


@pytest.mark.parametrize(
    ("offset", "text", "back_on"),
    [
        (LONDON, "I am away until 03/04.", date(2027, 4, 4)),
        (CHICAGO, "I am away until 03/04.", date(2027, 3, 5)),
        (BERLIN, "I am away until 03/04.", date(2027, 4, 4)),
        (CHICAGO, "Ich bin bis 03/04 nicht im Büro.", date(2027, 4, 4)),
    ],
)
def test_a_date_in_figures_is_read_as_its_writer_reads_it(offset: int, text: str, back_on: date) -> None:
    """The zone and the language tell what is the month; where they do not, the later day counts."""
    assert find_return("", text, MONDAY, offset) == back_on


@pytest.mark.parametrize(
    "text",
    [
        "I'm out until Monday but the answer is yes.",
        "Hi Robin,\n\nI am travelling until Friday. Could you send me the case study again?\n\nTom",
        "Ich bin bis Freitag im Urlaub, aber die Antwort ist ja: wir möchten Sie gerne einstellen.",
        "Tom is on leave until January, so I'm your contact now.",
        "Ich übernehme das Verfahren von Frau Petersen, die in Elternzeit ist.",
    ],
)
def test_a_person_who_is_away_can_answer(text: str) -> None:
    """Whoever says more than that they are away has answered."""
    assert says_more(text)


@pytest.mark.parametrize(
    "text",
    [
        "I am out of the office until Monday. For urgent matters contact Ann.\n\nBest regards\nTom",
        "I'm on vacation until the 14th, will get back to you then.\n\nTom",
        "Je suis en congés du 7 au 18 décembre. Je serai de retour le 21 et répondrai à votre message.\n\nHugo Martin",
        "Vielen Dank für Ihre Nachricht. Ich bin bis 11.12. nicht im Büro. Ihre E-Mail wird nicht weitergeleitet.",
    ],
)
def test_a_mere_note_of_absence_is_no_answer(text: str) -> None:
    """Thanks, the days, whom to ask instead: nobody has answered."""
    assert not says_more(text)
