"""The plan and the interviews as iCalendar (RFC 5545), updated in place by UID and SEQUENCE."""
