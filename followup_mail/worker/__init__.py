"""Workers of an office: any number of processes, on any machine, that deliver for all candidates of one database.

Read ``sweep`` first (what is due becomes jobs), then ``jobs`` and ``deliver_job`` (what a job does), then ``process``
(how a worker begins and ends). The engine (procrastinate) decides who does a job and when; the outbox decides what may
leave, so a job that is started twice sends nothing twice.
"""
