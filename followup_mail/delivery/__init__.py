"""Delivers a finished mail to a mail server or a folder, and finds out what became of it.

Read ``dispatch`` first: the loop that takes entries from the outbox and hands each to a transport; ``onward`` does so
over a connection that is open, ``settling`` writes down what became of it. ``maildir`` is the transport into a
folder. ``transport`` is the one over SMTP; it uses, in this order, ``smtp_account``, ``smtp_connect``,
``smtp_connection``, ``smtp_login``, ``envelope`` and ``smtp_transaction``. ``reply_codes`` (with ``replies`` and
``reply_rules``, which reads `refusals.toml`) turns a server's answer into an ``AttemptResult``, ``network_errors``
does so with an error. ``timeouts`` and ``redaction`` keep every wait finite and every text safe to show.
"""
