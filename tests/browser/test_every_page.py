"""Every page of a home in which much has happened: fit for everybody, on desk and phone, in light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
from filled_home import fill_home
from page_client import PageClient
from proposal_samples import fill_proposals
from screens import DESK, PHONE, Screen, find_sideways, find_violations, open_screen

from followup_mail.web.app import VIEWS
from followup_mail.web.frame.routes import Get

pytestmark = pytest.mark.timeout(300)

_LUMEN: Final = "/applications/lumen-freight"
PAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "/": ("/",),
    "/more": ("/more",),
    "/applications": ("/applications", "/applications?show=all", "/applications?words=zeppelin"),
    "/applications/{slug}": (_LUMEN, "/applications/harbor", "/applications/acme", "/applications/northwind"),
    "/undo": ("/undo",),
    "/applications/{slug}/decide": (f"{_LUMEN}/decide",),
    "/applications/{slug}/cadence": (f"{_LUMEN}/cadence",),
    "/applications/{slug}/merge": (f"{_LUMEN}/merge?into=harbor",),
    "/applications/{slug}/forget": (f"{_LUMEN}/forget",),
    "/applications/{slug}/answer": (f"{_LUMEN}/answer", "/applications/northwind/answer?status=rejected"),
    "/applications/{slug}/resume": ("/applications/paused-co/resume", "/applications/acme/resume"),
    "/applications/{slug}/log": (f"{_LUMEN}/log?channel=phone",),
    "/applications/{slug}/script": (f"{_LUMEN}/script?to=priya&channel=phone",),
    "/add": ("/add",),
    "/add/from": ("/add/from",),
    "/applications/{slug}/questions": (f"{_LUMEN}/questions", f"{_LUMEN}/questions?again=1"),
    "/applications/{slug}/questions/mails": (f"{_LUMEN}/questions/mails",),
    "/applications/{slug}/change": (f"{_LUMEN}/change",),
    "/applications/{slug}/facts": (f"{_LUMEN}/facts", "/applications/broken/facts"),
    "/applications/{slug}/outdated": ("/applications/harbor/outdated",),
    "/applications/{slug}/transcript": (f"{_LUMEN}/transcript",),
    "/applications/{slug}/write/{kind}": (
        f"{_LUMEN}/write/thank_you",
        f"{_LUMEN}/write/thank_you?proposal=2",
        "/applications/northwind/write/rejection_thanks",
    ),
    "/applications/{slug}/write/{kind}/done": ("/applications/harbor/write/thank_you/done?entry=5",),
    "/outbox": ("/outbox", "/outbox?all=1"),
    "/outbox/{id:int}": tuple(f"/outbox/{number}" for number in range(1, 7)),
    "/outbox/{id:int}/edit": ("/outbox/4/edit",),
    "/outbox/sound": ("/outbox/sound",),
    "/outbox/rewrite": ("/outbox/rewrite?app=harbor",),
    "/inbox": ("/inbox",),
    "/inbox/{id:int}": ("/inbox/1", "/inbox/2", "/inbox/3"),
    "/proposals": ("/proposals",),
    "/proposals/{id:int}": tuple(f"/proposals/{number}" for number in range(1, 7)),
    "/setup": ("/setup",),
    "/setup/you": ("/setup/you",),
    "/setup/account": ("/setup/account",),
    "/setup/mailbox": ("/setup/mailbox",),
    "/setup/sign-in": ("/setup/sign-in",),
    "/settings": ("/settings",),
    "/accounts": ("/accounts",),
    "/doctor": ("/doctor",),
    "/service": ("/service",),
    "/service/install": ("/service/install",),
    "/service/remove": ("/service/remove",),
    "/methods": ("/methods",),
    "/methods/{name}": ("/methods/balanced",),
    "/wordings": ("/wordings",),
    "/wordings/{name:path}": ("/wordings/thank_you/short_note",),
    "/voice": ("/voice",),
    "/check": ("/check",),
    "/check/rules/{code}": ("/check/rules/FM201",),
    "/files": ("/files",),
    "/calendar": ("/calendar",),
    "/candidates": ("/candidates",),
    "/statistics": ("/statistics",),
}
"""Every address that is looked at, with what stands for its parts."""
NO_PAGES: Final = {
    "/applications/{slug}/letter",
    "/mail/{word}",
    "/outbox/outbox.zip",
    "/outbox/{id:int}/html",
    "/outbox/{id:int}/message.eml",
    "/statistics.csv",
}
"""Files to keep, and the HTML part of a mail, which its frame shows."""
ADDRESSES: Final = tuple(address for addresses in PAGES.values() for address in addresses)
STATUS: Final = {"/service/remove": (404,), "/service/install": (200, 409)}
"""What is answered otherwise than with 200: there is no service here to remove, and not every machine can have one."""
UNNAMED: Final = """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
  .filter((field) => !field.labels?.length && !field.ariaLabel && !field.getAttribute("aria-labelledby"))
  .map((field) => field.outerHTML.slice(0, 160))"""
LEFTOVERS: Final = re.compile(
    r"\bfollowup-mail (?:add|archive|ask|change|outbox|plan|queue|resume|run|send|setup|show|skip)\b"
    r"|(?<![\w-])--(?!home\b)[a-z]|\bNone\b|\{\{|\{%|&(?:amp|lt|gt|#\d+);|<[A-Z]\w+\."
)
"""What no reader of a page should meet: a command to type, a value of Python, a template's or HTML's own marks."""


@pytest.fixture(scope="module")
def filled(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """A window at a home with everything in it; these tests only look."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("FOLLOWUP_HOME", "FOLLOWUP_NAME", "FOLLOWUP_EMAIL"):
            patch.delenv(name, raising=False)
        with PageClient(tmp_path_factory.mktemp("filled") / "home") as reader:
            fill_home(reader)
            fill_proposals(reader)
            screen = open_screen(chromium, reader)
            yield screen
            screen.page.context.close()


@pytest.fixture(scope="module")
def complaints(filled: Screen) -> list[str]:
    """What the browser complains about in its console, from now on."""
    heard: list[str] = []

    def hear(said: Any) -> None:
        if said.type in {"error", "warning"} and "responded with a status of 4" not in said.text:
            heard.append(said.text)

    filled.page.on("console", hear)
    return heard


def test_no_page_is_left_out() -> None:
    """Each address that can be looked at is looked at here, or is no page."""
    assert {view.path for view in VIEWS if isinstance(view, Get)} == {*PAGES, *NO_PAGES}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_fit_for_everybody(filled: Screen, complaints: list[str], address: str) -> None:
    """Nothing that axe finds in light or dark, nothing wider than a phone, one heading, a label for each field."""
    page = filled.page
    complaints.clear()
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESK)
    answer = filled.go(address)
    wanted = STATUS.get(address, (200,))
    wrong = [] if answer.status in wanted else [f"the server answered {answer.status}"]
    if page.locator("h1").count() != 1:
        wrong.append(f"{page.locator('h1').count()} headings of the first rank")
    wrong += page.evaluate(UNNAMED)
    wrong += [f"not for a reader: {found}" for found in LEFTOVERS.findall(_words_of_ours(filled))]
    wrong += find_violations(filled)
    page.emulate_media(color_scheme="dark")
    wrong += [f"in dark: {one}" for one in find_violations(filled, "color-contrast")]
    page.set_viewport_size(PHONE)
    wrong += [f"wider than a phone: {one}" for one in find_sideways(filled)]
    assert "\n".join([*wrong, *complaints]) == ""


def _words_of_ours(screen: Screen) -> str:
    """Return what the page says itself, without what somebody typed or a file holds."""
    return str(
        screen.page.evaluate(
            """() => {
              const body = document.body.cloneNode(true);
              for (const one of body.querySelectorAll("textarea, pre, code, script, .letter")) one.remove();
              return body.innerText;
            }"""
        )
    )
