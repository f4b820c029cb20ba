"""FM104: the hole that a missing fact leaves in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_mail.drafts.checks.looking import in_body, in_subject
from followup_mail.drafts.checks.prose import Prose
from followup_mail.drafts.checks.reading import Reading, Span
from followup_mail.drafts.checks.rule import ERROR, Rule, Spot
from followup_mail.drafts.checks.sample import Sample

_HOLES = re.compile(
    # A word that needs another after it, then a space, then punctuation: "our conversation about ."
    r"\b(?:about|on|at|of|the|an?|our|your|my|with|for|from|and|as|into)[ ]+[,.;!?](?![.\w])|"
    # The same without the space, for words that end no sentence: "the position at the."
    r"\b(?:the|our|your|my|an?|(?:role|position|time|interview|team|job|join|work) (?:at|with))[,.;!?](?=[ \n]|$)|"
    r"(?<=\w)[ ]{1,3},(?=[ \n]|$)|"  # "Thank you , Sam"
    r",[ ]*,|,[ ]*\.(?!\.)|[;:][ ]*[,.;](?=\s|$)|\([ ]*\)|(?<![.\d])\.[ ]\.(?!\.)|"  # ", ,"  ",."  "()"  ". ."
    r"(?<=[a-z])\.\.(?![./])|"  # two full stops are no ellipsis
    r"\b(?:the|our|your)[ ]+(?:the|our|your)\b|\babout[ ]+(?:with|and|at)\b|\bat[ ]+(?:and|on|for)\b"
)
_DOUBLE_SPACE = re.compile(r"(?<=[a-z,])[ ]{2,8}(?=[a-z,.])", re.IGNORECASE)
# "the team I look at." and "something to build on." end well.
_ENDS_WELL = re.compile(r"\b(?:look\w*|work\w*|good|best|great|better|what|it|arrive\w*|am|are|is|were|was|left)\s+$")
_COLUMNS = re.compile(r"\S[ ]{2,}")


_MESSAGE = "Something seems to be missing at '{words}'."


def _look(reading: Reading) -> Iterable[Spot]:
    for span in _find(reading.subject, Span(0, len(reading.subject.plain))):
        yield in_subject(reading, span, _MESSAGE)
    for span in _find(reading.body, Span(reading.greeting.end, len(reading.body.plain))):
        yield in_body(reading, span, _MESSAGE)


def _find(prose: Prose, within: Span) -> Iterable[Span]:
    for match in _HOLES.finditer(prose.plain, *within):
        if not _ENDS_WELL.search(prose.plain, max(0, match.start() - 20), match.start()):
            yield _with_neighbours(prose.plain, *match.span())
    for match in _DOUBLE_SPACE.finditer(prose.written, *within):
        if not _is_table(prose, match.start()):
            yield _with_neighbours(prose.plain, *match.span())


def _with_neighbours(text: str, start: int, end: int) -> Span:
    """Widen a hole to the words beside it, so that it can be seen."""
    left, right = max(0, start - 20), end + 20
    before = re.search(r"\S{1,20}[ ]?\Z", text[left:start])
    after = re.match(r"\S{1,20}", text[end:right])
    return Span(left + before.start() if before else start, end + after.end() if after else end)


def _is_table(prose: Prose, at: int) -> bool:
    """Tell whether a line has several gaps: then they are columns, not a missing fact."""
    line, _ = prose.place_of(at)
    start = prose.line_starts[line - 1]
    end = prose.line_starts[line] if line < len(prose.line_starts) else len(prose.written)
    return len(_COLUMNS.findall(prose.written[start : min(end, start + 400)])) > 2


RULE = Rule(
    code="FM104",
    name="gap",
    severity=ERROR,
    looks_for="Double spaces inside a sentence, a space before a comma, ', ,', '()', 'the role at.'.",
    why="It is the trace of a fact that was not there when the template was filled in.",
    fix="Put the missing word in, or close the gap.",
    bad=Sample("Thank you for the talk about  , and for your time at ."),
    good=Sample(
        "Thank you for the talk about the nightly jobs ... I keep thinking of it.  Streaming is what I was looking at.",
        given="Two spaces after a full stop are a habit, not a hole.",
    ),
    look=_look,
)
