"""Proposals as assistants make them, well-meant and not, for a home that ``filled_home`` has filled."""

from __future__ import annotations

from typing import Final

from page_client import NOON, PageClient

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepId
from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import (
    ProposedChange,
    ProposedFacts,
    ProposedMail,
    Standing,
    clean_by,
    clean_change,
    clean_mail,
    clean_why,
)

TOM: Final = StepId("lumen-freight", Kind.THANK_YOU, 1, "tom-okafor")
SUBJECT: Final = "Late events and replays"
BODY: Final = (
    "Thank you for showing me how you replay a whole night of late events. I keep thinking about it."
    "\n\nI moved our nightly jobs to streaming last year and cut the delay from six hours to four minutes, so I would "
    "be glad to compare notes with you."
)
CHANGES: Final = (
    ("discussed", "Priya Raman: they lose two days a week to late manifests", "We lose two days a week to manifests."),
    ("decision-by", "2026-12-11", "We want to decide by the end of the week after."),
    ("address", "Priya Raman: priya@elsewhere.example", ""),
)
HOSTILE: Final = (
    "<script>document.title = 'owned'</script>",
    "<style>body { display: none }</style>",
    '<a href="https://evil.example/">Confirm</a>',
    "{{ 1111 * 1111 }}",
    "https://evil.example/login",
    "W" * 200,
    "مساعد التوظيف",
)


def changes(*told: tuple[str, str, str], is_new: bool = False) -> ProposedFacts:
    """Return changes of facts, each as option, value and sentence."""
    return ProposedFacts(tuple(clean_change(ProposedChange(*one)) for one in told), is_new)


def mail(body: str = BODY, subject: str = SUBJECT, step: StepId = TOM) -> ProposedMail:
    """Return a mail."""
    return clean_mail(ProposedMail(step, subject[:200], body))


def fill_proposals(reader: PageClient) -> None:
    """Keep facts, a mail, both with everything hostile in them, a new application, and a mail that was declined."""
    kept, slug = KeptProposals(reader.home), TOM.application
    hostile = " ".join(text for text in HOSTILE if "{{" not in text)
    kept.offer(slug, "Helper", changes(*CHANGES), "From your transcript.", NOON)
    kept.offer(slug, "Helper", mail(), "Shorter, and about the replay.", NOON)
    kept.offer(slug, clean_by(HOSTILE[-1]), changes(("note", hostile, hostile)), clean_why(HOSTILE[-2]), NOON)
    kept.offer(slug, clean_by(HOSTILE[0]), mail(f"{hostile} {BODY}", HOSTILE[-2]), clean_why(HOSTILE[2]), NOON)
    new = changes(("company", "Northwind Tools", ""), ("role", "Fitter", ""), is_new=True)
    kept.offer("northwind-tools", "Helper", new, "", NOON)
    kept.offer(slug, "Another helper", mail(BODY, "Hello"), "", NOON)
    kept.decide(6, Standing.DECLINED, NOON)
