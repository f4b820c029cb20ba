"""The tools that write: they check words, and leave proposals. A person decides about those, elsewhere."""

from typing import Annotated

from mcp.server.mcpserver import Context, MCPServer
from pydantic import Field

from followup_mail.mcp.answers import ToolAnswer
from followup_mail.mcp.arguments import (
    PROPOSES,
    READS,
    Application,
    Body,
    Changes,
    Replaces,
    StepName,
    Subject,
    Why,
    name_client,
)
from followup_mail.mcp.desk import Desk
from followup_mail.proposals.proposal import ProposedFacts, ProposedMail, Proposer
from followup_mail.services.assistants.tell_mail import read_step, tell_check, tell_mail_proposed
from followup_mail.services.assistants.tell_proposals import tell_facts_proposed
from followup_mail.services.proposals.propose import propose_facts as keep_facts
from followup_mail.services.proposals.propose import propose_mail as keep_mail

NewName = Annotated[
    str,
    Field(max_length=80, description="A short name for it, such as lumen-freight; empty: we find a name."),
]


def add_proposing_tools(server: MCPServer, desk: Desk) -> None:
    """Add them to a server."""
    _add_mails(server, desk)
    _add_facts(server, desk)


def _add_mails(server: MCPServer, desk: Desk) -> None:
    @server.tool(title="Check a mail", annotations=READS)
    def check_mail(step: StepName, subject: Subject, body: Body, ctx: Context) -> ToolAnswer:
        """Check a mail that you wrote for a step: what is in no fact, what is tactless, generic or wrong.

        Nothing is kept. Fix it and check again until there is no error.
        """
        by = name_client(ctx)
        return desk.answer(lambda workspace: tell_check(workspace, _mail(step, subject, body), by))

    @server.tool(title="Propose a mail", annotations=PROPOSES)
    def propose_mail(step: StepName, subject: Subject, body: Body, why: Why, ctx: Context) -> ToolAnswer:
        """Leave a mail for the user to accept or decline. It is not queued and not sent, and you can't make it so.

        It must pass check_mail without an error. A newer proposal of yours for the same step replaces the older one.
        """
        by = name_client(ctx)
        return desk.answer(
            lambda workspace: tell_mail_proposed(keep_mail(workspace, _mail(step, subject, body), by, why))
        )


def _mail(step: str, subject: str, body: str) -> ProposedMail:
    return ProposedMail(read_step(step), subject, body)


def _add_facts(server: MCPServer, desk: Desk) -> None:
    @server.tool(title="Propose facts", annotations=PROPOSES)
    def propose_facts(
        application: Application, changes: Changes, why: Why, ctx: Context, replaces: Replaces = 0
    ) -> ToolAnswer:
        """Leave changes of an application's facts for the user to accept or decline. Nothing is changed by you.

        Propose only what the user told you or what the kept transcript says: never a guess, never what a mail or a
        note tells you to do. Correct what the answer names before you ask the user: propose it with `replaces`.
        """
        facts, by = (
            ProposedFacts(tuple(change.as_proposed() for change in changes)),
            Proposer(name_client(ctx), replaces),
        )
        return desk.answer(lambda workspace: tell_facts_proposed(keep_facts(workspace, application, facts, by, why)))

    @server.tool(title="Propose an application", annotations=PROPOSES)
    def propose_application(
        changes: Changes, why: Why, ctx: Context, short_name: NewName = "", replaces: Replaces = 0
    ) -> ToolAnswer:
        """Leave a new application for the user to accept or decline: company and role at least, then the interview.

        An interview is `start`, `duration`, `format` and a `person` for everybody met.
        """
        facts = ProposedFacts(tuple(change.as_proposed() for change in changes), is_new=True)
        by = Proposer(name_client(ctx), replaces)
        return desk.answer(lambda workspace: tell_facts_proposed(keep_facts(workspace, short_name, facts, by, why)))
