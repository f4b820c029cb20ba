"""FM202: the recipient's name, nearly right."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.known_names import greeted_likeness
from followup_mail.checks.name_match import TITLES, TITLES_OF_TRADES, Likeness, compare, follows_title
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import Prose, Word
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body, in_subject
from followup_mail.checks.samples import Sample


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    message = f"'{{words}}' is not how {mail.known.full_name} is spelt."
    if not mail.known.recipient:
        return
    for word in mail.subject.capitalised:
        if _is_slip(mail, mail.subject, word):
            yield in_subject(mail, TextSpan(word.start, word.end), message)
    for word in mail.body.words:
        if word.start >= mail.greeted.end:
            break
        # "Dear Dean Deane": a title before a name. "Dear Justice" may be a slip for Justine.
        titles = TITLES_OF_TRADES if mail.plain(TextSpan(word.end, mail.greeted.end)).strip(" .") else TITLES
        in_greeting = mail.greeted.start <= word.start and word.plain not in titles
        if in_greeting and greeted_likeness(word.plain, mail.known) is Likeness.NEAR:
            yield in_body(mail, TextSpan(word.start, word.end), message)
    for word in mail.body.capitalised:
        if mail.core.start <= word.start < mail.core.end and _is_slip(mail, mail.body, word):
            yield in_body(mail, TextSpan(word.start, word.end), message)


def _is_slip(mail: ParsedMail, prose: Prose, word: Word) -> bool:
    """Return whether a capitalised word in running text is nearly the recipient's name, and no name or topic itself.

    Directly after "Ms." it may be shorter, and differ more, than elsewhere.
    """
    plain = word.plain.removesuffix("'s")
    if len(plain) < 4 or plain in mail.known.words:
        return False
    near = [name for name in mail.known.recipient if compare(plain, name) is Likeness.NEAR]
    if not near:
        return False
    return follows_title(prose, word) or any(_is_sure(plain, name) for name in near)


def _is_sure(word: str, name: str) -> bool:
    """Return whether two words are both long, and begin alike or differ in their beginning alone."""
    return min(len(word), len(name)) >= 5 and (word[0] == name[0] or word[2:] == name[2:])


RULE = Rule(
    code="FM202",
    name="name-misspelt",
    severity=ERROR,
    looks_for="The recipient's name with a letter or two wrong: Katherine for Catherine, Jon for John.",
    why="People notice their own name first, and a mistake in it before anything else.",
    fix="Write the name as the recipient writes it.",
    bad=Sample(
        text="Dear Dr. Okafer,\n\nThank you for the talk about moving the nightly jobs.\n\nBest regards,\nSam Rivera",
    ),
    good=Sample(
        text="Dear Dr. Cathy Okafor,\n\nThank you for the talk about the nightly jobs.\n\nBest regards,\nSam Rivera",
        given="A usual short form counts as correct.",
    ),
    inspect=_inspect,
)
