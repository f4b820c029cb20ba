"""Services to install in tests, and machines' tools that only pretend: they note what they were asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from followup_mail.background.changes import CommandResult
from followup_mail.background.service_definition import Machine, Service

SERVICE = Service("/opt/venv/bin/python", "/home/jo/.local/share/followup-mail", 5)
ODD = Service(
    "/opt/My Apps/50% $HOME é&<ü>/bin/python", '/home/jo/it\'s "my" home\\100% ${x} `id` ;&& -- ☃', 15, "/a b:/c%d"
)
LINUX = Machine("linux", Path("/home/jo"), Path("/home/jo/.config"), Path("/unused"), uid=1000)
MAC = Machine("darwin", Path("/Users/jo"), Path("/unused"), Path("/unused"), uid=501)
WINDOWS = Machine("win32", Path("/unused"), Path("/unused"), Path("C:/Users/jo/AppData/Local"), user="PC\\jo & co")

_CHARACTERS = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff")
_TRICKY = st.sampled_from(["%", "%%", "\\", "\\%", '"', "'", "$", "$$", " ", "&", "<", ";", "#", "`", "\u00a0"])
PATHS = st.lists(st.one_of(_TRICKY, st.text(_CHARACTERS, max_size=5)), max_size=12).map(
    lambda parts: f"/{''.join(parts)}"
)
SERVICES = st.builds(Service, PATHS, PATHS, st.integers(1, 60), st.one_of(st.just(""), PATHS))

_TOOL = """\
#!/bin/sh
PATH=/usr/bin:/bin
here='{folder}'
name=${{0##*/}}
printf '%s' "$name" >> "$here/calls"; printf ' [%s]' "$@" >> "$here/calls"; echo >> "$here/calls"
if [ -f "$here/fail-$name" ] && printf '%s' "$*" | grep -q -e "$(cat "$here/fail-$name")"; then
  echo "$name: no such luck" >&2; exit 1
fi
{rest}
"""
_CRONTAB = """\
case $1 in
  -l) if [ -f "$here/table" ]; then cat "$here/table"; else echo 'no crontab for jo' >&2; exit 1; fi ;;
  -r) rm -f "$here/table" ;;
  -) cat > "$here/table" ;;
esac
"""
_SYSTEMCTL = """\
for unit; do case $unit in *.timer) break ;; esac; done
case "$*" in
  *'show followup-mail'*)
    if [ -f "$here/active-$unit" ]; then echo ActiveState=active; else echo ActiveState=inactive; fi
    echo 'LastTriggerUSec=Wed 2026-11-18 15:00:00 UTC'; echo 'NextElapseUSecRealtime=Wed 2026-11-18 15:05:00 UTC' ;;
  *restart* | *'enable --now'*) touch "$here/active-$unit" ;;
  *disable*) rm -f "$here/active-$unit" ;;
esac
"""
# Knows what was registered, as launchd and the task scheduler do.
_REGISTER = """\
job=$3; [ "$1" = bootstrap ] || [ "${2#gui}" = "$2" ] || job=$2
job=${job##*/}; job=${job%.plist}
case $1 in
  bootstrap | /Create) touch "$here/active-$job" ;;
  bootout | /Delete) rm "$here/active-$job" ;;
  print | /Query) [ -f "$here/active-$job" ] ;;
esac
"""
_BODIES = {"crontab": _CRONTAB, "systemctl": _SYSTEMCTL, "launchctl": _REGISTER, "schtasks": _REGISTER}


@dataclass(frozen=True)
class Tools:
    """A folder of programs that pretend to be a system's. Nothing else is on ``PATH`` then."""

    folder: Path

    def provide(self, *names: str) -> None:
        """Put programs there."""
        self.folder.mkdir(exist_ok=True)
        for name in names:
            path = self.folder / name
            path.write_text(_TOOL.format(folder=self.folder, rest=_BODIES.get(name, "")))
            path.chmod(0o755)

    def refuse(self, name: str, words: str) -> None:
        """Let a program fail whenever its arguments hold certain words."""
        (self.folder / f"fail-{name}").write_text(words)

    def relent(self, name: str) -> None:
        """Let it succeed again."""
        (self.folder / f"fail-{name}").unlink()

    @property
    def calls(self) -> list[str]:
        """Each call: the program, and every argument in brackets."""
        path = self.folder / "calls"
        return path.read_text("utf-8").splitlines() if path.exists() else []

    @property
    def table(self) -> bytes | None:
        """The crontab."""
        path = self.folder / "table"
        return path.read_bytes() if path.exists() else None

    @property
    def active(self) -> set[str]:
        """What the schedulers start: timers of systemd, jobs of launchd, tasks of Windows."""
        return {path.name.removeprefix("active-") for path in self.folder.glob("active-*")}

    def set_table(self, table: bytes) -> None:
        (self.folder / "table").write_bytes(table)


def heard(out: bytes = b"", code: int = 0, err: str = "") -> CommandResult:
    return CommandResult(code, out, err)
