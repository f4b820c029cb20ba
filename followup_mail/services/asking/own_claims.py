"""What sentences of ours say for the candidate in finished mails, and leaving it out of all mails of an application."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from followup_mail.drafts.own_moves import mark_own, own_sentences
from followup_mail.facts.terms import OwnMove
from followup_mail.services.writing.prepared import Prepared
from followup_mail.workspace import Workspace


class OwnClaim(Struct, frozen=True):
    """One sentence of ours that speaks for the candidate."""

    sentence: str
    move: OwnMove


def find_claims(prepared: Iterable[Prepared]) -> tuple[OwnClaim, ...]:
    """Return the first such sentence of each kind: leaving it out leaves out all of its kind."""
    found: dict[OwnMove, OwnClaim] = {}
    for mail in prepared:
        draft = mail.written.draft
        if draft.model:
            continue  # what a model wrote is changed by hand, or written anew
        for sentence, move in own_sentences(mark_own(draft.text, draft.own_words)):
            found.setdefault(move, OwnClaim(sentence, move))
    return tuple(found.values())


def take_out(workspace: Workspace, slug: str, claim: OwnClaim) -> None:
    """Leave out what a sentence says from all mails of an application."""
    workspace.facts.change(
        slug, lambda known: {"leave_out": [str(move) for move in dict.fromkeys((*known.leave_out, claim.move))]}
    )
