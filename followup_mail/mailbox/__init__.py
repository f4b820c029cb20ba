"""Searches the user's own mailbox over IMAP, without changing it, for a mail that may have been sent.

Read ``sent_folder`` first: what is searched for and what was found. ``imap_connect`` logs in and turns every error into
a sentence; ``imap_client`` is imapclient's client with limits on time and size.
"""
