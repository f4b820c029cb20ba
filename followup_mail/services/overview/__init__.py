"""All applications at a glance: today, lists, searches, time lines, calendars, statistics."""
