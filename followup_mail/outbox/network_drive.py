"""Is a path on a network drive? SQLite's write-ahead log needs memory that all its users share, so one machine.

See "Use of WAL over a network filesystem" at sqlite.org/wal.html. Known for Linux and for UNC paths of Windows; where
it is not known, opening the file either works or says why not.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

_NETWORK: Final = frozenset(
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone", "davfs"]
)


def network_drive_of(path: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """Return the kind of network drive that ``path`` is on, e.g. ``nfs4``; empty for a disk of this machine."""
    if str(path).startswith("\\\\"):
        return "UNC path"
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    place = Path(os.path.realpath(path))  # unlike Path.resolve it takes a loop of links as it is
    # Longest mount point that holds the path wins; of equal ones the later, which covers the other.
    found = ("", "")
    for line in lines:
        _, point, kind, *_ = (*line.split(" "), "", "", "")
        point = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), point)
        if point and place.is_relative_to(point) and len(point) >= len(found[0]):
            found = (point, kind)
    return found[1] if found[1] in _NETWORK else ""
