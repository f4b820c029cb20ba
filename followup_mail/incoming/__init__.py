"""Reads what somebody was sent and saved as a file: mail, invitations, cards. Runs nothing in it.

Read ``reply`` first: what the program needs to know about an answer. ``saved_mail`` reads the file, ``saved_text``,
``saved_ids`` and ``saved_senders`` its parts. ``machine_sent``, ``forwarded`` and ``quotation`` recognise what is no
answer.

For what becomes a fact read ``found`` first, the values; ``read_file`` tells what a file is. ``calendar_events`` with
``calendar_people`` and ``calendar_zones`` reads invitations, ``business_cards`` cards, ``invitation_mail`` mails.

For mail in a mailbox read ``watched`` and ``understood`` first, the values, then ``understand``. ``whose_mail`` tells
which application a mail belongs to, ``automatic_mail`` whether anybody answered in it, ``absence`` until when somebody
is away, ``report`` and ``returned`` what could not be delivered, ``by_hand`` what the user wrote.
"""
