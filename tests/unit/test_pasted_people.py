"""People as they are pasted: a To line, signatures, lists with titles; what is unclear is asked or named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.facts.looks_like import looks_like
from followup_mail.facts.pasted_people import PastedPerson, read_details, read_people
from followup_mail.facts.terms import Role
from followup_mail.facts.unfit_values import UnfitError

PRIYA = PastedPerson("Priya Raman", "Head of Data")
SIGNATURE = """\
Kind regards,
Priya Raman
Head of Data | Lumen Freight
--
T: +1 312 555 0142
100 Main Street, Denver, CO 80202
E: priya@lumen.example
www.lumen.example
"""


@pytest.mark.parametrize(
    "text",
    [
        "Priya Raman, Head of Data <priya@x.example>; Tom Okafor, Staff Engineer <tom@x.example>",
        "Priya Raman, Head of Data <priya@x.example>, Tom Okafor, Staff Engineer <tom@x.example>",
        "Priya Raman\nHead of Data <priya@x.example>\nTom Okafor, Staff Engineer (tom@x.example)",
    ],
)
def test_a_title_beside_an_address_names_nobody(text: str) -> None:
    """Between a name and an address a title is the title of that person, and nobody is greeted as Head of Data."""
    people = read_people(text).people
    assert [(person.name, person.title, person.email) for person in people] == [
        ("Priya Raman", "Head of Data", "priya@x.example"),
        ("Tom Okafor", "Staff Engineer", "tom@x.example"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Marco Rossi, Pastry Chef, and Lea Kern, Sous Chef",
            [("Marco Rossi", "Pastry Chef"), ("Lea Kern", "Sous Chef")],
        ),
        ("Marco Rossi (Chef) and Jo Hill (Barista)", [("Marco Rossi", "Chef"), ("Jo Hill", "Barista")]),
        ("Jo Hill, Site Electrician; Pat Moss, Joiner", [("Jo Hill", "Site Electrician"), ("Pat Moss", "Joiner")]),
        ("Jo Hill, solicitor, Mats Ek, ecologist", [("Jo Hill", "solicitor"), ("Mats Ek", "ecologist")]),
        ("Tom Baker - Master Baker", [("Tom Baker", "Master Baker")]),
        ("Mary Carpenter, Plumber", [("Mary Carpenter", "Plumber")]),
        ("Jo Hill, Truck Driver", [("Jo Hill", "Truck Driver")]),
        ("Pat Gardener and Tom Cook", [("Pat Gardener", ""), ("Tom Cook", "")]),
    ],
)
def test_people_of_any_trade(text: str, expected: list[tuple[str, str]]) -> None:
    """A trade beside a name is a title, and nobody is greeted as Pastry Chef; a family name may be a trade."""
    people = read_people(text).people
    assert [(person.name, person.title) for person in people] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Priya Raman <priya@x.example>, Tom Okafor <tom@x.example>",
        "To: Priya Raman <priya@x.example>; Tom Okafor <tom@x.example>",
        '"Raman, Priya" <priya@x.example>, "Okafor, Tom" <tom@x.example>',
        "Raman, Priya <priya@x.example>, Okafor, Tom <tom@x.example>",
        "Priya Raman priya@x.example\nTom Okafor (tom@x.example)",
        "Priya Raman, priya@x.example; Tom Okafor, tom@x.example",
    ],
)
def test_several_people_with_addresses(text: str) -> None:
    """However a mail program writes them, each person has the address that stands beside the name."""
    people = read_people(text).people
    assert [(person.name, person.email) for person in people] == [
        ("Priya Raman", "priya@x.example"),
        ("Tom Okafor", "tom@x.example"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Priya Raman, Head of Data",
        "Priya Raman; Head of Data",
        "Priya Raman (Head of Data)",
        "Priya Raman - Head of Data",
        "Priya Raman | Head of Data",
        "Priya Raman Head of Data",
        "priya raman head of data",
        "Priya Raman\nHead of Data",
    ],
)
def test_a_name_with_a_title(text: str) -> None:
    """The title is told from the name, with or without a comma between them."""
    assert read_people(text).people == (PRIYA,)


def test_a_signature_is_one_person() -> None:
    """Title, telephone and address are found; company and street are named as left out, not taken for people."""
    read = read_people(SIGNATURE, "Lumen Freight")
    assert read.people == (PastedPerson("Priya Raman", "Head of Data", None, "priya@lumen.example", "+1 312 555 0142"),)
    assert "Lumen Freight" in read.left_out
    assert "100 Main Street" in read.left_out


def test_two_signatures_are_two_people() -> None:
    """An empty line stands between people."""
    read = read_people(f"{SIGNATURE}\nTom Okafor\nStaff Engineer\ntom@lumen.example\n", "Lumen Freight")
    assert [person.name for person in read.people] == ["Priya Raman", "Tom Okafor"]
    assert read.people[1].title == "Staff Engineer"


@pytest.mark.parametrize(
    "text",
    [
        "Priya Raman, Tom Okafor and Anna Li",
        "Priya Raman\nTom Okafor\nAnna Li",
        "Priya Raman, Head of Data\nTom Okafor, SRE\nAnna Li",
        "Priya Raman (Head of Data); Tom Okafor (SRE) & Anna Li",
    ],
)
def test_a_panel_of_three(text: str) -> None:
    """Names with commas, lines or "and" between them are as many people."""
    assert [person.name for person in read_people(text).people] == ["Priya Raman", "Tom Okafor", "Anna Li"]


def test_what_belongs_to_a_name_stays() -> None:
    """A degree behind a comma is no person of its own and no part of the name; "and" in a title parts nobody."""
    [priya] = read_people("Dr. Priya Raman, PhD <priya@x.example>").people
    assert (priya.name, priya.email) == ("Dr. Priya Raman", "priya@x.example")
    [tom] = read_people("Tom Okafor, Head of Research and Development, hiring manager").people
    assert (tom.title, tom.role) == ("Head of Research and Development", Role.HIRING_MANAGER)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Head of Data", "'Head of Data' has no name before it"),
        ("+1 312 555 0142", "'[+]1 312 555 0142' has no name before it"),
        ("priya@x.example", "contains an address but no name"),
        ("Priya Raman, priya@", "not an e-mail address"),
        ("5 Nov 2026", "looks like a day"),
        ("www.lumen.example", "looks like a link"),
        ("", "names nobody"),
    ],
)
def test_a_value_in_the_wrong_place(text: str, why: str) -> None:
    """A title, a number, an address or a day is no name, and it is said what it is."""
    with pytest.raises(UnfitError, match=why):
        read_people(text)


def test_details_come_in_any_order() -> None:
    """For somebody known, whatever is typed goes where it belongs."""
    person, left_out = read_details(
        "tom@x.example, hiring manager, +1 312 555 0142, Staff Engineer", PastedPerson("Tom")
    )
    assert person == PastedPerson("Tom", "Staff Engineer", Role.HIRING_MANAGER, "tom@x.example", "+1 312 555 0142")
    assert left_out == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("priya@x.example", "an address"), ("+1 312 555 0142", "a telephone number"), ("5 Nov", "a day")),
        *(("https://x.example", "a link"), ("5/6", "a day"), ("Monday", ""), ("May", ""), ("Lumen Freight", "")),
        *(("3M", ""), ("37signals", ""), ("Data Engineer II", ""), ("1912", "")),
    ],
)
def test_what_a_value_looks_like(text: str, kind: str) -> None:
    """What can be a name after all is not doubted."""
    assert looks_like(text) == kind


_PIECES = st.sampled_from(
    [
        *(
            "Priya Raman",
            "Tom",
            "priya@x.example",
            "<tom@x.example>",
            "Head of Data",
            "+1 312 555 0142",
            "PhD",
            '"',
            "(",
        ),
        *(
            ", ",
            "; ",
            "\n",
            "\n\n",
            " and ",
            "To: ",
            "recruiter",
            "100 Main Street",
            "Lumen Freight",
            "@",
            "--",
            ")",
            " ",
        ),
    ]
)


@given(st.lists(_PIECES, max_size=12).map("".join) | st.text(max_size=60))
def test_any_paste_gives_people_or_a_reason(text: str) -> None:
    """Whatever is pasted: people who have a name that is no address and no number, or a sentence that says why not."""
    try:
        read = read_people(text, "Lumen Freight")
    except UnfitError as refused:
        assert str(refused)  # noqa: PT017
        return
    for person in read.people:
        assert person.name
        assert looks_like(person.name) not in {"an address", "a telephone number"}
        assert looks_like(person.title) != "an address"


@pytest.mark.parametrize(
    "text",
    [
        "Grace Adeyemi, Ward Manager <grace@x.example>",
        "Grace Adeyemi, Ward Manager grace@x.example",
        "CNM2 Grace Adeyemi, Ward Manager <grace@x.example>",
    ],
)
def test_title_before_address(text: str) -> None:
    """A title between name and address is the title of that person, not somebody else, and a grade is no part of it."""
    assert read_people(text).people == (PastedPerson("Grace Adeyemi", "Ward Manager", email="grace@x.example"),)


def test_grade_before_name_is_told() -> None:
    """A grade before a name is left out of the name, and named as left out."""
    read = read_people("ICU2 Grace Adeyemi")
    assert (read.people, read.left_out) == ((PastedPerson("Grace Adeyemi"),), ("ICU2",))


DOYLE = PastedPerson("Mrs Helen Doyle", "deputy head", email="doyle@x.example")
LUCY = PastedPerson("Lucy Brennan", "HR", email="lucy@x.example")
IMRAN = PastedPerson("Dr Imran Siddiqui", "Consultant", email="i@x.example")
TARIQ = PastedPerson("Tariq Aziz", "recruiter, Medacs", Role.RECRUITER, "tariq@x.example", "07700 900123")


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Mrs Helen Doyle, the deputy head, doyle@x.example", DOYLE),
        ("Mrs Helen Doyle the deputy head doyle@x.example", DOYLE),
        ("Mrs Helen Doyle, the deputy head doyle@x.example", DOYLE),
        ("and Mrs Helen Doyle (the deputy head) <doyle@x.example>", DOYLE),
        ("Lucy Brennan from HR, lucy@x.example", LUCY),
        ("Lucy Brennan from HR lucy@x.example", LUCY),
        ("Lucy Brennan, from HR, lucy@x.example", LUCY),
        ("Tariq Aziz (recruiter, Medacs) tariq@x.example 07700 900123", TARIQ),
        ("Tariq Aziz (recruiter, Medacs) mobile: 07700 900123, tariq@x.example", TARIQ),
        ("Dr Imran Siddiqui consultant", PastedPerson("Dr Imran Siddiqui", "Consultant")),
        (
            "Dr Imran Siddiqui Consultant i@x.example",
            PastedPerson("Dr Imran Siddiqui", "Consultant", email="i@x.example"),
        ),
        ("Jane Roe, the boss", PastedPerson("Jane Roe", "boss")),
        ("Tariq the recruiter at Medacs", PastedPerson("Tariq", "recruiter at Medacs")),
        ("The Hon. Jane Roe", PastedPerson("The Hon. Jane Roe")),
        ("The Hiring Team", PastedPerson("The Hiring Team")),
        ("Dr Mary Dean <m@x.example>", PastedPerson("Dr Mary Dean", email="m@x.example")),
        ("Anna Li (Design) <a@x.example>", PastedPerson("Anna Li (Design)", email="a@x.example")),
    ],
)
def test_what_is_said_of_somebody_is_no_part_of_the_name(text: str, person: PastedPerson) -> None:
    """A title with an article, a department, brackets, a number and a leading "and" never land in a name."""
    assert read_people(text).people == (person,)


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Helen Doyle the deputy head d@x.example, and Tariq from Medacs (the recruiter) t@x.example 07700 900123",
        "Mrs Helen Doyle the deputy head d@x.example and Tariq (the recruiter, Medacs) t@x.example",
        "Mrs Helen Doyle the deputy head and Tariq from Medacs",
    ],
)
def test_two_people_as_they_are_said(text: str) -> None:
    """ "And" between people who have their titles beside them begins the next one."""
    assert [person.name for person in read_people(text).people] == ["Mrs Helen Doyle", "Tariq"]


@pytest.mark.parametrize("name", ["Sister Jo Hall", "Matron Hall", "Nurse Amy Lee", "Staff Nurse Hall"])
def test_a_form_of_address_is_no_title(name: str) -> None:
    """A nurse is called Sister or Matron before the name; her grade is left out, and it is said."""
    read = read_people(f"{name}, band 7")
    assert (read.people, read.left_out) == ((PastedPerson(name),), ("band 7",))


@pytest.mark.parametrize("title", ["Nurse Manager", "Staff Nurse", "Nurse in Charge", "Professor of Law"])
def test_a_title_alone_is_nobody(title: str) -> None:
    """What begins like a form of address and goes on without a name is a title."""
    with pytest.raises(UnfitError, match="has no name before it"):
        read_people(title)


@pytest.mark.parametrize("text", ["Priya Raman consultant p@x.example", "Tom Okafor, SRE, Priya Raman consultant"])
def test_an_unclear_title_is_asked_for_with_a_comma(text: str) -> None:
    """Where a name may end or not, it is said how to write it."""
    with pytest.raises(UnfitError, match='write a comma behind the name: "Priya Raman, consultant"'):
        read_people(text)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Charge Nurse Tom Okafor", PastedPerson("Tom Okafor", "Charge Nurse")),
        ("CEO Jane Doe <jane@x.example>", PastedPerson("Jane Doe", "CEO", email="jane@x.example")),
        ("Senior Data Engineer Priya Raman", PastedPerson("Priya Raman", "Senior Data Engineer")),
        ("Priya Raman, Sales Manager Northern Europe", PastedPerson("Priya Raman", "Sales Manager Northern Europe")),
    ],
)
def test_a_title_before_the_name_is_taken_off_it(text: str, person: PastedPerson) -> None:
    """Nobody is greeted with a title that is no form of address."""
    assert read_people(text).people == (person,)


@pytest.mark.parametrize("title", ["Director Human Resources", "Sales Manager Northern Europe", "VP Sales"])
def test_what_a_title_is_for_is_nobody(title: str) -> None:
    """What stands behind a title may be a field or a region."""
    with pytest.raises(UnfitError, match="has no name before it"):
        read_people(title)


@pytest.mark.parametrize(
    ("text", "person", "left"),
    [
        (
            "*Chef Luis Ortega, CEPC, CCA, CWPC*\nExecutive Chef & Director of Operations | Hotel Emma\nluis@x.example",
            PastedPerson("Chef Luis Ortega", "Executive Chef & Director of Operations", email="luis@x.example"),
            ("CEPC", "CCA", "CWPC", "Hotel Emma"),
        ),
        (
            "Dana Whitfield, CSW, WSET Level 3\nBeverage Director",
            PastedPerson("Dana Whitfield", "Beverage Director"),
            ("CSW", "WSET Level 3"),
        ),
        ("Luis Ortega, CEC®, AAC\nExecutive Chef", PastedPerson("Luis Ortega", "Executive Chef"), ("CEC®", "AAC")),
        ("Luis Ortega, CEPC <luis@x.example>", PastedPerson("Luis Ortega", email="luis@x.example"), ("CEPC",)),
        (
            "Ada Okafor (FCIPM)\nHead, Human Capital\nada@x.example",
            PastedPerson("Ada Okafor", "Head, Human Capital", email="ada@x.example"),
            ("FCIPM",),
        ),
        ("Priya Raman, CTO", PastedPerson("Priya Raman", "CTO"), ()),
        ("Priya Raman, UX, priya@x.example", PastedPerson("Priya Raman", "UX", email="priya@x.example"), ()),
    ],
)
def test_capitals_behind_a_name_are_a_certificate(text: str, person: PastedPerson, left: tuple[str, ...]) -> None:
    """What stands in capitals behind a name is no title unless posts are called so, and it is named as left out."""
    read = read_people(text)
    assert (read.people, read.left_out) == ((person,), left)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        (
            "Thanks & Regards,\nVenkatesh S\nTalent Lead\nv@x.example",
            PastedPerson("Venkatesh S", "Talent Lead", email="v@x.example"),
        ),
        (
            "i. A. Sabine Krüger\nReferentin\ns@x.example",
            PastedPerson("Sabine Krüger", "Referentin", email="s@x.example"),
        ),
        (
            "株式会社リクルート\n人事部 課長\n佐藤 花子\nh@x.example",
            PastedPerson("佐藤 花子", "人事部 課長", email="h@x.example"),
        ),
        ("人事部 佐藤 花子\nh@x.example", PastedPerson("佐藤 花子", "人事部", email="h@x.example")),
        (
            "Sean Murphy\nmobile\n(617) 555-0133\nhome\ns@x.example\ncompany\nWayfair",
            PastedPerson("Sean Murphy", email="s@x.example", phone="(617) 555-0133"),
        ),
        (
            "N:Olsen;Kari\nFN:Kari Olsen\nTITLE:HR-sjef\nEMAIL;TYPE=WORK:k@x.example",
            PastedPerson("Kari Olsen", "HR-sjef", email="k@x.example"),
        ),
        (
            "Best,\nJess\n\nJessica Tran\nSr. Technical Recruiter | Acme\nj@x.example",
            PastedPerson("Jessica Tran", "Sr. Technical Recruiter", email="j@x.example"),
        ),
        (
            "Ada Ray\nHelping teams grow | Technical Recruiter at Acme\na@x.example",
            PastedPerson("Ada Ray", "Technical Recruiter at Acme", email="a@x.example"),
        ),
    ],
)
def test_what_stands_around_a_name_is_not_the_name(text: str, person: PastedPerson) -> None:
    """Closings, "i. A.", companies, departments and labels above a name are neither the name nor its title."""
    assert read_people(text).people == (person,)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        (
            "Ada Ray - HR Business Partner - ada@x.example",
            PastedPerson("Ada Ray", "HR Business Partner", email="ada@x.example"),
        ),
        ("Ada Ray, Senior Recruiter - New York", PastedPerson("Ada Ray", "Senior Recruiter - New York")),
        ("Tom Baker - tom@x.example - CTO", PastedPerson("Tom Baker", "CTO", email="tom@x.example")),
        (
            "Hiring manager - Greg House - g@x.example",
            PastedPerson("Greg House", role=Role.HIRING_MANAGER, email="g@x.example"),
        ),
        ("Chen, Wei-Ling [Talent] <w@x.example>", PastedPerson("Wei-Ling Chen", "Talent", email="w@x.example")),
        (
            "Okonkwo-Reyes, Blessing (HR) <b@x.example>",
            PastedPerson("Blessing Okonkwo-Reyes", "HR", email="b@x.example"),
        ),
        ("King, Martin L., Jr. <m@x.example>", PastedPerson("Martin L. King, Jr.", email="m@x.example")),
        (
            "Ada Ray | Engineering Manager | Flipkart | ada@x.example",
            PastedPerson("Ada Ray", "Engineering Manager", email="ada@x.example"),
        ),
        ("Grace Hopper (g@x.example), Rear Admiral", PastedPerson("Grace Hopper", "Rear Admiral", email="g@x.example")),
        (
            "MARTINEZ, CARLOS A CIV USARMY (USA) <c.martinez@x.example>",
            PastedPerson("Carlos A Martinez", email="c.martinez@x.example"),
        ),
    ],
)
def test_one_person_in_one_line(text: str, person: PastedPerson) -> None:
    """Dashes and bars separate as commas do, and a directory's remark does not make two people of one."""
    assert read_people(text).people == (person,)


def test_a_colleague_named_by_what_they_are_to_somebody() -> None:
    """ "Her boss Tom" is a second person, and not a part of the first."""
    assert [person.name for person in read_people("met with Anna (HR) and her boss Tom").people] == ["Anna", "Tom"]
    lisa = read_people("Tom and his manager Lisa (CTO)").people[1]
    assert (lisa.name, lisa.title) == ("Lisa", "CTO")


@pytest.mark.parametrize(
    "text", ["Recruiting Team <careers@x.example>", "Acme HR <hr@x.example>", "Ada Ray <no-reply@x.example>"]
)
def test_the_mailbox_of_a_team_or_a_machine_is_asked_about(text: str) -> None:
    """Nobody is greeted as "Recruiting Team", and no mail is planned to an address that nobody reads."""
    with pytest.raises(UnfitError, match="write"):
        read_people(text)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Ada Nwosu, ACIPM, HRPL <ada@x.example>", PastedPerson("Ada Nwosu", email="ada@x.example")),
        ("Paul Adeyemi FCA ACIB\nGroup CFO", PastedPerson("Paul Adeyemi", "Group CFO")),
        (
            "o@x.example - Omar Haddad - Staff Engineer",
            PastedPerson("Omar Haddad", "Staff Engineer", email="o@x.example"),
        ),
        ("김민수 팀장\nminsu@x.example", PastedPerson("김민수", "팀장", email="minsu@x.example")),
        (
            "Cheers,\nMike\n\nMichael Chang\nEngineer\nm@x.example",
            PastedPerson("Michael Chang", "Engineer", email="m@x.example"),
        ),
        (
            "Building the future of work\nSara Lind\nCTO\ns@x.example",
            PastedPerson("Sara Lind", "CTO", email="s@x.example"),
        ),
        (
            "Regards, Tunde Bello\nTechnical Lead\nt@x.example",
            PastedPerson("Tunde Bello", "Technical Lead", email="t@x.example"),
        ),
        ("Vikram Iyer\nDirector, Data Science", PastedPerson("Vikram Iyer", "Director, Data Science")),
    ],
)
def test_a_name_is_found_among_what_stands_around_it(text: str, person: PastedPerson) -> None:
    """Certificates in no list, an address in front, a nickname above, a motto or a closing do not make another name."""
    assert read_people(text).people == (person,)


def test_two_people_with_one_address_are_two() -> None:
    """ "Tom & Jerry" are not one person called so."""
    assert [person.name for person in read_people("Tom & Jerry <tj@x.example>").people] == ["Tom", "Jerry"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Capt. Lee Wong, First Officer Ann Tan", [("Capt. Lee Wong", ""), ("Ann Tan", "First Officer")]),
        ("Dr Lee Wong, Consultant Stroke Medicine", [("Dr Lee Wong", "Consultant Stroke Medicine")]),
        ("Capt. Lee Wong, Training Manager Europe", [("Capt. Lee Wong", "Training Manager Europe")]),
        ("Lee Wong, Head Teacher Mrs Ann Tan", [("Lee Wong", ""), ("Mrs Ann Tan", "Head Teacher")]),
    ],
)
def test_a_rank_before_one_name_and_a_post_before_the_next(text: str, people: list[tuple[str, str]]) -> None:
    """Two people told in the same way are two, and not one with a long title."""
    assert [(one.name, one.title) for one in read_people(text).people] == people


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("Jo Hill Electrician", '"Jo Hill, Electrician"'),
        ("jo hill electrician", '"jo hill, electrician"'),
        ("Ann Tan First Officer", '"Ann Tan, First Officer"'),
        ("Senior Site Electrician", '"Priya Raman, Senior Site Electrician"'),
    ],
)
def test_a_name_that_runs_into_a_title_is_told_where_the_comma_goes(text: str, advice: str) -> None:
    """The advice names the part that is wrong; a title alone is told to want a name."""
    with pytest.raises(UnfitError) as refused:
        read_people(text)
    assert advice in str(refused.value)
