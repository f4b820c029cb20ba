"""What the user may set, once, for every application.

``table`` says what. ``load`` says from where: a ``source`` is the environment or an ``env_file``; ``slips`` are told,
``trust`` refuses files of others, and ``one_account`` keeps an account in one piece. Only ``workspace``, ``services``
and ``cli`` read settings; the rooms before the outbox get finished values.
"""
