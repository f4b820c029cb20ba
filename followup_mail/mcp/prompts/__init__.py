"""The prompts that an assistant offers its user: after an interview, for a thank-you, and for the answer to a no.

Each is a text beside this module: what to ask, that only facts may be said, and how it ends, in a proposal. The guide
in it is the user's own where they wrote a guide.
"""

from importlib.resources import files
from string import Template
from typing import Annotated, Final

from mcp.server.mcpserver import MCPServer
from pydantic import Field

from followup_mail.cadence.kinds import Kind
from followup_mail.facts.clean import UnfitError, clean_line
from followup_mail.mcp.desk import Desk
from followup_mail.services.assistants.tell_brief import tell_guide

_MOST: Final = 80

Application = Annotated[str, Field(description="The application: its short name, or the company. May be left out.")]
Person = Annotated[str, Field(description="The name of the person to write to. May be left out.")]


def add_prompts(server: MCPServer, desk: Desk) -> None:
    """Add them to a server."""

    @server.prompt(title="Debrief after an interview")
    def debrief(application: Application = "") -> str:
        """Write an interview down together, while it is fresh: who was there, what was said, what comes next."""
        return _fill("debrief", application)

    @server.prompt(title="Write a thank-you")
    def thank_you(application: Application = "", person: Person = "") -> str:
        """Write the thank-you after an interview from the facts, check it, and propose it."""
        return _fill("thank_you", application, person, _guide(desk, Kind.THANK_YOU))

    @server.prompt(title="Answer a rejection")
    def rejection(application: Application = "", person: Person = "") -> str:
        """Answer a no with grace, check the answer, and propose it."""
        return _fill("rejection", application, person, _guide(desk, Kind.REJECTION_THANKS))


def _guide(desk: Desk, kind: Kind) -> str:
    return desk.text(lambda workspace: tell_guide(workspace, kind))


def _fill(name: str, application: str, person: str = "", guide: str = "") -> str:
    """Return the text of a prompt, with what the user gave."""
    text = files(__package__).joinpath(f"{name}.md").read_text("utf-8")
    given = {
        "application_line": f"It is about: {_clean(application)}." if _clean(application) else "",
        "person_line": f"It goes to: {_clean(person)}." if _clean(person) else "",
        "guide": guide,
    }
    return Template(text).substitute(given)


def _clean(text: str) -> str:
    """Return what was given as one short line; nothing for what cannot be shown."""
    try:
        return clean_line(text[:_MOST])
    except UnfitError:
        return ""
