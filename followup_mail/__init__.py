"""followup-mail: follow up well after a job interview.

The rooms (folders), in the order in which a fact becomes a mail. Each takes the finished value of the one before::

    facts ──▶ cadence ──▶ drafts ──▶ outbox ──▶ delivery ──▶ mail server,
    what      when, to    what to    durable    sends, or     or a folder
    happened  whom, why   say        states     saves         of .eml files

- ``facts``       what the user wrote down: one TOML file for each application
- ``language``    the grammar of notes: what a note is, and the sentence that can safely be made of it
- ``cadence``     published methods as data, working time, and ``plan_from``: a pure function
- ``message``     the draft as a value, and the finished message byte for byte
- ``drafts``      templates and wordings: from a step and the facts to a draft
- ``checks``      a linter for follow-up mails
- ``incoming``    reads a mail that somebody saved as a file
- ``own_voice``   how the user writes, measured from mails of theirs
- ``outbox``      entries and their states in SQLite; every decision is one transaction
- ``proposals``   what an assistant would change or write, until a person decides about it
- ``undo``        what each of the user's steps changed, so that it can be taken back
- ``delivery``    sends an entry, and finds out whether it was sent, not sent or *unclear*
- ``office``      outboxes, facts and settings of many candidates in one PostgreSQL database
- ``calendar``    the plan as a calendar file
- ``background``  schedulers, the log, desktop notifications
- ``mailbox``     searches the Sent folder over IMAP
- ``writing_model``  a language model that writes mails, if the user sets one up
- ``sign_in``     tokens from a mail provider, in place of a password
- ``settings``    what the user set
- ``workspace``   the only module that reads the clock and the environment and chooses the real parts
- ``services``    the use cases: each module does one job for a command, a web page or a worker
- ``worker``      a process of an office that delivers for all its candidates
- ``web``         the page: the same in a browser
- ``mcp``         a server for assistants: they read, write and propose
- ``cli``         commands, views and the terminal

Left of the outbox everything is a pure function of (facts, cadence, history, now). A room imports only rooms below it;
``pyproject.toml`` holds the layers. Read ``facts/application.py`` first; each room's docstring says how to go on.
"""

__version__ = "0.1.0"
