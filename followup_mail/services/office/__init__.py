"""An office: candidates taken in, moved out, shared with, audited and deleted."""
