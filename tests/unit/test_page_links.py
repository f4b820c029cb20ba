"""From what would be typed to what can be pressed."""

from __future__ import annotations

import pytest

from followup_mail.web.frame.command_links import address_of, link_commands


@pytest.mark.parametrize(
    ("command", "address"),
    [
        (
            "send lumen-freight thank_you --to dr-priya-raman",
            "/applications/lumen-freight/write/thank_you?to=dr-priya-raman",
        ),
        ("queue lumen-freight thank_you", "/applications/lumen-freight/write/thank_you"),
        ("outbox resolve 4 --look", "/outbox/4"),
        ("outbox list", "/outbox"),
        ("outbox rewrite lumen-freight", "/outbox/rewrite?app=lumen-freight"),
        ("outbox verify", "/outbox/sound"),
        ("inbox accept m3", "/inbox/3"),
        ("inbox look", "/inbox"),
        ("proposals accept 3", "/proposals/3"),
        ("proposals", "/proposals"),
        ("ask lumen-freight", "/applications/lumen-freight/questions"),
        ('change lumen-freight --address "tom: ADDRESS"', "/applications/lumen-freight/change"),
        ("archive --ended", "/applications?show=ended"),
        ("setup", "/setup"),
        ("cadence list", "/methods"),
        ("cadence show balanced", "/methods/balanced"),
        ("account login --device", "/setup/sign-in"),
        ("", ""),
        ("frobnicate", ""),
    ],
)
def test_a_command_leads_to_its_page(command: str, address: str) -> None:
    """Whatever a service says to type has a page that does the same."""
    assert address_of(command) == address


def test_commands_in_a_sentence_can_be_pressed() -> None:
    """A command in a sentence becomes a link, and everything around it stays text, escaped."""
    said = link_commands("<b> Set it with `followup-mail setup`. Or: followup-mail outbox cancel 4.")
    assert said == ('&lt;b&gt; <a href="/setup">Set it</a>. <a href="/outbox/4">Or</a>.')


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        (
            "Cancel it with `followup-mail outbox cancel 5` and write it again.",
            '<a href="/outbox/5">Cancel it</a> and write it again.',
        ),
        ("Cancel it: `followup-mail outbox cancel 5`.", '<a href="/outbox/5">Cancel it</a>.'),
        (
            "Write it again with `followup-mail send emma`, or run `followup-mail outbox retry 8` to send it as it is.",
            '<a href="/applications/emma">Write it again</a>, or <a href="/outbox/8">send it as it is</a>.',
        ),
        (
            "It is archived; `followup-mail archive emma --undo` goes on with it.",
            'It is archived; <a href="/applications/emma#decide">its page</a> goes on with it.',
        ),
        ('To let it leave earlier, say why: --early "they asked for it".', "To let it leave earlier, say why."),
        ("No server is set. To set one: followup-mail setup", 'No server is set. <a href="/setup">To set one</a>'),
        (
            "If it goes on, take it out of the archive with `followup-mail archive emma --undo`.",
            'If it goes on, <a href="/applications/emma#decide">take it out of the archive</a>.',
        ),
        ("Add it: add `country` to the facts.", "Add it: name the country among the facts."),
        ("`followup-mail plan emma` says what to do.", '<a href="/applications/emma">its plan</a> says what to do.'),
    ],
)
def test_what_is_done_is_the_link_and_no_command_is_shown(sentence: str, shown: str) -> None:
    """A reader of pages presses the words that say what happens; there is nothing to type."""
    assert link_commands(sentence) == shown


def test_a_page_does_not_lead_to_itself() -> None:
    """Where the button stands on the page itself, the words are no link."""
    said = link_commands("Cancel it with `followup-mail outbox cancel 5` and write it again.", "/outbox/5")
    assert said == "Cancel it and write it again."


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("Queue it for the morning: `--at 'tomorrow 8:30'`.", "Queue it for the morning."),
        ("Choose another wording with `--wording`.", "Choose another wording."),
        ("Queue it for the planned time: `followup-mail queue APP --planned`.", "Queue it for the planned time."),
        ("Say what you talked about: followup-mail ask NAME", "Say what you talked about"),
        ("Correct it: followup-mail ask NAME --again shows each sentence.", "Correct it."),
    ],
)
def test_what_only_a_terminal_needs_is_left_out(sentence: str, shown: str) -> None:
    """An option, or a command in which something is to be filled in, is nothing that a reader of a page can use."""
    assert link_commands(sentence) == shown


def test_a_word_to_be_filled_in_is_no_application() -> None:
    """A command for any application leads nowhere, rather than to an application of that name."""
    assert address_of("ask NAME --again") == ""
    assert address_of("resume APP") == ""


def test_all_at_once_has_a_place() -> None:
    """To pause all or to go on with all leads to where the list of applications does it."""
    assert address_of("pause --all") == address_of("resume --all") == "/applications#together"
