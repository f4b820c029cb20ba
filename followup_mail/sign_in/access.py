"""Gives whoever logs in to a mail server a token that is good now, and renews it where it is not.

Two processes may want that at once, and a provider may take a refresh token once only (RFC 6749 section 10.4). So it is
renewed under a lock, after a look whether another process has just done so, and written down before it is used.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from msgspec import Struct

from followup_mail.errors import SignInError
from followup_mail.sign_in.client import protocol
from followup_mail.sign_in.token_endpoint import SIGN_IN_AGAIN, SignedOutError, ask_for_tokens
from followup_mail.sign_in.token_store import TokenStore
from followup_mail.sign_in.tokens import Tokens, read_answer

_SIGNED_OUT: Final = "The sign-in of {} has ended: consent was withdrawn, or it was not used for long."


class Access(Struct, frozen=True):
    """The access tokens of one account."""

    store: TokenStore
    clock: Callable[[], float] = time.time
    """Returns seconds since 1970."""

    def token(self) -> str:
        """Return a token that should be accepted, renewed if its time is up.

        Raises ``SignInError`` when nobody is signed in, ``SignInUnreachableError`` without a network.
        """
        tokens = self.store.read()
        return tokens.access if tokens.is_good(self.clock()) else self._renew(lambda kept: kept.is_good(self.clock()))

    def renewed(self, refused: str) -> str:
        """Return another token than a server has refused, whatever the clock says. Raises as ``token``."""
        return self._renew(lambda kept: bool(kept.access) and kept.access != refused)

    def _renew(self, is_done: Callable[[Tokens], bool]) -> str:
        with self.store.alone():
            kept = self.store.read()
            if is_done(kept):
                return kept.access  # another process was faster
            if not kept.refresh:
                raise SignInError(_SIGNED_OUT.format(self.store.client.address), fix=SIGN_IN_AGAIN)
            # Ctrl-C interrupts the main thread only. Between the provider's answer and the file it would end the
            # sign-in: the old refresh token is spent, and the new one lost. So it waits for the file.
            with ThreadPoolExecutor(1) as uninterrupted:
                return uninterrupted.submit(self._exchange, kept).result()

    def _exchange(self, kept: Tokens) -> str:
        """Get new tokens by those that are kept, and write them down."""
        try:
            renewed = self._ask(kept)
        except SignedOutError:
            # Nobody asks again with a token that is worth nothing.
            self.store.write(replace(kept, access="", refresh=""))
            raise SignInError(_SIGNED_OUT.format(self.store.client.address), fix=SIGN_IN_AGAIN) from None
        self.store.write(renewed)
        return renewed.access

    def _ask(self, kept: Tokens) -> Tokens:
        client = self.store.client
        asking = protocol().WebApplicationClient(client.id)
        body = asking.prepare_refresh_body(refresh_token=kept.refresh, **client.credentials)
        return read_answer(ask_for_tokens(client, body), self.clock(), kept)
