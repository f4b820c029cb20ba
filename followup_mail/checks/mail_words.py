"""Which names of companies can make a difference to the checks of a mail, told before the checks run.

FM204 looks for a name by its first words, FM101 asks whether a hint that was left over is part of one, and a word of
one is not misspelt. A name with which none of the three can happen need not be known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from msgspec import Struct

from followup_mail.checks.bare_hints import find_bare_hints
from followup_mail.checks.known_names import company_words
from followup_mail.checks.parsed_mail import TextSpan, one_line_end
from followup_mail.checks.prose import Prose, read_prose, words_of
from followup_mail.checks.stock_words import ordinary_words


class MailWords(Struct, frozen=True):
    """The words of a mail, in their normal form (``prose``), and the hints that are no plain word."""

    words: frozenset[str]
    strange: frozenset[str]
    """The words that may be taken for misspelt."""
    hints: tuple[str, ...]

    @classmethod
    def read(cls, subject: str, text: str) -> Self:
        """Take a mail apart, as far as names matter."""
        both = [read_prose(one_line_end(part)) for part in (subject, text)]
        words = frozenset().union(*(prose.starts for prose in both))
        return cls(words, words - ordinary_words(), tuple(hint for prose in both for hint in _hints(prose)))

    def may_name(self, company: str) -> bool:
        """Return whether a check may come out otherwise when there is an application to this company."""
        telling, every = company_words(company), words_of(company)
        if not self.words.isdisjoint(telling):
            return True
        if any({word, f"{word}s", word.removesuffix("s")} & self.strange for word in every):
            return True
        return bool(self.hints) and any(hint in company.lower() for hint in self.hints)


def _hints(prose: Prose) -> Iterator[str]:
    for span in find_bare_hints(prose, TextSpan(0, len(prose.plain))):
        hint = " ".join(prose.plain[span.start : span.end].split())
        if not hint.isalpha():
            yield hint
