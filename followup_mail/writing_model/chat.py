"""Ask the writing model, and get the text that it answered. It is only text so far: nothing here believes it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from followup_mail.errors import SettingsError
from followup_mail.writing_model.endpoint import Endpoint
from followup_mail.writing_model.error_sentences import ErrorSentences
from followup_mail.writing_model.exchange import Reply, WireRequest, require_httpx
from followup_mail.writing_model.model_reply import read_content, read_models
from followup_mail.writing_model.tries import Tries

_NO_SCHEMA: Final = frozenset({400, 422, 501})
"""What servers answer to a form of answer that they do not know, among other things."""
_ABOUT_SCHEMA: Final = (b"response_format", b"schema", b"structured", b"parameter")
"""A 404 mostly means an unknown model. With one of these words, it may be about the form of the answer."""
_LISTING_SECONDS: Final = 20.0
"""The most seconds that a list of models may take: nothing is computed for it."""


def ask(
    endpoint: Endpoint,
    messages: Sequence[Mapping[str, str]],
    schema: Mapping[str, object],
    *,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], float] = time.monotonic,
) -> str:
    """Return what the model answers to ``messages``, each with ``role`` and ``content``.

    The answer should be JSON that fits ``schema``; where the server does not know how to hold the model to a schema, it
    is asked again without. Nobody has checked that the answer fits. All of it, with tries and waits, takes at most
    ``endpoint.timeout`` seconds; ``sleep`` and ``now`` count in seconds.

    Raises ``WritingModelError``: it cannot be reached, refused, or gave no whole answer. Raises ``SettingsError``: the
    key cannot be fetched or used, httpx is missing, or the proxy of the environment cannot be used.
    """
    key = _fetch_key(endpoint)
    errors = ErrorSentences(endpoint, key)
    tries = Tries(errors, sleep, now)
    asked: dict[str, object] = {"model": endpoint.model, "messages": [dict(part) for part in messages], "stream": False}
    form = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}
    reply = tries.send(_post(endpoint, key, {**asked, "response_format": form}))
    if _may_lack_schemas(reply):
        reply = tries.send(_post(endpoint, key, asked))
    errors.refuse_failure(reply)
    return read_content(reply.body, errors)


def list_models(endpoint: Endpoint) -> tuple[str, ...]:
    """Return the names of the models at ``endpoint``, as its server lists them. One try of at most 20 seconds.

    Raises ``WritingModelError`` and ``SettingsError`` as ``ask`` does.
    """
    key = _fetch_key(endpoint)
    endpoint = replace(endpoint, timeout=min(endpoint.timeout, _LISTING_SECONDS))
    errors = ErrorSentences(endpoint, key)
    reply = Tries(errors, time.sleep, time.monotonic, waits=()).send(WireRequest(endpoint, "/models", key))
    errors.refuse_failure(reply)
    return read_models(reply.body, errors)


def knows_model(endpoint: Endpoint, listed: Sequence[str]) -> bool:
    """Return whether the endpoint's model is in a list of models, however servers write its name there."""
    # Ollama adds the tag, Gemini the folder.
    spellings = {endpoint.model, f"{endpoint.model}:latest", f"models/{endpoint.model}"}
    return not spellings.isdisjoint(listed)


def _fetch_key(endpoint: Endpoint) -> str:
    """Return the key as a header can have it. Raises ``SettingsError``, without the key."""
    require_httpx()
    key = endpoint.find_key().strip()
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise SettingsError(
            "The key of the writing model has a space or a character that no key has.",
            fix="Copy it again, without anything before or after it.",
        )
    return key


def _post(endpoint: Endpoint, key: str, body: Mapping[str, object]) -> WireRequest:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return WireRequest(endpoint, "/chat/completions", key, text.encode("utf-8", "replace"))


def _may_lack_schemas(reply: Reply) -> bool:
    if reply.status == 404:
        said = reply.body.lower()
        return any(word in said for word in _ABOUT_SCHEMA)
    return reply.status in _NO_SCHEMA
