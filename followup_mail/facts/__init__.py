"""What happened: one TOML file for each application, read strictly, and changed without touching comments.

Read ``application`` and ``people`` first: the model. ``fields`` and ``clean`` say what a value may be,
``gates`` and ``fact`` how it is read.
``application_file`` parses a file, with ``statements``, ``line_numbers`` and ``error_sentences`` for its problems;
``facts_folder`` keeps all files and ``rewrite`` changes one. ``debrief``, ``questions`` and ``pasted`` make a file from
what a user types.
"""
