"""Signing in at a mail provider by OAuth 2.0, so that no password is kept anywhere.

``provider`` says where that is done and what is asked for (``providers.toml``); ``client`` is what this program is
called there. ``browser_sign_in`` (with ``loopback``) and ``device_sign_in`` are the two ways for a person; both end in
``token_endpoint``. ``token_store`` keeps ``tokens``, ``access`` gives whoever logs in to a mail server a token that is
good now, and ``revoke`` gives tokens back.

The room knows nothing of settings, of the outbox or of sending.
"""
