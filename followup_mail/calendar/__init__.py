"""The plan and the interviews as a calendar file (iCalendar, RFC 5545) that updates what was imported before.

Read ``event`` first (one event as a value), then what makes events: ``step_events`` and ``interview_events``.
``revisions`` compares them with the last export, which ``ledger`` keeps as a file; ``ics`` writes the calendar file.
"""
