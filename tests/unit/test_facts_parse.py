"""A facts file: read as it is meant, or refused with every problem, its line and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_mail.errors import ExitCode, FactsFileError, Problem
from followup_mail.facts.application import Application, Channel, Role
from followup_mail.facts.application_file import parse_application

FILE = Path("acme.toml")
TOP = 'company = "Acme"\nrole = "Engineer"\ntime_zone = "Europe/Berlin"\n'
MEETING = '[[interviews]]\nstart = "2026-11-18 14:30"\nduration = "45 min"\n'


def parse(text: str) -> Application:
    return parse_application(text, FILE, "acme")


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(FactsFileError) as caught:
        parse(text)
    assert caught.value.exit_code is ExitCode.FACTS
    return caught.value.problems


def told(text: str) -> list[tuple[int, str, str, str]]:
    return [(one.line, one.field, one.wrong, one.right) for one in problems(text)]


FULL = """\
# Everything that can be said
company = "Northwind"
role = "Data Engineer"
applied = 2026-11-02
time_zone = "Europe/Berlin"
fit = ["one", "two"]

[said]
decision_by = 2026-12-04
channel = "email"
interval = "2 weeks"
calls = false

[[contacts]]
name = "Rita Cole"
role = "recruiter"

[[interviews]]
start = 2026-11-18T14:30:00
duration = "1 h"
format = "onsite"

[[interviews.people]]
name = "Priya Raman"
role = "hiring manager"
email = "priya@northwind.example"
discussed = "the move to streaming"

[[promised]]
what = "the case study"

[outcome]
status = "waiting"
"""


def test_a_whole_file():
    """Each fact of a full file arrives where it belongs."""
    known = parse(FULL)
    assert (known.slug, known.company, known.fit) == ("acme", "Northwind", ("one", "two"))
    assert (known.said.channel, known.said.calls) == (Channel.EMAIL, False)
    assert [one.role for one in known.everyone()] == [Role.RECRUITER, Role.HIRING_MANAGER]
    assert known.interviews[0].people[0].discussed == ("the move to streaming",)


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_marks_and_line_ends_of_windows(change):
    """A byte order mark or CRLF changes nothing."""
    assert parse(change(FULL)) == parse(FULL)


TEN_MISTAKES = """\
company = "Northwind"
rol = "Data Engineer"
applied = 18/11/2026
time_zone = "Berlin"
fit = [
  "one",
  42,
]

[said]
calls = "no"
decision_by = 2026-02-30

[[interviews]]
start = 2026-11-18 14:30
duration = "45 min"
format = "on-site"

[[interviews.people]]
name = "Priya Raman"
emial = "priya@northwind.example"

[[interviews.people]]
name = "Tom Berg"
email = "Tom <tom@northwind.example>"
fit = "misplaced"
"""


def test_every_problem_at_once():
    """Ten mistakes, from missing quotation marks to a misplaced key, are told together, each with its line."""
    assert [(line, field) for line, field, _, _ in told(TEN_MISTAKES)] == [
        (2, "rol"),
        (3, "applied"),
        (4, "time_zone"),
        (7, "fit[2]"),
        (11, "said.calls"),
        (12, "said.decision_by"),
        (15, "interviews[1].start"),
        (17, "interviews[1].format"),
        (21, "interviews[1].people[1].emial"),
        (25, "interviews[1].people[2].email"),
        (26, "interviews[1].people[2].fit"),
    ]


def test_the_words_are_plain():
    """No word of tomllib reaches the user, and each problem says what would be right."""
    for problem in problems(TEN_MISTAKES):
        assert problem.right
        assert not {"Value error", "Input should", "Extra inputs", "valid"} & {
            problem.wrong,
            *problem.wrong.split(", "),
        }
    text = str(problems(TEN_MISTAKES)[1])
    assert text == "acme.toml:3: applied: '18/11/2026' is not a day. Write the year first: 2026-11-18"


@pytest.mark.parametrize(
    ("line", "wrong", "right"),
    [
        ("start = 18/11/2026", "'18/11/2026' is not a moment", '"2026-11-18 14:30"'),
        ("applied = 18.11.2026", "'18.11.2026' is not a day", "2026-11-18"),
        ("start = 2026-11-18 14:30", "needs quotation marks", 'Write start = "2026-11-18 14:30"'),
        ("applied = 2026-02-30", "is not in the calendar", "year first"),
        ("cadence = next-day", "needs quotation marks", 'Write cadence = "next-day"'),
        ("calls = True", "neither true nor false", "true, in small letters"),
        ("calls = No", "neither true nor false", "false, in small letters"),
        ("cadence =", "has no value", "remove the line"),
        ("cadence = # later", "has no value", "remove the line"),
        ("cadence = “next-day”", "typographic quotation marks", "straight quotation marks"),
        ('cadence = "next-day', "no closing quotation mark", "End the text"),
        ('advert = "C:\\Users\\me"', "contains a \\", "'...'"),
        ("cadence = 'it's'", "goes on after its closing quotation mark", "..."),
        ('fit = ["one", two]', "an item that cannot be read", "in quotation marks"),
        ('fit = ["one", "two"', "opens a list that is not closed", "End it with ]"),
        ('notes = """one', "opens a text that is not closed", 'End it with """'),
        ("outcome = { status = no }", "is a table that cannot be read", "{ key"),
        ("cadence: next-day", "has a colon", 'Write cadence = "next-day"'),
        ("just a remark", "is not a fact", "begin a comment with #"),
        ("two words = 5", "is not a key", "a single word"),
        ("= 5", "has no key", "company"),
        ("[said", "is not the name of a table", "Write [said]"),
        ("[[interviews]", "is not the name of a table", "Write [[interviews]]"),
        ('cadence = "a\x00b"', "contains a NUL", "Leave it out"),
        ("# \x1b[31m", "contains an escape", "Leave it out"),
        ("fit = " + "[" * 5000, "nested too deeply", "four levels"),
        (".".join("a" * 5000) + " = 1", "nested too deeply", "four levels"),
        ("cadence = " + "9" * 5000, "too many digits", "quotation marks"),
    ],
)
def test_a_line_that_is_not_toml(line, wrong, right):
    """A slip in one line is explained with its line, and the lines after it are still checked."""
    found = told(
        f"{TOP}{line}\n\n[said]\nchannel = 5\n" if not line.startswith("[[") else f"{TOP}{line}\n{MEETING[15:]}"
    )
    assert (found[0][0], wrong in found[0][2], right in found[0][3]) == (4, True, True), found
    if not line.startswith("["):
        assert found[-1][1] == "said.channel"


def test_a_list_that_is_not_closed_does_not_swallow_the_rest():
    """What follows an open list is read as statements of their own."""
    found = told(f'{TOP}fit = [\n  "one",\n  "two"\ncountry = "Germany"\n{MEETING}round = 99\n')
    assert [(line, field) for line, field, _, _ in found] == [(4, "fit"), (7, "country"), (11, "interviews[1].round")]


@pytest.mark.parametrize(
    ("key", "line", "right"),
    [
        ("compny", 'compny = "A"', "Did you mean `company`?"),
        ("calls", "calls = false", "below [said]"),
        ("email", 'email = "a@example.com"', "below [[contacts]]"),
        ("interview", 'interview = "x"', "Did you mean `interviews`?"),
        ("zzz", 'zzz = "x"', "Known here: company, role"),
        ("slug", 'slug = "x"', "Remove it"),
    ],
)
def test_unknown_keys(key, line, right):
    """An unknown key is answered with the nearest known one, or with the table where it is known."""
    [(number, field, _, says)] = told(f"{line}\n{TOP}" if key != "compny" else f"{line}\n{TOP.replace('company', '#')}")
    assert (number, field) == (1, key)
    assert right in says


def test_a_slip_in_a_key_is_told_once():
    """A required key with a slip is not reported as missing on top."""
    assert [field for _, field, _, _ in told('compnay = "A"\nrole = "R"\n')] == ["compnay"]


def test_keys_and_tables_that_are_there_twice():
    """A second value is refused with the line of the first, also in other spelling, and what follows is checked."""
    found = told(f'{TOP}"r\\u006fle" = "X"\n[said]\nchannel = "email"\n[said]\nchannel = "phone"\nquote = 5\n')
    assert [(line, field) for line, field, _, _ in found] == [
        (4, "role"),
        (7, ""),
        (8, "said.channel"),
        (9, "said.quote"),
    ]
    assert "first in line 2" in found[0][2]
    assert "first in line 5" in found[1][2]


@pytest.mark.parametrize(
    "text",
    [
        "said = {calls = true}\n[said]\nquote = 'x'\n",
        "[[interviews]]\n[[interviews.people]]\nname = 'A'\n[interviews.people]\n",
        "interviews = []\n[[interviews]]\n",
        "said.calls = true\n[said]\n",
        "fit = 'a'\n[[fit]]\n",
        "fit = 'a'\n[fit.b]\n",
    ],
)
def test_tables_that_toml_forbids_are_never_taken(text):
    """What tomllib refuses as a whole is refused, even when each line alone is right."""
    assert problems(TOP + text)


def test_single_brackets_are_mended_and_what_is_below_is_checked():
    """[interviews] for [[interviews]] is the commonest slip; it does not hide others."""
    found = told(
        TOP + MEETING.replace("[[interviews]]", "[interviews]") + '[interviews.people]\nname = "A"\nemail = "x"\n'
    )
    assert [(line, field) for line, field, _, _ in found] == [
        (4, "interviews"),
        (7, "interviews.people"),
        (9, "interviews[1].people[1].email"),
    ]
    assert found[0][3] == "Write [[interviews]]"


@pytest.mark.parametrize(
    ("line", "wrong", "right"),
    [
        ("said = 'x'", "is 'x', but a table is wanted", "Write [said] alone on its line"),
        ("interviews = 5", "is the number 5, but a list of tables", "Write [[interviews]] alone on its line"),
        ("contacts = ['Ann']", "is 'Ann', but a table is wanted", "Write [[contacts]] alone on its line"),
        ("fit = 5", "is the number 5, but a list of texts is wanted", 'Write fit = ["...", "..."]'),
        ("advert = true", "is true, but a text is wanted", "Write it in quotation marks"),
        ("applied = 5", "the number 5 is not a day", "Write the year first"),
        ("applied = 2026-11-18T10:00:00", "only a day is wanted", "Write the year first"),
        (f"advert = {'9' * 4000}", "is a huge number", "Write it in quotation marks"),
        ("fit = [" + '"x",' * 21 + "]", "has 21 entries", "20 is the limit"),
    ],
)
def test_values_of_the_wrong_kind(line, wrong, right):
    """A value of the wrong kind is described in words, with the form that is accepted."""
    [(number, _, says, so)] = told(f"{TOP}{line}\n")
    assert (number, wrong in says, right in so) == (4, True, True), says


def test_choices_name_the_nearest_word():
    """A word that is almost right is answered with the right one; another with all of them."""
    found = told(f'{TOP}{MEETING}format = "On-Site"\n[[interviews.people]]\nname = "A"\nrole = "boss"\n')
    assert found[0][3] == 'Did you mean "onsite"?'
    assert found[1][3] == 'Write "interviewer", "hiring manager", "recruiter" or "coordinator"'


def test_a_missing_zone_is_told_once_for_each_interview_and_a_wrong_one_once():
    """Without a zone an interview has no moment; a wrong one at the top is not repeated below."""
    bare = TOP.replace('time_zone = "Europe/Berlin"\n', "")
    assert [(line, field) for line, field, _, _ in told(bare + MEETING)] == [(3, "interviews[1].time_zone")]
    for zone in ('"Berlin"', '""', "5", "Berlin"):
        assert [(line, field) for line, field, _, _ in told(f"{bare}time_zone = {zone}\n{MEETING}{MEETING}")] == [
            (3, "time_zone")
        ]


def test_times_are_told_at_the_line_they_stand_on():
    """A skipped hour, and an end before the beginning, are told where they are written."""
    found = told(
        f'{TOP}[[interviews]]\nstart = "2026-03-29 02:30"\nduration = "1 h"\n{MEETING}end = "2026-11-18 14:00"\n'
    )
    assert [(line, field) for line, field, _, _ in found] == [(5, "interviews[1].start"), (9, "interviews[2].duration")]
    found = told(
        f'{TOP}[[interviews]]\nstart = "2026-11-18 14:30"\nend = "2026-11-18 14:00"\n[[interviews]]\nstart = "x"\n'
    )
    assert [(line, field) for line, field, _, _ in found] == [(6, "interviews[1].end"), (8, "interviews[2].start")]


PERSON = "[[interviews.people]]\n"
PEOPLE = TOP + MEETING + PERSON


@pytest.mark.parametrize(
    ("text", "line", "field", "wrong"),
    [
        ('name = "Ann Lee"\n[[interviews.people]]\nname = "ann lee"\n', 10, "interviews[1].people[2].name", "twice"),
        (
            'name = "Ann"\nemail = "a@example.com"\n[[interviews.people]]\nname = "Bob"\nemail = "A@example.com"\n',
            12,
            "interviews[1].people[2].email",
            "is also the address of 'Ann' in line 9",
        ),
        (
            f'name = "Ann"\nemail = "a@example.com"\n{MEETING}{PERSON}name = "Ann"\nemail = "b@example.com"\n',
            15,
            "interviews[2].people[1].email",
            "has another address in line 9",
        ),
    ],
)
def test_who_is_who_is_never_guessed(text, line, field, wrong):
    """One name with two addresses, one address with two names, one name twice in a meeting: the user decides."""
    [(number, place, says, _)] = told(PEOPLE + text)
    assert (number, place, wrong in says) == (line, field, True), says


@pytest.mark.parametrize(
    ("to", "wrong", "right"),
    [
        ("Prya Raman", "is the name of nobody in this file", 'Did you mean "Dr. Priya Raman"?'),
        ("tim", "is the name of nobody in this file", 'Did you mean "Tom Okafor"?'),
        ("the board", "is the name of nobody in this file", 'Write a name as it stands there, or "everybody"'),
        ("Tom and Prya", "is the name of nobody in this file", 'Did you mean "Dr. Priya Raman"?'),
        ("Tom", "could be Tom Okafor or Tom Berg", "Write the full name"),
    ],
)
def test_a_promise_names_somebody(to, wrong, right):
    """A promise to a misspelt name, or to a name of two people, would bring the file to the wrong ones."""
    people = ["Dr. Priya Raman", "Tom Okafor", *(["Tom Berg"] if to == "Tom" else [])]
    met = "".join(f'{PERSON}name = "{name}"\n' for name in people)
    text = f'{TOP}{MEETING}{met}[[promised]]\nwhat = "it"\nto = "{to}"\n'
    [(line, field, says, better)] = told(text)
    assert (line, field, better) == (text.count("\n"), "promised[1].to", right)
    assert says.endswith(wrong)


@pytest.mark.parametrize("to", ["", "Ann", "ann lee", "Everybody", "Bob and Ann", "Lee, Ann"])
def test_a_promise_may_name_everybody_or_nobody_yet(to):
    """Part of a name, several names and no name yet are no mistakes."""
    people = f'{PERSON}name = "Ann Lee"\n{PERSON}name = "Bob"\n'
    assert parse(f'{TOP}{MEETING}{people}[[promised]]\nwhat = "it"\nto = "{to}"\n').promised[0].to == to


@pytest.mark.parametrize(
    ("written", "advice"), [("00019", "Write round = 19"), ('"00019"', "Write round = 19, without quotation marks")]
)
def test_advice_about_a_number_leads_on(written: str, advice: str) -> None:
    """What the advice says to write is a round; it was another text that is none."""
    [(_, _, wrong, right)] = told(f"{TOP}{MEETING}round = {written}\n")
    assert advice.casefold() in f"{wrong}. {right}".casefold()


def test_somebody_met_in_two_rounds_is_no_problem():
    """The same name with the same address in two interviews is one person."""
    ann = '[[interviews.people]]\nname = "Ann"\nemail = "a@example.com"\n'
    assert len(parse(TOP + MEETING + ann + MEETING + ann).everyone()) == 1


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("", "is empty"), (" \n\t", "is empty"), ("\ufeff", "is empty"), ("#" * 300_000, "is larger than 256 KB")],
)
def test_files_that_are_not_worth_looking_into(text, wrong):
    """An empty or an enormous file gets one sentence."""
    [problem] = problems(text)
    assert (problem.line, problem.wrong) == (0, wrong)


def test_half_a_character_is_refused_before_it_reaches_a_file():
    """A lone surrogate cannot be written, so it cannot be accepted."""
    [problem] = problems(f"{TOP}# \ud800")
    assert (problem.line, problem.wrong) == (4, "contains half a character")


def test_many_problems_are_counted():
    """Fifty problems are told, the others counted, so that a terminal stays readable."""
    found = problems("\n".join(f"k{number} = {number}" for number in range(5000)))
    assert len(found) == 51
    assert found[-1].wrong == "there are 4,952 more problems"


def test_lists_over_lines_tell_the_line_of_the_item():
    """A wrong item of a long list is told at its own line, in a list of tables too."""
    found = told(
        f'{TOP}not_mentioned = [\n\n  # remark\n  "a", "b",\n  5,\n]\n'
        'contacts = [\n  {name = "A"},\n  {nam = "B"},\n]\n'
    )
    assert [(line, field) for line, field, _, _ in found] == [(8, "not_mentioned[3]"), (12, "contacts[2].nam")]


def test_a_slip_inside_a_list_is_told_at_its_own_line():
    """A word without quotation marks in a list over lines is told where it stands, not where the list begins."""
    assert [line for line, *_ in told(f'{TOP}fit = [\n  "a",\n  b,\n]\n')] == [6]


@pytest.mark.parametrize("title", ["priya@x.example", "Head of Data <priya@x.example>", "mailto:priya@x.example"])
def test_an_address_is_no_title(title: str) -> None:
    """A title that holds an address is refused at its line, and the right field is named."""
    [(line, field, wrong, right)] = told(f'{TOP}[[contacts]]\nname = "Priya Raman"\ntitle = "{title}"\n')
    assert (line, field) == (6, "contacts[1].title")
    assert "contains an address" in wrong
    assert "`email`" in right


@pytest.mark.parametrize("name", ["priya@x.example", "<priya@x.example>", "Priya Raman <priya@x.example>", "@priya"])
def test_an_address_is_no_name(name: str) -> None:
    """A name that holds an address is refused at its line: it would stand behind "Dear"."""
    text = f'{TOP}[[contacts]]\nrole = "recruiter"\nname = "{name}"\n'
    [(line, field, wrong, right)] = told(text)
    assert (line, field) == (6, "contacts[1].name")
    assert "contains an address" in wrong
    assert "`email`" in right


@pytest.mark.parametrize("title", ["Head of Data @ Lumen", "Engineer @Lumen"])
def test_a_sign_is_no_address(title: str) -> None:
    """People write where they work behind an @; that is a title."""
    text = f'{TOP}[[contacts]]\nname = "Priya Raman"\ntitle = "{title}"\n'
    assert parse(text).contacts[0].title == title
