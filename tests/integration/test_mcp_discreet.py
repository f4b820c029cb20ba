"""What read_application does not tell is told by no other answer and no error, and no guess finds it."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from assistant import call, talk, text_of
from mcp.client import Client
from mcp_types import CallToolResult

from followup_mail.services.changing.keep_note import keep_note
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace

STEP = f"{SLUG}/thank_you/r1/tom-okafor/1"
TOM = ("interviews", 0, "people", 1)
ADDRESS = "tom.okafor@lumenfreight.example"
REMOVALS = (
    "note: zz", "note: 2", "note: zebra", "discussed: zz", "discussed: tom: zz", "discussed: zebra", "fit: zz",
    "fit: zebra", "not-mentioned: zz", "promised: zz", "promised: zebra", "person: zz", "person: tom", "address: tom",
    "convinced: tom", "interview: 1", "interview: 9", "title: zz", "applied:", "zebra", "ready: zz",
)  # fmt: skip


def fill(home: Path, secret: str) -> None:
    """Make a home with a secret wherever a note is kept back."""
    with closing(make_demo_workspace(home, Clock(NEXT_MORNING))) as workspace:
        said = f"privately: my password is zebra {secret}"
        discussed = [said, "on-call rota, quiet hrs"]
        workspace.facts.change(SLUG, {"discussed": discussed, "convinced": said, "phone": "+1 312 555 0142"}, TOM)
        workspace.facts.change(SLUG, {"fit": [said, "streams"], "not_mentioned": [said], "why_them": said})
        keep_note(workspace, SLUG, f"zebra {secret}")
        keep_note(workspace, SLUG, f"another {secret}")


def proposing(*given: tuple[str, str]) -> dict[str, Any]:
    changes = [{"option": option, "value": value} for option, value in given]
    return {"application": SLUG, "changes": changes, "why": "They said so."}


def all_of(result: CallToolResult) -> str:
    return f"{text_of(result)} {json.dumps(result.structured_content, ensure_ascii=False)}"


@pytest.mark.parametrize("seed", [1, 2])
def test_no_answer_and_no_error_tells_what_is_kept_back(tmp_path: Path, seed: int) -> None:
    """Whatever is asked of any tool, well or badly: no word of a private note, no number."""
    draw = Random(seed)
    secret = " ".join("".join(draw.choices("qxkvw", k=8)) for _ in range(2))
    fill(tmp_path, secret)
    calls: list[tuple[str, dict[str, Any]]] = [("propose_facts", proposing(("remove", value))) for value in REMOVALS]
    calls += [
        ("propose_facts", proposing(("note", "asked about the move"))),
        ("propose_facts", proposing(("convinced", "tom: how he spoke of nights"))),
        ("propose_facts", proposing(("name", "tom: Tomas Reed"), ("remove", "person: priya"))),
        ("propose_facts", proposing(("phone", "tom: +1 312 555 0199"), ("address", f"tom: {ADDRESS}"))),
        ("propose_facts", proposing(("start", "2026-11-18 10:00"))),
        ("list_applications", {}), ("read_today", {}), ("list_proposals", {}),
        ("read_application", {"application": SLUG}), ("read_plan", {"application": SLUG}),
        ("read_transcript", {"application": SLUG}), ("read_findings", {"application": SLUG}),
        ("read_brief", {"step": STEP}), ("preview_mail", {"step": STEP}),
        ("check_mail", {"step": STEP, "subject": "The rota", "body": "Thank you for the zebra."}),
        ("propose_mail", {"step": STEP, "subject": "The rota", "body": "Thank you for the zebra."}),
    ]  # fmt: skip

    async def ask(client: Client) -> list[str]:
        return [all_of(await client.call_tool(name, arguments)) for name, arguments in calls]

    for (name, arguments), said in zip(calls, talk(tmp_path, ask), strict=True):
        for word in (*secret.split(), "555 01", "lumenfreight.example"):
            assert word not in said, (name, arguments, said)


def test_the_right_address_and_a_wrong_one_read_the_same(tmp_path: Path) -> None:
    """Nobody finds out an address, a number or a private note by guessing: the answer is the same either way."""
    fill(tmp_path, "qqq")
    guesses = (ADDRESS, "wrong@lumenfreight.example")

    def proposed(guess: str) -> list[tuple[str, dict[str, Any]]]:
        return [
            ("propose_facts", proposing(("title", f"{guess}: Lead"), ("remove", "fit: zz"))),
            ("propose_facts", proposing(("title", f"{guess}: Lead"))),
            ("propose_facts", proposing(("remove", f"address: {guess}"))),
            ("propose_facts", proposing(("address", f"tom: {guess}"))),
            ("propose_facts", proposing(("person", f"Tom Okafor <{guess}>"))),
        ]

    async def ask(client: Client) -> list[list[str]]:
        return [
            [text_of(await client.call_tool(*one)).replace(guess, "GUESS") for one in proposed(guess)]
            for guess in guesses
        ]

    right, wrong = talk(tmp_path, ask)
    for one, other in zip(right, wrong, strict=True):
        assert without_numbers(one) == without_numbers(other)


def without_numbers(text: str) -> str:
    return "".join("" if letter.isdigit() else letter for letter in text)


def test_an_error_names_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the home comes from the environment."""
    fill(tmp_path, "qqq")
    monkeypatch.setenv("FOLLOWUP_HOME", str(tmp_path))
    said = text_of(call(None, "read_plan", application="../acme"))  # type: ignore[arg-type]
    assert "acme" in said
    assert str(tmp_path) not in said
