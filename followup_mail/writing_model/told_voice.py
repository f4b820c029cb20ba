"""How the user writes, for a writing model: numbers and words from closed lists, nothing of their mails."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from followup_mail.facts.terms import Tone
from followup_mail.own_voice.voice import Voice
from followup_mail.writing_model.brief import Brief


def with_voice(brief: Brief, voice: Voice, words: Mapping[str, object]) -> Brief:
    """Return a brief that says how the user writes, as it fits this reader; ``words`` are those that templates have.

    It does not count as a fact: a number in it allows none in the mail.
    """
    told = {
        "contractions": "yes" if words.get("contracted") else "no",
        "thanks": words["thanks"],
        "words_in_a_sentence": voice.sentence_words,
        "words_in_a_mail": voice.words,
        "paragraphs": voice.paragraphs,
    }
    if voice.contractions is None and words["tone"] != Tone.FORMAL:
        del told["contractions"]
    return replace(brief, given={**brief.given, "voice": {name: value for name, value in told.items() if value}})
