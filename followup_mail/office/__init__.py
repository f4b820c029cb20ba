"""The office: outboxes, facts and settings of many candidates in one PostgreSQL database.

Nothing here is imported while ``FOLLOWUP_DATABASE_URL`` is not set. The rules are those of ``outbox`` and ``facts``;
here is only where their data lie, whose they are, and how they get in and out.
"""
