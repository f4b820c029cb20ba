"""What stays of an assistant's mail after a person changed its words: only its own sentences need a fact behind them.

A person may say of themselves what no fact has. What an assistant said keeps being checked until that sentence is
changed, so that one corrected letter does not let all the others pass.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from followup_mail.checks import Finding
from followup_mail.checks.finding import MailPart
from followup_mail.message.draft import Draft
from followup_mail.services.writing.text_difference import split_sentences

_OF_BRIEFINGS: Final = "FM90"
"""How the codes of rules begin that compare a mail with what its writer was told."""


def find_of_theirs(findings: Iterable[Finding], mine: Draft, theirs: Draft) -> tuple[Finding, ...]:
    """Return findings about ``mine`` without those that ask for facts behind a sentence that is not in ``theirs``."""
    return tuple(one for one in findings if not one.code.startswith(_OF_BRIEFINGS) or _is_theirs(one, mine, theirs))


def _is_theirs(finding: Finding, mine: Draft, theirs: Draft) -> bool:
    if not finding.line:
        return True
    if finding.place is MailPart.SUBJECT:
        return mine.subject == theirs.subject
    known = set(split_sentences(theirs.text))
    return any(sentence in known for sentence in _sentences_at(finding, mine.text))


def _sentences_at(finding: Finding, text: str) -> list[str]:
    """Return the sentences of a line that a finding touches."""
    line = text.split("\n")[finding.line - 1]
    begin = finding.column - 1
    end = begin + max(1, finding.length)
    found, at = [], 0
    for sentence in split_sentences(line):
        start = line.index(sentence, at)
        at = start + len(sentence)
        if start < end and begin < at:
            found.append(sentence)
    return found
