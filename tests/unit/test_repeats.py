"""A reason that stands in several mails to one person."""

from __future__ import annotations

from followup_mail.checks import CheckContext, all_rules
from followup_mail.message.draft import Mailbox
from followup_mail.services.checking.repeats import say_once
from followup_mail.services.writing.checked import CheckedMail, check_one

REASON = "At the ferry company I rebuilt the timetable for forty islands, and the complaints fell by a third."
ANA = Mailbox("Ana Prieto", "ana@harbour.example")


def mail(name: str, body: str, before: tuple[str, ...] = (), to: Mailbox = ANA) -> CheckedMail:
    """Return a checked mail with an earlier one or two."""
    text = f"Dear Ana,\n\n{body}\n\nKind regards,\nJo Lind"
    rules = [rule for rule in all_rules() if rule.name == "repeated-point"]
    return check_one(name, CheckContext("The ferries", text, recipient=to, said_before=before), rules)


def three_mails() -> list[CheckedMail]:
    """Return three mails that give the same reason."""
    first = mail("first", f"Thank you for Tuesday. {REASON}")
    second = mail("second", f"Is there news about the post? {REASON}", (first.context.text,))
    third = mail("third", f"One more thing. {REASON}", (first.context.text, second.context.text))
    return [first, second, third]


def test_a_reason_in_three_mails_is_one_finding() -> None:
    """The first repetition names the later ones, which have no finding of their own."""
    first, second, third = say_once(three_mails())
    assert [len(one.findings) for one in (first, second, third)] == [0, 1, 0]
    assert second.findings[0].message.endswith("So does third.")


def test_two_reasons_are_two_findings() -> None:
    """Another point that is told again is reported, too."""
    first, second, _ = three_mails()
    other = "My brother-in-law builds the gangways that you asked about, in Vigo, from old railway sleepers."
    fourth = mail("fourth", other, (first.context.text, f"Dear Ana,\n\n{other}\n\nKind regards,\nJo Lind"))
    assert [len(one.findings) for one in say_once([first, second, fourth])] == [0, 1, 1]


def test_the_same_reason_to_two_people_is_nobody_elses_repetition() -> None:
    """Each person is told apart: what one has read twice says nothing about the other."""
    to_rui = Mailbox("Rui Costa", "rui@harbour.example")
    first, second, _ = three_mails()
    again = mail("to Rui", f"Once more. {REASON}", (first.context.text,), to_rui)
    assert [len(one.findings) for one in say_once([first, second, again])] == [0, 1, 1]
