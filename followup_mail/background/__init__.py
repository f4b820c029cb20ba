"""Everything about the operating system: starting `followup-mail run` regularly, a log file, desktop notifications.

Read ``service_definition`` first (what is to run), then ``scheduler`` and the four schedulers behind it: ``systemd``,
``launchd``, ``cron``, ``windows``. They only compute texts and commands, as the values in ``changes``, so each is
tested on any system; ``apply`` and ``system_programs`` carry them out. ``logfile`` and ``log_lines`` are the log,
``heartbeat`` remembers the last run, ``desktop`` shows notifications. The room ``services`` decides when.
"""
