"""The looks of ``doctor``: everything that can stop a mail, found before it does."""
