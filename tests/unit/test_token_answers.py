"""What a provider answers about a token: how long it is good for, in whatever form it says so."""

from __future__ import annotations

import pytest

from followup_mail.sign_in.tokens import read_answer


@pytest.mark.parametrize("said", [3599, "3599", 3599.0, "3599.5"])
def test_a_lifetime_is_read_in_every_form(said: object) -> None:
    """A number of seconds counts as one also with a point or in quotation marks."""
    tokens = read_answer({"access_token": "t", "expires_in": said}, 1_000.0)
    assert tokens.lifetime == 3599
    assert not tokens.is_good(1_000.0 + 3599)


@pytest.mark.parametrize("said", [None, -1, "²", "soon", [], float("inf"), float("nan")])
def test_what_is_no_lifetime_says_nothing(said: object) -> None:
    """Anything else is as if the provider had not said how long: the token is used until it is refused."""
    assert read_answer({"access_token": "t", "expires_in": said}, 1_000.0).lifetime == 0
