"""Steps taken back and done again: what they changed, and what stands in the way."""
