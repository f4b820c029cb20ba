"""What may be told to a writing model: nothing before the user agreed to its address, and no names or secrets."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from followup_mail.facts.application import Application, Person
from followup_mail.facts.noted_lines import NotedLines
from followup_mail.services.writing.who_writes import Asking
from followup_mail.settings.table import secret_values
from followup_mail.workspace import Workspace
from followup_mail.writing_model.endpoint import Endpoint
from followup_mail.writing_model.remembered import FOLDER
from followup_mail.writing_model.stand_ins import StandIns, make_stand_ins


def may_tell(workspace: Workspace, endpoint: Endpoint, asking: Asking) -> bool:
    """Return whether facts may go to this address and model, asking the user once where that is still open.

    Raises ``FactsError`` when a yes cannot be written down.
    """
    if is_agreed(workspace, endpoint):
        return True
    if not asking.agree(endpoint):
        return False
    _agreed(workspace).add(endpoint.full_name)
    return True


def may_tell_transcript(workspace: Workspace, endpoint: Endpoint, text: str, agree: Callable[[Endpoint], bool]) -> bool:
    """Return whether this text of a transcript may go to this address and model, asking the user where that is open.

    A yes counts for this text only: of another application, or once there is more of it, the user is asked again.
    Raises ``FactsError`` when a yes cannot be written down.
    """
    # A checksum, as nobody is to read from the file which applications there were.
    noted = sha256(f"{endpoint.full_name}\n{text}".encode(errors="replace")).hexdigest()
    if noted in _agreed(workspace):
        return True
    if not agree(endpoint):
        return False
    _agreed(workspace).add(noted)
    return True


def is_agreed(workspace: Workspace, endpoint: Endpoint) -> bool:
    """Return whether the user has agreed before that facts go to this address and model."""
    return endpoint.full_name in _agreed(workspace)


def _agreed(workspace: Workspace) -> NotedLines:
    # No facts file has a name that begins with a dot.
    return NotedLines(workspace.home, workspace.home / FOLDER / ".agreed")


def hide_from_model(workspace: Workspace, application: Application, reader: Person) -> StandIns:
    """Return the stand-ins for what goes to the model about ``reader``; the secrets of the settings go nowhere."""
    return make_stand_ins(application, reader, workspace.settings.name, secret_values(workspace.settings))
