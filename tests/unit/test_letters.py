# ruff: noqa: E501 - mail pages show long lines
"""Letters as people hand them over: copied from a mail page, forwarded, saved; who wrote, when, and what they say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.errors import FactsError
from followup_mail.incoming.letter import Letter, read_letter
from followup_mail.incoming.pasted_day import read_day
from followup_mail.incoming.signed_name import find_signature, is_shared_mailbox, name_of_sender
from followup_mail.incoming.tenor import read_tenor
from followup_mail.incoming.tenors import Tenor

TODAY = date(2026, 11, 28)
NO = "Hi Jordan,\n\nwe have decided to go with another candidate.\n\nBest,\nTom\n"


def read(text: str) -> Letter:
    """Read a copied text."""
    return read_letter(text.encode(), "The input", TODAY)


@pytest.mark.parametrize(
    ("above", "name", "subject", "day"),
    [
        ("Your news\nInbox\n\nTom Ode <tom@x.example>\nMon, Nov 23, 10:14 AM (5 days ago)\nto me\n", "Tom Ode", "Your news", 23),
        ("Tom Ode <tom@x.example>  10:14 AM (2 hours ago)  to me\n", "Tom Ode", "", 28),
        ("Tom Ode\n<tom@x.example>\nMon, Nov 23, 10:14 AM\nto me\n", "Tom Ode", "", 23),
        ("Data Engineer\ntom@x.example\nMon, Nov 23, 10:14 AM\nto me\n", "", "Data Engineer", 23),
        ("Tom Ode<tom@x.example>\nTo: You\nTue 11/24/2026 9:02 AM\n", "Tom Ode", "", 24),
        ("From: Tom Ode <tom@x.example>\nSent: Monday, November 23, 2026 9 AM\nTo: J\nSubject: No\n", "Tom Ode", "No", 23),
        ("Von: Tom Ode <tom@x.example>\nGesendet: Montag, 23. November 2026 16:20\nAn: J\nBetreff: AW: X\n", "Tom Ode", "AW: X", 23),
        ("Tom Ode <tom@x.example>\n23.11.2026, 10:14\nan mich\n", "Tom Ode", "", 23),
        ("De : Tom Ode <tom@x.example>\nEnvoyé : lundi 23 novembre 2026 11:02\nÀ : J\nObjet : Non\n", "Tom Ode", "Non", 23),
        ("From:\nTom Ode <tom@x.example>\nDate:\n23 Nov 2026\nSubject:\nNo\n", "Tom Ode", "No", 23),
    ],
)  # fmt: skip
def test_a_copied_heading_is_read(above: str, name: str, subject: str, day: int) -> None:
    """Who wrote, when and about what, from Gmail, Outlook and telephones, in several languages; no id is made up."""
    letter = read(f"{above}\n{NO}")
    assert (letter.name, letter.received.sender) == (name, "tom@x.example")
    assert (letter.received.subject, letter.received.on) == (subject, date(2026, 11, day))
    assert (letter.received.message_id, letter.received.references) == ("", ())
    assert letter.text == NO.strip()


def test_a_page_whose_head_is_not_closed_is_read() -> None:
    """HTML allows leaving the end of its head out."""
    page = f"<html><head><meta charset=utf-8><title>T</title><body><p>{NO}</p></body></html>"
    assert read(page).text.startswith("Hi Jordan,")


def test_a_text_without_a_heading_is_all_text() -> None:
    """Nothing is taken for a subject or a sender."""
    letter = read(NO)
    assert (letter.name, letter.received.sender, letter.received.subject, letter.received.on) == ("", "", "", None)
    assert letter.text == NO.strip()


def test_an_attribution_above_a_quoted_mail_is_its_heading() -> None:
    """What was copied together with "On ..., Ben wrote:" and the marks of the quotation."""
    quoted = "\n".join(f"> {line}" for line in NO.split("\n"))
    letter = read(f"On Mon, Nov 23, 2026 at 9:10 AM, Ben Stone <ben@x.example> wrote:\n\n{quoted}")
    assert (letter.name, letter.received.sender, letter.received.on) == (
        "Ben Stone",
        "ben@x.example",
        date(2026, 11, 23),
    )
    assert letter.text == NO.strip()


@pytest.mark.parametrize(
    "mark",
    [
        "---------- Forwarded message ---------\nFrom: Tom Ode <tom@x.example>\nDate: Mon, Nov 23, 2026 at 9:10 AM\nSubject: No\nTo: J\n\n",
        "Begin forwarded message:\n\n> From: Tom Ode <tom@x.example>\n> Subject: No\n> Date: 23 November 2026 at 10:52:11 GMT\n> To: J\n>\n",
        "-------- Weitergeleitete Nachricht --------\nBetreff: No\nDatum: Mon, 23 Nov 2026 10:00:00 +0100\nVon: Tom Ode <tom@x.example>\n\n",
    ],
)  # fmt: skip
def test_a_forward_holds_their_letter(mark: str) -> None:
    """Below the words of a friend stands who wrote, when, and what."""
    body = "\n".join(f"> {line}" for line in NO.split("\n")) if "\n> " in mark else NO
    letter = read(f"found this, sorry!\n\n{mark}{body}")
    inner = letter.passed_on
    assert inner is not None
    assert (inner.name, inner.received.sender, inner.received.subject) == ("Tom Ode", "tom@x.example", "No")
    assert inner.received.on == date(2026, 11, 23)
    assert inner.text == NO.strip()


def test_an_attached_message_keeps_its_id() -> None:
    """A forward as an attachment is their mail itself, with its thread."""
    inner = f"From: Tom Ode <tom@x.example>\nSubject: No\nMessage-ID: <1@x.example>\n\n{NO}"
    outer = (
        "From: Sam <sam@y.example>\nSubject: Fwd: No\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    )
    letter = read(f"{outer}--b\n\nhere\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b--\n")
    assert letter.passed_on is not None
    assert letter.passed_on.received.message_id == "<1@x.example>"
    alone = read(f"From: Sam <sam@y.example>\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n{inner}")
    assert alone.received.sender == "tom@x.example"


def test_what_an_answer_quotes_is_not_theirs() -> None:
    """The user's own mail below it is left out."""
    letter = read(
        f"Tom Ode <tom@x.example>\nto me\n\n{NO}\nOn Mon, 23 Nov 2026 at 9:10, J <j@x.example> wrote:\n> Thank you\n"
    )
    assert letter.text == NO.strip()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"Hi Jordan,\n\nBest,\nTom\n", "nothing but a heading or a greeting"),
        (b"Tom <tom@x.example>\nto me\n", "nothing but a heading or a greeting"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "is no text"),
        (b"%PDF-1.7 " * 9, "is no text"),
        (bytes(range(1, 32)) * 40, "is no text"),
    ],
)
def test_what_is_no_letter_is_refused(content: bytes, said: str) -> None:
    """Nothing, a greeting alone, a picture, a document: one sentence, and what to give instead."""
    with pytest.raises(FactsError, match=said) as caught:
        read_letter(content, "The input", TODAY)
    assert caught.value.fix


@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)), st.sampled_from([b"", b"From: a\n", b"> ", b"Fwd:\n---\n"]))  # fmt: skip
def test_no_bytes_break_it(noise: bytes, before: bytes) -> None:
    """Whatever is pasted is read or refused, never a crash."""
    try:
        letter = read_letter(before + noise, "x", TODAY)
    except FactsError:
        return
    assert isinstance(find_signature(letter.text), str)
    read_tenor(letter.received.subject, letter.text)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("4/5/2026", None),
        ("Sun 4/5/2026", date(2026, 4, 5)),
        ("Mon 4/5/2026", date(2026, 5, 4)),
        ("11/27/2026", date(2026, 11, 27)),
        ("12/11/2026 10:00", date(2026, 11, 12)),
        ("Dec 24", date(2025, 12, 24)),
        ("vor 3 Tagen", date(2026, 11, 25)),
        ("gestern, 10:14", date(2026, 11, 27)),
        ("Thu 10:14 AM", date(2026, 11, 26)),
        ("2026-11-20T10:00", date(2026, 11, 20)),
        ("31 Nov 2026", None),
        ("yes", None),
        ("On 03/04/2026, Mike Miller <m@x.example> wrote:", None),
        ("On 03/04/2026, Frank Miller <f@x.example> wrote:", None),
        ("On 03/04/2026, Sam Miller <s@x.example> wrote:", None),
        ("10:14 from Anna", date(2026, 11, 28)),
        ("Marketing 3", None),
        ("venerdì 3/4/2026", date(2026, 4, 3)),
        ("3 de março de 2026", date(2026, 3, 3)),
        ("den 3 augusti 2026", date(2026, 8, 3)),
    ],
)
def test_a_day_is_read_as_it_is_shown_or_left_open(line: str, day: date | None) -> None:
    """Where two days are possible, a weekday decides, or that it has not come yet; else nothing does."""
    assert read_day(line, TODAY) == day


@pytest.mark.parametrize(
    ("shown", "address", "name"),
    [
        ("Okafor, Tom (Talent)", "tom.okafor@x.example", "Tom Okafor"),
        ("Tom at Lumen", "talent@x.example", "Tom"),
        ("Tom from Lumen Freight", "", "Tom"),
        ("tom.okafor@x.example", "tom.okafor@x.example", "Tom Okafor"),
        ("'Tom Okafor' via Greenhouse", "", "Tom Okafor"),
        ("Tom Okafor | Talent Partner", "", "Tom Okafor"),
        ("Anna von Berg", "", "Anna von Berg"),
        ("The Lumen Team", "", ""),
        ("Lumen Recruiting", "", ""),
        ("jobs@x.example", "jobs@x.example", ""),
        ("", "tom@x.example", ""),
    ],
)
def test_a_display_name_is_a_persons_or_nobodys(shown: str, address: str, name: str) -> None:
    """As directories, applicant systems and teams show a sender."""
    assert name_of_sender(shown, address) == name


@pytest.mark.parametrize(
    ("end", "name"),
    [
        ("Best,\nTom", "Tom"),
        ("Best, Tom", "Tom"),
        ("Kind regards\n\nPriya Raman\nHead of Data", "Priya Raman"),
        ("Mit freundlichen Grüßen\ni. A. Petra Klein", ""),
        ("Mit freundlichen Grüßen\nPetra Klein", "Petra Klein"),
        ("Grüße\nMonika Weiß", "Monika Weiß"),
        ("Gruß,\nMonika Weiß", "Monika Weiß"),
        ("GRÜSSE\nMonika Weiß", "Monika Weiß"),
        ("Mit freundlichem Gruß\nMonika Weiß", "Monika Weiß"),
        ("Schöne Grüße\nMonika Weiß", "Monika Weiß"),
        ("Es grüßt Sie\nMonika Weiß", "Monika Weiß"),
        ("Grüße", ""),
        ("Bien cordialement,\nClaire Dubois", "Claire Dubois"),
        ("Best,\nThe Lumen Team", ""),
        ("Thank you,\nHR", ""),
        ("Maya Lindqvist\nTalent Partner\nNorthwind", "Maya Lindqvist"),
        ("Best,\nHelen Cho, MD", "Helen Cho"),
        ("Good luck. Jonas", "Jonas"),
        ("So no hire. All the best, Lucy", "Lucy"),
        ("Sent from my iPhone", ""),
        ("Yours sincerely\n\nE. Barlow (Miss)\nHuman Resources", "Miss E. Barlow"),
        ("Kind regards,\nRuth Hale (Dr.)", "Dr. Ruth Hale"),
        ("Kind regards,\nRuth Hale (MS)", "Ruth Hale"),
        ("Kind regards,\nRuth Hale (she/her)", "Ruth Hale"),
        ("Kind regards,\nRuth Hale (Leeds)", "Ruth Hale"),
    ],
)
def test_who_signed_is_read_from_the_end(end: str, name: str) -> None:
    """Under a closing, behind it, or without one; a team and a telephone sign for nobody."""
    assert find_signature(f"Hi Jordan,\n\nwe chose somebody else.\n\n{end}\n") == name


def test_a_mailbox_of_a_team_is_nobodys_own() -> None:
    """It is not written into the facts in place of an address that somebody has."""
    assert is_shared_mailbox("recruiting@x.example")
    assert not is_shared_mailbox("tom.okafor@x.example")


@pytest.mark.parametrize(
    ("tenor", "sentence"),
    [
        (Tenor.NO, "We won't be inviting you to the next round."),
        (Tenor.NO, "We have decided to go ahead with someone who knows Kafka."),
        (Tenor.NO, "It's a no from us, I'm afraid."),
        (Tenor.NO, "The position has been filled."),
        (Tenor.NO, "Leider haben wir uns für einen anderen Bewerber entschieden."),
        (Tenor.NO, "Votre profil n'a pas été retenu."),
        (Tenor.NO, "Unfortunately we cannot offer you the role."),
        (Tenor.OFFER, "I am delighted to offer you the role of Data Engineer."),
        (Tenor.INVITATION, "We would like to invite you to a second interview."),
        (Tenor.INVITATION, "Wir laden dich gern zu einem zweiten Gespräch ein."),
        (Tenor.INVITATION, "Could we move your interview to Friday?"),
        (Tenor.AUTOMATIC, "I am out of the office until Monday."),
        (Tenor.RECEIPT, "We have received your application."),
        (Tenor.NEWSLETTER, "You are receiving this email because you subscribed."),
        (Tenor.UNKNOWN, "The team wanted somebody with dbt."),
        (Tenor.UNKNOWN, "If you like, I am happy to set up a call and give you feedback."),
    ],
)
def test_what_a_letter_says_is_told_by_its_sentence(tenor: Tenor, sentence: str) -> None:
    """A no, something else, or nothing sure; the sentence that says so is named."""
    reading = read_tenor(
        "Your application", f"Hi Jordan,\n\nThank you for your time. {sentence} Take care.\n\nBest,\nTom\n"
    )
    assert reading.tenor is tenor
    assert reading.sentence == (sentence if tenor is not Tenor.UNKNOWN else "")


def test_a_no_with_an_invitation_stays_a_no() -> None:
    """Many a rejection invites to apply again, or to a call about feedback."""
    text = "We are not moving forward. We would like to invite you to an interview for another role one day."
    assert read_tenor("", text).tenor is Tenor.NO


@pytest.mark.parametrize(
    "sentence",
    [
        "The decision has been pushed back to the end of next week.",
        "Unfortunately we need a few more days to make up our minds.",
        "Our hiring manager is on leave, so we won't be able to decide before Tuesday.",
        "We have not decided yet, as we are still seeing other candidates.",
        "I'm sorry to say that the panel has not met yet, so no decision has been taken.",
        "Unfortunately I can't tell you anything yet.",
        "Leider dauert unsere Entscheidung noch etwas länger.",
        "Nous avons encore besoin d'un peu de temps.",
    ],
)
def test_a_decision_that_is_still_to_come_is_no_rejection(sentence: str) -> None:
    """More time, a later day, nothing decided: said with "unfortunately" as well."""
    reading = read_tenor("Your application", f"Hi Jordan,\n\n{sentence} Take care.\n\nBest,\nTom\n")
    assert (reading.tenor, reading.sentence) == (Tenor.DELAY, sentence)


@pytest.mark.parametrize(
    ("text", "tenor"),
    [
        ("We took longer than we hoped to decide, and have chosen another candidate.", Tenor.NO),
        ("I am sorry that it took another week: we won't be moving forward.", Tenor.NO),
        ("We need another week to tell everyone. But we have decided to go with another candidate.", Tenor.NO),
        ("Sorry for the delay in getting back to you. The team wanted somebody with dbt.", Tenor.UNKNOWN),
        ("You would need another year of experience.", Tenor.UNKNOWN),
        ("I will come back to you by Friday with some feedback.", Tenor.UNKNOWN),
    ],
)
def test_a_delay_that_is_over_hides_no_rejection(text: str, tenor: Tenor) -> None:
    """An apology for the wait, more experience wanted, a day for feedback: none of them says that they still decide."""
    assert read_tenor("", text).tenor is tenor


@pytest.mark.parametrize(
    "text",
    [
        "They want you back for round two. Unfortunately Priya is away on Tuesday.",
        "You are through to the last round! The other two have been declined already.",
        "They want you in for the second stage, and have turned the other applicants down.",
        "We would like to invite you to the next round. Unfortunately the slot on Monday is no longer available.",
        "You've made it to the final stage, and all others were rejected.",
        "The client would like a second conversation with you.",
    ],
)
def test_a_further_stage_is_an_invitation(text: str) -> None:
    """What became of the other candidates, or of a date, is no answer to the reader."""
    assert read_tenor("", text).tenor is Tenor.INVITATION


@pytest.mark.parametrize(
    "text",
    [
        "They loved you, but they chose the other candidate for the second stage.",
        "We will not be inviting you to the second stage.",
        "We wanted you back for the second stage. Unfortunately the position has been filled.",
        "Unfortunately not all applicants can be chosen, and you were not selected.",
        "We received your application, but we are not moving forward.",
        "The other candidate was a better fit for the role.",
    ],
)
def test_praise_and_others_hide_no_rejection(text: str) -> None:
    """A stage that the reader does not reach, and a choice of somebody else, stay a no."""
    assert read_tenor("", text).tenor is Tenor.NO


@pytest.mark.parametrize(
    "text",
    [
        "Your application has been received. Unsuccessful applicants will not be notified.",
        "We have received your application; if you do not hear from us in three weeks, assume you were not successful.",
        "Your CV has reached us. We regret that we cannot inform each applicant who has not been selected.",
        "We have your application, and only shortlisted candidates will be contacted.",
    ],
)
def test_what_is_said_to_all_applicants_is_a_receipt(text: str) -> None:
    """That not everybody is answered says nothing about the reader."""
    assert read_tenor("", text).tenor is Tenor.RECEIPT


@pytest.mark.parametrize("before", ["", "\n \n", "Inbox\n\n"])
@pytest.mark.parametrize(
    "mark",
    [
        "---------- Forwarded message ---------\nFrom: Tom Ode <tom@x.example>\nDate: Mon, Nov 23, 2026 at 9:10 AM\nSubject: No\nTo: J\n",
        "---------- Forwarded message ----------\nVon: Tom Ode <tom@x.example>\nDatum: 23.11.2026 09:10\nBetreff: No\nAn: J\n",
        "-------- Weitergeleitete Nachricht --------\nBetreff: No\nDatum: Mon, 23 Nov 2026 10:00:00 +0100\nVon: Tom Ode <tom@x.example>\n",
        "---------- Message transféré ---------\nDe : Tom Ode <tom@x.example>\nEnvoyé : lundi 23 novembre 2026 11:02\nObjet : No\n",
        "---------- Mensaje reenviado ---------\nDe: Tom Ode <tom@x.example>\nFecha: 23 nov 2026\nAsunto: No\n",
        "Begin forwarded message:\n\nFrom: Tom Ode <tom@x.example>\nSubject: No\nDate: 23 November 2026 at 10:52:11 GMT\nTo: J\n",
        "-----Original Message-----\nFrom: Tom Ode <tom@x.example>\nSent: Monday, November 23, 2026 9:10 AM\nTo: J\nSubject: No\n",
    ],
)  # fmt: skip
def test_a_text_that_begins_with_the_mark_of_a_forward_is_their_mail(before: str, mark: str) -> None:
    """Who copies from the mark on has the mail itself: the lines right below are its heading."""
    letter = read(f"{before}{mark}\n{NO}")
    assert (letter.name, letter.received.sender, letter.received.subject) == ("Tom Ode", "tom@x.example", "No")
    assert letter.received.on == date(2026, 11, 23)
    assert (letter.text, letter.passed_on) == (NO.strip(), None)


@pytest.mark.parametrize("header", ["List-Id: <x.example>", "Precedence: bulk", "X-Campaign-Id: 7"])
def test_a_mail_to_many_is_known_by_its_headers(header: str) -> None:
    """A saved letter is judged as a mail from a mailbox is."""
    head = f"Message-ID: <1@x.example>\nFrom: Tom <tom@x.example>\nSubject: Hello\n{header}\n"
    assert read(f"{head}\n{NO}").is_bulk
