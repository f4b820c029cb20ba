"""Rows of PostgreSQL as the rows of SQLite are, so that one reader serves both: moments as UTC text, JSON as text."""

from __future__ import annotations

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.types.string import TextLoader


class _MomentLoader(Loader):
    """A ``timestamptz`` as ``moments.to_text`` writes it."""

    def load(self, data: Buffer) -> str:
        # The session is in UTC with ISO dates: "2026-11-18 14:30:00.25+00".
        day, _, clock = bytes(data).decode("ascii").removesuffix("+00").partition(" ")
        whole, _, fraction = clock.partition(".")
        return f"{day}T{whole}.{fraction:0<6}Z"


def read_rows_like_sqlite(connection: psycopg.Connection[object]) -> None:
    """Read moments, days and JSON of this connection as text."""
    connection.adapters.register_loader("timestamptz", _MomentLoader)
    connection.adapters.register_loader("date", TextLoader)
    connection.adapters.register_loader("json", TextLoader)
