"""What a mail says of its attachments, in whatever words, and whether the promised file is the one that is attached."""

from __future__ import annotations

import pytest
from changing import replace

from followup_mail.cadence.step import Kind
from followup_mail.checks import check_mail, choose_rules
from followup_mail.checks.samples import Sample, sample_facts

ATTACHED = [
    "My licence travels along in the appendix.",
    "Two photos of the gate hitch a ride with these lines.",
    "My certificate is hanging off the bottom of this note.",
    "My permit is part of this mail.",
    "I have loaded the drawing into this message.",
    "The certificate comes by the same post.",
    "I've slipped my licence in here.",
    "My licence comes with this mail.",
    "You asked for the permit and the references. You'll find both below.",
    "I have added a scan of my certificate here.",
    "A copy of the certificate is pinned to this mail.",
    "You will find the drawings in the annex.",
    "The transcript you wanted rides along with this note.",
    "I have tucked a copy of my forklift card into this email.",
    "My portfolio accompanies this message.",
    "Two photographs of the gate go with this letter.",
    "I've popped the spreadsheet in below for you.",
    "You have the signed form with this mail.",
    "The sheet is clipped to this message.",
    "PFA my updated CV.",
    "I'm sending you the sample as a PDF.",
    "I take the liberty of enclosing my diploma.",
    "You will find my updated résumé, with both projects, attached.",
    "Please see attached.",
    "In the attachment you will see the layout I had in mind.",
    "Here's the scan you asked for.",
    "I have put the certificate in an attachment.",
    "There are three sketches attached.",
    "The deck is attached for your convenience.",
    "I'm including a copy of my food hygiene certificate.",
    "I am forwarding my transcript with this mail.",
    "You should find the licence below.",
    "I append my list of publications.",
    "The signed form is appended.",
    "Attaching the sheet for your team.",
    "Kindly find the same attached herewith.",
    "My references, as a PDF, are with this message.",
    "I have uploaded the drawing to this mail.",
    "I'm throwing in the checklist as well, in case your team can use it.",
    "I've stuck the rota in with this mail.",
    "I join my CV and the letter of my last employer.",
    "A short summary of the project is included for your reference.",
    "I have bundled the three invoices with this note.",
    "I have also supplied a one-page overview of the rollout for your team.",
    "I am adding the table we talked about, so you have the numbers.",
    "Please take a look at the attached.",
]
NOT_ATTACHED = [
    "I have grown attached to the old lathe.",
    "In this mail I only want to say thanks.",
    "I could slip my licence in here if you need it.",
    "No certificate comes with this mail, as you asked.",
    "You will find my telephone number below.",
    "The plan goes with the building as it stands.",
    "Your sheet on the wall comes with a pencil, which I liked.",
    "I work in the annex of the museum on Mondays.",
    "We pinned every drawing to the board before the concert.",
    "At the mill I have added a sheet to the handover.",
    "I included photographs in each report that we sent.",
    "The references that came with the last delivery were wrong.",
    "If anything is missing, I can send my licence again.",
    "I have included two junior nurses in the rota, so that you see what I mean by mixed teams.",
    "I have added a checklist to our handover and the errors stopped.",
    "I have put together a checklist for new agents, and it cut the calls by half.",
    "I would like to leave you with this: the list is shorter than it was.",
    "I add a photo whenever a pump fails.",
    "I have put the letter on my wall.",
    "I would be glad to send you the plan as a PDF.",
    "We sent every drawing to the printer as a PDF.",
    "The nurse on duty finds the chart below the bed.",
    "You mentioned the attached garage, and the price that goes with it.",
    "The forms are below the counter, you said, where nobody finds them.",
    "I attach great importance to a clean bench.",
    "Is the workshop still attached to the school?",
    "The photographs in your corridor stayed with me.",
    "Sending the forms by post was your idea.",
    "The tape was stuck to this letter for forty years, you told me.",
    "I find it hard to go along with this plan.",
    "A line to this email is enough.",
    "Here are my three days for the trial: Monday, Tuesday and Friday.",
    "Here is the plan I would follow: first the roof, then the gutters.",
    "The card I carry is in my pocket, not in a drawer.",
    "I will bring the certificate on Monday.",
    "I added a picture to the folder at the mill.",
    "I never send a drawing with a mail; people print it in the wrong size.",
]
PROMISED = {"what": "the seating chart", "file": "seating-chart.pdf", "to": "Dr. Catherine Okafor"}


def names(core: str, *filenames: str, promise: dict[str, str] | None = None) -> set[str]:
    facts = sample_facts({"promised": [promise]}) if promise else None
    context = Sample(f"Thank you for the talk about the nightly jobs. {core}", kind=Kind.THANK_YOU).context()
    person = facts.interviews[0].people[0] if facts else None
    context = replace(context, facts=facts, person=person, enclosures=filenames)
    return {finding.name for finding in check_mail(context, choose_rules(["FM601", "FM602", "FM605"]))}


@pytest.mark.parametrize("sentence", ATTACHED)
def test_whatever_says_attached_needs_an_attachment(sentence: str) -> None:
    """Many verbs say that something comes with the mail."""
    assert names(sentence) == {"nothing-attached"}
    assert names(sentence, "file.pdf") == set()


@pytest.mark.parametrize("sentence", NOT_ATTACHED)
def test_what_only_sounds_like_it_is_left_alone(sentence: str) -> None:
    """The same words about other things, other days or what could be sent say nothing of an attachment."""
    assert names(sentence) == set()


@pytest.mark.parametrize(
    "filename",
    ["seating-chart.pdf", "Seating_Chart.PDF", "SeatingChart.docx", "seating chart.pdf", "seating-chart-v2.pdf"],
)
@pytest.mark.parametrize("promise", [PROMISED, {**PROMISED, "file": ""}])
def test_a_promised_file_may_be_spelt_otherwise(filename: str, promise: dict[str, str]) -> None:
    """Hyphens, capitals and the ending of a name make no other file of it."""
    assert names("As promised, I attach the seating chart.", filename, promise=promise) == set()
    assert "promise-not-attached" in names("As promised, I attach the seating chart.", "cv.pdf", promise=promise)


@pytest.mark.parametrize(
    ("core", "expected"),
    [
        ("They are well kept.", {"open-promise"}),
        ("You will have the seating chart on Friday.", set()),
        ("I said I would send the seating chart, and here it is.", {"promise-not-attached"}),
        ("You asked for the seating chart. It comes with this mail.", {"promise-not-attached", "nothing-attached"}),
    ],
)
def test_a_promise_is_kept_or_at_least_mentioned(core: str, expected: set[str]) -> None:
    """A promise without a word is forgotten; one that is said to be kept needs its file."""
    assert names(core, promise=PROMISED) == expected


@pytest.mark.parametrize(
    ("what", "filename"),
    [
        ("my résumé", "Rivera_Resume.pdf"),
        ("the data-model diagram", "datamodel-diagram.pdf"),
        ("the load test report", "loadtestreport.pdf"),
        ("the plan for the open day", "plan%20open%20day.pdf"),
        ("the load test report", "scan_0012.pdf"),
    ],
)
def test_what_a_mail_brings_is_promised_no_more(what: str, filename: str) -> None:
    """A file attached by hand keeps a promise that has no file in the facts: by its name, or by what the mail says."""
    promise = {"what": what, "to": "Dr. Catherine Okafor"}
    assert names(f"I attach {what}, as promised.", filename, promise=promise) == set()
    assert names("They are well kept.", "holiday.jpg", promise=promise) == {"open-promise"}
    assert "open-promise" in names("They are well kept.", "scan_0012.pdf", promise=promise)
