"""How long the user has to think again about a mail that is to leave now."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

GRACE: Final = timedelta(minutes=1)
