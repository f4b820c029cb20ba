"""What the user's last steps changed, on disk before it was changed, so that a step can be taken back.

Read ``operation`` first, then ``journal``. Taking a step back is ``services.undo.undo_step``.
"""
