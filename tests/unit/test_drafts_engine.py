"""The template engine: strict about what is missing, exact about where, forgiving about how a file was saved."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from draft_samples import WRITER, Job, apply, meet, own_folder, write
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.drafts.assignment import Writer
from followup_mail.drafts.tag_lines import keep_breaks
from followup_mail.drafts.template_engine import render, used_facts
from followup_mail.errors import NotFoundError, TemplateError

FACTS = {"addressee": "Tom", "role": "Data Engineer", "topics": ["the rota", "the outage"], "full_name": "Tom Okafor"}
NAME = "thank_you/mine.txt"


@pytest.fixture
def rendered(tmp_path: Path):
    """A function that renders a text as the user's template."""

    def run(text: str, name: str = NAME, **more: str) -> str:
        folders = own_folder(tmp_path, {name: text, **more})
        return render((folders.own,), name, FACTS)

    return run


def refusal(rendered, text: str, **more: str) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        rendered(text, **more)
    return caught.value


def test_a_missing_fact_is_named_with_its_place_and_remedy(rendered) -> None:
    """The error names the fact, what it is, for whom, the template, the line, and how to supply it."""
    text = (
        "Subject: x\n\n{% if role %}\nAbout {{ role }}.\n{% endif %}\n{# a note\nof two lines #}\n\nAnd {{ topic }}.\n"
    )
    error = refusal(rendered, text)
    assert error.sentence == (
        "thank_you/mine.txt:9: needs `topic` (what follows: our conversation about), which is not known for Tom Okafor."
    )
    assert "Add discussed to the person" in error.fix


@pytest.mark.parametrize("use", ["{{ topic }}", "{{ topic | inline }}", "{% for t in topic %}{{ t }}{% endfor %}"])
def test_a_missing_fact_is_an_error_however_it_is_used(rendered, use: str) -> None:
    """Written, filtered or gone through: never an empty text."""
    assert "`topic`" in refusal(rendered, f"a\n{use}\n").sentence


def test_a_missing_fact_can_be_asked_for(rendered) -> None:
    """``if`` is false, ``or_else`` takes the other words, ``is defined`` tells."""
    assert rendered("{% if topic %}a{% elif not topic %}b{% endif %}") == "b"
    assert rendered("{{ topic | or_else('c') }}") == "c"
    assert rendered("{{ topic is defined }}") == "False"


def test_a_name_that_is_no_fact_gets_the_names_there_are(rendered) -> None:
    """A typing error shows the list to choose from."""
    error = refusal(rendered, "a\n{{ adressee }}")
    assert error.sentence == "thank_you/mine.txt:2: 'adressee' is undefined."
    assert "addressee, " in error.fix
    assert "applied_day, " in error.fix


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a\n\n{% if %}", 3, "Expected an expression"),
        ("a\n{% if role %}", 2, "innermost block"),
        ("a\n{{ role", 2, "unexpected end of template"),
        ("a\n{% fr x in y %}", 2, "unknown tag 'fr'"),
        ("a\nb\n{{ role | inlin }}", 3, "No filter named 'inlin'"),
        ("a\n{{ role() }}", 2, "'str' object is not callable"),
        ("a\n{{ 1 / 0 }}", 2, "division by zero"),
    ],
)
def test_a_fault_is_told_with_its_line(rendered, text: str, line: int, said: str) -> None:
    """Whatever is wrong in a template, the line is that of the file."""
    error = refusal(rendered, text)
    assert error.sentence.startswith(f"thank_you/mine.txt:{line}: ")
    assert said in error.sentence


def test_a_fault_in_an_included_file_is_told_there(rendered) -> None:
    """The place is where the mistake is, not where it was included."""
    part = {"thank_you/part.txt": "one\ntwo\n{{ topic }}"}
    assert refusal(rendered, "a\n{% include 'thank_you/part.txt' %}", **part).sentence.startswith(
        "thank_you/part.txt:3:"
    )
    part = {"thank_you/part.txt": "one\n{% if %}"}
    assert refusal(rendered, "a\n{% include 'thank_you/part.txt' %}", **part).sentence.startswith(
        "thank_you/part.txt:2:"
    )


def test_templates_build_on_each_other(rendered) -> None:
    """``include``, ``extends`` and ``import`` find files of the same folders."""
    parts = {
        "thank_you/base.txt": "Dear {{ addressee }},\n{% block body %}{% endblock %}\n",
        "thank_you/words.txt": "{% macro bye() %}Bye, {{ 'x' }}{% endmacro %}",
        "thank_you/part.txt": "about {{ role }}",
    }
    text = "{% extends 'thank_you/base.txt' %}{% block body %}{% include 'thank_you/part.txt' %}{% endblock %}"
    assert rendered(text, **parts) == "Dear Tom,\nabout Data Engineer"
    assert rendered("{% import 'thank_you/words.txt' as words %}{{ words.bye() }}", **parts) == "Bye, x"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "thank_you/../../x", "nothing.txt"])
def test_an_include_never_leaves_the_folders(rendered, name: str) -> None:
    """A path out of the folders is a template that is not there."""
    assert refusal(rendered, "{% include '" + name + "' %}").sentence == f"{NAME}:1: there is no template '{name}'."


def test_what_a_template_makes_jinja_say_is_printable_and_short(rendered) -> None:
    """An error text does not clear the screen, nor fill it."""
    assert "\x1b" not in refusal(rendered, "{% include '\x1b[2J' %}").sentence
    assert len(refusal(rendered, "{{ " + "a" * 50_000 + " }}").sentence) < 300


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_may_come_from_any_editor(rendered, end: str, mark: str) -> None:
    """Line ends of Windows and old Macs, and a byte order mark, change nothing."""
    text = "Subject: x\n\n{% if role %}\n{{ role }}\n{% endif %}\nBye"
    assert rendered(mark + text.replace("\n", end)) == "Subject: x\n\nData Engineer\nBye"


@pytest.mark.parametrize("content", [b"\xff\xfeS\x00u\x00", b"Caf\xe9", b"\x00\xff"])
def test_a_file_in_another_encoding_is_told(tmp_path: Path, content: bytes) -> None:
    """UTF-16 and Latin-1 are refused with what to do; nothing is guessed."""
    folders = own_folder(tmp_path, {NAME: ""})
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(TemplateError, match="is not UTF-8 text"):
        render((folders.own,), NAME, FACTS)


def test_facts_are_data() -> None:
    """Template marks in a fact stay what they are."""
    own = WRITER.render("pass_on/cover.txt", {**_cover(), "note": "{{ 7 * 7 }} {% if %} {#"})
    assert "{{ 7 * 7 }} {% if %} {#" in own


def _cover() -> dict[str, str]:
    return {"addressee": "R", "about": "a note", "full_name": "T", "my_name": "J"}


def test_the_facts_of_a_template_can_be_listed(tmp_path: Path) -> None:
    """For the reader of a template: the names it uses, not those that it sets."""
    text = "{% set x = role %}{{ x }}{% if topic %}{{ fit }}{% endif %}"
    folders = own_folder(tmp_path, {NAME: text})
    assert used_facts((folders.own,), NAME) == ["fit", "role", "topic"]


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("{% if role %}\nA\n{% endif %}\nB", "A\nB"),
        ("{% if role %}  \nA\n{% endif %}\t\nB", "A\nB"),
        ("  {% if role %}{% if addressee %}\nA\n  {% endif %}{% endif %}\nB", "A\nB"),
        ("{# a note #}\nA", "A"),
        ("A\n{# two\nlines #}\nB", "A\nB"),
        ("{% if role %}A{% endif %}\nB", "A\nB"),
        ("A {% if role %}a{% endif %}\nB", "A a\nB"),
        ("A {# note #}\nB", "A \nB"),
        ("{{ role }}{% if role %}!{% endif %}\n\nB", "Data Engineer!\n\nB"),
        ("{% if role %}A\n{% endif %}B", "A\nB"),
        ("A{% if role -%}\n  B{% endif %}", "AB"),
        ("{% raw %}{% if x %}{% endraw %}\nB", "{% if x %}\nB"),
        ("{{ '{% if x %}' }}\nB", "{% if x %}\nB"),
        ("{% for t in topics %}\n- {{ t }}\n{% endfor %}\nB", "- the rota\n- the outage\nB"),
        ("{% set a = 1 %}\n{% set b = 2 %}\nA", "A"),
    ],
)
def test_a_line_of_tags_leaves_no_line_and_a_line_of_prose_keeps_its_end(rendered, source: str, result: str) -> None:
    """The two halves of the rule, and where they meet: comments, verbatim text, tags that ask for it themselves."""
    assert rendered(source) == result


@given(st.text("{%#}- \nab", max_size=60))
def test_line_numbers_stay_those_of_the_file(source: str) -> None:
    """Preparing the source neither adds nor removes a line break, so errors point to the right line."""
    assert keep_breaks(source).count("\n") == source.count("\n")
    assert re.sub(r"[+\s]", "", keep_breaks(source)) == re.sub(r"[+\s]", "", source)


# -- the user's folder ------------------------------------------------------------------------------------------------

MINE = "Subject: Mine\n\nDear {{ addressee }}, my own words."


def writer_of(tmp_path: Path, files: dict[str, str]) -> tuple[Writer, list[str]]:
    """A writer, and the names of the templates it had rendered as the user's own."""
    rendered: list[str] = []

    def render_own(folders, template, facts):
        rendered.append(template)
        return render(folders, template, facts)

    return Writer(WRITER.sender, own_folder(tmp_path, files), render_own), rendered


def test_an_own_wording_hides_the_built_in_one(tmp_path: Path) -> None:
    """The user's folder goes before the built-in templates."""
    writer, _ = writer_of(tmp_path, {"thank_you/short_note.txt": MINE})
    assert write(apply(), Job(wording="short_note"), writer).subject == "Mine"


def test_own_wordings_go_first(tmp_path: Path) -> None:
    """Who writes wordings wants them used: the first of a panel gets one, the next another."""
    writer, _ = writer_of(tmp_path, {"thank_you/zebra.txt": MINE})
    assert write(apply(), Job(), writer).wording == "thank_you/zebra"
    assert write(apply(), Job(to="Tom Okafor"), writer).wording == "thank_you/a_word_of_thanks"


@pytest.mark.parametrize("name", ["thank_you/short_note.txt", "layout/mail.html", "pass_on/cover.txt"])
def test_nothing_of_the_users_is_rendered_in_this_process(tmp_path: Path, name: str) -> None:
    """Also a layout and a cover that hide the built-in ones go to the bounded process."""
    writer, rendered = writer_of(tmp_path, {name: "Subject: x\n\n{{ 'own' }}"})
    robin = next(one for one in apply().contacts if one.role == "recruiter")
    draft = write(apply(), Job(wording="short_note", via=robin), writer)
    assert rendered == [name]
    assert "own" in draft.text + draft.html


def test_a_built_in_template_cannot_be_led_to_a_file_of_the_users(tmp_path: Path) -> None:
    """What ships is rendered with only what ships in reach."""
    writer, rendered = writer_of(tmp_path, {"layout/other.html": "x", "thank_you/mine.txt": MINE})
    write(apply(), Job(wording="short_note"), writer)
    assert rendered == []


@pytest.mark.parametrize(
    "wording",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "..",
        "",
        " ",
        "thank_you",
        "short_note/../thanks_first",
        "status_inquiry/any_news",
    ],
)
def test_a_wording_is_looked_up_and_never_a_path(wording: str) -> None:
    """A name leads to one of the wordings there are, or to none."""
    with pytest.raises(NotFoundError) as caught:
        WRITER.folders.wording("thank_you", wording)
    assert "good_to_meet, kept_promise" in caught.value.fix


@pytest.mark.parametrize("name", ["short_note", "thank_you/short_note", "short_note.txt", "thank_you/short_note.txt"])
def test_a_wording_can_be_named_in_every_usual_way(name: str) -> None:
    """With and without its kind and its ending."""
    assert WRITER.folders.wording("thank_you", name).full_name == "thank_you/short_note"


def test_what_an_editor_leaves_behind_is_no_wording(tmp_path: Path) -> None:
    """Hidden files, backups and names that cannot be printed are passed over."""
    names = (".#mine.txt", "._mine.txt", ".txt", "mine.txt~", "mine.txt.bak", "a\x1b[31m.txt", "mine.txt")
    folders = own_folder(tmp_path, {f"thank_you/{name}": MINE for name in names})
    assert [one.name for one in folders.wordings("thank_you") if one.own] == ["mine"]


@pytest.mark.parametrize("kind", ["folder", "dangling", "loop", "fifo", "device", "huge"])
def test_what_is_no_text_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    """A folder, a link to nowhere, a pipe that nobody writes to, a device, five megabytes: a sentence, no waiting."""
    path = tmp_path / "thank_you" / "odd.txt"
    path.parent.mkdir()
    match kind:
        case "folder":
            path.mkdir()
        case "dangling":
            path.symlink_to(tmp_path / "nowhere")
        case "loop":
            path.symlink_to(path)
        case "fifo":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "huge":
            path.write_text("x" * 5_000_000)
    writer, _ = writer_of(tmp_path, {})
    with pytest.raises(TemplateError) as caught:
        write(apply(), Job(wording="odd"), writer)
    assert str(path) in caught.value.sentence
    assert caught.value.fix


def test_a_folder_that_is_a_file_holds_no_wordings(tmp_path: Path) -> None:
    """The built-in ones are still there."""
    (tmp_path / "thank_you").write_text("not a folder")
    writer, _ = writer_of(tmp_path, {})
    assert write(apply(), Job(), writer).wording.startswith("thank_you/")


@pytest.mark.parametrize(
    "text", ["", "Hello\n\nDear Tom", "Subject:\n\nDear Tom", "Subject x\n\nDear Tom", "To: x\n\ny"]
)
def test_the_first_line_must_be_a_subject(tmp_path: Path, text: str) -> None:
    """Without one nothing is guessed."""
    writer, _ = writer_of(tmp_path, {"thank_you/mine.txt": text})
    with pytest.raises(TemplateError, match=r"mine\.txt:1: the first line must be"):
        write(apply(), Job(wording="mine"), writer)


def test_a_subject_alone_is_no_mail(tmp_path: Path) -> None:
    """There must be a text under it."""
    writer, _ = writer_of(tmp_path, {"thank_you/mine.txt": "Subject: x\n\n{% if nothing %}y{% endif %}\n"})
    with pytest.raises(TemplateError, match="has no text under its subject"):
        write(apply(), Job(wording="mine"), writer)


@pytest.mark.parametrize("first", ["Subject: {{ role }}", "SUBJECT:{{ role }}", "\n\nsubject :   {{  role }}  "])
def test_a_subject_line_is_read_kindly(tmp_path: Path, first: str) -> None:
    """Case and blanks do not matter; empty lines before it do not either."""
    writer, _ = writer_of(tmp_path, {"thank_you/mine.txt": f"{first}\n\nDear Tom"})
    assert write(apply(), Job(wording="mine"), writer).subject == "Data Engineer"


def test_a_subject_is_one_line(tmp_path: Path) -> None:
    """What a template puts below it belongs to the text, whatever it looks like."""
    text = "Subject: a\nBcc: eve@evil.example\n\nDear Tom"
    writer, _ = writer_of(tmp_path, {"thank_you/mine.txt": text})
    draft = write(
        apply(interviews=meet({"name": "Dr. Priya Raman", "email": "p@x.example"})), Job(wording="mine"), writer
    )
    assert draft.subject == "a"
    assert draft.text == "Bcc: eve@evil.example\n\nDear Tom\n"
