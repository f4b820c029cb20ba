"""A small file of lines that were noted once, such as what was asked or agreed to, in the home folder."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from followup_mail.facts.atomic_files import make_folder, said_plainly, write_over


class NotedLines(Struct, frozen=True):
    """The lines of ``path``, a file in a folder of ``home``. No file means no lines."""

    home: Path
    path: Path

    def __contains__(self, line: str) -> bool:
        return line in self.lines()

    def add(self, line: str) -> None:
        """Note a line, once. Raises ``FactsError`` when it cannot be written."""
        known = self.lines()
        if line in known:
            return
        make_folder(self.home, self.path.parent)
        with said_plainly(self.path, "written"):
            write_over(self.path, "".join(f"{noted}\n" for noted in (*known, line)))

    def forget(self) -> None:
        """Remove the file. Raises ``FactsError`` when that cannot be done."""
        with said_plainly(self.path, "removed"):
            self.path.unlink(missing_ok=True)

    def lines(self) -> tuple[str, ...]:
        """Return what was noted, in order."""
        try:
            return tuple(self.path.read_text("utf-8", errors="replace").splitlines())
        except OSError:
            return ()
