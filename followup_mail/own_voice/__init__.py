"""How the user writes: what their own mails have in common, and what of it a mail of ours can take over.

Read ``manner`` first: what one mail shows. ``own_mail`` gets its words out of whatever was given, ``voice`` is what
several mails have in common, ``voice_file`` keeps it, ``closings`` says which closing fits which mail. The mails
themselves are kept nowhere.
"""
