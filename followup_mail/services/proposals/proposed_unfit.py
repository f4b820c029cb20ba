"""What of proposed facts would do no good: sentences that no mail leaves with, and notes that no mail will use.

It is told to whoever proposes, at once: a person who accepted a fact expects to find it in a mail.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from followup_mail.facts.application_file import parse_application
from followup_mail.facts.unfit_values import quoted
from followup_mail.language.fit_to_tell import why_not_to_tell
from followup_mail.proposals.proposal import ProposedChange
from followup_mail.services.changing.sentence_warnings import warn_of_sentences
from followup_mail.services.proposals.plan_proposal import PlannedFacts
from followup_mail.services.proposals.proposable import OPTIONS
from followup_mail.workspace import Workspace

_AGAIN: Final = "Say it otherwise with the user, and propose it again with `replaces`."


def tell_unfit(workspace: Workspace, planned: PlannedFacts, changes: Sequence[ProposedChange]) -> tuple[str, ...]:
    """Return in sentences what is to be mended before a person is asked."""
    path = workspace.facts.path(planned.application)
    after = parse_application(planned.changed, path, planned.application)
    before = parse_application(planned.text, path, planned.application) if planned.text else None
    return (*warn_of_sentences(after, before, mend=_AGAIN), *_unused(changes))


def _unused(changes: Sequence[ProposedChange]) -> Iterator[str]:
    for change in changes:
        if OPTIONS[change.option].for_mails and (why := why_not_to_tell(change.value)):
            yield f"{change.option} {quoted(change.value)} reads as {why}: no mail will use it. {_AGAIN}"
