"""How many accepted facts a brief leaves out, and why in a word: none of them is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from followup_mail.cadence.kinds import Kind
from followup_mail.checks.rule import SECOND_NOTES
from followup_mail.facts.application import Application, Person
from followup_mail.language.confidences import is_bare_request
from followup_mail.language.fit_to_tell import why_not_to_tell


def say_kept_from_brief(application: Application, reader: Person, kind: Kind) -> tuple[str, ...]:
    """Say it in sentences, nothing where a brief has everything."""
    is_second = kind in SECOND_NOTES
    lists = [reader.discussed, (reader.convinced,), application.fit, (application.said.quote,)]
    lists += [application.not_mentioned] if is_second else []
    why = Counter(reason for notes in lists for reason in _reasons(notes))
    said = []
    if count := sum(why.values()):
        each = ", ".join(f"{many} {reason}" for reason, many in why.items())
        said.append(
            f"{count} accepted fact{'s are' if count > 1 else ' is'} kept back from this brief ({each}): no mail uses "
            "them in these words. Tell the user; said otherwise, one can be proposed again."
        )
    if (later := len(application.not_mentioned)) and not is_second:
        said.append(f"{later} under not-mentioned {'are' if later > 1 else 'is'} kept for the second note.")
    return tuple(said)


def _reasons(notes: tuple[str, ...]) -> Iterator[str]:
    for note, following in zip(notes, (*notes[1:], ""), strict=True):
        if reason := why_not_to_tell(note) or ("private" if is_bare_request(following) else ""):
            yield reason
