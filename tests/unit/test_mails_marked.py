"""What the page of mails marks in a text, and the month that it offers: pure values."""

from __future__ import annotations

from datetime import date

from followup_mail.cadence.worktime import Place
from followup_mail.checks.finding import Finding, MailPart, Severity
from followup_mail.services.checking.remedies import apply_remedy
from followup_mail.services.checking.shared_sentences import Shared
from followup_mail.services.overview.working_month import lay_out_month
from followup_mail.web.drawing.marked_text import mark_text

TEXT = "Hi Ada,\n\nI recieved it.\n"
TYPO = Finding(
    "FM827", "spelling", Severity.WARNING, MailPart.BODY, 3, 3, 8, "recieved", "It is misspelt.", "Write 'received'."
)


def test_marks_change_no_letter_of_the_text() -> None:
    """The pieces put together are the text; each finding's words are one of them, with its number."""
    pieces = mark_text(TEXT, [TYPO], own=[(9, 15)], shared=[Shared(9, 23, ("Tom",))])
    assert "".join(piece.text for piece in pieces) == TEXT
    assert "".join(piece.text for piece in pieces if piece.findings == (1,)) == "recieved"
    assert "".join(piece.text for piece in pieces if piece.shared_with) == "I recieved it."
    assert "".join(piece.text for piece in pieces if piece.is_own) == TEXT[9:15]


def test_a_remedy_replaces_the_words_of_its_finding_alone() -> None:
    """The correction stands where the mistake stood."""
    assert apply_remedy(TEXT, TYPO) == TEXT.replace("recieved", "received")


def test_the_end_of_a_month_leaves_a_choice() -> None:
    """On the last day of a month the weeks that follow are offered too, with days off by their names."""
    month = lay_out_month(Place("Europe/London", "GB"), date(2026, 11, 30), date(2026, 11, 30), last=date(2026, 12, 9))
    days = [day for week in month.weeks for day in week if day]
    assert len(month.weeks) == 4
    assert next(day.day for day in days if day.is_late) == date(2026, 12, 10)
    assert next(day.closed for day in days if day.day == date(2026, 12, 5)) == "the weekend"
    assert month.before is None
    assert month.after == date(2026, 12, 1)
