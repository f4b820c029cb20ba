"""The checks for people: of one mail, of what waits, of a file written elsewhere, of a whole application."""
