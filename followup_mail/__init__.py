"""followup-mail: follow up well after a job interview.

The rooms (folders), in the order in which a fact becomes a mail. Each takes the finished value of the one before::

    facts ──▶ cadence ──▶ drafts ──▶ outbox ──▶ delivery ──▶ mail server,
    what      when, to    what to    durable    sends, or     or a folder
    happened  whom, why   say        states     saves         of .eml files

The rooms and their layers: docs/architecture.md.

Left of the outbox everything is a pure function of (facts, cadence, history, now). A room imports only rooms below it;
``pyproject.toml`` holds the layers. Read ``facts/application.py`` first; each room's docstring says how to go on.
"""

__version__ = "0.1.0"
