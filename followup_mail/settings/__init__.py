"""What the user may set, once, for every application.

Read ``table`` first: every setting. ``load_settings`` reads them from each ``source``: the environment or an
``env_file``. ``env_mistakes`` reports lines that are not understood, ``file_trust`` refuses files of other users,
``whole_sets`` keeps an account, and a writing model, in one piece. ``providers`` is what
is known about mail providers, ``mail_dns`` and ``autoconfig_file`` find others, and ``env_writing`` changes a ``.env``.
Only ``workspace``, ``services`` and ``cli`` read settings; other rooms get finished values.
"""
