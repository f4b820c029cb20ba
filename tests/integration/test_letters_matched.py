# ruff: noqa: E501 - mails have long lines
"""A letter and the facts: which application it is for, what does not fit, and whom the answer goes to."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from changing import replace

from followup_mail.errors import FactsError
from followup_mail.facts.names import short_name
from followup_mail.facts.terms import Status
from followup_mail.services.answers.answer_rejection import record_rejection
from followup_mail.services.answers.answered_person import Answered, whom_to_answer
from followup_mail.services.answers.fitting_applications import plainly_meant, rank_applications, say_candidate
from followup_mail.services.answers.keep_contact import keep_contact
from followup_mail.services.answers.letter_doubts import find_doubts
from followup_mail.services.answers.take_letter import take_letter
from followup_mail.services.overview.demo import Clock
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=ZoneInfo("America/Chicago"))
NO = "We have decided to go with another candidate."
APPLICATIONS = {
    "kite-works": ("Kite Works", "Data Analyst", [("Dr. Ada Novak", "ada.novak@kiteworks.example"), ("Ivo Lang", "")]),
    "kite-works-2": ("Kite Works", "Office Manager", [("Rosa Diaz", "rosa.diaz@kiteworks.example")]),
    "kite-labs": ("Kite Labs GmbH", "Data Analyst", [("Uwe Brandt", "uwe.brandt@kitelabs.example")]),
    "tern": ("Tern", "Data Analyst", [("Mia Hall", "mia@tern.example"), ("Rob Agent", "rob@agency.example")]),
    "plover": ("Plover Bank", "Teller", [("Ann Lee", "ann@plover.example"), ("Rob Agent", "rob@agency.example")]),
}


def _facts(company: str, role: str, people: list[tuple[str, str]]) -> str:
    lines = [f'company = "{company}"', f'role = "{role}"', 'country = "US"', 'time_zone = "America/Chicago"']
    lines += ["[[interviews]]", 'start = "2026-11-18 14:00"', 'duration = "45 min"']
    for name, email in people:
        part = "recruiter" if "agency" in email else "interviewer"
        lines += ["[[interviews.people]]", f'name = "{name}"', f'role = "{part}"']
        lines += [f'email = "{email}"'] if email else []
    return "\n".join([*lines, ""])


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Somebody with five applications, some with names alike."""
    home = tmp_path / "home"
    settings = Settings(home=home, name="Jordan Example", email="jordan@example.com", time_zone="America/Chicago")
    workspace = Workspace(Loaded(settings, home, {}), Clock(NOW))
    for slug, facts in APPLICATIONS.items():
        workspace.facts.create(slug, _facts(*facts))
    return workspace


def _letter(sender: str, text: str, subject: str = "News") -> bytes:
    heading = f"From: {sender}\n" if sender else ""
    return f"{heading}Date: 24 Nov 2026\nSubject: {subject}\n\nHi Jordan,\n\n{text}\n".encode()


def _meant(workspace: Workspace, content: bytes) -> str:
    fit = plainly_meant(rank_applications(workspace, take_letter(workspace, content, None).letter))
    return fit.application.slug if fit else ""


def _doubts(workspace: Workspace, slug: str, content: bytes, status: Status = Status.REJECTED) -> list[str]:
    letter = take_letter(workspace, content, workspace.facts.load(slug)).letter
    return [one.sentence for one in find_doubts(letter, status, slug, rank_applications(workspace, letter))]


@pytest.mark.parametrize(
    ("sender", "text", "slug"),
    [
        ("Ada Novak <ada.novak@kiteworks.example>", NO, "kite-works"),
        ("Someone New <new@tern.example>", NO, "tern"),
        ("Someone New <new@kiteworks.example>", f"{NO} It was about the Office Manager role.", "kite-works-2"),
        ("Someone New <new@kiteworks.example>", NO, ""),
        ("Rob <rob@agency.example>", f"Plover Bank wrote. {NO}", "plover"),
        ("Rob <rob@agency.example>", NO, ""),
        ("", f"Thank you for your interest in Kite Labs. {NO}", "kite-labs"),
        ("", f"Thank you for your interest in Kite. {NO}", ""),
        ("", f"{NO}\n\nBest,\nUwe Brandt", "kite-labs"),
        ("", NO, ""),
        ("Globex <hr@globex.example>", f"Thank you for your interest in Globex. {NO}", ""),
    ],
)
def test_the_letter_tells_its_application_where_it_is_plain(
    workspace: Workspace, sender: str, text: str, slug: str
) -> None:
    """By address, domain, company, position and people; where none or several fit, nothing is guessed."""
    assert _meant(workspace, _letter(sender, text)) == slug


def test_an_application_that_has_ended_is_asked_about(workspace: Workspace) -> None:
    """A second letter from there may be for another: it is not taken by itself, and the list says so."""
    workspace.facts.change("tern", {"outcome": {"status": "rejected"}})
    content = _letter("Mia Hall <mia@tern.example>", NO)
    assert _meant(workspace, content) == ""
    fits = rank_applications(workspace, take_letter(workspace, content, None).letter)
    assert say_candidate(fits[0]) == "tern: Data Analyst at Tern, rejected already (Mia Hall wrote it)"


def test_the_reasons_are_said_best_first(workspace: Workspace) -> None:
    """What is asked lists the likeliest first, with why."""
    letter = take_letter(workspace, _letter("new@kiteworks.example", f"{NO} It was about Data Analyst."), None).letter
    fits = rank_applications(workspace, letter)
    assert fits[0].application.slug == "kite-works"
    assert "it comes from kiteworks.example" in fits[0].why
    assert "Data Analyst" in fits[0].why


@pytest.mark.parametrize(
    ("slug", "sender", "text", "said"),
    [
        ("kite-works", "Mia Hall <mia@tern.example>", NO, "comes from tern.example, which belongs to tern"),
        ("kite-works", "X Y <x@tern.example>", f"We at Tern decided. {NO}", "comes from tern.example and names Tern"),
        ("kite-labs", "Ada Novak <ada.novak@kiteworks.example>", NO, "comes from kiteworks.example"),
        ("tern", "Rob <rob@agency.example>", f"The role at Plover Bank is gone. {NO}", "names Plover Bank"),
        ("tern", "", f"Thank you for applying to Globex. {NO}", "names Globex; tern is Tern"),
        ("kite-works", "Ada Novak <ada.novak@kiteworks.example>", f"About the Office Manager role: {NO}", "Office Manager"),
        ("plover", "", f"{NO} We wish you well with your search for a Software Engineer role.", "Software Engineer"),
    ],
)  # fmt: skip
def test_a_letter_of_another_application_is_noticed(
    workspace: Workspace, slug: str, sender: str, text: str, said: str
) -> None:
    """Another company by domain or by name, or another position: one sentence says what differs."""
    [sentence] = _doubts(workspace, slug, _letter(sender, text))
    assert said in sentence


@pytest.mark.parametrize(
    ("slug", "sender", "text"),
    [
        ("tern", "", NO),
        ("kite-labs", "", f"Thanks for your interest in Kite. {NO}"),
        ("kite-labs", "", f"Thank you for applying to KiteLabs. {NO}"),
        ("kite-works", "Kite Works Inc. <no-reply@greenhouse.io>", f"Thank you for applying to Kite Works. {NO}"),
        ("tern", "Rob <rob@agency.example>", f"The client said no. {NO}"),
        ("tern", "Tern <tern@myworkday.com>", NO),
        ("tern", "Mia Hall <mia@tern.example>", f"The winner worked at Kite Works before. {NO}"),
        ("kite-works", "x@holding.example", f"{NO} You were good, as Ada Novak said."),
        ("kite-works", "", f"Спасибо за интерес к компании Кайт. {NO}"),
        ("kite-works", "", f"{NO} We sought a Senior Data Analyst."),
        ("kite-works", "Ada Novak <ada.novak@kiteworks.example>", f"{NO} Good luck at Tern!"),
    ],
)
def test_a_letter_that_fits_raises_no_doubt(workspace: Workspace, slug: str, sender: str, text: str) -> None:
    """No name, a short one, another script, an agency, an applicant system, another company in passing."""
    assert _doubts(workspace, slug, _letter(sender, text)) == []


def test_what_does_not_read_like_a_no_is_noticed_with_its_sentence(workspace: Workspace) -> None:
    """An invitation for a rejection, and a no for an offer; a no for a rejection is none."""
    invitation = _letter("mia@tern.example", "We would like to invite you to a second interview.")
    assert _doubts(workspace, "tern", invitation) == [
        'This reads like an invitation, not like a rejection: "We would like to invite you to a second interview."'
    ]
    no = _letter("mia@tern.example", NO)
    assert "not like an offer" in _doubts(workspace, "tern", no, Status.OFFER)[0]
    assert _doubts(workspace, "tern", no) == []


def _answer(workspace: Workspace, slug: str, sender: str, text: str) -> tuple[Answered, ...]:
    letter = take_letter(workspace, _letter(sender, text), workspace.facts.load(slug)).letter
    return whom_to_answer(letter, workspace.facts.load(slug))


@pytest.mark.parametrize(
    ("sender", "text", "name", "email"),
    [
        ("Ada Novak <ada.novak@kiteworks.example>", NO, "Dr. Ada Novak", "ada.novak@kiteworks.example"),
        ("Ivo Lang <ivo@kiteworks.example>", NO, "Ivo Lang", "ivo@kiteworks.example"),
        ("New One <new@kiteworks.example>", NO, "New One", "new@kiteworks.example"),
        ("The Kite Team <talent@kiteworks.example>", NO, "", "talent@kiteworks.example"),
        ("Kite <talent@kiteworks.example>", f"{NO}\n\nBest,\nAda", "Dr. Ada Novak", "ada.novak@kiteworks.example"),
        ("no-reply@kiteworks.example", f"{NO}\n\nBest,\nAda", "Dr. Ada Novak", "ada.novak@kiteworks.example"),
        ("no-reply@kiteworks.example", f"{NO}\n\nBest,\nZoe", "", "no-reply@kiteworks.example"),
        ("New One <new@kiteworks.example>", f"{NO}\n\nBest,\nAda", "Dr. Ada Novak", "ada.novak@kiteworks.example"),
        ("New One <new@kiteworks.example>", f"{NO}\n\nBest,\nZoe", "New One", "new@kiteworks.example"),
        ("", f"{NO}\n\nBest,\nAda", "Dr. Ada Novak", "ada.novak@kiteworks.example"),
        ("", f"{NO}\n\nBest,\nZoe Quill\nzoe@kiteworks.example", "Zoe Quill", "zoe@kiteworks.example"),
        ("", f"{NO}\n\nBest,\nIvo\nKite | E: <ivo.lang@kiteworks.example>", "Ivo Lang", "ivo.lang@kiteworks.example"),
        ("no-reply@kite.example", f"{NO}\n\nBest,\nZoe\nzoe@kite.example", "Zoe", "zoe@kite.example"),
        ("", f"{NO}\n\nBest,\nZoe Quill\nzquill@kiteworks.example", "Zoe Quill", "zquill@kiteworks.example"),
        ("", f"{NO}\n\nBest,\nZoe Quill\ncareers@kiteworks.example", "", ""),
        ("", f"{NO}\n\nBest,\nZoe Quill\nzoe@kite.example or ann@kite.example", "", ""),
        ("", f"{NO}\n\nBest,\nZoe Quill\nbob.stone@kiteworks.example", "", ""),
    ],
)
def test_whoever_wrote_is_answered(workspace: Workspace, sender: str, text: str, name: str, email: str) -> None:
    """By the name in their mail: known, new, a team, a machine, one who signed for another or with an address."""
    first = _answer(workspace, "kite-works", sender, text)[0]
    assert (first.name, first.email) == (name, email)


def test_where_two_people_may_be_meant_both_are_named(workspace: Workspace) -> None:
    """An assistant sent what the manager signed: the user may choose."""
    both = _answer(workspace, "kite-works", "New One <new@kiteworks.example>", f"{NO}\n\nBest,\nAda")
    assert [one.email for one in both] == ["ada.novak@kiteworks.example", "new@kiteworks.example"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_somebody_new_is_a_contact_and_greeted(workspace: Workspace, line_end: str) -> None:
    """They are written into the facts, said, and answered by their first name, with "Re:" but in no made-up thread."""
    path = workspace.facts.path("tern")
    path.write_bytes(path.read_bytes().replace(b"\n", line_end.encode()))
    content = _letter("Noor Amin <noor.amin@tern.example>", NO, "Your application")
    letter = take_letter(workspace, content, workspace.facts.load("tern")).letter
    answered = whom_to_answer(letter, workspace.facts.load("tern"))[0]
    said: list[str] = []
    received = replace(letter.received, sender=answered.email)
    done = record_rejection(
        workspace, "tern", (None, received), lambda: said.append(keep_contact(workspace, "tern", answered))
    )
    [mail] = done.prepared
    assert said == ["Noor Amin was not among the people of this application, and is added as a contact."]
    assert [one.email for one in workspace.facts.load("tern").contacts] == ["noor.amin@tern.example"]
    assert mail.written.draft.text.startswith("Hi Noor,")
    assert (mail.written.draft.subject, mail.written.draft.thread) == ("Re: Your application", None)
    assert b"In-Reply-To" not in mail.message.content
    assert line_end == "\n" or b"\n" not in path.read_bytes().replace(b"\r\n", b"")


def test_an_address_that_was_missing_is_kept_in_every_round(workspace: Workspace) -> None:
    """Who had none, or another, has the one they wrote from; nothing else in the file changes."""
    path = workspace.facts.path("tern")
    more = '[[interviews]]\nround = 2\nstart = "2026-11-20 14:00"\nduration = "45 min"\n[[interviews.people]]\nname = "Mia Hall"\n'
    path.write_text(f'{path.read_text("utf-8")}{more}email = "mia@tern.example"  # her desk\n', "utf-8")
    before = path.read_text("utf-8")
    answered = _answer(workspace, "tern", "Mia Hall <mia.hall@tern.example>", NO)[0]
    assert "instead of mia@tern.example" in keep_contact(workspace, "tern", answered)
    assert path.read_text("utf-8") == before.replace("mia@tern.example", "mia.hall@tern.example")


def test_a_friends_forward_is_their_letter(workspace: Workspace) -> None:
    """Attached or below the friend's words; a forward by one of theirs stays that person's."""
    inner = f"From: Mia Hall <mia@tern.example>\nDate: Mon, 23 Nov 2026 09:10:00 +0000\nSubject: No\n\n{NO}\n"
    attached = (
        f"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--b\nContent-Type: message/rfc822\n\n{inner}--b--\n"
    )
    below = f"\nsorry!\n\n---------- Forwarded message ---------\n{inner}"
    for rest in (attached, below):
        for sender, whose in (
            ("sam@friends.example", "mia@tern.example"),
            ("rob@agency.example", "rob@agency.example"),
        ):
            mail = f"From: {sender}\nSubject: Fwd: No\nMessage-ID: <1@y.example>\nMIME-Version: 1.0\n{rest}"
            taken = take_letter(workspace, mail.encode(), workspace.facts.load("tern"))
            assert taken.letter.received.sender == whose
            assert bool(taken.told) == (whose == "mia@tern.example")


def test_the_users_own_mail_is_refused(workspace: Workspace) -> None:
    """A copy of what the user sent is no letter of theirs."""
    with pytest.raises(FactsError, match="your own address"):
        take_letter(workspace, _letter("Jordan <jordan@example.com>", "Thank you for the conversation."), None)


def test_what_a_recruiter_passes_on_tells_the_application(workspace: Workspace) -> None:
    """Of "see below" the recruiter is answered, and what stands below says which client it is."""
    below = f"See below.\nRob\n\nFrom: Ann Lee <ann@plover.example>\nSent: 24 November 2026 13:40\nTo: Rob\nSubject: Jordan\n\n{NO}\nAnn Lee"
    content = _letter("Rob Agent <rob@agency.example>", below, "FW: Jordan")
    assert take_letter(workspace, content, None).letter.received.sender == "rob@agency.example"
    assert _meant(workspace, content) == "plover"


def test_a_short_name_that_two_companies_share_hides_no_mismatch(workspace: Workspace) -> None:
    """ "Kite" from kitelabs.example is Kite Labs, not Kite Works."""
    [sentence] = _doubts(
        workspace, "kite-works", _letter("Uwe Brandt <uwe.brandt@kitelabs.example>", f"No job at Kite. {NO}")
    )
    assert "comes from kitelabs.example" in sentence


def test_a_company_is_nobody_who_could_be_greeted(workspace: Workspace) -> None:
    """A sender that is shown as "Tern" alone."""
    assert _answer(workspace, "tern", "Tern <jobs@tern.example>", NO)[0].name == ""


@pytest.mark.parametrize(
    ("sender", "text", "named"),
    [
        ("Ann <hr@plovercapital.example>", f"Thank you for applying to Plover Capital. {NO}", "Plover Capital"),
        ("Ann <a@pl.example>", f"Thank you for your application to Plover & Sons. {NO}", "Plover & Sons"),
        ("Ann <a@pl.example>", f"The Teller role at Plover Bank Partners is filled. {NO}", "Plover Bank Partners"),
        ("Plover Energy <no-reply@greenhouse.io>", f"Thank you for joining our process. {NO}", "Plover Energy"),
        ("", f"{NO} Thank you for your interest in the position at Plover Insurance.", "Plover Insurance"),
    ],
)
def test_a_company_with_a_name_alike_is_another(workspace: Workspace, sender: str, text: str, named: str) -> None:
    """A longer or another name that shares a word, and does not come from this company's own domain."""
    [sentence] = _doubts(workspace, "plover", _letter(sender, text))
    assert f"names {named}; plover is Plover Bank" in sentence


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("Ann <hr@ploverbank.example>", f"Thank you for your application to Plover Banking Group. {NO}"),
        ("Ann <new@plover.example>", f"Thank you for applying to Plover Capital. {NO}"),
        ("Ann <a@pl.example>", f"Thank you for applying to Plover. {NO}"),
        ("Ann <a@pl.example>", f"Thank you for applying to Plover Bank Ltd. {NO}"),
        ("Ann <a@pl.example>", f"The Teller role at Plover Bank Germany is filled. {NO}"),
        ("Plover Careers <no-reply@greenhouse.io>", NO),
        ("Plover Bank Talent Team <no-reply@greenhouse.io>", NO),
        ("", f"Thank you for your interest in joining Plover Bank Partners. {NO}"),
        ("Ann <a@pl.example>", f"Plover Bank thanks you. {NO} The winner had the same role at Plover Capital."),
    ],
)
def test_a_name_said_in_another_way_is_the_same_company(workspace: Workspace, sender: str, text: str) -> None:
    """Its own domain, a shorter name, a legal form, a country, a team; a longer name of which nobody tells more."""
    assert _doubts(workspace, "plover", _letter(sender, text)) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"About the Analyst role at Globex Water: {NO}", "Globex Water"),
        ("Globex have come back to me, and they won't be taking you further.", "Globex"),
        (f"Sad news from my client, Globex Rail. {NO}", "Globex Rail"),
    ],
)
def test_another_client_of_an_agency_is_noticed(workspace: Workspace, text: str, named: str) -> None:
    """A recruiter who is known from one application writes about an employer that nobody has noted."""
    [sentence] = _doubts(workspace, "plover", _letter("Rob Agent <rob@agency.example>", text))
    assert f"names {named}; plover is Plover Bank" in sentence


@pytest.mark.parametrize(
    "text",
    [
        f"The client said no. {NO}",
        "Plover have come back to me, and they won't be taking you further.",
        f"The Teller role is gone. {NO}",
        "Ann Lee and the team have decided against it.",
        f"I wish you luck. {NO} Everyone at Agency thinks highly of you.",
        f"They have filled the role. {NO}",
        "Unfortunately we have chosen somebody else.",
    ],
)
def test_an_agency_that_names_no_other_client_raises_no_doubt(workspace: Workspace, text: str) -> None:
    """ "The client", the company's short name, its people, the agency itself."""
    assert _doubts(workspace, "plover", _letter("Rob Agent <rob@agency.example>", text)) == []


@pytest.mark.parametrize(
    ("slug", "sender", "text", "meant"),
    [
        ("kite-works", "Rosa Diaz <rosa.diaz@kiteworks.example>", NO, "kite-works-2"),
        ("tern", "", f"{NO}\n\nBest,\nUwe Brandt", "kite-labs"),
        ("kite-works", "Rosa Diaz <rd@gmail.com>", NO, "kite-works-2"),
        ("kite-works-2", "", f"{NO}\n\nBest,\nDr. Ada Novak", "kite-works"),
    ],
)
def test_a_writer_of_another_application_is_noticed(
    workspace: Workspace, slug: str, sender: str, text: str, meant: str
) -> None:
    """By address or by name; also where both are at one company."""
    letter = take_letter(workspace, _letter(sender, text), workspace.facts.load(slug)).letter
    [doubt] = find_doubts(letter, Status.REJECTED, slug, rank_applications(workspace, letter))
    assert doubt.meant == meant
    assert f"known in {meant}" in doubt.sentence or "belongs to" in doubt.sentence


@pytest.mark.parametrize(
    ("slug", "sender", "text"),
    [
        ("kite-works", "Rosa Diaz <rosa.diaz@kiteworks.example>", f"It is about the Data Analyst role. {NO}"),
        ("kite-works", "New One <new@kiteworks.example>", NO),
        ("tern", "", f"The role at Tern is gone. {NO}\n\nBest,\nUwe"),
        ("tern", "Uwe Brandt <uwe.brandt@tern.example>", NO),
        ("tern", "", f"The role at Tern is gone. {NO}\n\nBest,\nUwe Brandt"),
        ("kite-works", "Rosa Diaz <rosa.diaz@kiteworks.example>", f"{NO}\n\nBest,\nAda"),
    ],
)
def test_a_writer_who_may_be_of_this_application_raises_no_doubt(
    workspace: Workspace, slug: str, sender: str, text: str
) -> None:
    """The position is named, the company is, or somebody of it signed."""
    assert _doubts(workspace, slug, _letter(sender, text)) == []


def test_the_name_in_a_signature_puts_its_application_first(workspace: Workspace) -> None:
    """A first name that one application alone has is a reason, but not enough to take it unasked."""
    content = _letter("", f"{NO}\n\nBest,\nMia")
    fits = rank_applications(workspace, take_letter(workspace, content, None).letter)
    assert (fits[0].application.slug, fits[0].why) == ("tern", "it is signed Mia")
    assert plainly_meant(fits) is None
    both = rank_applications(workspace, take_letter(workspace, _letter("", f"{NO}\n\nBest,\nRob"), None).letter)
    assert not any(fit.score for fit in both)


@pytest.mark.parametrize("header", ["List-Unsubscribe: <https://tern.example/u>", "Precedence: bulk", "X-Mailer: none"])
def test_a_newsletter_is_noticed_also_for_a_named_application(workspace: Workspace, header: str) -> None:
    """By its headers or by its last lines, also where a sentence could be a no."""
    text = "Why we decided to go with another colour.\nMeet us at the fair!\n\nUnsubscribe: https://tern.example/u"
    mail = f"From: Tern <news@tern.example>\nSubject: Tern Times\nMessage-ID: <1@tern.example>\n{header}\n\n{text}\n"
    assert _doubts(workspace, "tern", mail.encode()) == [
        'This reads like a newsletter, not like a rejection: "Tern Times"'
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for your application. The team wanted somebody with dbt.",
        f"Dear applicant, {NO} We were glad to consider you.",
        "Wir danken für Ihre Bewerbung und wünschen Ihnen alles Gute.",
        "It was good to meet you. We are going another way.",
    ],
)
def test_a_rejection_from_a_system_that_lets_one_unsubscribe_is_one(workspace: Workspace, text: str) -> None:
    """Applicant systems set these headers too; what speaks of the reader's application is no newsletter."""
    head = "From: Tern <no-reply@greenhouse.io>\nSubject: Tern\nMessage-ID: <1@g.example>\nPrecedence: bulk"
    mail = f"{head}\nList-Unsubscribe: <https://g.example/u>\nContent-Type: text/plain; charset=utf-8\n\n{text}\n\nUnsubscribe\n"
    assert _doubts(workspace, "tern", mail.encode()) == []


@pytest.mark.parametrize(("signed", "greeted"), [("E. Barlow (Miss)", "Miss Barlow"), ("P. Roe (Mr)", "Mr Roe")])
def test_a_title_behind_the_name_is_used_to_greet(workspace: Workspace, signed: str, greeted: str) -> None:
    """As offices sign, and under an address of a team."""
    answered = _answer(workspace, "tern", "Tern HR <hr@tern.example>", f"{NO}\n\nYours sincerely\n\n{signed}")[0]
    assert answered.email == "hr@tern.example"
    assert short_name(answered.name) == greeted


def test_another_client_is_noticed_where_nobody_else_has_an_address(workspace: Workspace) -> None:
    """Who else was met tells nothing about the domain of the company then."""
    workspace.facts.create(
        "dune", _facts("Dune Mills", "Miller", [("Eva Sand", ""), ("Kim Agent", "kim@agency.example")])
    )
    letter = _letter("Kim Agent <kim@agency.example>", f"About the Miller role at Globex Water: {NO}")
    assert "names Globex Water" in _doubts(workspace, "dune", letter)[0]


def test_a_position_alone_is_nobodys(workspace: Workspace) -> None:
    """Another company has a position of that name as well: it is asked about, however few applications there are."""
    text = "We have decided not to take your application for the position of Teller any further."
    assert _meant(workspace, _letter("Devon Price <devon@summitlines.example>", text)) == ""


def test_what_says_no_no_is_not_recorded_unasked(workspace: Workspace) -> None:
    """Where the letter alone tells the application it must say no too; who names the application has read it."""
    letter = take_letter(
        workspace, _letter("Ann Lee <ann@plover.example>", "We had three rounds and one chair."), None
    ).letter
    fits = rank_applications(workspace, letter)
    assert find_doubts(letter, Status.REJECTED, "plover", fits) == ()
    (doubt,) = find_doubts(letter, Status.REJECTED, "plover", fits, is_named=False)
    assert doubt.sentence == "No sentence of the letter is plainly a no."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("See you on Thursday for the second interview. Please bring your laptop.", "a meeting that is still to come"),
        ("Looking forward to meeting you on Monday at 10:00.", "a meeting that is still to come"),
        ("Please bring your passport.", "a meeting that is still to come"),
        ("Bis Donnerstag!", "a meeting that is still to come"),
        ("You have not been rejected! We would love to have you.", "says itself that it is no rejection"),
        ("This is not a rejection.", "says itself that it is no rejection"),
        ("My cat is nice.", 'No word of the letter is about an application or a decision: "My cat is nice."'),
        ("Das Wetter ist schön und die Sonne scheint.", "No word of the letter is about an application"),
    ],
)
def test_what_is_hardly_a_no_is_noticed_also_for_a_named_application(
    workspace: Workspace, text: str, said: str
) -> None:
    """An appointment, a letter that denies it, and one about something else; the sentence is quoted."""
    [sentence] = _doubts(workspace, "tern", _letter("Mia Hall <mia@tern.example>", text, "Photos"))
    assert said in sentence


@pytest.mark.parametrize("text", ["", "\0\0\0"])
def test_a_letter_without_text_is_noticed(workspace: Workspace, text: str) -> None:
    """A subject alone, or what is no text, says no no."""
    mail = f"From: Mia Hall <mia@tern.example>\nMessage-ID: <1@tern.example>\nSubject: My cat\n\n{text}"
    assert _doubts(workspace, "tern", mail.encode()) == ["There is no text of theirs in this letter."]


@pytest.mark.parametrize(
    "text",
    [
        "It was good to see you on Thursday. The boat has sailed, though.",
        "We were looking forward to seeing you on Monday. The owner has sold the shop.",
        "The team wanted somebody with dbt.",
        "This is not a rejection of you as a person. We had one chair.",
        "The winter orders don't carry a second salary.",
        "Il ruolo lo abbiamo affidato a chi aveva seguito il cantiere.",
        "Stanowisko jest obsadzone.",
        "Ihre Unterlagen sind nicht dabei.",
    ],
)
def test_a_no_in_unusual_words_raises_no_doubt(workspace: Workspace, text: str) -> None:
    """A no can be said in any words, and in languages that no list knows."""
    assert _doubts(workspace, "tern", _letter("Mia Hall <mia@tern.example>", text, "Hello")) == []


@pytest.mark.parametrize(
    ("status", "said"),
    [(Status.WITHDRAWN, "an answer to your withdrawal"), (Status.WAITING, "news that leaves you waiting")],
)
def test_a_no_is_noticed_whatever_else_is_recorded(workspace: Workspace, status: Status, said: str) -> None:
    """With what to record instead; what a withdrawal is answered with otherwise raises no doubt."""
    letter = take_letter(workspace, _letter("Mia Hall <mia@tern.example>", NO), workspace.facts.load("tern")).letter
    [doubt] = find_doubts(letter, status, "tern", rank_applications(workspace, letter))
    assert doubt.sentence == f'This reads like a no, not like {said}: "{NO}"'
    assert doubt.better is Status.REJECTED
    thanks = _letter("Mia Hall <mia@tern.example>", "Thank you for telling us. All the best!")
    assert _doubts(workspace, "tern", thanks, status) == []


@pytest.mark.parametrize(("day", "is_doubted"), [("30 Nov 2016", True), ("24 Nov 2024", True), ("24 Aug 2026", False)])
def test_a_letter_from_long_before_the_application_is_noticed(workspace: Workspace, day: str, is_doubted: bool) -> None:
    """Its day would be the day of their answer, from which everything else is counted."""
    content = _letter("Mia Hall <mia@tern.example>", NO).replace(b"24 Nov 2026", day.encode())
    found = _doubts(workspace, "tern", content)
    assert bool(found) == is_doubted
    assert all("long before the first day of tern, Wed 18 Nov 2026" in sentence for sentence in found)


def test_a_first_name_of_another_application_is_asked_about(workspace: Workspace) -> None:
    """Where nothing else speaks for the application, nobody there has the name and somebody elsewhere does."""
    (doubt,) = _doubts(workspace, "plover", _letter("", f"{NO}\n\nBest,\nUwe"))
    where = "kite-labs (Data Analyst at Kite Labs GmbH)"
    assert doubt == f"The letter is signed Uwe: Uwe Brandt is known in {where}, nobody of that name in plover."
    assert not _doubts(workspace, "plover", _letter("Ann Lee <ann@plover.example>", f"{NO}\n\nBest,\nUwe"))
    assert not _doubts(workspace, "plover", _letter("", f"{NO}\n\nBest,\nZoe"))
