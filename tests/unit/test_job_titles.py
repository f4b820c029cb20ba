"""A job title is said in a sentence as a person says it, not as the advert prints it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.language.job_titles import say_job, say_post, strip_legal_suffix

TITLES = st.lists(
    st.sampled_from(
        ["Nurse", "(m/w/d)", "Senior", "C++", "/", ",", "-", "IT", "of", "Deputy", "ward 4", "|", "[f/m/x]", "PhD"]
    )
    | st.text(st.characters(whitelist_categories=("L", "N", "P", "Zs")), min_size=1, max_size=8),
    min_size=1,
).map(" ".join)


@pytest.mark.parametrize(
    ("role", "job"),
    [
        ("Staff nurse, acute medical ward", "staff nurse"),
        ("Teacher – Maths", "teacher"),
        ("Maths teacher: lower years", "maths teacher"),
        ("Electrician (part-time)", "electrician"),
        ("Cook / kitchen help", "cook"),
        ("Bäcker/in", "bäcker"),
        ("Data Engineer", "Data Engineer"),
        ("Sales/Marketing Manager", "Sales/Marketing Manager"),
        ("AI/ML Engineer", "AI/ML Engineer"),
        ("IT support technician", "IT support technician"),
        ("iOS developer", "iOS developer"),
        ("C++ developer", "C++ developer"),
        ("X-ray technician", "X-ray technician"),
        ("German-speaking receptionist", "German-speaking receptionist"),
        ("Night-shift lead", "night-shift lead"),
        ("London sales rep", "London sales rep"),
        ("Scrum master", "Scrum master"),
        ("Drupal developer", "Drupal developer"),
        ("Teacher of French", "teacher of French"),
        ("Senior Python developer", "senior Python developer"),
        ("Illustrator for schools", "illustrator for schools"),
        ("PhD position in soil physics", "PhD position in soil physics"),
    ],
)
def test_a_title_is_named_as_in_a_sentence(role: str, job: str) -> None:
    """What follows the title is left out, and a capital stays only where a word or the whole title needs it."""
    assert say_job(role) == job


@pytest.mark.parametrize(
    ("role", "post"),
    [
        ("Bench joiner", "bench joiner role"),
        ("Clerk to a judge", "role of clerk to a judge"),
        ("Postdoctoral fellowship", "postdoctoral fellowship"),
        ("Internship", "internship"),
        ("Data Engineer (m/w/d)", "Data Engineer role"),
    ],
)
def test_a_post_follows_the(role: str, post: str) -> None:
    """What follows "the" says "role" once, and never "position role"."""
    assert say_post(role) == post


@pytest.mark.parametrize(
    "suffix", ["(m/w/d)", "(f/m/x)", "[f/m/d]", "(m/f)", "(M/W/D)", "(all genders)", "(gn)", "(h/f)"]
)
def test_what_the_law_asks_for_is_not_said(suffix: str) -> None:
    """The suffix of adverts is taken off, wherever it is."""
    assert strip_legal_suffix(f"Gardener {suffix}") == "Gardener"
    assert strip_legal_suffix(f"Gardener {suffix}, city parks") == "Gardener, city parks"


def test_a_title_of_nothing_else_stays() -> None:
    """A title that has only such a suffix is better than none."""
    assert strip_legal_suffix("(m/w/d)") == "(m/w/d)"


@examples(1)
@given(TITLES)
def test_something_is_always_said(role: str) -> None:
    """A title that says something is never made into nothing, and nothing is said that is not in it."""
    job = say_job(role)
    assert bool(job) == bool(role.strip())
    assert job.casefold() in strip_legal_suffix(role).casefold() or "(" in role or "[" in role
    assert say_post(role).removeprefix("role of ").startswith(job)
