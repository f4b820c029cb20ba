"""A server for assistants (Model Context Protocol): they read, draft, check and propose, and can do nothing else.

A front over ``services``, like the command line and the page. Whatever it offers only reads, or leaves a proposal
(``followup_mail.proposals``) that a person accepts or declines elsewhere.
"""
