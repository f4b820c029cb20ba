"""followup-mail: follow up well after a job interview.

A map, in the order in which a fact becomes a mail. Each room takes the finished value of the one before::

    facts ──▶ cadence ──▶ drafts ──▶ outbox ──▶ delivery ──▶ the world
    what      when, to    what to    durable    SMTP, or a
    happened  whom, why   say, and   states     folder of
                          is it fit             .eml files

- ``facts``     what the user tells us: one TOML file per application (``model`` is the vocabulary)
- ``cadence``   published methods as data, working time, and ``plan_follow_ups``: a pure function
- ``drafts``    templates, wordings, checks, and the finished message byte for byte
- ``outbox``    entries and their states in SQLite; every decision is one transaction
- ``delivery``  one attempt at one entry, told apart into sent, not sent and *unclear*
- ``calendar``  the plan as iCalendar
- ``cli``       options in, sentences out
- ``wiring``    the only place that reads the clock, the environment and picks the real parts

Left of the outbox everything is a pure function of (facts, cadence, history, now). A room imports only rooms
further up the road than itself; ``tests/unit/test_layers.py`` holds it to that. Start reading in ``facts/model.py``.
"""

__version__ = "0.1.0"
