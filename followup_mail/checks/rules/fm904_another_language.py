"""A mail of a writing model that is not in English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from followup_mail.checks.context import Briefing
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import Word
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body
from followup_mail.checks.samples import Sample
from followup_mail.checks.stock_words import GRAMMAR, ordinary_words
from followup_mail.regex import regex

_FEWEST: Final = 8
_SHARE: Final = 0.25
"""Half of the words of an English letter are such words, and a tenth of those of another language look like them."""
_SHARE_WITH_ALIKE: Final = 0.4
_ORDINARY: Final = 0.6
"""With so many ordinary words a sentence is English, however few of them are grammar."""
_ELSEWHERE: Final = frozenset("die in so an was am de me no on as i he do les us dear hi will".split())
_ENGLISH: Final = GRAMMAR - _ELSEWHERE
_QUOTED: Final = regex(r'"[^"\n]{1,300}"')
_PARAGRAPH: Final = regex(r"[^\n]+(?:\n[^\n]+)*")


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    if mail.context.briefing is None:
        return
    quoted = [match.span() for match in _QUOTED.finditer(mail.body.plain)]
    counted = [word for word in mail.core_words if _counts(mail, word, quoted)]
    if _is_foreign(counted):
        yield in_body(mail, mail.core, "The mail is not in English.")
        return
    for match in _PARAGRAPH.finditer(mail.body.plain, *mail.core):
        if _is_foreign([word for word in counted if match.start() <= word.start < match.end()]):
            yield in_body(mail, TextSpan(*match.span()), "This paragraph is not in English.")


def _counts(mail: ParsedMail, word: Word, quoted: Sequence[tuple[int, int]]) -> bool:
    """Return whether a word tells the language: it is no name, and in no quotation."""
    is_name = mail.body.written[word.start].isupper() and word.plain not in GRAMMAR
    return not is_name and not word.plain[0].isdigit() and not any(start <= word.start < end for start, end in quoted)


def _is_foreign(words: Sequence[Word]) -> bool:
    if len(words) < _FEWEST or sum(word.plain in ordinary_words() for word in words) >= _ORDINARY * len(words):
        return False
    is_any = sum(word.plain in GRAMMAR for word in words) < _SHARE_WITH_ALIKE * len(words)
    return is_any and sum(word.plain in _ENGLISH for word in words) < _SHARE * len(words)


_FACTS = ("Dr. Catherine Okafor", "moving the nightly jobs to streaming", "Tuesday 17 November", "Sam Rivera")

RULE = Rule(
    code="FM904",
    name="another-language",
    severity=ERROR,
    looks_for="A mail, or a paragraph of one, that a writing model wrote in another language than English.",
    why="The interview was in English, and so are the checks: nobody has looked at such a mail.",
    fix="Write it in English; a quotation or a greeting may stay in another language.",
    bad=Sample(
        "Vielen Dank, dass Sie sich am Dienstag Zeit genommen haben. Die Läufe in der Nacht beschäftigen mich noch.",
        given="A writing model wrote it.",
        changes={"briefing": Briefing(_FACTS)},
    ),
    good=Sample(
        "Thank you for Tuesday. The nightly jobs, and moving them to streaming, have been on my mind since.",
        given="A writing model wrote it.",
        changes={"briefing": Briefing(_FACTS)},
    ),
    inspect=_inspect,
)
