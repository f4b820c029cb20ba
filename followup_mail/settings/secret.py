"""A value that is never printed."""

from __future__ import annotations


class Secret:
    """A password or token. Only ``reveal`` returns it; ``repr``, ``str``, formats and pickles show nothing."""

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "(hidden)" if self._value else "(not set)"

    def __reduce__(self) -> str:
        raise TypeError("a Secret must not be stored")
