"""Names that a mail has speak or be greeted in the house, and that may be somebody else's: "Priyanka's question".

Unlike those of ``people_mentions`` these may also be of a teacher, an author or a customer. So a stranger among them is
a doubt, and no mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.people_mentions import OWN, TITLE, WORD, is_excused
from followup_mail.checks.prose import Prose, word_set
from followup_mail.regex import regex

_NAMED: Final = rf"(?:{TITLE}{WORD}(?: {WORD})?|{WORD}(?: {WORD})?)"
_SAID: Final = r"(?:question|remark|point|comment|explanation|answer|tour)s?"
_SPEAKS: Final = (
    r"(?:asked|told|showed|would show|explained|mentioned|said|pointed out|described|suggested|prepared|brought up|"
    r"raised)"
)
_THANKS: Final = r"(?:thanks|regards|greetings|wishes|best|gratitude|compliments)"
_HEARD: Final = regex(
    rf"\b(?:[Gg]ive|[Tt]ell|[Pp]ass on to|[Cc]onvey to) (?P<n0>{_NAMED})(?= (?:my|our) (?:\w+ ){{0,2}}{_THANKS}\b)|"
    rf"\b(?:[Ss]ay (?:hello|hi|thank you|thanks)|[Mm]y (?:\w+ )?(?:thanks|regards|greetings) (?:also )?go(?:es)?"
    rf"(?: also| too)?|[Rr]emember me|[Gg]reetings) to (?P<n1>{_NAMED})|"
    rf"\b(?:[Ww]ould|[Cc]ould|[Cc]an|[Ww]ill) you (?:please |kindly |also )?(?:thank|greet) (?P<n2>{_NAMED})|"
    rf"\b(?:hear|heard|learn|learned|learnt|gathered|understood) from (?P<n3>{_NAMED})"
    r"(?= (?:how|what|about|why|where)\b)|"
    rf"\b(?P<n4>{_NAMED})['’]s? {_SAID}\b|"
    rf"\b(?:[Ww]hen|[Ww]hat|[Hh]ow|[Aa]s|[Tt]hat|[Ww]hy|[Aa]lso|[Aa]nd|[Bb]efore|[Aa]fter) (?P<n5>{_NAMED})"
    rf"(?= (?:also |then |both )?{_SPEAKS}\b)|"
    rf"\b(?P<n6>{_NAMED})(?= (?:also |then |kindly )?(?:asked|told|showed|taught|walked|reminded|invited|advised) "
    r"(?:me|us)\b)|"
    rf"\b(?:[Bb]oth )?(?:[Yy]ou and|with you and|from you and) (?P<n7>{_NAMED})(?= [a-z]|[.,;])|"
    rf"\b(?P<n8>{_NAMED})(?=,? who (?:also )?(?:{_SPEAKS}|walked me)\b)|"
    rf"\b(?:[Dd]o |[Pp]lease )?let (?P<n9>{_NAMED}) know\b|"
    rf"\b(?:kind|good|nice|generous|patient) of (?P<n10>{_NAMED}) to\b|"
    rf"\b(?:work with|learn from|grateful to) (?P<n11>{TITLE}{WORD}|{WORD})(?= and you\b|, who\b)"
)
_SIGNS: Final = word_set("""
    give tell pass convey say thanks regards greetings remember thank greet hear heard learn learned learnt gathered
    understood asked told showed explained mentioned said pointed described suggested prepared let show grateful
    brought raised kind nice good generous patient work you taught walked reminded invited advised question questions
    remark remarks point points comment comments explanation answer tour
""")
_OF_OTHERS: Final = regex(
    r"\b(?:book|novel|paper|article|film|lecture|podcast|wrote|writes|written|famous|professor of mine|(?:at|in) "
    r"(?:my|our)|when i (?:was|worked)|years? ago|used to|once|at school|studied|university|in (?:19|20)\d\d|client|"
    r"customer|patient|former|back then|old)\b"
)
_OWN_PEOPLE: Final = regex(r"\b(?:my|our|a|an)(?: (?!and\b)[\w-]+){1,3},? \Z")


def people_heard(prose: Prose, within: TextSpan) -> Iterator[TextSpan]:
    """Yield the names of those whom a sentence has speak, or asks the reader to greet."""
    if not prose.has_any(_SIGNS):
        return
    sentence = OWN.sub(" ", prose.plain[within.start : within.end])
    if _OF_OTHERS.search(sentence) or is_excused(sentence):
        return
    for match in _HEARD.finditer(prose.written, *within):
        span = TextSpan(*match.span(match.lastgroup or 0))
        if not _OWN_PEOPLE.search(prose.plain, max(within.start, span.start - 40), span.start):
            yield span
