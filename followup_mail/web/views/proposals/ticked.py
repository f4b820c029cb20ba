"""Facts of a proposal that are ticked: only what was shown of exactly these is written.

What some of the changes come to may be another thing than all of them together: one may hide what another does. So
where other changes are ticked than those whose outcome was shown, that is shown first.
"""

from __future__ import annotations

from starlette.responses import Response

from followup_mail.errors import RefusedError
from followup_mail.proposals.proposal import ProposedFacts
from followup_mail.services.proposals.accept_proposal import accept_facts, choose_changes
from followup_mail.services.proposals.list_proposals import OpenProposal
from followup_mail.web.frame.asked import Asked
from followup_mail.web.views.facts.after_change import go_on
from followup_mail.web.views.proposals.shown import proposal_version, read_ticked, require_confirmed, show_again
from followup_mail.workspace import Workspace


def write_ticked(asked: Asked, workspace: Workspace, whole: OpenProposal) -> Response:
    """Write what is ticked, or show what it comes to. Raises ``RefusedError`` for what was not shown or confirmed."""
    facts = whole.proposal.what
    assert isinstance(facts, ProposedFacts)
    ticked = read_ticked(asked, facts)
    if not ticked:
        say = asked.filler.sentence
        raise RefusedError(say("nothing_ticked"), fix=say("nothing_ticked_fix"))
    chosen = choose_changes(workspace, whole, ticked) if whole.proposal.waits else whole
    if asked.form.get("compared") != " ".join(map(str, ticked)) and whole.proposal.waits:
        return show_again(asked, 422, narrowed=True)
    asked.require_shown(proposal_version(chosen))
    if chosen.why_not:
        return show_again(asked, 422)
    require_confirmed(asked, chosen)
    slug = whole.proposal.application
    before = workspace.facts.load(slug) if slug in workspace.facts.slugs() else None
    done = accept_facts(workspace, chosen)
    now = workspace.facts.load(done.file.stem)
    return go_on(asked, workspace, now, before, "/proposals", differences=done.differences)
