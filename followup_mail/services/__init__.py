"""The use cases: each module does one job that a command, a web page or a worker asks for.

They pass finished values from room to room; rules about when and what stay in the rooms. Read ``prepare`` first (from a
request to checked mails), then ``enqueue``, ``deliver`` and ``record_outcome``. All others stand alone.
"""
