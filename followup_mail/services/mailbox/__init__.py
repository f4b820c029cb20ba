"""The user's mailbox: looked into for answers, with drafts and copies put there, and what was seen."""
