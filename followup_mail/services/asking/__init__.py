"""The questions about what was said: which are open, what each answer goes into, and where it is kept."""
