"""A preview in the browser: text and HTML side by side."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from followup_mail.services.writing.prepared import Prepared
    from followup_mail.workspace import Workspace

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Preview</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; frame-src data:">
<style>
body{{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:80em;padding:0 1em;color:#1a1a1a;background:#f3f3f1}}
section{{background:#fff;border:1px solid #ddd;border-radius:6px;padding:1.2em 1.5em;margin:0 0 2em}}
dl{{display:grid;grid-template-columns:6em 1fr;margin:0 0 1em;gap:.15em .8em}}dt{{color:#666}}dd{{margin:0}}
.sides{{display:grid;grid-template-columns:1fr 1fr;gap:1.5em}}
@media(max-width:50em){{.sides{{grid-template-columns:1fr}}}}
pre{{white-space:pre-wrap;font:13px/1.5 ui-monospace,monospace;margin:0;padding:1em}}
pre{{background:#fafaf8;border:1px solid #eee}}
iframe{{width:100%;min-height:34em;border:1px solid #eee;background:#fff}}h2{{font-size:1.05em;margin:0 0 .8em}}
</style></head><body>{sections}</body></html>
"""


def open_in_browser(workspace: Workspace, slug: str, prepared: Sequence[Prepared]) -> None:
    """Write a page with text and HTML side by side, and open it."""
    import webbrowser

    from followup_mail.cli.terminal import screen
    from followup_mail.services.writing.preview_page import write_page

    page = write_page(workspace, slug, page_of(prepared, workspace.own_zone))
    screen.note(f"The page is {page}")
    if not webbrowser.open(page.as_uri()):
        screen.note("No browser could be started; open the page by hand.")


def page_of(prepared: Sequence[Prepared], own_zone: ZoneInfo) -> str:
    """Return the page. Everything in it is escaped; the HTML part is shown in a frame that may do nothing."""
    from followup_mail.cli.views.labels import say_mailbox, say_when
    from followup_mail.cli.views.model_view import say_author

    sections = []
    for mail in prepared:
        draft = mail.written.draft
        rows = [("To", say_mailbox(draft.to)), ("From", say_mailbox(draft.sender.mailbox))]
        rows += [("Subject", mail.message.subject), ("Leaves", say_when(mail.written.timing, own_zone))]
        rows += say_author(mail)
        listed = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in rows)
        title = f"{mail.written.step.kind.traits.in_heading} to {draft.to.name}"
        sections.append(
            f"<section><h2>{escape(title)}</h2><dl>{listed}</dl><div class='sides'><pre>{escape(draft.text)}</pre>"
            f'<iframe sandbox srcdoc="{escape(draft.html)}"></iframe></div></section>'
        )
    return _PAGE.format(sections="".join(sections))
