"""Which company a domain belongs to, and whether two names are those of one company."""

from __future__ import annotations

import pytest

from followup_mail.services.answers.letter_names import company_of_domain
from followup_mail.services.importing.import_files import company_label, is_same_company


@pytest.mark.parametrize(
    ("host", "label"),
    [
        ("lumen.com", "lumen"),
        ("mail.lumen-freight.co.uk", "lumen-freight"),
        ("lumen.or.jp", "lumen"),
        ("lumen.edu.au", "lumen"),
        ("lumen.gob.mx", "lumen"),
        ("hq.lumen.com", "lumen"),
        ("careers.lumen.com", "lumen"),
        ("jobs.eu.lumen.example", "lumen"),
        ("com", ""),
        ("", ""),
    ],
)
def test_owner_of_a_domain(host: str, label: str) -> None:
    """A second level and what companies write before their name are passed over, in letters and in files alike."""
    assert company_label(host) == label
    assert company_of_domain(f"ada@{host}") == label.replace("-", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lumen Freight", "Lumen Freight, Inc."),
        ("Lumen Freight", "LumenFreight"),
        ("Lumen", "Lumen Freight"),
        ("LumenFreight", "Lumen Freight Services Ltd"),
        ("Lumen-Freight GmbH", "lumen freight"),
        ("Société Générale", "Societe Generale S.A."),
    ],
)
def test_two_names_of_one_company(one: str, other: str) -> None:
    """Legal forms, gaps, accents and further words make no other company."""
    assert is_same_company(one, other)
    assert is_same_company(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Meta", "Metabase"), ("Lumen", "Lumenix"), ("Lumen Freight", "Lumen Air"), ("Lumen", "")]
)
def test_two_companies(one: str, other: str) -> None:
    """A name that only begins with the letters of another is that of another company."""
    assert not is_same_company(one, other)
    assert not is_same_company(other, one)
