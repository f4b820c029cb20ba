"""The use cases: what a user can ask for, each as a function that takes a workspace and returns a value.

The command line calls them, and so can a page, an assistant or a worker; ``json_views`` turns their values into
dictionaries. Rules about when to write and what to say stay in the rooms below.
"""
