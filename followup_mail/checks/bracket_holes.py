"""Brackets that stand where a sentence needs a word: "I have worked with [kiln brand] for six years."

A remark in brackets can be left out, and the sentence is whole. Left out of these, an article or a preposition has
nothing behind it. "The kiln you told me about (the gas one)." is whole: what it is about stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.prose import Prose
from followup_mail.regex import regex

_NEEDS_MORE: Final = (
    r"(?:at|about|on|with|for|as|from|of|by|in|to|a|an|the|your|our|my|this|and|is|am|are|was|since|until|than|you|"
    r"bring|offer|liked|know|have|has|used)"
)
_WORDS: Final = (
    r"(?!object |undefined|null|nan|nil|None|Undefined|NULL|NaN)(?:[a-zA-Z][a-z'’-]+|[A-Z]{2,8})"
    r"(?:[ _/][a-zA-Z][a-z'’-]*){0,5}\??"
)
_GOES_ON: Final = (
    r"(?=\s*[.,;:!?](?:\s|$)|\s+(?:for|in|at|on|with|about|and|as|without|to|from|of|by|which|that|because|so|when|"
    r"since|until|is|was|are|were|has|had|would|will|can|I|i|we|you|said|told|showed|mentioned|asked|stayed|taught|"
    r"made|gave)\b|\s*$)"
)
_SQUARE: Final = regex(rf"\b{_NEEDS_MORE}\s(?P<hole>\[{_WORDS}\]|<<[\w' ]{{3,60}}>>){_GOES_ON}")
_PREPOSITION: Final = r"(?:at|about|with|for|as|from|of|by|on|in)"
_ROUND: Final = regex(
    rf"\b(?P<before>{_PREPOSITION}|liked|enjoyed|appreciated|discussed)\s"
    r"(?P<hole>\((?:(?:the |your )?(?:[a-z]+ )?(?:name|day|date|topic|place|city|town|number|title|role|company|"
    r"hospital|school|employer)(?: name)?|(?:their|his|her|name of)(?: [a-z'’-]+){1,6})\))"
    r"(?=\s*[.,;!?](?:\s|$)|\s*$|\s(?:is|was|has|would|will|and|on|in)\b)"
)
# "bread I am fond of": the preposition belongs to what stands before "I".
_STRANDED: Final = regex(
    r"(?!(?:when|as|since|after|because|and|but|if|while|then|today|yesterday|once|before|also|however) )\b[a-z]{2,} "
    r"(?:i|we|you|they|he|she|it|people|everybody)(?:'[a-z]{1,2})? (?:[a-z']+ ){1,4}\Z"
)
_TOLD_TO_WRITE: Final = regex(
    r"\[(?:how (?:many|much|long|often)|what exactly|which one|who exactly|when exactly|where exactly)\??\]|"
    r"\*(?:insert|add|mention|fill in|your|name of|write|describe)\b[^*\n]{2,60}\*|"
    r"(?<![\w&/#])#(?:topic|name|company|role|position|date|day|person|title|city|project|team|product)s?#|"
    r"\((?:s?he/s?he|he/she|she/he|his/her|her/his|him/her|her/him)\)"
)


def find_holes(prose: Prose, within: TextSpan) -> Iterator[TextSpan]:
    """Yield brackets that hold the place of a word."""
    if "[" in prose.plain or "<<" in prose.plain:
        yield from (TextSpan(*match.span("hole")) for match in _SQUARE.finditer(prose.written, *within))
    if "(" in prose.plain:
        for match in _ROUND.finditer(prose.plain, *within):
            before = prose.plain[max(within.start, match.start() - 50) : match.start("before")]
            if match["hole"].endswith(" name)") or " " not in match["hole"] or not _STRANDED.search(before):
                yield TextSpan(*match.span("hole"))
    if any(sign in prose.plain for sign in ("*", "#", "/", "[")):
        yield from (TextSpan(*match.span()) for match in _TOLD_TO_WRITE.finditer(prose.plain, *within))
