"""What the user may set, once, for every application.

``table`` names the settings; ``load_settings`` reads them from the environment and files (``source``, ``env_file``).
``env_mistakes`` explains mistakes, ``file_trust`` refuses files that others can change, and ``one_account`` keeps an
account together. Only ``workspace``, ``services`` and ``cli`` read settings.
"""
