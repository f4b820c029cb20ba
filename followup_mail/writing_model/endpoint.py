"""Where the writing model answers, and how it is reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that speaks the chat completions protocol of OpenAI, as Ollama, llama.cpp and LM Studio do too."""

    url: str
    """The base address, without ``/chat/completions``: ``http://127.0.0.1:11434/v1``."""
    model: str
    find_key: Callable[[], str]
    """Fetches the key when it is needed; empty where none is set. Raises ``SettingsError``."""
    timeout: float
    """Seconds to wait for an answer."""

    @property
    def host(self) -> str:
        """The name of the machine that what it is told goes to."""
        raise NotImplementedError

    @property
    def is_here(self) -> bool:
        """Whether it runs on this machine, so that nothing leaves it."""
        raise NotImplementedError
