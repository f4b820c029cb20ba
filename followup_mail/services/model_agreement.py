"""Which addresses and models the user has agreed to tell facts to: asked once, before the first question."""

from __future__ import annotations

from pathlib import Path

from followup_mail.facts.atomic_files import make_folder, said_plainly, write_over
from followup_mail.services.who_writes import Asking
from followup_mail.workspace import Workspace
from followup_mail.writing_model.endpoint import Endpoint
from followup_mail.writing_model.remembered import FOLDER


def may_tell(workspace: Workspace, endpoint: Endpoint, asking: Asking) -> bool:
    """Tell whether facts may go to this address, asking the user where that is still open.

    Raises ``FactsError`` when a yes cannot be written down.
    """
    if has_agreed(workspace, endpoint):
        return True
    if not asking.agree(endpoint):
        return False
    remember_agreement(workspace, endpoint)
    return True


def has_agreed(workspace: Workspace, endpoint: Endpoint) -> bool:
    """Tell whether the user has agreed to this address and model."""
    return _line(endpoint) in _read(workspace)


def remember_agreement(workspace: Workspace, endpoint: Endpoint) -> None:
    """Remember that the user agrees. Raises ``FactsError`` when it cannot be written."""
    path = _path(workspace)
    make_folder(workspace.home, path.parent)
    with said_plainly(path, "written"):
        write_over(path, "".join(f"{line}\n" for line in dict.fromkeys((*_read(workspace), _line(endpoint)))))


def _line(endpoint: Endpoint) -> str:
    """Return what is agreed to. A server on this machine may pass one model on and not another."""
    return f"{endpoint.url} {endpoint.model}"


def _read(workspace: Workspace) -> tuple[str, ...]:
    try:
        return tuple(_path(workspace).read_text("utf-8", errors="replace").splitlines())
    except OSError:
        return ()


def _path(workspace: Workspace) -> Path:
    # No facts file has a name that begins with a dot.
    return workspace.home / FOLDER / ".agreed"
