"""A file of a home folder, written below a folder of this machine for the user alone."""

from __future__ import annotations

from pathlib import Path

from followup_mail.facts.atomic_files import write_private


def lay_out(folder: Path, path: str, content: bytes, *, flush: bool = False) -> None:
    """Write a file that is not there yet, 0600, in folders that only the user can enter; ``flush``: to the disk.

    ``path`` is below ``folder``, with slashes, and was checked (``kept_paths.check_path``). Raises ``OSError``.
    """
    place = folder / path
    for above in reversed(place.relative_to(folder).parents[:-1]):
        (folder / above).mkdir(mode=0o700, exist_ok=True)
    write_private(place, content, flush=flush)
