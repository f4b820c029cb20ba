"""The built-in wordings, read as an interviewer would: sound, short, specific and true, whatever facts there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product

import pytest
from draft_samples import (
    LATER,
    MET,
    NEXT_DAY,
    PRIYA,
    ROBIN,
    TOM,
    TYPED,
    UNSAID,
    WRITER,
    Job,
    apply,
    assign,
    at,
    person_named,
    sent,
    write,
)

from followup_mail.cadence.step import History, Kind
from followup_mail.checks import CheckContext, Companion, Finding, check_mail
from followup_mail.checks.parsed_mail import parse_mail
from followup_mail.checks.rules.fm802_too_short import FEWEST, FEWEST_IN_BRIEF
from followup_mail.drafts.template_files import read_template
from followup_mail.facts.application import Application
from followup_mail.language.flowing_links import ways_to_flow
from followup_mail.language.job_titles import say_job
from followup_mail.language.note_results import own_point
from followup_mail.language.notes import read_note
from followup_mail.message.draft import Draft

# A fact as different people write it.
TOPICS = (
    "the move from nightly batches to streaming",
    "how night staff are kept in the loop during the handover",
    "why list[str] beats Sequence[str] in a public signature",
    "Kubernetes upgrades without a maintenance window",
    "Closing the month in three working days.",
    "what Florence Nightingale got wrong about cholera?",
)
CONVINCED = (
    "that reviews happen before lunch and nobody merges on a Friday",
    "how openly you spoke about the outage in March",
    "the time that you give newcomers to read before they write",
)
FITS = (
    "at Harbor Logistics I moved a nightly batch system to streaming without a day of downtime",
    "I have been on call for five years and like alerts that mean something",
    "Kubernetes has been my daily work since 2017",
    "My dissertation was on groundwater under gravel ridges.",
)
# The same as people jot them, of which not all becomes a sentence.
JOTTED_TOPICS = ("wants nightly batches gone by summer", "outage march, 6h!!")
JOTTED_FITS = ("cut deploy time from 40 to 6 min", "5 yrs spark/airflow", "k8s daily since '17")
ALL_TOPICS, ALL_FITS = (*TOPICS, *JOTTED_TOPICS), (*FITS, *JOTTED_FITS)
DETAILS = (
    "I maintain the on-call handbook that my present team of twelve works by",
    "At Harbor Logistics I also ran the apprenticeship.",
    "wrote the on-call handbook, 12 ppl use it",
)
REJECTED = {"status": "rejected", "on": "2026-12-07"}
MAILS = (Kind.THANK_YOU, Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY, Kind.REJECTION_THANKS, Kind.APPLICATION_CHECK)
WORDINGS = [one.full_name for kind in MAILS for one in WRITER.folders.wordings(kind)]
EACH_WORDING = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in WORDINGS]
"""One worker tries all of a wording, as the same mails are looked at by several tests."""
FOLLOW_UPS = [name for name in WORDINGS if not name.startswith(("thank_you", "application_check"))]
CHECKS = [name for name in WORDINGS if name.startswith("application_check")]


def story(topic: str = "", convinced: str = "", fit: str = "", detail: str = DETAILS[0], **more: object) -> Application:
    """An application told with these facts; empty ones are left out."""
    priya = {**PRIYA, "discussed": [topic] if topic else [], "convinced": convinced}
    tom = {**TOM, "discussed": [topic] if topic else []}
    facts = {"fit": [fit] if fit else [], "not_mentioned": [detail], "interviews": [{**MET, "people": [priya, tom]}]}
    return apply(**{**facts, **more})


@cache
def rich_stories() -> tuple[Application, ...]:
    """Each way to write a topic with two ways to write what the candidate did, and each of those with two topics."""
    return tuple(
        _rich_story(n, m) for n, m in product(range(len(ALL_TOPICS)), range(len(ALL_FITS))) if (n - m) % 7 in {0, 3}
    )


@cache
def all_rich_stories() -> tuple[Application, ...]:
    """Every way to write each fact, with every way to write the next one."""
    return tuple(_rich_story(n, m) for n, m in product(range(len(ALL_TOPICS)), range(len(ALL_FITS))))


def _rich_story(topic: int, fit: int) -> Application:
    said = {"decision_by": "2026-12-04"} if topic % 2 else {}
    return story(ALL_TOPICS[topic], CONVINCED[topic % 3], ALL_FITS[fit], DETAILS[(topic + fit) % 3], said=said)


@cache
def typed_stories() -> tuple[Application, ...]:
    """The questions answered in sentences: all of them, then each left out, with and without a date of decision."""
    people = [TYPED, *({**TYPED, name: ""} for name in ("moment", "link", "offer"))]
    dates: tuple[dict[str, str], ...] = ({}, {"decision_by": "2026-12-04"})
    return tuple(
        apply(interviews=[{**MET, "people": [person, {**TOM, **_answers_of(person)}]}], unsaid=UNSAID, said=said)
        for person, said in product(people, dates)
    )


def _answers_of(person: dict[str, object]) -> dict[str, object]:
    return {name: person[name] for name in ("moment", "link", "offer")}


@cache
def bare_stories() -> tuple[Application, ...]:
    """Every combination of optional facts left out, for people who told something; applied or not."""
    return tuple(
        story(topic, convinced, fit, applied=None if fit else "2026-11-02")
        for topic, convinced, fit in product((TOPICS[0], TOPICS[5], ""), (CONVINCED[1], ""), (FITS[1], ""))
        if topic or convinced
    )


def job_for(wording: str, to: str = "Dr. Priya Raman", round_number: int = 1) -> Job:
    kind = Kind(wording.partition("/")[0])
    if kind is Kind.APPLICATION_CHECK:
        return Job(kind, "Robin Recruit", wording, at("2026-11-03 09:00"), round=0)
    return Job(kind, to, wording, NEXT_DAY if kind is Kind.THANK_YOU else LATER, round=round_number)


_COMPOSED: dict[tuple[int, Job], tuple[Application, Draft]] = {}
"""Each mail, written once for all that is asked of it. The application is kept, so that its id stays its own."""


def compose(application: Application, job: Job) -> Draft:
    key = id(application), job
    if key not in _COMPOSED:
        _COMPOSED[key] = application, _compose(application, job)
    return _COMPOSED[key][1]


def _compose(application: Application, job: Job) -> Draft:
    if job.kind is Kind.REJECTION_THANKS:
        outcome = type(application.outcome).read(REJECTED)
        application = application.copy_with(outcome=outcome)
    if job.kind is Kind.APPLICATION_CHECK:
        application = application.copy_with(interviews=())
    return write(application, job)


def check(application: Application, job: Job, **more: object) -> tuple[Finding, ...]:
    """What the checks find in the mail of a job."""
    draft = compose(application, job)
    if job.kind is Kind.REJECTION_THANKS:
        application = application.copy_with(outcome=type(application.outcome).read(REJECTED))
    if job.kind is Kind.APPLICATION_CHECK:
        application = application.copy_with(interviews=())
    context = CheckContext(
        draft.subject,
        draft.text,
        kind=job.kind,
        sender=draft.sender.mailbox,
        recipient=draft.to,
        person=job.via or assign(application, job).step.person,
        facts=application,
        step=assign(application, job).step,
        sends_at=job.at,
        **more,  # type: ignore[arg-type]
    )
    return check_mail(context)


def words_of(draft: Draft) -> int:
    """How many words there are between greeting and signature."""
    return len(parse_mail(CheckContext(draft.subject, draft.text, sender=draft.sender.mailbox)).core_words)


def said(findings: tuple[Finding, ...], *, errors_only: bool = False) -> list[str]:
    return [f"{one.code} {one.words!r}: {one.message}" for one in findings if one.is_error or not errors_only]


@pytest.mark.parametrize("wording", EACH_WORDING)
def test_with_typed_sentences_nothing_is_found(wording: str) -> None:
    """Whoever answered the questions, or all but one, gets a mail that no check has anything to say about."""
    for application in typed_stories():
        assert said(check(application, job_for(wording))) == []


@pytest.mark.parametrize("wording", EACH_WORDING)
def test_with_notes_alone_only_what_is_missing_is_found(wording: str) -> None:
    """However the notes are written: a mail may be short, and generic when no note gave anything; then that is said."""
    for application in rich_stories():
        _finds_only_what_is_missing(wording, application)


@pytest.mark.long
@pytest.mark.parametrize("wording", EACH_WORDING)
def test_with_any_pair_of_notes_only_what_is_missing_is_found(wording: str) -> None:
    """The same for each topic with each thing that the candidate did."""
    for application in all_rich_stories():
        _finds_only_what_is_missing(wording, application)


def _finds_only_what_is_missing(wording: str, application: Application) -> None:
    job = job_for(wording)
    found, draft = check(application, job), compose(application, job)
    priya = application.interviews[0].people[0]
    gives = [read_note(note) for note in (*priya.discussed, priya.convinced)]
    gave_nothing = not any(note.topic or note.yours or note.quotation or note.thanks_for for note in gives)
    # What the candidate did goes in only where it answers something that was said.
    is_mute = gave_nothing and not draft.own_words
    expected = {"FM802"} | ({"FM301"} if is_mute else set())
    assert [line for line in said(found) if line[:5] not in expected] == []
    is_thanks = wording.startswith("thank_you")
    is_short = words_of(draft) < (FEWEST if is_thanks else FEWEST_IN_BRIEF)
    assert is_short == any(finding.code == "FM802" for finding in found)


@pytest.mark.parametrize("wording", EACH_WORDING)
def test_with_bare_facts_no_error_is_found(wording: str) -> None:
    """Whatever optional facts are missing, the mail may leave."""
    for application in bare_stories():
        if wording.startswith("thank_you") or application.fit:
            assert said(check(application, job_for(wording)), errors_only=True) == []


@pytest.mark.parametrize("wording", [one for one in EACH_WORDING if one.values[0] in FOLLOW_UPS])
def test_to_somebody_not_met_nothing_is_found_and_nothing_is_claimed(wording: str) -> None:
    """A recruiter hears of the conversation with a colleague, and is not thanked for one with themselves."""
    for application in (*rich_stories(), *typed_stories()):
        job = job_for(wording, "Robin Recruit")
        assert said(check(application, job)) == []
        text = compose(application, job).text
        assert not re.search(r"(?i)\b(we spoke|we talked|we said|we met|our conversation|talking with you)\b", text)


@pytest.mark.parametrize("wording", [*CHECKS, *(name for name in FOLLOW_UPS if not name.startswith("additional"))])
@pytest.mark.parametrize("applied", ["2026-11-02", None])
def test_before_any_interview_none_is_mentioned(wording: str, applied: str | None) -> None:
    """Rejected or asking before an interview: no conversation, no time that anybody gave."""
    application = story(fit=FITS[0], applied=applied, interviews=[])
    job = job_for(wording, "Robin Recruit", 0)
    text = compose(application, job).text
    assert not re.search(r"(?i)interview|conversation|spoke|talked|time that|convinced", text)
    assert words_of(compose(application, job)) >= 25


@pytest.mark.parametrize("wording", EACH_WORDING)
def test_a_mail_is_short_and_not_too_short(wording: str) -> None:
    """With typed sentences a thank-you has 40 to 110 words; any other mail has 25 to 100, whatever there is to say."""
    is_thanks = wording.startswith("thank_you")
    fewest, most = (40, 110) if is_thanks else (25, 100)
    for application in typed_stories():
        assert fewest <= words_of(compose(application, job_for(wording))) <= most
    for application in (*rich_stories(), *bare_stories()):
        words = words_of(compose(application, job_for(wording)))
        assert words <= most
        assert is_thanks or words >= fewest


@pytest.mark.parametrize("wording", EACH_WORDING)
@pytest.mark.parametrize(
    ("role", "company"),
    [
        ("Data Engineer", "Lumen Freight"),
        ("Postdoctoral Researcher in Glaciology", "Institute for Polar Research"),
        ("Senior Staff Software Engineer, Developer Infrastructure (f/m/x)", "Norddeutsche Lagerhausgesellschaft mbH"),
        ("Chef", "Oi!"),
    ],
)
def test_a_subject_fits_and_says_what_it_is_about(wording: str, role: str, company: str) -> None:
    """At most 60 characters, with the position, the company, the day or the topic in it, none of them cut."""
    application = story(TOPICS[0], role=role, company=company)
    subject = compose(application, job_for(wording)).subject
    about = (say_job(role), company, "Wednesday", "November 18", TOPICS[0])
    assert len(subject) <= 60
    assert any(name.lower() in subject.lower() for name in about)
    assert subject.lower().count(say_job(role).lower()) <= 1


@pytest.mark.parametrize("wording", EACH_WORDING)
def test_a_subject_whose_names_are_too_long_is_whole(wording: str) -> None:
    """Where neither position nor company fits, the subject does without them rather than cut them."""
    role, company = "Postdoctoral Researcher in Glaciology and Geodesy", "Norddeutsche Lagerhausgesellschaft mbH"
    subject = compose(story(TOPICS[0], role=role, company=company), job_for(wording)).subject
    assert len(subject) <= 60
    assert "Postdoctoral" not in subject or role in subject
    assert "Norddeutsche" not in subject or company in subject
    assert not re.search(r"(?i)\b(?:a|an|the|of|for|in|to|and)$|[,:;]$", subject)


@pytest.mark.parametrize("kind", MAILS)
def test_wordings_of_one_kind_share_no_sentence(kind: Kind) -> None:
    """People on a panel compare: outside the facts no sentence stands in two wordings, whatever facts there are."""
    for application in (*rich_stories()[::5], *typed_stories()[:1], *bare_stories()):
        typed = (*ways_to_flow(str(TYPED["link"])), TYPED["moment"], TYPED["offer"])
        own = {sentence for text in typed for sentence in _split(str(text))}
        own |= {sentence for text in UNSAID.values() for sentence in _split(text)}
        own |= {read_note(fit, is_own=True).mine for fit in (*FITS, *JOTTED_FITS)}
        own |= {sentence for detail in DETAILS for sentence in _split(f"{detail.rstrip('.')}.")}
        own.add(own_point(DETAILS[-1], read_note(DETAILS[-1], is_own=True).mine))
        sentences = {
            one.full_name: set(_sentences(compose(application, job_for(one.full_name)))) - own
            for one in WRITER.folders.wordings(kind)
        }
        for one, other in combinations(sentences.values(), 2):
            assert one & other == set()


def _sentences(draft: Draft) -> Iterator[str]:
    body = draft.text.partition("\n\n")[2].rpartition("\n\n")[0]
    yield from _split(body)


def _split(body: str) -> Iterator[str]:
    yield from (re.sub(r"\s+", " ", one).strip() for one in re.split(r"(?<=[.?!])\s", body) if len(one.split()) > 3)


def test_four_notes_to_one_panel_are_four_notes() -> None:
    """Even when everybody talked about the same thing, no check takes one for another's copy."""
    people = [{**TOM, "name": f"Person {name}", "email": f"{name}@x.example"} for name in ("Ann", "Bo", "Cy", "Di")]
    application = apply(interviews=[{**MET, "people": people}])
    drafts = {one["name"]: write(application, Job(to=one["name"])) for one in people}
    for name in drafts:
        others = tuple(Companion(other, draft.text) for other, draft in drafts.items() if other != name)
        found = said(check(application, Job(to=name), companions=others))
        assert [line for line in found if not line.startswith("FM802")] == []


def _notes_that_meet() -> list[tuple[str, str, str]]:
    """Return a thank-you, a second note and an inquiry, again and again, until any two of them have met."""
    kinds = (Kind.THANK_YOU, Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY)
    thanks, details, inquiries = ([one.name for one in WRITER.folders.wordings(kind)] for kind in kinds)
    assert len(details) == len(inquiries) <= len(thanks)
    return [
        (first, second, inquiries[(n + m) % len(inquiries)])
        for (n, first), (m, second) in product(enumerate(thanks), enumerate(details))
    ]


@pytest.mark.parametrize(("thanks", "detail", "inquiry"), _notes_that_meet())
def test_later_notes_to_one_person_repeat_nothing(thanks: str, detail: str, inquiry: str) -> None:
    """Thank-you, second note, inquiry: each brings something new, in a thread, and the checks agree."""
    application = apply(said={"decision_by": "2026-12-04"})
    touches = [sent(write(application, Job(wording=thanks)), "2026-11-19 09:00", message_id="<1@x.example>")]
    job = Job(Kind.ADDITIONAL_DETAIL, wording=detail, at=LATER, history=History(tuple(touches)))
    assert said(check(application, job, said_before=(touches[0].text,))) == []
    touches.append(sent(write(application, job), "2026-12-08 09:00", message_id="<2@x.example>"))
    job = Job(Kind.STATUS_INQUIRY, wording=inquiry, at=at("2026-12-22 09:00"), history=History(tuple(touches)))
    assert said(check(application, job, said_before=tuple(one.text for one in touches)), errors_only=True) == []


@pytest.mark.parametrize(
    "wording", [name for name in WORDINGS if name.startswith(("thank_you", "additional", "status"))]
)
def test_a_note_that_is_passed_on_is_fit_to_be_sent(wording: str) -> None:
    """The cover greets the recruiter, the note the one it is for; no error is found in the whole."""
    application = story(TOPICS[0], CONVINCED[1], FITS[1], contacts=[ROBIN])
    kind = Kind(wording.partition("/")[0])
    job = Job(
        kind,
        wording=wording,
        at=NEXT_DAY if kind is Kind.THANK_YOU else LATER,
        via=person_named(application, ROBIN["name"]),
    )
    assert said(check(application, job), errors_only=True) == []


UNTRUE = {
    "phone": r"\b(?:met|meet(?:ing)?|seeing me|came to see|visit|on screen|at your office)\b",
    "video": r"\b(?:seeing me|meeting me|came to see|visit|on the phone|(?:the|our|your) call|at your office)\b",
    "onsite": r"\b(?:on the phone|(?:the|our|for your) call|on screen)\b",
}


@pytest.mark.parametrize("format_", UNTRUE)
def test_wordings_are_true_for_every_way_to_hold_an_interview(format_: str) -> None:
    """Nobody who was called is told that we met, nor anybody on a screen that we came."""
    interview = {**MET, "format": format_, "people": [PRIYA, TOM]}
    for wording in WORDINGS:
        draft = compose(apply(interviews=[interview]), job_for(wording))
        assert not re.search(f"(?i){UNTRUE[format_]}", f"{draft.subject}\n{draft.text}"), wording


@pytest.mark.parametrize("wording", [name for name in WORDINGS if name.startswith("thank_you")])
def test_a_note_sent_on_the_day_itself_still_holds_the_next_morning(wording: str) -> None:
    """It names the weekday: a machine that slept may send it a day later."""
    job = Job(wording=wording, at=at("2026-11-18 16:30"))
    application = typed_stories()[0]
    draft = write(application, job)
    assert not re.search(r"(?i)\b(today|this (morning|afternoon)|yesterday)\b", draft.subject + draft.text)
    assert said(check(application, job)) == []


@pytest.mark.parametrize("kind", MAILS)
def test_wordings_of_one_kind_share_no_run_of_words(kind: Kind) -> None:
    """Not even six words in a row of the templates themselves, greeting and facts aside."""
    runs = {one.full_name: set(_runs(read_template(one.path))) for one in WRITER.folders.wordings(kind)}
    for one, other in combinations(runs.values(), 2):
        assert one & other == set()


# What each fact may follow and what may follow it, so that it reads on: a topic is a noun or an indirect question,
# ``you_did`` and ``granted`` are clauses, ``fit`` and ``problem`` are sentences.
READS_ON = {
    "topic": (r"about $", r"[.{]"),
    "you_did": (r"\b[Tt]hat $", r"[.,]| (?:says a lot|is a good reason)"),
    "convinced": (r"\b(?:is|was|by|liked|appreciated) $", r"\."),
    "thanks_for": (r"for $", r"[.,]|\{% elif"),
    "your_words": (r'"$', '"'),
    "fit": (r"\n$|: $|\}\} $", r"[.,]"),
    "problem": (r"\n$", r" (?:\{\{ fit \}\}|I think I can help)"),
    "granted": (r"(?:but |for, |%}\n)$", r"\.|\{\{ \", and"),
}


@pytest.mark.parametrize("fact", READS_ON)
def test_facts_stand_where_any_form_of_them_fits(fact: str) -> None:
    """After words that take what the fact is, a noun, a clause or a sentence, and before words that go on from it."""
    found = 0
    for wording in (wording for kind in MAILS for wording in WRITER.folders.wordings(kind)):
        source = read_template(wording.path)
        for match in re.finditer(rf"\{{\{{ {fact}(?: \|[^}}]*)? \}}\}}", source):
            before, after = source[: match.start()], source[match.end() :]
            assert re.search(READS_ON[fact][0], before), f"{wording.template}: ...{before[-30:]}"
            assert re.match(READS_ON[fact][1], after), f"{wording.template}: {after[:30]}..."
            found += 1
    assert found


def _runs(source: str) -> Iterator[tuple[str, ...]]:
    body = source.partition("{{ greeting }},")[2].rpartition("\n\n")[0]
    assert body
    for stretch in re.split(r"\{%.*?%\}|\{\{.*?\}\}", body, flags=re.DOTALL):
        words = re.findall(r"[\w']+", stretch.lower())
        yield from (tuple(words[n : n + 6]) for n in range(len(words) - 5))
