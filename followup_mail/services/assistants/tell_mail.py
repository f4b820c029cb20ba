"""A mail for an assistant: our own draft, or its words looked at, with what the checks found; nothing is kept."""

from __future__ import annotations

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepId
from followup_mail.errors import NotFoundError
from followup_mail.language.hidden_orders import is_order
from followup_mail.message.thread import reply_subject
from followup_mail.proposals.proposal import ProposedMail
from followup_mail.regex import regex
from followup_mail.services.assistants.telling import Notes, Told
from followup_mail.services.context.request import Request
from followup_mail.services.proposals.fixes_for_assistants import say_fix
from followup_mail.services.proposals.propose import MailProposed, look_at_words
from followup_mail.services.typed.kept_text import find_private, kept_lines, known_people
from followup_mail.services.typed.who_spoke import say_who
from followup_mail.services.writing.prepare import prepare
from followup_mail.services.writing.prepared import Prepared
from followup_mail.services.writing.who_writes import Asking, Author
from followup_mail.workspace import Workspace

_STEP = regex(
    r"(?P<application>[^/]{1,80})/(?P<kind>[^/]{1,40})/r(?P<round>\d{1,2})/(?P<person>[^/]{1,80})/(?P<nth>\d{1,2})"
)
_FRAME = "Greeting, closing and signature are added by followup-mail, and the recipient is its choice."
_THEIRS = "Re: [the subject of their mail]"


def read_step(text: str) -> StepId:
    """Return the step that is named as ``read_plan`` names it. Raises ``NotFoundError``."""
    found = _STEP.fullmatch(text.strip())
    if found is None or found["kind"] not in frozenset(Kind):
        raise NotFoundError(
            "That is not the name of a step.",
            fix="Take it as read_plan gives it: lumen-freight/thank_you/r1/priya-raman/1",
        )
    person = "" if found["person"] == "-" else found["person"]
    return StepId(found["application"], Kind(found["kind"]), int(found["round"]), person, int(found["nth"]))


def tell_draft(workspace: Workspace, step: StepId) -> Told:
    """Return our own draft for a step, also of one that is done. Raises what ``prepare`` raises."""
    request = Request(step.application, step.kind, even_taken=True, steps=(step,))
    batch = prepare(workspace, request, asking=Asking(Author.OURS))
    ours = next((one for one in batch.prepared if one.written.draft.step == step), None)
    if ours is None:
        there = ", ".join(str(one.written.draft.step) for one in batch.prepared)
        raise NotFoundError(f"There is no step {step} to write.", fix=f"There is: {there}.")
    lacking = (*batch.left, *batch.missing)
    return Told({"our_draft": _mail(ours), "findings": _findings(ours), "facts_missing": lacking}, _say_fit(ours))


def tell_check(workspace: Workspace, mail: ProposedMail, by: str) -> Told:
    """Return what the checks find in given words. Raises what ``look_at_words`` raises."""
    looked = look_at_words(workspace, mail, by)
    quoted = {"mail": _mail(looked.prepared), "findings": _findings(looked.prepared), "our_draft": _ours(looked.ours)}
    return Told(quoted, (*_say_fit(looked.prepared), _FRAME))


def tell_mail_proposed(proposed: MailProposed) -> Told:
    """Return what was kept of a mail that was proposed."""
    number = proposed.proposal.number
    quoted = {"proposal": number, "mail": _mail(proposed.prepared), "findings": _findings(proposed.prepared)}
    return Told(quoted, (say_waits(number), _FRAME))


def say_waits(number: int) -> str:
    """Say that a proposal waits, and who decides."""
    return (
        f"Kept as proposal {number}. Nothing is queued, sent or changed: the user decides, with "
        f"`followup-mail proposals show {number}` or on the page. Tell the user so."
    )


def tell_transcript(workspace: Workspace, slug: str, first: int, most: int) -> Told:
    """Return sentences of the text that is kept, each with its number, from ``first`` on. Raises ``NotFoundError``.

    What was said in confidence, with what stands around it, and what is about anybody's health is not among them; nor
    is what gives orders together with the label before it. Who said it is told as ``say_who`` says.
    """
    workspace.facts.text(slug)
    lines, notes = kept_lines(workspace, slug), Notes()
    private, people = find_private(lines), known_people(workspace, slug)
    chosen = list(enumerate(lines, 1))[first - 1 : first - 1 + most]
    told = [
        {"number": number, "who": say_who(line.label, people, is_own=line.is_own), "said": said}
        for number, line in chosen
        if (said := notes.tell(line.text, is_private=number - 1 in private or is_order(f"{line.label}: {line.text}")))
    ]
    if not lines:
        return Told({}, ("No transcript and no notes are kept for it.",))
    rest = len(lines) - (first - 1 + len(chosen))
    more = (f"{rest} more follow: ask for first={first + len(chosen)}.",) if rest > 0 else ()
    return Told({"application": slug, "sentences": told}, (*more, *notes.say()))


def _say_fit(prepared: Prepared) -> tuple[str, ...]:
    errors = sum(finding.is_error for finding in prepared.findings)
    if errors:
        return (f"{errors} finding{'s' if errors > 1 else ''} would keep it from being queued.",)
    return ("Nothing keeps it from being queued, once the user says so.",)


def _ours(ours: Prepared | None) -> dict[str, object] | None:
    return _mail(ours) if ours else None


def _mail(prepared: Prepared) -> dict[str, object]:
    draft, kind = prepared.written.draft, prepared.written.step.kind
    is_theirs = kind.traits.answers_rejection and draft.subject == reply_subject(draft.subject)
    return {
        "step": str(draft.step),
        "to": draft.to.name,
        "subject": _THEIRS if is_theirs else prepared.message.subject,
        "text": draft.text,
        "attached": [file.path.name for file in draft.attachments],
        "leaves_at": prepared.written.timing.due_at,
        "because": prepared.written.why,
    }


def _findings(prepared: Prepared) -> list[dict[str, object]]:
    return [
        {
            "rule": f"{one.code} {one.name}",
            "severity": one.severity,
            "where": f"{one.place} line {one.line}" if one.line else one.place,
            "words": one.words,
            "says": one.message,
            "fix": say_fix(one),
        }
        for one in prepared.findings
    ]
