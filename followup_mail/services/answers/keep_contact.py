"""Let the facts know whoever wrote: as a contact, or with the address that they write from."""

from __future__ import annotations

from followup_mail.errors import FactsError, FollowupError
from followup_mail.facts.terms import Role
from followup_mail.services.answers.answered_person import Answered
from followup_mail.services.changing.change_application import apply_change, plan_rewrite
from followup_mail.services.changing.facts_draft import FactsDraft
from followup_mail.workspace import Workspace


def keep_contact(workspace: Workspace, slug: str, answered: Answered) -> str:
    """Write the person of an answer into the facts; return what came of it, as a sentence.

    An answer is recorded also when that is not possible: then it goes to their address all the same.
    """
    try:
        if answered.is_new:
            _add(workspace, slug, answered)
        elif answered.moves:
            _move(workspace, slug, answered)
    except (FollowupError, ValueError) as error:
        return f"{answered.name} could not be written into the facts: {error}"
    return answered.told


def _add(workspace: Workspace, slug: str, answered: Answered) -> None:
    text = workspace.facts.text(slug)
    draft = FactsDraft(text)
    draft.tables("contacts").append({"name": answered.name, "role": Role.COORDINATOR.value, "email": answered.email})
    apply_change(workspace, plan_rewrite(workspace, slug, text, draft.finished()))


def _move(workspace: Workspace, slug: str, answered: Answered) -> None:
    """Write the address wherever the person has one, or else into their first entry. Raises ``FactsError``."""
    known = answered.known
    if known is None:
        return
    text = workspace.facts.text(slug)
    draft = FactsDraft(text)
    own = draft.entries_named(known.key)
    if not own:
        raise FactsError(f"there is no entry of {known.name}", fix=f"followup-mail edit {slug}")
    for entry in [entry for entry in own if entry.get("email")] or own[:1]:
        entry["email"] = answered.email
    apply_change(workspace, plan_rewrite(workspace, slug, text, draft.finished()))
