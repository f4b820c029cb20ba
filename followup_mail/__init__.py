"""followup-mail: follow up well after a job interview.

A map, in the order in which a fact becomes a mail. Each room takes the finished value of the one before::

    facts ──▶ cadence ──▶ drafts ──▶ outbox ──▶ delivery ──▶ the world
    what      when, to    what to    durable    SMTP, or a
    happened  whom, why   say, and   states     folder of
                          is it fit             .eml files

- ``facts``       what the user tells us: one TOML file per application (``application`` is the vocabulary)
- ``cadence``     published methods as data, working time, and ``plan_follow_ups``: a pure function
- ``message``     the draft as a value, and the finished message byte for byte
- ``drafts``      templates and wordings: from a step and the facts to a draft
- ``checks``      a linter for follow-up mails
- ``incoming``    mail that somebody saved as a file, read
- ``outbox``      entries and their states in SQLite; every decision is one transaction
- ``delivery``    one attempt at one entry, told apart into sent, not sent and *unclear*
- ``calendar``    the plan as iCalendar
- ``background``  schedulers, the log, a word on the desktop
- ``mailbox``     a look into the Sent folder over IMAP
- ``settings``    what the user set
- ``workspace``   the only module that reads the clock and the environment and picks the real parts
- ``services``    the use cases: each module is one job that a command, a page or a worker asks for
- ``cli``         commands, views and the terminal

Left of the outbox everything is a pure function of (facts, cadence, history, now). A room imports only rooms below it;
``pyproject.toml`` holds the layers. Start reading in ``facts/application.py``.
"""

__version__ = "0.1.0"
