"""Transcripts and jotted notes: who said what, and which sentence is shown for which question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.errors import FactsError
from followup_mail.incoming.transcript import TranscriptLine, read_transcript
from followup_mail.incoming.transcript_file import decode_transcript
from followup_mail.incoming.transcript_search import SearchFor, find_sentences, is_label_of

SAID = [("Ada Moss", "We struggle with late reports."), ("Jo Lind", "I built such a report.")]
VOICES = """WEBVTT

NOTE made by a machine

1
00:00:01.000 --> 00:00:04.000 align:start
<v Ada Moss>We struggle with
late reports.</v>

8f14e45f-ceea-467f-9575-6b6a7cbbe2d1/12-0
00:00:05.000 --> 00:00:07.000
<v.loud Jo Lind>I built such a report.</v>
"""
ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
Ada Moss: We struggle with late

2
00:00:04.000 --> 00:00:05.000
reports.

3
00:00:05.000 --> 00:00:07.000
Jo Lind: I built such a report.
"""
TIMED = "[00:00:01] Ada Moss: We struggle with late reports.\n[00:00:05] Jo Lind: I built such a report.\n"
BEHIND = "Ada Moss (00:01): We struggle with late reports.\nJo Lind (00:05): I built such a report.\n"
TEAMS = "Ada Moss   0:03\nWe struggle with late reports.\n\nJo Lind   0:09\nI built such a report.\n"
OTTER = "00:01 Ada Moss: We struggle with late reports.\n00:05 Jo Lind: I built such a report.\n"
PLAIN = "Ada Moss: We struggle with late reports.\nJo Lind: I built such a report.\n"


@pytest.mark.parametrize("text", [VOICES, ZOOM, TIMED, BEHIND, TEAMS, OTTER, PLAIN])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_form_says_who_said_what(text: str, end: str) -> None:
    """WebVTT with and without voices, and four kinds of text files, give the same sentences."""
    assert [(line.label, line.text) for line in read_transcript(text.replace("\n", end))] == SAID


def test_subtitles_without_names() -> None:
    """A SubRip file has numbers and times, and no names."""
    text = "1\n00:00:01,000 --> 00:00:02,000\nHello there.\n\n2\n00:00:02,000 --> 00:00:03,000\nGood day.\n"
    assert [(line.label, line.text) for line in read_transcript(text)] == [("", "Hello there."), ("", "Good day.")]


def test_bullets_stand_under_a_name() -> None:
    """Of jotted notes each bullet is one, under the name or heading above it."""
    text = "Talk on Friday\n\nAda:\n- wants reports at six\n* budget for two\n\nNext steps:\n1. decide by Dec 4\n"
    assert [(line.label, line.text) for line in read_transcript(text)] == [
        ("", "Talk on Friday"),
        ("Ada", "wants reports at six"),
        ("Ada", "budget for two"),
        ("Next steps", "decide by Dec 4"),
    ]


def test_sentences_end_where_they_end() -> None:
    """A title in front of a name ends no sentence."""
    assert [line.text for line in read_transcript("Dr. Moss asked e.g. about tests. Fine! Why?")] == [
        "Dr. Moss asked e.g. about tests.",
        "Fine!",
        "Why?",
    ]


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    """Whatever the file holds, its words come out, none of them twice."""
    said = "".join(line.text for line in read_transcript(text))
    assert len(said) <= len(text)


@given(st.lists(st.text("ab :\n[]()<>v12-,.", max_size=30), max_size=12).map("\n".join))
def test_no_sentence_is_too_long_to_be_read(text: str) -> None:
    """A sentence is a line on a screen, or a few."""
    assert all(line.text and len(line.text) <= 300 for line in read_transcript(text * 20))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_files_from_windows(encoding: str) -> None:
    """UTF-8 and UTF-16, with and without a mark, and the old Western encoding are read."""
    assert decode_transcript("Zoë: naïve café, said twice\r\n".encode(encoding), "x") == "Zoë: naïve café, said twice\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "a Word file"),
        (b"%PDF-1.7", "a PDF"),
        (b"{\\rtf1 x}", "an RTF file"),
        (b"  \n", "is empty"),
        (b"\x7fELF\x02\x01\x01" + bytes(3) + b"\xff" * 60 + bytes(3), "not text"),
        (b"a" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
def test_what_is_no_text(content: bytes, said: str) -> None:
    """What cannot be read as text is refused in a sentence."""
    with pytest.raises(FactsError, match=said):
        decode_transcript(content, "notes")


@pytest.mark.parametrize("label", ["Ada", "Ada Moss", "Moss, Ada", "Dr. Ada Moss (Guest)", "ADA MOSS"])
def test_labels_of_a_person(label: str) -> None:
    """A first name, an order of another kind, and a remark of the program are the same person."""
    assert is_label_of(label, "Dr. Ada Moss")
    assert not is_label_of(label, "Jo Lind")


def test_sentences_are_theirs() -> None:
    """For a question about somebody, what they said and where they are named is shown, and nobody else's words."""
    lines = read_transcript(f"{PLAIN}Jo Lind: I told Ada about the late nights.\nJo Lind: Then it rained all week.\n")
    found = find_sentences(lines, SearchFor("discussed", "Ada Moss"))
    assert [line.text for line in found] == ["We struggle with late reports.", "I told Ada about the late nights."]


def test_what_others_say_of_themselves_is_quoted() -> None:
    """Taken as a note, "I built it" of an interviewer is not what the candidate built."""
    assert TranscriptLine("Ada", "I built it.").as_note == '"I built it."'
    assert TranscriptLine("Ada", "The rota is fair.").as_note == "The rota is fair."
    assert TranscriptLine("Me", "I built it.", is_own=True).as_note == "I built it."


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("I'll send you the write-up.", "the write-up"),
        ("Sure, I can share two references with you!", "two references with you"),
        ("I promise.", "I promise."),
    ],
)
def test_what_was_promised(said: str, what: str) -> None:
    """A promise begins with what is to be sent, and can be changed before it is kept."""
    assert TranscriptLine("Me", said).as_promise == what


JOTTED = """Soo-jin Kim, recruiter: they decide by 11 December. Please email, don't call.
I promised Dana my NRP instructor certificate as a PDF
Dana Mbeki: the ward has four open posts and
nobody for nights
Forgot to say: I led the move to bedside scanning
"""


def test_a_line_of_ones_own_is_not_the_last_speakers() -> None:
    """In jotted notes what stands below a whole sentence is whoever jotted it; half a sentence goes on."""
    lines = {line.text: line.label for line in read_transcript(JOTTED)}
    assert lines["I promised Dana my NRP instructor certificate as a PDF"] == ""
    assert lines["the ward has four open posts and nobody for nights"] == "Dana Mbeki"
    assert lines["Please email, don't call."] == "Soo-jin Kim, recruiter"


def test_what_one_forgot_to_say_is_for_that_question_alone() -> None:
    """ "Forgot to say: I led ..." is no reason why one fits that was given, and no speaker is called so."""
    lines = read_transcript(JOTTED)
    (unsaid,) = find_sentences(lines, SearchFor("not_mentioned"))
    assert unsaid.text == "I led the move to bedside scanning"
    assert unsaid not in find_sentences(lines, SearchFor("fit"))
    assert "" in {line.label for line in find_sentences(lines, SearchFor("promised"))}
