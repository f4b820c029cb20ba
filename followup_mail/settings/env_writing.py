"""Change settings in a ``.env``: only the lines that need it, in one step, for the user alone (0600).

Comments, blank lines, the order, other programs' lines, line ends and the encoding stay as they are. What was written
is read back before the file is replaced: a value that would be understood differently is never written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from followup_mail.errors import SettingsError
from followup_mail.facts.atomic_files import alone_in, make_folder, said_plainly, write_over
from followup_mail.regex import regex
from followup_mail.settings.env_mistakes import explain_value
from followup_mail.settings.source import COMMANDS, SECRETS

if TYPE_CHECKING:
    from dotenv.parser import Binding

_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK: Final = b"\xef\xbb\xbf"
_BARE: Final = regex(r"[^\s'\"#\\`$]+(?: [^\s'\"#\\`$]+)*")
"""Values that need no quotes, for any program that reads such files."""
_COMMENT: Final = regex(r"[ \t]+#[^\r\n]*")


def write_settings(path: Path, changes: Mapping[str, str]) -> tuple[str, ...]:
    """Set variables in a ``.env`` to texts; an empty text takes the line away. Return the variables that changed.

    Nothing is written where nothing changes. Raises ``SettingsError`` for a value that no line can hold; no message
    contains a value.
    """
    make_folder(path.parent, path.parent)
    with said_plainly(path, "written"), alone_in(path.parent):
        content = path.read_bytes() if path.exists() else b""
        encoding = _encoding(content)
        text = content.decode(encoding)
        changed = {key: value for key, value in changes.items() if value != _values(text).get(key, "")}
        if not changed:
            return ()
        _refuse_unfit(changed)
        write_over(path, rewrite(text, changed).encode(encoding))
    return tuple(changed)


def rewrite(text: str, changes: Mapping[str, str]) -> str:
    """Return the text of a ``.env`` with variables set, or taken out by an empty value.

    Raises ``SettingsError`` when a value would be read back differently.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    parts = [_replaced(binding, changes, newline) for binding in _parse(text)]
    known = _values(text)
    whole = "".join(parts)
    added = [f"{key}={_quoted(value)}{newline}" for key, value in changes.items() if value and key not in known]
    if added and whole and not whole.endswith(("\n", "\r")):
        whole += newline
    whole += "".join(added)
    expected = {key: value for key, value in {**known, **changes}.items() if value or key not in changes}
    if _values(whole) != expected:
        raise SettingsError(
            f"{' and '.join(changes)} can't be written into such a file.",
            fix="Use another password, or a command that prints it: followup-mail setup --password-command COMMAND",
        )
    return whole


def _replaced(binding: Binding, changes: Mapping[str, str], newline: str) -> str:
    """Return the text of one line as it is, or with its new value; its comment stays."""
    written = binding.original.string
    if binding.key not in changes or binding.key is None:
        return written
    lead = written[: len(written) - len(written.lstrip())]
    value = changes[binding.key]
    if not value:
        return lead
    bare = written.strip()
    export = re.match(r"export[ \t]+", bare)
    comment = _COMMENT.search(bare) if "#" not in (binding.value or "") else None
    line = f"{export[0] if export else ''}{binding.key}={_quoted(value)}{comment[0] if comment else ''}"
    return lead + line + (newline if written.endswith(("\n", "\r")) else "")


def _quoted(value: str) -> str:
    """Return a value as it is written in a line, with the quotes that it needs."""
    if _BARE.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\")
    candidates = ("'" + escaped.replace("'", "\\'") + "'", '"' + escaped.replace('"', '\\"') + '"', value)
    for candidate in candidates:
        # A line behind it, as quotes that are not closed would swallow it.
        if _values(f"A={candidate}\nB='c'\n") == {"A": value, "B": "c"}:
            return candidate
    return candidates[0]  # refused when it is read back


def _refuse_unfit(changes: Mapping[str, str]) -> None:
    wrong = [explain_value(key, value, is_secret=key in SECRETS | COMMANDS) for key, value in changes.items() if value]
    if any(wrong):
        raise SettingsError("\n".join(filter(None, wrong)), fix="Type it again; nothing was changed.")


def _values(text: str) -> dict[str, str]:
    return {binding.key: binding.value or "" for binding in _parse(text) if binding.key and not binding.error}


def _parse(text: str) -> Iterator[Binding]:
    from dotenv.parser import parse_stream

    return parse_stream(StringIO(text, newline=""))


def _encoding(content: bytes) -> str:
    if content.startswith(_UTF16_MARKS):
        return "utf-16"
    return "utf-8-sig" if content.startswith(_UTF8_MARK) else "utf-8"
