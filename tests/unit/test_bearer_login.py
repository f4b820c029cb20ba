"""A token is said to a mailbox in the form that the server has, and a refusal is answered as that form asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from followup_mail.delivery.smtp_account import Account, Auth, Security
from followup_mail.mailbox.imap_connect import _say_token


class Client:
    """Stands in for imapclient, and refuses: it asks twice."""

    def __init__(self, *offers: str) -> None:
        self.offers = offers
        self.said: list[Any] = []

    def has_capability(self, name: str) -> bool:
        return name in self.offers

    def sasl_login(self, method: str, answer: Callable[[bytes], str]) -> None:
        self.said += [method, answer(b""), answer(b'{"status":"invalid_token"}'), answer(b"")]


@pytest.mark.parametrize(
    ("offers", "said"),
    [
        (("AUTH=XOAUTH2", "AUTH=OAUTHBEARER"), ["XOAUTH2", "user=a,b@x\1auth=Bearer tok\1\1", "", ""]),
        (("AUTH=OAUTHBEARER",), ["OAUTHBEARER", "n,a=a=2Cb@x,\1auth=Bearer tok\1\1", "\1", ""]),
    ],
)
def test_a_mailbox_gets_the_form_that_it_has(offers: tuple[str, ...], said: list[str]) -> None:
    """XOAUTH2 goes first; OAUTHBEARER escapes a comma in the name, and ends a refusal with its own answer."""
    client = Client(*offers)
    account = Account("mail.example", 993, Security.TLS, "a,b@x", Auth.OAUTH)
    _say_token(client, account, "tok")  # type: ignore[arg-type]
    assert client.said == said
