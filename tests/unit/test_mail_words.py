"""The companies that are left out before the checks make no difference to them."""

from __future__ import annotations

from datetime import UTC, datetime

from changing import replace
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_mail.cadence.kinds import Kind
from followup_mail.checks import CheckContext, check_mail, choose_rules
from followup_mail.checks.mail_words import MailWords
from followup_mail.message.draft import Mailbox

SENTENCES = (
    "I would love to join Fabrikam Freight.",
    "Thank you for the talk about the nightly jobs at Norvane.",
    "The kubernets cluster and the grafna boards stayed with me.",
    "I look forward to the role at XYZ Company.",
    "Company Name has a fine team, and so has Hotel Bellevue.",
    "See you on XX.XX.2026 about the M\u00fcller load.",
    "We spoke of A.B. Carter's terraforming tools.",
)
NAMES = (
    "Fabrikam Freight Ltd.", "Fabrikam", "Freight", "Norvane GmbH", "Norvane Analytics", "kubernets", "Grafna Inc.",
    "XYZ Company", "the xyz companyhouse", "Mycompany names", "Hotel Bellevue", "Hotel Lindenhof", "M\u00fcller",
    "AB Carter", "A.B. Carter", "Carters", "terraforming", "Target", "XX.XX.2026", "Northwind", "Lumen Logistics",
)  # fmt: skip
RULES = choose_rules()


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), st.sets(st.sampled_from(NAMES)), st.booleans())
@settings(max_examples=60, deadline=None)
def test_findings_are_the_same_with_the_names_that_matter(said: list[str], names: set[str], to_subject: bool) -> None:
    """Every finding, with its place and words, is the one that all names of companies together bring."""
    text = f"Dear Ada,\n\n{' '.join(said)}\n\nBest regards,\nJordan"
    subject = said[0].rstrip(".") if to_subject else "Thank you"
    words = MailWords.read(subject, text)
    mail = CheckContext(
        subject, text, Kind.THANK_YOU, Mailbox("Jordan", "me@x.example"), Mailbox("Ada", "ada@northwind.example"),
        sends_at=datetime(2026, 11, 18, 15, tzinfo=UTC), other_companies=tuple(sorted(names)),
    )  # fmt: skip
    narrowed = replace(mail, other_companies=tuple(name for name in mail.other_companies if words.may_name(name)))
    assert check_mail(narrowed, RULES) == check_mail(mail, RULES)


def test_most_names_do_not_matter() -> None:
    """A company that the mail does not come near is left out, whatever common words its name has."""
    words = MailWords.read("Thank you", "Thank you for the talk about the nightly jobs.")
    assert not any(words.may_name(name) for name in ("Northwind Analytics", "Lumen Logistics", "Acme Ltd"))
