"""How many examples a property test tries: a multiple of the usual number, so that ``--long`` multiplies it too."""

from __future__ import annotations

from hypothesis import settings


def examples(times: float) -> settings:
    """Return settings for ``times`` as many examples as the profile has that tests/conftest.py loads."""
    return settings(max_examples=round(times * settings.default.max_examples), deadline=None)
