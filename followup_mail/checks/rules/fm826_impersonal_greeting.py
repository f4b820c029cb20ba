"""FM826: a greeting without a name, although it is known."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.known_names import closest_likeness
from followup_mail.checks.name_match import Likeness, name_words
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.prose import word_set, words_of
from followup_mail.checks.rule import WARNING, Rule, Spot, in_body
from followup_mail.checks.samples import Sample

_NOBODY = word_set("""
    sir sirs madam concern hiring manager recruiter recruiters recruitment recruiting committee interviewer interviewers
    employer team panel hr human resources talent acquisition there all everyone folks selection colleague colleagues
    board officer
""")


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    names, words = mail.known.recipient, words_of(mail.plain(mail.greeting))
    if not names or _NOBODY.isdisjoint(words) or not _NOBODY.isdisjoint(names):
        return
    if all(closest_likeness(word, names) is Likeness.OTHER for word in name_words(mail.plain(mail.greeted))):
        fix = f"Write '{mail.known.greeting_name}'."
        yield in_body(mail, mail.greeting, "'{words}' names nobody, although you know the name.", fix)


RULE = Rule(
    code="FM826",
    name="impersonal-greeting",
    severity=WARNING,
    looks_for="'Dear Sir or Madam', 'Dear Hiring Manager', 'To whom it may concern', when you know the name.",
    why="G0, G4: each note is personal. They told you their name.",
    fix="Write the name.",
    bad=Sample(
        text="Dear Hiring Manager,\n\nThank you for the talk about the nightly jobs.\n\nBest regards,\nSam Rivera"
    ),
    good=Sample("Thank you for the talk about the nightly jobs."),
    inspect=_inspect,
)
