"""The settings of a writing model: how its address is read, that its key goes nowhere else, and that none shows it."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from types import ModuleType

import pytest

from followup_mail.errors import SettingsError
from followup_mail.services.accounts.list_settings import list_settings
from followup_mail.settings.load_settings import Loaded, load_settings
from followup_mail.settings.value_readers import read_base_url
from followup_mail.workspace import Workspace
from followup_mail.writing_model.endpoint import Endpoint, say_what_leaves

KEY = "sk-hunter2-hunter2"
HERE = {"FOLLOWUP_WRITER_URL": "http://127.0.0.1:11434/v1", "FOLLOWUP_WRITER_MODEL": "llama3.2"}
AWAY = {
    "FOLLOWUP_WRITER_URL": "https://api.writer.example/v1",
    "FOLLOWUP_WRITER_MODEL": "large",
    "FOLLOWUP_WRITER_KEY": KEY,
}


def write(path: Path, settings: dict[str, str]) -> Path:
    path.write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
    path.chmod(0o600)
    return path


def endpoint_of(loaded: Loaded) -> Endpoint:
    found = Workspace(loaded).writing_model
    assert found is not None
    return found


def refused(home: Path, settings: dict[str, str], env_file: Path | None = None) -> str:
    with pytest.raises(SettingsError) as caught:
        _ = Workspace(load_settings(settings, home, env_file)).writing_model
    assert caught.value.fix
    assert "hunter2" not in caught.value.sentence + caught.value.fix
    return f"{caught.value.sentence} {caught.value.fix}"


def make(url: str, model: str = "m") -> Endpoint:
    return Endpoint(url, model, str, 1.0)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1"),
        ("https://api.writer.example/v1/", "https://api.writer.example/v1"),
        ("https://api.writer.example", "https://api.writer.example"),
        ("https://api.writer.example/v1/chat/completions", "https://api.writer.example/v1"),
        ("https://api.writer.example/v1/chat/completions/", "https://api.writer.example/v1"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("https://gateway.example/v1/%7Eme/openai", "https://gateway.example/v1/%7Eme/openai"),
    ],
)
def test_an_address_is_read(text: str, url: str) -> None:
    """The base address is kept; a slash at its end and what each request adds are cut."""
    assert read_base_url(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "api.writer.example/v1",
        "127.0.0.1:11434",
        "localhost:11434/v1",
        "ftp://writer.example/v1",
        "file:///etc/passwd",
        "https://",
        "https:///v1",
        "https://:443/v1",
        "https://writer.example:port/v1",
        "https://writer.example:99999/v1",
        "https://jo:hunter2@writer.example/v1",
        "https://hunter2@writer.example/v1",
        "https://writer.example/v1?api_key=hunter2",
        "https://writer.example/v1?",
        "https://writer.example/v1#hunter2",
        "https://writer.example/v1 hunter2",
        "https://writer.example\\@127.0.0.1/v1",
        "http://127.0.0.1%2ehunter2.example/v1",
        "http://[fe80::1%25eth0]/v1",
        "https://münchen.example/v1",
        "https://[::1/v1",
    ],
)
def test_what_is_no_address_is_refused_without_showing_it(tmp_path: Path, text: str) -> None:
    """Anything but http or https with a host, or with a key in it, is refused, and the sentence shows none of it."""
    said = refused(tmp_path, {**HERE, "FOLLOWUP_WRITER_URL": text})
    assert "environment: FOLLOWUP_WRITER_URL: " in said
    assert "writer.example" not in said


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("localhost", True),
        ("LocalHost", True),
        ("localhost.", True),
        ("ollama.localhost", True),
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("[::1]", True),
        ("localhost.example", False),
        ("notlocalhost", False),
        ("127.0.0.1.example", False),
        ("128.0.0.1", False),
        ("0.0.0.0", False),
        ("192.168.1.5", False),
        ("[::2]", False),
        ("127.1", False),
        ("2130706433", False),
        ("0177.0.0.1", False),
    ],
)
def test_only_loopback_is_this_machine(host: str, is_here: bool) -> None:
    """Names and addresses of loopback mean this machine, and nothing else does."""
    assert make(f"http://{host}:8080/v1").is_here is is_here


def test_none_is_set_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a setting there is no writing model, and nothing of that room is imported to find out."""
    for name in [name for name in sys.modules if name.startswith("followup_mail.writing_model")]:
        monkeypatch.delitem(sys.modules, name)
    assert Workspace(load_settings({}, tmp_path)).writing_model is None
    assert not any(name.startswith("followup_mail.writing_model") for name in sys.modules)


def test_a_timeout_alone_sets_no_writing_model(tmp_path: Path) -> None:
    """How long to wait says nothing about for whom."""
    assert Workspace(load_settings({"FOLLOWUP_WRITER_TIMEOUT": "5"}, tmp_path)).writing_model is None


def test_a_whole_writing_model_is_an_endpoint(tmp_path: Path) -> None:
    """Address, model, key and time make the endpoint."""
    found = endpoint_of(load_settings({**AWAY, "FOLLOWUP_WRITER_TIMEOUT": "5"}, tmp_path))
    assert (found.url, found.host, found.model, found.timeout) == (
        "https://api.writer.example/v1",
        "api.writer.example",
        "large",
        5,
    )
    assert found.find_key() == KEY
    assert "hunter2" not in repr(found)


def test_without_a_key_the_key_is_empty(tmp_path: Path) -> None:
    """A model on this machine needs no key, and the usual time is two minutes."""
    found = endpoint_of(load_settings(HERE, tmp_path))
    assert (found.find_key(), found.timeout, found.is_here) == ("", 120, True)


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        ("FOLLOWUP_WRITER_URL", "FOLLOWUP_WRITER_MODEL"),
        ("FOLLOWUP_WRITER_MODEL", "FOLLOWUP_WRITER_URL"),
        ("FOLLOWUP_WRITER_KEY", "FOLLOWUP_WRITER_URL and FOLLOWUP_WRITER_MODEL"),
    ],
)
def test_half_a_writing_model_is_told(tmp_path: Path, there: str, missing: str) -> None:
    """A part without the rest is one sentence that names both."""
    assert f"{there} is set, but not {missing}" in refused(tmp_path, {there: AWAY[there]})


@pytest.mark.parametrize("allowed", ["no", "yes"])
def test_notes_travel_unencrypted_only_when_that_is_allowed(tmp_path: Path, allowed: str) -> None:
    """http to another machine is refused, unless the user allows it; to this machine it is always possible."""
    given = {**HERE, "FOLLOWUP_WRITER_URL": "http://192.168.1.5:11434/v1", "FOLLOWUP_WRITER_ALLOW_PLAIN": allowed}
    if allowed == "yes":
        assert endpoint_of(load_settings(given, tmp_path)).host == "192.168.1.5"
    else:
        assert "Your notes would travel to 192.168.1.5 unencrypted" in refused(tmp_path, given)


@pytest.mark.parametrize("setting", ["KEY", "KEY_COMMAND", "KEYRING"])
def test_a_key_never_travels_unencrypted(tmp_path: Path, setting: str) -> None:
    """Not even where unencrypted notes are allowed."""
    given = {**HERE, "FOLLOWUP_WRITER_URL": "http://192.168.1.5/v1", "FOLLOWUP_WRITER_ALLOW_PLAIN": "yes"}
    assert "The key would travel" in refused(tmp_path, {**given, f"FOLLOWUP_WRITER_{setting}": "hunter2"})


@pytest.mark.parametrize(
    "parts", [keys for size in (1, 2) for keys in itertools.combinations(AWAY, size)] + [("FOLLOWUP_WRITER_TIMEOUT",)]
)
def test_no_writing_model_is_put_together_from_two_places(tmp_path: Path, parts: tuple[str, ...]) -> None:
    """A part outside and a writing model in the home's .env are refused with both places, unless the part is whole."""
    write(tmp_path / ".env", AWAY)
    given = {"FOLLOWUP_WRITER_TIMEOUT": "5", **HERE, "FOLLOWUP_WRITER_KEY": "other"}
    outside = {key: given[key] for key in parts}
    if set(parts) == {"FOLLOWUP_WRITER_URL", "FOLLOWUP_WRITER_MODEL"}:
        found = endpoint_of(load_settings(outside, tmp_path))
        assert (found.url, found.find_key()) == (HERE["FOLLOWUP_WRITER_URL"], "")
    else:
        said = refused(tmp_path, outside)
        assert "The settings of a writing model must all be in the same place" in said
        assert str(tmp_path / ".env") in said
        assert "the environment" in said


def test_a_key_outside_never_goes_to_an_address_in_a_file(tmp_path: Path) -> None:
    """A key in the environment is not used with the address of a file that is named, and that is said."""
    named = write(tmp_path / "writer.env", HERE)
    loaded = load_settings({"FOLLOWUP_WRITER_KEY": KEY}, tmp_path, named)
    assert endpoint_of(loaded).find_key() == ""
    assert any("The writing model in environment is not used" in remark for remark in loaded.remarks)


def test_a_whole_writing_model_replaces_another_and_says_so(tmp_path: Path) -> None:
    """The one outside is used whole, without the key of the file, and the file's is reported as not used."""
    write(tmp_path / ".env", AWAY)
    loaded = load_settings(HERE, tmp_path)
    assert endpoint_of(loaded).find_key() == ""
    assert f"The writing model in {tmp_path / '.env'} is not used: the writing model in the environment is." in (
        loaded.remarks
    )


def test_account_and_writing_model_may_be_in_two_places(tmp_path: Path) -> None:
    """Each set is whole for itself."""
    write(tmp_path / ".env", AWAY)
    account = {"FOLLOWUP_EMAIL": "jo@example.com", "FOLLOWUP_SMTP_HOST": "smtp.example.com"}
    loaded = load_settings(account, tmp_path)
    assert (endpoint_of(loaded).host, loaded.settings.smtp_host) == ("api.writer.example", "smtp.example.com")


def test_the_key_comes_from_the_keyring_of_its_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keyring is asked for the key of the host that it goes to, so that no other host can get it."""
    module = ModuleType("keyring")
    held = {("followup", "api.writer.example"): KEY}
    module.get_password = lambda service, account: held.get((service, account))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    given = {**AWAY, "FOLLOWUP_WRITER_KEYRING": "followup"}
    del given["FOLLOWUP_WRITER_KEY"]
    assert endpoint_of(load_settings(given, tmp_path)).find_key() == KEY
    other = endpoint_of(load_settings({**given, "FOLLOWUP_WRITER_URL": "https://evil.example"}, tmp_path))
    with pytest.raises(SettingsError, match=r"holds no key of 'evil\.example' for the service 'followup'"):
        other.find_key()


def test_the_key_is_never_shown(tmp_path: Path) -> None:
    """Neither the key nor its command is listed, and another setting that has the key in it by mistake is hidden."""
    given = {
        **AWAY,
        "FOLLOWUP_WRITER_KEY_COMMAND": f"echo {KEY}",
        "FOLLOWUP_NAME": f"Jo {KEY}",
        "FOLLOWUP_WRITER_URL": f"https://gateway.example/{KEY}/v1",
    }
    listed = list_settings(Workspace(load_settings(given, tmp_path)))
    shown = {row.key: row.value for row in listed.rows}
    assert shown["FOLLOWUP_WRITER_KEY"] == "(hidden)"
    assert shown["FOLLOWUP_WRITER_KEY_COMMAND"] == "(set, not shown)"
    assert shown["FOLLOWUP_WRITER_URL"].startswith("(hidden")
    assert "hunter2" not in f"{listed}"


def test_a_file_with_a_key_is_a_file_with_a_secret(tmp_path: Path) -> None:
    """A key in the .env counts as a password does when others can read the file."""
    path = write(tmp_path / ".env", AWAY)
    assert load_settings({}, tmp_path).secret_files == (path,)


def test_here_nothing_leaves() -> None:
    """With a model on this machine, the sentence says that nothing leaves it."""
    assert say_what_leaves(make("http://localhost:11434/v1")).startswith("Nothing leaves this machine")


@pytest.mark.parametrize("model", ["gpt-oss:120b-cloud", "glm-4.6:cloud"])
def test_a_model_that_is_passed_on_is_not_said_to_be_here(model: str) -> None:
    """Ollama passes such models on to its own servers, although it answers on this machine."""
    said = say_what_leaves(make("http://localhost:11434/v1", model))
    assert "Nothing leaves" not in said
    assert model in said


def test_what_leaves_and_what_does_not_is_said_with_the_host() -> None:
    """With a model elsewhere, one sentence names the host, what goes there, and what never does."""
    said = say_what_leaves(make("https://api.writer.example/v1"))
    assert said.count(". ") == 0
    went, _, stayed = said.partition("never")
    assert "api.writer.example" in went
    assert all(part in went for part in ("notes on the person", "job", "days", "before"))
    assert all(
        part in stayed for part in ("e-mail addresses", "phone numbers", "passwords", "names of people", "private")
    )


def test_settings_list_says_what_leaves_or_what_is_wrong(tmp_path: Path) -> None:
    """The list carries the sentence; half a writing model is a problem of the list, and does not end it."""
    assert "api.writer.example" in list_settings(Workspace(load_settings(AWAY, tmp_path))).writing_model
    assert list_settings(Workspace(load_settings({}, tmp_path))).writing_model == ""
    half = list_settings(Workspace(load_settings({"FOLLOWUP_WRITER_MODEL": "m"}, tmp_path)))
    assert half.writing_error is not None
    assert half.rows
