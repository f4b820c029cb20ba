"""``start.py``: the environment that the README's commands make."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _file(name: str, **more: object) -> dict[str, object]:
    return {"filename": name, "url": f"https://files.example/{name}", "hashes": {"sha256": "0" * 64}, **more}


def test_newest_final_pip_is_chosen(start: ModuleType) -> None:
    """Neither a source archive, nor a version before its release or withdrawn after it, nor an old one."""
    page = {
        "files": [
            _file("pip-9.0.3-py3-none-any.whl"),
            _file("pip-25.3-py3-none-any.whl"),
            _file("pip-25.10-py3-none-any.whl"),
            _file("pip-26.0rc1-py3-none-any.whl"),
            _file("pip-27.0-py3-none-any.whl", yanked="broken"),
            _file("pip-28.0.tar.gz"),
        ]
    }
    assert start.choose_wheel(page)["filename"] == "pip-25.10-py3-none-any.whl"


def test_a_changed_pip_is_not_run(start: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What does not have the hash that the index names is refused before anything of it runs."""
    content = b"print('run')"
    page = {"files": [_file("pip-25.3-py3-none-any.whl", hashes={"sha256": hashlib.sha256(b"other").hexdigest()})]}
    monkeypatch.setattr(start, "read_url", lambda url: content if "files." in url else json.dumps(page).encode())
    with pytest.raises(SystemExit, match="Nothing was installed"):
        start.fetch_pip(tmp_path / "python")


def test_only_https_is_fetched(start: ModuleType) -> None:
    """A file or an unencrypted address is not fetched."""
    for url in ("http://pypi.example/simple/pip/", "file:///etc/passwd"):
        with pytest.raises(SystemExit, match="https"):
            start.read_url(url)


def test_old_python_is_told(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Python 3.10 gets one sentence instead of an installation that fails halfway."""
    monkeypatch.setattr(start, "OLDEST", (99, 0))
    assert start.main(["demo"]) == 2
    assert "needs Python 3.11 or later" in capsys.readouterr().err


def test_readme_has_two_commands_of_one_line() -> None:
    """What CI runs as it stands: one line to try it, one line to run the tests."""
    blocks = re.findall(r"```sh\n(python3 start\.py [^`]*)```", (ROOT / "README.md").read_text("utf-8"))
    assert blocks == ["python3 start.py demo\n", "python3 start.py test\n"]
