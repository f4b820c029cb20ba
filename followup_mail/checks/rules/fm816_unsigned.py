"""FM816: a mail without a signature."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.name_match import Likeness, compare, name_words
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import words_of
from followup_mail.checks.rule import WARNING, Rule, Spot, in_body
from followup_mail.checks.samples import Sample

_LINES = 8
"""Lines at the end in which a signature is looked for: a name, and contacts under it."""


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    text = mail.body.plain.rstrip()
    lines = [line for line in text.split("\n")[-3 * _LINES :] if line.strip()][-_LINES:]
    names = name_words(mail.context.sender.name)
    signed = any(_is_signature(line, names) for line in lines[1:]) if names else mail.closing.end > mail.closing.start
    if text and not signed:
        yield in_body(mail, TextSpan(text.rfind("\n") + 1, len(text)), "The mail ends without your name.")


def _is_signature(line: str, names: tuple[str, ...]) -> bool:
    """Return whether a short line holds the name, a short form of it, or an initial alone."""
    words = words_of(line)
    if len(words) > 8:
        return False
    return any(compare(word, name) is not Likeness.OTHER for word in words for name in names
               if len(word) > 1 or len(words) == 1)  # fmt: skip


RULE = Rule(
    code="FM816",
    name="unsigned",
    severity=WARNING,
    looks_for="No name of the sender at the end.",
    why="The reader met many people that week; your address alone may not tell them who you are.",
    fix="End with your name, as you introduced yourself.",
    bad=Sample(text="Dear Dr. Okafor,\n\nThank you for the talk about the nightly jobs.\n\nBest regards,"),
    good=Sample(
        text="Dear Dr. Okafor,\n\nThank you for the talk about the nightly jobs.\n\nBest,\nSam\n+1 312 555 0142"
    ),
    inspect=_inspect,
)
