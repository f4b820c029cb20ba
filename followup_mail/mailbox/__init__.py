"""Reads the user's own mailbox over IMAP: a mail that may have been sent, what they answered; files copies and drafts.

Read ``sent_folder`` first: what is searched for one mail and what was found. ``new_mail`` looks through the folders
that ``folders`` names for what is new: ``mail_look`` has its values and limits, ``new_uids`` says which mails to look
at, and ``search_keys`` what the server is asked about earlier ones. ``one_mail`` reads one of them again.
``careful_fetch`` loses no mail to another that is broken. ``sent_copy`` files the copy of a mail that was sent,
``drafts_folder`` puts drafts there and finds out what became of them; ``appending`` is all that ever writes to a
mailbox. ``imap_connect`` logs in and turns every error into a sentence; ``imap_client`` is imapclient's client with
limits on time and size.
"""
