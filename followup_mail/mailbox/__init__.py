"""The user's own mailbox, over IMAP and only to read: what the mail server filed of what was sent."""
