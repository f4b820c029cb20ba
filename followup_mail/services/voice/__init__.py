"""How the user writes, measured from mails of theirs, in sentences."""
