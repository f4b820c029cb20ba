"""Reads mail that somebody saved as a file: who wrote it, what it answers, what it passes on. Runs nothing in it.

Read ``reply`` first: what the program needs to know about an answer. ``saved_mail`` reads the file, ``saved_text``,
``saved_ids`` and ``saved_senders`` its parts. ``machine_sent``, ``forwarded`` and ``quotation`` recognise what is no
answer.
"""
