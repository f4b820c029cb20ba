"""The dialogue of ``add``: short, with a way back, and whatever ends it, what was told is kept."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from followup_mail.cli.terminal.short_prompts import ShortQuestion
from followup_mail.cli.views.add_dialogue import ask_all
from followup_mail.errors import RefusedError
from followup_mail.facts.debrief import Answers
from followup_mail.facts.questions import QUESTIONS
from followup_mail.facts.terms import Format, Role
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.services.adding.add_application import add_debrief
from followup_mail.services.adding.add_draft import FILE_NAME, find_draft
from followup_mail.services.adding.add_steps import list_steps
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

# A Wednesday.
NOW = datetime(2026, 11, 18, 21, 30, tzinfo=UTC)
JOB = ["Lumen Freight", "Data Engineer", "Denver"]
MET = [*JOB, "yesterday 2pm", "an hour", "zoom"]
PANEL = "Priya Raman <priya@lumen.example>, Tom Okafor <tom@lumen.example>, Anna Li <anna@lumen.example>"


class _Terminal:
    """Somebody who types these lines; then the input ends, as with Ctrl-D."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
        self._monkeypatch = monkeypatch
        self.house = Workspace(Loaded(Settings(time_zone="America/Chicago"), home, {}), lambda: NOW)

    def told(self, *lines: str, notes: str = "") -> Answers:
        """Answer the questions with these lines."""
        self._monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return ask_all(self.house, notes=notes)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> _Terminal:
    return _Terminal(monkeypatch, tmp_path)


def archive(house: Workspace) -> None:
    job = 'company = "Lumen Freight"\nrole = "Data Engineer"'
    house.facts.create("lumen", f'{job}\ntime_zone = "UTC"\narchived = true\n')


def test_beside_an_archived_one_another_is_written_if_wanted(
    terminal: _Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """People apply again after a year: the archived one is named, and Enter goes on."""
    archive(terminal.house)
    answers = terminal.told(*JOB[:2], "", "Denver")
    assert "There is an archived application for Data Engineer at Lumen Freight: lumen." in capsys.readouterr().err
    assert add_debrief(terminal.house, answers, beside=True).application != "lumen"


def test_an_archived_one_that_goes_on_is_not_written_again(terminal: _Terminal) -> None:
    """Whoever wants no other is told how the archived one goes on; also when the answers are taken up later."""
    archive(terminal.house)
    for lines in ((*JOB[:2], "n"), ("y", "n")):
        with pytest.raises(RefusedError, match="archived application for Data Engineer") as refused:
            terminal.told(*lines)
        assert "followup-mail archive lumen --undo" in refused.value.fix
        assert "--beside" in refused.value.fix


def test_a_panel_of_three_in_a_few_lines(terminal: _Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    """People are told in one line, and the whole interview in half of what it took to ask each for each part."""
    answers = terminal.told(*MET, PANEL, "priya", "the outage; the rota", "the load", *[""] * 4, "friday", "")
    assert answers.start == datetime(2026, 11, 17, 14, 0)  # noqa: DTZ001
    assert (answers.time_zone, answers.country) == ("America/Denver", "US")
    assert (answers.duration, answers.format) == (timedelta(hours=1), Format.VIDEO)
    assert [(one.name, one.email) for one in answers.people][1:] == [
        ("Tom Okafor", "tom@lumen.example"),
        ("Anna Li", "anna@lumen.example"),
    ]
    assert answers.people[0].role is Role.HIRING_MANAGER
    assert answers.people[0].discussed == ("the outage", "the rota")
    assert str(answers.decision_by) == "2026-11-20"
    said = capsys.readouterr().err
    assert "Tue 17 Nov 2026, 14:00 in Denver" in said
    assert "Fri 20 Nov 2026" in said
    assert said.count("? ") <= 17


def test_going_back_keeps_the_answers(terminal: _Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    """`<` and "back" lead to the question before, with its answer, which Enter keeps."""
    answers = terminal.told("Lumen", "Data Engineer", "<", "back", "Lumen Freight", "", "Denver")
    assert (answers.company, answers.role, answers.time_zone) == ("Lumen Freight", "Data Engineer", "America/Denver")
    assert "so far: Data Engineer" in capsys.readouterr().err


def test_going_back_from_an_answer_that_stands_in_the_line(terminal: _Terminal) -> None:
    """`<` typed behind the answer that stands there leads to the question before, as `<` alone does."""
    answers = terminal.told("Lumen", "Data Engineer", "<", "Data Engineer<", "Lumen Freight", "", "Denver")
    assert (answers.company, answers.role) == ("Lumen Freight", "Data Engineer")


def test_what_is_told_of_somebody_can_be_told_anew(terminal: _Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    """A title, an address or a name that is typed again takes the place of the first; nothing of it is left out."""
    first = ("Dana Mbeki", "nurse manager", "<", "charge nurse, dana@lumen.example", "y", "the rota")
    [met] = terminal.told(*MET, *first, *["<"] * 4, "Dana Mbeky").people
    assert (met.name, met.title, met.email) == ("Dana Mbeky", "charge nurse", "dana@lumen.example")
    assert met.discussed == ("the rota",)
    assert "Left out" not in capsys.readouterr().err


def test_nobody_has_met_themselves(terminal: _Terminal) -> None:
    """The own name in a pasted To line is no person of the interview."""
    terminal.house = Workspace(
        Loaded(Settings(time_zone="America/Chicago", name="Beatriz Olmedo"), terminal.house.home, {}), lambda: NOW
    )
    answers = terminal.told(*MET, "To: Dana Mbeki <dana@lumen.example>; Beatriz Olmedo")
    assert [one.name for one in answers.people] == ["Dana Mbeki"]


def test_going_back_over_an_answer_that_leads_elsewhere(terminal: _Terminal) -> None:
    """Who takes the interview away again is not asked how long it took."""
    answers = terminal.told(*JOB, "yesterday 2pm", "<", "-", "2 nov", "Priya Raman, priya@x.example")
    assert (answers.start, str(answers.applied)) == (None, "2026-11-02")
    assert [one.name for one in answers.people] == ["Priya Raman"]


@pytest.mark.parametrize("line", ["-", "n", "no"])
def test_who_is_no_hiring_manager_after_all_is_none(terminal: _Terminal, line: str) -> None:
    """Going back and taking the answer away, or saying no, leaves the part of an interviewer; the questions go on."""
    [met] = terminal.told(*MET, "Priya Raman <priya@lumen.example>", "y", "<", line, "the outage").people
    assert (met.role, met.discussed) == (Role.INTERVIEWER, ("the outage",))


def test_none_of_several_is_the_hiring_manager_after_all(terminal: _Terminal) -> None:
    """Of a panel, too, the answer can be taken away again."""
    answers = terminal.told(*MET, PANEL, "priya", "<", "-", "the outage")
    assert [one.role for one in answers.people] == [Role.INTERVIEWER] * 3
    assert answers.people[0].discussed == ("the outage",)


def test_a_hiring_manager_who_is_not_among_them_any_more_is_not_shown(
    terminal: _Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """Other people, other hiring manager: the question comes again, without the answer about somebody who is gone."""
    ada, tom = "Ada Okonkwo <ada@lumen.example>", "Tom Okafor <tom@lumen.example>"
    answers = terminal.told(*MET, ada, "y", "<", "<", tom, "", "the outage")
    assert [(one.name, one.role) for one in answers.people] == [("Tom Okafor", Role.INTERVIEWER)]
    assert "Is Tom Okafor the hiring manager? (y; Enter: not known)" in capsys.readouterr().err


def test_two_readings_are_asked_about(terminal: _Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    """Both are spelt out, a number takes one, and Enter asks the question again."""
    answers = terminal.told(*JOB[:2], "Portland", "1", "5/6 10am", "1", "2", "", "45")
    assert (answers.time_zone, answers.duration) == ("America/Los_Angeles", timedelta(minutes=45))
    assert answers.start == datetime(2026, 6, 5, 10, 0)  # noqa: DTZ001
    said = capsys.readouterr().err
    assert "Portland, Maine" in said
    assert "2  Thursday 6 May 2027, 10:00" in said
    assert "2 hours" in said


@pytest.mark.parametrize(
    ("company", "kind"), [("priya@x.example", "an address"), ("5 Nov", "a day"), ("Data Engineer", "a job title")]
)
def test_a_value_in_the_wrong_place_is_asked_about(
    terminal: _Terminal, capsys: pytest.CaptureFixture[str], company: str, kind: str
) -> None:
    """No is what silence means; then the question comes again, and yes keeps it."""
    assert terminal.told(company, "", "Lumen Freight", "Engineer").company == "Lumen Freight"
    assert f"looks like {kind}. Is it the company" in capsys.readouterr().err
    assert terminal.told("n", company, "y", "Engineer").company == company


def test_an_unclear_answer_is_asked_again_in_plain_sentences(
    terminal: _Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty answer to what is needed, a slip and a missing name are explained, each in a sentence."""
    terminal.told("", "Lumen Freight", "Data Engineer", "Chicgo", "Chicago", "", "", "Head of Data", "Priya Raman")
    said = capsys.readouterr().err
    assert "without it.\n" in said
    assert 'did you mean "Chicago"?\n' in said
    assert "'Head of Data' has no name before it" in said


def test_a_person_without_an_address_is_asked_for_the_rest_at_once(terminal: _Terminal) -> None:
    """Address, title, telephone and part come in one line, in any order; an address alone is asked for its name."""
    details = "Head of Data, +1 312 555 0142, priya@lumen.example, hiring manager"
    [met] = terminal.told(*MET, "priya@lumen.example", "Priya Raman", details, "the outage").people
    assert (met.name, met.title, met.email) == ("Priya Raman", "Head of Data", "priya@lumen.example")
    assert (met.phone, met.role, met.discussed) == ("+1 312 555 0142", Role.HIRING_MANAGER, ("the outage",))


def test_the_end_of_the_input_keeps_everybody_told(terminal: _Terminal) -> None:
    """People and notes told before the input ended are kept."""
    answers = terminal.told(*MET, PANEL, "", "the outage")
    assert [one.discussed for one in answers.people] == [("the outage",), (), ()]


def test_an_interview_without_a_length_has_the_usual_one_which_is_said(
    terminal: _Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """When the input ends before its length, the interview is kept with the one that Enter would have taken."""
    assert terminal.told(*MET[:4]).duration == timedelta(minutes=45)
    assert "45 min is assumed" in capsys.readouterr().err
    assert terminal.told("n", *MET[:4], "").duration == timedelta(minutes=45)


def test_from_when_to_when_tells_the_length(terminal: _Terminal) -> None:
    """A pasted range answers both questions; Enter at the second keeps what it told."""
    answers = terminal.told(*MET[:3], "Mon, Nov 16 · 10:00 AM - 10:50 AM", "")
    assert (answers.start, answers.duration) == (datetime(2026, 11, 16, 10), timedelta(minutes=50))  # noqa: DTZ001


@pytest.mark.parametrize("nothing", ["no", "Nothing.", "nope", "-", "none", "n/a"])
def test_a_word_for_nothing_is_no_answer(terminal: _Terminal, nothing: str) -> None:
    """ "no" at "What did you promise to send?" is no promise, and nobody met is called so."""
    told = terminal.told(*MET, *[nothing] * 5)
    assert (told.people, told.fit, told.not_mentioned, told.promised, told.decision_by) == ((), (), (), (), None)


class _Half:
    """Somebody who ends in the middle of an answer."""

    echoes = True

    def __init__(self, answers: list[str], end: BaseException) -> None:
        self.answers = answers
        self.end = end
        self.asked: list[ShortQuestion] = []

    def ask(self, question: ShortQuestion) -> str:
        self.asked.append(question)
        if not self.answers:
            raise self.end
        return self.answers.pop(0)


def test_half_an_answer_is_kept_with_ctrl_d(terminal: _Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    """What can be read is the answer, and it is said."""
    kept = ask_all(terminal.house, _Half([*MET, "Priya Raman", "", "", "she asked abt"], EOFError("the ou")))
    assert kept.fit == ("the ou",)
    assert "Kept as the answer to 'Why do you fit?': the ou" in capsys.readouterr().err


def test_half_an_answer_that_is_not_understood_is_shown(
    terminal: _Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be read is said not to be written down, word for word, so that it is not lost."""
    ask_all(terminal.house, _Half([*MET[:3]], EOFError("next blu")))
    assert "not written down, at 'When was the interview?': next blu" in capsys.readouterr().err


def test_half_an_answer_stands_in_the_line_again_after_ctrl_c(
    terminal: _Terminal, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C keeps it with the other answers; who goes on finds it where it was."""
    with pytest.raises(KeyboardInterrupt):
        ask_all(terminal.house, _Half([*MET[:1]], KeyboardInterrupt("Data Eng")))
    assert "to be gone on with, at 'Position, as in their advert?': Data Eng" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    again = _Half(["Data Engineer"], EOFError())
    assert ask_all(terminal.house, again).role == "Data Engineer"
    assert again.asked[0].typed == "Data Eng"


def test_what_was_typed_before_ctrl_c_is_offered_the_next_time(
    terminal: _Terminal, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Ctrl-C says where the answers are and how to go on; going on begins behind the last answer."""
    monkeypatch.setattr(sys, "stdin", _Interrupted([*MET, PANEL, ""]))
    with pytest.raises(KeyboardInterrupt):
        ask_all(terminal.house)
    said = " ".join(capsys.readouterr().err.split())
    assert f"kept in {tmp_path / FILE_NAME}" in said
    assert "To go on: followup-mail add" in said
    answers = terminal.told("", "the outage", "the rota")
    said = capsys.readouterr().err
    assert "Kept so far: Lumen Freight; Data Engineer" in said
    assert "Go on with what you began: Data Engineer at Lumen Freight?" in said
    assert answers.start == datetime(2026, 11, 17, 14, 0)  # noqa: DTZ001
    assert [one.email for one in answers.people][:2] == ["priya@lumen.example", "tom@lumen.example"]


def test_a_draft_is_there_until_something_else_is_typed(terminal: _Terminal) -> None:
    """Neither the end of the input nor a no takes it away; the first new answer does."""
    for lines in (["Lumen Freight"], [], ["n"]):
        with pytest.raises(EOFError):
            terminal.told(*lines)
        draft = find_draft(terminal.house)
        assert draft
        assert draft.answers == {"company": "Lumen Freight"}
    assert terminal.told("n", "Acme", "Nurse").company == "Acme"


def test_a_draft_that_is_not_ours_is_no_draft(terminal: _Terminal, tmp_path: Path) -> None:
    """A file that somebody damaged is passed over; nothing breaks."""
    for text in ("", "[]", "{", '{"answers": 3, "people": []}', '{"answers": {}, "people": [{"role": "king"}]}'):
        (tmp_path / FILE_NAME).write_text(text, "utf-8")
        assert find_draft(terminal.house) is None


def test_a_draft_of_another_day_is_read_anew(terminal: _Terminal, tmp_path: Path) -> None:
    """What cannot be read any more is asked again, and the rest is there."""
    told = {"company": "Acme", "role": "Nurse", "applied": "2026-12-24", "fit": "calm"}
    (tmp_path / FILE_NAME).write_text(json.dumps({"answers": told, "people": [], "notes": {}}), "utf-8")
    answers = terminal.told("y")
    assert (answers.company, answers.applied, answers.fit) == ("Acme", None, ("calm",))


def test_too_little_for_an_application_is_kept_too(terminal: _Terminal) -> None:
    """Ended before there is a company and a position, there is nothing to write down yet, and nothing is lost."""
    with pytest.raises(EOFError):
        terminal.told("Lumen Freight")
    draft = find_draft(terminal.house)
    assert draft
    assert draft.answers == {"company": "Lumen Freight"}


class _Interrupted(io.StringIO):
    """Input that ends with Ctrl-C."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("".join(f"{line}\n" for line in lines))

    def readline(self, *arguments: int) -> str:  # type: ignore[override]
        line = super().readline(*arguments)
        if not line:
            raise KeyboardInterrupt
        return line


def test_the_hiring_manager_by_title_and_family_name(terminal: _Terminal) -> None:
    """ "Mrs Doyle" is Mrs Helen Doyle."""
    panel = "Mrs Helen Doyle <h@lumen.example>, Tariq Aziz <t@lumen.example>"
    answers = terminal.told(*MET, panel, "Mrs Doyle", *[""] * 9)
    assert [one.role is Role.HIRING_MANAGER for one in answers.people] == [True, False]


@pytest.mark.parametrize("line", ["no", "None", "not yet", "none yet.", "n"])
def test_no_to_a_day_means_that_there_is_none(
    terminal: _Terminal, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody is told to write "no" like "5 nov": no interview yet, no day of applying, and none to wait for."""
    people = ["Priya Raman, priya@x.example", "n", ""]
    answers = terminal.told(*JOB, line, line, *people, "", "", "", line, "y", line)
    assert [one.name for one in answers.people] == ["Priya Raman"]
    assert (answers.start, answers.applied, answers.decision_by, answers.not_before) == (None,) * 4
    told = capsys.readouterr().err
    assert "Are you to wait until some day?" in told
    assert "not understood" not in told


def test_no_takes_a_day_away_that_was_told(terminal: _Terminal) -> None:
    """Going back to a day and saying no leaves none."""
    answers = terminal.told(*JOB, "", "2 nov", "<", "no", "Priya Raman, priya@x.example")
    assert answers.applied is None


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("on the ward", Format.ONSITE),
        ("on site, ward 4 West", Format.ONSITE),
        ("phone (20 min)", Format.PHONE),
        ("in their office", Format.ONSITE),
        ("At the school", Format.ONSITE),
        ("in the main building", Format.ONSITE),
        ("at hospital", Format.ONSITE),
        ("on a video call", Format.VIDEO),
        ("over the telephone", Format.PHONE),
        ("on the phone", Format.PHONE),
        ("zoom", Format.VIDEO),
        ("on a call from the office", None),
    ],
)
def test_who_names_a_place_of_work_was_there(said: str, held: Format | None) -> None:
    """What is held on a ward or at a school is held on site; a call from an office is asked about."""
    read = next(question.read for question in QUESTIONS if question.field == "format")
    if held:
        assert read(said, NOW.date()) is held
    else:
        with pytest.raises(UnfitError, match="type video, phone or in person"):
            read(said, NOW.date())


@pytest.mark.parametrize(
    ("people", "is_asked"),
    [
        ("Priya Raman <p@lumen.example>, Head of Data; Tom Okafor, interviewer", True),
        ("Priya Raman, Head of Data, +1 312 555 0142; Dana Cole <d@lumen.example>, coordinator", True),
        ("Priya Raman <p@lumen.example>; Tom Okafor, recruiter", False),
        ("Priya Raman, hiring manager; Tom Okafor, engineer", False),
        ("Priya Raman, interviewer; Tom Okafor, coordinator", False),
    ],
)
def test_the_hiring_manager_is_asked_for_where_it_matters(terminal: _Terminal, people: str, *, is_asked: bool) -> None:
    """What else is known of the people does not answer who the hiring manager is; a recruiter gets the mails anyway."""
    terminal.told(*MET, people)
    draft = find_draft(terminal.house)
    assert draft
    assert len(draft.people) == 2
    assert ("manager" in {step.key for step in list_steps(terminal.house, draft)}) is is_asked


def test_notes_are_shown_at_the_questions_that_they_fit(
    terminal: _Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each sentence stands above the question it may answer, and its number takes it."""
    notes = (
        "Priya Raman: we need a plan for the second region.\nPriya Raman: they decide by 11 December.\n\n"
        "I promised to send the runbook\n"
    )
    people = ["Priya Raman <priya@lumen.example>; Head of Data", ""]
    answers = terminal.told(*MET, *people, "1", "", "", "1", "11 december", "", notes=notes)
    said = capsys.readouterr().err
    assert "  1  Priya Raman: we need a plan for the second region." in said
    assert "Priya Raman: they decide by 11 December." in said
    (person,) = answers.people
    assert person.discussed == ('"we need a plan for the second region."',)
    assert answers.promised == ("the runbook",)


def test_what_is_no_length_and_what_was_guessed_is_said_in_sentences(
    terminal: _Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pasted text that is too long to repeat is "this"; and nobody is sent to a file in mid-dialogue."""
    terminal.told(*JOB, "yesterday 2pm", PANEL, "an hour", "zoom", "priya.raman@lumen.example", "")
    said = " ".join(capsys.readouterr().err.split())
    assert "This is not a span of time; write" in said
    assert "Took the name Priya Raman from priya.raman@lumen.example: if it is another, correct it." in said


@pytest.mark.parametrize("typed", ["", "Chicago"])
def test_the_place_on_offer_comes_with_its_country(
    terminal: _Terminal, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    """Enter takes what typing the place takes: its clocks, and the country whose holidays count."""
    answers = terminal.told(*JOB[:2], typed)
    assert (answers.time_zone, answers.country) == ("America/Chicago", "US")
    assert "Chicago time, holidays of the United States" in capsys.readouterr().err


def test_what_enter_takes_does_not_stand_in_the_line(terminal: _Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    """Back at the place, its zone is not before what is typed: "Africa/LagosAustin" is no place."""
    answers = terminal.told(*JOB[:2], "", "<", "Denver")
    assert answers.time_zone == "America/Denver"
    said = capsys.readouterr()
    assert "so far: America/Chicago" not in said.err + said.out


def test_a_state_is_meant_by_its_letters_at_home(terminal: _Terminal) -> None:
    """Somebody in the US who types "CO" is not asked whether it is Colombia."""
    answers = terminal.told(*JOB[:2], "CO")
    assert (answers.time_zone, answers.country) == ("America/Denver", "US")


def test_a_correction_typed_at_a_doubt_is_taken(terminal: _Terminal) -> None:
    """Who sees that the position was an address types the position where it is doubted."""
    answers = terminal.told("Lumen Freight", "jo@lumen.example", "Data Engineer", "Denver")
    assert answers.role == "Data Engineer"


def test_a_day_is_no_promise(terminal: _Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    """A day typed at the promise is doubted; what is typed instead is taken."""
    answers = terminal.told(*JOB, "", "", "", "", "", "end of next week", "the case study")
    assert "looks like a day. Is it what you promised" in capsys.readouterr().err
    assert answers.promised == ("the case study",)
