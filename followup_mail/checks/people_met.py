"""Strangers with a title or a full name whom a mail has at the table: "good to have Mr Hargreave with us".

A title makes a name surely that of a person. Beside it must stand what only happens where people meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.people_mentions import CAPITAL, IN_THE_HOUSE, OWN, TITLE, WORD, is_excused
from followup_mail.checks.prose import Prose
from followup_mail.regex import regex

_TITLED: Final = rf"{TITLE}{WORD}(?: {WORD}){{0,2}}"
_NAMED: Final = rf"(?:{_TITLED}|{WORD} {WORD})"
_TWO_WORDS: Final = regex(rf"{CAPITAL}[\w'’-]{{1,60}}\.? {CAPITAL}")
"""A full name, or a title with a name: without it no sentence has what is looked for below but ``_SPOKEN_OF``. No name
is longer; without a limit, a word of many capitals would be read once for each of them."""
_GLAD: Final = (
    r"(?:[Gg]ood|[Kk]ind|[Nn]ice|[Gg]enerous|[Tt]houghtful|[Ll]ovely|[Gg]reat|[Pp]leasure|[Hh]appy|[Gg]lad|[Dd]elighted|"
    r"[Pp]leased|[Hh]onou?r|[Cc]hance|[Oo]pportunity|[Ee]njoyed|[Ll]iked|[Ww]onderful|[Ii]nteresting|[Hh]elpful|"
    r"[Tt]hank you|[Tt]hanks|[Gg]rateful|[Aa]ppreciated|[Uu]seful|[Tt]reat)"
)
_MEETING: Final = (
    r"(?:to|for|of) (?:have|having|bring in|bringing in|bring along|bringing along|include|including|invite|inviting|"
    r"let|letting|ask|asking|"
    r"meet|meeting|hear from|hearing from|see|seeing|introducing me to|introduce me to|sitting with|"
    r"(?:speak|speaking|talk|talking|chat|chatting|sit down|sitting down) (?:to|with))"
)
_TALK: Final = r"(?:exchange|tour|walk|time|interview|conversation|discussion|talk|chat|session|round|hour|meeting)"
_DOES: Final = (
    r"(?:sat (?:in|with us|beside|next to|opposite|on the panel|at the)|took (?:notes|part|"
    r"the (?:other|opposite|opponent))|"
    r"(?:could|was able to|found time to|was kind enough to) (?:join|be there|sit in|come)|"
    r"joined (?:us|in|the|for)|"
    r"was (?:there|with us|in the room|at the table|on the panel) (?:as|too|for|during|with)|asked me|asked about|"
    r"wanted to know|pressed me|tested me|challenged me|quizzed me|grilled me|walked (?:me|us)|led (?:me|us) through|"
    r"gave (?:me|us) (?:a|an|the)\b|found my|"
    r"(?:gave|put|asked|showed) (?:me|us|to me|to us) (?:at|in|during|after|before|towards?) (?:the|our|my)\b|"
    r"put (?:it |the \w+ |a \w+ )?to me|showed (?:me|us) (?:round|around|the))"
)
_FRAMES: Final = regex(
    rf"\b{_GLAD}\b[^.!?;:\n]{{0,50}}? (?:also )?{_MEETING} (?:your colleague )?(?P<n0>{_NAMED})|"
    rf"\b[Ii] (?:also |really |much )?(?:enjoyed|liked|appreciated) (?:meeting|hearing from|talking (?:to|with)|"
    rf"speaking (?:to|with)|seeing|having) (?P<n1>{_NAMED})|"
    rf"\b(?:[Ii]nterviewed|[Qq]uestioned|[Ww]elcomed|[Rr]eceived|[Ss]hown round|[Ss]hown around) by (?P<n2>{_NAMED})|"
    rf"\b(?:with|to|of|for) you,? and (?:with |to |of |for )?(?P<n3>{_TITLED})|"
    rf"\b(?:[Tt]hanks|[Rr]egards|[Gg]reetings|[Ww]ishes) (?:also )?(?:go|go also|extend)(?: also)? to "
    rf"(?P<n4>{_TITLED})|"
    rf"\b(?:[Tt]he|[Oo]ur|[Mm]y) {_TALK} with (?P<n5>{_TITLED})|"
    rf"\b[Hh]aving (?P<n6>{_TITLED})(?= (?:there|with us|at the table|in the room))|"
    rf"\b(?P<n7>{_TITLED})(?:, [^.,;\n]{{3,40}},)? {_DOES}|"
    rf"\b(?P<n8>{_TITLED})['’]s? (?:questions?|case|exercise|task|test|remarks?|advice|answer)\b"
    r"(?=[^.!?\n]{0,60}\b(?:interview|me|us|conversation|yesterday|morning|afternoon)\b)|"
    rf"\b(?P<n9>{WORD} {WORD}) (?:sat in (?:on|for|with)|joined us|took the other side|pressed me|quizzed me)"
)
_LISTED: Final = (
    regex(rf"\b(?P<beside>{WORD})(?:, and |, | and )(?=(?P<name>{_TITLED}))"),
    regex(rf"\b(?P<name>{_TITLED})(?:, and |, | and )(?P<beside>(?:{TITLE})?{WORD})"),
)
_AMONG: Final = regex(
    r"\b(?:with|met|meet|meeting|thank|thanks|regards|by|between|before|table|interview\w*|panel|you and)\b"
)
_SPOKEN_OF: Final = regex(
    r"\b(?:[Yy]our (?:colleagues?|assistant|boss|manager|deputy|team-mate|teammate|partner)(?: also)?,?|"
    r"(?:[Pp]lease|[Cc]ould you|[Kk]indly) (?:also )?(?:thank|greet|give|tell|remind)|"
    r"(?:my|best|kind|warm) (?:\w+ )?(?:regards|thanks|greetings|wishes) (?:also )?to) "
    rf"(?:{TITLE})?(?P<name>{WORD})"
)
_I_SAID: Final = regex(r"\bi(?:'ve| have| had)? (?:said|told|mentioned)\b")
_HEARSAY: Final = regex(
    r"\b(?:told|mentioned|said|says|tell|story|stories|quoted|worked|work|taught|learn(?:ed|t)|method|references?|referees?|tutor|"
    r"once|used to|years? ago|at school|studied|university|thesis|professor of mine|trained|former)\b"
)


def strangers_met(prose: Prose, within: TextSpan) -> Iterator[TextSpan]:
    """Yield the names of those whom a sentence has at the interview, by what stands beside them."""
    if not _TWO_WORDS.search(prose.written, *within):
        return
    sentence = _spoken(prose, within)
    if _HEARSAY.search(sentence) or is_excused(sentence):
        return
    for match in _FRAMES.finditer(prose.written, *within):
        group = next(name for name, value in match.groupdict().items() if value)
        yield TextSpan(*match.span(group))


def _spoken(prose: Prose, within: TextSpan) -> str:
    """Return a sentence without what is the writer's own: "my thanks" thanks no friend, "I said" reports nothing."""
    return _I_SAID.sub(" ", OWN.sub(" ", prose.plain[within.start : within.end]))


def listed_beside(prose: Prose, within: TextSpan) -> Iterator[tuple[TextSpan, str]]:
    """Yield people with a title who stand in a list of those met, each with the word of the name beside."""
    if not _TWO_WORDS.search(prose.written, *within):
        return
    sentence = _spoken(prose, within)
    if _HEARSAY.search(sentence) or not _AMONG.search(sentence) or is_excused(IN_THE_HOUSE.sub(" ", sentence)):
        return
    for pattern in _LISTED:
        for match in pattern.finditer(prose.written, *within):
            yield TextSpan(*match.span("name")), prose.plain[slice(*match.span("beside"))].split()[-1]


def reader_as_other(prose: Prose, within: TextSpan) -> Iterator[TextSpan]:
    """Yield names that are spoken of as somebody else's than the reader's: "hear from your colleague Petra"."""
    for match in _SPOKEN_OF.finditer(prose.written, *within):
        yield TextSpan(*match.span("name"))
