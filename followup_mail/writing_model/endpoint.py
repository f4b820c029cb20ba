"""Where the writing model answers, how it is reached, and what goes to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from followup_mail.delivery.smtp_account import is_loopback


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that speaks the chat completions protocol of OpenAI, as Ollama, llama.cpp and LM Studio do too."""

    url: str
    """The base address, without ``/chat/completions``: ``http://127.0.0.1:11434/v1``."""
    model: str
    find_key: Callable[[], str] = field(repr=False, compare=False)
    """Fetches the key when it is needed; empty where none is set. Raises ``SettingsError``."""
    timeout: float
    """Seconds to wait for an answer."""

    @property
    def full_name(self) -> str:
        """What a user agrees to: a server on this machine may pass one model on and not another."""
        return f"{self.url} {self.model}"

    @property
    def host(self) -> str:
        """The name of the machine that the notes go to."""
        return host_of(self.url)

    @property
    def place(self) -> str:
        """The host, with its port where the address names it."""
        from urllib.parse import urlsplit

        return urlsplit(self.url).netloc

    @property
    def is_here(self) -> bool:
        """Whether it runs on this machine, so that nothing leaves it."""
        return is_loopback(self.host)

    @property
    def is_encrypted(self) -> bool:
        return self.url.lower().startswith("https://")

    @property
    def is_passed_on(self) -> bool:
        """Whether a server on this machine passes it on: Ollama does so with models of its own cloud."""
        return self.is_here and self.model.lower().endswith(("-cloud", ":cloud"))


def host_of(url: str) -> str:
    """Return the host of an address in lower case, without brackets around an IPv6 address."""
    from urllib.parse import urlsplit

    return urlsplit(url).hostname or ""


def say_what_leaves(endpoint: Endpoint) -> str:
    """Return in one sentence what leaves this machine when the model writes a mail, and what does not."""
    if endpoint.is_here and not endpoint.is_passed_on:
        return f"Nothing leaves this machine: the writing model '{endpoint.model}' answers here, at {endpoint.place}."
    return (
        f"When the writing model is asked for a mail, a question or corrections, this goes to {_say_where(endpoint)}: "
        "your notes on the person written to, your own notes and sentences for this application, the job, the days, "
        "and what was written to that person before; never e-mail addresses, phone numbers, passwords, names of "
        "people, or notes marked private."
    )


def say_what_leaves_of_transcript(endpoint: Endpoint) -> str:
    """Return in a sentence or two what leaves this machine when the model reads a transcript, and what does not."""
    if endpoint.is_here and not endpoint.is_passed_on:
        return say_what_leaves(endpoint)
    return (
        f"When the writing model reads a transcript, more than your notes goes to {_say_where(endpoint)}: what you and "
        "the others said, sentence by sentence. They were not asked. Left out are sentences that are private or hold a "
        "password, e-mail addresses, phone numbers, and the names of people whom your facts know; other names go along."
    )


def _say_where(endpoint: Endpoint) -> str:
    if endpoint.is_passed_on:
        return f"the company that runs '{endpoint.model}', through the server at {endpoint.place}"
    return endpoint.host
