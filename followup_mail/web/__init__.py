"""The page: what the commands can do, in a browser on this machine. Forms in, pages out; no rule lives here.

``serve`` starts it, ``app`` lists its addresses, ``views`` answer each of them by calling a service, ``drawing`` makes
pictures, and ``frame`` is what all of them stand in: who may enter, what was asked, how a page is made. Every sentence
of its own stands in ``pages`` and ``said``, as marked for translation; none stands in code.
"""
