"""The user's own templates run in a child process: whatever they do, they are refused in time, with a sentence."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pretended_clock import is_pretended

from followup_mail.cli.app import run
from followup_mail.drafts import render_process
from followup_mail.drafts.render_process import BoundedRenderer
from followup_mail.drafts.template_folders import TemplateFolders
from followup_mail.errors import RefusedError, TemplateError
from followup_mail.services.writing.template_check import try_wordings
from followup_mail.services.writing.wordings import copy_wording, find_wording, read_source

LONG = "'x' * 10**8"
# What takes for ever, each by another way.
ENDLESS = {
    "loops in loops": "{% for a in 'x'*1000 %}" * 3 + "{% endfor %}" * 3,
    "a loop over a long text": "{% for a in " + LONG + " %}{% endfor %}",
    "calls in calls": "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "a filter in C": "{{ 'a'*10**5 ~ '%s' | format('b'*10**6) | replace('b', 'c'*100) | wordwrap(1) }}",
    "one huge number": "{{ 7 ** (7 ** (7 ** 7)) }}",
    "a long sum": "{{ " + "1+" * 40_000 + "1 }}",
    "words of a long text": "{{ (" + LONG + ")|wordcount }}{{ (" + LONG + ")|list|join('ab') }}",
}
# What asks for memory, each by another way.
GREEDY = {
    "a text times a number": "{{ 'x' * 10**10 }}",
    "a list times a number": "{{ [1] * 10**10 }}",
    "doubling": "{% set s = 'x'*1000 %}" + "{% set s = s ~ s %}" * 40 + "{{ s|length }}",
    "centred": "{{ 'a'|center(10**10) }}",
    "a wide number": "{{ '%10000000000d' % 1 }}",
    "a wide format": "{{ '{:10000000000}'.format(1) }}",
    "tabs": "{{ ('\t'*10**5).expandtabs(10**6) }}",
    "indented": "{{ ('a\\n'*10**6)|indent(10**6) }}",
    "replaced": "{{ ('a'*10**6).replace('a', 'b'*10**6) }}",
    "a batch": "{{ 'abc'|batch(10**10, 'x')|list }}",
}
# What nests without end.
DEEP = {
    "includes itself": "{% include 'thank_you/odd.txt' %}",
    "extends itself": "{% extends 'thank_you/odd.txt' %}",
    "imports itself": "{% import 'thank_you/odd.txt' as odd %}",
    "a macro calls itself": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "a block shows itself": "{% block a %}{{ self.a() }}{% endblock %}",
    "a loop calls itself": "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "brackets": "{{ " + "(" * 30_000 + "1" + ")" * 30_000 + " }}",
    "lists": "{{ " + "[" * 30_000 + "]" * 30_000 + " }}",
    "conditions": "{% if 1 %}" * 4_000 + "{% endif %}" * 4_000,
}
# What reaches for internals, or for files.
REACHING = {
    "class": "{{ ''.__class__ }}",
    "subclasses": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "attr": "{{ ''|attr('__class__') }}",
    "item": "{{ ''['__class__'] }}",
    "map": "{{ ['a']|map(attribute='__class__.__mro__')|list }}",
    "format": "{{ '{0.__class__}'.format('') }}",
    "format_map": "{{ '{a.__class__}'.format_map({'a': 1}) }}",
    "globals": "{{ self.__init__.__globals__ }}",
    "context": "{{ self._TemplateReference__context }}",
    "changing": "{{ [].append(1) }}",
    "cycler": "{{ cycler.__init__.__globals__ }}",
    "range": "{% for i in range(3) %}{% endfor %}",
    "passwd": "{% include '../../../../etc/passwd' %}",
    "absolute": "{% include '/etc/passwd' %}",
    "a debugger": "{% debug %}",
    "do": "{% do x.y() %}",
}
LARGE = {
    "a huge output": "Subject: x\n\n{% for a in 'x'*1000 %}{{ 'y'*1000 }}{% endfor %}",
    "a huge file": "y" * 5_000_000,
}


@pytest.fixture(scope="module")
def renderer() -> Iterator[BoundedRenderer]:
    with BoundedRenderer() as one:
        yield one


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shorter deadline, where it is certain to pass."""
    monkeypatch.setattr(render_process, "SECONDS", 0.4)


def folders_with(tmp_path: Path, text: str, name: str = "thank_you/odd.txt") -> TemplateFolders:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return TemplateFolders(tmp_path)


def refusal(renderer: BoundedRenderer, tmp_path: Path, text: str) -> TemplateError:
    folders = folders_with(tmp_path, text)
    with pytest.raises(TemplateError) as caught:
        renderer.render(folders.search_path(), "thank_you/odd.txt", {"role": "Engineer"})
    assert "odd.txt" in caught.value.sentence
    assert caught.value.fix
    assert len(caught.value.sentence) < 400
    return caught.value


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.usefixtures("quick")
def test_what_takes_for_ever_is_stopped(renderer: BoundedRenderer, tmp_path: Path, text: str) -> None:
    """Loops, recursion, long computations in C: ended at the deadline, and told."""
    assert re.search("stopped|memory", refusal(renderer, tmp_path, text).sentence)


@pytest.mark.skipif(sys.platform == "win32", reason="limits on memory need POSIX")
@pytest.mark.parametrize("text", GREEDY.values(), ids=GREEDY)
def test_what_asks_for_memory_is_refused(renderer: BoundedRenderer, tmp_path: Path, text: str) -> None:
    """Long before this machine runs out of it."""
    assert re.search("memory|stopped", refusal(renderer, tmp_path, text).sentence)


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_what_nests_without_end_is_refused(renderer: BoundedRenderer, tmp_path: Path, text: str) -> None:
    """Whether it ends in recursion, in the compiler, or in a crash of the child."""
    refusal(renderer, tmp_path, text)


@pytest.mark.parametrize("text", REACHING.values(), ids=REACHING)
def test_what_reaches_for_internals_is_refused(renderer: BoundedRenderer, tmp_path: Path, text: str) -> None:
    """By attribute, item, filter or format; and no file outside the folders is found."""
    refusal(renderer, tmp_path, text)


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
def test_what_is_too_large_is_refused(renderer: BoundedRenderer, tmp_path: Path, text: str) -> None:
    """A file of five megabytes, a mail of one."""
    refusal(renderer, tmp_path, text)


def test_the_child_serves_again_after_each(renderer: BoundedRenderer, tmp_path: Path) -> None:
    """A refused template does not spoil the next one."""
    for text in (GREEDY["doubling"], DEEP["includes itself"], DEEP["brackets"]):
        refusal(renderer, tmp_path, text)
        good = folders_with(tmp_path, "{{ role }} é {{ '\u2028' }}", "thank_you/good.txt")
        assert (
            renderer.render(good.search_path(), "thank_you/good.txt", {"role": "\U0001f984"}) == "\U0001f984 é \u2028"
        )


def test_a_refusal_takes_about_two_seconds(tmp_path: Path) -> None:
    """From a cold start, with the deadline that users have."""
    began = time.perf_counter()
    with BoundedRenderer() as one:
        refusal(one, tmp_path, ENDLESS["a loop over a long text"])
    assert time.perf_counter() - began < 4  # half of it for a busy machine


def test_a_child_that_is_gone_is_replaced(tmp_path: Path) -> None:
    """Killed from outside between two jobs, it is started anew."""
    folders = folders_with(tmp_path, "fine")
    with BoundedRenderer() as one:
        for _ in range(2):
            assert one.render(folders.search_path(), "thank_you/odd.txt", {}) == "fine"
            child = one._child
            assert child is not None
            child.kill()
            child.wait()


def test_an_interrupted_job_does_not_answer_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while a template renders: the answer to it is never taken for that of another."""
    folders = folders_with(tmp_path, "first")
    folders_with(tmp_path, "second", "thank_you/second.txt")
    with BoundedRenderer() as one:
        one.render(folders.search_path(), "thank_you/odd.txt", {})
        exchange = render_process._exchange

        def interrupted(child: subprocess.Popen[str], job: str) -> str:
            assert child.stdin is not None
            child.stdin.write(job + "\n")
            child.stdin.flush()
            raise KeyboardInterrupt

        monkeypatch.setattr(render_process, "_exchange", interrupted)
        with pytest.raises(KeyboardInterrupt):
            one.render(folders.search_path(), "thank_you/odd.txt", {})
        monkeypatch.setattr(render_process, "_exchange", exchange)
        assert one.render(folders.search_path(), "thank_you/second.txt", {}) == "second"


_PARENT = """
import sys
from pathlib import Path
from followup_mail.drafts.render_process import BoundedRenderer
one = BoundedRenderer()
folder = Path(sys.argv[1])
one.render((folder,), "thank_you/good.txt", {})
print(one._child.pid, flush=True)
one.render((folder,), "thank_you/odd.txt", {})
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="looks at processes as POSIX has them")
@pytest.mark.skipif(is_pretended(), reason="in other processes, faketime keeps Python's own watchdog from waking up")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGINT", "SIGTERM"])
def test_the_child_does_not_outlive_its_parent(tmp_path: Path, how: str) -> None:
    """Not even in the middle of an endless loop, when the parent is killed without a word."""
    folders_with(tmp_path, "{{ 1 }}", "thank_you/good.txt")
    folders_with(tmp_path, ENDLESS["a loop over a long text"])
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(getattr(signal, how))
    parent.wait(10)
    parent.stdout.close()
    deadline = time.monotonic() + 15
    while _is_running(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_running(child)


def _is_running(pid: int) -> bool:
    """Return whether a process runs; one that only waits to be collected does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return not Path("/proc/self").exists()


def test_the_child_does_not_know_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of ours is in its environment."""
    monkeypatch.setenv("FOLLOWUP_SMTP_PASSWORD", "hunter2")
    assert not [key for key in render_process._environment() if key.startswith("FOLLOWUP_")]


# -- as commands use it -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "name", ["layout/mail.html", "pass_on/cover.txt", "thank_you/short_note.txt", "letter/thank_you.txt"]
)
def test_checking_templates_finds_what_never_ends(tmp_path: Path, name: str) -> None:
    """Also where it hides a built-in file that every mail, or every letter, is made with."""
    folders = folders_with(tmp_path, f"Subject: x\n\n{ENDLESS['a loop over a long text']}", name)
    tried = {wording.template: problems for wording, problems in try_wordings(folders)}
    assert "was stopped" in tried[name][0]


def test_every_built_in_template_works() -> None:
    """Mails, covers, scripts, letters, messages, the layout: rich and bare, met or not, before any interview."""
    tried = try_wordings(TemplateFolders(Path("/nowhere/at/all")))
    assert {wording.kind for wording, _ in tried} >= {
        "pass_on",
        "panel",
        "call_script",
        "voicemail",
        "letter",
        "linkedin",
        "layout",
    }
    assert {wording.full_name: problems for wording, problems in tried if problems} == {}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("thankyou/warm.txt", "no folder of that name is"),
        ("letter/warm.txt", "files are named after a kind"),
        ("gatekeeper/warm.txt", "only gatekeeper/plain is"),
        ("thank_you/warm.txt", "without optional facts: thank_you/warm.txt:3: needs `fit`"),
        ("status_inquiry/warm.txt", "to somebody you did not meet: status_inquiry/warm.txt:4: needs `when_we_met`"),
        ("linkedin/thank_you.txt", "300 is LinkedIn's limit"),
    ],
)
def test_checking_templates_tells_what_would_go_wrong_later(tmp_path: Path, name: str, said: str) -> None:
    """A file that nothing uses, a fact that is not always there, a message that is too long."""
    text = {"thank_you": "Subject: x\n\n{{ fit }}", "linkedin": "{{ company * 40 }}"}.get(name.partition("/")[0])
    folders = folders_with(tmp_path, text or "Subject: x\n\n{{ role }}\n{{ when_we_met }}", name)
    tried = {wording.template: problems for wording, problems in try_wordings(folders)}
    assert said in tried[name][0]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with the facts of one application."""
    monkeypatch.chdir(tmp_path)
    for key, value in {"HOME": str(tmp_path / "home"), "NAME": "Jordan Example", "EMAIL": "jordan@example.com"}.items():
        monkeypatch.setenv(f"FOLLOWUP_{key}", value)
    folder = tmp_path / "home" / "applications"
    folder.mkdir(parents=True)
    (folder / "acme.toml").write_text(
        'company = "Acme"\nrole = "Engineer"\ntime_zone = "UTC"\n[[interviews]]\nstart = 2026-01-07 14:00:00\n'
        'duration = "45 min"\n[[interviews.people]]\nname = "Tom"\nemail = "tom@acme.example"\n'
        'discussed = ["the rota"]\n'
    )
    return tmp_path / "home"


def said_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Run a command in this process; return its exit code and everything it said."""
    code = run(arguments)
    done = capsys.readouterr()
    assert "Traceback" not in done.err
    return code, done.out + done.err


def test_a_letter_can_be_a_card(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Asked for by its form; the letter is what one gets without."""
    ask = ("script", "acme", "--channel", "letter")
    code, letter = said_by(capsys, *ask)
    assert code == 0
    assert "any questions" in letter
    code, card = said_by(capsys, *ask, "--form", "card")
    assert code == 0
    assert len(card.split()) < len(letter.split()) - 10
    code, said = said_by(capsys, *ask, "--form", "poem")
    assert code == 9
    assert "There is no wording 'thank_you_poem' for letter" in said


def test_another_form_of_a_script_is_tried_too(tmp_path: Path) -> None:
    """It is found by kind and form, and must work on the same facts."""
    folders = folders_with(tmp_path, "Dear {{ addressee }}, {{ link }}", "letter/thank_you_brief.txt")
    tried = {wording.template: problems for wording, problems in try_wordings(folders)}
    assert "with notes only: letter/thank_you_brief.txt:1: needs `link`" in tried["letter/thank_you_brief.txt"][0]


@pytest.mark.parametrize("wording", ["../../etc/passwd", "..\\..\\x"])
def test_a_preview_with_a_hostile_name_is_refused(home: Path, capsys: pytest.CaptureFixture[str], wording: str) -> None:
    """Not found, with the names there are; never a path."""
    code, said = said_by(capsys, "preview", "acme", "thank_you", "--wording", wording)
    assert code == 9
    assert "There is no wording" in said


@pytest.mark.parametrize(
    "text", [ENDLESS["a loop over a long text"], GREEDY["a text times a number"], REACHING["class"]]
)
def test_a_preview_of_a_hostile_template_is_refused(home: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """Exit code 5, the template's name, no traceback."""
    (home / "templates").mkdir()
    folders_with(home / "templates", text)
    code, said = said_by(capsys, "preview", "acme", "thank_you", "--wording", "odd")
    assert code == 5
    assert "thank_you/odd.txt" in said


def test_copying_a_template_keeps_to_the_users_folder(home: Path) -> None:
    """A hostile name becomes a harmless one or is refused; nothing is overwritten; files are private."""
    folders = TemplateFolders(home / "templates")
    wording = find_wording(folders, "thank_you/short_note")
    path = copy_wording(folders, wording, "../../evil")
    assert path == home / "templates" / "thank_you" / "evil.txt"
    assert path.read_text("utf-8") == read_source(wording)
    assert path.stat().st_mode & 0o077 == path.parent.stat().st_mode & 0o077 == 0
    for name in ("evil", "...", "con", "a\nb", "a" * 300):
        with pytest.raises(RefusedError):
            copy_wording(folders, wording, name)
    copy_wording(folders, find_wording(folders, "layout/mail"), "")
    assert sorted(path.name for path in home.rglob("*.*") if path.is_file()) == ["acme.toml", "evil.txt", "mail.html"]
