"""Sentences in the facts that a check would stop in every mail: said as soon as they are told."""

from __future__ import annotations

from collections.abc import Iterator

from followup_mail.checks.typed_sentences import typed_for
from followup_mail.facts.application import Application
from followup_mail.language.known_facts import known_for


def warn_of_sentences(
    application: Application, before: Application | None = None, *, mend: str = ""
) -> tuple[str, ...]:
    """Return a warning for each sentence that does not read as one and was not there ``before``.

    ``mend`` says how it is corrected, where not with the command ``ask``.
    """
    mend = mend or f"Correct it: followup-mail ask {application.slug} --again"
    old = {sentence for _, sentence in _typed(before)} if before else set()
    return tuple(dict.fromkeys(_warn(application, {*old}, mend)))


def _warn(application: Application, old: set[str], mend: str) -> Iterator[str]:
    from followup_mail.language.sentence_faults import find_faults

    for person in (None, *application.everyone()):
        known = known_for(application, person)
        for key, sentence in typed_for(application, person):
            if sentence in old:
                continue
            old.add(sentence)
            faults = find_faults(key, sentence, known)
            if faults.words:
                better = f" Write: {faults.corrected}" if faults.corrected else ""
                yield f"'{sentence}': {'; '.join(faults.words)}.{better} No mail leaves with it. {mend}"


def _typed(application: Application) -> Iterator[tuple[str, str]]:
    for person in (None, *application.everyone()):
        yield from typed_for(application, person)
