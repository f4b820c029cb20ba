"""When to follow up, through which channel, and why: methods as data, working time, and a plan as a pure function.

Read ``step`` first (what a plan consists of), then ``method`` (what a cadence file says; ``cadence_files`` and
``cadence_table`` read it), then ``plan``, which calls the modules that propose steps: ``thank_yous``, ``chain`` and
``follow_ups``, ``application_steps``, ``requested_step``. ``step_states`` gives each step its state. ``worktime``,
``days_off`` and ``regions`` know office hours and holidays; ``when`` reads the words for a moment.
"""
