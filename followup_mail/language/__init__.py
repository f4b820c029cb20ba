"""The language of a follow-up: what a jotted note can become, and whether an answer makes a sound sentence.

Pure: text in, values out. What is asked for, and where an answer is kept, is ``services``; what a mail is made of is
``drafts``.
"""
