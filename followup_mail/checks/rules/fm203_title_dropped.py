"""FM203: a doctor or professor greeted without the title."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.known_names import likeness
from followup_mail.checks.name_match import Likeness, academic_titles, name_words
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body
from followup_mail.checks.samples import Sample

_WRITTEN = {"dr": "Dr.", "prof": "Prof."}


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    expected = academic_titles(mail.known.greeting_name)
    greeted = mail.plain(mail.greeted)
    missing = expected - academic_titles(greeted)
    # "Professor" alone does for "Prof. Dr."
    if not missing or ("prof" in expected and "prof" not in missing):
        return
    if any(likeness(word, mail.known.recipient) is not Likeness.OTHER for word in name_words(greeted)):
        title = _WRITTEN["prof" if "prof" in missing else "dr"]
        yield in_body(mail, mail.greeted, f"'{{words}}' leaves out '{title}'.", f"Write '{mail.known.greeting_name}'.")


RULE = Rule(
    code="FM203",
    name="title-dropped",
    severity=ERROR,
    looks_for="Dr. or Prof. left out of the greeting, when the facts have it.",
    why="In many countries and professions leaving it out is impolite, and nobody minds the title.",
    fix="Add the title, or set `address_as` in the facts to the name that you were asked to use.",
    bad=Sample(
        text="Dear Catherine,\n\nThank you for the talk about moving the nightly jobs.\n\nBest regards,\nSam Rivera",
    ),
    good=Sample("Thank you for the talk about moving the nightly jobs to streaming."),
    inspect=_inspect,
)
