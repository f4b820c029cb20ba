"""An unfinished entry that several windows have open: each says which state it began from, so none undoes another."""

from __future__ import annotations

from followup_mail.errors import RefusedError
from followup_mail.facts.atomic_files import alone_in, make_folder, said_plainly, write_over
from followup_mail.services.adding.add_draft import AddDraft, draft_path, drop_draft, find_draft, write_draft
from followup_mail.workspace import Workspace


class MovedOnError(RefusedError):
    """The unfinished entry is another one by now; nothing was written."""


def text_of(draft: AddDraft | None) -> str:
    """Return what stands for the state of a draft; empty where there is none."""
    return write_draft(draft) if draft and not draft.is_empty else ""


def hold_draft(workspace: Workspace, draft: AddDraft, *, instead_of: str) -> None:
    """Write down a draft in place of the one whose ``text_of`` is ``instead_of``, or remove an empty one.

    Raises ``MovedOnError`` when there is another by now that says something else, ``FactsError`` when it cannot be
    written: who was told that it is kept must be able to rely on that.
    """
    folder = workspace.facts.folder
    make_folder(workspace.home, folder)
    with said_plainly(draft_path(workspace), "written"), alone_in(folder):
        now, wanted = text_of(find_draft(workspace)), text_of(draft)
        if wanted == now:
            return
        if now != instead_of:
            raise MovedOnError("What you began was changed elsewhere meanwhile. Nothing was written.")
        if wanted:
            write_over(draft_path(workspace), wanted)
        else:
            drop_draft(workspace)
