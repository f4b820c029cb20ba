"""Which page is open for a home: a file there names its port, and the secret by which a second ``open`` is let in.

The file is for the user alone. A page that died leaves it behind; whoever asks then finds nobody, and begins again.
"""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict

from followup_mail.facts.atomic_files import make_folder, said_plainly, write_over

_FILE: Final = "page.json"
_SECONDS: Final = 2.0


class Instance(Struct, frozen=True):
    """A page that is, or was, open."""

    host: str
    port: int
    secret: str

    @property
    def root(self) -> str:
        """Where it is reached."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    def first_address(self, ticket: str, to: str = "") -> str:
        """Return the address by which a browser enters, once."""
        return f"{self.root}/enter?ticket={ticket}{f'&to={to}' if to else ''}"

    def ask_for_ticket(self) -> str:
        """Return a ticket from that page; empty when nobody answers there, or somebody else does."""
        connection = HTTPConnection(self.host, self.port, timeout=_SECONDS)
        try:
            connection.request("POST", "/ticket", headers={"Authorization": f"Bearer {self.secret}"})
            answer = connection.getresponse()
            return str(json.loads(answer.read(10_000)).get("ticket", "")) if answer.status == 200 else ""
        except (OSError, HTTPException, ValueError, AttributeError):
            return ""
        finally:
            connection.close()


def keep_instance(home: Path, instance: Instance) -> None:
    """Write down which page is open. Raises ``FactsError`` when the home cannot be written to."""
    path = home / _FILE
    make_folder(home, home)
    with said_plainly(path, "written"):
        write_over(path, json.dumps(asdict(instance)))


def find_instance(home: Path) -> Instance | None:
    """Return the page that is said to be open; None where there is none, or the file cannot be read."""
    try:
        given = json.loads((home / _FILE).read_text("utf-8"))
        return Instance(str(given["host"]), int(given["port"]), str(given["secret"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def drop_instance(home: Path, instance: Instance) -> None:
    """Remove the file, if it is still about this page."""
    if find_instance(home) == instance:
        (home / _FILE).unlink(missing_ok=True)
