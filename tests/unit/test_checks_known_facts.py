"""Days, companies, positions and people: what the facts do not know is found, and what only looks so is not."""

from __future__ import annotations

import pytest
from changing import replace

from followup_mail.cadence.step import Kind
from followup_mail.checks import check_mail, choose_rules
from followup_mail.checks.address_match import is_slip_of
from followup_mail.checks.samples import Sample, sample_facts, sample_moment
from followup_mail.message.draft import Mailbox


def found(rule: str, core: str, kind: Kind = Kind.THANK_YOU, role: str = "Data Engineer", subject: str = "x") -> bool:
    context = Sample(core, subject=subject, kind=kind, facts={"role": role}).context()
    others = ("Fabrikam Motors", "Hotel Lindenhof")
    moment = sample_moment(18 if kind is Kind.THANK_YOU else 30, 9)
    return bool(check_mail(replace(context, other_companies=others, sends_at=moment), choose_rules([rule])))


@pytest.mark.parametrize(
    "core",
    [
        "It was good to meet you and Marcus on Monday.",
        "Thank you for having me in on Thursday.",
        "I left Friday's interview with a long list.",
        "It was a pleasure to see the server room on Monday and to meet Marcus.",
        "When Marcus and you interviewed me on the 16th, I forgot one thing.",
        "Thanks again for our chat two days ago.",
        "Much has happened since the 12th, when you showed me the server room.",
        "Since our video call on Thursday 12 November I have tried it.",
        "You and Marcus were generous with your time on Monday.",
        "When I was at the mill on 16 November, you thought that you would decide soon.",
        "It was kind of you to give up part of your Wednesday afternoon to hear me out.",
        "On 16 November I sat at your table, and you asked about the jobs.",
        "You took me through the pipeline on Monday.",
    ],
)
def test_a_wrong_day_is_found(core: str) -> None:
    """However the interview is called, and whoever is named beside it."""
    assert found("wrong-day", core)


@pytest.mark.parametrize(
    "core",
    [
        "I look forward to our interview on Friday.",
        "I would be glad to meet on Monday.",
        "Thank you for writing on Monday to move the interview.",
        "I passed your shop on Saturday; it was shut.",
        "We talked about what happens when the batch fails on a Sunday.",
        "I met a former colleague on Monday who knows your pipelines.",
        "Your talk at the meetup on Thursday was good, too.",
        "The 9th of November was the day that you named.",
        "You also told me that the release day stays on Thursday, whatever the weather.",
        "The board meeting of 4 December will decide.",
        "You showed me the Monday release and how it fails.",
        "I sat at my kitchen table on Sunday and drew your pipeline.",
        "The maintenance that begins on Wednesday 10 February would suit me.",
    ],
)
def test_the_day_of_something_else_is_left_alone(core: str) -> None:
    """A day still to come, of another event, of a letter: none of them is the interview's."""
    assert not found("wrong-day", core)


@pytest.mark.parametrize(
    ("core", "kind", "is_wrong"),
    [
        ("Thank you for ringing me yesterday.", Kind.REJECTION_THANKS, False),
        ("Thank you for taking the time to talk to me on Monday.", Kind.REJECTION_THANKS, False),
        ("It was a pleasure to meet you on Monday.", Kind.REJECTION_THANKS, True),
        ("You told me on the phone on Friday that the decision had moved.", Kind.STATUS_INQUIRY, False),
        ("I interviewed with you on November 12.", Kind.STATUS_INQUIRY, True),
    ],
)
def test_later_on_there_was_a_call(core: str, kind: Kind, is_wrong: bool) -> None:
    """After the interview somebody rang or wrote: thanks for that are for another day."""
    assert found("wrong-day", core, kind) == is_wrong


@pytest.mark.parametrize(
    "core",
    [
        "I'd love to join Brightwell.",
        "I would be thrilled to bring my skills to Brightwell Foods.",
        "I wish you, Mr. Lindqvist and everyone at Brightwell Offshore continued success.",
        "I am keen to work as Data Engineer at Brightwell.",
        "Working for Brightwell would be an honour.",
        "I am convinced that Brightwell is the right place for me.",
        "I would look at your start-up in the same way, should Brightwell Drives see a use for it.",
        "I could do good work at Fabrikam.",
        "I applied for the vacancy of Data Engineer at the Brightwell Foundry.",
        "I will keep following the progress of Brightwell Foods with interest.",
        "May I ask whether Brightwell has decided?",
        "Thank you for thinking of other openings at Brightwell.",
        "I would be happy to join Harbour Labs.",
    ],
)
def test_a_company_that_nobody_knows_is_found(core: str) -> None:
    """Where only the recipient's company can stand, another name is another company's, in whole or in part."""
    assert found("wrong-company", core)


@pytest.mark.parametrize(
    "core",
    [
        "At Corrib I would start every job by hand.",
        "When I was at Brightwell, we moved the jobs in a week.",
        "In my role at Brightwell I ran a similar move.",
        "I would be glad to work with Kafka.",
        "I would love to work in Leeds.",
        "I am keen to join Engineering.",
        "I walked past the Lindenhof on the way.",
        "Thank you for meeting me at Bella Napoli.",
        "I enjoyed hearing how you left Brightwell to join Northwind.",
        "I'd love to join Marcus on a shift.",
        "I am following the progress of Kafka at home.",
        "You said that Brightwell Foods has the same alarms.",
        "I left Brightwell in May.",
        "I would be happy to tell the people at the Labs.",
    ],
)
def test_other_names_are_no_companies(core: str) -> None:
    """Earlier employers, towns, products, departments and streets."""
    assert not found("wrong-company", core)


@pytest.mark.parametrize(
    ("core", "role"),
    [
        ("I am very interested in the Nurse post in Oncology.", "Nurse, Surgery"),
        ("Thank you for the interview for the Analyst III position.", "Analyst II"),
        ("I remain interested in the Senior Designer role.", "Junior Designer"),
        ("I would be proud to be your next Store Manager.", "Cashier"),
        ("I hope to serve as your Operating Room Nurse.", "Hemodialysis Nurse"),
        ("I applied for Head of Procurement.", "Buyer"),
        ("It was good to speak with you about joining Northwind as a Tax Manager.", "Audit Senior"),
        ("Have you chosen a Shift Planner?", "Buyer"),
        ("The Shift Planner role still appeals to me.", "Buyer"),
        ("Thank you for the conversation about the Deputy Head position.", "Librarian"),
    ],
)
def test_another_position_is_found(core: str, role: str) -> None:
    """Another trade, another level, another department."""
    assert found("wrong-role", core, role=role)


@pytest.mark.parametrize(
    ("core", "role"),
    [
        ("As your nurse said, the night is long.", "Nurse, Surgery"),
        ("The post in Leeds suits me.", "Nurse, Surgery"),
        ("Thank you for the talk about the surgical nurse role.", "Nurse, Surgery"),
        ("For two years I held the position of Shift Lead at a bakery.", "Data Engineer"),
        ("My mentor applied to be a teacher and became one.", "Data Engineer"),
        ("After joining Brightwell as a Product Manager I learned to plan.", "Data Engineer"),
        ("You are also looking for a Product Manager, you said.", "Data Engineer"),
        ("Thank you for introducing me to the Product Manager.", "Data Engineer"),
        ("The Data Engineer II position is one I want.", "Data Engineer II"),
        ("I would be glad to be a help to your analysts.", "Data Engineer"),
    ],
)
def test_other_trades_are_no_other_position(core: str, role: str) -> None:
    """Earlier posts, those of others, and the own one in other words."""
    assert not found("wrong-role", core, role=role)


@pytest.mark.parametrize(
    ("subject", "is_wrong"),
    [
        ("Warehouse Supervisor: thank you", True),
        ("Application as a Marketing Assistant", True),
        ("Trainees at the tribunal", False),
        ("What your analysts asked", False),
        ("Data Engineer: thank you", False),
    ],
)
def test_a_position_in_the_subject(subject: str, is_wrong: bool) -> None:
    """A part of the subject that is nothing but a title names the position."""
    assert found("wrong-role", "The jobs are on my mind.", subject=subject) == is_wrong


@pytest.mark.parametrize(
    ("core", "is_wrong"),
    [
        ("Please thank Petra for her patience.", True),
        ("You and Petra asked the right questions.", True),
        ("I learned the most from Mr. Holm, who asked about retries.", True),
        ("The question that Petra put to me was hard.", True),
        ("When Petra joined us, I had just begun.", True),
        ("It was kind of you to bring in Mr Abara for the tour.", True),
        ("I sat at your table with Marcus, Ms Raab and Ms Pichler from the accounts.", True),
        ("I was interviewed by Ms Holm and learned to like it.", False),
        ("Ms Holm wanted to know why, and I had no answer.", True),
        ("I was happy to hear from your colleague Catherine how the jobs run.", True),
        ("Please give Catherine my regards.", True),
        ("Please give Marcus my regards.", False),
        ("You told me how you brought Mr Ito in to mend the clock.", False),
        ("When I worked with Ms Holm at the mill, she asked about retries.", False),
        ("I am glad that Mr Ito let me in and made me tea.", False),
        ("You mentioned that Marcus and Mr Kunz had catalogued the cupboard.", False),
        ("Thank you, Ma'am, for the hour.", False),
        ("Please thank Marcus for his patience.", False),
        ("Please thank Dolores at the desk for the coffee.", False),
        ("My teacher Petra asked me the same.", False),
        ("I learned it from Professor Holm, who taught me statistics.", False),
        ("Please tell Engineering that the fix works.", False),
    ],
)
def test_people_whom_the_facts_do_not_know(core: str, is_wrong: bool) -> None:
    """Whoever is named among those met must be known; whoever taught somebody or made the coffee need not."""
    assert found("wrong-recipient", core) == is_wrong


@pytest.mark.parametrize(
    ("greeting", "name", "address_as", "title", "is_dropped"),
    [
        ("Dear Omar,", "Omar Haddad", "", "Judge, Superior Court", True),
        ("Dear Omar,", "Judge Omar Haddad", "Omar", "", False),
        ("Dear Omar,", "Omar Haddad", "", "Judge Advocate Programs", False),
        ("Dear Agnes,", "Sister Agnes Mutua", "", "", True),
        ("Dear Captain,", "Captain Helve Sarapuu", "", "", False),
        ("Dear Petra,", "Petra Lindhorst", "Ms. Lindhorst", "", True),
        ("Dear Petra Lindhorst,", "Petra Lindhorst", "Ms. Lindhorst", "", False),
        ("Hi Tanaka,", "Yuki Tanaka", "Tanaka-san", "", True),
        ("Dear Rosa,", "Rosa Lee", "", "Chef de Partie", False),
    ],
)
def test_every_title_of_the_facts_is_missed(
    greeting: str, name: str, address_as: str, title: str, is_dropped: bool
) -> None:
    """By the name, the form of address or the office; what somebody asked to be called wins."""
    person = {"name": name, "email": "c@northwind.example", "address_as": address_as, "title": title}
    facts = sample_facts({"interviews": [], "contacts": [person]})
    mail = Sample(text=f"{greeting}\n\nThe jobs are on my mind.\n\nBest regards,\nSam Rivera").context()
    known = {"facts": facts, "person": facts.contacts[0], "recipient": Mailbox(name, "c@northwind.example")}
    assert bool(check_mail(replace(mail, **known), choose_rules(["title-dropped"]))) == is_dropped


@pytest.mark.parametrize(
    ("greeting", "is_wrong"), [("Thank you, Your Honor, for your time.", True), ("Thank you, Chef, for it.", False)]
)
def test_a_title_alone_addresses_whoever_has_it(greeting: str, is_wrong: bool) -> None:
    """In the mail to the clerk, "Your Honor" is the judge."""
    people = [{"name": "Judge Ada Okonkwo", "email": "a@x.example"}, {"name": "Calvin Pree", "email": "c@x.example"}]
    facts = sample_facts({"interviews": [], "contacts": people})
    mail = Sample(text=f"Dear Mr. Pree,\n\n{greeting}\n\nBest regards,\nSam Rivera").context()
    known = {"facts": facts, "person": facts.contacts[1], "recipient": Mailbox("Calvin Pree", "c@x.example")}
    assert bool(check_mail(replace(mail, **known), choose_rules(["wrong-recipient"]))) == is_wrong


@pytest.mark.parametrize(
    ("name", "right", "is_slip"),
    [
        ("northwimd.example", "northwind.example", True),
        ("rnorthwind.example", "mnorthwind.example", True),
        ("tallgrass-bioiogics.example", "tallgrass-biologics.example", True),
        ("northwind.de", "northwind.at", False),
        ("mail.northwind.example", "northwind.example", False),
        ("acme.example", "acne.example", False),
        ("gmail.com", "gmaill.com", False),
    ],
)
def test_a_domain_that_is_nearly_a_colleagues(name: str, right: str, is_slip: bool) -> None:
    """A letter off in a long domain is a slip; another country, a subdomain and a short name are not."""
    assert is_slip_of(name, right) == is_slip


@pytest.mark.parametrize(
    ("core", "is_wrong"),
    [
        ("Markos Lindqvist told me about the rota.", True),
        ("Yesterday Lindqvist told me about the rota.", False),
        ("I look forward to meeting Ms. Ramen.", True),
        ("I look forward to meeting Ms. Raman.", False),
    ],
)
def test_a_first_name_that_is_not_the_colleagues(core: str, is_wrong: bool) -> None:
    """Before a colleague's family name stands the first name, or no name at all."""
    assert found("name-spelling", core) == is_wrong


@pytest.mark.parametrize(
    ("greeting", "is_wrong"), [("Dear Sirs,", True), ("Hi there,", True), ("Good morning,", False)]
)
def test_a_greeting_to_nobody(greeting: str, is_wrong: bool) -> None:
    """Whoever is known by name is not "there"."""
    mail = Sample(text=f"{greeting}\n\nThe jobs are on my mind.\n\nBest regards,\nSam Rivera").context()
    assert bool(check_mail(mail, choose_rules(["impersonal-greeting"]))) == is_wrong


@pytest.mark.parametrize(
    ("core", "is_wrong"),
    [
        ("I would be proud to wear the badge of Larkmoor Infirmary.", True),
        ("The way you test the nightly jobs at Larkmoor is rare.", False),
        ("The way you test at Larkmoor is rare.", True),
        ("I can picture my desk at Larkmoor already.", True),
        ("I have wanted to be one of the people at Larkmoor since your talk.", True),
        ("I wore the badge of Larkmoor Infirmary for two summers.", False),
        ("That is why I applied to Cardiff at eighteen.", False),
        ("The way you work at Northwind is rare.", False),
    ],
)
def test_a_stranger_in_the_place_of_the_company_is_found(core: str, is_wrong: bool) -> None:
    """Where only the reader's company can stand, another name is wrong; a school of one's past is not."""
    assert bool(found("wrong-company", core)) is is_wrong
