"""The use cases: what a user can ask for, each as a function that takes a workspace and returns a value.

The command line calls them, and so can a page, an assistant or a worker; ``as_json`` turns their values into
dictionaries. Rules about when to write and what to say stay in the rooms below. A folder is a job, in the order of
pyproject.toml: each uses only those below it. Its own first sentence says what it does.
"""
