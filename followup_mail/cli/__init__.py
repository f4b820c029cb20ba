"""Options in, sentences out: one file per family of commands.

Commands hold no rules about when or what to send, no SQL and no sockets. Results go to stdout, everything else to
stderr. Only typer is imported at the top of these modules: ``--help`` must be quick.
Modules that define commands do without ``from __future__ import annotations``: typer would have to evaluate every
annotation from its text, which costs a fifth of the time of a help page.
"""
