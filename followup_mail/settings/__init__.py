"""What the user may set, once, for every application: ``table`` says what, ``load`` says from where.

Only ``wiring`` and ``cli`` read settings; the rooms before the outbox get finished values.
"""
