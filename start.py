"""Make an environment in ``.venv``, install followup-mail there, and run it: ``python3 start.py demo``.

With the word ``test`` it installs what the tests need and runs them all. Needs Python 3.11 or later and nothing else:
where a distribution leaves pip out (Debian and Ubuntu do), pip comes from the package index, checked by its hash.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
OLDEST = (3, 11)
INDEX = os.environ.get("PIP_INDEX_URL") or "https://pypi.org/simple"


def main(arguments: Sequence[str]) -> int:
    """Run one command in the environment, made first where it is missing. Returns its exit code."""
    if sys.version_info < OLDEST:
        print(f"followup-mail needs Python 3.11 or later; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    if not arguments:
        print("Name a command to run: python3 start.py demo", file=sys.stderr)
        return 2
    python = make_environment(ENVIRONMENT)
    tests = arguments[0] == "test"
    install(python, ["-e", ".[test]" if tests else "."])
    command = [str(python), "-m", "pytest"] if tests else [str(python.with_name("followup-mail"))]
    return subprocess.run([*command, *(arguments[1:] if tests else arguments)], cwd=ROOT, check=False).returncode


def make_environment(folder: Path) -> Path:
    """Make a virtual environment with pip, unless it is there and complete; return its Python."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if has_pip(python):
        return python
    with_pip = importlib.util.find_spec("ensurepip") is not None
    print(f"Making an environment in {folder} …", file=sys.stderr)
    venv.EnvBuilder(clear=True, with_pip=with_pip, symlinks=os.name != "nt").create(folder)
    if not with_pip:
        fetch_pip(python)
    return python


def has_pip(python: Path) -> bool:
    """Return whether a Python is there, runs, and has pip."""
    look = [str(python), "-c", "import pip"]
    return python.exists() and subprocess.run(look, capture_output=True, check=False).returncode == 0


def install(python: Path, what: Sequence[str]) -> None:
    """Install into the environment, with pip's own words shown only when it fails."""
    print("Installing …", file=sys.stderr)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *what], cwd=ROOT, check=True)


def fetch_pip(python: Path) -> None:
    """Put pip into an environment without it: a wheel of pip can install itself."""
    wheel = choose_wheel(json.loads(read_url(f"{INDEX.rstrip('/')}/pip/")))
    content = read_url(wheel["url"])
    if hashlib.sha256(content).hexdigest() != wheel["hashes"]["sha256"]:
        raise SystemExit(f"{wheel['url']} is not what the index says it is. Nothing was installed; try again.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / wheel["filename"]
        path.write_bytes(content)
        subprocess.run([str(python), str(path / "pip"), "install", "--quiet", str(path)], check=True)


def choose_wheel(page: dict[str, Any]) -> dict[str, Any]:
    """Return the file of the newest final pip from an index page in JSON (PEP 691, versions as of PEP 700)."""
    wheels = [one for one in page["files"] if one["filename"].endswith("-py3-none-any.whl") and not one.get("yanked")]
    final = [one for one in wheels if version_of(one)]
    return max(final, key=version_of)


def version_of(file: dict[str, Any]) -> tuple[int, ...]:
    """Return ``(25, 3)`` for ``pip-25.3-py3-none-any.whl``; nothing for one that is not final."""
    parts = file["filename"].split("-")[1].split(".")
    return tuple(map(int, parts)) if all(part.isdigit() for part in parts) else ()


def read_url(url: str) -> bytes:
    """Return what a server answers, over https only."""
    if not url.startswith("https://"):
        raise SystemExit(f"{url} is not an https address, so nothing was fetched from it.")
    request = urllib.request.Request(url, headers={"Accept": "application/vnd.pypi.simple.v1+json, */*;q=0.1"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        content: bytes = answer.read()
    return content


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except subprocess.CalledProcessError as failed:
        sys.exit(failed.returncode)
    except OSError as error:
        print(f"This did not work: {error}. Check the network, then run it again.", file=sys.stderr)
        sys.exit(1)
