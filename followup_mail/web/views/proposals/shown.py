"""A proposal as a page has shown it: its version, its mail as it would leave, and whether its moment is another one."""

from __future__ import annotations

from followup_mail.services.list_proposals import OpenProposal
from followup_mail.services.prepared import Prepared
from followup_mail.web.drawing.read_mail import Leaving, ReadMail
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.shown import facts_version
from followup_mail.web.views.writing.cards import has_moved, read_prepared
from followup_mail.workspace import Workspace


def proposal_version(shown: OpenProposal) -> str:
    """Return the version of a proposal: whatever a page shows of it changes it, but for the moment of a mail.

    That moves on while a page is open for what is due already (``has_moved_since``).
    """
    parts = [repr((shown.proposal, shown.why_not, shown.done, shown.cautions))]
    if shown.planned:
        parts += [shown.planned.text, shown.planned.changed]
    if shown.mail:
        prepared = shown.mail.prepared
        parts += [prepared.message.sha256, *(repr(finding) for finding in prepared.findings)]
    return facts_version("\0".join(parts))


def read_proposed(asked: Asked, workspace: Workspace, shown: OpenProposal) -> ReadMail | None:
    """Return the mail of a proposal as a page shows it; None where none can be written."""
    return read_prepared(asked, workspace, "p1", shown.mail.prepared) if shown.mail else None


def has_moved_since(asked: Asked, workspace: Workspace, prepared: Prepared) -> bool:
    """Tell whether a mail would leave at another moment than the form says; minutes are none."""
    timing = prepared.written.timing
    return has_moved(asked.form.get("leaves"), Leaving.make(timing.due_at, timing, workspace.own_zone))
