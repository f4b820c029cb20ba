"""FM104: the gap that a missing fact leaves in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.prose import Prose
from followup_mail.checks.rule import ERROR, Rule, Spot, in_both
from followup_mail.checks.samples import Sample
from followup_mail.regex import regex

# Each alternative begins with a plain character, which keeps the search fast. A space before "!" or "?" is how French
# is set, and no hole; two full stops are, three are an ellipsis.
_HOLES = regex(
    r" [,.](?![.\w])|,[ ]?[,.](?!\.)|[;:][ ]?[,.;](?=\s|$)|\([ ]*\)|(?:(?<=[a-z])\.\.)(?![./])",
)
_WORDS_MISSING = phrases("""
    the/our/your the/our/your
    about with/and/at
    at and/on/for
    the/your/our/an of
    from to
    by/of/about/to percent
    more/less/fewer than years/months/weeks/days/hours/minutes/percent
""")
# Words that end no sentence: "the position at the." And two that do, but not after these: "the position at."
_NEED_MORE = ("the", "our", "your", "my", "an")
_NO_NOUNS = frozenset({"was", "has", "does", "always", "sometimes", "perhaps", "besides", "towards", "others"})
_MARKS = frozenset(",.;!?")
_NEED_A_PLACE = ("at", "with")
_CUT_OFF = regex(r"\b(?:role|position|time|interview|team|job|join|(?:my|the|your|our) work) \Z")
_DOUBLE_SPACE = regex(r"(?<=[A-Za-z,])[ ]{2,8}(?=[A-Za-z,.])")
# "the team I look at." and "something to build on." end well.
_ENDS_WELL = regex(
    r"\b(?:look\w*|good|best|great|better|what|it|arrive\w*|c[ao]me|hail\w*|am|are|is|were|was|left)\s+$"
)
_COLUMNS = regex(r"\S[ ]{2,}")
# "The windows for are all to be in" and "I traced of the objects": a noun, or a number, was there.
_NOTHING_BEHIND = regex(r"\b([a-z]{3,}) (?:for|about|of|with|at|from) (?:are|is|was|were|has|will|would)\b")
_OF_HOW_MANY = regex(
    r"\b(?:i|we|and|have|had|has|which|that) (?:traced|found|lost|saved|moved|trained|counted|brought|fixed|sold|"
    r"served|"
    r"repaired|built|hired|led|managed|handled|cleared|closed|visited|checked|answered|cut|replaced|recovered|"
    r"treated) "
    r"of (?:the|our|their|these|those|your|my)\b"
)
# "The story of the and how you found it", "you have chosen a by the end": an article, and nothing that it belongs to.
_NOTHING_NAMED = regex(
    r"(?<=[a-z,] )(?:a|an|the|your|our|my) (?:by|of|at|for|from|with|and|but|in|on|to|when|because|until|who) "
    r"(?:the|a|an|our|your|my|this|these|how|what|i|we|you|it|they|last|next|which|whether)\b"
    r"(?! (?:job|field|spot|moment|ground|book|point|fly|road|go|table|shelf)\b)"
)
# "The one I talk about at home": what it is about stands before it.
_ABOUT_BEFORE = regex(
    r"\b(?!(?:when|as|since|after|because|and|but|if|while|then|today|yesterday|day|so|once|before) )[a-z]{2,} "
    r"(?:i|we|you|they|he|she|people|everybody)(?:'[a-z]{1,2})? (?:[a-z']+ ){1,3}\Z"
)
_MESSAGE = "Something seems to be missing at '{words}'."


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    return in_both(mail, _find, TextSpan(mail.greeting.end, len(mail.body.plain)), _MESSAGE)


def _find(prose: Prose, within: TextSpan) -> Iterable[TextSpan]:
    for match in _HOLES.finditer(prose.plain, *within):
        yield _with_neighbours(prose.plain, *match.span())
    yield from _cut_off(prose, within)
    yield from (TextSpan(*match.span()) for match in _OF_HOW_MANY.finditer(prose.plain, *within))
    for match in _NOTHING_BEHIND.finditer(prose.plain, *within):
        if _is_noun_only(match[1]):
            yield TextSpan(*match.span())
    yield from (TextSpan(*match.span()) for match in _NOTHING_NAMED.finditer(prose.written, *within))
    for start, end in _WORDS_MISSING.find(prose, *within):
        is_about = prose.plain.startswith("about", start) and _ABOUT_BEFORE.search(
            prose.plain, max(0, start - 60), start
        )
        if not is_about and not _ENDS_WELL.search(prose.plain, max(0, start - 20), start):
            yield TextSpan(start, end)
    if "  " in prose.plain:
        for match in _DOUBLE_SPACE.finditer(prose.plain, *within):
            if not _is_table(prose, match.start()):
                yield _with_neighbours(prose.plain, *match.span())


def _cut_off(prose: Prose, within: TextSpan) -> Iterable[TextSpan]:
    """Yield where punctuation follows a word that cannot end a phrase."""
    for word in (*_NEED_MORE, *_NEED_A_PLACE):
        for start in prose.starts.get(word, ()):
            end = start + len(word)
            cut = within.start <= start < within.end and prose.plain[end : end + 1] in _MARKS
            if cut and (word in _NEED_MORE or _CUT_OFF.search(prose.plain[max(0, start - 12) : start])):
                yield _with_neighbours(prose.plain, start, end + 1)


def _is_noun_only(word: str) -> bool:
    """Return whether a word is a noun in the plural and no verb: "what he looks for is" has its object before it."""
    # Only a mail with such words waits for the table of verbs.
    from followup_mail.language.verb_forms import as_base, as_past, as_third

    is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return is_plural and not (as_base(word) or as_past(word) or as_third(word)) and word not in _NO_NOUNS


def _with_neighbours(text: str, start: int, end: int) -> TextSpan:
    """Widen a hole to the words beside it, so that it can be seen."""
    left, right = max(0, start - 20), end + 20
    before = re.search(r"\S{1,20}[ ]?\Z", text[left:start])
    after = re.match(r"\S{1,20}", text[end:right])
    return TextSpan(left + before.start() if before else start, end + after.end() if after else end)


def _is_table(prose: Prose, at: int) -> bool:
    """Return whether a line has several gaps: then they are columns, not a missing fact."""
    return len(_COLUMNS.findall(prose.around(at))) > 2


RULE = Rule(
    code="FM104",
    name="gap",
    severity=ERROR,
    looks_for="Double spaces inside a sentence, a space before a comma, ', ,', '()', 'the role at.'.",
    why="A fact was missing when the template was filled in, and it shows.",
    fix="Add the missing word, or close the gap.",
    bad=Sample("Thank you for the talk about  , and for your time at ."),
    good=Sample(
        "Thank you for the talk about the nightly jobs ... I keep thinking of it.  Streaming is what I was looking at.",
        given="Two spaces after a full stop are a habit, not a gap.",
    ),
    inspect=_inspect,
)
