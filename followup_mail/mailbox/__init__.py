"""Searches the user's own mailbox over IMAP for a mail that may have been sent, and files copies and drafts there.

Read ``sent_folder`` first: what is searched for and what was found. ``imap_connect`` logs in and turns every error into
a sentence; ``imap_client`` is imapclient's client with limits on time and size. ``sent_copy``
files the copy of a mail that was sent. ``appending`` is all that ever writes to a mailbox.
"""
