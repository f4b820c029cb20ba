"""What belongs to the operating system: having ``run`` started regularly, a log file, a word on the desktop.

Texts and commands are pure functions of frozen values, so that those of every system are tested on any. Only
``carry_out``, ``tools``, ``logfile``, ``heartbeat`` and ``desktop`` touch the machine. When to do any of it is
``services``'s business.
"""
