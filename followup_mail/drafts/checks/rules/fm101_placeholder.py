"""FM101: something that should have been filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_mail.drafts.checks.looking import spans_everywhere
from followup_mail.drafts.checks.prose import Prose, word_set, words_of
from followup_mail.drafts.checks.reading import Span
from followup_mail.drafts.checks.rule import ERROR, Rule
from followup_mail.drafts.checks.sample import Sample

# What people put into brackets of templates. Brackets around anything else may be meant: code, a quotation, a note.
_FILL_IN = word_set("""
    name names first last full surname your my their his her recipient recipients interviewer interviewers
    hiring manager company companies employer organisation organization position role job title date day time
    topic topics project insert fill add mention specific something detail details example skill skills team
    number phone email address link point points reason xyz abc x y here interview placeholder todo tbd tbc
    linkedin url signature
""")
_SMALL = word_set("of the a an in to for from or and with at about you we i that this it on discussed")
_MARKED = re.compile(
    r"\{\{[^{}\n]{0,80}(?:\}\})?|\}\}|\{%[^\n]{0,80}|%\}|\$\{[^{}\n]{0,60}\}|%\([\w ]{1,40}\)s|<%[^\n]{0,60}%>|_{4,}"
)
_BRACKETS = re.compile(r"[\[<{][ ]?([^\[\]<>{}\n]{1,60})[\]>}](?!\()")
_WORDS = word_set("tktk fixme tbd tba tbc firstname lastname first_name last_name lorem")
_MANY_X = re.compile(r"\bxxx+\b")
# A TODO app and a company Todo are no leftovers: only in capitals, and before what is to be done.
_TODO = re.compile(
    r"(?<![\w.-])TODO(?=\s*[:\])(]|\s*$|\s*\n|\s+(?:add|write|insert|fill|check|mention|find|ask)\b)", re.MULTILINE
)


def _find(prose: Prose, within: Span) -> Iterable[Span]:
    if any(mark in prose.plain for mark in "{[<%_"):
        yield from (Span(*match.span()) for match in _MARKED.finditer(prose.plain, *within))
        for match in _BRACKETS.finditer(prose.written, *within):
            if _is_fill_in(match[1].strip()):
                yield Span(*match.span())
    if "xxx" in prose.plain:
        yield from (Span(*match.span()) for match in _MANY_X.finditer(prose.plain, *within))
    if "TODO" in prose.written:
        yield from (Span(*match.span()) for match in _TODO.finditer(prose.written, *within))
    for word in _WORDS & prose.starts.keys():
        yield from (Span(start, start + len(word)) for start in prose.starts[word])


def _is_fill_in(inside: str) -> bool:
    """Tell "[Name]" and "<insert topic>" from "[1]", "list[int]", "<ada@example.org>" and "[sic]"."""
    words = [word for word in words_of(inside.replace("_", " ")) if word not in _SMALL]
    if not words or "@" in inside or "://" in inside:
        return False
    known = sum(word.removesuffix("'s") in _FILL_IN for word in words)
    shouted = inside.isupper() and len(inside) > 3 and " " in inside
    return known * 2 >= len(words) or words[0] in {"insert", "your"} or shouted


RULE = Rule(
    code="FM101",
    name="placeholder",
    severity=ERROR,
    looks_for="Template marks, brackets around 'Name' or 'Company', TODO, XXX, TBD.",
    why="One left-over placeholder tells the reader that everyone got this mail.",
    fix="Put in what belongs there, or take the sentence out.",
    bad=Sample(text="Dear [Name],\n\nThank you for the talk about {{ topic }}.\n\nBest regards,\nSam Rivera"),
    good=Sample(
        "The TODO app you showed me [the one with the offline mode] stayed with me, and so did the way you moved the "
        "nightly jobs."
    ),
    look=spans_everywhere(_find, "'{words}' was left to be filled in."),
)
