"""What an assistant is told by the tools, and in which form, in both eras of the protocol."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from assistant import ERAS, call, quoted_in, talk, text_of
from mcp.client import Client

from followup_mail.cadence.kinds import Kind
from followup_mail.mcp.answers import DATA_MARK
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.typed.kept_text import keep_text

SETTINGS = (
    'FOLLOWUP_NAME="Jordan Example"\nFOLLOWUP_EMAIL=jordan@example.com\nFOLLOWUP_TIME_ZONE=America/Chicago\n'
    'FOLLOWUP_PHONE="+1 312 555 0142"\n'
)
STEP = f"{SLUG}/thank_you/r1/tom-okafor/1"
SUBJECT = "The on-call rota"
BODY = (
    "Thank you for showing me the on-call rota. It told me that quiet hours are meant seriously.\n\nYou want people "
    "who fix an alert instead of muting it. I'd be glad to look at your loudest ones with you."
)
PRIVATE = "between us: she is leaving in March"
TRANSCRIPT = (
    "Tom Okafor: The rota is quiet. The desk has +1 312 555 0199, and mail goes to rota@lumen.example.\n"
    "Me: I wrote the handbook."
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one application, a transcript, private notes, and a thank-you to Priya that waits."""
    home = tmp_path / "home"
    with closing(make_demo_workspace(home, Clock(NEXT_MORNING))) as workspace:
        enqueue(workspace, Request(SLUG, Kind.THANK_YOU, to=("priya",)))
        workspace.facts.change(SLUG, {"notes": "my PIN is 4711"})
        workspace.facts.change(
            SLUG, {"discussed": ["on-call rota, quiet hrs", PRIVATE]}, ("interviews", 0, "people", 1)
        )
        keep_text(workspace, SLUG, TRANSCRIPT)
    (home / ".env").write_text(SETTINGS, "utf-8")
    (home / ".env").chmod(0o600)
    return home


@pytest.mark.parametrize("mode", ERAS)
def test_both_eras_are_served(home: Path, mode: str) -> None:
    """Clients with and without a handshake get the same tools, resources and prompts."""

    async def look(client: Client) -> tuple[int, int, int, int]:
        tools, resources = await client.list_tools(), await client.list_resources()
        templates, prompts = await client.list_resource_templates(), await client.list_prompts()
        return (
            len(tools.tools),
            len(resources.resources),
            len(templates.resource_templates),
            len(prompts.prompts),
        )

    assert talk(home, look, mode) == (15, 4, 3, 3)


def test_an_answer_says_what_is_data(home: Path) -> None:
    """Facts stand under a name that says so, and each line of them in the text is marked."""
    result = call(home, "read_application", application=SLUG)
    people = quoted_in(result)["people"]
    assert people[1]["discussed"] == ["on-call rota, quiet hrs"]
    lines = text_of(result).splitlines()
    assert lines[0] == DATA_MARK
    assert all(line.startswith("|") for line in lines if "on-call" in line or "Priya" in line)


def test_private_things_are_not_told(home: Path) -> None:
    """No tool that reads tells an address, a number, a private note, or the user's own notes."""

    async def read_all(client: Client) -> str:
        calls = [(tool, {"application": SLUG}) for tool in ("read_application", "read_plan", "read_transcript")]
        calls += [(tool, {"step": STEP}) for tool in ("read_brief", "preview_mail")]
        calls += [("list_applications", {}), ("read_today", {}), ("read_findings", {"application": SLUG})]
        calls += [("check_mail", {"step": STEP, "subject": SUBJECT, "body": BODY})]
        told = [await client.call_tool(name, given) for name, given in calls]
        assert not any(one.is_error for one in told)
        return "\n".join(text_of(one) + json.dumps(one.structured_content) for one in told)

    told = talk(home, read_all)
    for kept_back in (".example", "example.com", "555", "leaving in March", "4711", "PIN", str(home)):
        assert kept_back not in told
    assert "kept back" in told


def test_a_transcript_has_numbers(home: Path) -> None:
    """Each sentence has its number and whoever said it; what is a number or an address is left out."""
    sentences = quoted_in(call(home, "read_transcript", application=SLUG))["sentences"]
    assert [one["number"] for one in sentences] == [1, 2, 3]
    assert sentences[0] == {"number": 1, "who": "Tom Okafor", "said": "The rota is quiet."}
    assert sentences[1]["said"].count("[left out]") == 2
    assert sentences[2]["who"] == "the user"
    more = call(home, "read_transcript", application=SLUG, first=1, most=1)
    assert "first=2" in text_of(more)


def test_the_brief_has_the_guide_and_the_facts(home: Path) -> None:
    """Whoever writes gets the guide, and the facts of this reader with names; nothing of other people's notes."""
    result = call(home, "read_brief", step=STEP)
    facts = quoted_in(result)["facts"]
    assert facts["notes_on_the_conversation"] == ["on-call rota, quiet hrs"]
    assert "outage" not in json.dumps(facts["notes_on_the_conversation"])
    assert "# Writing a follow-up mail" in text_of(result)
    assert "voice" not in facts


def test_the_brief_says_how_the_user_writes(home: Path) -> None:
    """Where a voice is known, an assistant gets it as numbers and words of closed lists, with our guide to it."""
    (home / "voice.toml").write_text(
        '[[mails]]\ngreeting = "Dear"\nspelt_out = 9\nwords = 60\nsentences = 5\n', "utf-8"
    )
    result = call(home, "read_brief", step=STEP)
    told = quoted_in(result)["facts"]["voice"]
    assert told == {"contractions": "no", "thanks": "Thank you", "words_in_a_sentence": 12, "words_in_a_mail": 60}
    assert "# The candidate's own voice" in text_of(result)


def test_a_mail_is_checked_and_proposed(home: Path) -> None:
    """What stands in no fact is found; what passes waits as a proposal of this client, and is not queued."""
    wrong = call(home, "check_mail", step=STEP, subject=SUBJECT, body=f"{BODY} I led 240 engineers at Siemens.")
    assert {"240", "Siemens"} <= {one.get("words") for one in quoted_in(wrong)["findings"]}
    refused = call(home, "propose_mail", step=STEP, subject=SUBJECT, body=f"{BODY} At Siemens.", why="x")
    assert refused.is_error
    done = call(home, "propose_mail", step=STEP, subject=SUBJECT, body=BODY, why="It names the rota.")
    assert "Nothing is queued, sent or changed" in text_of(done)
    (kept,) = quoted_in(call(home, "list_proposals"))["proposals"]
    assert (kept["by"], kept["standing"], kept["mail_for"]) == ("Test Assistant", "waits", STEP)
    due = quoted_in(call(home, "read_plan", application=SLUG))["steps"]
    assert next(one for one in due if one["step"] == STEP)["state"] in {"due", "upcoming"}


def test_facts_and_applications_are_proposed(home: Path) -> None:
    """Changes come back as a difference and wait; the facts stay as they are."""
    before = (home / "applications" / f"{SLUG}.toml").read_bytes()
    changes = [{"option": "discussed", "value": "tom: alerts at night"}]
    done = call(home, "propose_facts", application=SLUG, changes=changes, why="The user said so.")
    assert quoted_in(done)["would_change"] == ["Tom Okafor: discussed: + alerts at night"]
    new = [{"option": "company", "value": "Harbor Yards"}, {"option": "role", "value": "Planner"}]
    made = call(home, "propose_application", changes=new, why="They applied there.")
    assert quoted_in(made)["application"] == "harbor-yards"
    assert (home / "applications" / f"{SLUG}.toml").read_bytes() == before
    assert not (home / "applications" / "harbor-yards.toml").exists()


WRONG = {
    "no such application": ("read_plan", {"application": "nope"}, "there is no application"),
    "no argument": ("read_plan", {}, "application: field required"),
    "no such step": ("read_brief", {"step": f"{SLUG}/thank_you/r9/nobody/1"}, ""),
    "no step at all": ("read_brief", {"step": "hello"}, "not the name of a step"),
    "no such rule": ("explain_rule", {"code": "FM999"}, "FM999"),
    "no such option": (
        "propose_facts",
        {"application": SLUG, "changes": [{"option": "account", "value": "x"}], "why": ""},
        "cannot be proposed",
    ),
    "queued already": (
        "propose_mail",
        {"step": f"{SLUG}/thank_you/r1/dr-priya-raman/1", "subject": SUBJECT, "body": BODY, "why": ""},
        "queued already",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_told_in_a_sentence(home: Path, wrong: str) -> None:
    """A tool that cannot do it says why, as an error of the tool, without a traceback or a place of this machine."""
    tool, arguments, said = WRONG[wrong]
    result = call(home, tool, **arguments)
    assert result.is_error
    assert said in text_of(result)
    assert str(home) not in text_of(result)
    assert "Error executing" not in text_of(result)


def test_a_home_in_trouble_is_told(tmp_path: Path) -> None:
    """No applications, a broken facts file, an outbox of a newer version: a sentence each, and the next call works."""
    home = tmp_path / "home"
    assert "No application is written down yet" in text_of(call(home, "list_applications"))
    with closing(make_demo_workspace(home, Clock(NEXT_MORNING))):
        pass
    (home / "applications" / "broken.toml").write_text("company = ", "utf-8")
    listed = quoted_in(call(home, "list_applications"))
    assert [one["short_name"] for one in listed["applications"]] == [SLUG]
    assert "broken.toml" in listed["cannot_be_read"][0]
    (home / "outbox.sqlite3").write_bytes(b"no database at all, and longer than a header" * 40)
    result = call(home, "read_today")
    assert result.is_error
    assert "is not a database" in text_of(result)


def test_answers_are_never_stale(home: Path) -> None:
    """Each call reads anew: what changed between two calls is told."""

    async def ask_twice(client: Client) -> tuple[str, str]:
        first = text_of(await client.call_tool("read_application", {"application": SLUG}))
        path = home / "applications" / f"{SLUG}.toml"
        path.write_text(path.read_text("utf-8").replace("Site Reliability Engineer", "Night Owl"), "utf-8")
        return first, text_of(await client.call_tool("read_application", {"application": SLUG}))

    first, second = talk(home, ask_twice)
    assert "Night Owl" not in first
    assert "Night Owl" in second


def test_resources_and_prompts_can_be_read(home: Path) -> None:
    """Rules, methods, guides and options are text; a prompt has the guide and what the user gave."""

    async def read(client: Client) -> list[str]:
        names = ("rules", "rules/FM204", "methods", "methods/balanced", "guide", "guides/thank_you", "options")
        found = [await client.read_resource(f"followup-mail://{name}") for name in names]
        prompts = [
            await client.get_prompt(name, {"application": SLUG}) for name in ("debrief", "thank_you", "rejection")
        ]
        texts = [getattr(one.contents[0], "text", "") for one in found]
        return [*texts, *(getattr(one.messages[0].content, "text", "") for one in prompts)]

    texts = talk(home, read)
    assert all(len(text) > 200 for text in texts)
    assert all(SLUG in text for text in texts[-3:])
    assert "55 to 90 words" in texts[-2]
    assert not any("$" in text for text in texts[-3:])
