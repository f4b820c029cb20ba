"""A look into a facts file without parsing it never misses what parsing would find."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.errors import FactsFileError
from followup_mail.facts.application import Application
from followup_mail.facts.application_file import parse_application
from followup_mail.facts.unparsed import find_company, may_have_address

FACTS = """\
# {remark}
{before}
{key} = {company}
role = "Engineer"
time_zone = "Europe/Berlin"

[[contacts]]
name = "Rita Reis"
role = "recruiter"
email = {email}
"""
LETTERS = st.text(st.sampled_from([*"aZ1.-+ \\'\"#=@", "ü", "ß", "K", "\u00ad", "é", "\n"]), max_size=12)
ADDRESSES = ["rita@acme.example", "Rita@ACME.example", "ri\\u0074a@acme.example", "rita@m\u00fcller.example"]
ADDRESSES += ["rita@xn--mller-kva.example", "r\u00adita@acme.example", "rita@\u212ba.example", " rita@acme.example "]
COMPANIES = ["Acme Ltd", " M\u00fcller  GmbH ", "A\\u0063me", "Acme # 1", "M\u0075\u0308ller", "", "A\u00adcme"]
NAMES = st.one_of(st.sampled_from(COMPANIES), LETTERS)


def read(content: str) -> Application | None:
    """Return what parsing makes of it."""
    try:
        return parse_application(content, Path("acme.toml"), "acme")
    except FactsFileError:
        return None


@given(
    st.sampled_from(["company", '"company"', "'company'", '"comp\\u0061ny"', "  company"]),
    st.builds("{0}{1}{0}".format, st.sampled_from(['"', "'", '"""', "'''"]), NAMES),
    st.sampled_from(["", 'notes = """\ncompany = "Bolt"\n"""', "notes = '''\ncompany = 'Bolt'\n'''", "company = 1"]),
    LETTERS,
)
def test_a_company_that_is_told_is_the_one_of_the_facts(key: str, company: str, before: str, remark: str) -> None:
    """What is told without parsing is what parsing finds; or the look says that it is not sure."""
    content = FACTS.format(key=key, company=company, before=before, remark=remark, email='"rita@acme.example"')
    told, application = find_company(content.encode(errors="replace")), read(content)
    assert told is None or application is None or told == application.company


def test_the_usual_line_needs_no_parsing() -> None:
    """The company of a file as ``add`` writes it is told, with a remark behind it or without."""
    for company in ('"Acme Ltd"', "'Acme Ltd'", '"Acme Ltd"   # theirs', ' "Acme Ltd"\r'):
        content = FACTS.format(key="company", company=company, before="", remark="", email='"a@b.example"')
        assert find_company(content.encode()) == "Acme Ltd"


@given(
    st.builds("{0}{1}{0}".format, st.sampled_from(['"', "'", '"""']), st.one_of(st.sampled_from(ADDRESSES), LETTERS)),
    LETTERS,
)
def test_an_address_is_never_missed(email: str, remark: str) -> None:
    """Whoever stands in the facts is found by their address as the program writes it."""
    content = FACTS.format(key="company", company='"Acme"', before="", remark=remark, email=email)
    application = read(content)
    for person in application.everyone() if application else ():
        assert may_have_address(content.encode(errors="replace"), {str(person.email).casefold()})


@pytest.mark.parametrize("other", ["tom@lumen.example", "tom@m\u00fcller.example"])
def test_a_file_without_an_address_is_left_alone(other: str) -> None:
    """A plain file that has other addresses is not parsed, whatever letters names have."""
    content = FACTS.format(key="company", company='"Müller"', before="", remark="é", email='"rita@acme.example"')
    assert not may_have_address(content.encode(), {other})
