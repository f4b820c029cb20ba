"""The one thing to type about an entry that needs the user: what its fix names, so that nothing else is advised."""

from __future__ import annotations

from typing import Final

from followup_mail.outbox.entry import Entry, State
from followup_mail.regex import regex

_COMMAND: Final = regex(r"`followup-mail ([^`\n]{1,200})`")


def find_way_out(entry: Entry) -> str:
    """Return the first command that the fix of an entry names, without the program's name; empty where none is.

    An unclear one is looked after first, whatever its fix names: nobody says that it was sent without a look.
    """
    if entry.state is State.UNCLEAR:
        return ""
    found = _COMMAND.search(entry.fix)
    return found[1] if found else ""
