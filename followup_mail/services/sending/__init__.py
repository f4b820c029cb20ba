"""Mails that leave: now or when they are due, with a log of each run, and what rests or was interrupted."""
