"""A language model that writes mails, if the user sets one up: what it gets to know, how it is asked, what it answers.

``brief`` gathers what the model gets; ``stand_ins`` keeps names and addresses here. ``prompt`` puts guide and facts
together; ``answer_form`` says what is asked for. ``model_mail`` reads the answer, ``own_doubts`` has it looked
at again, and ``remembered`` keeps it. ``model_question`` and ``mere_correction`` judge what a debrief is offered.

``endpoint`` is where it answers and ``chat`` asks it: ``tries`` repeats a request, ``exchange`` sends it once,
``model_reply`` reads the answer, and ``error_sentences`` says what went wrong.

The room knows nothing of settings, of the outbox or of sending. Whether a mail of the model may be used is decided
elsewhere (``services.writing.ask_model``), by the same checks as for any other mail and by those that only a model's
mail must pass.
"""
