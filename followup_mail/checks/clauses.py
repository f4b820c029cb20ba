"""The clauses of a mail: what stands between commas, or is joined on with *and*, *because*, *which*."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.regex import regex

_CUT: Final = regex(
    r"[;:\u2014\u2013()]|(?<=\w),(?=\s)|\s(?=(?:but|because|although|though|whereas)\s)|"
    r"\s(?=(?:and|so|while|since|as|where|which|who|that)\s+(?:i|you|we|he|she|they|it|my|your|his|her|their|our|the|nobody|"
    r"everybody|have|has|had|was|were|is|are|made|makes|led|gave)\b)|\s(?=which\s)"
)
_WORD: Final = regex(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_FEW_WORDS: Final = 3


class Clause(NamedTuple):
    """A clause of a mail, and the sentence that it is part of."""

    span: TextSpan
    sentence: TextSpan


def clauses_of(mail: ParsedMail) -> Iterator[Clause]:
    """Yield the clauses of the core, none of them shorter than three words where it can be joined to the next."""
    for sentence in mail.sentences:
        start = sentence.start
        for cut in [*(match.start() for match in _CUT.finditer(mail.body.plain, *sentence)), sentence.end]:
            is_last = cut == sentence.end
            if len(_WORD.findall(mail.body.plain[start:cut])) >= _FEW_WORDS or is_last:
                yield Clause(_trimmed(mail, start, cut), sentence)
                start = cut


def _trimmed(mail: ParsedMail, start: int, end: int) -> TextSpan:
    text = mail.body.plain[start:end]
    return TextSpan(start + len(text) - len(text.lstrip(" ,;:()\n\u2014\u2013")), start + len(text.rstrip()))
