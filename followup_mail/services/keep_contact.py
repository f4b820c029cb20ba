"""Let the facts know whoever wrote: as a contact, or with the address that they write from."""

from __future__ import annotations

import json
import tomllib

from followup_mail.errors import FactsError, FollowupError
from followup_mail.facts.identity import entries
from followup_mail.facts.names import slugify
from followup_mail.facts.rewrite_listed import rewrite_listed
from followup_mail.services.answered_person import Answered
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
    end = "\r\n" if "\r\n" in text else "\n"
    name, email = (json.dumps(value, ensure_ascii=False) for value in (answered.name, answered.email))
    lines = ["", "[[contacts]]", f"name = {name}", 'role = "coordinator"', f"email = {email}", ""]
    workspace.facts.replace(slug, text.rstrip() + end + end.join(lines), instead_of=text)


def _move(workspace: Workspace, slug: str, answered: Answered) -> None:
    """Write the address wherever the person has one, or else into their first entry. Raises ``FactsError``."""
    known = answered.known
    if known is None:
        return
    document = tomllib.loads(workspace.facts.text(slug))
    own = [(place, email) for place, name, email in entries(document) if slugify(name) == known.key]
    wanted = [place for place, email in own if email] or [place for place, _ in own[:1]]
    if not wanted:
        raise FactsError(f"there is no entry of {known.name}", fix=f"followup-mail edit {slug}")
    text = changed = workspace.facts.text(slug)
    # All at once: in between, the file would name two addresses of one person.
    for place in wanted:
        changed = rewrite_listed(changed, place, {"email": answered.email})
    workspace.facts.replace(slug, changed, instead_of=text)
