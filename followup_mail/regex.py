"""Regular expressions compiled when they are first used.

The program has some seven hundred, and a command needs a few dozen of them. Compiling one takes about a
millisecond: all of them together took longer than everything else that ``preview`` does.
"""

from __future__ import annotations

import re
from typing import Final, cast, overload

_METHODS: Final = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


@overload
def regex(source: str, flags: int = 0) -> re.Pattern[str]: ...
@overload
def regex(source: bytes, flags: int = 0) -> re.Pattern[bytes]: ...
def regex(source: str | bytes, flags: int = 0) -> re.Pattern[str] | re.Pattern[bytes]:
    """Return what ``re.compile`` would, for methods and attributes. A mistake in ``source`` shows at the first use."""
    return cast("re.Pattern[str] | re.Pattern[bytes]", Uncompiled(source, flags))


class Uncompiled:
    """Stands for a pattern, and becomes it: after the first use its methods are those of the compiled one."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Compile. Python asks here only for what the instance does not have yet."""
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return getattr(compiled, name)
