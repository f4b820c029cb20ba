"""What is asked, of whom, in which order, and where each answer is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_mail.cadence.kinds import Kind
from followup_mail.cli.terminal.prompting import LinePrompt, ListPrompt, Look, Move
from followup_mail.cli.views.ask_dialogue import go_through
from followup_mail.cli.views.finished_mails import say_what_waits, show_as_it_stands
from followup_mail.errors import RefusedError
from followup_mail.facts.application import Application
from followup_mail.facts.application_file import parse_application
from followup_mail.facts.facts_folder import FactsFolder
from followup_mail.language.beginnings import Shape, asking_for
from followup_mail.language.known_words import Known
from followup_mail.language.promises import name_promise
from followup_mail.services.asking.ask_questions import open_questions
from followup_mail.services.asking.asked_before import essential_questions, forget_offers, remember_offer, was_offered
from followup_mail.services.asking.keep_answer import keep_answer
from followup_mail.services.asking.look_at_answer import LOOKS_ELSEWHERE, TOLD_ALREADY, look_at_sentence
from followup_mail.services.asking.open_question import OpenQuestion
from followup_mail.services.asking.question_starts import start_moment, words_of_deeds
from followup_mail.services.asking.stand_by import stand_by
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

NOW = datetime(2026, 11, 30, 15, tzinfo=UTC)
FACTS = """\
company = "Acme"
role = "Engineer"
time_zone = "America/Chicago"
country = "US"
fit = ["9 yrs commercial"]
not_mentioned = ["thermography cert"]

[[interviews]]
start = "2026-11-18 14:00"
duration = "45 min"

[[interviews.people]]
name = "Ada Lovelace"
discussed = ["early call"]

[[interviews]]
round = 2
start = "2026-11-24 14:00"
duration = "45 min"

[[interviews.people]]
name = "Ada Lovelace"
discussed = ["the vans"]

[[interviews.people]]
name = "Tom Berg"
link = "You want fewer gaps. I closed ours."

[[promised]]
what = "my start date"
"""


@pytest.fixture
def house(tmp_path: Path) -> Workspace:
    """A home with one application of two rounds."""
    FactsFolder(tmp_path).create("acme", FACTS)
    return Workspace(Loaded(Settings(time_zone="America/Chicago"), tmp_path, {}), lambda: NOW)


def _application(text: str = FACTS) -> Application:
    return parse_application(text, Path("acme.toml"), "acme")


def _keys(questions: tuple[OpenQuestion, ...]) -> list[tuple[str, str]]:
    return [(question.about.split()[0], question.key) for question in questions]


def test_questions_come_in_the_order_people_remember() -> None:
    """Person by person of the latest round, then promises, then what was not said; what is answered is left out."""
    assert _keys(open_questions(_application(), NOW)) == [
        *(("Ada", key) for key in ("moment", "link", "offer")),
        *(("Tom", key) for key in ("moment", "offer")),
        *(("Your", key) for key in ("to", "says")),
        *(("What", key) for key in ("point", "problem", "use")),
        ("Acme", "why_them"),
    ]
    assert ("Tom", "link") in _keys(open_questions(_application(), NOW, again=True))


@pytest.mark.parametrize(
    ("kind", "to", "keys"),
    [
        (Kind.THANK_YOU, "tom", {"moment", "offer", "to", "says"}),
        (Kind.ADDITIONAL_DETAIL, "", {"problem", "point", "use", "why_them"}),
        (Kind.STATUS_INQUIRY, "", {"ask"}),
        (Kind.REJECTION_THANKS, "", {"told", "reason", "understood", "onward", "parting"}),
    ],
)
def test_a_kind_asks_for_what_it_needs(kind: Kind, to: str, keys: set[str]) -> None:
    """For one kind of mail only its own questions are asked, and for one person only theirs."""
    assert {question.key for question in open_questions(_application(), NOW, kind, to)} == keys


def test_a_second_point_is_asked_for_where_the_notes_have_two() -> None:
    """Two notes on what was not said, and a second thing may go into the second note."""
    two = FACTS.replace('["thermography cert"]', '["thermography cert", "drew up the spares list"]')
    asked = _keys(open_questions(_application(two), NOW, Kind.ADDITIONAL_DETAIL))
    assert ("What", "also") in asked
    assert asked.index(("What", "use")) < asked.index(("What", "also"))


def test_whoever_arranges_is_asked_about_for_their_terms() -> None:
    """A recruiter wants to know that the shifts suit, so that is what can be answered first."""
    recruiter = FACTS.replace('name = "Tom Berg"', 'name = "Tom Berg"\nrole = "recruiter"')
    questions = open_questions(_application(recruiter), NOW, Kind.THANK_YOU, "tom")
    offer = next(question for question in questions if question.key == "offer")
    assert "terms" in offer.asks
    assert offer.beginnings[0].shown == "… would suit me well"


def test_what_goes_along_anyway_is_said_before_it_is_offered_again() -> None:
    """A promised file is attached, so whoever is asked for an offer is told."""
    promised = FACTS.replace('what = "my start date"', 'what = "my count sheet to Tom"\nfile = "sheet.pdf"')
    offers = {q.about: q.wants for q in open_questions(_application(promised), NOW, Kind.THANK_YOU) if q.key == "offer"}
    assert "my count sheet goes along anyway" in offers["Tom Berg"]
    assert "anyway" not in offers["Ada Lovelace"]


@pytest.mark.parametrize(
    ("sentence", "is_advised"),
    [
        ("I will look for another pool to run.", True),
        ("I will go on looking among kidswear exporters.", True),
        ("I will keep applying to practices.", True),
        ("I will look for a few weeks as a relief mate.", False),
        ("I will apply for the weekend post.", False),
    ],
)
def test_where_else_somebody_looks_is_nothing_to_them(sentence: str, is_advised: bool) -> None:
    """After a no, a plan that bears on their reason is welcome; a search elsewhere is remarked on."""
    over = _application(FACTS + '[outcome]\nstatus = "rejected"\nreason = "no licence"\n')
    onward = next(question for question in open_questions(over, NOW) if question.key == "onward")
    look = look_at_sentence(onward, sentence)
    assert (LOOKS_ELSEWHERE in look.remarks) is is_advised
    assert not look.holds


def test_after_a_no_only_the_answer_is_asked_for() -> None:
    """Once they said no, nobody is asked for a thank-you any more."""
    over = _application(FACTS + '[outcome]\nstatus = "rejected"\n')
    keys = [question.key for question in open_questions(over, NOW)]
    assert keys == ["told", "reason", "understood", "onward", "parting"]


def test_a_problem_typed_once_is_offered_again() -> None:
    """The problem of a link can be taken for the second note with one key, where both go to the same reader."""
    _, of_another, *_ = open_questions(_application(), NOW, Kind.ADDITIONAL_DETAIL)
    assert of_another.ready == ()
    tom_decides = FACTS.replace('name = "Tom Berg"', 'name = "Tom Berg"\nrole = "hiring manager"')
    _, problem, *_ = open_questions(_application(tom_decides), NOW, Kind.ADDITIONAL_DETAIL)
    assert problem.ready == ("You want fewer gaps.",)
    assert problem.goes_into == "Second note to Tom Berg"


def test_people_of_an_earlier_round_are_asked_about_when_their_mail_is() -> None:
    """Asked for the thank-yous, or for somebody by name, nobody met in an earlier round is passed over; without, only
    those whom a thank-you still reaches in time.
    """
    earlier = FACTS.replace('name = "Ada Lovelace"\ndiscussed = ["early call"]', 'name = "Uma Rao"')
    names = {question.about for question in open_questions(_application(earlier), NOW)}
    assert "Uma Rao" not in names
    soon = datetime(2026, 11, 19, 15, tzinfo=UTC)
    asked = open_questions(_application(earlier), NOW, Kind.THANK_YOU)
    assert list(dict.fromkeys(question.about for question in asked if question.key == "moment")) == [
        "Ada Lovelace",
        "Tom Berg",
        "Uma Rao",
    ]
    assert open_questions(_application(earlier), NOW, to="uma")
    [first, *_] = open_questions(_application(earlier), soon)
    assert first.about == "Uma Rao"


def test_an_answer_brings_the_next_question_something_to_take(house: Workspace) -> None:
    """Questions behind an answer are asked with what it told: the reason typed now can be granted in one key."""
    house.facts.replace("acme", FACTS + '[outcome]\nstatus = "rejected"\n')
    questions = open_questions(house.facts.load("acme"), NOW, Kind.REJECTION_THANKS)
    shown: dict[str, tuple[str, ...]] = {}

    def keep(question: OpenQuestion, answer: str) -> None:
        keep_answer(house, "acme", question, answer)

    def renew(question: OpenQuestion) -> OpenQuestion:
        found = open_questions(house.facts.load("acme"), NOW, Kind.REJECTION_THANKS, again=True)
        new = next(other for other in found if other.key == question.key)
        shown[question.key] = new.ready
        return new

    class Skipper(Typist):
        def choose(self, prompt: ListPrompt) -> Move:
            return Move.SKIP

    go_through(questions, Skipper("took someone with more experience in tax law"), keep, renew)
    assert shown["understood"][:1] == ("I can see why you chose somebody with more experience in tax law.",)


def test_a_reason_that_was_skipped_is_not_asked_for_again(house: Workspace) -> None:
    """Whoever leaves out the reason they gave is not asked which it was."""
    house.facts.replace("acme", FACTS + '[outcome]\nstatus = "rejected"\n')
    asked: list[str] = []

    class Skipper(Typist):
        def choose(self, prompt: ListPrompt) -> Move:
            asked.append(" ".join(prompt.heading))
            return Move.SKIP

        def type_line(self, prompt: LinePrompt) -> Move:
            asked.append(" ".join(prompt.heading))
            return Move.SKIP

    questions = open_questions(house.facts.load("acme"), NOW, Kind.REJECTION_THANKS)
    go_through(questions, Skipper(""), lambda _question, _answer: None)
    assert any("Which reason did they give?" in heading for heading in asked)
    assert not any("How would you grant them that reason?" in heading for heading in asked)


def test_a_file_without_a_name_is_asked_for_one(house: Workspace) -> None:
    """A promise in words that a mail cannot take is named by the user, and stays promised to whom its words told."""
    promised = '[[promised]]\nwhat = "slots thing to Tom"\nfile = "slots.pdf"\n'
    house.facts.replace("acme", FACTS + promised)
    questions = open_questions(house.facts.load("acme"), NOW, Kind.THANK_YOU)
    named = next(question for question in questions if question.key == "what")
    keep_answer(house, "acme", named, "I have attached the blank sheet for the dock slots.")
    kept = house.facts.load("acme").promised[-1]
    assert (kept.what, kept.to) == ("the blank sheet for the dock slots", "Tom Berg")
    assert name_promise(kept, ()) == "the blank sheet for the dock slots"


def test_a_point_that_is_in_the_thank_you_is_remarked_on() -> None:
    """Typed a second time it is told so; another point, or the first words of one, is not."""
    told = FACTS.replace("I closed ours.", "I closed ours with a roster of spare drivers.")
    told = told.replace('name = "Tom Berg"', 'name = "Tom Berg"\nrole = "hiring manager"')
    [point, *_] = open_questions(_application(told), NOW, Kind.ADDITIONAL_DETAIL)
    prompter = Typist("closed our gaps with a roster of spare drivers")
    go_through([point], prompter, lambda _question, _answer: None)
    assert prompter.remarks == [TOLD_ALREADY, ""]
    other = Typist("taught nine people to read a thermal picture")
    go_through([point], other, lambda _question, _answer: None)
    assert other.remarks == ["", ""]


def test_a_second_note_is_asked_for_with_the_notes_on_its_reader() -> None:
    """What a colleague told is not offered for the mail to somebody else: "you told me" would be wrong there."""
    told = FACTS.replace('link = "You want', 'role = "hiring manager"\ndiscussed = ["the lathe"]\nlink = "You want')
    for text, notes in ((told, ("the lathe",)), (FACTS, ("the vans",))):
        _, problem, *_ = open_questions(_application(text), NOW, Kind.ADDITIONAL_DETAIL)
        assert problem.reminders == notes


class Taker:
    """Takes the option with the next number each time, and types nothing."""

    def __init__(self, *numbers: int | Move) -> None:
        self.numbers = [*numbers]
        self.shown: list[list[str]] = []

    def choose(self, prompt: ListPrompt) -> int | Move:
        self.shown.append([*prompt.options])
        return self.numbers.pop(0)

    def type_line(self, prompt: LinePrompt) -> str | Move:
        raise AssertionError(f"nothing is to be typed at: {prompt.before}")


def test_a_link_is_taken_key_by_key() -> None:
    """The problem, the deed and what it means are each taken with one key, and make one sound answer."""
    told = FACTS.replace('discussed = ["the vans"]', 'discussed = ["wants ppl who call before its a problem"]')
    link = next(question for question in open_questions(_application(told), NOW) if question.key == "link")
    taker, kept = Taker(0, 0, 1), list[str]()
    go_through([link], taker, lambda _question, answer: kept.append(answer))
    problem, deed = "You want people who call before it's a problem.", "I have nine years of commercial experience"
    assert kept == [f"{problem} {deed}, so I could help from the first week."]
    assert taker.shown[0][0] == "You want people who call before it's a problem. I …"
    assert taker.shown[1][-1] == "in my own words"
    assert taker.shown[2][-2:] == ["in my own words", "nothing more"]


def test_half_a_sentence_is_shown_when_somebody_ends(capsys: pytest.CaptureFixture[str]) -> None:
    """It is not kept, and that is said with its words, so that they can be typed again."""

    class Leaver(Taker):
        def choose(self, prompt: ListPrompt) -> int | Move:
            if not self.numbers:
                raise EOFError
            return super().choose(prompt)

    told = FACTS.replace('discussed = ["the vans"]', 'discussed = ["wants ppl who call before its a problem"]')
    link = next(question for question in open_questions(_application(told), NOW) if question.key == "link")
    kept: list[str] = []
    with pytest.raises(EOFError):
        go_through([link], Leaver(0, 0), lambda _question, answer: kept.append(answer))
    assert kept == []
    said = " ".join(capsys.readouterr().err.split())
    assert "Not kept, since it is not finished: You want people who call before it's a problem. I have nine" in said


def test_an_ending_may_be_left_out_or_gone_back_from() -> None:
    """Nothing more ends the sentence where it is; going back from the ending asks for the beginning again."""
    told = FACTS.replace('discussed = ["the vans"]', 'convinced = "visits every farm herself"')
    moment = next(question for question in open_questions(_application(told), NOW) if question.key == "moment")
    kept: list[str] = []
    go_through([moment], Taker(0, 6), lambda _question, answer: kept.append(answer))
    go_through([moment], Taker(0, Move.BACK, 0, 6), lambda _question, answer: kept.append(answer))
    assert kept == ["I liked that you visit every farm yourself."] * 2


class Typist:
    """Types these words into the first gap of the first beginning, and notes what is remarked."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.remarks: list[str] = []

    def choose(self, prompt: ListPrompt) -> int | Move:
        begun = (at for at, option in enumerate(prompt.options) if " …" in option and not option.endswith(". …"))
        return next(begun, prompt.marked)

    def type_line(self, prompt: LinePrompt) -> str | Move:
        typed = "" if prompt.is_optional else self.words
        self.remarks.append(prompt.look(typed, True).remark if typed else "")
        return typed


def test_more_remarks_than_one_are_counted() -> None:
    """One remark is shown with how many more there are, and whether the mail waits for them."""
    [moment, *_] = open_questions(_application(), NOW, Kind.THANK_YOU, "tom")
    looks: list[Look] = []

    class Looker(Typist):
        def type_line(self, prompt: LinePrompt) -> str:
            looks.append(prompt.look(self.words, True))
            return self.words

    go_through([moment], Looker("listens to teh team urself"), lambda _question, _answer: None)
    assert looks[0].holds
    assert looks[0].said == f"{looks[0].remark} · and {looks[0].more} more"
    assert looks[0].more >= 1


def test_an_answer_given_again_keeps_the_numbers() -> None:
    """The answer so far is the last of the list, and what Enter takes."""
    asked = open_questions(_application(), NOW, Kind.THANK_YOU, "tom", again=True)
    link = next(question for question in asked if question.key == "link")
    shown: list[ListPrompt] = []

    class Chooser(Typist):
        def choose(self, prompt: ListPrompt) -> int:
            shown.append(prompt)
            return prompt.marked

    go_through([link], Chooser(""), lambda _question, _answer: None)
    assert shown[0].options[0] == "You would like …. I …, …"
    assert shown[0].options[shown[0].marked] == f"keep: {link.current}"
    assert shown[0].marked == len(shown[0].options) - 1


def test_what_could_be_offered_is_asked_with_the_notes() -> None:
    """An offer is asked for with what they need and what one can do, the use of a point with the latter."""
    found = {question.key: question for question in open_questions(_application(), NOW, to="ada")}
    assert found["offer"].reminders == ("the vans", "9 yrs commercial", "thermography cert")
    [_, _, use, *_] = open_questions(_application(), NOW, Kind.ADDITIONAL_DETAIL)
    assert use.reminders == ("thermography cert", "9 yrs commercial")


@pytest.mark.parametrize(
    ("keys", "shown", "said"),
    [
        (("moment", "point"), Kind.THANK_YOU, "The rest is for your second note."),
        (("point",), Kind.THANK_YOU, "Your answers are for your second note."),
        (("point",), Kind.ADDITIONAL_DETAIL, ""),
        (("moment",), Kind.THANK_YOU, ""),
    ],
)
def test_answers_for_a_later_mail_are_not_looked_for(keys: tuple[str, ...], shown: Kind, said: str) -> None:
    """Below the finished mail stands which mail the other answers are for."""
    assert say_what_waits(keys, shown) == said


def test_no_reason_leaves_nothing_to_grant() -> None:
    """A note that says that there was none does not count as a reason."""
    over = _application(FACTS + '[outcome]\nstatus = "rejected"\nreason = "none given"\n')
    assert [question.key for question in open_questions(over, NOW)] == ["told", "onward", "parting"]


def test_each_answer_is_kept_where_it_belongs(house: Workspace) -> None:
    """Answers go to the person's entry of the latest round, to a promise, to a table and to the top."""
    for question in open_questions(house.facts.load("acme"), NOW):
        answer = "Tom Berg" if question.choices else f"I kept {question.key}."
        keep_answer(house, "acme", question, answer)
    kept = house.facts.load("acme")
    first, second = kept.interviews
    assert first.people[0].moment == ""
    assert second.people[0].moment == "I kept moment."
    assert (second.people[1].offer, second.people[1].link) == ("I kept offer.", "You want fewer gaps. I closed ours.")
    assert (kept.promised[0].to, kept.promised[0].says) == ("Tom Berg", "I kept says.")
    assert (kept.unsaid.problem, kept.unsaid.use, kept.why_them) == (
        "I kept problem.",
        "I kept use.",
        "I kept why_them.",
    )
    assert open_questions(kept, NOW) == ()


def test_an_answer_for_somebody_who_moved_is_refused(house: Workspace) -> None:
    """When the file was changed while somebody typed, nothing is written into another person's entry."""
    tom = open_questions(house.facts.load("acme"), NOW, Kind.THANK_YOU, "tom")[0]
    house.facts.replace("acme", FACTS.replace("Tom Berg", "Eve Moss"))
    with pytest.raises(RefusedError, match="Tom Berg"):
        keep_answer(house, "acme", tom, "I liked that you wait.")


def test_notes_that_the_grammar_understands_are_offered() -> None:
    """What the candidate did is offered after "I", what the reader does after "you"; a raw note never is."""
    own, theirs = ["cut deploy time from 40 to 6 min", "go: so-so"], ["picks for an hour himself, every fri", "cricket"]
    [started] = start_moment(asking_for("moment"), "", theirs, Known())
    offered = [*words_of_deeds(own, Known(notes=tuple(own))), *started.words]
    assert offered == ["cut deploy time from 40 to 6 minutes", "pick for an hour yourself every Friday"]
    assert started.beginning.gaps[0].shape is Shape.YOU


def test_one_note_gives_one_sentence_of_a_mail() -> None:
    """What they are thanked for telling is not told again as their problem, and the other way round."""
    moment = "Thank you for telling me about the court reports that eat your Fridays."
    link = "You said that the court reports eat your Fridays. I wrote ours on Thursdays."
    for typed, key in (({}, "link"), ({"moment": moment}, "link"), ({"link": link}, "moment")):
        tom = {"name": "Tom Berg", "discussed": ["court reports eat his fridays"], **typed}
        met = {"start": "2026-11-18 14:00", "duration": "45 min", "time_zone": "Europe/Berlin", "people": [tom]}
        facts = Application.read({"slug": "acme", "company": "Acme", "role": "Clerk", "interviews": [met]})
        asked = open_questions(facts, NOW, Kind.THANK_YOU, "tom")
        starts = next(question for question in asked if question.key == key).starts
        assert bool(starts) is (not typed)


def test_a_promise_that_names_the_person_asks_for_nobody() -> None:
    """The note says whom it was promised to, so the question is not asked."""
    ada, tom = ({"name": name, "email": f"{name[:3]}@x.example"} for name in ("Ada Bell", "Tom Berg"))
    met = {"start": "2026-11-18 14:00", "duration": "45 min", "time_zone": "Europe/Berlin", "people": [ada, tom]}
    promised = [{"what": "case study to Tom", "file": "study.pdf"}, {"what": "a reference list", "file": "list.pdf"}]
    facts = {"slug": "acme", "company": "Acme", "role": "Cook", "interviews": [met], "promised": promised}
    found = open_questions(Application.read(facts), NOW, Kind.THANK_YOU)
    assert [question.about for question in found if question.key == "to"] == ["Your promise: a reference list"]


def test_what_was_offered_is_remembered_until_it_is_forgotten(house: Workspace) -> None:
    """An offer is remembered for each kind of mail, and goes with the application."""
    remember_offer(house, "acme", Kind.THANK_YOU)
    assert was_offered(house, "acme", Kind.THANK_YOU)
    assert not was_offered(house, "acme", Kind.ADDITIONAL_DETAIL)
    forget_offers(house, "acme")
    assert not was_offered(house, "acme", Kind.THANK_YOU)


def test_only_people_without_a_sentence_are_offered() -> None:
    """Before a preview two questions are asked about each person who has no sentence yet, and no others."""
    found = essential_questions(_application(), NOW, Kind.THANK_YOU)
    assert _keys(found) == [("Ada", "moment"), ("Ada", "link")]


def test_the_mail_is_shown_whole_at_the_end(house: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Each mail that the answers went into is shown as it would leave, with what the checks say of it."""
    house.facts.replace("acme", FACTS.replace('name = "Tom Berg"', 'name = "Tom Berg"\nemail = "tom@acme.example"'))
    question = open_questions(house.facts.load("acme"), NOW, Kind.THANK_YOU, "tom")[0]
    keep_answer(house, "acme", question, "I liked that you wait for the slowest.")
    loaded = Loaded(Settings(time_zone="America/Chicago", name="Jo Miller", email="jo@miller.example"), house.home, {})
    show_as_it_stands(Workspace(loaded, lambda: NOW), "acme", Kind.THANK_YOU, ("tom",))
    assert "I liked that you wait for the slowest." in capsys.readouterr().out


def test_a_mail_that_cannot_be_written_yet_is_no_error_of_the_questions(
    house: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """What stands in the way is said in a sentence; the answers are kept all the same."""
    show_as_it_stands(house, "acme", Kind.THANK_YOU, "nobody of that name")
    assert "cannot be shown yet" in capsys.readouterr().err


def _into(answers: list[str]) -> Callable[[OpenQuestion, str], None]:
    return lambda _question, answer: answers.append(answer)


class Keeper(Typist):
    """Keeps what is marked, settles it as wanted, and notes what a line has before anything is typed."""

    def __init__(self, words: str, wanted: str) -> None:
        super().__init__(words)
        self.wanted = wanted
        self.initial: list[str] = []

    def choose(self, prompt: ListPrompt) -> int | Move:
        return prompt.options.index(self.wanted) if self.wanted in prompt.options else prompt.marked

    def type_line(self, prompt: LinePrompt) -> str | Move:
        self.initial.append(prompt.initial)
        return self.words


def test_what_is_kept_is_settled_too(house: Workspace) -> None:
    """Keeping an answer in which something does not fit asks what becomes of it, until its writer called it right."""
    kept = "It has stayed with me that you listens."
    for settled, stands, answer in (
        ("it is right as it is", True, kept),
        ("It has stayed with me that you listen.", False, "It has stayed with me that you listen."),
        ("change it", False, "I liked that you listen."),
    ):
        house.facts.replace("acme", FACTS.replace('name = "Tom Berg"', f'name = "Tom Berg"\nmoment = "{kept}"'))
        question = open_questions(house.facts.load("acme"), NOW, Kind.THANK_YOU, "tom", again=True)[0]
        told: list[str] = []
        answers: list[str] = []
        keeper = Keeper("I liked that you listen.", settled)
        go_through([question], keeper, _into(answers), stand_by=told.append)
        assert (bool(told), answers) == (stands, [answer])
        assert keeper.initial == ([kept] if settled == "change it" else [])
    stand_by(house, "acme", kept)
    question = open_questions(house.facts.load("acme"), NOW, Kind.THANK_YOU, "tom", again=True)[0]
    assert go_through([question], Keeper("", "change it"), _into([])) == 0


def test_a_sentence_that_is_right_holds_nothing(house: Workspace) -> None:
    """What somebody calls right although something does not fit is kept as it is, and noted with the facts; what they
    change instead, or keep for now, is not.
    """
    [question, *_] = open_questions(house.facts.load("acme"), NOW, Kind.THANK_YOU, "tom")
    for settled, stands, kept in (
        ("it is right as it is", True, "It has stayed with me that you listens."),
        ("keep it for now: the mail waits until it is mended", False, "It has stayed with me that you listens."),
        ("It has stayed with me that you listen.", False, "It has stayed with me that you listen."),
    ):
        told: list[str] = []
        answers: list[str] = []

        class Settler(Typist):
            wanted = settled

            def choose(self, prompt: ListPrompt) -> int | Move:
                return prompt.options.index(self.wanted) if self.wanted in prompt.options else super().choose(prompt)

        go_through([question], Settler("listens"), _into(answers), stand_by=told.append)
        assert (bool(told), answers) == (stands, [kept])
    stand_by(house, "acme", "It has stayed with me that you listens.")
    stand_by(house, "acme", "It has stayed with me that you listens.")
    assert house.facts.load("acme").as_they_are == ("It has stayed with me that you listens.",)


class Typer:
    """Types one line after the other, and remembers above which words it did."""

    def __init__(self, *lines: str) -> None:
        self.lines = [*lines]
        self.read: list[list[str]] = []

    def choose(self, prompt: ListPrompt) -> int | Move:
        raise AssertionError(f"nothing is to be chosen at: {prompt.before}")

    def type_line(self, prompt: LinePrompt) -> str | Move:
        self.read.append([*prompt.heading])
        return self.lines.pop(0)


def test_what_was_not_kept_is_asked_again() -> None:
    """A number where a day is wanted is no answer; and an answer repeated later says whom it is about."""
    until = OpenQuestion("decision_by", "By when do they decide?", "", "Acme", Known(), option="decision_by")
    after = OpenQuestion("more", "Anything else?", "", "Ada Lovelace", Known())
    typer, kept = Typer("1", "friday", "no more than that"), list[str]()

    def keep(_question: OpenQuestion, answer: str) -> bool:
        kept.append(answer)
        return answer != "1"

    assert go_through([until, after], typer, keep) == 2
    assert kept == ["1", "friday", "no more than that"]
    assert typer.read[0] == typer.read[1]
    assert typer.read[2][1] == "your answer on Acme: By when do they decide? friday"
