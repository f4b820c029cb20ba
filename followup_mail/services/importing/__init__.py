"""Facts from invitations, mails and contact cards: found, asked about, shown, then written in one piece."""
