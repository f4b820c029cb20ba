"""FM827: a word that is misspelt, or a slip of grammar that is one wherever it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from followup_mail.checks.misspellings import find_misspellings
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.prose import read_words
from followup_mail.checks.rule import WARNING, Rule, Spot, in_body
from followup_mail.checks.samples import Sample
from followup_mail.regex import regex

_LISTS = read_words("grammar_slips")
_SLIPS = phrases(_LISTS["phrases"])
# "Engineer I has been approved": the one is a rank.
_RANK = regex(r"(?<![.!?] )(?<!\n)\b[A-Z][a-z]{2,20} \Z")
_TWICE = frozenset(_LISTS["twice"].split())


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    for span, right in find_misspellings(mail):
        yield in_body(mail, span, "'{words}' is misspelt.", f"Write '{right}'.")
    for start, end in _SLIPS.find(mail.body, *mail.core):
        is_numeral = mail.body.written.startswith("I ", start) and _RANK.search(mail.body.written, 0, start)
        if mail.body.plain[start - 1 : start] not in {'"', "'"} and not is_numeral:
            yield in_body(mail, TextSpan(start, end), "'{words}' is a slip of grammar.")
    yield from (in_body(mail, span, "'{words}': the same word twice.") for span in _repeated(mail))


def _repeated(mail: ParsedMail) -> Iterator[TextSpan]:
    """Yield a small word that stands twice: "the the", also over the end of a line."""
    for word, after in pairwise(mail.core_words):
        if word.plain == after.plain and word.plain in _TWICE and not mail.body.plain[word.end : after.start].strip():
            yield TextSpan(word.start, after.end)


RULE = Rule(
    code="FM827",
    name="spelling",
    severity=WARNING,
    looks_for="Misspelt words and sure slips of grammar, in British or American English; words of the facts are right.",
    why="A typo in a thank-you costs offers: it looks as if nobody had read the mail before it was sent.",
    fix="Correct it. A word that is right after all belongs in the facts, for instance under `notes`.",
    bad=Sample("Thank you for recieving me, I would of liked to see the the nightly jobs."),
    good=Sample("Thank you for receiving me. I would, of course, have liked to see more of the nightly jobs."),
    inspect=_inspect,
)
