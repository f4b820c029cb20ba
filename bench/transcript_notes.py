"""What becomes of notes that a model makes of a transcript: ``python bench/transcript_notes.py [--each]``.

Transcripts as recorders write them (``tests/corpus/transcripts``), and beside each the notes of an imagined model, good
and wrong, written before the gate was tried on them. A server that plays the model answers over HTTP with one note
at a time. It shows what the gate does with notes; how good the notes of a real model are, it does not.
"""

from __future__ import annotations

import json
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from followup_mail.proposals.kept import KeptProposals  # noqa: E402
from followup_mail.proposals.proposal import ProposedFacts  # noqa: E402
from followup_mail.services.overview.demo import NEXT_MORNING, Clock  # noqa: E402
from followup_mail.services.proposals.transcript_notes import Transcript, open_transcript, propose_notes  # noqa: E402
from followup_mail.services.typed.kept_text import keep_text  # noqa: E402
from followup_mail.settings.load_settings import Loaded  # noqa: E402
from followup_mail.settings.table import Settings  # noqa: E402
from followup_mail.workspace import Workspace  # noqa: E402
from followup_mail.writing_model.answer_form import NOTES  # noqa: E402
from followup_mail.writing_model.endpoint import Endpoint  # noqa: E402
from followup_mail.writing_model.json_answer import ask_for_object  # noqa: E402
from tests.model_server import ModelServer, well  # noqa: E402

FOLDER = ROOT / "tests" / "corpus" / "transcripts"
SLUG = "job"
KEPT, SENTENCE, DROPPED, HIDDEN = "kept as it is", "its sentence instead", "left out", "sentence never shown"


def main() -> None:
    """Print a table of what became of right and wrong notes."""
    totals: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    with tempfile.TemporaryDirectory() as folder, ModelServer().running() as server:
        for path in sorted(FOLDER.glob("*.toml")):
            told = tomllib.loads(path.read_text("utf-8"))
            workspace = _house(Path(folder) / path.stem, told, path)
            transcript = open_transcript(workspace, SLUG)
            sent = sum(map(len, transcript.pieces))
            print(f"{path.stem}: {len(transcript.lines)} sentences, {sent} told to the model")
            for note in told["notes"]:
                became, value = _try(workspace, transcript, server, note)
                totals[note["is_right"]][became] += 1
                if "--each" in sys.argv or (note["is_right"] is False and became == KEPT):
                    print(f"  {'right' if note['is_right'] else 'WRONG'}  {became:<20}  {note['note']}  =>  {value}")
    for is_right, counts in totals.items():
        row = ", ".join(f"{name}: {counts[name]}" for name in (KEPT, SENTENCE, DROPPED, HIDDEN))
        print(f"{'right' if is_right else 'wrong'} notes ({counts.total()}): {row}")


def _house(home: Path, told: dict[str, Any], path: Path) -> Workspace:
    settings = Settings(home=home, name=told["candidate"], email="me@example.com", time_zone="Europe/London")
    workspace = Workspace(Loaded(settings, home, {}), Clock(NEXT_MORNING))
    workspace.facts.create(SLUG, told["facts"])
    text = next(file for file in path.parent.glob(f"{path.stem}.*") if file.suffix != ".toml")
    keep_text(workspace, SLUG, text.read_text("utf-8"))
    return workspace


def _try(workspace: Workspace, transcript: Transcript, server: ModelServer, note: dict[str, Any]) -> tuple[str, str]:
    """Return what became of a note, and the note that is proposed."""
    number = next(at for at, line in enumerate(transcript.lines, 1) if note["said"].casefold() in line.text.casefold())
    if not any(number == told for piece in transcript.pieces for told, _ in piece):
        return HIDDEN, ""
    tokens = {person.name: transcript.stand_ins.token(person) for person in transcript.application.everyone()}
    about = next((token for name, token in tokens.items() if note["about"] in name), "[candidate]")
    about = "[colleague 9]" if note["about"] not in {"candidate", *" ".join(tokens).split()} else about
    hidden = transcript.stand_ins.hide(note["note"])
    row = {"sentences": [number], "about": about, "what": note["what"], "note": hidden}
    server.plays, server.asked[:] = (well(json.dumps({"notes": [row]})),), []
    endpoint = Endpoint(server.url, "played", str, 5)
    done = propose_notes(workspace, transcript, lambda given: ask_for_object(endpoint, "guide", NOTES, given), "bench")
    values = list(_values(workspace))
    KeptProposals(workspace.home).forget(SLUG)
    if done.proposed is None:
        return DROPPED, ""
    is_kept = any(value.endswith(note["note"]) for value in values)
    return (KEPT if is_kept else SENTENCE), values[0]


def _values(workspace: Workspace) -> Iterator[str]:
    for proposal in KeptProposals(workspace.home).waiting():
        assert isinstance(proposal.what, ProposedFacts)
        yield from (change.value for change in proposal.what.changes)


if __name__ == "__main__":
    main()
