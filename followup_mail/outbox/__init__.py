"""What is queued: entries, their states and what may change them; and the store that keeps them.

Read ``entry`` first, then ``transitions`` (every change of state) and ``store`` (the interface). ``pre_send_check`` is
the last check before sending, ``retry`` decides after an attempt. ``sqlite`` and the modules with ``rows`` are the
store in a file; ``database`` opens it, ``migrate`` updates its schema.
"""
