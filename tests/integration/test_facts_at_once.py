"""Several processes at one file of facts: none overwrites another, none loses a change."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from followup_mail.facts.facts_folder import FactsFolder

GOOD = '# mine\ncompany = "Acme"\nrole = "Engineer"\n'

# Each waits for a line on its input, so that all begin together.
_CREATE = """
import sys
from pathlib import Path
from followup_mail.errors import RefusedError
from followup_mail.facts.facts_folder import FactsFolder
facts = FactsFolder(Path(sys.argv[1]))
print("ready", flush=True); sys.stdin.readline()
for number in range(20):
    try:
        facts.create(f"app-{number}", f'company = "{sys.argv[2]}"\\nrole = "R"\\n')
        print(number, flush=True)
    except RefusedError:
        pass
"""
_CHANGE = """
import sys
from pathlib import Path
from followup_mail.facts.facts_folder import FactsFolder
facts = FactsFolder(Path(sys.argv[1]))
print("ready", flush=True); sys.stdin.readline()
for number in range(15):
    facts.change("acme", {sys.argv[2]: {sys.argv[3]: f"{sys.argv[3]} {number}"}})
    assert getattr(getattr(facts.load("acme"), sys.argv[2]), sys.argv[3]) == f"{sys.argv[3]} {number}"
"""
_ADD = """
import sys
from pathlib import Path
from followup_mail.facts.facts_folder import FactsFolder
facts = FactsFolder(Path(sys.argv[1]))
print("ready", flush=True); sys.stdin.readline()
for number in range(15):
    facts.change("acme", lambda known: {"notes": f"{known.notes}\\n{sys.argv[2]} {number}"})
"""


def run_together(script: str, *arguments: tuple[str, ...]) -> list[str]:
    """Run one process for each tuple of arguments, all at once; return what each printed after "ready"."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, *given], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for given in arguments
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    printed = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0] * len(running)
    return printed


def test_one_of_several_makes_each_application(tmp_path: Path):
    """Of three processes that make the same applications, exactly one wins each, and its text is the one there."""
    makers = ("one", "two", "three")
    printed = run_together(_CREATE, *((str(tmp_path / "home"), maker) for maker in makers))
    made = [{int(number) for number in lines.split()} for lines in printed]
    assert sorted(number for numbers in made for number in numbers) == list(range(20))
    facts = FactsFolder(tmp_path / "home")
    for maker, numbers in zip(makers, made, strict=True):
        assert {facts.load(f"app-{number}").company for number in numbers} <= {maker}


def test_no_change_is_lost(tmp_path: Path):
    """Two processes change different facts of one file again and again; in the end both are there."""
    facts = FactsFolder(tmp_path / "home")
    facts.create("acme", GOOD)
    home = str(tmp_path / "home")
    run_together(_CHANGE, (home, "said", "quote"), (home, "outcome", "subject"))
    known = facts.load("acme")
    assert (known.said.quote, known.outcome.subject) == ("quote 14", "subject 14")
    assert facts.text("acme").startswith(GOOD)


def test_no_line_that_is_added_is_lost(tmp_path: Path):
    """Two processes add lines to one text again and again; in the end every line is there."""
    facts = FactsFolder(tmp_path / "home")
    facts.create("acme", GOOD)
    home = str(tmp_path / "home")
    run_together(_ADD, (home, "one"), (home, "two"))
    written = {f"{who} {number}" for who in ("one", "two") for number in range(15)}
    assert set(facts.load("acme").notes.strip().split("\n")) == written
