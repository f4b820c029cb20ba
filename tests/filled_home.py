"""A home in which much has happened, to look at pages with: on Wednesday 18 November 2026, noon in Chicago.

Everything is reckoned from that moment: facts of several applications, mails in each state, answers that came.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from changing import replace
from outbox_samples import ACCEPTED, LINK_LOST, NO_SUCH_USER, attempt
from page_client import NOON, SETTINGS, PageClient
from seen_samples import make_seen

from followup_mail.cadence.kinds import Kind
from followup_mail.incoming.tenors import Tenor
from followup_mail.incoming.understood import Understanding
from followup_mail.outbox.entry import State
from followup_mail.services.context.request import Request
from followup_mail.services.queueing.enqueue import QueueTerms, enqueue_prepared
from followup_mail.services.writing.prepare import prepare
from followup_mail.workspace import Workspace

SERVER = (
    "FOLLOWUP_SMTP_HOST=127.0.0.1\nFOLLOWUP_SMTP_PORT=9\nFOLLOWUP_SMTP_SECURITY=plain\nFOLLOWUP_SMTP_AUTH=none\n"
    "FOLLOWUP_IMAP_HOST=127.0.0.1\nFOLLOWUP_IMAP_PORT=9\nFOLLOWUP_IMAP_USER=jordan\nFOLLOWUP_IMAP_PASSWORD=none\n"
)
"""A server and a mailbox at a port where nobody listens: pages that only show them never ask them."""
FILLED_SETTINGS = f'{SETTINGS}FOLLOWUP_PHONE="+1 312 555 0100"\n{SERVER}'
THE_DAY_BEFORE = datetime(2026, 11, 16, 22, 0, tzinfo=UTC)
"""When the mails to Harbor were queued."""
YOU_FIT = (
    'fit = "I moved our nightly jobs to streaming last year and cut the delay from six hours to four minutes."\n'
    'not_mentioned = "I wrote the tool that replays late events, and lost events went from forty-one to none."\n'
)


@dataclass(frozen=True)
class Met:
    """Somebody who was met."""

    name: str
    email: str
    title: str
    discussed: str
    moment: str = ""
    role: str = "interviewer"

    @property
    def text(self) -> str:
        keys = ("name", "email", "title", "role", "discussed", "moment")
        lines = [f'{key} = "{value}"\n' for key in keys if (value := getattr(self, key))]
        return f"\n[[interviews.people]]\n{''.join(lines)}"


def write_facts(company: str, role: str, start: str, *met: Met, zone: str = "America/Chicago", more: str = "") -> str:
    """Return the facts about an application with one interview, in which these people were met."""
    head = f'company = "{company}"\nrole = "{role}"\ntime_zone = "{zone}"\n{more}'
    people = "".join(one.text for one in met)
    return f'{head}\n[[interviews]]\nstart = {start}\nduration = "45 min"\nformat = "video"\n{people}'


PRIYA = Met(
    "Priya Raman",
    "priya.raman@lumen.example",
    "Head of Data",
    "the move to streaming",
    "I liked how openly you spoke about the outage in March, because it told me how you treat mistakes.",
    "hiring manager",
)
TOM = Met(
    "Tom Okafor",
    "tom@lumen.example",
    "Staff Engineer",
    "late events and replays",
    "Thank you for showing me how you replay a whole night of late events.",
)
MEI = Met(
    "Mei Lin Zhao",
    "mei@lumen.example",
    "Product Manager",
    "what dispatchers see at 5 am",
    "I keep thinking about the dispatchers who open your screen at five in the morning.",
)
_HARBOR = tuple(
    Met(f"{first} {last}", f"{first.lower()}@harbor.example", "Engineer", what, moment)
    for first, last, what, moment in (
        ("Ana", "Silva", "the crane schedule", "I had not known that a crane is planned by the minute."),
        (
            "Ben",
            "Cole",
            "the tide tables",
            "Your story of the spring tide told me why nobody here trusts a single forecast.",
        ),
        ("Cleo", "Marsh", "the night shift", "It means a lot to me that the night shift chooses its own foremen."),
        (
            "Dora",
            "Weiss",
            "the customs forms",
            "You made me laugh about the form that asks for the colour of a container.",
        ),
        (
            "Emil",
            "Berg",
            "the yard map",
            "The yard map on your wall answers more questions than any dashboard I have seen.",
        ),
    )
)
FACTS: Mapping[str, str] = {
    "lumen-freight": write_facts(
        "Lumen Freight",
        "Data Engineer",
        "2026-11-17T14:00:00-06:00",
        PRIYA,
        TOM,
        MEI,
        more=f"{YOU_FIT}[said]\ndecision_by = 2026-12-04\n",
    ),
    "st-oswins": write_facts(
        "St Oswin's Hospital",
        "Staff Nurse",
        "2026-11-03T14:00:00+00:00",
        Met("Grace Adeyemi", "grace@oswins.example", "Ward Manager", "the handover board", role="hiring manager"),
        zone="Europe/London",
        more="[said]\ndecision_by = 2026-11-16\n",
    ),
    "northwind": write_facts(
        "Northwind Clinics",
        "Analyst",
        "2026-11-05T10:00:00-07:00",
        Met("Ana Ruiz", "ana@northwind.example", "Recruiter", "the reporting line", role="recruiter"),
        zone="America/Denver",
        more='[outcome]\nstatus = "rejected"\non = 2026-11-17\n',
    ),
    "acme": write_facts(
        "Acme <b>& Söhne</b>",
        "Ingenieur",
        "2026-10-29T10:00:00+01:00",
        Met("Jürgen Groß", "gross@acme.example", "Leiter", "the test bench <i>itself</i>"),
        zone="Europe/Berlin",
        more='country = "DE"\n[outcome]\nstatus = "replied"\non = 2026-11-16\n',
    ),
    "paused-co": write_facts(
        "Paused & Co",
        "Writer",
        "2026-11-13T10:00:00-05:00",
        Met("Ola Nordmann", "ola@paused.example", "Editor", "the style guide"),
        zone="America/New_York",
        more="paused = true\n",
    ),
    "harbor": write_facts("Harbor Yards", "Planner", "2026-11-16T09:00:00-06:00", *_HARBOR, more='country = "US"\n'),
    "over": 'company = "Long Over"\nrole = "Clerk"\ntime_zone = "America/Chicago"\n'
    '[outcome]\nstatus = "withdrawn"\non = 2026-10-01\n',
    "broken": 'company = "Broken\n',
}
STATES = {
    "ana": State.SENT,
    "ben": State.UNCLEAR,
    "cleo": State.FAILED,
    "dora": State.DRAFT,
    "emil": State.QUEUED,
    "grace": State.QUEUED,
}
"""Whose mail stands where, once a home is filled; the order is that of their numbers, from 1 on."""
_BECAME = {"ana": ACCEPTED, "ben": LINK_LOST, "cleo": NO_SUCH_USER}


def fill_home(reader: PageClient, without: Collection[str] = ()) -> None:
    """Put everything into the home of a reader, with an account that could send, ``without`` some applications.

    Those of Harbor and of the hospital have to be there: they have the mails.
    """
    folder = reader.home / "applications"
    folder.mkdir(mode=0o700)
    for slug, text in FACTS.items():
        if slug != "broken" and slug not in without:
            (folder / f"{slug}.toml").write_text(text, "utf-8")
    settings = reader.home / ".env"
    settings.write_text(FILLED_SETTINGS, "utf-8")
    settings.chmod(0o600)
    _queue_to_harbor(reader)
    with reader.desk.open("queue st-oswins status_inquiry") as workspace:
        _queue(workspace, Request("st-oswins", Kind.STATUS_INQUIRY))
    _see_answers(reader, without)
    if "broken" not in without:
        (folder / "broken.toml").write_text(FACTS["broken"], "utf-8")


def _queue_to_harbor(reader: PageClient) -> None:
    """Queue the notes to Harbor two days ago, and let three of them meet their fates."""
    reader.now = THE_DAY_BEFORE
    with reader.desk.open("queue harbor thank_you") as workspace:
        mails = prepare(workspace, Request("harbor", Kind.THANK_YOU)).prepared
        for mail, state in zip(mails, STATES.values(), strict=False):
            enqueue_prepared(workspace, [mail], QueueTerms(state=state if state is State.DRAFT else State.QUEUED))
        for entry, name in zip(workspace.store.entries(), _BECAME, strict=False):
            attempt(workspace.store, _BECAME[name], entry.timing.due_at + timedelta(minutes=1))
    reader.now = NOON


def _queue(workspace: Workspace, request: Request) -> None:
    enqueue_prepared(workspace, prepare(workspace, request).prepared, QueueTerms())


def _see_answers(reader: PageClient, without: Collection[str]) -> None:
    """Keep three mails of theirs as a look into the mailbox does."""
    hour = timedelta(hours=1)
    answer = {
        "applications": ("acme",),
        "why": "Jürgen Groß wrote it",
        "sender": "gross@acme.example",
        "name": "Jürgen Groß",
        "subject": "Re: <b>Ingenieur</b>",
        "first_line": "Können Sie am Montag?",
        "sent_at": NOON - 20 * hour,
    }
    no = {
        "applications": ("st-oswins",),
        "why": "Grace Adeyemi wrote it",
        "sender": "grace@oswins.example",
        "name": "Grace Adeyemi",
        "subject": "Your application",
        "first_line": "We have decided to move forward with another candidate.",
        "tenor": Tenor.NO,
        "sent_at": NOON - 2 * hour,
    }
    away = {
        "applications": ("harbor",),
        "why": "It is an automatic reply of Emil Berg",
        "sender": "emil@harbor.example",
        "name": "Emil Berg",
        "subject": "Out of office",
        "first_line": "I am away.",
        "tenor": Tenor.AUTOMATIC,
        "back_on": date(2026, 11, 23),
        "sent_at": NOON - hour,
    }
    kinds = (Understanding.ANSWER, Understanding.ANSWER, Understanding.AUTOMATIC)
    seen = [make_seen(n, kind, **told) for n, (kind, told) in enumerate(zip(kinds, (answer, no, away), strict=True), 1)]
    seen = [replace(one, place=replace(one.place, account="jordan@example.com")) for one in seen]
    with reader.desk.open() as workspace:
        workspace.store.keep_seen([one for one in seen if one.mail.applications[0] not in without], None, NOON)
