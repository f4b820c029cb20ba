"""How somebody writes is read from mails of theirs, and nothing of what these say is kept."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.errors import FactsError, SettingsError
from followup_mail.facts.terms import Tone
from followup_mail.own_voice.closings import fits, known_closing
from followup_mail.own_voice.manner import NAME_ALONE, Manner, Named, read_manner
from followup_mail.own_voice.own_mail import read_own_mail
from followup_mail.own_voice.voice import OwnWord, Voice, voice_of
from followup_mail.own_voice.voice_file import NAME, read_voice, with_mail

VOICES: list[dict[str, Any]] = tomllib.loads(Path(__file__).parents[1].joinpath("voices.toml").read_text("utf-8"))[
    "voices"
]
TODAY = date(2026, 11, 30)
OWN = ("jordan@example.com", "k.vogt@uni.example")
BODY = "Thanks for the quick reply. I'd love to come by on Tuesday, and it's no trouble to move things around."
HEAD = "From: {}\nMessage-ID: <1@x.example>\nSubject: {}\n\n"
FORWARDED = (
    "---------- Forwarded message ---------\nFrom: Dana <dana@x.example>\n"
    "Date: Mon, Nov 2, 2026 at 1:00 PM\nSubject: Hello\n\n"
)
GERMAN = (
    "Liebe Frau Brandis,\n\nvielen Dank f\u00fcr das gute Gespr\u00e4ch am Dienstag. Ich habe mich sehr gefreut, die "
    "neuen Kollegen kennenzulernen, und schicke Ihnen die Unterlagen.\n\nViele Gr\u00fc\u00dfe\nJordan"
)


def listen(mails: Iterable[str], own: OwnWord | None = None) -> Voice:
    read = [read_own_mail(mail.lstrip("\n").encode(), "mail", TODAY, OWN) for mail in mails]
    return voice_of(read, own or OwnWord())


@pytest.mark.parametrize("voice", VOICES, ids=[voice["who"] for voice in VOICES])
def test_a_voice_is_heard_as_a_reader_hears_it(voice: dict[str, Any]) -> None:
    """Greeting, closing, register, contractions and thanks of six people who write in clearly different ways."""
    heard = listen(voice["mails"])
    said = (heard.greeting, next(iter(heard.closings), ""), heard.register, heard.contractions, heard.thanks)
    assert said == tuple(voice[name] for name in ("greeting", "closing", "register", "contractions", "thanks"))


@pytest.mark.parametrize(
    ("line", "greeting", "named"),
    [
        ("Hi Priya,", "Hi", Named.FIRST),
        ("Hi Priya and Tom,", "Hi", Named.FIRST),
        ("Hey there,", "Hey", Named.NOBODY),
        ("Good morning Grace,", "Good morning", Named.FIRST),
        ("Dear Dr. Raman,", "Dear", Named.TITLE),
        ("Dear Ms Ellery:", "Dear", Named.TITLE),
        ("Dear Jochen Brandis,", "Dear", Named.FULL),
        ("Dear Sir or Madam,", "Dear", Named.NOBODY),
        ("Hello,", "Hello", Named.NOBODY),
        ("Priya,", NAME_ALONE, Named.FIRST),
        ("History is written by others.", "", Named.NOBODY),
        ("Hi Priya \u2014", "Hi", Named.FIRST),
        ("Hi Priya - one thing", "Hi", Named.FIRST),
    ],
)
def test_a_greeting_is_told_from_a_sentence(line: str, greeting: str, named: Named) -> None:
    """The word that greets is kept, and how it names; never the name."""
    manner = read_manner(f"{line}\n\n{BODY}\n\nBest,\nJordan")
    assert (manner.greeting, manner.named) == (greeting, named)


@pytest.mark.parametrize(
    ("end", "closing"),
    [
        ("Kind regards,\nJordan Example\n+1 312 555 0142", "Kind regards"),
        ("kind regards\njordan", "Kind regards"),
        ("Thanks, Jordan", "Thanks"),
        ("KR\nJordan", "Kind regards"),
        ("Best,\n\nJordan\n\n--\nJordan Example\nLumen Freight", "Best"),
        ("Speak soon and mind the gap,\nJordan", ""),
        ("Mit freundlichen Gr\u00fc\u00dfen\nJordan", ""),
        ("Jordan", ""),
        ("Best,\nJordan\n\nSent from my iPhone", "Best"),
    ],
)
def test_a_closing_is_kept_only_if_it_is_a_known_one(end: str, closing: str) -> None:
    """The closing cuts off the signature; one that nobody listed is cut off too, and not kept."""
    manner = read_manner(f"Hi Dana,\n\n{BODY}\n\n{end}")
    assert (manner.closing, manner.words) == (closing, 20)


def test_what_a_mail_quotes_is_nobodys_manner() -> None:
    """An answer above a quoted mail is measured alone, as is a mail that was broken into lines."""
    quoted = (
        f"Hi Dana,\n\n{BODY}\n\nBest,\nJordan\n\nOn Tue, Nov 3, 2026 at 4:12 PM Dana <d@x.example> wrote:\n> I will.\n"
    )
    plain = listen([f"Hi Dana,\n\n{BODY}\n\nBest,\nJordan\n"])
    assert listen([quoted]) == plain
    assert read_manner(f"Hi Dana,\n\n{BODY.replace('I', chr(10) + 'I')}\n\nBest,\nJordan").paragraphs == 1


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        ("", "is empty"),
        ("Hi Dana,\n\nok, fine.\n\nBest,\nJordan", "is too short"),
        (f"Hi Dana,\n\n{BODY * 60}\n", "is too long for a mail"),
        (f"{HEAD.format('dana@x.example', 'Hello')}Hi Jordan,\n\n{BODY}\n", "dana@x.example"),
        (GERMAN, "not in English"),
        (f"{HEAD.format('jordan@example.com', 'Fwd: Hello')}{FORWARDED}Hi Jordan,\n\n{BODY}\n", "only passes on"),
        ("%PDF-1.7 not a mail", "is no text"),
    ],
)
def test_what_is_no_mail_of_the_users_is_refused_in_a_sentence(mail: str, why: str) -> None:
    """It says what is wrong, and what to give instead."""
    with pytest.raises(FactsError, match=why) as refused:
        read_own_mail(mail.encode(), "mail.eml", TODAY, OWN)
    assert refused.value.sentence.startswith("mail.eml ")
    assert "that you wrote yourself" in refused.value.fix


NAMES = st.sampled_from(["Zyx", "Quillon", "Brackwater", "Umeaku", "Ottoline", "Fjord"])


@examples(1)
@given(st.lists(NAMES, min_size=4, max_size=4), st.sampled_from(["Best", "Ciao bello", "Kind regards", "Yo"]))
def test_nothing_of_a_mail_is_kept(names: list[str], closing: str) -> None:
    """Whatever it says, the file has words of closed lists and numbers, and is read back as it was written."""
    first, second, company, sender = names
    mail = f"Hi {first} {second},\n\n{BODY} {company} owes me 4711.\n\n{closing},\n{sender}\n"
    manner = read_manner(mail)
    text = with_mail("", manner)
    assert not any(word in text for word in (*names, "4711", "Tuesday", "bello", "Yo"))
    assert tomllib.loads(text)["mails"][0]["words"] == manner.words


def test_the_users_own_lines_stay_and_go_first(tmp_path: Path) -> None:
    """What is written above the mails is kept when one is added, and goes before what was understood."""
    text = with_mail('closing = "Kind regards"\ncontractions = false\n', Manner("Hi", Named.FIRST, "Best", words=50))
    (tmp_path / NAME).write_text(with_mail(text, Manner("Hi", Named.FIRST, "Best", words=60)), "utf-8")
    kept = read_voice(tmp_path)
    assert kept is not None
    assert kept.voice.closings == ("Kind regards", "Best")
    assert (kept.voice.contractions, kept.voice.greeting, kept.voice.words) == (False, "Hi", 55)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("greeting = 3", "greeting: write a text in quotation marks"),
        ('greeting = "Yo"', 'greeting = "Yo" is none of Dear, Hello and Hi'),
        ('closing = "Peace"', 'closing = "Peace" is not a known closing'),
        ('[[mails]]\nthanks = "Ta"', 'thanks = "Ta" is neither'),
        ('register = "loud"', "register: write formal, neutral or friendly"),
        ("contractions = 1", "contractions: write true or false"),
        ("colour = 1", "there is no key 'colour'"),
        ("[[mails]]\nwords = []", r"mails\[0\].words: write a whole number"),
        ("mails = [1]", r"mails\[0\]: write a table"),
        ("words = -5", "words: write a whole number of 0 or more"),
        ("[[mails]]\nsentences = -1", r"mails\[0\].sentences: write a whole number of 0 or more"),
        ("hello", "is not TOML"),
        ("a = \x00", "is not TOML"),
    ],
)
def test_a_broken_file_is_one_sentence(tmp_path: Path, text: str, why: str) -> None:
    """What is wrong, where, and how to begin anew."""
    (tmp_path / NAME).write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=why) as refused:
        read_voice(tmp_path)
    assert refused.value.sentence.startswith(str(tmp_path / NAME))
    assert "voice remove" in refused.value.fix


def test_a_closing_fits_the_mail_or_is_not_used() -> None:
    """A mail of thanks does not end "Thanks", an answer to a no not "Cheers", and a formal mail not "Best"."""
    thanks, no = {"asks": False, "answers_rejection": False}, {"asks": False, "answers_rejection": True}
    assert not fits("Thanks", Tone.FRIENDLY, **thanks)
    assert fits("Thanks", Tone.FRIENDLY, asks=True, answers_rejection=False)
    assert fits("Cheers", Tone.FRIENDLY, **thanks)
    assert not fits("Cheers", Tone.FRIENDLY, **no)
    assert not fits("Best", Tone.FORMAL, **thanks)
    assert all(fits("Kind regards", tone, **no) for tone in Tone)
    assert not fits("Toodle-oo", Tone.FRIENDLY, **thanks)
    assert known_closing("best wishes,") == "Best wishes"


def test_no_habit_changes_nothing() -> None:
    """Where mails differ, or show nothing, nothing is taken over."""
    assert voice_of([], OwnWord()) == Voice()
    mixed = [Manner("Hi", contracted=3), Manner("Dear", spelt_out=3)]
    assert (voice_of(mixed, OwnWord()).greeting, voice_of(mixed, OwnWord()).contractions) == ("", None)
