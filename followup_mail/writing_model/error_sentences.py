"""What went wrong between us and the writing model, in sentences without a secret.

A server may answer anything, the key that it was just given included. What it says is shown as one short line, or not
at all: not where it is about the key, nor where a part of the key is in it.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from followup_mail.delivery.redaction import Redactor, make_redactor
from followup_mail.errors import WritingModelError
from followup_mail.regex import regex
from followup_mail.writing_model.endpoint import Endpoint
from followup_mail.writing_model.exchange import Reply

_ESCAPES: Final = regex(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
"""Control sequences of terminals (ECMA-48)."""
_SAID_LIMIT: Final = 200
"""Characters of a server's own message that are shown."""
_PIECE: Final = 6
"""Letters of a key that a message must not have in a row: servers show keys with their middle left out."""
_CHECK_URL: Final = "Check FOLLOWUP_WRITER_URL: for most servers it ends in /v1."
_CHECK_KEY: Final = "Check FOLLOWUP_WRITER_KEY, or the command or keyring that it comes from."
_CHECK_LIMIT: Final = "Try again later, or look at your limits and your balance there."
_CHECK_NETWORK: Final = "Check the network, and FOLLOWUP_WRITER_URL."
_START: Final = "Start the program that answers there (Ollama, llama.cpp, LM Studio), and check FOLLOWUP_WRITER_URL."
_CERTIFICATE: Final = (
    "Check this computer's date. Use another network if this one has a sign-in page. For a server with a certificate "
    "authority of its own, name that authority's file in SSL_CERT_FILE."
)
_NO_HOST: Final = ("can't be reached: that is not the name of a machine", "Check FOLLOWUP_WRITER_URL.")
_FAULTS: Final = {
    "InvalidURL": _NO_HOST,
    "UnicodeError": _NO_HOST,
    "RemoteProtocolError": ("broke off, or answered with something that isn't HTTP", _CHECK_URL),
    "ProxyError": (
        "can't be reached: the proxy of the environment refused",
        "Check the proxy, and FOLLOWUP_WRITER_URL.",
    ),
}
"""Faults of the connection without an error of the system, by the name of their class."""
_LATER: Final = "Try again later, or set FOLLOWUP_WRITER_TIMEOUT to more seconds."
_OTHER_MODEL: Final = "Try again, or set another FOLLOWUP_WRITER_MODEL."


@dataclass(frozen=True, slots=True)
class ErrorSentences:
    """Makes each error about one endpoint."""

    endpoint: Endpoint
    key: str = field(default="", repr=False)

    def too_late(self) -> WritingModelError:
        """Return the error for an answer that did not come within the time for everything."""
        seconds = f"{self.endpoint.timeout:g}"
        return self._error(f"gave no whole answer within {seconds} seconds", _LATER)

    def bad_reply(self, did: str, body: bytes = b"") -> WritingModelError:
        """Return the error for a reply that cannot be read; ``did`` says what the server did, as in "sent nothing".

        Where ``body`` has a message of the server, it is quoted.
        """
        return self._error(did + self._quote(body), _CHECK_URL)

    def bad_answer(self, did: str) -> WritingModelError:
        """Return the error for an answer of the model that cannot be used; ``did`` says what the model did."""
        return self._error(did, _OTHER_MODEL)

    def unreachable(self, error: Exception) -> WritingModelError:
        """Return the error for a fault of the connection."""
        from followup_mail.delivery.network_errors import describe_error

        cause = find_cause(error)
        if isinstance(cause, OSError):
            fix = _START if self.endpoint.is_here and isinstance(cause, ConnectionRefusedError) else _CHECK_NETWORK
            fix = _CERTIFICATE if isinstance(cause, ssl.SSLCertVerificationError) else fix
            return self._error(f"can't be reached. {describe_error(cause)}", fix)
        name = type(error).__name__
        return self._error(*_FAULTS.get(name, (f"can't be reached ({name})", _CHECK_NETWORK)))

    def refuse_failure(self, reply: Reply) -> None:
        """Raise ``WritingModelError`` unless the status of the reply says that all went well."""
        if reply.status == 200:
            return
        did, fix = self._explain_status(reply)
        shown = "" if reply.status in {401, 403} else self._quote(reply.body)
        raise self._error(did + shown, fix)

    def _explain_status(self, reply: Reply) -> tuple[str, str]:
        status = reply.status
        if status in {401, 403}:
            return f"refused the key ({status})" if self.key else f"wants a key ({status})", _CHECK_KEY
        if status in {404, 405}:
            known = "`followup-mail doctor` lists the models that it knows."
            return f"knows no model '{self.endpoint.model}', or has nothing at {self.endpoint.url} ({status})", (
                f"{_CHECK_URL} Check FOLLOWUP_WRITER_MODEL too: {known}"
            )
        if status in {402, 429}:
            return f"refused: a limit is reached ({status})", _CHECK_LIMIT
        if 300 <= status < 400:
            return f"sends us on to another address ({status}), and nothing is sent there", (
                "Put the address that really answers into FOLLOWUP_WRITER_URL."
            )
        if status >= 500:
            return f"has a fault of its own ({status})", "Try again later."
        return f"refused what it was asked ({status})", f"{_CHECK_URL} Check FOLLOWUP_WRITER_MODEL too."

    def _quote(self, body: bytes) -> str:
        """Return what the server says about it, to be added to a sentence without its full stop; perhaps nothing."""
        message = _find_message(body)
        if not message.strip() or self._has_piece(message):
            return ""
        said = self._redactor.text(_ESCAPES.sub("", message)).rstrip(".").replace('"', "'")
        return f'. It says: "{said if len(said) <= _SAID_LIMIT else said[:_SAID_LIMIT] + "…"}"'

    def _has_piece(self, said: str) -> bool:
        squeezed, key = "".join(filter(str.isalnum, said.casefold())), "".join(filter(str.isalnum, self.key.casefold()))
        return any(key[start : start + _PIECE] in squeezed for start in range(len(key) - _PIECE + 1))

    @property
    def _redactor(self) -> Redactor:
        return make_redactor([self.key] if self.key else [])

    def _error(self, did: str, fix: str) -> WritingModelError:
        sentence = f"The writing model at {self.endpoint.place} {did}."
        # A key may be in the address by mistake. What is shorter is none: some servers take any word for a key.
        return WritingModelError(self._redactor.text(sentence) if len(self.key) >= 8 else sentence, fix=fix)


def find_cause(error: BaseException) -> BaseException:
    """Return the error of the system, or of OpenSSL, behind one of httpx; the error itself where there is none."""
    for cause in _causes(error):
        if isinstance(cause, OSError):
            return cause
    return error


def is_final(error: BaseException) -> bool:
    """Return whether another try would end in the same way."""
    final = {"InvalidURL", "UnsupportedProtocol", "LocalProtocolError"}
    return type(error).__name__ in final or isinstance(find_cause(error), ssl.SSLCertVerificationError | UnicodeError)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__


def _find_message(body: bytes) -> str:
    """Return the message of an error in JSON, of the forms that servers use; empty where there is none."""
    with suppress(ValueError, RecursionError):
        found = json.loads(body)
        if isinstance(found, list):  # Gemini puts it into a list
            found = found[0] if found else None
        inner = found.get("error", found) if isinstance(found, dict) else None
        said = inner.get("message", "") if isinstance(inner, dict) else inner
        return said if isinstance(said, str) else ""
    return ""
