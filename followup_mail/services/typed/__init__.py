"""What people type or hand over, read: days, places, lengths, notes, files, and the text of a transcript."""
