"""The terminal itself: printing, folding, the editor, signals. Knows nothing about applications or mails."""
