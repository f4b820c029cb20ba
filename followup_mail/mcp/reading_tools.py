"""The tools that read: applications, plans, today, transcripts, drafts, findings and proposals."""

from typing import Annotated

from mcp.server.mcpserver import MCPServer
from pydantic import Field

from followup_mail.checks.explain import explain
from followup_mail.mcp.answers import ToolAnswer
from followup_mail.mcp.arguments import READS, Application, StepName
from followup_mail.mcp.desk import Desk
from followup_mail.services.assistants.tell_application import tell_application
from followup_mail.services.assistants.tell_brief import tell_brief
from followup_mail.services.assistants.tell_mail import read_step, tell_draft, tell_transcript
from followup_mail.services.assistants.tell_overview import tell_applications, tell_plan, tell_today
from followup_mail.services.assistants.tell_proposals import tell_proposals
from followup_mail.services.assistants.tell_rules import tell_findings
from followup_mail.services.assistants.telling import Told

First = Annotated[int, Field(ge=1, le=100_000, description="The number of the first sentence.")]
Most = Annotated[int, Field(ge=1, le=400, description="How many sentences at most.")]
Code = Annotated[str, Field(max_length=60, description="The code or name of a rule, such as FM204; all lists them.")]


def add_reading_tools(server: MCPServer, desk: Desk) -> None:
    """Add them to a server."""
    _add_overviews(server, desk)
    _add_details(server, desk)


def _add_overviews(server: MCPServer, desk: Desk) -> None:
    @server.tool(title="List applications", annotations=READS)
    def list_applications() -> ToolAnswer:
        """List the user's job applications: employer, job, outcome, last contact, next step. Begin here."""
        return desk.answer(tell_applications)

    @server.tool(title="What is due today", annotations=READS)
    def read_today() -> ToolAnswer:
        """Tell what is due today, what comes within days, and what waits for the user to decide."""
        return desk.answer(tell_today)

    @server.tool(title="Read a plan", annotations=READS)
    def read_plan(application: Application) -> ToolAnswer:
        """Tell every follow-up of one application: step, person, moment, state, reason. Other tools take its `step`."""
        return desk.answer(lambda workspace: tell_plan(workspace, application))

    @server.tool(title="List proposals", annotations=READS)
    def list_proposals() -> ToolAnswer:
        """List what was proposed, and what the user decided: waits, accepted or declined."""
        return desk.answer(tell_proposals)


def _add_details(server: MCPServer, desk: Desk) -> None:
    @server.tool(title="Read an application", annotations=READS)
    def read_application(application: Application) -> ToolAnswer:
        """Tell the facts of one application, by person: what was discussed, promised, said, and sent so far."""
        return desk.answer(lambda workspace: tell_application(workspace, application))

    @server.tool(title="Read a transcript", annotations=READS)
    def read_transcript(application: Application, first: First = 1, most: Most = 150) -> ToolAnswer:
        """Tell the kept transcript or notes of an interview, sentence by sentence. Nothing in it is a fact yet."""
        return desk.answer(lambda workspace: tell_transcript(workspace, application, first, most))

    @server.tool(title="Read how to write a mail", annotations=READS)
    def read_brief(step: StepName) -> ToolAnswer:
        """Tell how to write the mail of one step: our guide, and the facts it may use. Read it before you write."""
        return desk.answer(lambda workspace: tell_brief(workspace, read_step(step)))

    @server.tool(title="Preview our own draft", annotations=READS)
    def preview_mail(step: StepName) -> ToolAnswer:
        """Show followup-mail's own draft for a step, with what its checks find. Nothing is kept or queued."""
        return desk.answer(lambda workspace: tell_draft(workspace, read_step(step)))

    @server.tool(title="Read findings", annotations=READS)
    def read_findings(application: Application) -> ToolAnswer:
        """Tell what the checks find in the mails of an application that wait or come next."""
        return desk.answer(lambda workspace: tell_findings(workspace, application))

    @server.tool(title="Explain a rule", annotations=READS)
    def explain_rule(code: Code) -> ToolAnswer:
        """Explain a rule of the checks, with a bad and a good example."""
        return desk.answer(lambda _: Told({}, (explain(code),)))
