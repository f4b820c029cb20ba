"""FM205: a position other than that of the application."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import Prose, words_of
from followup_mail.checks.role_match import is_other_role
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body, in_subject
from followup_mail.checks.samples import Sample

# "about the Data Engineer role". "my role as", "a role that" and "the role" name no position.
_ROLE_NAMED = re.compile(
    r"\b(?:for|about|regarding|concerning|in|to|re)\s*:?\s+(?:the|your|this|an?)\s+(?P<title>(?:[\w/&+'-]+\s+){1,6}?)"
    r"(?:role|position|job|opening|vacancy|interview|opportunity|post)\b"
)
# "chosen as shop assistant", "work for you as an analyst", "the role of software architect".
_CHOSEN_AS = re.compile(
    r"\b(?:(?:apply|applied|application|interview(?:ed|ing)?|chosen|selected|considered|considering\s+me|candidate|"
    r"hir(?:ed|ing)|work\s+for\s+you|join\s+you)\b(?:\s+\w+){0,3}?\s+as|"
    r"\b(?:the|your|this)\s+(?:role|position|job|post|vacancy)\s+(?:of|as))\s+(?:an?\s+|the\s+|your\s+)?"
    r"(?P<title>(?:[\w/&+'-]+\s+){0,3}?[\w'-]+)(?=[.,;!?\n]|\s+(?:at|in|with|on|and|which|that)\b)"
)
# "Data Engineer at Northwind", "Thank you: Data Engineer interview" in a subject.
_SUBJECT_ROLE = re.compile(
    r"(?:^|[:,–—-]\s|\bfor\s|\bthe\s|\babout\s|\bre\s)\s*(?P<title>(?:[\w/&+'-]+\s+){1,5}?)"
    r"(?=(?:role|position|job|opening|vacancy|interview|application|at|-|–)\b)"
)
_MESSAGE = "'{words}' is not the position of this application"


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    facts = mail.context.facts
    if facts is None:
        return
    message = f"{_MESSAGE}, which is '{facts.role}'."
    own = frozenset((*words_of(facts.role), *words_of(facts.company)))
    for span in _find(_SUBJECT_ROLE, mail.subject, mail.whole_subject, own):
        yield in_subject(mail, span, message)
    for pattern in (_ROLE_NAMED, _CHOSEN_AS):
        for span in _find(pattern, mail.body, mail.core, own):
            yield in_body(mail, span, message)


def _find(pattern: re.Pattern[str], prose: Prose, within: TextSpan, own: frozenset[str]) -> Iterable[TextSpan]:
    for match in pattern.finditer(prose.plain, *within):
        title = match["title"].rstrip()
        start = match.start("title")
        if is_other_role(words_of(title), prose.written[start : start + len(title)], own):
            yield TextSpan(start, start + len(title))


RULE = Rule(
    code="FM205",
    name="wrong-role",
    severity=ERROR,
    looks_for="A position in the mail other than the one you applied for.",
    why="The reader may be filling both, and will wonder which one you want, or whether you noticed.",
    fix="Write the position as it stands in the facts.",
    bad=Sample(
        "Thank you for the interview for the Product Manager position, and for the talk about the nightly jobs."
    ),
    good=Sample(
        "Thank you for the talk about the senior data engineering role, and about the product managers you hire."
    ),
    inspect=_inspect,
)
