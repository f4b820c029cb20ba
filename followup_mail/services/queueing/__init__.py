"""Mails that wait: queued, changed, held, written again when facts change, taken back, listed."""
