"""Proposals: kept whole, bounded, cleaned, and never under a number of another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from changing import replace
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepId
from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.facts.unfit_values import UnfitError, is_invisible
from followup_mail.proposals.kept import FOLDER, MOST_WAITING, KeptProposals
from followup_mail.proposals.proposal import (
    BODY_LIMIT,
    ProposedChange,
    ProposedFacts,
    ProposedMail,
    Standing,
    clean_by,
    clean_change,
    clean_mail,
    clean_why,
)

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
STEP = StepId("lumen-freight", Kind.THANK_YOU, 1, "priya-raman")
MAIL = ProposedMail(STEP, "Thank you, Priya", "You said that the manifests come late.\n\nI would begin there.")
FACTS = ProposedFacts((ProposedChange("discussed", "Priya Raman: late manifests", "The manifests come late."),))


def test_what_is_kept_is_read_back(tmp_path: Path) -> None:
    """A proposal of facts and one of a mail are read back as they were kept, oldest first."""
    kept = KeptProposals(tmp_path / "home")
    first = kept.offer("lumen-freight", "Helper", FACTS, "They said it twice.", NOW)
    second = kept.offer("lumen-freight", "Helper", MAIL, "", NOW)
    assert (first.number, second.number) == (1, 2)
    assert kept.all() == kept.waiting() == (first, second)
    assert (first.what, second.what) == (FACTS, MAIL)


def test_a_number_is_never_given_twice(tmp_path: Path) -> None:
    """The number of a proposal that was forgotten, or dropped after its month, is not given to the next."""
    kept = KeptProposals(tmp_path / "home")
    kept.offer("lumen-freight", "Helper", FACTS, "", NOW)
    kept.forget("lumen-freight")
    assert kept.offer("lumen-freight", "Helper", MAIL, "", NOW).number == 2
    kept.decide(2, Standing.DECLINED, NOW)
    later = kept.offer("lumen-freight", "Helper", MAIL, "", NOW + timedelta(days=31))
    assert (later.number, [one.number for one in kept.all()]) == (3, [3])


def test_only_so_many_wait(tmp_path: Path) -> None:
    """A program that proposes without end is refused, and one decision makes room for one more."""
    kept = KeptProposals(tmp_path / "home")
    for number in range(MOST_WAITING):
        kept.offer(f"lumen-{number}", "Helper", FACTS, "", NOW)
    with pytest.raises(RefusedError, match="wait already"):
        kept.offer("lumen-freight", "Helper", FACTS, "", NOW)
    kept.decide(7, Standing.DECLINED, NOW)
    assert kept.offer("lumen-freight", "Helper", FACTS, "", NOW).number == MOST_WAITING + 1


def test_a_decision_is_written_down_and_can_be_taken_back(tmp_path: Path) -> None:
    """What was accepted waits no more, and waits again once that is taken back."""
    kept = KeptProposals(tmp_path / "home")
    kept.offer("lumen-freight", "Helper", MAIL, "", NOW)
    assert not kept.decide(1, Standing.ACCEPTED, NOW).waits
    assert kept.get(1).decided_at == NOW
    kept.decide(1, Standing.WAITS, NOW)
    assert kept.get(1).waits
    assert kept.get(1).decided_at is None


@pytest.mark.parametrize("content", ["", "{}", "[" * 9000, '{"number": "1"}', "\x00"])
def test_a_file_that_is_no_proposal_is_passed_over(tmp_path: Path, content: str) -> None:
    """A damaged file hides no other proposal, and is named as if it were not there."""
    kept = KeptProposals(tmp_path / "home")
    kept.offer("lumen-freight", "Helper", MAIL, "", NOW)
    (tmp_path / "home" / FOLDER / "000002.json").write_text(content)
    assert [one.number for one in kept.all()] == [1]
    with pytest.raises(NotFoundError, match="There is no proposal 2"):
        kept.get(2)
    assert kept.offer("lumen-freight", "Helper", FACTS, "", NOW).number == 3


def test_proposals_go_where_their_application_goes(tmp_path: Path) -> None:
    """A new short name is that of its proposals and of the steps in them; forgetting an application forgets them."""
    kept = KeptProposals(tmp_path / "home")
    kept.offer("lumen-freight", "Helper", MAIL, "", NOW)
    kept.offer("other", "Helper", FACTS, "", NOW)
    kept.move("lumen-freight", "lumen")
    assert kept.get(1).what == replace(MAIL, step=replace(STEP, application="lumen"))
    kept.forget("lumen")
    assert [one.application for one in kept.all()] == ["other"]


@given(st.text(max_size=200))
def test_the_name_of_a_program_can_stand_in_a_sentence(name: str) -> None:
    """Whatever a program calls itself, what is shown is one short visible line."""
    shown = clean_by(name)
    assert 0 < len(shown) <= 40
    assert not any(is_invisible(letter) for letter in shown)


@pytest.mark.parametrize("hidden", ["\u202e", "\x1b[2J", "\u200b\u2066", "\x00"])
def test_nothing_hides_on_a_screen(hidden: str) -> None:
    """Characters that would hide or turn what is read are refused in a mail and in a change of facts."""
    with pytest.raises(UnfitError):
        clean_mail(replace(MAIL, body=f"You said {hidden}that."))
    with pytest.raises(UnfitError):
        clean_change(ProposedChange("discussed", f"Priya Raman: {hidden}late"))


def test_a_mail_is_of_plain_paragraphs_and_not_endless() -> None:
    """Lines are folded into paragraphs, so nothing waits far below the screen, and a mail has a greatest length."""
    assert clean_mail(replace(MAIL, body="One.\nTwo.\n\n\n\n\n\n\nThree.\n")).body == "One. Two.\n\nThree."
    with pytest.raises(UnfitError, match="the limit"):
        clean_mail(replace(MAIL, body="a" * (BODY_LIMIT + 1)))


def test_a_program_that_replaces_its_mail_all_day_leaves_few_behind(tmp_path: Path) -> None:
    """Of the mails that a program itself replaced only the last ones are kept, beside the one that waits."""
    kept = KeptProposals(tmp_path / "home")
    for turn in range(60):
        kept.offer("lumen-freight", "Helper", replace(MAIL, body=f"This is turn {turn}."), "", NOW)
    assert len(kept.waiting()) == 1
    assert len(kept.all()) <= 22
    assert kept.waiting()[0].number == 60


@pytest.mark.parametrize("blank", ["\u00a0", "\u2007", "\u3000", "\t"])
def test_whatever_looks_like_a_space_is_one(blank: str) -> None:
    """A text cannot be laid out on a screen with blanks that hold it together: each is a space, and runs are one."""
    assert clean_change(ProposedChange("note", f"on{blank}Monday")).value == "on Monday"
    assert clean_mail(replace(MAIL, body=f"On{blank}Monday.")).body == "On Monday."
    assert clean_change(ProposedChange("note", f"on {blank} Monday\n\n\n\n{blank}later")).value == "on Monday\n\nlater"


@pytest.mark.parametrize("unseen", ["\u2800\u2800", "\u3164\u115f", "\u2061", "\u206a", "\u034f"])
def test_what_is_there_to_be_unseen_is_refused(unseen: str) -> None:
    """Runs of letters without ink, and signs that no screen shows, are in no proposal."""
    with pytest.raises(UnfitError):
        clean_change(ProposedChange("name", f"tom: Mei{unseen}Zhao"))
    with pytest.raises(UnfitError):
        clean_mail(replace(MAIL, body=f"You said{unseen} that."))
    with pytest.raises(UnfitError):
        clean_why(f"They{unseen} said so.")


def test_a_value_is_about_a_screen_full() -> None:
    """A note that would move all above it out of sight is refused, with the number that is the most."""
    with pytest.raises(UnfitError, match="has 21 lines; 20 are the most"):
        clean_change(ProposedChange("note", "\n".join(["a line"] * 21)))
    with pytest.raises(UnfitError, match="2,000 is the limit"):
        clean_change(ProposedChange("note", "long " * 500))


@pytest.mark.parametrize("ours", ["you, and checked by us", "Followup-Mail", "follow up mail (checked)", "YOU"])
def test_no_program_has_our_name_or_yours(ours: str) -> None:
    """A program that calls itself as the user or as this program is an assistant without a name."""
    assert clean_by(ours) == "an assistant"
    assert clean_by("Claude Desktop") == "Claude Desktop"


@pytest.mark.parametrize("mark", '"\u201c\u201d\u201e\u00ab\u00bb\uff02')
def test_no_quotation_ends_early(mark: str) -> None:
    """What a program calls itself and says has no quotation mark in it: it cannot go on in our words."""
    assert clean_why(f"A typo.{mark} It is checked. {mark}fine") == "A typo.' It is checked. 'fine"
    assert clean_by(f"Help{mark}er") == "Help'er"
