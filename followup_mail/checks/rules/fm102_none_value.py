"""FM102: a missing value, written out by a program."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import Prose
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body, in_subject
from followup_mail.checks.samples import Sample

_SIGNS = frozenset({"none", "null", "undefined", "nan", "n", "nonetype", "function"})
_MESSAGE = "'{words}' stands in for a missing fact."
# "None" with a capital inside a sentence, where a name, topic or day belongs; other forms before punctuation only.
_IN_A_SENTENCE = re.compile(
    r"\b(?:[Dd]ear|[Hh]i|[Hh]ello|at|about|on|with|for|the|as|from|of|by|in|to|our|your|and|joining|join|"
    r"[Mm][rs]s?\.?|[Dd]r\.?)\s+"
    r"(?P<value>None(?!\s+[A-Z])|(?:null|NULL|undefined|NaN|nan|N/A)(?=\s*(?:[,.;:!?)\n]|$))|"
    r"none(?=\s+(?:role|position|team)))(?![\w-])"
)
_ANYWHERE = re.compile(
    r"(?m)(?P<value>\bNoneType\b|^None(?=\s*(?:$|,))|\bNone,|\((?:null|none|None|NULL|nan|NaN)\)|\[object Object\]|"
    r"<built-in|<function\b|\bundefined,|"
    r"(?<![Mm]y )(?<!the )(?<![Hh]er )(?<![Hh]is )(?<![Oo]ur )(?<=[a-z] )nan(?= (?!bread)[a-z]))"
)


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    # A company may be called None Such, and the handling of NULL may have been talked about.
    known = mail.known.words
    for span in _find(mail.subject, known):
        yield in_subject(mail, span, _MESSAGE)
    for span in _find(mail.body, known):
        yield in_body(mail, span, _MESSAGE)


def _find(prose: Prose, known: frozenset[str]) -> Iterable[TextSpan]:
    if not prose.has_any(_SIGNS) and "object object" not in prose.plain and "<built-in" not in prose.plain:
        return
    for pattern in (_IN_A_SENTENCE, _ANYWHERE):
        for match in pattern.finditer(prose.written):
            if match["value"].strip("(),").lower() not in known:
                yield TextSpan(*match.span("value"))


RULE = Rule(
    code="FM102",
    name="none-value",
    severity=ERROR,
    looks_for="'None', 'null', 'nan', 'undefined' where a name, a topic or a day belongs.",
    why="It shows that a program filled in a form and nobody read the result.",
    fix="Add the missing fact, or delete the sentence.",
    bad=Sample(text="Dear None,\n\nThank you for the conversation about None.\n\nBest regards,\nSam Rivera"),
    good=Sample(
        "None of the other teams I met lets each group own its pipelines, and none moved its nightly jobs to streaming "
        "so calmly."
    ),
    inspect=_inspect,
)
