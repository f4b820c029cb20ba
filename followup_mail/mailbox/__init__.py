"""Reads the user's own mailbox over IMAP, without changing it: a mail that may have been sent, and what they answered.

Read ``sent_folder`` first: what is searched for one mail and what was found. ``new_mail`` looks through the folders
that ``folders`` names for what is new: ``mail_look`` has its values and limits, ``new_uids`` says which mails to look
at, and ``search_keys`` what the server is asked about earlier ones. ``one_mail`` reads one of them again.
``careful_fetch`` loses no mail to another that is broken. ``imap_connect`` logs in and turns every error into a
sentence; ``imap_client`` is imapclient's client with limits on time and size.
"""
