"""A language model that writes mails, if the user wants that: what it is given, how it is asked, what it answered.

It knows nothing of settings, of the outbox or of sending. Whether a mail of its may be used is decided elsewhere
(``services.ask_model``), by the same checks as for any other mail and by those that only a model's mail must pass.
"""
