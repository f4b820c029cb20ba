"""What they wrote back: whose it is, which application it belongs to, what it decides, and who gets an answer."""
