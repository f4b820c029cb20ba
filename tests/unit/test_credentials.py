"""Degrees and licences behind a name: they are no name and no title, and it is said that they were left out."""

from __future__ import annotations

import pytest

from followup_mail.facts.credentials import are_credentials, split_credentials
from followup_mail.facts.pasted_people import PastedPerson, read_people
from followup_mail.facts.tidy_name import tidy_name


@pytest.mark.parametrize(
    ("text", "person", "left"),
    [
        (
            "Priscilla Nakamura-Jones, DNP, APRN, FNP-C\nChief Nursing Officer\npnj@x.example",
            PastedPerson("Priscilla Nakamura-Jones", "Chief Nursing Officer", email="pnj@x.example"),
            ("DNP", "APRN", "FNP-C"),
        ),
        (
            "Grace Lindqvist, BSN, RN, CCRN\nNurse Manager, Medical-Surgical/Oncology",
            PastedPerson("Grace Lindqvist", "Nurse Manager, Medical-Surgical/Oncology"),
            ("BSN", "RN", "CCRN"),
        ),
        (
            "Dana Mbeki, MSN, RN, NEA-BC, Director of Nursing, dana@x.example",
            PastedPerson("Dana Mbeki", "Director of Nursing", email="dana@x.example"),
            ("MSN", "RN", "NEA-BC"),
        ),
        ("Dana Mbeki MSN RN - Director of Nursing", PastedPerson("Dana Mbeki", "Director of Nursing"), ("MSN", "RN")),
        ("Luis Ortega RN <luis@x.example>", PastedPerson("Luis Ortega", email="luis@x.example"), ("RN",)),
        ("Mbeki, Dana, RN <dana@x.example>", PastedPerson("Dana Mbeki", email="dana@x.example"), ("RN",)),
        ("Robert Hall, Jr., MD <r@x.example>", PastedPerson("Robert Hall, Jr.", email="r@x.example"), ("MD",)),
        ("Sam Cole, Esq.\nPartner", PastedPerson("Sam Cole", "Partner"), ("Esq.",)),
        ("James Smith III, CPA", PastedPerson("James Smith III"), ("CPA",)),
    ],
)
def test_what_somebody_signs_with_is_no_title(text: str, person: PastedPerson, left: tuple[str, ...]) -> None:
    """Credentials behind a name are neither title nor name; the title is what stands behind or below them."""
    read = read_people(text)
    assert (read.people, read.left_out) == ((person,), left)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Dana Mbeki, Nurse Manager, 4 West", PastedPerson("Dana Mbeki", "Nurse Manager, 4 West")),
        ("Bill Ott, Charge RN", PastedPerson("Bill Ott", "Charge RN")),
        ("Dr Sam Yuen (Hospitalist)", PastedPerson("Dr Sam Yuen", "Hospitalist")),
        ("Tom Okafor, Reliability Engineer, Platform", PastedPerson("Tom Okafor", "Reliability Engineer, Platform")),
        ("Ana Cruz, Cardiologist", PastedPerson("Ana Cruz", "Cardiologist")),
    ],
)
def test_a_title_keeps_the_ward_behind_it(text: str, person: PastedPerson) -> None:
    """The ward or the field that follows a title belongs to it; a title of nurses may end in their licence."""
    assert read_people(text).people == (person,)


@pytest.mark.parametrize("name", ["Yo-Yo Ma", "Jack Ma", "Anna Do", "Md Rahman", "Ma Long", "Ana Pa"])
def test_a_name_that_could_be_a_degree_stays(name: str) -> None:
    """Small letters, or only one word before it, make it a name."""
    assert split_credentials(name) == (name, ())
    assert not are_credentials(name.rsplit(maxsplit=1)[-1])


def test_a_mail_program_shows_a_degree_without_a_comma() -> None:
    """Names of cards and invitations lose it as well."""
    assert tidy_name("Chiamaka Ruth Okonkwo-Lindqvist MD") == "Chiamaka Ruth Okonkwo-Lindqvist"
