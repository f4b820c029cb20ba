"""What a program proposed and a person has not decided about: changes of facts, and mails. Nothing here changes either.

``proposal`` holds the values, ``kept`` the files they wait in. Whether one is taken over is decided by a person
(``services.proposals.accept_proposal``), never by whoever proposed it.
"""
