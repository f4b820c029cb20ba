"""The system's keyring: whatever a back end of it does, the user gets a sentence."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from followup_mail.errors import SettingsError
from followup_mail.settings.load_settings import load_settings
from followup_mail.settings.password import find_password


def ask(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: Any) -> str:
    """Ask a keyring that gives this answer, or raises it."""

    def get_password(service: str, account: str) -> Any:
        assert (service, account) == ("mail", "anna")
        if isinstance(answer, Exception):
            raise answer
        return answer

    module = ModuleType("keyring")
    module.get_password = get_password  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    environment = {"FOLLOWUP_SMTP_HOST": "smtp.example.com", "FOLLOWUP_SMTP_KEYRING": "mail"}
    return find_password(load_settings(environment, tmp_path).settings, "anna")()


def test_a_password_comes_from_the_keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The entry of this service and account is the password."""
    assert ask(monkeypatch, tmp_path, "pässword") == "pässword"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (None, "holds no password of 'anna'"),
        ("", "holds no password of 'anna'"),
        (b"bytes-of-it", "not a password"),
        (17, "not a password"),
        (0, "not a password"),
        ("with\0bytes-of-it", "not a password"),
        (RuntimeError("bytes-of-it"), "could not be read: RuntimeError"),
        (OSError("bytes-of-it"), "could not be read: OSError"),
    ],
)
def test_an_odd_answer_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: Any, says: str) -> None:
    """Nothing, something else than text, or any error of a back end: one sentence, without what it said."""
    with pytest.raises(SettingsError, match=says) as caught:
        ask(monkeypatch, tmp_path, answer)
    assert caught.value.fix
    assert "bytes-of-it" not in caught.value.sentence


def test_a_library_that_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A broken installation of the library is told as such."""

    class Broken:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "keyring":
                raise RuntimeError

    monkeypatch.delitem(sys.modules, "keyring", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    environment = {"FOLLOWUP_SMTP_HOST": "smtp.example.com", "FOLLOWUP_SMTP_KEYRING": "mail"}
    with pytest.raises(SettingsError, match="could not be loaded"):
        find_password(load_settings(environment, tmp_path).settings, "anna")()
