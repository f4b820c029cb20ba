"""What one run of ``setup`` did, as a value."""

from __future__ import annotations

from msgspec import Struct

from followup_mail.outbox.attempt import AttemptResult, Verdict
from followup_mail.services.accounts.recognise_provider import Recognised
from followup_mail.services.accounts.setup_account import LoginTrial, Saved


class Report(Struct, frozen=True):
    """What was saved, and what came of the login, the test mail and the service; None for what was not asked for."""

    saved: Saved
    login: LoginTrial | None = None
    found: Recognised | None = None
    test_mail: AttemptResult | None = None
    service: str | None = None
    """What came of the service, in a sentence."""

    @property
    def ok(self) -> bool:
        return self.test_mail is None or self.test_mail.verdict is Verdict.ACCEPTED
