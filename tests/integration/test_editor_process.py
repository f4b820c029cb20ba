"""An editor that behaves, and editors that do not: nothing typed is lost, nothing half-meant is used."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from followup_mail.cli.views.edit_text import edit_until
from followup_mail.errors import FactsError, RefusedError


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The program that is run as the editor, to be written by each test; temporary files stay in the test's folder."""
    program = tmp_path / "editor.py"
    monkeypatch.setenv("VISUAL", f"'{sys.executable}' -S -E '{program}'")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return program


def _write(editor: Path, body: str) -> None:
    editor.write_text(f"import sys, os\npath = sys.argv[1]\n{body}\n", "utf-8")


def _used(text: str) -> str:
    return text


def _refused(text: str) -> str:
    raise FactsError(f"'{text}' will not do")


def test_what_was_typed_is_used(editor: Path) -> None:
    """The changed text is handed on, and the temporary file is gone."""
    _write(editor, "open(path, 'w').write('new')")
    assert edit_until("old", ".toml", _used) == "new"
    assert not list(editor.parent.glob("followup-*"))


def test_an_editor_that_changes_nothing(editor: Path) -> None:
    """An unchanged text is not used again; nothing is left over, whatever the editor put beside the file."""
    _write(editor, "open(path + '~', 'w').write('old')")
    assert edit_until("old", ".toml", _refused) is None
    assert not list(editor.parent.glob("followup-*"))


def test_line_ends_are_those_of_the_editor(editor: Path) -> None:
    """CRLF and LF come back as they were written; a text that was not touched counts as unchanged."""
    _write(editor, "")
    assert edit_until("one\r\ntwo\n", ".toml", _refused) is None
    _write(editor, "open(path, 'ab').write(b'new\\r\\n')")
    assert edit_until("one\r\ntwo\n", ".toml", _used) == "one\r\ntwo\nnew\r\n"


def test_an_editor_that_fails_and_changes_nothing(editor: Path) -> None:
    """An editor that ends with an error is an error, though there is nothing to keep."""
    _write(editor, "sys.exit(3)")
    with pytest.raises(RefusedError, match="ended with code 3") as told:
        edit_until("old", ".toml", _used)
    assert told.value.fix == ""
    assert not list(editor.parent.glob("followup-*"))


def test_an_editor_that_is_ended_by_a_signal(editor: Path) -> None:
    """It is said by which one; a copy that the editor left of what was not saved is named."""
    _write(editor, "open(path + '.save', 'w').write('new'); os.kill(os.getpid(), 15)")
    with pytest.raises(RefusedError, match="ended by SIGTERM") as told:
        edit_until("old", ".toml", _used)
    (kept,) = editor.parent.glob("followup-*")
    assert told.value.fix == f"What your editor left behind is in {kept}"


def test_an_editor_that_ends_with_an_error_is_not_believed(editor: Path) -> None:
    """Text saved by an editor that then failed, or was told to give up, is kept in a file but not used."""
    _write(editor, "open(path, 'w').write('half'); sys.exit(1)")
    with pytest.raises(RefusedError) as told:
        edit_until("old", ".toml", _used)
    kept = re.search(r"in (\S+)$", told.value.fix)
    assert kept
    assert Path(kept[1]).read_text("utf-8") == "half"


def test_an_editor_that_removes_the_file(editor: Path) -> None:
    """A file that is gone is a refusal in a sentence."""
    _write(editor, "os.remove(path)")
    with pytest.raises(RefusedError, match="left no file"):
        edit_until("old", ".toml", _used)
    assert not list(editor.parent.glob("followup-*"))


@pytest.mark.parametrize("instead", ["os.mkdir(path)", "os.symlink(path, path)"])
def test_an_editor_that_leaves_no_file_to_read(editor: Path, instead: str) -> None:
    """A folder, or a file that cannot be read, is a refusal too; it stays, and is named."""
    _write(editor, f"os.remove(path); {instead}")
    with pytest.raises(RefusedError, match="left no file") as told:
        edit_until("old", ".txt", _used)
    (kept,) = editor.parent.glob("followup-*")
    assert told.value.fix == f"What your editor left behind is in {kept}"


def test_what_cannot_be_used_is_kept(editor: Path) -> None:
    """Without a terminal to ask on, the text that is refused stays in a file that is named."""
    _write(editor, "open(path, 'w').write('wrong')")
    with pytest.raises(RefusedError) as told:
        edit_until("old", ".toml", _refused)
    assert Path(told.value.fix.rpartition(" ")[2]).read_text("utf-8") == "wrong"
