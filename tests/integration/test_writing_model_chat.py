"""Asking a writing model over a real connection: what it answers, and each way in which it does not."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from model_server import (
    MODEL,
    ModelServer,
    Play,
    bomb,
    completion,
    cut_off,
    drip,
    drip_headers,
    fails,
    hangs_up,
    late,
    lists,
    redirects,
    says,
    too_long,
    well,
    without_schemas,
)

from followup_mail.errors import SettingsError, WritingModelError
from followup_mail.writing_model.chat import ask, knows_model, list_models
from followup_mail.writing_model.endpoint import Endpoint
from followup_mail.writing_model.exchange import BYTES_LIMIT

KEY = "sk-Secret7890abcdefXYZ"
MESSAGES = [{"role": "system", "content": "Write a mail."}, {"role": "user", "content": "Zoë · “10 Nov”"}]
SCHEMA = {"type": "object", "properties": {"subject": {"type": "string"}, "body": {"type": "string"}}}
MAIL = '{"subject": "Thank you", "body": "Hello"}'


@dataclass
class Pauses:
    """A clock of waits: nobody really waits, and each wait is kept."""

    waits: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    def now(self) -> float:
        return time.monotonic() + sum(self.waits)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer().running() as running:
        yield running


def endpoint_of(server: ModelServer, *, timeout: float = 10.0, key: str = KEY) -> Endpoint:
    return Endpoint(server.url, MODEL, lambda: key, timeout)


def ask_it(server: ModelServer, pauses: Pauses, *plays: Play, **options: Any) -> str:
    server.plays = plays
    return ask(endpoint_of(server, **options), MESSAGES, SCHEMA, sleep=pauses.sleep, now=pauses.now)


def error_of(server: ModelServer, pauses: Pauses, *plays: Play, **options: Any) -> str:
    """Return the sentence and the fix of the error; neither has the key in it, and neither has its traceback."""
    with pytest.raises(WritingModelError) as caught:
        ask_it(server, pauses, *plays, **options)
    error = caught.value
    assert error.fix
    assert error.sentence.endswith((".", '."'))
    assert "\n" not in error.sentence
    assert KEY not in error.sentence + error.fix
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    return f"{error.sentence} {error.fix}"


def test_the_content_of_the_first_choice_is_returned(server: ModelServer, pauses: Pauses) -> None:
    """What the model wrote comes back as it is, after one request and no wait."""
    assert ask_it(server, pauses, well(MAIL)) == MAIL
    assert (len(server.asked), pauses.waits) == (1, [])


def test_what_is_asked_is_on_the_wire_and_nothing_else(server: ModelServer, pauses: Pauses) -> None:
    """Model, messages, the schema, and that nothing is to be streamed: that is the whole body."""
    ask_it(server, pauses, well(MAIL))
    (asked,) = server.asked
    assert (asked.method, asked.path) == ("POST", "/v1/chat/completions")
    assert asked.json == {
        "model": MODEL,
        "messages": MESSAGES,
        "stream": False,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": SCHEMA},
        },
    }
    assert "Zoë" in asked.body.decode("utf-8")


def test_the_headers_say_nothing_about_the_user(server: ModelServer, pauses: Pauses) -> None:
    """The headers name the program, the key and the form of the body, and no more."""
    ask_it(server, pauses, well(MAIL))
    headers = dict(server.asked[0].headers)
    assert headers.pop("content-length") == str(len(server.asked[0].body))
    assert headers == {
        "host": f"127.0.0.1:{server.port}",
        "user-agent": "followup-mail",
        "accept": "application/json",
        "accept-encoding": "identity",
        "connection": "keep-alive",
        "authorization": f"Bearer {KEY}",
        "content-type": "application/json",
    }


def test_the_key_is_only_in_its_header(server: ModelServer, pauses: Pauses) -> None:
    """The key is on the wire once, as the bearer of that server."""
    ask_it(server, pauses, well(MAIL))
    assert server.asked[0].wire.count(KEY.encode()) == 1


def test_without_a_key_there_is_no_such_header(server: ModelServer, pauses: Pauses) -> None:
    """A server on this machine gets no Authorization header when no key is set."""
    ask_it(server, pauses, well(MAIL), key="")
    assert "authorization" not in server.asked[0].headers


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "kéy", "tab\tin it"])
def test_a_key_that_no_header_can_have_is_told(server: ModelServer, pauses: Pauses, key: str) -> None:
    """A key with a space, a line break or an accent is refused in a sentence that does not show it."""
    with pytest.raises(SettingsError, match="has a space or a character that no key has") as caught:
        ask_it(server, pauses, well(MAIL), key=key)
    assert key not in caught.value.sentence + caught.value.fix
    assert server.asked == []


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ([{"type": "text", "text": '{"a":'}, {"type": "text", "text": " 1}"}, {"type": "image"}], '{"a": 1}'),
        ("<think>First the subject.\n{}</think>\n\n" + MAIL, MAIL),
        ("\n<thinking>hm</thinking>" + MAIL, MAIL),
        (MAIL.replace("Hello", "<think>I think</think>"), MAIL.replace("Hello", "<think>I think</think>")),
    ],
)
def test_parts_are_joined_and_thinking_is_left_out(
    server: ModelServer, pauses: Pauses, content: object, text: str
) -> None:
    """Content in parts is joined; thoughts before the answer are cut, and inside the answer nothing is."""
    assert ask_it(server, pauses, well(content)) == text


@pytest.mark.parametrize("status", [400, 404, 422, 501])
def test_a_server_without_schemas_is_asked_again_without(server: ModelServer, pauses: Pauses, status: int) -> None:
    """A server that does not know how to hold a model to a schema gets the same question without it, once."""
    assert ask_it(server, pauses, without_schemas(status)) == MAIL
    first, second = (asked.json for asked in server.asked)
    assert first.pop("response_format")
    assert first == second


def test_an_unknown_model_is_not_asked_for_twice(server: ModelServer, pauses: Pauses) -> None:
    """A 404 that says nothing of a schema names model and address, and says to look at /v1."""
    said = error_of(server, pauses, fails(404, f"model '{MODEL}' not found, try pulling it first"))
    assert len(server.asked) == 1
    assert f"'{MODEL}'" in said
    assert server.url in said
    assert "ends in /v1" in said


@pytest.mark.parametrize(
    ("play", "says_so"),
    [
        (says(200, "<html><body>Welcome to the hotel</body></html>"), "is not JSON"),
        (says(200, b"\xff\xfe\x00"), "is not JSON"),
        (says(200, ""), "is not JSON"),
        (says(200, "[" * 200_000), "is not JSON"),
        (says(200, "[1]"), "is not a chat completion"),
        (says(200, '{"choices": []}'), "is not a chat completion"),
        (says(200, '{"choices": ["no"]}'), "is not a chat completion"),
        (says(200, '{"choices": [{"message": "no"}]}'), "is not a chat completion"),
        (well(None), "answered with nothing"),
        (well("  \n"), "answered with nothing"),
        (well(17), "answered with nothing"),
        (well("<think>only that</think>"), "answered with nothing"),
        (says(200, '{"error": {"message": "the queue is full"}}'), 'It says: "the queue is full"'),
        (well(MAIL, finish="error"), "failed in the middle"),
        (well(MAIL, finish="length"), "ran out of room"),
        (well(MAIL, finish="content_filter"), "its own filter stopped it"),
        (well(None, refusal="I will not."), "refused to write"),
        (too_long, "more than 1 MB"),
        (bomb, "compressed form that was not asked for"),
        (redirects("http://127.0.0.1:1/v1/chat/completions"), "another address"),
        (fails(401, "Incorrect API key provided: sk-Sec***fXYZ"), "refused the key"),
        (fails(403, "go away"), "refused the key"),
        (fails(402, "no balance"), "a limit is reached (402)"),
        (fails(500, "panic"), "a fault of its own (500)"),
        (fails(418, "teapot"), "refused what it was asked (418)"),
        (says(204), "refused what it was asked (204)"),
    ],
)
def test_a_bad_answer_is_one_sentence_and_no_second_try(
    server: ModelServer, pauses: Pauses, play: Play, says_so: str
) -> None:
    """Whatever a server answers in place of a mail is told in one sentence, with what to do, after one request."""
    assert says_so in error_of(server, pauses, play)
    assert (len(server.asked), pauses.waits) == (1, [])


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again(server: ModelServer, pauses: Pauses, status: int) -> None:
    """A server that has no time now is asked again after half a second, and a third time after two more."""
    assert ask_it(server, pauses, fails(status), fails(status), well(MAIL)) == MAIL
    assert pauses.waits == [0.5, 2.0]


@pytest.mark.parametrize("status", [429, 503])
def test_after_three_tries_it_is_enough(server: ModelServer, pauses: Pauses, status: int) -> None:
    """A server that stays busy is asked three times, and no more."""
    assert f"({status})" in error_of(server, pauses, fails(status))
    assert len(server.asked) == 3


def test_the_server_says_how_long_to_wait(server: ModelServer, pauses: Pauses) -> None:
    """The wait is as long as Retry-After asks for."""
    assert ask_it(server, pauses, fails(429, retry_after="7"), well(MAIL)) == MAIL
    assert pauses.waits == [7.0]


@pytest.mark.parametrize("header", ["10", "999999", "Fri, 31 Dec 2999 23:59:59 GMT", "-1", "٣", "1e9", "nan"])
def test_no_wait_is_longer_than_the_time_that_is_left(server: ModelServer, pauses: Pauses, header: str) -> None:
    """A server that asks for more time than there is gets no second request; odd headers count for nothing."""
    said = error_of(server, pauses, fails(429, retry_after=header.encode().decode("latin-1")), timeout=9.0)
    assert "a limit is reached" in said
    assert sum(pauses.waits) <= 2.5


@pytest.mark.parametrize("play", [cut_off, hangs_up])
def test_a_broken_connection_is_tried_again(server: ModelServer, pauses: Pauses, play: Play) -> None:
    """A server that hangs up, at once or in the middle of the answer, is asked again."""
    assert ask_it(server, pauses, play, well(MAIL)) == MAIL
    assert pauses.waits == [0.5]


@pytest.mark.parametrize("play", [cut_off, hangs_up])
def test_a_connection_that_always_breaks_is_told(server: ModelServer, pauses: Pauses, play: Play) -> None:
    """Half an answer is never taken for an answer."""
    assert "broke off" in error_of(server, pauses, play)
    assert len(server.asked) == 3


@pytest.mark.parametrize("play", [late, drip, drip_headers])
def test_the_time_for_the_whole_holds(server: ModelServer, pauses: Pauses, play: Play) -> None:
    """Nobody waits longer than the timeout, although the server sends a byte now and then."""
    began = time.monotonic()
    assert "gave no whole answer within 0.3 seconds" in error_of(server, pauses, play, timeout=0.3)
    assert time.monotonic() - began < 2
    assert len(server.asked) == 1


def test_nothing_is_sent_after_the_time_is_over(
    server: ModelServer, pauses: Pauses, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the network names an address only after the time is over, the notes stay here."""
    import socket

    looked_up, really = threading.Event(), socket.getaddrinfo

    def look_up(*arguments: Any, **options: Any) -> Any:
        assert looked_up.wait(10)
        return really(*arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    before = set(threading.enumerate())
    assert "within 0.1 seconds" in error_of(server, pauses, well(MAIL), timeout=0.1)
    waiting = [thread for thread in set(threading.enumerate()) - before if "_run" in thread.name]
    assert len(waiting) == 1
    looked_up.set()
    waiting[0].join(10)
    assert not waiting[0].is_alive()
    assert server.asked == []


def test_an_interrupt_goes_through_at_once(
    server: ModelServer, pauses: Pauses, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C ends the wait, whatever the server does."""
    import _thread

    server.plays = (lambda player: (_thread.interrupt_main(), late(player))[1],)  # type: ignore[func-returns-value]
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        ask(endpoint_of(server, timeout=20.0), MESSAGES, SCHEMA, sleep=pauses.sleep, now=pauses.now)
    assert time.monotonic() - began < 5
    assert len(server.asked) == 1


def test_nobody_there_is_told_with_what_to_start(pauses: Pauses) -> None:
    """Where nothing listens on this machine, the sentence names the place, and the fix the programs to start."""
    endpoint = Endpoint("http://127.0.0.1:1/v1", MODEL, str, 10.0)
    with pytest.raises(WritingModelError, match=r"at 127\.0\.0\.1:1 can't be reached\. Nothing answers") as caught:
        ask(endpoint, MESSAGES, SCHEMA, sleep=pauses.sleep, now=pauses.now)
    assert "Ollama" in caught.value.fix
    assert pauses.waits == [0.5, 2.0]


@pytest.mark.parametrize("host", ["no-such-host.invalid", f"{'a' * 70}.example"])
def test_an_unknown_name_is_told(pauses: Pauses, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """A host that nobody knows, or that cannot be a host, is told in a sentence."""
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(WritingModelError, match=f"{host} can't be reached"):
        ask(Endpoint(f"https://{host}/v1", MODEL, str, 10.0), MESSAGES, SCHEMA, sleep=pauses.sleep, now=pauses.now)


@pytest.mark.parametrize(
    "said",
    [
        f"your key {KEY} is wrong",
        f"your key {KEY[:9]}... is wrong",
        f"your key {KEY.upper()} is wrong",
        f"your key {' '.join(KEY)} is wrong",
    ],
)
def test_an_echoed_key_is_never_shown(server: ModelServer, pauses: Pauses, said: str) -> None:
    """A server that repeats the key, whole or in part, in capitals or with gaps, is not quoted."""
    shown = error_of(server, pauses, fails(400, said))
    assert "It says" not in shown
    assert "wrong" not in shown


def test_a_key_in_the_address_is_not_shown(server: ModelServer, pauses: Pauses) -> None:
    """Where somebody wrote the key into the address too, a sentence that names the address leaves it out."""
    server.plays = (fails(404, "not found"),)
    endpoint = Endpoint(f"{server.url}/{KEY}", MODEL, lambda: KEY, 10.0)
    with pytest.raises(WritingModelError, match="has nothing at http://") as caught:
        ask(endpoint, MESSAGES, SCHEMA, sleep=pauses.sleep, now=pauses.now)
    assert KEY not in f"{caught.value.sentence} {caught.value.fix}"


@pytest.mark.parametrize("status", [401, 403])
def test_what_a_server_says_about_the_key_is_not_shown(server: ModelServer, pauses: Pauses, status: int) -> None:
    """Servers show a wrong key with its middle left out; that is too much."""
    assert "It says" not in error_of(server, pauses, fails(status, f"Incorrect key: {KEY[:3]}***{KEY[-3:]}"))


@pytest.mark.parametrize("length", [BYTES_LIMIT, BYTES_LIMIT + 1])
def test_an_answer_has_a_limit(server: ModelServer, pauses: Pauses, length: int) -> None:
    """A million bytes are read, and not one more."""
    play = says(200, completion(MAIL).ljust(length))
    if length > BYTES_LIMIT:
        assert "more than 1 MB" in error_of(server, pauses, play)
    else:
        assert ask_it(server, pauses, play) == MAIL


def test_what_a_server_says_is_one_short_line(server: ModelServer, pauses: Pauses) -> None:
    """What a server says about a refusal is quoted without control characters, and not at length."""
    shown = error_of(server, pauses, fails(400, "too many tokens\n\x1b[31mred\x07 \u202eback " + "blah " * 200))
    assert 'It says: "too many tokens red back blah' in shown
    assert "\x1b" not in shown
    assert len(shown) < 500


def test_the_key_does_not_follow_a_redirect(server: ModelServer, pauses: Pauses) -> None:
    """A redirect to another server is refused: nothing arrives there, neither notes nor key."""
    with ModelServer((well(MAIL),)).running() as other:
        error_of(server, pauses, redirects(f"{other.url}/chat/completions"))
        assert other.asked == []


def test_models_are_listed_without_a_body(server: ModelServer) -> None:
    """The list of models is one GET that carries the key and nothing else of the user's."""
    server.plays = (lists("a", f"{MODEL}:latest"),)
    listed = list_models(endpoint_of(server))
    assert listed == ("a", f"{MODEL}:latest")
    assert knows_model(endpoint_of(server), listed)
    (asked,) = server.asked
    assert (asked.method, asked.path, asked.body) == ("GET", "/v1/models", b"")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{}", "a list of models"),
        ('{"data": 1}', "a list of models"),
        ('{"error": {"message": "no such road"}}', "a list of models.*no such road"),
        ("[]", "a list of models"),
        ("no", "JSON"),
    ],
)
def test_a_list_that_is_none_is_told(server: ModelServer, body: str, said: str) -> None:
    """Something else than a list of models is told in a sentence, with what the server said."""
    server.plays = (says(200, body),)
    with pytest.raises(WritingModelError, match=f"something that is not {said}"):
        list_models(endpoint_of(server))


def test_odd_rows_of_a_list_are_left_out(server: ModelServer) -> None:
    """A row without a name is no model."""
    server.plays = (says(200, json.dumps({"data": [1, {"id": 2}, {"id": "a"}, {}]})),)
    assert list_models(endpoint_of(server)) == ("a",)


def test_the_samples_are_of_the_protocol() -> None:
    """The answer that these tests play has the shape of a chat completion."""
    played = json.loads(completion("x"))
    assert played["choices"][0]["message"] == {"role": "assistant", "content": "x"}
