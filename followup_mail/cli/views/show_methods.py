"""The methods on the screen: one line each with its source, or one in full."""

from __future__ import annotations

from followup_mail.cli.terminal import screen
from followup_mail.services.context.usable_methods import find_methods, methods_json, say_whose
from followup_mail.workspace import Workspace


def list_methods(workspace: Workspace, json: bool) -> None:
    """Print every method with its source."""
    methods, broken = find_methods(workspace)
    if json:
        screen.emit_json(methods_json(methods, broken))
        return
    for method in methods:
        default = "  (your default)" if method.name == workspace.settings.cadence else ""
        whose = say_whose(workspace, method.name) if workspace.in_office else ""
        screen.out(screen.strong(method.name) + default + (f"  ({whose})" if whose else ""))
        screen.out(screen.wrap(method.about, "    "))
        if method.source:
            screen.out(screen.dim(screen.wrap(f"From: {method.source}", "    ")))
    for one in broken:
        screen.note(screen.bad(one.sentence))


def show_method(workspace: Workspace, name: str, json: bool) -> None:
    """Print one method in full."""
    method = workspace.cadence(name)
    if json:
        screen.emit_json(method)
        return
    screen.out(screen.strong(f"{method.name}: {method.title}"))
    if method.source:
        screen.out(screen.wrap(f"From: {method.source}"))
    screen.out(screen.wrap(method.about))
    screen.out()
    rows = [(m.kind.traits.in_heading, m.channel.traits.label, str(m.audience), m.timing, m.say) for m in method.steps]
    screen.table(("What", "How", "To", "When", "Says"), rows)
    screen.out()
    contacts = f"{method.limit.contacts} contacts" if method.limit.contacts else f"{method.limit.calls_reached} calls"
    screen.out(f"Between two follow-ups: {method.interval}. Limit: {contacts} per person. Calls: {method.calls}.")
    for title, items in (("Ask at the interview", method.ask), ("Never", method.never)):
        if items:
            screen.out(f"{title}:")
            for item in items:
                screen.out(screen.wrap(f"- {item}", "  "))
