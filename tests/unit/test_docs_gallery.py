"""The gallery shows what it promises: twelve mails of four kinds, sound, with every typed sentence in them."""

from __future__ import annotations

import runpy
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import followup_mail
from followup_mail.cadence.step import Kind
from followup_mail.checks import CheckContext, Companion, check_mail
from followup_mail.language.flowing_links import flow
from followup_mail.language.known_facts import known_for
from followup_mail.language.sentence_faults import find_faults

DOCS = Path(followup_mail.__file__).parents[1] / "docs"
MAKER: dict[str, Any] = runpy.run_path(str(DOCS / "gallery" / "make_mails.py"))
MAILS: list[Any] = MAKER["write_mails"]()
IDS = [f"{number}-{mail.job.slug}-{mail.job.kind}" for number, mail in enumerate(MAILS, start=1)]
SENTENCES: frozenset[str] = MAKER["_SENTENCES"]


def test_the_kinds_are_as_promised() -> None:
    """Six thank-yous with a panel of three, two second notes, two inquiries, two answers; two are from notes alone."""
    kinds = Counter(mail.job.kind for mail in MAILS)
    assert kinds == {Kind.THANK_YOU: 6, Kind.ADDITIONAL_DETAIL: 2, Kind.STATUS_INQUIRY: 2, Kind.REJECTION_THANKS: 2}
    panels = Counter(mail.job.slug for mail in MAILS if mail.job.kind is Kind.THANK_YOU)
    assert sorted(panels.values()) == [1, 1, 1, 3]
    assert sum(mail.is_from_notes for mail in MAILS) == 2


def test_every_facts_file_is_used() -> None:
    """Each of the four invented applications is in the gallery, and no file is left over."""
    assert {mail.job.slug for mail in MAILS} == {path.stem for path in (DOCS / "gallery").glob("*.toml")}


@pytest.mark.parametrize("mail", MAILS, ids=IDS)
def test_typed_sentences_are_in_the_mail(mail: Any) -> None:
    """What somebody typed as a sentence is in the mail and marked as theirs, but for a capital behind a colon.

    Of a link both halves are, and what joins them is not. The full stop of the reason that they granted is not, either:
    it goes on in words of ours.
    """
    marked = [mail.draft.text[start:end].casefold() for start, end in mail.draft.own_words]
    answers = [(key, text.removesuffix(".") if key == "understood" else text) for key, text in mail.answers]
    typed = [[text] for key, text in answers if key in SENTENCES and key != "link"]
    for text in (text for key, text in answers if key == "link"):
        number = [met.name for met in mail.application.everyone()].index(mail.person.name)
        flowing = flow(text, number, goes_on=any(key == "moment" for key, _ in answers))
        typed.append([flowing.problem, flowing.deed] if flowing else [text])
    assert [text for texts in typed for text in texts if text.casefold() not in marked] == []


@pytest.mark.parametrize("mail", MAILS, ids=IDS)
def test_nothing_is_found_in_the_mails(mail: Any) -> None:
    """The checks find no error in any mail of the gallery."""
    panel = [other for other in MAILS if (other.job.slug, other.job.kind) == (mail.job.slug, mail.job.kind)]
    at = datetime.fromisoformat(mail.job.at).replace(tzinfo=mail.application.interviews[0].zone)
    context = CheckContext(
        mail.draft.subject,
        mail.draft.text,
        kind=mail.job.kind,
        sender=mail.draft.sender.mailbox,
        recipient=mail.draft.to,
        person=mail.person,
        facts=mail.application,
        companions=tuple(Companion("", other.draft.text) for other in panel if other is not mail),
        sends_at=at,
        enclosures=tuple(file.filename for file in mail.draft.attachments),
    )
    assert [f"{found.code} {found.message}" for found in check_mail(context) if found.is_error] == []


@pytest.mark.parametrize("mail", MAILS, ids=IDS)
def test_typed_sentences_read_well(mail: Any) -> None:
    """Proof-reading finds nothing in the sentences that the gallery shows as examples."""
    known = known_for(mail.application, mail.person)
    typed = [(key, text) for key, text in mail.answers if key in SENTENCES]
    assert [(text, faults) for key, text in typed if (faults := find_faults(key, text, known).words)] == []
