"""Who the user is and by which servers their mail leaves: set-up, accounts, sign-in, and the service."""
