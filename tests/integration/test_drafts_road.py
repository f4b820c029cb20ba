"""From the facts in a home folder to finished words: attachments, their message, a letter to print."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from changing import replace

from followup_mail.cadence.step import History, Kind, Touch
from followup_mail.errors import FactsError, TemplateError
from followup_mail.facts.application import Channel, Status
from followup_mail.facts.channels import CARD
from followup_mail.services.answers.record_outcome import OutcomeChanges, record_outcome
from followup_mail.services.answers.take_letter import take_letter
from followup_mail.services.by_hand.scripts import letter_page
from followup_mail.services.context.application_context import ApplicationContext, open_application
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import (
    AFTER_THE_INTERVIEW,
    NEXT_MORNING,
    REJECTION,
    REJECTION_CAME,
    SLUG,
    Clock,
    make_demo_workspace,
)
from followup_mail.services.writing import prepare as preparing
from followup_mail.services.writing.prepare import prepare
from followup_mail.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The workspace of the demonstration, an hour after the interview."""
    return make_demo_workspace(tmp_path / "home", Clock(AFTER_THE_INTERVIEW))


def promise(workspace: Workspace, text: str = "the case study") -> None:
    path = workspace.facts.path(SLUG)
    path.write_text(
        path.read_text("utf-8") + f'\n[[promised]]\nwhat = "{text}"\nto = "everybody"\nfile = "study.pdf"\n', "utf-8"
    )
    (path.parent / "study.pdf").write_bytes(b"%PDF-1.7")


def test_a_promised_file_travels_with_the_thank_you(workspace: Workspace) -> None:
    """It is attached, and the text says so by the name that the candidate gave it."""
    promise(workspace)
    for one in prepare(workspace, Request(SLUG, Kind.THANK_YOU)).prepared:
        draft = one.written.draft
        assert [file.filename for file in draft.attachments] == ["study.pdf"]
        assert "the case study" in draft.text


def test_a_promised_file_is_sent_to_each_person_once(workspace: Workspace) -> None:
    """The thank-you after a second round does not bring it again."""
    promise(workspace)
    case = open_application(workspace, SLUG)
    step = next(one for one in case.plan.steps if one.kind is Kind.THANK_YOU)
    earlier = Touch(replace(step.id, round=0), Channel.EMAIL, AFTER_THE_INTERVIEW, text="I attach the case study.")
    second = replace(case, planning=replace(case.planning, history=History((earlier,))))
    assert preparing.promised_files(workspace, case, step)
    assert preparing.promised_files(workspace, second, step) == ()


def test_a_promised_file_that_is_gone_stops_the_mail(workspace: Workspace) -> None:
    """Nothing is written before it is there; the error says where it is looked for."""
    promise(workspace)
    (workspace.facts.path(SLUG).parent / "study.pdf").unlink()
    with pytest.raises(FactsError, match=r"study\.pdf, which you promised to send, cannot be read"):
        prepare(workspace, Request(SLUG, Kind.THANK_YOU))


def record_letter(workspace: Workspace, path: Path, status: Status = Status.REJECTED) -> OutcomeChanges:
    """Record an outcome with the letter of a file."""
    letter = take_letter(workspace, path, workspace.facts.load(SLUG)).letter
    return record_outcome(workspace, SLUG, status, None, letter.received)


def test_their_message_is_recorded(workspace: Workspace) -> None:
    """Sender, id, subject and day, for the answer in their thread."""
    workspace = replace(workspace, clock=Clock(REJECTION_CAME))
    record_letter(workspace, workspace.home / "their-answer.eml")
    outcome = workspace.facts.load(SLUG).outcome
    assert (outcome.by, outcome.message_id) == (
        "priya.raman@lumenfreight.example",
        "<20261123-7f3a@lumenfreight.example>",
    )
    assert outcome.on == date(2026, 11, 23)
    (one,) = prepare(workspace, Request(SLUG, Kind.REJECTION_THANKS)).prepared
    assert one.message.subject == "Re: Your application as Data Engineer"
    assert one.message.references == ("<20261123-7f3a@lumenfreight.example>",)


def test_a_message_dated_in_the_future_came_today(workspace: Workspace, tmp_path: Path) -> None:
    """A wrong clock on their side does not put the answer off."""
    path = tmp_path / "their.eml"
    path.write_text(REJECTION.replace("23 Nov 2026", "23 Nov 2027"), "utf-8")
    record_letter(replace(workspace, clock=Clock(REJECTION_CAME)), path)
    assert workspace.facts.load(SLUG).outcome.on == date(2026, 11, 23)


def test_a_message_from_oneself_is_not_theirs(workspace: Workspace, tmp_path: Path) -> None:
    """A copy or a forward: nothing is recorded, nothing is stopped."""
    path = tmp_path / "their.eml"
    path.write_text(REJECTION.replace("priya.raman@lumenfreight.example", "Jordan@Example.com"), "utf-8")
    with pytest.raises(FactsError, match="sent from your own address"):
        record_letter(workspace, path)
    assert workspace.facts.load(SLUG).outcome.status is Status.WAITING


@pytest.mark.parametrize("status", [Status.REJECTED, Status.REPLIED])
def test_an_automatic_reply_is_not_recorded(workspace: Workspace, tmp_path: Path, status: Status) -> None:
    """Nothing is recorded, nothing is stopped; the error says how to record an answer all the same."""
    path = tmp_path / "their.eml"
    path.write_text(REJECTION.replace("Subject: ", "Auto-Submitted: auto-replied\nSubject: ", 1), "utf-8")
    with pytest.raises(FactsError, match="is an automatic reply, not an answer"):
        record_letter(workspace, path, status)
    assert workspace.facts.load(SLUG).outcome.status is Status.WAITING


def test_a_machine_that_rejects_is_answered_to_the_person(workspace: Workspace, tmp_path: Path) -> None:
    """Nobody reads the mailbox of a tracking system: the one from the interview gets the thanks, and that is said."""
    path = tmp_path / "their.eml"
    path.write_text(REJECTION.replace("priya.raman@lumenfreight.example", "lumen@myworkday.com"), "utf-8")
    workspace = replace(workspace, clock=Clock(REJECTION_CAME))
    concluded = record_letter(workspace, path)
    assert concluded.notes == (
        "Nobody reads lumen@myworkday.com: an answer goes to the person known from the interview.",
    )
    (one,) = prepare(workspace, Request(SLUG, Kind.REJECTION_THANKS)).prepared
    assert (one.written.draft.to.email, one.message.references) == ("priya.raman@lumenfreight.example", ())


def test_a_thread_that_is_lost_is_said(workspace: Workspace, tmp_path: Path) -> None:
    """An id that cannot stand in a mail is left out, and not in silence."""
    path = tmp_path / "their.eml"
    path.write_text(REJECTION.replace("<20261123-7f3a@lumenfreight.example>", "<2026 1123>"), "utf-8")
    concluded = record_letter(replace(workspace, clock=Clock(REJECTION_CAME)), path)
    assert "cannot stay in its thread" in concluded.notes[0]


def test_an_id_without_a_domain_still_places_the_answer(workspace: Workspace, tmp_path: Path) -> None:
    """Their system writes it so; the answer names it letter by letter, in a mail that passes the last look."""
    path = tmp_path / "their.eml"
    path.write_text(REJECTION.replace("<20261123-7f3a@lumenfreight.example>", "<abc123>"), "utf-8")
    workspace = replace(workspace, clock=Clock(REJECTION_CAME))
    assert record_letter(workspace, path).notes == ()
    (one,) = prepare(workspace, Request(SLUG, Kind.REJECTION_THANKS)).prepared
    assert one.message.references == ("<abc123>",)
    assert b"\r\nIn-Reply-To: <abc123>\r\n" in one.message.content
    assert "@" in one.message.message_id


PRIYA = "priya.raman@lumenfreight.example"
INLINE = f"see below\n\n---------- Forwarded message ---------\nFrom: Priya Raman <{PRIYA}>\nDate: Mon\n\nNo.\n"


def pass_on(sender: str, subject: str, inner: str) -> str:
    """Return a mail that holds another one: in its text, or attached where that is a whole mail."""
    heading = f"From: {sender}\nTo: jordan@example.com\nSubject: {subject}\nMessage-ID: <f1@x.example>\n"
    if inner.startswith("see below"):
        return f"{heading}\n{inner}"
    kind = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhere\n--b\nContent-Type: message/rfc822\n\n"
    return f"{heading}{kind}{inner}\n--b--\n"


@pytest.mark.parametrize("subject", ["Fwd: Your application", "Re: Fwd: Your application", "Your application"])
@pytest.mark.parametrize("inner", [INLINE, REJECTION])
@pytest.mark.parametrize("sender", ["Sam Friend <sam@friends.example>", "sam.friend@gmail.com"])
def test_a_forward_by_a_friend_is_answered_to_the_writer(
    workspace: Workspace, tmp_path: Path, subject: str, inner: str, sender: str
) -> None:
    """The thanks go to whoever wrote the mail that a friend passed on, not to the friend."""
    path = tmp_path / "their.eml"
    path.write_text(pass_on(sender, subject, inner), "utf-8")
    record_letter(replace(workspace, clock=Clock(REJECTION_CAME)), path)
    outcome = workspace.facts.load(SLUG).outcome
    assert (outcome.status, outcome.by) == (Status.REJECTED, PRIYA)


@pytest.mark.parametrize(
    ("sender", "inner"),
    [
        (PRIYA, INLINE.replace(PRIYA, "boss@holding.example")),
        (PRIYA, REJECTION.replace(PRIYA, "boss@holding.example")),
        ("hr@lumenfreight.example", REJECTION),
        ("hr@mail.lumenfreight.example", INLINE),
        ("no-reply@tracking.example", REJECTION),
        (f"jobs@tracking.example\nReply-To: {PRIYA}", REJECTION),
        ("hr@holding.example", REJECTION.replace(PRIYA, "jordan@example.com")),
        ("hr@holding.example", INLINE.replace(PRIYA, "jordan@example.com")),
        ("hr@holding.example", REJECTION.replace(PRIYA, "boss@holding.example")),
    ],
)
def test_whom_the_facts_name_may_pass_a_mail_on(workspace: Workspace, tmp_path: Path, sender: str, inner: str) -> None:
    """A person of the facts, a colleague, a machine of theirs; and anybody who attaches the candidate's own mail."""
    path = tmp_path / "their.eml"
    path.write_text(pass_on(sender, "Fwd: Your application", inner), "utf-8")
    record_letter(replace(workspace, clock=Clock(REJECTION_CAME)), path)
    assert workspace.facts.load(SLUG).outcome.status is Status.REJECTED


def letter_case(workspace: Workspace) -> tuple[ApplicationContext, str]:
    case = open_application(workspace, SLUG, "weekly-calls")
    step = next(one for one in case.plan.steps if one.kind is Kind.THANK_YOU and one.channel is Channel.POST)
    return case, letter_page(workspace, case, step)


def test_a_letter_can_be_printed(workspace: Workspace) -> None:
    """Both addresses, the date as it is written there, the text, the name under it."""
    _, page = letter_case(replace(workspace, clock=Clock(NEXT_MORNING)))
    assert "Jordan Example\n+1 312 555 0142\njordan@example.com" in page
    assert "Dr. Priya Raman\nHead of Data\nLumen Freight" in page
    assert "November 18, 2026" in page
    assert "<p>Dear Dr. Raman,</p>" in page
    assert "<p>Jordan Example</p>" in page


def test_a_card_has_neither_addresses_nor_a_date(workspace: Workspace) -> None:
    """Only the greeting, the text and the name are printed on it."""
    case, letter = letter_case(replace(workspace, clock=Clock(NEXT_MORNING)))
    step = next(step for step in case.plan.steps if step.kind is Kind.THANK_YOU and step.channel is Channel.POST)
    card = letter_page(workspace, case, step, CARD)
    assert "<title>Card to Dr. Priya Raman</title>" in card
    assert "<p>Dear Dr. Raman,</p>" in card
    assert "<address>" in letter
    assert "<address>" not in card
    assert "November 18, 2026" not in card


def test_nothing_in_a_letter_is_markup(workspace: Workspace) -> None:
    """Facts are escaped."""
    path = workspace.facts.path(SLUG)
    path.write_text(path.read_text("utf-8").replace("Lumen Freight", "<script>alert(1)</script> & Co"), "utf-8")
    _, page = letter_case(workspace)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_an_own_layout_is_used_and_kept_from_internals(workspace: Workspace) -> None:
    """It hides the built-in page; what it may not do is refused with its name."""
    layout = workspace.home / "templates" / "layout" / "mail.html"
    layout.parent.mkdir(parents=True)
    layout.write_text(
        "<p>{{ subject }}</p>{% for block in blocks %}<b>{{ block.lines | length }}</b>{% endfor %}", "utf-8"
    )
    one = prepare(workspace, Request(SLUG, Kind.THANK_YOU, wording="good_to_meet")).prepared[0]
    assert one.written.draft.html.startswith("<p>Our conversation on Wednesday</p><b>1</b>")
    layout.write_text("{{ blocks.__class__ }}", "utf-8")
    with pytest.raises(TemplateError, match=r"layout/mail\.html:1: reaches for internals"):
        prepare(workspace, Request(SLUG, Kind.THANK_YOU))
