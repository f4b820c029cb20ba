"""What an assistant may look up: rules, methods, guides, and what can be proposed about facts."""

from mcp.server.mcpserver import MCPServer

from followup_mail.cadence.kinds import Kind
from followup_mail.checks.explain import explain
from followup_mail.errors import NotFoundError
from followup_mail.mcp.desk import Desk
from followup_mail.services.assistants.tell_brief import tell_guide
from followup_mail.services.assistants.tell_rules import tell_method, tell_methods
from followup_mail.services.proposals.proposable import tell_options
from followup_mail.workspace import Workspace

_ROOT = "followup-mail://"
_PLAIN = "text/plain"
_MARKDOWN = "text/markdown"


def add_resources(server: MCPServer, desk: Desk) -> None:
    """Add them to a server."""
    _add_rules(server, desk)
    _add_guides(server, desk)

    @server.resource(f"{_ROOT}options", title="What can be proposed about facts", mime_type=_PLAIN)
    def options() -> str:
        """Each option of propose_facts and propose_application, with how its value is written."""
        changes, new = tell_options(is_new=False), tell_options(is_new=True)
        return f"For propose_facts:\n{changes}\n\nFor propose_application:\n{new}\n"


def _add_rules(server: MCPServer, desk: Desk) -> None:
    @server.resource(f"{_ROOT}rules", title="All rules", mime_type=_PLAIN)
    def rules() -> str:
        """What the checks look for in a mail: a line for each rule."""
        return desk.text(lambda _: explain("all"))

    @server.resource(f"{_ROOT}rules/{{code}}", title="A rule", mime_type=_PLAIN)
    def rule(code: str) -> str:
        """One rule: why it is there, how to fix what it finds, a bad and a good example."""
        return desk.text(lambda _: explain(code))

    @server.resource(f"{_ROOT}methods", title="Methods of following up", mime_type=_PLAIN)
    def methods() -> str:
        """When whom to write to: the methods that a user can choose from, a line for each."""
        return desk.text(tell_methods)

    @server.resource(f"{_ROOT}methods/{{name}}", title="A method", mime_type=_PLAIN)
    def method(name: str) -> str:
        """One method in full: its steps, its limit, and what it never does."""
        return desk.text(lambda workspace: tell_method(workspace, name))


def _add_guides(server: MCPServer, desk: Desk) -> None:
    @server.resource(f"{_ROOT}guide", title="How every mail is written", mime_type=_MARKDOWN)
    def guide() -> str:
        """What followup-mail asks of whoever writes a mail."""
        return desk.text(lambda workspace: tell_guide(workspace, None))

    @server.resource(f"{_ROOT}guides/{{kind}}", title="How one kind of mail is written", mime_type=_MARKDOWN)
    def guide_of_kind(kind: str) -> str:
        """The guide with that for one kind: thank_you, additional_detail, status_inquiry or rejection_thanks."""
        return desk.text(lambda workspace: _guide(workspace, kind))


def _guide(workspace: Workspace, kind: str) -> str:
    if kind not in frozenset(Kind):
        raise NotFoundError(f"There is no kind '{kind[:40]}'.", fix=f"There are: {', '.join(Kind)}.")
    return tell_guide(workspace, Kind(kind))
