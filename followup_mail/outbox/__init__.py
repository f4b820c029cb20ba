"""What is queued: entries, their states and what may change them; and the store that keeps them."""
