"""The finished message: from a draft to the bytes that will be sent, except Date, and back again to prove them.

Read ``draft`` first (what comes in), then ``compose``, which uses ``gate``, ``headers``, ``body_parts``, ``flowed`` and
``attachments``. ``proof`` reads the bytes back. ``date_header`` adds the Date at sending.
"""
