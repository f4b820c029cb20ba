"""Files that go from form to form in hidden fields, until what is in them is written down.

They are somebody else's mails and addresses: so nothing of them lies on disk before a yes, and nothing is left behind
when the window is closed.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote, unquote

from followup_mail.errors import FactsError
from followup_mail.services.importing.import_given import Given
from followup_mail.web.frame.asked import Asked

_CHUNK: Final = 1_500_000
"""Characters of one field; a form's field may have two million."""
_MOST_BYTES: Final = 15_000_000


def take_given(asked: Asked) -> tuple[Given, ...]:
    """Return the files and the text that came with a form, behind those that it carried.

    Raises ``FactsError`` for more than a form can carry on.
    """
    form = asked.form
    given = [*_unpack(form.all("carried"))]
    given += [(file.name, file.content) for file in form.files.get("files", ())]
    if text := form.get("text").strip():
        given.append((asked.filler.sentence("pasted"), text.encode()))
    if sum(len(content) for _, content in given) > _MOST_BYTES:
        raise FactsError(asked.filler.sentence("too_much"), fix=asked.filler.sentence("too_much_fix"))
    return tuple(dict.fromkeys(given))


def pack(given: Sequence[Given]) -> Iterator[str]:
    """Yield the values of the hidden fields: number of the file, its name, a part of its content."""
    for number, (name, content) in enumerate(given):
        text = base64.b64encode(content).decode()
        for start in range(0, len(text) or 1, _CHUNK):
            yield f"{number}:{quote(name, safe='')}:{text[start : start + _CHUNK]}"


def _unpack(values: Sequence[str]) -> Iterator[Given]:
    parts: dict[tuple[str, str], str] = {}
    for value in values:
        number, _, rest = value.partition(":")
        name, _, text = rest.partition(":")
        parts[number, unquote(name)] = parts.get((number, unquote(name)), "") + text
    for (_, name), text in parts.items():
        try:
            yield name, base64.b64decode(text, validate=True)
        except binascii.Error:
            continue
