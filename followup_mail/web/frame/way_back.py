"""Whether a step that a form made can still be taken back: asked again for each page that offers it."""

from __future__ import annotations

from followup_mail.errors import FollowupError
from followup_mail.web.frame.desk import Desk


def can_go_back(desk: Desk, number: int) -> bool:
    """Return whether anything would go back; nothing does once a mail has left, or the step was taken back."""
    if not number:
        return False
    from followup_mail.services.undo.undo_step import look_back

    try:
        with desk.open() as workspace:
            return look_back(workspace, number).has_effect
    except (FollowupError, OSError):
        return False
