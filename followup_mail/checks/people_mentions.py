"""Where a mail names somebody as one of those who were met, and whom it addresses by title alone.

Mails name many people whom no facts know: teachers, authors, whoever made the tea. A name counts only where nobody but
a member of the panel can stand: "please thank ...", "you and ... interviewed me", "... joined us".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.prose import Prose, word_set, words_of
from followup_mail.facts.application import Person
from followup_mail.facts.name_parts import split_name
from followup_mail.regex import regex

TITLE: Final = (
    r"(?:(?:Mrs?|Ms|Mx|Dr|Prof|Hon|Rev|Revd|Fr|Atty|Engr|Capt|Col|Sgt|Mme)\.? |"
    r"(?:Herr|Frau|Señora?|Madame|Monsieur|Puan|Encik|"
    r"Professor|Judge|Magistrate|Justice|Rabbi|"
    r"Chef|Captain|Colonel|Sergeant|Major|Father|Sister|Brother|Sir|Dame|Dean|Nurse|Coach|Doctor|Councillor) )"
)
CAPITAL: Final = r"[^\W\d_a-zß-öø-ÿ]"
WORD: Final = rf"{CAPITAL}(?:[\w-]|['’](?!s\b))+"
_NOT_FIRST: Final = r"(?!(?:When|As|After|Since|While|Before|And|But|Then|Also|Later|Yesterday|That|How|What|The) )"


def _named(group: int, *, needs_title: bool = False) -> str:
    return rf"(?P<n{group}>{_NOT_FIRST}{TITLE}{'' if needs_title else '?'}{WORD}(?: {WORD}){{0,2}})"


_THANKED: Final = regex(
    rf"\b(?:(?:[Pp]lease|[Cc]ould you|[Dd]o|[Kk]indly)(?: also| do)? (?:thank|tell|remind)|"
    r"(?:my|our|best|kind|warm|sincere|of)(?: \w+)? (?:thanks|gratitude)(?: also| on| along| too)? to|thanks also to|"
    rf"(?:pass|passing|hand|forward)\w* (?:this|it|that|them|my thanks)(?: on| along)? to) {_named(0)}|"
    # Regards go to old acquaintances, too: only whoever is named like a stranger was met.
    r"\b(?:regards|greetings|wishes|best|respects|hello|compliments)(?: also| on| along| too)? to "
    rf"(?:{_named(1, needs_title=True)}|(?P<n2>{WORD} {WORD}))"
)
_MET: Final = regex(
    rf"\b(?:(?:[Bb]oth )?[Yy]ou and|[Mm]yself and) {_named(3)}(?= (?:both |each |so |kindly |all |for |on |in |at |"
    r"last |about |interviewed|showed|told|asked|met|explained|took|were|gave|made|spoke|talked|put|said|described|"
    r"mentioned|walked|yesterday|this)|[.,!?;]|$)|"
    r"\b(?:meet|meeting|met|spoke|speak|speaking|talk|talking|talked|sat down|sit down|interviewed|interview) "
    rf"(?:to |with |by )?you(?:,)? and {_named(4)}|"
    rf"\b(?:questions?|case|problem|puzzle|task) (?:that |which )?{_named(5)} (?:put to|asked|gave|set|posed to) me\b|"
    rf"\b(?:interview|meeting|conversation|talk|chat|session|hour|time) with {_named(6)}"
    r"(?= (?:and|on|last|about|yesterday|i|I)\b|[.,])|"
    rf"(?:(?<=[.!?,;\n]\s)|(?<=\n)|\b(?:[Ww]hen|and|that|[Bb]efore|[Ss]ince|[Aa]s|[Ww]hile|[Aa]fter) ){_named(7)}"
    r"(?:, [^.,;\n]{3,40},)? (?:joined (?:us|the two of us|you|the call|the interview|the panel|our|in)|"
    r"(?:who )?(?:interviewed|asked) me|showed me (?:a?round|the)|walked me|"
    r"put (?:it |a question |the question )?to me)\b|"
    rf"\bfrom {_named(8, needs_title=True)}, who (?:explained|asked|showed|told|walked|described)\b|"
    rf"\b(?:meeting|interviewing|seeing|having) me (?:\w+ ){{0,3}}?(?:together |along )?with {_named(9)}|"
    rf"(?:(?<=[.!?,;\n]\s)|(?<=\n)|\bto ){_named(10)} and you (?:both |made|gave|were|asked|showed|took|for)"
)
# Without these there is nothing to find for the two above, which take long to compile: what stands before a name of
# those thanked, and something that each way of having met somebody needs.
_MAY_THANK: Final = regex(rf"(?:thank|tell|remind|to) {CAPITAL}")
_MAY_MEET: Final = regex(rf"ou,? and |yself and | and you| me\b|joined |, who |with {CAPITAL}")
# Not of the panel: somebody of the candidate's own, somebody the reader spoke of, whoever was kind at the door.
_EXCUSED: Final = regex(
    r"\b(?:my|old|former|late|boss|teacher|supervisor|mentor|friend|colleague of mine|wife|husband|brother|uncle|"
    r"aunt|whom you mentioned|you mentioned|you told me about|you quoted|book|novel|paper by|tea|coffee|cake|"
    r"biscuits?|cookies?|umbrella|lift|desk|reception|receptionist|lobby|door|gate|porter|guard|driver|parking|"
    r"let me in|lunch|sandwich(?:es)?|dog|cat|volunteers?|neighbou?r)\b"
)
IN_THE_HOUSE: Final = regex(
    r"\b(?:in|from|at) (?:the )?(?:payroll|accounts|facilities|security|hr|kitchen|canteen|cloakroom|it|office)\b"
)
OWN: Final = regex(
    r"\bmy (?:(?:sincere|kind|best|warm|special|very|second|first|long) )*(?:thanks|regards|greetings|wishes|best|"
    r"interview|conversation|talk|meeting|visit|time|chat|hour|mind|answers|presentation|gratitude|application|hope)\b"
)
_ALONE: Final = regex(
    r"(?:, |\b(?:[Tt]hank you|[Tt]hanks|[Dd]ear|Hi|Hello|[Gg]ood (?:morning|afternoon|evening)|Yes|[Pp]lease),? )"
    r"(?P<title>Your (?:Honou?r|Excellency|Grace)|[A-Z][a-z]+)(?=[,.!]|\s*$)",
    re.MULTILINE,
)
_JUDGES: Final = ("justice", "hon", "magistrate", "your honor", "your honour")
_FULL: Final = {
    "prof": "professor", "dr": "doctor", "capt": "captain", "col": "colonel", "fr": "father",
    **dict.fromkeys(_JUDGES, "judge"),
}  # fmt: skip
_USED_ALONE: Final = word_set("judge chef colonel captain rabbi father sister coach dean professor doctor major")


def people_named(prose: Prose, within: TextSpan) -> Iterator[TextSpan]:
    """Yield the names of those whom a sentence has among the people met."""
    sentence = prose.plain[within.start : within.end]
    if is_excused(OWN.sub(" ", sentence)):
        return
    for sign, pattern in ((_MAY_THANK, _THANKED), (_MAY_MEET, _MET)):
        for match in pattern.finditer(prose.written, *within) if sign.search(prose.written, *within) else ():
            group = next(name for name, value in match.groupdict().items() if value)
            yield TextSpan(*match.span(group))


def is_excused(sentence: str) -> bool:
    """Return whether a sentence is of people who need no place in the facts: one's own, the kind soul at the desk."""
    return _EXCUSED.search(sentence) is not None or IN_THE_HOUSE.search(sentence) is not None


def titles_alone(prose: Prose, within: TextSpan) -> Iterator[tuple[TextSpan, str]]:
    """Yield the titles that address the reader without a name, "Thank you, Chef", each in its full form."""
    for match in _ALONE.finditer(prose.written, *within):
        title = match["title"].lower()
        if title in _USED_ALONE or " " in title:
            yield TextSpan(*match.span("title")), _FULL.get(title, title)


def offices_of(person: Person) -> frozenset[str]:
    """Return the titles that somebody has, by the name, the form of address or the job."""
    titles = words_of(" ".join((*split_name(person.name).titles, person.address_as, person.title)))
    return frozenset(_FULL.get(title, title) for title in titles) & _USED_ALONE
