"""What a writing model is given for one mail: the facts of the person written to, and nothing of anybody else.

Private and tactless notes and the user's own ``notes`` are left out; names and addresses are replaced by stand-ins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from followup_mail.checks.parsed_mail import parse_text
from followup_mail.checks.rule import SECOND_NOTES
from followup_mail.drafts.assignment import Assignment
from followup_mail.drafts.own_words import strip_marks
from followup_mail.facts.application import Person, is_same_person
from followup_mail.facts.people import is_of_agency
from followup_mail.language.fit_to_tell import keep_fit
from followup_mail.language.hidden_orders import is_order
from followup_mail.language.private_notes import is_private, is_secret
from followup_mail.language.promises import filename_of, promises_to
from followup_mail.regex import regex
from followup_mail.writing_model.stand_ins import StandIns

_SENTENCE_END: Final = regex(r"(?<=[.!?])\s+")
_SPELLINGS: Final = {"US": "American", "PH": "American", "CA": "Canadian"}


class Brief(Struct, frozen=True):
    """The facts for one mail: as the model is given them, and as they are."""

    given: Mapping[str, Any]
    """What goes to the model: JSON, with stand-ins for names."""
    given_of_others: tuple[str, ...]
    """What was written to colleagues, with stand-ins: it says what not to repeat, and is not a fact of this mail, so
    that a mail stays the same when a colleague's changes."""
    facts: tuple[str, ...]
    """The same facts with all names, to compare a mail with."""
    own_sentences: tuple[str, ...]
    """The sentences of the candidate's among them."""


def make_brief(
    assignment: Assignment, reader: Person, words: Mapping[str, object], stand_ins: StandIns, beside: Iterable[str]
) -> Brief:
    """Return what a model is given for the mail of an assignment.

    ``words`` are the facts as templates have them, ``beside`` the mails to others of the panel.
    """
    own, everyone = _own_sentences(assignment, reader), assignment.application.everyone()
    given = _without_empty(
        {
            "mail": assignment.step.kind.traits.in_sentence,
            "reader": _about_reader(assignment, reader, words),
            "job": words.get("job"),
            "employer": assignment.application.company,
            "through_agency": is_of_agency(reader, everyone, assignment.application.company),
            "conversation": _about_conversation(assignment, reader, words),
            "notes_on_the_conversation": _fit_to_tell(reader.discussed),
            "what_spoke_for_them": _fit_to_tell([reader.convinced]),
            "sentences_of_the_candidate": own,
            "notes_on_the_candidate": _fit_to_tell(assignment.application.fit),
            "not_said_yet": _not_said(assignment),
            "promised": _promised(assignment, reader),
            "next_step": _next_step(assignment, reader, words),
            "rejection": _rejection(assignment, words),
            "people_met": _people_met(assignment, stand_ins),
            "already_written_to_the_reader": _read_before(assignment),
            "spelling": whose_english(str(words.get("country"))),
        }
    )
    names = (person.greeting_name for person in assignment.application.everyone())
    hidden = _mapped(given, stand_ins.hide)
    return Brief(
        given=hidden,
        given_of_others=tuple(stand_ins.hide(_fit_sentences(_core(text))) for text in beside),
        facts=(*map(stand_ins.show, _leaves(hidden)), *names),
        own_sentences=tuple(own.values()),
    )


def whose_english(country: str) -> str:
    """Return whose spelling is right in a country: "American", "Canadian" or "British"."""
    return _SPELLINGS.get(country, "British")


def _about_reader(assignment: Assignment, reader: Person, words: Mapping[str, object]) -> dict[str, object]:
    role = str(reader.role).replace("_", " ")
    return {
        "title": next(iter(_fit_to_tell([reader.title])), ""),
        "role": role,
        "register": words["tone"],
        "met_the_candidate": assignment.application.has_met(reader),
    }


def _about_conversation(assignment: Assignment, reader: Person, words: Mapping[str, object]) -> dict[str, object]:
    form = "by phone" if words.get("by_phone") else "on site" if words.get("on_site") else "by video"
    of_round = (held for held in assignment.application.interviews if held.round == assignment.step.id.round)
    theirs = [held for held in of_round if held.has(reader)]
    if not theirs:
        return {"day": words.get("when_interviewed"), "reader_was_there": "no"} if words.get("when_interviewed") else {}
    return {"day": words.get("day_we_met"), "form": form, "others_there": len(theirs[-1].people) - 1}


def _own_sentences(assignment: Assignment, reader: Person) -> dict[str, str]:
    """Return what the candidate wrote for such a mail, by what it is for."""
    application, traits = assignment.application, assignment.step.kind.traits
    outcome, unsaid = application.outcome, application.unsaid
    if traits.answers_rejection:
        own = {"reason": outcome.understood, "next": outcome.onward, "wish": outcome.parting}
    elif traits.thanks_for_interview:
        own = {
            "moment": reader.moment, "their_problem_and_mine": reader.link, "offer": reader.offer,
            "why_this_employer": application.why_them,
        }  # fmt: skip
    elif traits.asks:
        own = {"why_this_employer": application.why_them}
    else:
        own = {"their_problem": unsaid.problem, "point": unsaid.point, "use": unsaid.use, "also": unsaid.also}
    read = assignment.told()
    return {
        name: said
        for name, said in own.items()
        if said and said not in read and not (is_private(said) or is_secret(said) or is_order(said))
    }


def _not_said(assignment: Assignment) -> list[str]:
    is_second_note = assignment.step.kind in SECOND_NOTES
    return _fit_to_tell(assignment.application.not_mentioned) if is_second_note else []


def _promised(assignment: Assignment, reader: Person) -> list[dict[str, object]]:
    """Return what goes along now, and promises that are kept by a sentence."""
    traits, files = assignment.step.kind.traits, {file.path.name for file in assignment.attachments}
    if not traits.carries_promised_files:
        return []
    kept = promises_to(assignment.application, reader)
    told = [(promise.promise, filename_of(promise.promise) in files) for promise in kept]
    return [
        {"what": promise.what, "says": promise.says, "attached": "yes" if attached else ""}
        for promise, attached in told
        if attached or not promise.file
    ]


def _next_step(assignment: Assignment, reader: Person, words: Mapping[str, object]) -> dict[str, object]:
    if not assignment.step.kind.traits.asks:
        return {}
    said, teller = assignment.application.said, assignment.application.teller()
    by_reader = teller is None or is_same_person(teller, reader)
    return {
        "decision_by": words.get("decision_day"),
        "their_words": next(iter(_fit_to_tell([said.quote])), ""),
        "said_by": "the reader" if by_reader else f"a colleague, {teller.name if teller else said.by}",
        "applied": words.get("applied_day"),
    }


def _rejection(assignment: Assignment, words: Mapping[str, object]) -> dict[str, object]:
    if not assignment.step.kind.traits.answers_rejection:
        return {}
    reason = assignment.application.outcome.reason
    return {"told": words.get("told_how"), "reason_as_noted": _fit_to_tell([reason])}


def _people_met(assignment: Assignment, stand_ins: StandIns) -> list[str]:
    """Return everybody met so far by their stand-ins, where a mail names them together."""
    if not assignment.step.kind.traits.answers_rejection:
        return []
    held = (interview for interview in assignment.application.interviews if interview.end <= assignment.sending_at)
    return list(dict.fromkeys(stand_ins.token(met) for interview in held for met in interview.people))


def _fit_to_tell(notes: Iterable[str]) -> list[str]:
    """Return the notes that may leave this machine."""
    return keep_fit([note for note in notes if note])


def _read_before(assignment: Assignment) -> list[str]:
    earlier = assignment.history.told_before(assignment.step.id, assignment.sending_at)
    # What was noted of a call is a note for oneself and no mail.
    mails = (_fit_sentences(_core(touch.text)) for touch in earlier if touch.channel.traits.is_sent)
    return [mail for mail in mails if mail]


def _fit_sentences(text: str) -> str:
    """Return a mail without the sentences that may not leave this machine: more may be logged than was in it."""
    paragraphs = (" ".join(_fit_to_tell(_SENTENCE_END.split(paragraph))) for paragraph in text.split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _core(text: str) -> str:
    """Return a mail without its greeting and signature."""
    mail = parse_text(text)
    return mail.written(mail.core).strip()


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_empty(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if inner not in ("", None, [], {}, False)}
    return [_without_empty(inner) for inner in value] if isinstance(value, list) else value


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {key: _mapped(inner, change) for key, inner in value.items()}
    if isinstance(value, list):
        return [_mapped(inner, change) for inner in value]
    return change(strip_marks(value)) if isinstance(value, str) else value


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _leaves(inner)
    elif isinstance(value, str):
        yield strip_marks(value)
