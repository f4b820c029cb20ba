"""Hints of templates that stand in no brackets: "Company Name", "XYZ Corporation", "XX years", "he/she".

A company may be called so all the same, and a mail may speak of a form; the rule asks the facts and the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.checks.day_mentions import MONTHS
from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.prose import Prose, word_set
from followup_mail.regex import regex

_OWNER: Final = (
    r"Company|Organi[sz]ation|Employer|Firm|Interviewer|Hiring\s+Manager|Manager|Recruiter|Recipient|Contact|"
    r"Contact\s+Person|"
    r"Department|Supervisor|Institution|Hospital|School"
)
_A_FIRM: Final = (
    r"Company|Corporation|Corp|Inc|Incorporated|Ltd|Limited|LLC|GmbH|Organi[sz]ation|Firm|Enterprises|Industries"
)
_HINTS: Final = (
    rf"(?:{_OWNER})(?:['’]?s['’]?)?\s+Name",
    r"(?:First|Last|Full|Your|Typed)\s+Name|Sur[Nn]ame",
    r"(?:Job|Position|Role)\s+(?:Title|Name)|JOB\s+TITLE|POSITION\s+TITLE",
    rf"Name\s+of\s+(?:the\s+)?(?i:{_OWNER}|Position|Person)",
    r"Your\s+(?:Phone|Phone\s+Number|Email|E-mail|Email\s+Address|Signature|Contact\s+Information)",
    r"COMPANY\s+NAME|YOUR\s+(?:NAME|PHONE|EMAIL)",
    rf"Insert\s+(?:{_OWNER}|Name|Date|Topic|Position)",
    r"(?i:insert\s+(?:\w+\s+){0,2}(?:name|company|position|title|date|topic|role|text|details?)\s+here)",
    rf"(?:XYZ|ABC|XXX?)\s+(?:{_A_FIRM})|XYZ\s+(?:position|role|job|team|department)|(?<=\bat\s)XYZ(?=[.,;!?]|\s*$)",
    r"(?:Company|Corporation|Firm|Organi[sz]ation|Position|Department)\s+(?:XYZ|ABC|XXX?)",
    r"(?:Insert|Enter|Type)\s+(?:\w+\s+){0,3}here",
    rf"(?:Previous|Current|Former|Target)\s+(?:{_A_FIRM}|Employer)",
    r"(?:[Pp]roduct|[Pp]roject|[Pp]rogram(?:me)?|[Ss]kill|[Tt]ool|[Tt]opic)\s+(?:XYZ|ABC)",
    r"(?<=\bat\s)company\s+name|(?<=\bjoin\s)company\s+name|(?<=\bjoining\s)company\s+name",
    r"(?:the|a)\s+job\s+title\s+(?:position|role)",
    r"(?<=\bon\s)date\s+(?:at|and)\s+time",
    r"City,\s+State(?:,?\s+Zip(?:\s+Code)?)?",
    r"Month\s+(?:Day|\d{1,2}),?\s+Year|(?<=\b(?:on|by)\s)(?i:MM|DD)[/.-](?i:MM|DD)(?:[/.-](?i:YY(?:YY)?))?",
)
# Behind what was talked about, to the end of the phrase: "vitamins A, B and C" and "X, Y and Z are" say something.
_LETTERS_IN_A_ROW: Final = regex(
    r"\b(?:about|regarding|discuss(?:ed|ing)|mention(?:ed|ing)|back to|such as|learn(?:ed|ing)|by)[ \n]"
    r"((?:X, Y,? and Z|A, B,? and C))(?=[ \n]*[.,;!?]|[ \n]*\Z)"
)
_BARE: Final = regex(rf"\b(?:{'|'.join(_HINTS)})\b(?![’'\w]|[ ]?:)")
# A text without any of these has nothing that _BARE would find. The last three are another s or i "in any case".
_BARE_SIGNS: Final = word_set(
    "previous current former target name title phone mail signature information "
    "insert enter type xyz abc xx date city, month mm/ mm. mm- dd/ dd. dd- "
    "\u017f \u0131 \u0130"
)
_ALONE_ON_A_LINE: Final = regex(
    r"^[ ]*(?:Phone Number|Email Address|Today['’]s Date|Street Address|Your Address|"
    r"(?:Handwritten )?Signature)[ ]*$",
    re.MULTILINE,
)


# Two letters for a number, a month or a name: "XX years", "on MM June", "the X position", "555-XXX-XXXX".
_MONTH: Final = rf"(?:{'|'.join(month.capitalize() for month in MONTHS)})"
_STAND_INS: Final = regex(
    rf"(?<![-/\w])(?:(?:XX|QQ|YY|ZZ|NN)(?:%|\s+(?:{_MONTH}|(?!chromosomes)[a-z]{{2,}}s)\b)|"
    rf"(?:on|of|by|in|since|until|for)\s+((?:XX|QQ|ZZ|NN|MM|DD|YY)(?:\s+{_MONTH})?)(?=[,.;!?]|\s+[a-z])|"
    r"(?:with|have|over|of|after|bring|some|than)\s+(N\s+(?:years|months|weeks|days|people|projects|percent)\b)|"
    r"((?:[Tt]he|[Yy]our|[Aa])\s+X{1,2}\s+(?:position|role|job|team|department|company|project))|"
    r"(?<![-/\w])(TK)(?=\s+(?:of|percent|per cent|years|months|weeks|days|hours|minutes|people|times)\b)|"
    r"(?:about|on|by|with|for|at)\s+(TK)(?=[.;!?](?:\s|\Z))|"
    r"(?:with|have|over|bring)\s+(X\s+(?:years?|months?|people|percent))|"
    rf"(?:\$|€|£)X{{1,3}}\b|\bXX?\s+{_MONTH}|(?<=[\d(])[-. ]?\)?[-. ]?X{{3}}[-. ]X{{3,4}})"
)
_STAND_IN_SIGNS: Final = frozenset({"x", "n", "xx", "qq", "yy", "zz", "nn", "mm", "dd", "tk"})
_OPEN_MARKS: Final = ("x.", "x/", "x-", "x:", "xth", " x", "??", "__")
# A date or an hour that was left open: "on XX.XX.2026", "at XX:XX", "October XX", "the XXth".
_OPEN_DAYS: Final = regex(
    r"(?<![\w/.-])(?:[Xx?_]{1,2}[./-][Xx?_]{1,2}[./-](?:20)?(?:\d\d|[Xx?_]{2})|20\d\d-[Xx?_]{2}-[Xx?_]{2}|XX?:XX|"
    r"(?:[Xx?_]{2}|\d\d?)[./-][Xx?_]{2}[./-]20\d\d|"
    rf"XX?th\b|{_MONTH}\s+XX?(?:th)?\b|\d\d?(?:st|nd|rd|th)?\s+(?:of\s+)?XX+\s+20\d\d)(?!\w)"
)
# One word in capitals where others stand in small letters: "the talk about TOPIC".
_SHOUTED: Final = word_set(
    "company topic position name date day role interviewer employer title surname firstname lastname"
)
_IN_CAPITALS: Final = regex(
    r"\b(?:at|about|for|with|on|of|to|joining|join|the)[ \n]"
    r"(COMPANY|TOPIC|POSITION|NAME|DATE|DAY|ROLE|INTERVIEWER|EMPLOYER|TITLE|SURNAME|FIRSTNAME|LASTNAME)\b(?!-)"
)
_EITHER_PRONOUN: Final = regex(r"\b(?:s?he/(?:she|he)|(?:him|her)/(?:her|him)|(?:his|her)/(?:her|his)|s/he)\b(?!/)")
# With one of these before it, it is about anybody, and right.
_ANYBODY: Final = regex(
    r"\b(?:a|an|each|every|any|anyone|anybody|someone|somebody|whoever|no|everyone|everybody|nobody|one|who|"
    r"pronouns?)\b"
)
_OF_ONE_OR_MORE: Final = regex(
    r"\b(?:interviewer|manager|position|role|name|company|recipient|contact|department|supervisor|employer|team|"
    r"topic)\(s\)"
)
_FORMS: Final = regex(
    r"\bclick (?:or tap )?(?:here )?to enter (?:text|a date)\b|(?<=[.\n] )choose an item\.|^[ ]*choose an item\.|"
    r"\btype (?:your )?text here\b|\berror! (?:reference source|bookmark|no text of)\b[^.\n]{0,40}|"
    r"\((?:if applicable|delete as appropriate|delete as applicable|choose one|select one|circle one|if relevant)\)|"
    r"\[(?:if applicable|optional)\]",
    re.MULTILINE,
)
_FORM_SIGNS: Final = frozenset(
    {"click", "choose", "type", "error", "delete", "select", "circle", "applicable", "relevant", "optional"}
)


def find_bare_hints(prose: Prose, within: TextSpan) -> Iterator[TextSpan]:
    """Yield "Company Name", "XYZ Corporation" and the like, which a company may be called all the same."""
    has_sign = any(sign in prose.plain for sign in _BARE_SIGNS)
    for pattern in (_BARE, _ALONE_ON_A_LINE) if has_sign else ():
        yield from (TextSpan(*match.span()) for match in pattern.finditer(prose.written, *within))
    yield from (TextSpan(*match.span(1)) for match in _LETTERS_IN_A_ROW.finditer(prose.written, *within))
    if prose.has_any(_SHOUTED):
        yield from (TextSpan(*match.span(1)) for match in _IN_CAPITALS.finditer(prose.written, *within))
    if prose.has_any(_STAND_IN_SIGNS) or "X" in prose.written:
        for match in _STAND_INS.finditer(prose.written, *within):
            yield TextSpan(*match.span(match.lastindex or 0))
    if any(mark in prose.plain for mark in _OPEN_MARKS):
        yield from (TextSpan(*match.span()) for match in _OPEN_DAYS.finditer(prose.written, *within))
    yield from _of_forms(prose, within)


def _of_forms(prose: Prose, within: TextSpan) -> Iterator[TextSpan]:
    """Yield what word processors ask for, and the choices that a template leaves to its user."""
    if prose.has_any(_FORM_SIGNS):
        yield from (TextSpan(*match.span()) for match in _FORMS.finditer(prose.plain, *within))
    if "(s)" in prose.plain:
        yield from (TextSpan(*match.span()) for match in _OF_ONE_OR_MORE.finditer(prose.plain, *within))
    if "/" in prose.plain:
        for match in _EITHER_PRONOUN.finditer(prose.plain, *within):
            before = prose.plain[max(within.start, match.start() - 160) : match.start()]
            if not _ANYBODY.search(before) and prose.plain[match.end() : match.end() + 1] != "\n":
                yield TextSpan(*match.span())
