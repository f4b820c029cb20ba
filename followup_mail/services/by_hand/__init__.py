"""What the user does without us: scripts for a call or a letter, and the record of it as a contact."""
