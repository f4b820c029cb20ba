"""How a finished mail reaches the world, and what is known about it afterwards.

``dispatch`` takes entries from the outbox and gives each to a transport. ``folder`` is the transport without a server.
``transport`` is the one over SMTP, in the order of a conversation: ``account`` (where, and how safely), ``connect`` and
``link`` (yagmail and a bounded connection), ``login``, ``envelope`` and ``converse`` (MAIL to the answer). What is
heard becomes an ``Outcome`` in ``answers`` (by the tables in ``meanings`` and ``senders``, rows as in ``meaning``
with the sentences of ``advice``), what breaks in ``troubles``; ``words`` lets neither control characters nor secrets
through.
"""
