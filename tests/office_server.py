"""A PostgreSQL server of the tests' own: Debian's, on a Unix socket in a folder of its own, gone with the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

MISSING = "no PostgreSQL server is installed (Debian: apt-get install postgresql)"
OWNER, APP = "office_owner", "office_app"


@cache
def find_programs() -> Path | None:
    """Return the folder with ``initdb`` and ``postgres``, the newest; None where there is no server."""
    if os.name != "posix":
        return None  # what follows is about Unix sockets and users
    homes = [Path(path).resolve().parent for path in (shutil.which("initdb"),) if path]
    homes += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next(
        (home for home in homes if all((home / name).exists() for name in ("initdb", "postgres", "pg_isready"))), None
    )


class OfficeServer:
    """A running server with the roles of an office."""

    def __init__(self, folder: Path, programs: Path, options: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._programs = programs
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None

    # PostgreSQL refuses to run as root, as tests in a container do.
    @property
    def _user(self) -> dict[str, str]:
        return {"user": "postgres"} if os.name == "posix" and os.geteuid() == 0 else {}

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs as the user of the server."""
        command = [str(self._programs / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **self._user)  # type: ignore[call-overload]

    def make(self) -> None:
        """Make the cluster and the roles; what it holds does not survive a power cut unless ``options`` say so."""
        self.run("initdb", "-D", str(self.data), "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8")

    def start(self) -> None:
        """Start the server, and return when it answers."""
        command = [
            *(str(self._programs / "postgres"), "-D", str(self.data), "-k", str(self.folder)),
            *("-c", "listen_addresses=", "-c", "unix_socket_permissions=0777", *self._options),
        ]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **self._user)  # type: ignore[call-overload]
        for _ in range(600):
            if (
                subprocess.run(
                    [str(self._programs / "pg_isready"), "-h", str(self.folder), "-q"], check=False
                ).returncode
                == 0
            ):
                return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:])

    def stop(self, how: str = "immediate") -> None:
        """Stop the server: ``immediate`` as a crash does, ``fast`` in order."""
        if self._process is not None:
            process, self._process = self._process, None
            if process.poll() is None:
                self.run("pg_ctl", "stop", "-D", str(self.data), "-m", how)
            process.wait()

    def url(self, database: str, role: str = APP) -> str:
        """Return the address of a database of it."""
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def sql(self, statement: str, database: str = "postgres") -> None:
        """Run a statement as the superuser."""
        import psycopg

        with psycopg.connect(self.url(database, "postgres"), autocommit=True) as link:
            link.execute(statement)

    def make_database(self, name: str) -> None:
        """Make a database that is set up as an office."""
        from followup_mail.office.migrate import migrate

        self.sql(f"CREATE DATABASE {name} OWNER {OWNER}")
        migrate(self.url(name, OWNER))
        self.sql(f"GRANT followup_app TO {APP}")


@contextmanager
def running_server(*options: str) -> Iterator[OfficeServer]:
    """Run a server with an owner and a role of the program. It is fast, and forgets at a power cut, without options."""
    programs = find_programs()
    assert programs is not None, MISSING
    folder = Path(tempfile.mkdtemp(prefix="fm-pg-"))
    folder.chmod(0o755)
    if os.geteuid() == 0:
        import pwd  # there is none on Windows

        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    server = OfficeServer(folder, programs, options or ("-c", "fsync=off", "-c", "full_page_writes=off"))
    try:
        server.make()
        server.start()
        server.sql(f"CREATE ROLE {OWNER} LOGIN CREATEROLE")
        server.sql(f"CREATE ROLE {APP} LOGIN")
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
